import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { runInContext, systemContext } from '../context';
import { NamedClient } from '../database/tenant-pool';
import { UnitOfWork } from '../database/unit-of-work';
import { type StoredEvent, typeOf } from './event-log';
import { type Subscriber, subscriberOf } from './on-event';

/** Delivery settings; tests make the waits short. */
export class RelaySettings {
  /** Tries before an event is parked. */
  tries = 5;
  /** Milliseconds to wait after the n-th failed try. */
  backoff = (attempt: number): number => Math.min(60_000, 200 * 4 ** (attempt - 1));
  /** Milliseconds between two looks at the log when nothing wakes the relay. */
  poll = 1000;
  batch = 100;
}

class RelayClient extends NamedClient {
  protected override readonly counts = false;
}

/** The pool of the role that may read the events of every organisation. */
export class RelayPool extends pg.Pool {
  constructor(options: pg.PoolConfig) {
    super({ ...options, Client: RelayClient as typeof pg.Client });
  }
}

type Cursor = { done_xid: string; window_xid: string | null; window_seq: string };
type Peek = Cursor & { xmin: string; events: StoredEvent[]; retries: boolean };
type Look = { xmin: string; types: string[]; ahead: boolean; subscriptions: string[] };
type Parked = StoredEvent & { attempts: number };

// Only the oldest undelivered event of an aggregate is due; those behind it wait.
const IS_DUE = `p.status = 'retrying' and p.next_attempt_at <= now() and not exists (select 1 from platform.parked_event q
  where q.subscription = p.subscription and q.tenant_id = p.tenant_id and q.aggregate_id = p.aggregate_id and q.seq < p.seq)`;
// A window [done_xid, window_xid) of finished transactions is read in the order of `seq`: late commits are never
// skipped (their txid lies in a later window) and events of one aggregate keep their order. See docs/adr/0004.
const PEEK = `
  select s.done_xid::text, s.window_xid::text, s.window_seq::text, x.xmin::text,
    coalesce((select json_agg(e order by e.seq::bigint) from (
      select id, tenant_id, seq::text, type, aggregate_id, case_id, payload, actor, purpose, traceparent
      from platform.event e
      where e.txid >= s.done_xid and e.txid < coalesce(s.window_xid, x.xmin) and e.seq > s.window_seq and e.type = any($2)
      order by e.seq limit $3) e), '[]') as events,
    exists (select 1 from platform.parked_event p where p.subscription = s.name and ${IS_DUE}) as retries
  from platform.subscription s, (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) x
  where s.name = $1`;
/** Transactions after which the window of a subscription that heard nothing begins anew, so that it stays small. */
const IDLE = 5000;
// One look for all subscriptions: of which types there are finished events from $1 on, whether more are to come, and
// who has something to try again or has heard nothing for long.
const LOOK = `
  select x.xmin::text,
    array(select distinct e.type from platform.event e where e.txid >= $1::xid8 and e.txid < x.xmin) as types,
    exists (select 1 from platform.event e where e.txid >= x.xmin and e.type = any($3)) as ahead,
    array(select s.name from platform.subscription s where s.name = any($2)
      and (x.xmin::text::numeric - s.done_xid::text::numeric > ${IDLE} or exists (
        select 1 from platform.parked_event p where p.subscription = s.name and ${IS_DUE}))) as subscriptions
  from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) x`;
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
  select e.id, e.tenant_id, e.seq::text, e.type, e.aggregate_id, e.case_id, e.payload, e.actor, e.purpose, e.traceparent, p.attempts
  from platform.parked_event p join platform.event e on e.tenant_id = p.tenant_id and e.id = p.event_id and e.recorded_at = p.recorded_at
  where p.subscription = $1 and ${IS_DUE}
  order by p.seq limit $2`;
const CLAIM = `select 1 from platform.parked_event where tenant_id = $1 and subscription = $2 and event_id = $3
  and status = 'retrying' and attempts = $4 for update skip locked`;
const DELIVERED = `delete from platform.parked_event where tenant_id = $1 and subscription = $2 and event_id = $3`;
const RETRY = `
  update platform.parked_event set attempts = $4, error = $5, status = $6, next_attempt_at = now() + $7 * interval '1 millisecond'
  where tenant_id = $1 and subscription = $2 and event_id = $3`;

/** Feeds every subscription from the event log. Safe in several processes: a subscription has one worker at a time. */
@Injectable()
export class EventRelay implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly log = new Logger('EventRelay');
  private readonly running = new Map<string, Promise<void>>();
  /** Subscriptions that may have something to deliver. */
  private readonly due = new Set<string>();
  /** Those that could not finish; the next poll has them tried again. */
  private readonly later = new Set<string>();
  /** Every event of a transaction below has been looked at; null where that is not known, and all are due. */
  private seen: string | null = null;
  private looking?: Promise<boolean>;
  private again = false;
  readonly subscribers: Subscriber[] = [];
  private timer?: NodeJS.Timeout;
  private kick?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly discovery: DiscoveryService,
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly pool: RelayPool,
    private readonly settings: RelaySettings,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { instance } of this.discovery.getProviders()) {
      const subscriber = subscriberOf(instance);
      if (!subscriber) continue;
      if (this.subscribers.some((s) => s.name === subscriber.name))
        throw new Error(`Two listeners are called ${subscriber.name}: one of them would never hear anything`);
      this.subscribers.push(subscriber);
    }
    await this.pool.query(
      `insert into platform.subscription (name) select unnest($1::text[]) on conflict (name) do nothing`,
      [this.subscribers.map((s) => s.name)],
    );
    this.uow.onCommit((events) => {
      if (events.some((event) => this.subscribers.some((s) => s.types.includes(typeOf(event))))) this.wake();
    });
    this.timer = setInterval(() => void this.poll(true), this.settings.poll).unref();
  }

  /** Lets the listeners at work finish; TypeORM's shutdown would take their connections away. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    clearTimeout(this.kick);
    await Promise.allSettled(this.running.values());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  /** Delivers everything there is to deliver now; what failed keeps waiting for its next try. */
  async drain(): Promise<void> {
    for (;;) {
      await this.poll(true);
      await Promise.all(this.running.values());
      const { ahead } = await this.look();
      if (this.due.size === 0 && this.later.size === 0 && this.running.size === 0 && !ahead) return;
      await sleep(2);
    }
  }

  /** Seconds the oldest undelivered event of each subscription has waited, and how many events are parked. */
  async state(): Promise<{ name: string; lag: number; retrying: number; parked: number }[]> {
    return Promise.all(
      this.subscribers.map(async ({ name, types }) => {
        const { rows } = await this.pool.query<{ lag: string; retrying: string; parked: string }>(
          `select coalesce(extract(epoch from now() - (select min(e.recorded_at) from platform.event e where e.txid >= s.done_xid
             and (e.txid >= coalesce(s.window_xid, s.done_xid) or e.seq > s.window_seq) and e.type = any($2))), 0) as lag,
             count(p.*) filter (where p.status = 'retrying') as retrying, count(p.*) filter (where p.status = 'parked') as parked
           from platform.subscription s left join platform.parked_event p on p.subscription = s.name
           where s.name = $1 group by s.name`,
          [name, types],
        );
        const row = rows[0];
        return {
          name,
          lag: Number(row?.lag ?? 0),
          retrying: Number(row?.retrying ?? 0),
          parked: Number(row?.parked ?? 0),
        };
      }),
    );
  }

  /** Looks at the log soon, because something was committed here. */
  wake(): void {
    if (this.stopped) return;
    this.kick ??= setTimeout(() => {
      this.kick = undefined;
      void this.poll();
    }, 5).unref();
  }

  /** Looks at the log and delivers; every so often (`timed`) also for those who could not finish. */
  private async poll(timed = false): Promise<void> {
    if (timed) {
      for (const name of this.later) this.due.add(name);
      this.later.clear();
    }
    if (this.looking) this.again = true;
    else this.looking = this.lookUntilNew().finally(() => (this.looking = undefined));
    if (await this.looking) await this.pass();
  }

  /** One look at a time; another one when it was asked for meanwhile. False when the log cannot be read. */
  private async lookUntilNew(): Promise<boolean> {
    try {
      do {
        this.again = false;
        await this.look();
      } while (this.again);
      return true;
    } catch (error) {
      this.seen = null;
      if (!this.stopped) this.log.error({ msg: 'events cannot be read for now', error: String(error) });
      return false;
    }
  }

  /** Notes which subscriptions have something to deliver. One statement for all of them. */
  private async look(): Promise<Look> {
    const names = this.subscribers.map(({ name }) => name);
    const types = [...new Set(this.subscribers.flatMap((s) => s.types))];
    const { rows } = await this.pool.query<Look>(LOOK, [this.seen, names, types]);
    const look = rows[0]!;
    // At the start, and where the server stands before what was seen (another one took over), all have to look for themselves.
    const anew = this.seen === null || BigInt(look.xmin) < BigInt(this.seen);
    for (const s of this.subscribers)
      if (anew || look.subscriptions.includes(s.name) || look.types.some((type) => s.types.includes(type)))
        this.due.add(s.name);
    this.seen = look.xmin;
    return look;
  }

  /** Works on every subscription that is due. */
  private async pass(): Promise<void> {
    await Promise.all(this.subscribers.filter(({ name }) => this.due.has(name)).map((s) => this.turn(s)));
  }

  private async turn(subscriber: Subscriber): Promise<void> {
    const { name } = subscriber;
    for (let busy; (busy = this.running.get(name));) await busy;
    if (this.stopped || !this.due.delete(name)) return;
    const work = this.work(subscriber)
      .catch((error: unknown) => {
        this.later.add(name);
        if (!this.stopped)
          this.log.error({ msg: 'subscription stopped for now', subscription: name, error: String(error) });
      })
      .finally(() => this.running.delete(name));
    this.running.set(name, work);
    await work;
  }

  private async work(subscriber: Subscriber): Promise<void> {
    let found: { more: boolean; retries: boolean };
    do found = await this.deliverBatch(subscriber);
    while (!this.stopped && found.more);
    if (found.retries) while (!this.stopped && (await this.retryOne(subscriber)));
  }

  /** Delivers the next events of one organisation; whether there may be `more`, and tries that are due. */
  private async deliverBatch(subscriber: Subscriber): Promise<{ more: boolean; retries: boolean }> {
    const { name, types } = subscriber;
    const { batch } = this.settings;
    const peek = (await this.pool.query<Peek>(PEEK, [name, types, batch])).rows[0]!;
    const { done_xid, window_xid, window_seq, xmin, retries } = peek;
    const first = peek.events[0];
    const upper = window_xid ?? xmin;
    // A window has an end of its own only while it is read in parts; after it there may be the next one.
    const next = { more: window_xid !== null, retries };
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
      return next;
    }
    const foreign = peek.events.findIndex((event) => event.tenant_id !== first.tenant_id);
    const events = foreign < 0 ? peek.events : peek.events.slice(0, foreign);
    const exhausted = foreign < 0 && events.length < batch;
    return this.inTransaction(first, name, async (client, handle) => {
      const ids = [...new Set(events.map((event) => event.aggregate_id))];
      const { rows } = await client.query<Cursor & { blocked: string[] }>(LOCK, [name, first.tenant_id, ids]);
      const cursor = rows[0];
      if (!cursor) {
        // Another process is at it, and may die of it: look again later.
        this.later.add(name);
        return { more: false, retries };
      }
      if (cursor.done_xid !== done_xid || cursor.window_seq !== window_seq) return { more: true, retries };
      const blocked = new Set(cursor.blocked);
      for (const event of events) {
        const error = blocked.has(event.aggregate_id) ? 'waits for an earlier event' : await handle(subscriber, event);
        if (error === null) continue;
        const tried = blocked.has(event.aggregate_id) ? 0 : 1;
        blocked.add(event.aggregate_id);
        await client.query(PARK, [first.tenant_id, name, event.id, tried, error, tried ? this.settings.backoff(1) : 0]);
      }
      if (exhausted) await client.query(MOVE, [name, upper, null, '0']);
      else await client.query(MOVE, [name, done_xid, upper, events.at(-1)!.seq]);
      return exhausted ? next : { more: true, retries };
    });
  }

  private async retryOne(subscriber: Subscriber): Promise<boolean> {
    const { name } = subscriber;
    const event = (await this.pool.query<Parked>(DUE, [name, 1])).rows[0];
    if (!event) return false;
    const key = [event.tenant_id, name, event.id];
    return this.inTransaction(event, name, async (client, handle) => {
      // Another process may have tried it meanwhile.
      if ((await client.query(CLAIM, [...key, event.attempts])).rowCount === 0) return false;
      const error = await handle(subscriber, event);
      if (error === null) {
        await client.query(DELIVERED, key);
        return true;
      }
      const attempts = event.attempts + 1;
      const status = attempts >= this.settings.tries ? 'parked' : 'retrying';
      if (status === 'parked')
        this.log.error({ msg: 'event parked', subscription: name, event: event.id, type: event.type });
      await client.query(RETRY, [...key, attempts, error, status, this.settings.backoff(attempts)]);
      return true;
    });
  }

  /** A transaction in the event's organisation; `handle` runs the listener in a savepoint and returns its error or null. */
  private async inTransaction<T>(
    { tenant_id, traceparent }: StoredEvent,
    name: string,
    work: (
      client: PoolClient,
      handle: (subscriber: Subscriber, event: StoredEvent) => Promise<string | null>,
    ) => Promise<T>,
  ): Promise<T> {
    return runInContext(systemContext(tenant_id, name, 'case_management', traceparent), async () => {
      const runner = this.dataSource.createQueryRunner();
      try {
        const client = (await runner.connect()) as PoolClient;
        await runner.startTransaction();
        let handled = false;
        const handle = async (subscriber: Subscriber, event: StoredEvent): Promise<string | null> => {
          await client.query('savepoint listener');
          try {
            await runInContext(systemContext(tenant_id, name, event.purpose, event.traceparent), () =>
              this.uow.join(runner, client, () => subscriber.handle(event.type, event.payload)),
            );
            await client.query('release savepoint listener');
            handled = true;
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
            return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown error';
          }
        };
        const result = await work(client, handle);
        await runner.commitTransaction();
        // For events that it recorded, and for those that its open transaction held back.
        if (handled) this.wake();
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
