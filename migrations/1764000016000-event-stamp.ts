import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events are stamped with ids that were given out: with the one after the last, an event could wait until some later
 * transaction took that id (docs/adr/0004).
 */
export class EventStamp1764000016000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table platform.event alter column txid set default greatest(pg_current_xact_id(),
        ((pg_snapshot_xmax(pg_current_snapshot())::text)::bigint - 1)::text::xid8)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table platform.event alter column txid set default
        greatest(pg_current_xact_id(), pg_snapshot_xmax(pg_current_snapshot()))`);
  }
}
