import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-7: what an organisation sets about caseload; a person's own limit may be left to it. */
export class Caseload1764000001200 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table cases.work_policy (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        caseload_limit int not null constraint work_policy_caseload_limit check (caseload_limit between 1 and 500),
        weights int[] not null,
        bands jsonb not null,
        set_by text not null,
        set_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create unique index work_policy_once on cases.work_policy (tenant_id);
      select platform.protect('cases.work_policy', 'select, insert, update');

      alter table cases.staff_member alter caseload_limit drop not null;
      create index case_carried on cases.case (tenant_id, responsible, opened_at, id) include (intensity) where status <> 'closed';
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop index cases.case_carried;
      update cases.staff_member set caseload_limit = 40 where caseload_limit is null;
      alter table cases.staff_member alter caseload_limit set not null;
      drop table cases.work_policy;
    `);
  }
}
