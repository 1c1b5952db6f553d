import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases with their phases, agreement, responsibility and person system, and the links between cases. */
export class Case1764000001100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create schema if not exists cases;
      grant usage on schema cases to lotse_app;

      create table cases.case (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        request_id uuid not null,
        person_id uuid not null,
        field_of_practice text not null,
        phase text not null,
        status text not null,
        intensity int not null,
        responsible text not null,
        deputy text,
        team text,
        clients text[] not null,
        opened_at timestamptz(3) not null,
        agreed_on date,
        agreements jsonb not null,
        phases jsonb not null,
        milestones jsonb not null,
        running_measures jsonb not null,
        responsibilities jsonb not null,
        members jsonb not null,
        informed_parties jsonb not null,
        suspension jsonb,
        closing jsonb,
        closure jsonb,
        reopenings jsonb not null,
        primary key (tenant_id, id)
      );
      create unique index case_by_request on cases.case (tenant_id, request_id);
      create index case_by_person on cases.case (tenant_id, person_id);
      create index case_by_opening on cases.case (tenant_id, opened_at desc, id desc);
      create index case_by_responsible on cases.case (tenant_id, responsible, opened_at desc, id desc);
      create index case_by_deputy on cases.case (tenant_id, deputy, opened_at desc, id desc) where deputy is not null;
      create index case_by_team on cases.case (tenant_id, team, opened_at desc, id desc) where team is not null;
      select platform.protect('cases.case', 'select, insert, update');

      create table cases.case_link (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        other_case_id uuid not null,
        kind text not null,
        reason text not null,
        status text not null,
        steps jsonb not null,
        shared_parts jsonb not null,
        openings jsonb not null,
        primary key (tenant_id, id)
      );
      create index case_link_by_case on cases.case_link (tenant_id, case_id);
      create index case_link_by_other_case on cases.case_link (tenant_id, other_case_id);
      create unique index case_link_once on cases.case_link
        (tenant_id, least(case_id, other_case_id), greatest(case_id, other_case_id)) where status <> 'ended';
      select platform.protect('cases.case_link', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table cases.case_link, cases.case');
  }
}
