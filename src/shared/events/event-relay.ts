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
type Peek = Cursor & { xmin: string; events: StoredEvent[]; ahead: boolean; retries: boolean };
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
    exists (select 1 from platform.event e where e.txid >= x.xmin and e.type = any($2)) as ahead,
    exists (select 1 from platform.parked_event p where p.subscription = s.name and ${IS_DUE}) as retries
  from platform.subscription s, (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) x
  where s.name = $1`;
/** Transactions after which the window of a subscription that heard nothing begins anew, so that it stays small. */
const IDLE = 5000;
// One look for all subscriptions: of which types there are finished events from $1 on, whether more are to come, and
// who has something to try again or has heard nothing for long.
const LOOK = `
  select x.xmin::text,
    array(select distinct e.type from platform.event e where e.txid < x.xmin and e.txid >= greatest($1::xid8,
      (select min(s.done_xid) from platform.subscription s where s.name = any($2)))) as types,
    exists (select 1 from platform.event e where e.txid >= x.xmin and e.type = any($3)) as ahead,
    array(select s.name from platform.subscription s where s.name = any($2)
      and (x.xmin::text::numeric - s.done_xid::text::numeric > ${IDLE} or exists (
        select 1 from platform.parked_event p where p.subscription = s.name and ${IS_DUE}))) as subscriptions
  from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) x`;
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
  /** Subscriptions that may have something to deliver; who could not finish stays here. */
  private readonly due = new Set<string>();
  /** Every event of a transaction below has been looked at. */
  private seen = '0';
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
    this.uow.onCommit((events) => this.wake(events.map(typeOf)));
    this.timer = setInterval(() => void this.poll(), this.settings.poll).unref();
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
      const { ahead } = await this.look();
      if (this.due.size === 0 && !ahead && this.running.size === 0) return;
      await this.pass();
      await Promise.all(this.running.values());
      if (this.due.size > 0 || ahead) await sleep(2);
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

  /** Delivers soon, because events of these types were committed. */
  wake(types: readonly string[]): void {
    for (const s of this.subscribers) if (types.some((type) => s.types.includes(type))) this.due.add(s.name);
    if (this.due.size === 0 || this.stopped) return;
    this.kick ??= setTimeout(() => {
      this.kick = undefined;
      void this.pass();
    }, 5).unref();
  }

  /** What nobody announced here: events of other processes, tries that are due, transactions that ended late. */
  private async poll(): Promise<void> {
    try {
      await this.look();
      await this.pass();
    } catch (error) {
      if (!this.stopped) this.log.error({ msg: 'events cannot be read for now', error: String(error) });
    }
  }

  /** Notes which subscriptions have something to deliver. One statement for all of them. */
  private async look(): Promise<Look> {
    const names = this.subscribers.map(({ name }) => name);
    const types = [...new Set(this.subscribers.flatMap((s) => s.types))];
    const { rows } = await this.pool.query<Look>(LOOK, [this.seen, names, types]);
    const look = rows[0]!;
    for (const s of this.subscribers)
      if (look.subscriptions.includes(s.name) || look.types.some((type) => s.types.includes(type)))
        this.due.add(s.name);
    if (BigInt(look.xmin) > BigInt(this.seen)) this.seen = look.xmin;
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
        this.due.add(name);
        if (!this.stopped)
          this.log.error({ msg: 'subscription stopped for now', subscription: name, error: String(error) });
      })
      .finally(() => this.running.delete(name));
    this.running.set(name, work);
    await work;
  }

  private async work(subscriber: Subscriber): Promise<void> {
    let peek: Peek | null;
    do peek = await this.deliverBatch(subscriber);
    while (!this.stopped && peek === null);
    if (peek?.ahead) this.due.add(subscriber.name);
    if (peek?.retries) while (!this.stopped && (await this.retryOne(subscriber)));
  }

  /** Delivers the next events of one organisation; null when there may be more, otherwise what it saw. */
  private async deliverBatch(subscriber: Subscriber): Promise<Peek | null> {
    const { name, types } = subscriber;
    const { batch } = this.settings;
    const peek = (await this.pool.query<Peek>(PEEK, [name, types, batch])).rows[0]!;
    const { done_xid, window_xid, window_seq, xmin } = peek;
    const first = peek.events[0];
    const upper = window_xid ?? xmin;
    // A window has an end of its own only while it is read in parts; after it there may be the next one.
    const rest = window_xid === null ? peek : null;
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
      return rest;
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
        this.due.add(name);
        return peek;
      }
      if (cursor.done_xid !== done_xid || cursor.window_seq !== window_seq) return null;
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
      return exhausted ? rest : null;
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
        const announced: string[] = [];
        const handle = async (subscriber: Subscriber, event: StoredEvent): Promise<string | null> => {
          await client.query('savepoint listener');
          try {
            const caused = await runInContext(systemContext(tenant_id, name, event.purpose, event.traceparent), () =>
              this.uow.join(runner, client, () => subscriber.handle(event.type, event.payload)),
            );
            await client.query('release savepoint listener');
            announced.push(...caused.map(typeOf));
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
        if (announced.length > 0) this.wake(announced);
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
