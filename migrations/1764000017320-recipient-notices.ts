import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-6, GDPR 19: whom to tell of a correction, a restriction or an erasure. Of an erasure a notice names no person. */
export class RecipientNotices1764000017320 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table consent.recipient_notice (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        person_id uuid,
        occasion text not null,
        occasion_id uuid not null,
        recipient jsonb not null,
        passages jsonb not null,
        arisen_at timestamptz(3) not null,
        due_on date not null,
        settlement jsonb,
        primary key (tenant_id, id)
      );
      create index recipient_notice_by_due on consent.recipient_notice (tenant_id, due_on, id);
      create index recipient_notice_open on consent.recipient_notice (tenant_id, due_on, id) where settlement is null;
      create index recipient_notice_by_person on consent.recipient_notice (tenant_id, person_id, due_on, id);
      create index recipient_notice_by_occasion on consent.recipient_notice (tenant_id, occasion_id, id);
      select platform.protect('consent.recipient_notice', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table consent.recipient_notice');
  }
}
