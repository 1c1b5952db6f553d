import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-4: exceptions from consent, and in the register what relied on one. */
export class ConsentExceptions1764000010300 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table consent.consent_exception (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        person_id uuid not null,
        kind text not null,
        legal_basis text not null,
        facts text not null,
        milder_means text not null,
        assessed_with jsonb not null,
        specialist jsonb,
        prior_notice jsonb not null,
        purpose text not null,
        categories jsonb not null,
        recipient jsonb not null,
        valid_until date not null,
        invoked_by text not null,
        invoked_at timestamptz(3) not null,
        confirm_by timestamptz(3) not null,
        confirmed_by text,
        confirmed_at timestamptz(3),
        ended_as text,
        ended_by text,
        ended_at timestamptz(3),
        end_reason text,
        informing jsonb,
        primary key (tenant_id, id)
      );
      create index consent_exception_by_case on consent.consent_exception (tenant_id, case_id, id);
      select platform.protect('consent.consent_exception', 'select, insert, update');

      alter table consent.disclosure add column basis text not null default 'consent';
      alter table service_plan.referral add column concealed_by uuid;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table service_plan.referral drop column concealed_by;
      alter table consent.disclosure drop column basis;
      drop table consent.consent_exception;
    `);
  }
}
