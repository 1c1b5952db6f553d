import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The directory of providers and services (NET-1). */
export class Network1764000005000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create schema if not exists network;
      grant usage on schema network to lotse_app;
      create extension if not exists btree_gin with schema platform;

      create table network.provider (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        name text not null,
        name_key text not null,
        informal boolean not null,
        informal_kind text,
        legal_form text,
        description text,
        website text,
        identifiers jsonb not null,
        contacts jsonb not null,
        locations jsonb not null,
        payers text[] not null,
        changed_by text not null,
        changed_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index provider_by_name on network.provider (tenant_id, name_key, id);
      select platform.protect('network.provider', 'select, insert, update');

      create table network.service (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        provider_id uuid not null,
        name text not null,
        name_key text not null,
        description text,
        status text not null,
        problem_areas text[] not null,
        target_groups text[] not null,
        eligibility text,
        languages text[] not null,
        accessibility text[] not null,
        schedules jsonb not null,
        region text not null,
        region_key text not null,
        payer text,
        price_cents int,
        price_unit text,
        free_places int,
        waiting_days int,
        confirmed_on date,
        changed_by text not null,
        changed_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index service_by_name on network.service (tenant_id, name_key, id);
      create index service_by_region on network.service (tenant_id, region_key, name_key, id);
      create index service_by_provider on network.service (tenant_id, provider_id);
      create index service_by_problem_area on network.service using gin (tenant_id, problem_areas);
      create index service_by_words on network.service
        using gin (tenant_id, to_tsvector('simple', name || ' ' || coalesce(description, '')));
      select platform.protect('network.service', 'select, insert, update');

      -- Row-level security keeps operators that are not leakproof (@@, @>) from reading an index, so that these two
      -- look up ids for the application as the owner; they answer nothing but ids of the connection's own tenant.
      create policy owner_searches on network.service for select to lotse_owner using (true);
      create function network.services_with_words(tenant uuid, words text) returns setof uuid
      language sql stable security definer set search_path = network, pg_temp rows 100 as $$
        select id from network.service
        where tenant_id = tenant and tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
          and to_tsvector('simple', name || ' ' || coalesce(description, '')) @@ to_tsquery('simple', words)
      $$;
      create function network.services_for_area(tenant uuid, area text) returns setof uuid
      language sql stable security definer set search_path = network, pg_temp rows 1000 as $$
        select id from network.service
        where tenant_id = tenant and tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
          and problem_areas @> array[area]
      $$;
      revoke execute on function network.services_with_words(uuid, text), network.services_for_area(uuid, text) from public;
      grant execute on function network.services_with_words(uuid, text), network.services_for_area(uuid, text) to lotse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop schema network cascade');
  }
}
