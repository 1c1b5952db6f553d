import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-9: work lists of what waits for others and what was escalated, and the days after which something is due. */
export class Worklists1764000001220 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table cases.follow_up add waits_for_others boolean not null default false,
        add escalated_to text collate "C", add escalated_on date;
      update cases.follow_up set waits_for_others = true where cause = 'referral_unanswered';
      create index follow_up_waiting on cases.follow_up (tenant_id, assignee, waits_for_others, due_on, id) where status = 'open';
      create index follow_up_escalated on cases.follow_up (tenant_id, escalated_to, due_on, id)
        where status = 'open' and escalated_to is not null;
      create index follow_up_to_escalate on cases.follow_up (tenant_id, due_on, id) where status = 'open' and escalated_to is null;

      alter table cases.work_policy
        add days jsonb not null default '{"agreement": 14, "referralAnswer": 14, "contact": 30, "evaluation": 14, "escalation": 7}';
      alter table cases.work_policy alter days drop default;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table cases.work_policy drop days;
      drop index cases.follow_up_waiting, cases.follow_up_escalated, cases.follow_up_to_escalate;
      alter table cases.follow_up drop waits_for_others, drop escalated_to, drop escalated_on;
    `);
  }
}
