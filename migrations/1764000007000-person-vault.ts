import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Direct identifiers of persons are sealed: a key per person, wrapped by a key of the organisation; persons are found by
 * blind tokens. SQL cannot seal what is there, and no release has stored persons yet: on a database with persons this
 * migration fails (the new column may not be null) and changes nothing.
 */
export class PersonVault1764000007000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table platform.tenant_key (
        tenant_id uuid not null,
        no int not null,
        root text not null,
        wrapped bytea not null,
        made_at timestamptz(3) not null default now(),
        primary key (tenant_id, no)
      );
      select platform.protect('platform.tenant_key', 'select, insert, update');

      drop table cases.person_identifier;
      drop index cases.person_by_name, cases.person_by_birth_date, cases.person_by_match_key;
      alter table cases.person
        add column sealed bytea not null,
        add column key_no int,
        add column wrapped_key bytea,
        drop column family_name, drop column given_name, drop column birth_name, drop column birth_date,
        drop column phone, drop column email, drop column address_lines, drop column postal_code, drop column town,
        drop column identifiers, drop column family_key, drop column match_key;
      create index person_by_time on cases.person (tenant_id, recorded_at, id) where merged_into is null and wrapped_key is not null;
      create index person_by_key on cases.person (tenant_id, key_no, id) where wrapped_key is not null;

      -- What persons are found by, blinded (HMAC) by a key of the organisation: names, their sound, their neighbours by
      -- one typing error, birth dates, identifiers (domain/person.tokens.ts). The primary key answers the search.
      create table cases.person_token (
        tenant_id uuid not null,
        token bigint not null,
        person_id uuid not null,
        primary key (tenant_id, token, person_id)
      );
      create index person_token_by_person on cases.person_token (tenant_id, person_id);
      select platform.protect('cases.person_token', 'select, insert, delete');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table cases.person_token;
      drop index cases.person_by_time, cases.person_by_key;
      alter table cases.person
        drop column sealed, drop column key_no, drop column wrapped_key,
        add column family_name text not null, add column given_name text, add column birth_name text,
        add column birth_date date, add column phone text, add column email text,
        add column address_lines text[] not null, add column postal_code text, add column town text,
        add column identifiers jsonb not null, add column family_key text collate "C" not null,
        add column match_key text collate "C";
      create index person_by_name on cases.person (tenant_id, family_key, id) where merged_into is null;
      create index person_by_birth_date on cases.person (tenant_id, birth_date, family_key, id) where merged_into is null;
      create index person_by_match_key on cases.person (tenant_id, match_key) where merged_into is null;
      create table cases.person_identifier (
        tenant_id uuid not null,
        key text collate "C" not null,
        person_id uuid not null,
        primary key (tenant_id, key, person_id)
      );
      create index person_identifier_by_person on cases.person_identifier (tenant_id, person_id);
      select platform.protect('cases.person_identifier', 'select, insert, delete');
      drop table platform.tenant_key;
    `);
  }
}
