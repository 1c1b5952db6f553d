import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-7, CASE-9: how long before its end a consent comes up, and when an unsigned plan and an unanswered invitation do. */
export class ConsentEnds1764000014000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- The owner of the tables sees the rows of every organisation only while the wall is not forced on it.
      alter table cases.work_policy no force row level security;
      update cases.work_policy set days = '{"consentEnding": 30, "plan": 28, "invitationAnswer": 7}' || days;
      alter table cases.work_policy force row level security;

      alter table service_plan.conference no force row level security;
      update service_plan.conference set invitations =
        (select jsonb_agg(i || '{"answer": null}' order by n) from jsonb_array_elements(invitations) with ordinality t(i, n))
        where invitations <> '[]';
      alter table service_plan.conference force row level security;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table cases.work_policy no force row level security;
      update cases.work_policy set days = days - 'consentEnding' - 'plan' - 'invitationAnswer';
      alter table cases.work_policy force row level security;
      alter table service_plan.conference no force row level security;
      update service_plan.conference set invitations =
        (select jsonb_agg(i - 'answer' order by n) from jsonb_array_elements(invitations) with ordinality t(i, n))
        where invitations <> '[]';
      alter table service_plan.conference force row level security;
    `);
  }
}
