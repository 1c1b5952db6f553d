import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-6: a restriction made in place of an erasure (sec. 84 SGB X) waits for the erasure, and does not forbid it. */
export class RestrictionUntilErasure1764000017110 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('alter table platform.person_facts add column awaits_erasure boolean not null default false');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('alter table platform.person_facts drop column awaits_erasure');
  }
}
