import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import pg from 'pg';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { RelayPool } from '../src/shared/events/event-relay.settings';
import { OnEvent, Subscription } from '../src/shared/events/on-event';
import { until } from './support/checks';
import { admin, cloneDatabase } from './support/database';
import { Counted, ListenersModule, type Orders, TABLES, TRACE, behaviour, count } from './support/event-program';
import { type Lotse, startLotse } from './support/lotse';

const [home, other] = demoTenants;

const newDatabase = async () => {
  const database = await cloneDatabase(process.env.LOTSE_TEST_SERVER!, process.env.LOTSE_TEST_TEMPLATE!);
  await admin(database.url, (c) => c.query(TABLES));
  return database;
};

type Ended = { code: number | null; signal: string | null; said: string[]; complained: string };

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const left of running) left.kill('SIGKILL');
});

/** A process of its own that raises counters and runs the relay. */
function child(orders: Orders) {
  const started = spawn(
    process.execPath,
    [
      '-r',
      join(__dirname, 'support/register.cjs'),
      join(__dirname, 'support/event-program.ts'),
      JSON.stringify(orders),
    ],
    { env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.add(started);
  let [said, complained] = ['', ''];
  let begun: () => void;
  const begins = new Promise<void>((resolve) => (begun = resolve));
  started.stdout.on('data', (chunk) => {
    said += chunk;
    begun();
  });
  started.stderr.on('data', (chunk) => (complained += chunk));
  const ended = new Promise<Ended>((resolve) =>
    started.on('close', (code, signal) => {
      running.delete(started);
      begun();
      resolve({ code, signal, said: said.split('\n').filter(Boolean), complained });
    }),
  );
  return { begins, ended, kill: () => started.kill('SIGKILL') };
}

/** For every counter: what was counted, what the log has, and what every subscription heard, in order. */
const heard = (url: string) =>
  admin(url, async (c) => {
    const { rows } = await c.query<{ number: number; events: number[]; heard: Record<string, number[]> }>(`
      select c.number, (select array_agg((payload->>'number')::int order by seq) from platform.event e
          where e.aggregate_id = c.id and e.type = 'test.counted') as events,
        (select json_object_agg(k, numbers) from (
          select subscription || ' ' || type as k, array_agg(number order by position) as numbers
          from test.delivery d where d.aggregate_id = c.id group by 1) g) as heard
      from test.counter c order by c.id`);
    return rows;
  });
const exactlyOnce = (rows: Awaited<ReturnType<typeof heard>>) =>
  rows.map(({ number }) => {
    const all = Array.from({ length: number }, (_, i) => i + 1);
    return {
      number,
      events: all,
      heard: { 'test.first test.counted': all, 'test.second test.counted': all, 'test.second test.echoed': all },
    };
  });

describe('processes', () => {
  it('loses and doubles nothing when killed after any statement', async () => {
    const database = await newDatabase();
    const run = (more: Partial<Orders>) =>
      child({ databaseUrl: database.url, counters: [randomUUID()], atOnce: 1, failing: 'twice', ...more }).ended;
    const whole = await run({ verbose: true });
    expect(whole).toMatchObject({ code: 0, complained: '' });
    const steps = [...new Set(whole.said)].filter((text) => text !== 'written');
    // The unit of work, the batch, the listener, the parking, the retry, the cursor: all of it is among the steps.
    for (const part of ['with w0', 'START', 'savepoint', 'insert into test.delivery', 'release', 'COMMIT'])
      expect(steps).toContainEqual(expect.stringMatching(`^${part}`));
    for (const part of ['insert into', 'delete from', 'update'])
      expect(steps).toContainEqual(expect.stringMatching(`^${part} platform.parked_event`));
    expect(steps).toContainEqual(expect.stringMatching('^update platform.subscription'));
    for (const dieAt of steps) {
      expect({ dieAt, ...(await run({ dieAt })) }).toMatchObject({ dieAt, signal: 'SIGKILL' });
    }
    expect(await run({ counters: [] })).toMatchObject({ code: 0, complained: '' });
    const rows = await heard(database.url);
    expect(rows.length).toBeGreaterThanOrEqual(steps.length - 3);
    expect(rows).toEqual(exactlyOnce(rows));
    await database.drop();
  }, 240_000);

  it('share the work, keep the order and recover from any kill', async () => {
    const database = await newDatabase();
    const ids = Array.from({ length: 5 }, () => randomUUID());
    const load = (times: number): Orders => ({
      databaseUrl: database.url,
      counters: Array.from({ length: times }, () => ids).flat(),
      atOnce: 4,
      failing: 'by chance',
    });
    const both = [child(load(15)), child(load(15))];
    for (const { ended } of both) expect(await ended).toMatchObject({ code: 0, complained: '' });
    const calm = await heard(database.url);
    expect(calm.map(({ number }) => number)).toEqual(ids.map(() => 30));
    expect(calm).toEqual(exactlyOnce(calm));
    const workers = await admin(database.url, (c) => c.query('select distinct worker from test.delivery'));
    expect(workers.rowCount).toBe(2);

    for (let round = 0; round < 3; round++) {
      const pair = [child(load(8)), child(load(8))];
      await Promise.all(
        pair.map(async ({ begins, kill }) => {
          await begins;
          await sleep(Math.random() * 300);
          kill();
        }),
      );
      for (const { ended } of pair) expect((await ended).complained).toBe('');
    }
    expect(await child({ ...load(0), failing: undefined }).ended).toMatchObject({ code: 0, complained: '' });
    const rows = await heard(database.url);
    expect(rows).toEqual(exactlyOnce(rows));
    await database.drop();
  }, 240_000);
});

describe('one process', () => {
  let database: Awaited<ReturnType<typeof newDatabase>>;
  let lotse: Lotse;
  let uow: UnitOfWork;
  beforeAll(async () => {
    database = await newDatabase();
    lotse = await startLotse({ databaseUrl: database.url, modules: [ListenersModule] });
    uow = lotse.app.get(UnitOfWork);
  });
  afterAll(async () => {
    await lotse.close();
    await database.drop();
  });
  afterEach(() => {
    behaviour.before = behaviour.after = async () => undefined;
  });

  const lookOnce = () => lotse.relay['poll']();
  const numbers = async (id: string, subscription = 'test.first', type = 'test.counted') =>
    (
      await lotse.sql<{ number: number }>(
        'select number from test.delivery where aggregate_id = $1 and subscription = $2 and type = $3 order by position',
        [id, subscription, type],
      )
    ).map(({ number }) => number);
  const gauge = async (name: string, labels: string) => {
    const text = await (await fetch(`${lotse.url}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name}{${labels}}`))
        ?.split(' ')
        .at(-1),
    );
  };

  /** A connection on which a test decides when a transaction begins, writes and ends. */
  const connection = async () => {
    const client = new pg.Client({ connectionString: database.url, options: '-c role=lotse_app' });
    await client.connect();
    await client.query(`select set_config('app.tenant', $1, false)`, [home.id]);
    return {
      begin: () => client.query('begin'),
      /** Takes a transaction id, as a row lock does. */
      takeId: () => client.query('select pg_current_xact_id()'),
      commit: () => client.query('commit'),
      rollback: () => client.query('rollback'),
      count: async (id: string) => {
        const { rows } = await client.query<{ number: number }>(
          `insert into test.counter values ($1, $2, 1)
           on conflict (tenant_id, id) do update set number = counter.number + 1 returning number`,
          [home.id, id],
        );
        await client.query(
          `insert into platform.event (tenant_id, id, type, aggregate_id, payload, actor, purpose, request_id, traceparent)
           values ($1, gen_random_uuid(), 'test.counted', $2, $3, 'test', 'case_management', 'test', $4)`,
          [home.id, id, JSON.stringify(new Counted(id, rows[0]!.number)), TRACE],
        );
      },
      end: () => client.end(),
    };
  };
  type Connection = Awaited<ReturnType<typeof connection>>;
  const withConnections = async (count: number, work: (...connections: Connection[]) => Promise<void>) => {
    const all = await Promise.all(Array.from({ length: count }, connection));
    try {
      await work(...all);
    } finally {
      await Promise.all(all.map((c) => c.end()));
    }
  };

  it('gives a listener the organisation, purpose and trace of the event, and its own name as actor', async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    for (let i = 0; i < 3; i++) {
      await count(uow, mine);
      await count(uow, theirs, other.id);
    }
    await lotse.settled();
    const found = await lotse.sql(
      `select distinct aggregate_id, tenant_id, subscription, actor, purpose, traceparent from test.delivery
       where aggregate_id = any($1) order by tenant_id, subscription`,
      [[mine, theirs]],
    );
    const expected = (aggregate_id: string, tenant_id: string, name: string) => ({
      aggregate_id,
      tenant_id,
      subscription: name,
      actor: `system:${name}`,
      purpose: 'case_management',
      traceparent: TRACE,
    });
    expect(found).toEqual([
      expected(mine, home.id, 'test.first'),
      expected(mine, home.id, 'test.second'),
      expected(theirs, other.id, 'test.first'),
      expected(theirs, other.id, 'test.second'),
    ]);
    expect(
      await lotse.sql(
        `select distinct tenant_id, actor, traceparent from platform.event where aggregate_id = $1 and type = 'test.echoed'`,
        [theirs],
      ),
    ).toEqual([{ tenant_id: other.id, actor: 'system:test.first', traceparent: TRACE }]);
  });

  it('delivers in the order of writing also where the numbers of the log get longer', async () => {
    const id = randomUUID();
    await lotse.sql(
      `select setval('platform.event_seq', power(10, length(last_value::text))::bigint - 3) from platform.event_seq`,
    );
    await withConnections(1, async (writer) => {
      await writer!.begin();
      for (let i = 0; i < 6; i++) await writer!.count(id);
      await writer!.commit();
    });
    await lotse.settled();
    const all = [1, 2, 3, 4, 5, 6];
    expect(await numbers(id)).toEqual(all);
    expect(await numbers(id, 'test.second')).toEqual(all);
    expect(await numbers(id, 'test.second', 'test.echoed')).toEqual(all);
  });

  it('asks the log once for all subscriptions when there is nothing new', async () => {
    await lotse.settled();
    const pool = lotse.app.get(RelayPool);
    const texts: unknown[] = [];
    const { query } = pool;
    pool.query = ((...args: unknown[]) => (texts.push(args[0]), query.apply(pool, args as never))) as never;
    try {
      await lookOnce();
      await count(uow, randomUUID());
      const before = texts.splice(0);
      expect(new Set(before).size).toBe(1);
      await lotse.settled();
      expect(new Set(texts).size).toBeGreaterThan(1);
    } finally {
      pool.query = query;
    }
  });

  it('never skips a late commit, and never waits for a rolled back one', async () => {
    await withConnections(3, async (early, late, lost) => {
      const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
      await early!.begin();
      await early!.count(a);
      await lost!.begin();
      await lost!.count(c);
      await late!.count(b);
      await lookOnce();
      await lost!.rollback();
      await early!.commit();
      await lotse.settled();
      expect([await numbers(a), await numbers(b), await numbers(c)]).toEqual([[1], [1], []]);
    });
  });

  it('keeps the order of an aggregate when the transaction with the older id commits later', async () => {
    await withConnections(2, async (older, younger) => {
      const id = randomUUID();
      await older!.begin();
      await older!.takeId();
      await younger!.count(id);
      await lookOnce();
      await older!.count(id);
      await lookOnce();
      await older!.commit();
      await lotse.settled();
      expect(await numbers(id)).toEqual([1, 2]);
    });
  });

  it('keeps it also when a third transaction, with an id in between, is still running', async () => {
    await withConnections(3, async (older, between, younger) => {
      const id = randomUUID();
      await older!.begin();
      await older!.takeId();
      await between!.begin();
      await between!.takeId();
      await younger!.count(id);
      await older!.count(id);
      await older!.commit();
      await lookOnce();
      await between!.commit();
      await lotse.settled();
      expect(await numbers(id)).toEqual([1, 2]);
    });
  });

  it('waits for nobody to come: an event of a transaction that began before others finished goes out when all is quiet', async () => {
    await withConnections(2, async (older, younger) => {
      const id = randomUUID();
      // No other transaction takes an id from here on: the relay is woken, but writes only what it delivers.
      await lotse.settled();
      await older!.begin();
      await older!.takeId();
      await younger!.begin();
      await younger!.takeId();
      await younger!.commit();
      await older!.count(id);
      await older!.commit();
      await Promise.race([lotse.settled(), sleep(5000, undefined, { ref: false })]);
      expect(await numbers(id)).toEqual([1]);
    });
  });

  it('keeps the order and loses nothing in any interleaving of transactions', async () => {
    const step = fc.record({
      who: fc.nat({ max: 2 }),
      act: fc.oneof(
        { weight: 4, arbitrary: fc.nat({ max: 1 }) },
        { weight: 4, arbitrary: fc.constant('takeId or commit' as const) },
        { weight: 1, arbitrary: fc.constant('rollback' as const) },
        { weight: 2, arbitrary: fc.constant('look' as const) },
      ),
    });
    await withConnections(4, async (...connections) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
          const ids = [randomUUID(), randomUUID()];
          const open = connections.map(() => false);
          const holder: (number | null)[] = [null, null];
          const finish = async (who: number, how: 'commit' | 'rollback') => {
            if (open[who]) await connections[who]![how]();
            open[who] = false;
            holder.forEach((h, i) => h === who && (holder[i] = null));
          };
          for (const { who, act } of steps) {
            if (act === 'look') await lookOnce();
            else if (act === 'rollback') await finish(who, act);
            else if (act === 'takeId or commit' && open[who]) await finish(who, 'commit');
            else {
              // Whoever changes an aggregate holds its row until the end; the others would wait.
              if (act !== 'takeId or commit' && holder[act] !== null && holder[act] !== who) continue;
              if (!open[who]) await connections[who]!.begin();
              open[who] = true;
              if (act === 'takeId or commit') await connections[who]!.takeId();
              else {
                holder[act] = who;
                await connections[who]!.count(ids[act]!);
              }
            }
          }
          for (const who of connections.keys()) await finish(who, 'commit');
          await lotse.settled();
          const counted = await lotse.sql<{ id: string; number: number }>(
            'select id, number from test.counter where id = any($1)',
            [ids],
          );
          for (const { id, number } of counted)
            expect(await numbers(id)).toEqual(Array.from({ length: number }, (_, i) => i + 1));
        }),
        { numRuns: 60 },
      );
    });
  }, 120_000);

  it('takes back what a failed listener did, also when the database refused it, and tries again', async () => {
    const id = randomUUID();
    let failures = 0;
    behaviour.after = async (subscription) => {
      if (subscription !== 'test.first' || failures === 3) return;
      failures += 1;
      if (failures === 2) await uow.query('select 1 / 0');
      throw new Error('not now');
    };
    for (let i = 0; i < 3; i++) await count(uow, id);
    await until(async () => (await numbers(id, 'test.second', 'test.echoed')).length >= 3);
    await lotse.settled();
    const all = [1, 2, 3];
    expect(await numbers(id)).toEqual(all);
    expect(await numbers(id, 'test.second')).toEqual(all);
    expect(await numbers(id, 'test.second', 'test.echoed')).toEqual(all);
    expect(failures).toBe(3);
  });

  it('delivers everything once and in order, whichever events of a batch fail at first, and however often', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: 4 }), fc.integer({ min: -3, max: 3 })), { minLength: 2, maxLength: 30 }),
        async (plan) => {
          const ids = Array.from({ length: 5 }, () => randomUUID() as string);
          const counted = ids.map(() => 0);
          const failures = new Map<string, number>();
          const events = plan.map(([which, fails]) => {
            const event = new Counted(ids[which]!, (counted[which] = counted[which]! + 1));
            failures.set(`${event.aggregateId} ${event.number}`, Math.max(0, fails));
            return event;
          });
          behaviour.after = async (subscription, { aggregateId, number }) => {
            const left = failures.get(`${aggregateId} ${number}`) ?? 0;
            if (subscription !== 'test.first' || left === 0) return;
            failures.set(`${aggregateId} ${number}`, left - 1);
            if (left === 2) await uow.query('select 1 / 0');
            throw new Error('not now');
          };
          await runInContext(systemContext(home.id, 'test', 'case_management', TRACE), () =>
            uow.run(async () => uow.record(...events)),
          );
          const all = counted.map((n) => Array.from({ length: n }, (_, i) => i + 1));
          await until(async () => {
            await lotse.settled();
            return (await Promise.all(ids.map((id) => numbers(id)))).flat().length >= plan.length;
          });
          await lotse.settled();
          for (const [i, id] of ids.entries()) {
            expect(await numbers(id)).toEqual(all[i]);
            expect(await numbers(id, 'test.second')).toEqual(all[i]);
            expect(await numbers(id, 'test.second', 'test.echoed')).toEqual(all[i]);
          }
          expect([...failures.values()].every((left) => left === 0)).toBe(true);
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  it('parks a poison event after five tries, stops nobody else, and replays it in order', async () => {
    const [bad, good] = [randomUUID(), randomUUID()];
    let poisoned = true;
    let tries = 0;
    behaviour.before = async (subscription, event) => {
      if (!poisoned || subscription !== 'test.first' || event.aggregateId !== bad || event.number !== 2) return;
      tries += 1;
      throw new Error('cannot take it');
    };
    const parked = async () => (await lotse.relay.state()).find(({ name }) => name === 'test.first')!.parked;
    for (let i = 0; i < 3; i++) {
      await count(uow, bad);
      await count(uow, good);
    }
    await until(async () => (await parked()) === 1);
    await count(uow, bad);
    await count(uow, good);
    await lotse.settled();
    expect(tries).toBe(5);
    expect(await numbers(bad)).toEqual([1]);
    expect(await numbers(good)).toEqual([1, 2, 3, 4]);
    expect(await numbers(bad, 'test.second')).toEqual([1, 2, 3, 4]);

    const orgAdmin = await lotse.as('org-admin');
    const stranger = await lotse.asUser({ subject: randomUUID(), tenantId: other.id, roles: ['org_admin'] });
    const entry = { subscription: 'test.first', type: 'test.counted', aggregateId: bad };
    const waits = { ...entry, status: 'retrying', attempts: 0, error: 'waits for an earlier event' };
    expect((await orgAdmin.get('/v1/parked-events')).body.data).toEqual([
      expect.objectContaining({ ...entry, status: 'parked', attempts: 5, error: 'Error: cannot take it' }),
      expect.objectContaining(waits),
      expect.objectContaining(waits),
    ]);
    expect((await stranger.get('/v1/parked-events')).body).toEqual({ data: [] });
    expect((await (await lotse.as('miss-cm')).get('/v1/parked-events')).status).toBe(403);
    expect((await (await lotse.as('miss-cm')).post('/v1/parked-events/replay')).status).toBe(403);
    expect(await gauge('lotse_events_undelivered', 'subscription="test.first",status="parked"')).toBe(1);
    expect(await gauge('lotse_events_undelivered', 'subscription="test.second",status="parked"')).toBe(0);

    expect((await stranger.post('/v1/parked-events/replay')).body).toEqual({ replayed: 0 });
    expect((await orgAdmin.post('/v1/parked-events/replay')).body).toEqual({ replayed: 3 });
    await until(async () => (await parked()) === 1);
    expect(tries).toBe(10);
    expect(await numbers(bad)).toEqual([1]);

    poisoned = false;
    expect((await orgAdmin.post('/v1/parked-events/replay')).body).toEqual({ replayed: 3 });
    await until(async () => (await numbers(bad, 'test.second', 'test.echoed')).length === 4);
    expect(await numbers(bad)).toEqual([1, 2, 3, 4]);
    expect(await numbers(bad, 'test.second', 'test.echoed')).toEqual([1, 2, 3, 4]);
    expect((await orgAdmin.get('/v1/parked-events')).body).toEqual({ data: [] });
    expect(await gauge('lotse_events_undelivered', 'subscription="test.first",status="parked"')).toBe(0);
  });

  it('says how long the oldest undelivered event has waited', async () => {
    await lotse.settled();
    const lag = () => gauge('lotse_event_lag_seconds', 'subscription="test.first"');
    expect(await lag()).toBe(0);
    await withConnections(2, async (older, younger) => {
      await older!.begin();
      await older!.takeId();
      await younger!.count(randomUUID());
      await sleep(300);
      const waited = await lag();
      expect(waited).toBeGreaterThanOrEqual(0.3);
      expect(waited).toBeLessThan(20);
      await older!.commit();
    });
    await lotse.settled();
    expect(await lag()).toBe(0);
  });

  it('ends only when the listener at work has finished', async () => {
    const own = await newDatabase();
    const alone = await startLotse({ databaseUrl: own.url, modules: [ListenersModule] });
    let begun = 0;
    let finished = 0;
    behaviour.after = async () => {
      begun += 1;
      await sleep(300);
      finished += 1;
    };
    await count(alone.app.get(UnitOfWork), randomUUID());
    await until(async () => begun > 0);
    await alone.close();
    const { rows } = await admin(own.url, (c) => c.query('select count(*)::int as delivered from test.delivery'));
    expect(finished).toBe(begun);
    expect(rows).toEqual([{ delivered: finished }]);
    await own.drop();
  });

  it('refuses to start with two listeners under one subscription name', async () => {
    @Subscription('test.first')
    class Impostor {
      @OnEvent(Counted)
      async take(_event: Counted): Promise<void> {}
    }
    await expect(
      startLotse({
        databaseUrl: database.url,
        modules: [ListenersModule, { module: class Twice {}, providers: [Impostor] }],
      }),
    ).rejects.toThrow('test.first');
  });

  it('keeps the log append-only, for the application and for its owner', async () => {
    await runInContext(systemContext(home.id, 'test', 'case_management'), () => count(uow, randomUUID()));
    for (const change of ["update platform.event set actor = 'nobody'", 'delete from platform.event']) {
      await expect(
        runInContext(systemContext(home.id, 'test', 'case_management'), () => uow.query(change)),
      ).rejects.toThrow('permission denied');
      await expect(lotse.sql(change)).rejects.toThrow('append-only');
    }
  });
});
