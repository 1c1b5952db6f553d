import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes by which lists of cases are filtered where the user sees the whole organisation. */
export class CaseLists1764000001230 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create index case_by_phase on cases.case (tenant_id, phase, opened_at desc, id desc);
      create index case_by_status on cases.case (tenant_id, status, opened_at desc, id desc);
      create index case_by_field on cases.case (tenant_id, field_of_practice, opened_at desc, id desc);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop index cases.case_by_phase, cases.case_by_status, cases.case_by_field');
  }
}
