import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-1, CONS-1: who may decide for a person, in which matters, on what ground and until when. */
export class Representation1764000015100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Court, file number, evidence and note are sealed with the key of the person they were recorded for.
      create table cases.representation (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        person_id uuid not null,
        representative_id uuid not null,
        kind text not null,
        tasks text[] not null,
        consent_reserved boolean not null,
        valid_from date not null,
        valid_until date,
        sealed bytea not null,
        sealed_for uuid not null,
        ended jsonb,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index representation_by_person on cases.representation (tenant_id, person_id, id);
      create index representation_by_representative on cases.representation (tenant_id, representative_id, id);
      select platform.protect('cases.representation', 'select, insert, update');

      alter table platform.person_facts add column representatives jsonb not null default '[]';
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table platform.person_facts drop column representatives;
      drop table cases.representation;
    `);
  }
}
