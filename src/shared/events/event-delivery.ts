import { Inject, Injectable, Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { runInContext, systemContext } from '../context';
import { UnitOfWork } from '../database/unit-of-work';
import type { StoredEvent } from './event-log';
import { RelayPool, RelaySettings } from './event-relay.settings';
import type { Subscriber } from './on-event';

type Cursor = { done_xid: string; window_xid: string | null; window_seq: string };
type Peek = Cursor & { xmin: string; events: StoredEvent[]; retries: boolean };
type Parked = StoredEvent & { attempts: number };
type Failure = { event: StoredEvent; error: string };

/** What a batch came to: `held` where another process is at the subscription; whether events were `delivered`, and tries are due (`retries`). */
export type Batch = { outcome: 'done' | 'more' | 'held'; delivered: boolean; retries: boolean };

const WAITS = { error: 'waits for an earlier event' };

// Only the oldest undelivered event of an aggregate is due; those behind it wait.
export const IS_DUE = `p.status = 'retrying' and p.next_attempt_at <= now() and not exists (select 1 from platform.parked_event q
  where q.subscription = p.subscription and q.tenant_id = p.tenant_id and q.aggregate_id = p.aggregate_id and q.seq < p.seq)`;
// A window [done_xid, window_xid) of finished transactions is read in the order of `seq`: late commits are never
// skipped (their txid lies in a later window) and events of one aggregate keep their order. See docs/adr/0004.
const PEEK = `
  select s.done_xid::text, s.window_xid::text, s.window_seq::text, x.xmin::text,
    coalesce((select json_agg(e order by e.seq::bigint) from (
      select id, tenant_id, seq::text, type, aggregate_id, payload, purpose, traceparent
      from platform.event e
      where e.txid >= s.done_xid and e.txid < coalesce(s.window_xid, x.xmin) and e.seq > s.window_seq and e.type = any($2)
      order by e.seq limit $3) e), '[]') as events,
    exists (select 1 from platform.parked_event p where p.subscription = s.name and ${IS_DUE}) as retries
  from platform.subscription s, (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) x
  where s.name = $1`;
/** Transactions after which the window of a subscription that heard nothing begins anew, so that it stays small. */
export const IDLE = 5000;
// `blocked` is as old as the statement, the cursor as new as the lock: nothing is parked without moving the cursor.
const LOCK = `
  select done_xid::text, window_xid::text, window_seq::text, array(select distinct p.aggregate_id::text
    from platform.parked_event p where p.tenant_id = $2 and p.subscription = $1 and p.aggregate_id = any($3)) as blocked
  from platform.subscription where name = $1 for update skip locked`;
const MOVE = `update platform.subscription set done_xid = $2::xid8, window_xid = $3::xid8, window_seq = $4, moved_at = now() where name = $1`;
const PARK = `
  insert into platform.parked_event (tenant_id, subscription, event_id, seq, aggregate_id, recorded_at, attempts, status, error, next_attempt_at)
  select $1, $2, e.id, e.seq, e.aggregate_id, e.recorded_at, $4, 'retrying', $5, now() + $6 * interval '1 millisecond'
  from platform.event e where e.tenant_id = $1 and e.id = $3`;
const DUE = `
  select e.id, e.tenant_id, e.seq::text, e.type, e.aggregate_id, e.payload, e.purpose, e.traceparent, p.attempts
  from platform.parked_event p join platform.event e on e.tenant_id = p.tenant_id and e.id = p.event_id and e.recorded_at = p.recorded_at
  where p.subscription = $1 and ${IS_DUE}
  order by p.seq limit $2`;
const CLAIM = `select 1 from platform.parked_event where tenant_id = $1 and subscription = $2 and event_id = $3
  and status = 'retrying' and attempts = $4 for update skip locked`;
const DELIVERED = `delete from platform.parked_event where tenant_id = $1 and subscription = $2 and event_id = $3`;
const RETRY = `
  update platform.parked_event set attempts = $4, error = $5, status = $6, next_attempt_at = now() + $7 * interval '1 millisecond'
  where tenant_id = $1 and subscription = $2 and event_id = $3`;

/** Delivers to one subscription from its cursor, and again what failed. Safe in several processes. */
@Injectable()
export class EventDelivery {
  private readonly log = new Logger('EventRelay');

  constructor(
    private readonly uow: UnitOfWork,
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly pool: RelayPool,
    private readonly settings: RelaySettings,
  ) {}

  /** Delivers the next events of one organisation. */
  async batch(subscriber: Subscriber): Promise<Batch> {
    const { name, types } = subscriber;
    const { batch } = this.settings;
    const peek = (await this.pool.query<Peek>(PEEK, [name, types, batch])).rows[0]!;
    const { done_xid, window_xid, window_seq, xmin, retries } = peek;
    const first = peek.events[0];
    const upper = window_xid ?? xmin;
    // A window has an end of its own only while it is read in parts; after it there may be the next one.
    const end = window_xid === null ? 'done' : 'more';
    if (!first) {
      if (window_xid !== null || BigInt(upper) - BigInt(done_xid) > IDLE)
        await this.pool.query(`${MOVE} and done_xid = $5::xid8 and window_seq = $6`, [
          name,
          upper,
          null,
          '0',
          done_xid,
          window_seq,
        ]);
      return { outcome: end, delivered: false, retries };
    }
    const foreign = peek.events.findIndex((event) => event.tenant_id !== first.tenant_id);
    const events = foreign < 0 ? peek.events : peek.events.slice(0, foreign);
    const exhausted = foreign < 0 && events.length < batch;
    return this.inTransaction(first, subscriber, async (client, attempt) => {
      const ids = [...new Set(events.map((event) => event.aggregate_id))];
      const { rows } = await client.query<Cursor & { blocked: string[] }>(LOCK, [name, first.tenant_id, ids]);
      const cursor = rows[0];
      if (!cursor) return { outcome: 'held', delivered: false, retries };
      if (cursor.done_xid !== done_xid || cursor.window_seq !== window_seq)
        return { outcome: 'more', delivered: false, retries };
      const blocked = new Set(cursor.blocked);
      // Hardly ever does a listener fail, so all share a savepoint; where one did, each of the others gets its own.
      const failed = blocked.size === 0 ? await attempt(events) : undefined;
      for (const event of failed === null ? [] : events) {
        const waits = blocked.has(event.aggregate_id);
        const failure = waits ? WAITS : event === failed?.event ? failed : await attempt([event]);
        if (failure === null) continue;
        blocked.add(event.aggregate_id);
        const [tried, wait] = waits ? [0, 0] : [1, this.settings.backoff(1)];
        await client.query(PARK, [first.tenant_id, name, event.id, tried, failure.error, wait]);
      }
      if (exhausted) await client.query(MOVE, [name, upper, null, '0']);
      else await client.query(MOVE, [name, done_xid, upper, events.at(-1)!.seq]);
      return { outcome: exhausted ? end : 'more', delivered: true, retries };
    });
  }

  /** Tries the oldest failed event again that is due; false when there is none, or another process was faster. */
  async retryOne(subscriber: Subscriber): Promise<boolean> {
    const { name } = subscriber;
    const event = (await this.pool.query<Parked>(DUE, [name, 1])).rows[0];
    if (!event) return false;
    const key = [event.tenant_id, name, event.id];
    return this.inTransaction(event, subscriber, async (client, attempt) => {
      // Another process may have tried it meanwhile.
      if ((await client.query(CLAIM, [...key, event.attempts])).rowCount === 0) return false;
      const failed = await attempt([event]);
      if (failed === null) {
        await client.query(DELIVERED, key);
        return true;
      }
      const attempts = event.attempts + 1;
      const status = attempts >= this.settings.tries ? 'parked' : 'retrying';
      if (status === 'parked')
        this.log.error({ msg: 'event parked', subscription: name, event: event.id, type: event.type });
      await client.query(RETRY, [...key, attempts, failed.error, status, this.settings.backoff(attempts)]);
      return true;
    });
  }

  /** A transaction in the event's organisation; `attempt` runs the listener on events in a savepoint and returns where it failed, or null. */
  private async inTransaction<T>(
    { tenant_id, traceparent }: StoredEvent,
    subscriber: Subscriber,
    work: (client: PoolClient, attempt: (events: readonly StoredEvent[]) => Promise<Failure | null>) => Promise<T>,
  ): Promise<T> {
    const { name } = subscriber;
    return runInContext(systemContext(tenant_id, name, 'case_management', traceparent), async () => {
      const runner = this.dataSource.createQueryRunner();
      try {
        const client = (await runner.connect()) as PoolClient;
        await runner.startTransaction();
        const attempt = async (events: readonly StoredEvent[]): Promise<Failure | null> => {
          await client.query('savepoint listener');
          let event = events[0]!;
          try {
            for (event of events)
              await runInContext(systemContext(tenant_id, name, event.purpose, event.traceparent), () =>
                this.uow.join(runner, client, () => subscriber.handle(event.type, event.payload)),
              );
            await client.query('release savepoint listener');
            return null;
          } catch (error) {
            await client.query('rollback to savepoint listener');
            // A message may quote data: it goes to the organisation's own table, not to the log.
            this.log.warn({
              msg: 'listener failed',
              subscription: name,
              event: event.id,
              type: event.type,
              error: error instanceof Error ? error.name : typeof error,
              code: (error as { code?: string })?.code,
            });
            const what = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown error';
            return { event, error: what };
          }
        };
        const result = await work(client, attempt);
        await runner.commitTransaction();
        return result;
      } catch (error) {
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      } finally {
        await runner.release();
      }
    });
  }
}
