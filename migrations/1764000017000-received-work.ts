import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-9, CASE-11, CASE-12: what other organisations invite to and offer comes up on a work list. */
export class ReceivedWork1764000017000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- What was received is in no case of the organisation yet.
      alter table cases.follow_up alter case_id drop not null;
      create index follow_up_received on cases.follow_up (tenant_id, reference) where case_id is null;
      create index case_transfer_unanswered on cases.case_transfer (tenant_id, answer_by, id) where status = 'proposed';
      create index guest_access_waiting on platform.guest_access (guest_tenant_id, id) where status = 'proposed';

      -- The organisation invited is told by an event in its own log: the one thing that crosses the wall unasked, made of
      -- the grant it may see anyway, by nobody but this trigger.
      create policy guest_is_told on platform.event for insert to lotse_owner with check (type = 'case.guest_access_changed');
      create function platform.tell_guest() returns trigger language plpgsql security definer
        set search_path = platform, pg_temp as $$
      begin
        insert into platform.event (tenant_id, id, type, aggregate_id, case_id, payload, actor, purpose, request_id, traceparent)
        values (new.guest_tenant_id, gen_random_uuid(), 'case.guest_access_changed', new.id, null,
          jsonb_build_object('aggregateId', new.id, 'caseId', null, 'kind', new.kind, 'to', new.status),
          'system:guest-access', 'case_management', 'guest-access', '');
        return null;
      end $$;
      create trigger guest_access_granted after insert on platform.guest_access
        for each row execute function platform.tell_guest();
      create trigger guest_access_changed after update on platform.guest_access
        for each row when (old.status is distinct from new.status) execute function platform.tell_guest();
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop trigger guest_access_granted on platform.guest_access;
      drop trigger guest_access_changed on platform.guest_access;
      drop function platform.tell_guest;
      drop policy guest_is_told on platform.event;
      drop index platform.guest_access_waiting, cases.case_transfer_unanswered, cases.follow_up_received;
      delete from cases.follow_up where case_id is null;
      alter table cases.follow_up alter case_id set not null;
    `);
  }
}
