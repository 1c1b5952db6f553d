import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Service plans with their frozen editions and goal ratings, and what assessments handed over. */
export class ServicePlan1764000004000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create schema if not exists service_plan;
      grant usage on schema service_plan to lotse_app;

      create table service_plan.service_plan (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        person_id uuid not null,
        state text not null,
        edition int not null,
        planning_mode text not null,
        horizon text not null,
        subsidiarity_reason text,
        revision_reason text,
        goals jsonb not null,
        measures jsonb not null,
        removed jsonb not null,
        signatures jsonb not null,
        in_force jsonb,
        progress jsonb not null,
        attainment jsonb not null,
        t_score double precision,
        opened_by text not null,
        opened_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index service_plan_by_case on service_plan.service_plan (tenant_id, case_id, id);
      create index service_plan_by_person on service_plan.service_plan (tenant_id, person_id);
      create unique index service_plan_one_open on service_plan.service_plan (tenant_id, case_id, person_id)
        where state <> 'ended';
      select platform.protect('service_plan.service_plan', 'select, insert, update');

      -- What was signed, word for word: written once, never changed.
      create table service_plan.plan_edition (
        tenant_id uuid not null,
        plan_id uuid not null,
        edition int not null,
        case_id uuid not null,
        content jsonb not null,
        signatures jsonb not null,
        terms jsonb not null,
        hash text not null,
        agreed_by text not null,
        agreed_at timestamptz(3) not null,
        primary key (tenant_id, plan_id, edition)
      );
      select platform.protect('service_plan.plan_edition', 'select, insert');
      create trigger plan_edition_frozen before update on service_plan.plan_edition
        for each row execute function platform.append_only();

      create table service_plan.goal_rating (
        tenant_id uuid not null,
        id uuid not null,
        plan_id uuid not null,
        case_id uuid not null,
        goal_id uuid not null,
        edition int not null,
        level int not null check (level between -2 and 2),
        rated_on date not null,
        rated_by text not null,
        note text,
        t_score double precision,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index goal_rating_by_plan on service_plan.goal_rating (tenant_id, plan_id, id);
      select platform.protect('service_plan.goal_rating', 'select, insert');
      create trigger goal_rating_frozen before update on service_plan.goal_rating
        for each row execute function platform.append_only();

      -- Needs and resources as assessments handed them over; a later result supersedes the one before.
      create table service_plan.handed_need (
        tenant_id uuid not null,
        assessment_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        person_id uuid not null,
        kind text not null check (kind in ('need', 'resource')),
        dimension text not null,
        severity int,
        urgency text,
        resource_kind text,
        handed_on date not null,
        handed_at timestamptz(3) not null,
        superseded_on date,
        primary key (tenant_id, assessment_id, id)
      );
      create index handed_need_by_case on service_plan.handed_need (tenant_id, case_id, id);
      select platform.protect('service_plan.handed_need', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table service_plan.handed_need, service_plan.goal_rating, service_plan.plan_edition, service_plan.service_plan;
    `);
  }
}
