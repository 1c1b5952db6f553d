import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * CONS-6: what erasure needs of the database. The runtime role may still not delete or change what the logs hold; it asks
 * the functions here, which act within the organisation of the session alone.
 */
export class Erasure1764000013000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Files that are gone: ids that lead nowhere, so that nothing can be added to them again.
      create table platform.erased_file (
        tenant_id uuid not null,
        id uuid not null,
        erased_at timestamptz(3) not null default now(),
        primary key (tenant_id, id)
      );
      select platform.protect('platform.erased_file', 'select, insert');

      -- Files share 512 locks, so that whoever adds to very many at once does not run out of them.
      create function platform.file_slot(file uuid) returns int language sql immutable
        return hashtext(file::text) & 511;

      -- Held by whoever adds to a file until they commit; an erasure does not begin while somebody does.
      create function platform.guard_case() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock_shared(13, platform.file_slot(new.case_id));
        if exists (select 1 from platform.erased_file where tenant_id = new.tenant_id and id = new.case_id) then
          raise exception using errcode = 'LT404', message = 'case';
        end if;
        return new;
      end $$;
      create function platform.guard_request() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock_shared(13, platform.file_slot(new.request_id));
        if exists (select 1 from platform.erased_file where tenant_id = new.tenant_id and id = new.request_id) then
          raise exception using errcode = 'LT404', message = 'case request';
        end if;
        return new;
      end $$;
      create function platform.claim_file(file uuid) returns boolean language sql as $$
        select pg_try_advisory_xact_lock(13, platform.file_slot(file))
      $$;

      -- Of the owner nobody but the functions below makes use at run time.
      create or replace function platform.append_only() returns trigger language plpgsql as $$
      begin
        if current_user = 'lotse_owner' then
          if tg_op = 'DELETE' then return old; end if;
          return new;
        end if;
        raise exception '% is append-only', tg_table_name;
      end $$;

      -- Makes all tables ready for erasure: the owner sees the organisation of the session, and what belongs to a case or
      -- request is guarded. Called after every migration: new tables need nothing of their own.
      create function platform.ready_erasure() returns void language plpgsql as $$
      declare t record;
      begin
        for t in
          select c.oid::regclass as name, n.nspname as schema, c.relname as bare,
            exists (select 1 from pg_attribute where attrelid = c.oid and attname = 'case_id' and not attisdropped) as of_case,
            exists (select 1 from pg_attribute where attrelid = c.oid and attname = 'request_id' and not attisdropped) as of_request
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
            and exists (select 1 from pg_attribute where attrelid = c.oid and attname = 'tenant_id' and not attisdropped)
            and pg_get_userbyid(c.relowner) = 'lotse_owner'
        loop
          if not exists (select 1 from pg_policy where polrelid = t.name and polname = 'erasure') then
            execute format('create policy erasure on %s to lotse_owner
              using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::uuid))', t.name);
          end if;
          -- An audit writes of all cases at once, and says no more of each than that a rule was met: a lock for each would be
          -- too many, and what it says of a case that is gone leads nowhere.
          if t.of_case and (t.schema <> 'platform' or t.bare = 'case_access') and t.name <> 'quality_audit.audit_result'::regclass
            and not exists (select 1 from pg_trigger where tgrelid = t.name and tgname = 'guard_case') then
            execute format('create trigger guard_case before insert on %s for each row when (new.case_id is not null)
              execute function platform.guard_case()', t.name);
          end if;
          if t.of_request and t.schema <> 'platform'
            and not exists (select 1 from pg_trigger where tgrelid = t.name and tgname = 'guard_request') then
            execute format('create trigger guard_request before insert on %s for each row when (new.request_id is not null)
              execute function platform.guard_request()', t.name);
          end if;
        end loop;
      end $$;
      revoke execute on function platform.ready_erasure() from public;
      select platform.ready_erasure();

      -- Deletes rows, or overwrites the columns named in blanks; answers the ids of rows that have one.
      create function platform.erase_rows(target regclass, by_column text, ids uuid[], blanks jsonb) returns setof uuid
        language plpgsql security definer set search_path = pg_catalog as $$
      declare
        tenant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
        own_id text := case when exists (select 1 from pg_attribute where attrelid = target and attname = 'id' and not attisdropped)
          then 'id' else 'null::uuid' end;
        changes text;
      begin
        if tenant is null then raise exception 'an erasure needs an organisation'; end if;
        if blanks is null then
          return query execute format('delete from %s where tenant_id = $1 and %I = any($2) returning %s', target, by_column, own_id)
            using tenant, ids;
          return;
        end if;
        select string_agg(format('%I = %s', b.key, case when b.value = '$random' then 'gen_random_uuid()'
          else format('%L::%s', b.value, format_type(a.atttypid, a.atttypmod)) end), ', ')
        into strict changes from jsonb_each_text(blanks) b join pg_attribute a on a.attrelid = target and a.attname = b.key;
        return query execute format('update %s set %s where tenant_id = $1 and %I = any($2) returning %s',
          target, changes, by_column, own_id) using tenant, ids;
      end $$;

      create function platform.erase_before(target regclass, by_column text, before timestamptz) returns bigint
        language plpgsql security definer set search_path = pg_catalog as $$
      declare tenant uuid := nullif(current_setting('app.tenant', true), '')::uuid; gone bigint;
      begin
        if tenant is null then raise exception 'an erasure needs an organisation'; end if;
        execute format('delete from %s where tenant_id = $1 and %I < $2', target, by_column) using tenant, before;
        get diagnostics gone = row_count;
        return gone;
      end $$;
      revoke execute on function platform.erase_rows(regclass, text, uuid[], jsonb), platform.erase_before(regclass, text, timestamptz) from public;
      grant execute on function platform.erase_rows(regclass, text, uuid[], jsonb), platform.erase_before(regclass, text, timestamptz) to lotse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      do $$
      declare t record;
      begin
        for t in select polrelid::regclass as name from pg_policy where polname = 'erasure' loop
          execute format('drop policy erasure on %s', t.name);
        end loop;
        for t in select tgrelid::regclass as name, tgname as trigger from pg_trigger where tgname in ('guard_case', 'guard_request') loop
          execute format('drop trigger %I on %s', t.trigger, t.name);
        end loop;
      end $$;
      drop function platform.erase_rows(regclass, text, uuid[], jsonb);
      drop function platform.erase_before(regclass, text, timestamptz);
      drop function platform.ready_erasure();
      drop function platform.claim_file(uuid);
      drop function platform.guard_case();
      drop function platform.guard_request();
      drop function platform.file_slot(uuid);
      create or replace function platform.append_only() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name;
      end $$;
      drop table platform.erased_file;
    `);
  }
}
