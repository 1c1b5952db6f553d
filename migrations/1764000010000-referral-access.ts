import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-7, PLAN-5: a provider's access ends with the release, and at once when it declined or was called off. */
export class ReferralAccess1764000010000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table service_plan.referral add column access_until date;

      -- The owner of the tables sees the rows of every organisation only while the wall is not forced on it.
      alter table service_plan.referral no force row level security;
      alter table consent.consent no force row level security;
      update service_plan.referral r set access_until = c.valid_until
        from consent.consent c where c.tenant_id = r.tenant_id and c.id = r.consent_id;
      update service_plan.referral set access_ended_at = now()
        where state in ('declined', 'cancelled') and sent_at is not null and access_ended_at is null;
      alter table consent.consent force row level security;
      alter table service_plan.referral force row level security;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('alter table service_plan.referral drop column access_until');
  }
}
