import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-6: how long what is kept, what is on hold, and what was erased. */
export class Retention1764000013100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create schema if not exists retention;
      grant usage on schema retention to lotse_app;

      create table retention.rule (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        kind text not null,
        editions jsonb not null,
        primary key (tenant_id, id)
      );
      create unique index rule_once on retention.rule (tenant_id, kind);
      select platform.protect('retention.rule', 'select, insert, update');

      create table retention.file (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        kind text not null,
        person_id uuid not null,
        field_of_practice text not null,
        case_id uuid,
        ended_on date,
        classification jsonb,
        terms jsonb not null,
        erased text[] not null,
        due_on date,
        primary key (tenant_id, id)
      );
      create index file_by_person on retention.file (tenant_id, person_id);
      create index file_by_case on retention.file (tenant_id, case_id) where case_id is not null;
      create index file_due on retention.file (tenant_id, due_on, id) where due_on is not null;
      select platform.protect('retention.file', 'select, insert, update');

      create table retention.legal_hold (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        kind text not null,
        subject_id uuid not null,
        reason text not null,
        until date,
        review_on date,
        placed_by text not null,
        placed_at timestamptz(3) not null,
        lifted jsonb,
        primary key (tenant_id, id)
      );
      create index legal_hold_by_subject on retention.legal_hold (tenant_id, subject_id);
      select platform.protect('retention.legal_hold', 'select, insert, update');

      create table retention.erasure_run (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        occasion text not null,
        state text not null,
        person_id uuid,
        items jsonb not null,
        protocol jsonb not null,
        proposed_by text not null,
        proposed_at timestamptz(3) not null,
        decision jsonb,
        done_at timestamptz(3),
        primary key (tenant_id, id)
      );
      create index erasure_run_by_state on retention.erasure_run (tenant_id, state, id);
      select platform.protect('retention.erasure_run', 'select, insert, update');
      select platform.ready_erasure();
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop schema retention cascade');
  }
}
