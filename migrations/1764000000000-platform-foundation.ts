import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The common ground of all modules: organisations, event log, subscriptions, access log, stored answers, case access. */
export class PlatformFoundation1764000000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      grant usage on schema platform to lotse_app, lotse_relay;

      -- Puts a table behind the tenant wall: forced row-level security on tenant_id, and only the rights named.
      create function platform.protect(target regclass, rights text) returns void language plpgsql as $$
      begin
        execute format('alter table %s enable row level security', target);
        execute format('alter table %s force row level security', target);
        execute format('create policy tenant_wall on %s to lotse_app
          using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::uuid))
          with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::uuid))', target);
        execute format('grant %s on %s to lotse_app', rights, target);
      end $$;

      -- Raises LT412 unless exactly one row was touched: a version-checked update that found another version.
      create function platform.stored(what text, touched bigint) returns void language plpgsql as $$
      begin
        if touched <> 1 then raise exception using errcode = 'LT412', message = what; end if;
      end $$;

      create function platform.append_only() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name;
      end $$;

      create table platform.tenant (
        tenant_id uuid primary key,
        name text not null check (length(name) between 1 and 200),
        created_at timestamptz(3) not null default now()
      );
      select platform.protect('platform.tenant', 'select');
      create policy relay_reads on platform.tenant for select to lotse_relay using (true);
      create policy owner_maintains on platform.tenant to lotse_owner using (true) with check (true);
      grant select on platform.tenant to lotse_relay;

      create sequence platform.event_seq;
      grant usage on sequence platform.event_seq to lotse_app;
      create table platform.event (
        tenant_id uuid not null,
        id uuid not null,
        recorded_at timestamptz(3) not null default now(),
        seq bigint not null default nextval('platform.event_seq'),
        -- Not only the own id: never below that of a transaction whose commit this one has seen (docs/adr/0004).
        txid xid8 not null default greatest(pg_current_xact_id(), pg_snapshot_xmax(pg_current_snapshot())),
        type text not null,
        aggregate_id uuid not null,
        case_id uuid,
        payload jsonb not null,
        actor text not null,
        purpose text not null,
        request_id text not null,
        traceparent text not null,
        primary key (tenant_id, id, recorded_at)
      ) partition by range (recorded_at);
      create index event_by_txid on platform.event (txid, seq);
      create index event_by_aggregate on platform.event (tenant_id, aggregate_id, seq);
      create index event_by_case on platform.event (tenant_id, case_id, seq) where case_id is not null;
      select platform.protect('platform.event', 'select, insert');
      create policy relay_reads on platform.event for select to lotse_relay using (true);
      grant select on platform.event to lotse_relay;
      create trigger event_append_only before update or delete on platform.event
        for each row execute function platform.append_only();

      create table platform.access_log (
        tenant_id uuid not null,
        id uuid not null,
        recorded_at timestamptz(3) not null default now(),
        actor text not null,
        purpose text not null,
        scope text,
        action text not null check (action in ('read', 'search', 'disclose', 'refuse')),
        resource_type text not null,
        resource_ids uuid[] not null,
        case_id uuid,
        request_id text not null,
        traceparent text not null,
        primary key (tenant_id, id, recorded_at)
      ) partition by range (recorded_at);
      create index access_log_by_case on platform.access_log (tenant_id, case_id, recorded_at) where case_id is not null;
      select platform.protect('platform.access_log', 'select, insert');
      create trigger access_log_append_only before update or delete on platform.access_log
        for each row execute function platform.append_only();

      -- Partitions for this month and the next two; called at every start and daily, by one process at a time. They are
      -- attached, not created in place: that would wait for every reader of the parent and hold up all others.
      create function platform.ensure_partitions() returns void language plpgsql security definer set search_path = platform as $$
      declare parent text; month date; name text;
      begin
        perform pg_advisory_xact_lock(hashtext('platform.ensure_partitions'));
        foreach parent in array array['event', 'access_log'] loop
          for i in 0..2 loop
            month := date_trunc('month', now() at time zone 'UTC')::date + i * interval '1 month';
            name := format('%s_%s', parent, to_char(month, 'YYYY_MM'));
            if to_regclass('platform.' || name) is null then
              execute format('create table platform.%I (like platform.%I including defaults including constraints)', name, parent);
              execute format('alter table platform.%I enable row level security', name);
              execute format('alter table platform.%I force row level security', name);
              execute format('alter table platform.%I attach partition platform.%I for values from (%L) to (%L)',
                parent, name, month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');
            end if;
          end loop;
        end loop;
      end $$;
      revoke execute on function platform.ensure_partitions() from public;
      grant execute on function platform.ensure_partitions() to lotse_app;
      select platform.ensure_partitions();

      create table platform.subscription (
        name text primary key,
        done_xid xid8 not null default '0',
        window_xid xid8,
        window_seq bigint not null default 0,
        moved_at timestamptz(3) not null default now()
      );
      grant select, insert, update on platform.subscription to lotse_app, lotse_relay;

      create table platform.parked_event (
        tenant_id uuid not null,
        subscription text not null,
        event_id uuid not null,
        seq bigint not null,
        aggregate_id uuid not null,
        recorded_at timestamptz(3) not null,
        attempts int not null,
        status text not null check (status in ('retrying', 'parked')),
        error text not null,
        next_attempt_at timestamptz(3) not null,
        primary key (tenant_id, subscription, event_id)
      );
      create index parked_event_by_aggregate on platform.parked_event (subscription, tenant_id, aggregate_id, seq);
      select platform.protect('platform.parked_event', 'select, insert, update, delete');
      create policy relay_reads on platform.parked_event for select to lotse_relay using (true);
      grant select on platform.parked_event to lotse_relay;

      create table platform.stored_answer (
        tenant_id uuid not null,
        key_hash bytea not null,
        fingerprint bytea not null,
        answer bytea not null,
        expires_at timestamptz(3) not null,
        primary key (tenant_id, key_hash)
      );
      create index stored_answer_by_expiry on platform.stored_answer (expires_at);
      select platform.protect('platform.stored_answer', 'select, insert, update');
      create policy owner_purges on platform.stored_answer to lotse_owner using (true);
      create function platform.purge_stored_answers() returns bigint language sql security definer set search_path = platform as $$
        with gone as (delete from platform.stored_answer where expires_at < now() returning 1) select count(*) from gone
      $$;
      revoke execute on function platform.purge_stored_answers() from public;
      grant execute on function platform.purge_stored_answers() to lotse_app;

      -- Who may touch a case, written by the case module with the case itself and read by every module.
      create table platform.case_access (
        tenant_id uuid not null,
        case_id uuid not null,
        responsible text not null,
        deputy text,
        team text,
        clients text[] not null default '{}',
        primary key (tenant_id, case_id)
      );
      select platform.protect('platform.case_access', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop schema platform cascade');
  }
}
