import type { MigrationInterface, QueryRunner } from 'typeorm';

/** ASMT-2 to ASMT-5: assessments with their perspectives and results. */
export class Assessment1764000003000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create schema if not exists assessment;
      grant usage on schema assessment to lotse_app;

      create table assessment.assessment (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        person_id uuid not null,
        of_client boolean not null,
        instrument text not null,
        instrument_version text not null,
        kind text not null,
        previous_id uuid,
        start_on date not null,
        planned_end date not null,
        started_by text not null,
        started_at timestamptz(3) not null,
        status text not null,
        perspectives jsonb not null,
        missing_perspectives jsonb not null,
        result jsonb,
        completed_on date,
        client_agreement jsonb,
        stopped jsonb,
        primary key (tenant_id, id)
      );
      create index assessment_by_case on assessment.assessment (tenant_id, case_id, status);
      select platform.protect('assessment.assessment', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop schema assessment cascade');
  }
}
