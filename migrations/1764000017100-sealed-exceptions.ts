import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * CONS-4: what an exception says in free words is sealed with the key of the person it is about. SQL cannot seal what is
 * there, and no release has stored exceptions yet: on a database with some this migration fails (the new columns may not
 * be null) and changes nothing.
 */
export class SealedExceptions1764000017100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table consent.consent_exception add sealed bytea not null, add sealed_for uuid not null,
        drop facts, drop milder_means, drop end_reason;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table consent.consent_exception drop sealed, drop sealed_for,
        add facts text not null, add milder_means text not null, add end_reason text;
    `);
  }
}
