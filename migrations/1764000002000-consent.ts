import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-1, 2, 5: consents with their withdrawals, and the register of what was passed on. */
export class Consent1764000002000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create schema if not exists consent;
      grant usage on schema consent to lotse_app;

      create table consent.consent (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        person_id uuid not null,
        kind text not null,
        purpose text not null,
        categories jsonb not null,
        recipients jsonb not null,
        form text not null,
        witness text,
        special_circumstances text,
        language text not null,
        text_version text not null,
        given_by jsonb not null,
        also_by jsonb,
        age_group text not null,
        consequences_explained boolean not null,
        withdrawal_explained boolean not null,
        valid_from date not null,
        valid_until date,
        evidence jsonb not null,
        obtained_by text not null,
        obtained_at timestamptz(3) not null,
        withdrawn boolean not null,
        withdrawals jsonb not null,
        primary key (tenant_id, id)
      );
      create index consent_by_case on consent.consent (tenant_id, case_id, kind);
      select platform.protect('consent.consent', 'select, insert, update');

      -- Written by the listener on consent.information_passed; nobody may change or remove a line.
      create table consent.disclosure (
        tenant_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        flow text not null,
        source_id uuid not null,
        recipient_kind text not null,
        recipient_id text not null,
        purpose text not null,
        categories jsonb not null,
        consent_id uuid not null,
        disclosed_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index disclosure_by_case on consent.disclosure (tenant_id, case_id, id);
      select platform.protect('consent.disclosure', 'select, insert');
      create trigger disclosure_append_only before update or delete on consent.disclosure
        for each row execute function platform.append_only();
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop schema consent cascade');
  }
}
