import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-6: requests of persons about their own data. */
export class SubjectRequests1764000012000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table consent.subject_request (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        person_id uuid not null,
        kind text not null,
        received_on date not null,
        channel text not null,
        asker jsonb not null,
        wish text not null,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        due_on date not null,
        identity jsonb,
        extension jsonb,
        steps jsonb not null,
        decision jsonb,
        primary key (tenant_id, id)
      );
      create index subject_request_by_due on consent.subject_request (tenant_id, due_on, id);
      create index subject_request_by_person on consent.subject_request (tenant_id, person_id, id);
      select platform.protect('consent.subject_request', 'select, insert, update');

      create index person_facts_by_account on platform.person_facts (tenant_id, portal_subject) where portal_subject is not null;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop index platform.person_facts_by_account;
      drop table consent.subject_request;
    `);
  }
}
