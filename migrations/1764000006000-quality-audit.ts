import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts of cases folded from events, audit runs and their results (QA-2, QA-3). */
export class QualityAudit1764000006000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create schema if not exists quality_audit;
      grant usage on schema quality_audit to lotse_app;

      -- One row per case, written by the subscription quality-audit.facts only; the columns beside facts narrow a run.
      create table quality_audit.case_facts (
        tenant_id uuid not null,
        case_id uuid not null,
        facts jsonb not null,
        opened_on date,
        closed_on date,
        responsible text,
        team text,
        updated_at timestamptz(3) not null,
        primary key (tenant_id, case_id)
      );
      select platform.protect('quality_audit.case_facts', 'select, insert, update');

      create table quality_audit.audit_run (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        scope jsonb not null,
        catalogue_version text not null,
        as_of date not null,
        data_time timestamptz(3),
        status text not null,
        cases int not null,
        summary jsonb not null,
        started_by text not null,
        started_at timestamptz(3) not null,
        completed_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      select platform.protect('quality_audit.audit_run', 'select, insert');
      create trigger audit_run_append_only before update or delete on quality_audit.audit_run
        for each row execute function platform.append_only();

      create table quality_audit.audit_result (
        tenant_id uuid not null,
        run_id uuid not null,
        case_id uuid not null,
        rule text not null,
        result text not null check (result in ('met', 'not_met', 'not_applicable')),
        evidence jsonb not null,
        facts_hash bytea not null,
        primary key (tenant_id, run_id, case_id, rule)
      );
      create index audit_result_not_met on quality_audit.audit_result (tenant_id, run_id, case_id, rule) where result = 'not_met';
      select platform.protect('quality_audit.audit_result', 'select, insert');
      create trigger audit_result_append_only before update or delete on quality_audit.audit_result
        for each row execute function platform.append_only();
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop schema quality_audit cascade');
  }
}
