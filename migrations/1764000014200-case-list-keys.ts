import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-9: what cases are listed and sorted by beside their own state: what is due next, and what stands out. */
export class CaseListKeys1764000014200 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table cases.case add next_due_on date, add acute_danger boolean not null default false,
        add over_limit boolean not null default false;
      create index follow_up_open_by_case on cases.follow_up (tenant_id, case_id, due_on) where status = 'open';

      -- The owner of the tables sees the rows of every organisation only while the wall is not forced on it.
      alter table cases.case no force row level security;
      alter table cases.case_request no force row level security;
      alter table cases.follow_up no force row level security;
      update cases.case c set
        next_due_on = (select min(f.due_on) from cases.follow_up f
          where f.tenant_id = c.tenant_id and f.case_id = c.id and f.status = 'open'),
        acute_danger = exists (select 1 from cases.case_request r
          where r.tenant_id = c.tenant_id and r.id = c.request_id and r.acute_danger <> 'none'),
        over_limit = exists (select 1 from jsonb_array_elements(c.responsibilities) r
          where r->>'role' = 'responsible' and r->>'until' is null and r->>'overLimitReason' is not null);
      alter table cases.follow_up force row level security;
      alter table cases.case_request force row level security;
      alter table cases.case force row level security;

      -- What is due next stands with the case, whatever makes, moves or ends a follow-up. The case is locked first, so that
      -- of two at once the second sees the first.
      create function cases.know_next_due() returns trigger language plpgsql as $$
      begin
        perform 1 from cases.case c where c.tenant_id = new.tenant_id and c.id = new.case_id for no key update;
        update cases.case c set next_due_on = d.next_due_on
          from (select min(f.due_on) as next_due_on from cases.follow_up f
            where f.tenant_id = new.tenant_id and f.case_id = new.case_id and f.status = 'open') d
          where c.tenant_id = new.tenant_id and c.id = new.case_id and c.next_due_on is distinct from d.next_due_on;
        return null;
      end $$;
      create trigger follow_up_made after insert on cases.follow_up
        for each row when (new.status = 'open') execute function cases.know_next_due();
      create trigger follow_up_changed after update on cases.follow_up
        for each row when (old.status is distinct from new.status or old.due_on is distinct from new.due_on)
        execute function cases.know_next_due();

      create index case_by_due on cases.case (tenant_id, next_due_on, id) where next_due_on is not null;
      create index case_by_due_responsible on cases.case (tenant_id, responsible, next_due_on, id) where next_due_on is not null;
      create index case_by_due_deputy on cases.case (tenant_id, deputy, next_due_on, id)
        where deputy is not null and next_due_on is not null;
      create index case_by_due_team on cases.case (tenant_id, team, next_due_on, id)
        where team is not null and next_due_on is not null;
      create index case_in_danger on cases.case (tenant_id, opened_at desc, id desc) where acute_danger and status <> 'closed';
      create index case_over_limit on cases.case (tenant_id, opened_at desc, id desc) where over_limit and status <> 'closed';
      create index case_not_agreed on cases.case (tenant_id, opened_at desc, id desc)
        where agreed_on is null and status <> 'closed';
      create index case_closing on cases.case (tenant_id, opened_at desc, id desc)
        where closing is not null and status <> 'closed';
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop trigger follow_up_made on cases.follow_up;
      drop trigger follow_up_changed on cases.follow_up;
      drop function cases.know_next_due;
      drop index cases.follow_up_open_by_case;
      alter table cases.case drop next_due_on, drop acute_danger, drop over_limit;
    `);
  }
}
