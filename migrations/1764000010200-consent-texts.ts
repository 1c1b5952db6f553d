import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-1: the wording of consents, and with every consent the one that was shown. */
export class ConsentTexts1764000010200 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table consent.consent_text (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        kind text not null,
        purpose text not null,
        language text not null,
        text_version text not null,
        text text not null,
        sha256 text not null,
        published_by text not null,
        published_at timestamptz(3) not null,
        retired_by text,
        retired_at timestamptz(3),
        primary key (tenant_id, id)
      );
      create unique index consent_text_by_name on consent.consent_text (tenant_id, kind, purpose, language, text_version);
      select platform.protect('consent.consent_text', 'select, insert');
      grant update (version, retired_by, retired_at) on consent.consent_text to lotse_app;

      alter table consent.consent add column text_id uuid, add column text_sha256 text;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table consent.consent drop column text_id, drop column text_sha256;
      drop table consent.consent_text;
    `);
  }
}
