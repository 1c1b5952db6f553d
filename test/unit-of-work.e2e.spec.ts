import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type pg from 'pg';
import { Column, DataSource, Entity } from 'typeorm';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { type Context, context, runInContext, systemContext } from '../src/shared/context';
import { AggregateRepository } from '../src/shared/database/aggregate-repository';
import { asRole, dataSourceOptions, poolOf } from '../src/shared/database/data-source';
import { ReadLines } from '../src/shared/database/read-lines';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { AggregateRoot } from '../src/shared/domain/aggregate-root';
import { DomainEvent } from '../src/shared/domain/domain-event';
import { NotFound, Stale } from '../src/shared/domain/errors';
import { admin, cloneDatabase } from './support/database';

class ThingRenamed extends DomainEvent {
  static readonly type = 'test.thing-renamed';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly name: string,
  ) {
    super();
  }
}

@Entity({ schema: 'test', name: 'thing' })
class Thing extends AggregateRoot {
  @Column('text') name: string;
  @Column({ type: 'text', name: 'made_by', update: false }) madeBy: string;
  @Column('jsonb') parts: string[];

  static make(name: string, id?: string): Thing {
    return Object.assign(new Thing(), { ...(id ? { id } : {}), name, madeBy: name, parts: [] }).rename(name);
  }
  rename(name: string): this {
    this.name = this.madeBy = name;
    this.parts.push(name);
    this.record(new ThingRenamed(this.id, name));
    return this;
  }
}

class ThingRepository extends AggregateRepository<Thing> {
  protected readonly type = Thing;
}

const [home, other] = demoTenants;
const POOL = 4;
let database: Awaited<ReturnType<typeof cloneDatabase>>;
let dataSource: DataSource;
let lines: ReadLines;
let uow: UnitOfWork;
let things: ThingRepository;
let pool: pg.Pool;

beforeAll(async () => {
  database = await cloneDatabase(process.env.LOTSE_TEST_SERVER!, process.env.LOTSE_TEST_TEMPLATE!);
  await sql(`create schema test; grant usage on schema test to lotse_app;
    create table test.thing (tenant_id uuid not null, id uuid not null, version int not null, name text not null, made_by text not null,
      parts jsonb not null, primary key (tenant_id, id), constraint no_devil check (name <> 'devil'));
    select platform.protect('test.thing', 'select, insert, update')`);
  dataSource = await new DataSource({
    ...dataSourceOptions(database.url, POOL),
    entities: [Thing],
  } as never).initialize();
  lines = newLines();
  uow = new UnitOfWork(dataSource, lines);
  things = new ThingRepository(uow, dataSource);
  pool = poolOf(dataSource);
});
afterAll(async () => {
  await lines.onApplicationShutdown();
  await dataSource.destroy();
  await database.drop();
});

const newLines = () =>
  new ReadLines({ connectionString: database.url, ...asRole('lotse_app'), application_name: 'lotse' });
const sql = <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
  admin(database.url, async (c) => (await c.query<R>(text, values)).rows);
const as = <T>(tenantId: string, work: () => Promise<T>): Promise<T> =>
  runInContext(systemContext(tenantId, 'test', 'case_management'), work);
/** Makes a thing in the home organisation. */
const made = (name: string) =>
  as(home.id, () =>
    uow.run(async () => {
      const thing = Thing.make(name);
      things.store(thing);
      return thing;
    }),
  );
const stored = async (...ids: string[]) =>
  await sql<{ name: string; version: number; events: string[] }>(
    `select t.name, t.version, (select array_agg(e.payload->>'name' order by e.seq) from platform.event e
         where e.tenant_id = t.tenant_id and e.aggregate_id = t.id) as events
       from test.thing t where id = any($1) order by id`,
    [ids],
  );
const rename = (id: string, name: string, expected: number | '*' = '*') =>
  uow.run(async () => {
    const thing = await things.get(id, expected);
    things.store(thing.rename(name));
    return thing;
  });

describe('one unit of work', () => {
  it('leaves as one statement, however much was stored', async () => {
    await made('warms the connection up');
    await as(home.id, async () => {
      const before = context().statements;
      const made = await uow.run(async () => {
        const [a, b, c] = [Thing.make('a'), Thing.make('b'), Thing.make('c')];
        for (const thing of [a, b, c]) things.store(thing);
        a.rename('a2');
        things.store(a);
        uow.record(new ThingRenamed(c.id, 'extra'));
        expect(context().statements).toBe(before);
        return [a, b, c];
      });
      expect(context().statements).toBe(before + 1);
      expect(made.map(({ version }) => version)).toEqual([1, 1, 1]);
      const names = [
        ['a2', ['a', 'a2']],
        ['b', ['b']],
        ['c', ['extra', 'c']],
      ] as const;
      for (const [i, [name, events]] of names.entries())
        expect(await stored(made[i]!.id)).toEqual([{ name, version: 1, events }]);
    });
  });

  it('reads and changes in two statements, and keeps what may never change', async () => {
    const { id } = await made('first');
    await as(home.id, async () => {
      const before = context().statements;
      const thing = await rename(id, 'second', 1);
      expect(context().statements).toBe(before + 2);
      expect(thing.version).toBe(2);
    });
    expect(await sql('select name, made_by, parts from test.thing where id = $1', [id])).toEqual([
      { name: 'second', made_by: 'first', parts: ['first', 'second'] },
    ]);
  });

  it('stores nothing at all when one of its aggregates was changed by somebody else', async () => {
    const [stale, fresh] = [await made('stale'), await made('fresh')];
    const brandNew = Thing.make('brand new');
    await expect(
      as(home.id, () =>
        uow.run(async () => {
          const [one, two] = [await things.get(stale.id), await things.get(fresh.id)];
          things.store(two.rename('other change'));
          things.store(brandNew);
          await sql('update test.thing set version = version + 1 where id = $1', [stale.id]);
          things.store(one.rename('too late'));
        }),
      ),
    ).rejects.toThrow(Stale);
    expect(await stored(stale.id)).toEqual([{ name: 'stale', version: 2, events: ['stale'] }]);
    expect(await stored(fresh.id, brandNew.id)).toEqual([{ name: 'fresh', version: 1, events: ['fresh'] }]);
    expect(await sql('select 1 from platform.event where aggregate_id = $1', [brandNew.id])).toEqual([]);
  });

  it('lets exactly one of many writers with the same version through', async () => {
    const { id } = await made('0');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => as(home.id, () => rename(id, `writer ${i}`, 1))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Stale);
    const [thing] = await stored(id);
    expect(thing).toEqual({ name: thing!.name, version: 2, events: ['0', thing!.name] });
  });

  it('tells what is missing from what is stale', async () => {
    const { id } = await made('here');
    await as(home.id, async () => {
      await expect(things.get(randomUUID())).rejects.toThrow(NotFound);
      await expect(things.get(id, 2)).rejects.toThrow(Stale);
      await expect(things.get(id, 0)).rejects.toThrow(Stale);
      expect((await things.get(id, 1)).name).toBe('here');
    });
    await as(other.id, async () => expect(await things.find(id)).toBeNull());
  });

  it.each(['gathered', 'locked'])('leaves nothing when it fails (%s)', async (way) => {
    const { id } = await made('before');
    const brandNew = Thing.make('new');
    await expect(
      as(home.id, () =>
        uow.run(async () => {
          if (way === 'locked') await uow.lock();
          const thing = await things.get(id);
          things.store(thing.rename('after'));
          things.store(brandNew);
          if (way === 'locked') await uow.flush();
          throw new Error('changed my mind');
        }),
      ),
    ).rejects.toThrow('changed my mind');
    expect(await stored(id, brandNew.id)).toEqual([{ name: 'before', version: 1, events: ['before'] }]);
  });

  it('leaves nothing when the database refuses one row', async () => {
    const [good, bad] = [Thing.make('good'), Thing.make('devil')];
    await expect(
      as(home.id, () =>
        uow.run(async () => {
          things.store(good);
          things.store(bad);
        }),
      ),
    ).rejects.toThrow('no_devil');
    expect(await stored(good.id, bad.id)).toEqual([]);
    expect(await sql('select 1 from platform.event where aggregate_id = any($1)', [[good.id, bad.id]])).toEqual([]);
  });

  it('is one with the runs inside it: they commit with it or not at all', async () => {
    const [a, b] = [Thing.make('outer'), Thing.make('inner')];
    const failing = as(home.id, () =>
      uow.run(async () => {
        things.store(a);
        await uow.run(async () => things.store(b));
        expect(await stored(a.id, b.id)).toEqual([]);
        throw new Error('the outer one fails');
      }),
    );
    await expect(failing).rejects.toThrow('the outer one fails');
    expect(await stored(a.id, b.id)).toEqual([]);

    const [c, d] = [Thing.make('outer'), Thing.make('inner')];
    await as(home.id, async () => {
      const before = context().statements;
      await uow.run(async () => {
        things.store(c);
        await uow.run(async () => things.store(d));
      });
      expect(context().statements).toBe(before + 1);
    });
    expect(await stored(c.id, d.id)).toHaveLength(2);
  });

  it('sends early what following reads must see, and still takes it back when it fails', async () => {
    const thing = Thing.make('early');
    const announced: string[] = [];
    uow.onCommit((events) => announced.push(...events.map((e) => (e as ThingRenamed).name)));
    const run = (fail: boolean) =>
      as(home.id, () =>
        uow.run(async () => {
          things.store(thing);
          await uow.flush();
          expect((await things.get(thing.id)).name).toBe('early');
          things.store(thing.rename('later'));
          if (fail) throw new Error('no');
        }),
      );
    await expect(run(true)).rejects.toThrow('no');
    expect(await stored(thing.id)).toEqual([]);
    expect(announced).toEqual([]);
    Object.assign(thing, { version: 0, name: 'early' });
    thing.pullEvents();
    thing.rename('early');
    await run(false);
    expect(await stored(thing.id)).toEqual([{ name: 'later', version: 2, events: ['early', 'later'] }]);
    expect(announced).toEqual(['early', 'later']);
  });

  it('holds a lock until it ends', async () => {
    const { id } = await made('locked');
    const order: string[] = [];
    const slow = as(home.id, () =>
      uow.run(async () => {
        await uow.lock();
        await uow.query('select 1 from test.thing where tenant_id = $1 and id = $2 for update', [home.id, id]);
        order.push('locked');
        await sleep(200);
        order.push('leaves');
        things.store((await things.get(id)).rename('slow'));
      }),
    );
    while (order.length === 0) await sleep(5);
    await as(home.id, () =>
      uow.run(async () => {
        await uow.lock();
        await uow.query('select 1 from test.thing where tenant_id = $1 and id = $2 for update', [home.id, id]);
        order.push('next');
        expect((await things.get(id)).name).toBe('slow');
      }),
    );
    await slow;
    expect(order).toEqual(['locked', 'leaves', 'next']);
  });

  it('opens one transaction when asked twice at once, and gives its connection back', async () => {
    await as(home.id, () =>
      uow.run(async () => {
        await Promise.all([uow.lock(), uow.lock(), uow.lock()]);
        const pids = await Promise.all([1, 2].map(() => uow.query<{ pid: number }>('select pg_backend_pid() as pid')));
        expect(pids[0]).toEqual(pids[1]);
        expect(pool.totalCount - pool.idleCount).toBe(1);
      }),
    );
    expect(pool.totalCount - pool.idleCount).toBe(0);
  });

  it('gives its connection back when something in it fails while the transaction opens', async () => {
    await expect(
      as(home.id, () =>
        uow.run(async () => {
          void uow.lock();
          throw new Error('at once');
        }),
      ),
    ).rejects.toThrow('at once');
    expect(pool.totalCount - pool.idleCount).toBe(0);
    expect(
      await sql(
        `select 1 from pg_stat_activity where datname = current_database() and application_name = 'lotse' and state like 'idle in%'`,
      ),
    ).toEqual([]);
  });

  it('lets nothing that outlives it touch a connection that serves somebody else by now', async () => {
    const late: Promise<unknown>[] = [];
    await as(home.id, () =>
      uow.run(async () => {
        await uow.lock();
        late.push(sleep(20).then(() => uow.query(`select set_config('app.tenant', 'stolen', false)`)));
        late.push(sleep(20).then(() => uow.write({ sql: () => 'select 1' })));
      }),
    );
    for (const outcome of await Promise.allSettled(late))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('has ended') } });
  });
});

describe('the wall between organisations', () => {
  it('shows and stores nothing without an organisation', async () => {
    const { id } = await made('hidden');
    const nobody: Context = { ...systemContext('', 'test', 'case_management') };
    await runInContext(nobody, async () => {
      expect(await uow.query('select * from test.thing')).toEqual([]);
      expect(await uow.query('select * from platform.event')).toEqual([]);
      expect(await uow.query('select * from platform.tenant')).toEqual([]);
      await expect(
        uow.query(`insert into test.thing values ($1, $2, 1, 'x', 'x', '[]')`, [home.id, randomUUID()]),
      ).rejects.toThrow('row-level security');
    });
    // Outside any context as well.
    expect((await pool.query('select * from test.thing')).rows).toEqual([]);
    await as(home.id, async () => expect(await things.get(id)).toMatchObject({ name: 'hidden' }));
  });

  it('refuses to store rows and events for another organisation, and to change its rows', async () => {
    const { id } = await made('mine');
    await as(other.id, async () => {
      for (const insert of [
        `insert into test.thing values ($1, $2, 1, 'x', 'x', '[]')`,
        `insert into platform.event (tenant_id, id, type, aggregate_id, payload, actor, purpose, request_id, traceparent)
         values ($1, $2, 'x', $2, '{}', 'x', 'x', 'x', 'x')`,
        `insert into platform.access_log (tenant_id, id, actor, purpose, action, resource_type, resource_ids, request_id, traceparent)
         values ($1, $2, 'x', 'x', 'read', 'x', '{}', 'x', 'x')`,
      ])
        await expect(uow.query(insert, [home.id, randomUUID()])).rejects.toThrow('row-level security');
      expect(await uow.query('update test.thing set name = $1 where id = $2 returning 1', ['theirs', id])).toEqual([]);
      expect(await uow.query('select 1 from test.thing where id = $1', [id])).toEqual([]);
      const own = await uow.run(async () => {
        const thing = Thing.make('theirs');
        things.store(thing);
        return thing;
      });
      await expect(uow.query('update test.thing set tenant_id = $1 where id = $2', [home.id, own.id])).rejects.toThrow(
        'row-level security',
      );
    });
    expect(await stored(id)).toEqual([{ name: 'mine', version: 1, events: ['mine'] }]);
  });

  it('never mixes organisations, whatever 32 workers for 20 of them do on 4 connections', async () => {
    const tenants = Array.from({ length: 20 }, () => randomUUID() as string);
    const owned = new Map(tenants.map((tenant) => [tenant, new Set<string>()]));
    const mixed: string[] = [];
    type Act = 'store' | 'read' | 'lock' | 'fail' | 'stale' | 'refused';
    const job = fc.record({
      tenant: fc.nat({ max: tenants.length - 1 }),
      act: fc.constantFrom<Act>('store', 'store', 'read', 'lock', 'fail', 'stale', 'refused'),
    });
    const carryOut = async (tenant: string, act: Act): Promise<void> => {
      const mine = owned.get(tenant)!;
      const see = async () => {
        const rows = await uow.query<{ tenant_id: string; id: string }>('select tenant_id, id from test.thing');
        // Not one row of others, and every row that was mine when the question was asked.
        const known = [...mine];
        const seen = await uow.query<{ id: string; tenant_id: string }>('select tenant_id, id from test.thing');
        for (const row of [...rows, ...seen])
          if (row.tenant_id !== tenant) mixed.push(`${tenant} saw ${row.tenant_id}`);
        const ids = new Set(seen.map(({ id }) => id));
        for (const id of known) if (!ids.has(id)) mixed.push(`${tenant} missed its own ${id}`);
      };
      const thing = Thing.make(tenant);
      const work = async () => {
        if (act === 'lock' || act === 'fail') await uow.lock();
        await see();
        things.store(thing);
        if (act === 'fail') throw new Error('fails');
        if (act === 'stale') uow.write({ guarded: 'nothing', sql: () => 'select 1 where false' });
        if (act === 'refused') things.store(Thing.make('devil'));
      };
      await as(tenant, async () => {
        if (act === 'read') return see();
        const ok = await uow.run(work).then(
          () => true,
          () => false,
        );
        if (ok !== (act === 'store' || act === 'lock')) mixed.push(`${act} ended ${ok}`);
        if (ok) mine.add(thing.id);
      });
    };
    await fc.assert(
      fc.asyncProperty(fc.array(job, { minLength: 100, maxLength: 400 }), async (jobs) => {
        const queue = jobs.slice();
        const worker = async () => {
          for (let next = queue.pop(); next; next = queue.pop()) await carryOut(tenants[next.tenant]!, next.act);
        };
        await Promise.all(Array.from({ length: 32 }, worker));
        expect(mixed).toEqual([]);
      }),
      { numRuns: 4, endOnFailure: true },
    );
    const found = await sql<{ tenant_id: string; ids: string[]; events: number }>(
      `select tenant_id, array_agg(id::text) as ids,
         (select count(*)::int from platform.event e where e.tenant_id = t.tenant_id) as events
       from test.thing t where tenant_id = any($1) group by 1`,
      [tenants],
    );
    for (const { tenant_id, ids, events } of found) {
      expect(new Set(ids)).toEqual(owned.get(tenant_id));
      expect(events).toBe(ids.length);
    }
    expect(found.reduce((sum, { ids }) => sum + ids.length, 0)).toBeGreaterThan(100);
    expect(pool.totalCount).toBeLessThanOrEqual(POOL);
  }, 120_000);

  it('throws a connection away whose organisation could not be set', async () => {
    await made('warm');
    // The next time their organisation changes, saying so fails.
    const clients = await Promise.all(Array.from({ length: POOL }, () => as(home.id, () => pool.connect())));
    const broken = clients.map((client) => (client as unknown as { processID: number }).processID);
    for (const client of clients) {
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      client.query = ((...args: unknown[]) => {
        if (!String(args[0]).includes('set_config')) return query(...args);
        return query(`select set_config('app.tenant', $1, 1/0 = 1)`, args[1], args[2]);
      }) as never;
      client.release();
    }
    await as(other.id, async () => {
      for (let i = 0; i < POOL; i++) await expect(pool.query('select 1')).rejects.toThrow('division by zero');
      const { rows } = await pool.query<{ pid: number; tenant: string }>(
        `select pg_backend_pid() as pid, current_setting('app.tenant') as tenant`,
      );
      expect(rows[0]!.tenant).toBe(other.id);
      expect(broken).not.toContain(rows[0]!.pid);
    });
    expect(pool.totalCount).toBeLessThanOrEqual(1);
  });

  it('keeps its connections when statements are refused', async () => {
    const { id } = await made('refused');
    const backends = () =>
      sql<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and application_name = 'lotse' order by pid`,
      );
    await as(home.id, async () => {
      await pool.query('select 1');
      const before = await backends();
      for (let i = 0; i < 3; i++) {
        await expect(uow.query('select 1 / 0')).rejects.toThrow('division by zero');
        await expect(pool.query('select 1 / 0')).rejects.toThrow('division by zero');
        await expect(rename(id, 'devil')).rejects.toThrow('no_devil');
        await expect(rename(id, 'stale', 99)).rejects.toThrow(Stale);
      }
      expect(await backends()).toEqual(before);
    });
  });

  it('replaces a connection that the server ended', async () => {
    const { id } = await made('lasting');
    await sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'lotse'`,
    );
    await sleep(50);
    await as(home.id, async () => {
      expect(await uow.query('select name from test.thing where id = $1', [id])).toEqual([{ name: 'lasting' }]);
      await rename(id, 'still lasting', 1);
    });
  });
});

describe('reads over shared lines', () => {
  let own: ReadLines;
  beforeEach(() => {
    own = newLines();
  });
  afterEach(() => own.onApplicationShutdown());
  const tenantOf = `select current_setting('app.tenant') as tenant, $1::int as n`;

  it('answer each of many organisations at once with its own rows', async () => {
    const tenants = Array.from({ length: 12 }, () => randomUUID() as string);
    for (const tenant of tenants)
      await sql(`insert into test.thing values ($1, gen_random_uuid(), 1, $2, 'x', '[]')`, [tenant, tenant]);
    const asked = Array.from({ length: 1500 }, (_, i) => tenants[(i * 7 + (i % 5)) % tenants.length]!);
    const answers = await Promise.all(
      asked.map((tenant, n) =>
        as(tenant, async () => {
          if (n % 3 === 0) await sleep(n % 7);
          return n % 2
            ? (await own.query<{ tenant: string; n: number }>(tenantOf, [n])).rows[0]
            : (await own.query<{ name: string }>('select name from test.thing where $1 > 0', [n + 1])).rows;
        }),
      ),
    );
    expect(answers).toEqual(asked.map((tenant, n) => (n % 2 ? { tenant, n } : [{ name: tenant }])));
  });

  it('give nothing when the organisation could not be set, and go on with another line', async () => {
    await made('not for others');
    await as(home.id, () => Promise.all(Array.from({ length: 40 }, (_, n) => own.query(tenantOf, [n]))));
    expect(own['lines']).toHaveLength(3);
    for (const { client } of own['lines']) {
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      client.query = ((text: string, values: unknown[]) =>
        query(text.includes('set_config') ? `select set_config('app.tenant', $1, 1/0 = 1)` : text, values)) as never;
    }
    await as(other.id, async () => {
      const outcomes = await Promise.allSettled(
        [1, 2, 3, 4, 5, 6].map((n) => own.query('select name from test.thing where $1 > 0', [n])),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(Array(6).fill('rejected'));
      expect((await own.query(tenantOf, [1])).rows).toEqual([{ tenant: other.id, n: 1 }]);
    });
  });

  it('fail alone: those before and behind a refused statement are answered', async () => {
    const outcomes = await as(home.id, () =>
      Promise.allSettled(
        Array.from({ length: 40 }, (_, n) => own.query(n % 4 === 2 ? 'select 1 / ($1::int - $1)' : tenantOf, [n])),
      ),
    );
    outcomes.forEach((outcome, n) => {
      if (n % 4 === 2) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
      else expect(outcome).toMatchObject({ status: 'fulfilled', value: { rows: [{ tenant: home.id, n }] } });
    });
  });

  it('are replaced when the server ends them, and never answer after that', async () => {
    await as(home.id, () => own.query(tenantOf, [1]));
    const waiting = as(home.id, () => Promise.allSettled([1, 2].map((n) => own.query('select pg_sleep($1)', [n * 5]))));
    await sleep(50);
    await sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'select pg_sleep%'`,
    );
    expect((await waiting).map(({ status }) => status)).toContain('rejected');
    await as(other.id, async () => expect((await own.query(tenantOf, [2])).rows).toEqual([{ tenant: other.id, n: 2 }]));
    await own.onApplicationShutdown();
    await expect(as(home.id, () => own.query(tenantOf, [3]))).rejects.toThrow('Connection terminated');
  });
});

describe('alike reads side by side', () => {
  /** Organisations with a hundred things each, numbered in their names. */
  const tenants = Array.from({ length: 3 }, () => randomUUID() as string);
  beforeAll(async () => {
    for (const tenant of tenants)
      await sql(
        `insert into test.thing select $1, gen_random_uuid(), i, i::text, $2, '[]' from generate_series(0, 99) i`,
        [tenant, tenant],
      );
  });
  const NAMED = 'select name, made_by, version from test.thing where name = $1';
  const named = (name: string) => uow.one<{ name: string; made_by: string; version: number }>(NAMED, [name]);
  /** How often PostgreSQL was asked meanwhile for things by name. */
  const sentBy = async (work: () => Promise<unknown>): Promise<number> => {
    const query = jest.spyOn(lines, 'query');
    const typed = jest.spyOn(lines, 'typed');
    try {
      await work();
      return query.mock.calls.length + typed.mock.calls.length;
    } finally {
      query.mockRestore();
      typed.mockRestore();
    }
  };
  const many = (tenant: string, asked: readonly number[]) =>
    as(tenant, () => Promise.all(asked.map((n) => named(`${n}`))));

  it('share statements, and each gets its own row or none, of its own organisation', async () => {
    await many(tenants[0]!, [1, 2]);
    const asked = Array.from({ length: 110 }, (_, i) => i);
    const sent = await sentBy(async () => {
      const answers = await Promise.all(tenants.map((tenant) => many(tenant, asked)));
      for (const [i, tenant] of tenants.entries())
        expect(answers[i]).toEqual(
          asked.map((n) => (n < 100 ? { name: `${n}`, made_by: tenant, version: n } : undefined)),
        );
    });
    // 330 reads, up to 32 in one statement.
    expect(sent).toBe(12);
  });

  it('count as one statement each, and leave nothing behind', async () => {
    const before = await as(tenants[0]!, async () => {
      const outer = context();
      const counts = await Promise.all(
        [1, 2, 3, 4].map((n) => {
          const own = { ...outer, statements: 0 };
          return runInContext(own, async () => (await named(`${n}`), own.statements));
        }),
      );
      return counts;
    });
    expect(before).toEqual([1, 1, 1, 1]);
    await sleep(1);
    expect(uow['alike']['companies'].size).toBe(0);
  });

  it('go alone and as they are when nobody asks beside them', async () => {
    const query = jest.spyOn(lines, 'query');
    await as(tenants[1]!, () => named('7'));
    expect(query.mock.calls).toEqual([[NAMED, ['7'], tenants[1]]]);
    query.mockRestore();
  });

  it('fail alone: one that PostgreSQL refuses takes no other with it', async () => {
    const byId = 'select version from test.thing where id = $1';
    const ids = (
      await sql<{ id: string }>('select id from test.thing where tenant_id = $1 order by version', [tenants[0]])
    )
      .slice(0, 6)
      .map(({ id }) => id);
    const ask = (asked: string[]) =>
      as(tenants[0]!, () => Promise.allSettled(asked.map((id) => uow.one<{ version: number }>(byId, [id]))));
    await ask(ids);
    const outcomes = await ask(ids.with(3, 'no uuid'));
    outcomes.forEach((outcome, n) => {
      if (n === 3) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: '22P02' } });
      else expect(outcome).toMatchObject({ status: 'fulfilled', value: { version: n } });
    });
  });

  it('see what was committed before they were asked', async () => {
    const id = (await made('0')).id;
    const version = 'select version from test.thing where id = $1';
    await as(home.id, async () => {
      for (let n = 1; n <= 30; n += 1) {
        const busy = Array.from({ length: 80 }, () => uow.one(version, [id]));
        await rename(id, `${n}`);
        const seen = await Promise.all(Array.from({ length: 80 }, () => uow.one<{ version: number }>(version, [id])));
        expect(new Set(seen.map((row) => row!.version))).toEqual(new Set([n + 1]));
        await Promise.all(busy);
      }
    });
  });

  it('go alone from then on where SQL does not let them share', async () => {
    // Alone, the sum is of the row's own versions; in company its only argument would belong to the statement around it.
    const sum = 'select name, (select sum($1::int) from test.thing t) as sum from test.thing where name = $2';
    const ask = () =>
      as(tenants[0]!, () => Promise.all([1, 2, 3].map((n) => uow.one<{ sum: string }>(sum, [n, `${n}`]))));
    const sums = ['100', '200', '300'];
    expect((await ask()).map((row) => row!.sum)).toEqual(sums);
    expect(uow['alike']['shared'].get(sum)).toEqual(expect.stringContaining('lateral'));
    expect((await ask()).map((row) => row!.sum)).toEqual(sums);
    expect(uow['alike']['shared'].get(sum)).toBeNull();
    expect((await ask()).map((row) => row!.sum)).toEqual(sums);
  });

  it.each<[string, unknown[]]>([
    ['$1::timestamptz', [new Date('2026-03-29T00:59:59.999Z'), new Date('2026-10-25T01:00:00Z'), null]],
    ['$1::date', ['2026-02-28', null, '1900-01-01']],
    ['$1::text', ['Ünï "quoted" \\ and \n new', '{a,b}', '$1', null, '']],
    ['$1::text[]', [[], ['a', 'b,c', '"'], null, ['NULL', '', 'ä']]],
    ['$1::uuid[]', [[randomUUID()], []]],
    ['$1::int', [0, -1, 2_147_483_647, null]],
    ['$1::bigint', ['9007199254740993', 1]],
    ['$1::numeric', ['0.10', 3.5]],
    ['$1::boolean', [true, false, null]],
    ['$1::jsonb', ['{"a":[1]}', '"text"', null]],
    ['$1::bytea', [Buffer.from([0, 255, 92]), Buffer.alloc(0)]],
  ])('mean the same as alone: %s', async (parameter, values) => {
    const text = `select (${parameter})::text as given, $2::int as n`;
    await as(home.id, async () => {
      const alone = [];
      for (const [n, value] of values.entries()) alone.push(await uow.one(text, [value, n]));
      const ask = () => Promise.all(values.map((value, n) => uow.one(text, [value, n])));
      expect(await ask()).toEqual(alone);
      expect(await ask()).toEqual(alone);
    });
  });
});
