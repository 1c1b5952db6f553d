import { Inject, Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { PoolClient, QueryResultRow } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { context } from '../context';
import type { AggregateRoot } from '../domain/aggregate-root';
import type { DomainEvent } from '../domain/domain-event';
import { NotFound, Stale } from '../domain/errors';
import { AlikeReads } from './alike-reads';
import { poolOf } from './data-source';
import { ReadLines } from './read-lines';
import { EVENTS_CTE, eventRows } from '../events/event-log';

/** Collects the parameters of one statement and hands out their placeholders. */
export class Parameters {
  readonly values: unknown[] = [];
  readonly add = (value: unknown): string => `$${this.values.push(value)}`;
}

/** A change to be sent with the others: SQL made from its parameters; `guarded` ones must touch exactly one row. */
export type Write = { sql: (add: Parameters['add']) => string; guarded?: string; done?: () => void };

type Scope = {
  writes: Write[];
  aggregates: Map<AggregateRoot, (aggregate: AggregateRoot) => Write>;
  events: DomainEvent[];
  /** Sent, not yet announced. */
  sent: DomainEvent[];
  opening?: Promise<void>;
  runner?: QueryRunner;
  client?: PoolClient;
  ended?: boolean;
};
const newScope = (more: Partial<Scope> = {}): Scope => ({
  writes: [],
  aggregates: new Map(),
  events: [],
  sent: [],
  ...more,
});

/**
 * One atomic change. Writes and events are gathered and leave as **one statement** when the outermost `run` ends:
 * one round trip, all or nothing. Where a rule needs a row lock, `lock()` opens a transaction first and everything
 * happens in it. Nested runs join the outer one. Reads do not see writes that are still gathered (`flush` sends them).
 */
@Injectable()
export class UnitOfWork {
  private readonly storage = new AsyncLocalStorage<Scope>();
  private readonly listeners: ((events: readonly DomainEvent[]) => void)[] = [];
  private readonly alike: AlikeReads;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly lines: ReadLines,
  ) {
    this.alike = new AlikeReads(lines);
  }

  /** Runs `work` and commits what it stored; an error anywhere leaves nothing behind. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.scope) return work();
    const scope = newScope();
    try {
      const result = await this.storage.run(scope, async () => {
        const value = await work();
        await this.send(scope);
        await scope.runner?.commitTransaction();
        return value;
      });
      if (scope.sent.length > 0) for (const listener of this.listeners) listener(scope.sent);
      return result;
    } catch (error) {
      scope.ended = true;
      await scope.opening?.catch(() => undefined);
      if (scope.runner?.isTransactionActive) await scope.runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      scope.ended = true;
      await scope.runner?.release();
    }
  }

  /** Joins a transaction that somebody else opened and will end (the event relay). */
  join(runner: QueryRunner, client: PoolClient, work: () => Promise<void>): Promise<void> {
    const scope = newScope({ opening: Promise.resolve(), runner, client });
    return this.storage
      .run(scope, async () => {
        await work();
        await this.send(scope);
      })
      .finally(() => (scope.ended = true));
  }

  /** Called with the events of every committed unit of work; must not throw. */
  onCommit(listener: (events: readonly DomainEvent[]) => void): void {
    this.listeners.push(listener);
  }

  /** Opens the transaction, so that `for update` / `for share` in the following reads hold until the end. */
  lock(): Promise<void> {
    const scope = this.open;
    return (scope.opening ??= this.begin(scope));
  }

  private async begin(scope: Scope): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    scope.runner = runner;
    await runner.startTransaction();
    scope.client = client;
  }

  /** Reads rows, inside the open transaction where there is one. */
  async query<R extends QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    const client = this.scope?.client;
    const { rows } = client ? await client.query<R>(sql, values as unknown[]) : await this.lines.query<R>(sql, values);
    return rows;
  }

  /** The row of a read that finds one at most; outside a transaction, alike ones side by side leave as one statement. */
  async one<R extends QueryResultRow>(sql: string, values: readonly unknown[]): Promise<R | undefined> {
    const client = this.scope?.client;
    return client ? (await client.query<R>(sql, values as unknown[])).rows[0] : this.alike.one<R>(sql, values);
  }

  /** TypeORM's manager for loading aggregates: the open transaction's, or the pool's. */
  get manager(): EntityManager {
    return this.scope?.runner?.manager ?? this.dataSource.manager;
  }

  /** Adds a write that leaves with the others. */
  write(write: Write): void {
    this.open.writes.push(write);
  }

  /** Adds an aggregate; it is turned into its write when the unit ends, so storing it twice is one write. */
  store<T extends AggregateRoot>(aggregate: T, toWrite: (aggregate: T) => Write): void {
    this.open.aggregates.set(aggregate, toWrite as (aggregate: AggregateRoot) => Write);
  }

  /** Records events that belong to no stored aggregate. */
  record(...events: DomainEvent[]): void {
    this.open.events.push(...events);
  }

  /** Sends what is gathered already now, inside the transaction, so that the following reads see it. */
  async flush(): Promise<void> {
    await this.lock();
    await this.send(this.open);
  }

  /** Sends what is gathered as one statement. */
  private async send(scope: Scope): Promise<void> {
    for (const [aggregate, toWrite] of scope.aggregates) {
      scope.events.push(...aggregate.pullEvents());
      scope.writes.push(toWrite(aggregate));
    }
    scope.aggregates.clear();
    const writes = scope.writes.splice(0);
    const events = scope.events.splice(0);
    if (writes.length === 0 && events.length === 0) return;
    const parameters = new Parameters();
    const parts = writes.map((write, i) => `w${i} as (${write.sql(parameters.add)})`);
    if (events.length > 0) parts.push(`ev as (${EVENTS_CTE(parameters.add(eventRows(events, context())))})`);
    const guards = writes.flatMap((write, i) =>
      write.guarded ? [`platform.stored('${write.guarded}', (select count(*) from w${i}))`] : [],
    );
    try {
      await (scope.client ?? poolOf(this.dataSource)).query(
        `with ${parts.join(',\n')} select ${guards.join(', ') || '1'}`,
        parameters.values,
      );
    } catch (error) {
      if ((error as { code?: string }).code === 'LT412') throw new Stale((error as Error).message);
      // What it belongs to was erased meanwhile (platform.guard_file).
      if ((error as { code?: string }).code === 'LT404') throw new NotFound((error as Error).message);
      throw error;
    }
    for (const write of writes) write.done?.();
    scope.sent.push(...events);
  }

  /** The unit in force. What outlives its unit must not touch a connection that serves somebody else by now. */
  private get scope(): Scope | undefined {
    const scope = this.storage.getStore();
    if (scope?.ended) throw new Error('The unit of work has ended: something in it was not awaited');
    return scope;
  }

  private get open(): Scope {
    if (!this.scope) throw new Error('This needs an open unit of work');
    return this.scope;
  }
}
