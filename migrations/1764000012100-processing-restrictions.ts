import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-6, GDPR 18: restrictions of processing, and beside what CaseAccess decides by whom they concern. */
export class ProcessingRestrictions1764000012100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table consent.processing_restriction (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        person_id uuid not null,
        subject_request_id uuid,
        ground text not null,
        reason text not null,
        restricted_by text not null,
        restricted_at timestamptz(3) not null,
        lifting jsonb,
        primary key (tenant_id, id)
      );
      create index processing_restriction_by_person on consent.processing_restriction (tenant_id, person_id, id);
      select platform.protect('consent.processing_restriction', 'select, insert, update');

      alter table platform.person_facts add column restricted boolean not null default false;
      create index person_facts_restricted on platform.person_facts (tenant_id, person_id) where restricted;

      -- The client of the case, as a column: what is restricted is found by person. The owner of the table sees the rows
      -- of every organisation only while the wall is not forced on it.
      alter table platform.case_access add column person_id uuid;
      alter table platform.case_access no force row level security;
      update platform.case_access a set person_id = (
        select (p->>'personId')::uuid from jsonb_array_elements(a.persons) p where (p->>'client')::boolean limit 1);
      alter table platform.case_access force row level security;
      create index case_access_by_person on platform.case_access (tenant_id, person_id);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table platform.case_access drop column person_id;
      drop index platform.person_facts_restricted;
      alter table platform.person_facts drop column restricted;
      drop table consent.processing_restriction;
    `);
  }
}
