import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Decisions on access to collectively funded services. */
export class Gatekeeping1764000007400 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table cases.gatekeeping_decision (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        service text not null,
        decision text not null,
        granted_part text,
        decided_on date not null,
        criteria jsonb not null,
        information jsonb not null,
        alternative jsonb,
        cost jsonb,
        payer text not null,
        appeal jsonb,
        reasons text not null,
        revises_id uuid,
        revision_reason text,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        announcement jsonb,
        revised_by_id uuid,
        primary key (tenant_id, id)
      );
      create index gatekeeping_decision_by_case on cases.gatekeeping_decision (tenant_id, case_id, decided_on, id);
      select platform.protect('cases.gatekeeping_decision', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table cases.gatekeeping_decision');
  }
}
