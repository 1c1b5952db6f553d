import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnitOfWork } from '../database/unit-of-work';
import { type Batch, EventDelivery, IDLE, IS_DUE } from './event-delivery';
import { typeOf } from './event-log';
import { RelayPool, RelaySettings } from './event-relay.settings';
import { type Subscriber, subscriberOf } from './on-event';

type Look = { xmin: string; types: string[]; ahead: boolean; subscriptions: string[] };

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

/** Finds out which subscriptions have something to hear, and has it delivered. Safe in several processes. */
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
    private readonly delivery: EventDelivery,
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
    let found: Batch;
    do {
      found = await this.delivery.batch(subscriber);
      // For events that listeners recorded, and for those that the open transaction held back.
      if (found.delivered) this.wake();
    } while (!this.stopped && found.outcome === 'more');
    // Another process is at it, and may die of it.
    if (found.outcome === 'held') this.later.add(subscriber.name);
    if (found.retries) while (!this.stopped && (await this.delivery.retryOne(subscriber))) this.wake();
  }
}
