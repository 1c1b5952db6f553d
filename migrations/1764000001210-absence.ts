import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-7: absences of case managers, who stands in meanwhile, and who answers where nobody is named. */
export class Absence1764000001210 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Who stands in for whom until when, written by the case module with the absence and read with every decision on access.
      -- A row without a case holds for all that the absence names no other deputy for.
      create table platform.stand_in (
        tenant_id uuid not null,
        absence_id uuid not null,
        case_id uuid,
        absent text not null,
        deputy text not null,
        from_on date not null,
        until_on date not null,
        constraint stand_in_once unique nulls not distinct (tenant_id, absence_id, case_id)
      );
      create index stand_in_by_absent on platform.stand_in (tenant_id, absent, until_on);
      create index stand_in_by_deputy on platform.stand_in (tenant_id, deputy, until_on);
      select platform.protect('platform.stand_in', 'select, insert, update, delete');

      create table cases.absence (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        subject text collate "C" not null,
        from_on date not null,
        until_on date not null,
        deputy text not null,
        deputy_by text not null,
        case_deputies jsonb not null,
        status text not null,
        steps jsonb not null,
        primary key (tenant_id, id)
      );
      create index absence_by_time on cases.absence (tenant_id, from_on, id);
      create index absence_by_subject on cases.absence (tenant_id, subject, from_on, id);
      select platform.protect('cases.absence', 'select, insert, update');

      alter table cases.work_policy add owners jsonb not null default '[]';
      alter table cases.work_policy alter owners drop default;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table cases.work_policy drop owners;
      drop table cases.absence, platform.stand_in;
    `);
  }
}
