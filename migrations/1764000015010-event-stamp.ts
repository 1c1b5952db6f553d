import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An event is stamped with the greater of its transaction's id and the last one finished before it (docs/adr/0004). It
 * used to be the id to be given out next: nobody had it, and on a quiet database the event waited for whoever came next.
 */
export class EventStamp1764000015010 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table platform.event alter column txid set default
        greatest(pg_current_xact_id(), (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)::text::xid8)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table platform.event alter column txid set default
        greatest(pg_current_xact_id(), pg_snapshot_xmax(pg_current_snapshot()))`);
  }
}
