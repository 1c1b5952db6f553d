import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-11: one organisation invites another to parts of a case (docs/adr/0015). */
export class JointSteering1764000011100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- The one place where an organisation is let through the wall of another: which guest may do what with which case,
      -- from when until when. Written by the case module of the owner with what is granted; ids and codes only.
      create table platform.guest_access (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        kind text not null check (kind in ('joint_steering', 'case_transfer')),
        case_id uuid not null,
        guest_tenant_id uuid not null constraint guest_access_by_another check (guest_tenant_id <> tenant_id),
        parts text[] not null,
        contributions text[] not null,
        readers text[] not null,
        status text not null,
        from_on date not null,
        until_on date not null,
        invited_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create unique index guest_access_by_id on platform.guest_access (id);
      create index guest_access_by_guest on platform.guest_access (guest_tenant_id, kind, id);
      select platform.protect('platform.guest_access', 'select, insert, update');
      create policy guest_sees on platform.guest_access for select to lotse_app
        using (guest_tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
      create policy owner_enters on platform.guest_access to lotse_owner using (true);

      -- Lets the organisation of the session into the one that invited it, until the transaction ends, and says whose case
      -- it is; no row where nothing is granted now. The grant stays locked: recalling it waits, or is seen here.
      -- "see" and "answer" touch the invitation itself; "read" and "contribute" a part, in time and by a named reader.
      create function platform.enter_as_guest(_kind text, _id uuid, _way text, _part text, _who text, _today date)
        returns table (owner uuid, case_id uuid) language plpgsql security definer set search_path = platform, pg_temp as $$
      declare
        _guest uuid := nullif(current_setting('app.tenant', true), '')::uuid;
        _found platform.guest_access;
      begin
        if _way = 'answer' then
          select * into _found from platform.guest_access g where g.id = _id and g.kind = _kind and g.guest_tenant_id = _guest for update;
        else
          select * into _found from platform.guest_access g where g.id = _id and g.kind = _kind and g.guest_tenant_id = _guest for share;
        end if;
        if not found then return; end if;
        if _way not in ('see', 'answer') and not (
          _found.status = 'agreed' and _today between _found.from_on and _found.until_on and _who = any(_found.readers)
          and _part = any(case _way when 'read' then _found.parts when 'contribute' then _found.contributions else '{}' end)
        ) then return; end if;
        perform set_config('app.tenant', _found.tenant_id::text, true);
        owner := _found.tenant_id;
        case_id := _found.case_id;
        return next;
      end $$;
      revoke execute on function platform.enter_as_guest from public;
      grant execute on function platform.enter_as_guest to lotse_app;

      -- The name of an organisation of this instance, for whoever knows its id; there is no list of them.
      create function platform.organisation_name(_id uuid) returns text language sql stable security definer
        set search_path = platform, pg_temp as 'select t.name from platform.tenant t where t.tenant_id = _id';
      revoke execute on function platform.organisation_name from public;
      grant execute on function platform.organisation_name to lotse_app;

      -- Whose staff the reader is; null for the own.
      alter table platform.access_log add column actor_tenant_id uuid;

      create table cases.joint_steering (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        guest_id uuid not null,
        guest_name text not null,
        parts jsonb not null,
        contributions jsonb not null,
        purpose text not null,
        from_on date not null,
        until_on date not null,
        consent_id uuid not null,
        status text not null,
        readers jsonb not null,
        steps jsonb not null,
        primary key (tenant_id, id)
      );
      create index joint_steering_by_case on cases.joint_steering (tenant_id, case_id, id);
      create index joint_steering_running on cases.joint_steering (tenant_id, until_on, id) where status in ('proposed', 'agreed');
      select platform.protect('cases.joint_steering', 'select, insert, update');

      alter table cases.journal_entry add column guest_id uuid;
      alter table cases.journal_entry add column shared_in_steering boolean not null default false;
      alter table cases.journal_entry alter shared_in_steering drop default;
      alter table service_plan.conference add column contributions jsonb not null default '[]';
      alter table service_plan.conference alter contributions drop default;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table service_plan.conference drop column contributions;
      alter table cases.journal_entry drop column shared_in_steering, drop column guest_id;
      drop table cases.joint_steering;
      alter table platform.access_log drop column actor_tenant_id;
      drop function platform.organisation_name, platform.enter_as_guest;
      drop table platform.guest_access;
    `);
  }
}
