import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conferences, referrals, monitoring, reviews and evaluations (PLAN-4, 5, 6, 8). */
export class Steering1764000004100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create schema if not exists service_plan;
      grant usage on schema service_plan to lotse_app;

      create table service_plan.conference (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        case_ids jsonb not null,
        kind text not null,
        status text not null,
        planned_on date not null,
        place text,
        agenda jsonb not null,
        invitations jsonb not null,
        held_on date,
        participants jsonb not null,
        minutes text,
        decisions jsonb not null,
        dissent jsonb not null,
        cancel_reason text,
        planned_by text not null,
        minutes_by text,
        primary key (tenant_id, id)
      );
      select platform.protect('service_plan.conference', 'select, insert, update');

      -- Every case a conference is held for: a joint one is visible from each.
      create table service_plan.conference_case (
        tenant_id uuid not null,
        case_id uuid not null,
        conference_id uuid not null,
        primary key (tenant_id, case_id, conference_id)
      );
      create index conference_case_by_conference on service_plan.conference_case (tenant_id, conference_id);
      select platform.protect('service_plan.conference_case', 'select, insert');

      create table service_plan.referral (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        plan_id uuid,
        measure_id uuid,
        service_id uuid not null,
        provider_id uuid not null,
        state text not null,
        purpose_text text not null,
        categories jsonb not null,
        information_package text,
        client_informed_on date,
        despite_full text,
        consent_id uuid,
        sent_at timestamptz(3),
        access_ended_at timestamptz(3),
        expected_on date,
        appointment jsonb,
        outcome text,
        service_agreement jsonb,
        approval jsonb,
        follow_ups jsonb not null,
        history jsonb not null,
        primary key (tenant_id, id)
      );
      create index referral_by_case on service_plan.referral (tenant_id, case_id, id);
      create index referral_by_provider on service_plan.referral (tenant_id, provider_id, id);
      select platform.protect('service_plan.referral', 'select, insert, update');

      create table service_plan.monitoring (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        plan_id uuid not null,
        measure_id uuid,
        goal_id uuid,
        source text not null,
        seen_on date not null,
        delivered_as_agreed boolean,
        effect text,
        accepted_by_client boolean,
        cooperation_working boolean,
        deviations jsonb not null,
        deviation text,
        decision text not null,
        reason text,
        recorded_by text not null,
        primary key (tenant_id, id)
      );
      create index monitoring_by_plan on service_plan.monitoring (tenant_id, plan_id, seen_on, id);
      select platform.protect('service_plan.monitoring', 'select, insert');

      create table service_plan.review (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        plan_id uuid not null,
        due_on date not null,
        cause text not null,
        moves jsonb not null,
        status text not null,
        held_on date,
        participants jsonb not null,
        findings text,
        decision text,
        final boolean not null,
        recorded_by text,
        primary key (tenant_id, id)
      );
      create index review_by_case on service_plan.review (tenant_id, case_id, due_on, id);
      create index review_by_plan on service_plan.review (tenant_id, plan_id);
      create index review_due on service_plan.review (tenant_id, due_on, id) where status = 'planned';
      create unique index review_one_open on service_plan.review (tenant_id, plan_id) where status = 'planned';
      select platform.protect('service_plan.review', 'select, insert, update');

      create table service_plan.progress_watch (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        weeks int not null,
        state text not null,
        quiet_since date not null,
        goal_levels jsonb not null,
        primary key (tenant_id, id)
      );
      create index progress_watch_by_case on service_plan.progress_watch (tenant_id, case_id);
      create index progress_watch_due on service_plan.progress_watch (tenant_id, quiet_since) where state = 'watching';
      select platform.protect('service_plan.progress_watch', 'select, insert, update');

      create table service_plan.evaluation (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        plan_id uuid not null,
        status text not null,
        ratings jsonb not null,
        not_rated jsonb not null,
        what_changed text,
        aftercare text,
        handover_to_regular text,
        lessons_for_network text,
        appointment_on date,
        appointment_not_held_reason text,
        effort jsonb,
        t_score double precision,
        opened_by text not null,
        recorded_by text,
        recorded_at timestamptz(3),
        primary key (tenant_id, id)
      );
      create index evaluation_by_case on service_plan.evaluation (tenant_id, case_id, id);
      create unique index evaluation_open on service_plan.evaluation (tenant_id, plan_id) where status = 'open';
      select platform.protect('service_plan.evaluation', 'select, insert, update');

      -- Minutes and cost of the journal, summed by case.
      create table service_plan.case_effort (
        tenant_id uuid not null,
        case_id uuid not null,
        minutes bigint not null,
        cost_cents bigint not null,
        primary key (tenant_id, case_id)
      );
      select platform.protect('service_plan.case_effort', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table service_plan.case_effort, service_plan.evaluation, service_plan.progress_watch, service_plan.review,
        service_plan.monitoring, service_plan.referral, service_plan.conference_case, service_plan.conference;
    `);
  }
}
