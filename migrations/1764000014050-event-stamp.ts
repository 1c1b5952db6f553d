import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An event is stamped with the greater of its own transaction id and the last one that was finished when its statement
 * began; not with the first one not yet given out, for which it would wait until somebody else writes (docs/adr/0004).
 */
export class EventStamp1764000014050 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table platform.event alter txid set default
        greatest(pg_current_xact_id(), (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)::text::xid8);
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table platform.event alter txid set default
        greatest(pg_current_xact_id(), pg_snapshot_xmax(pg_current_snapshot()));
    `);
  }
}
