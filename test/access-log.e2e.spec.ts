import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ReviewTrigger } from '../src/modules/service-plan/application/monitoring/review-trigger';
import { AccessLog } from '../src/shared/audit/access-log';
import { runInContext, systemContext } from '../src/shared/context';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { ApiClient, type Lotse, startLotse } from './support/lotse';
import { agreedPlan } from './support/plan-story';
import { type OpenedCase, openCase } from './support/story';

/** Every name and every free text that a person writes in these tests carries this word and no other text does. */
const MARK = 'Quickenbornmark';
const BIRTH_DATE = '1931-07-23';
const NAMES = new Set([
  'name',
  'familyName',
  'givenName',
  'birthName',
  'value',
  'text',
  'evidence',
  'reference',
  'unit',
]);
let marks = 0;
function marked(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => marked(one, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, marked(v, k)]));
  if (typeof value !== 'string') return value;
  if (key === 'birthDate') return BIRTH_DATE;
  if (!NAMES.has(key) && !/\s/.test(value)) return value;
  marks += 1;
  return `${value} ${MARK}`;
}

type Entry = {
  actor: string;
  purpose: string;
  scope: string | null;
  action: string;
  type: string;
  ids: string[];
  case: string | null;
};
type Call = { status: number; type: string | null; text: string; id: string };

let lotse: Lotse;
let missCm: ApiClient;
let opened: OpenedCase;
beforeAll(async () => {
  const send = ApiClient.prototype['send'];
  jest.spyOn(ApiClient.prototype as unknown as { send: typeof send }, 'send').mockImplementation(function (
    this: ApiClient,
    method,
    path,
    body,
    options,
  ) {
    return send.call(this, method, path, marked(body) as object | undefined, options);
  });
  lotse = await startLotse();
  missCm = await lotse.as('miss-cm');
  opened = await openCase(lotse);
  await lotse.settled();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await lotse.close();
});

/** Reads as a user, under a request id that finds the entry again. */
async function read(path: string, who = missCm, headers: Record<string, string> = {}): Promise<Call> {
  const id = randomUUID();
  const res = await fetch(lotse.url + path, {
    headers: { authorization: `Bearer ${who.token}`, 'x-request-id': id, ...headers },
  });
  return { status: res.status, type: res.headers.get('content-type'), text: await res.text(), id };
}
const entriesOf = (requestId: string) =>
  lotse.sql<Entry>(
    `select actor, purpose, scope, action, resource_type as type, resource_ids as ids, case_id as case
     from platform.access_log where request_id = $1`,
    [requestId],
  );

/** Does something while a second connection holds the access log, so that nobody can write to it. */
async function whileHeld<T>(work: () => Promise<T>): Promise<T> {
  const holder = new pg.Client({ connectionString: lotse.databaseUrl });
  await holder.connect();
  try {
    await holder.query('begin');
    await holder.query('lock table platform.access_log in share mode');
    return await work();
  } finally {
    await holder.end();
  }
}

/** Does something while the application may not write to the access log. */
async function whileBroken<T>(work: () => Promise<T>): Promise<T> {
  await lotse.sql('revoke insert on platform.access_log from lotse_app');
  try {
    return await work();
  } finally {
    await lotse.sql('grant insert on platform.access_log to lotse_app');
  }
}

describe('QA-9 an access is on disk before its data leaves', () => {
  it('says who read what, for what purpose and under which scope', async () => {
    const { caseId, personId } = opened;
    const own = { actor: missCm.subject, purpose: 'case_management' };
    const auditor = await lotse.as('auditor');
    const lead = await lotse.as('team-lead');
    const one = { scope: 'case:read', action: 'read', type: 'case', ids: [caseId], case: caseId };
    for (const [call, entry] of [
      [await read(`/v1/cases/${caseId}`), { ...own, ...one }],
      [
        await read(`/v1/persons/${personId}`),
        { ...own, scope: 'person:read', action: 'read', type: 'person', ids: [personId], case: null },
      ],
      [
        await read('/v1/cases'),
        { ...own, scope: 'case:read', action: 'search', type: 'case', ids: [caseId], case: null },
      ],
      [await read(`/v1/cases/${caseId}`, auditor), { ...one, actor: auditor.subject, purpose: 'quality_audit' }],
      [await read(`/v1/cases/${caseId}`, lead), { ...one, actor: lead.subject, purpose: 'supervision' }],
      [
        await read(`/v1/cases/${caseId}`, lead, { 'lotse-purpose': 'case_management' }),
        { ...one, actor: lead.subject, purpose: 'case_management' },
      ],
    ] as const)
      expect([call.status, await entriesOf(call.id)]).toEqual([200, [entry]]);
  });

  it('holds the answer back until the entry is written', async () => {
    const reading = await whileHeld(async () => {
      const answer = read(`/v1/cases/${opened.caseId}`);
      expect(await Promise.race([answer, sleep(500, 'no answer')])).toBe('no answer');
      return { answer };
    });
    const { status, id } = await reading.answer;
    expect([status, (await entriesOf(id)).length]).toEqual([200, 1]);
  });

  it('counts a 304 as reading, and something not there as nothing read', async () => {
    const same = await read(`/v1/cases/${opened.caseId}`, missCm, { 'if-none-match': '*' });
    expect([same.status, (await entriesOf(same.id)).length]).toEqual([304, 1]);
    const none = await read(`/v1/cases/${randomUUID()}`);
    expect([none.status, await entriesOf(none.id)]).toEqual([404, []]);
  });

  it('keeps refused attempts', async () => {
    const client = await lotse.as('mr-x');
    const forbidden = await read('/v1/persons', client);
    const denied = { action: 'refuse', ids: [], case: null };
    expect([forbidden.status, await entriesOf(forbidden.id)]).toEqual([
      403,
      [expect.objectContaining({ ...denied, actor: client.subject, scope: 'person:read', type: 'listPersons' })],
    ]);
    const purpose = await read(`/v1/cases/${opened.caseId}`, missCm, { 'lotse-purpose': 'quality_audit' });
    expect([purpose.status, await entriesOf(purpose.id)]).toEqual([
      403,
      [expect.objectContaining({ ...denied, actor: missCm.subject, scope: 'case:read', type: 'getCase' })],
    ]);
  });

  it('gives nothing out when the access cannot be written, not even the refusal, and goes on afterwards', async () => {
    const paths = [`/v1/persons/${opened.personId}`, '/v1/persons', `/v1/cases/${opened.caseId}`, '/v1/staff'];
    const calls = await whileBroken(() => Promise.all([...paths, ...paths, ...paths].map((path) => read(path))));
    calls.push(await whileBroken(async () => read('/v1/persons', await lotse.as('mr-x'))));
    const kept = calls.filter(({ status }) => status >= 500);
    expect(kept.length).toBeGreaterThanOrEqual(10);
    for (const { status, type, text, id } of calls) {
      if (status < 500) expect(await entriesOf(id)).toEqual([]);
      else {
        expect(type).toBe('application/problem+json; charset=utf-8');
        expect(JSON.parse(text)).toMatchObject({ status, instance: `urn:request:${id}` });
      }
      for (const data of [MARK, BIRTH_DATE, opened.personId, opened.caseId, 'access_log', 'permission'])
        expect(text).not.toContain(data);
    }
    const again = await read(paths[0]!);
    expect([again.status, again.text.includes(MARK), (await entriesOf(again.id)).length]).toEqual([200, true, 1]);
  });
});

describe('group commit', () => {
  it('a hundred reads side by side leave a hundred entries; those that wait for the disk share a transaction', async () => {
    const many = () => Array.from({ length: 100 }, () => read(`/v1/cases/${opened.caseId}`));
    const written = async (calls: Call[]) => {
      expect(new Set(calls.map(({ status }) => status))).toEqual(new Set([200]));
      const [found] = await lotse.sql<{ entries: number; requests: number; transactions: number }>(
        `select count(*)::int as entries, count(distinct request_id)::int as requests,
           count(distinct xmin::text)::int as transactions
         from platform.access_log where request_id = any($1)`,
        [calls.map(({ id }) => id)],
      );
      expect(found).toMatchObject({ entries: 100, requests: 100 });
      return found!.transactions;
    };
    expect(await written(await Promise.all(many()))).toBeLessThan(100);
    // A slow disk: the first write waits half a second, and all that arrive meanwhile go together.
    const calls = await whileHeld(async () => {
      const reading = many();
      await sleep(500);
      return { reading };
    });
    expect(await written(await Promise.all(calls.reading))).toBeLessThanOrEqual(20);
  });

  it('a lone reader waits for nobody', async () => {
    let statements = 0;
    const query = () => Promise.resolve({ rows: [], no: (statements += 1) });
    const pool = { query };
    const log = new AccessLog({ driver: { master: pool } } as never);
    const write = () =>
      runInContext(systemContext(randomUUID(), 'test', 'case_management'), () =>
        log.write({ action: 'read', resourceType: 'case', resourceIds: [], caseId: null }),
      );
    for (let i = 0; i < 5; i++)
      expect(await Promise.race([write().then(() => 'written'), nextTurn('still waiting')])).toBe('written');
    expect(statements).toBe(5);
  });
});

describe('the log stays as it was written', () => {
  it.each(['event', 'access_log'])('%s can only grow, whoever tries', async (table) => {
    const [{ part } = { part: '' }] = await lotse.sql<{ part: string }>(
      `select tableoid::regclass::text as part from platform.${table} limit 1`,
    );
    for (const target of [`platform.${table}`, part])
      for (const sql of [`update ${target} set actor = 'nobody'`, `delete from ${target}`])
        await expect(lotse.sql(sql)).rejects.toThrow('is append-only');
    const rights = await lotse.sql(
      `select p.relname, r as role, x as right from (values ('update'), ('delete'), ('truncate')) as rights(x),
         (values ('lotse_app'), ('lotse_relay')) as roles(r), pg_class p
       where p.relnamespace = 'platform'::regnamespace and p.relkind in ('r', 'p') and p.relname like $1
         and has_table_privilege(r, p.oid, x)`,
      [`${table}%`],
    );
    expect(rights).toEqual([]);
  });
});

describe('partitions and daily jobs', () => {
  const TABLES = ['event', 'access_log'];
  /** The partitions of this month and the next two. */
  const expected = async (): Promise<string[]> => {
    const rows = await lotse.sql<{ month: string }>(
      `select to_char((now() at time zone 'UTC') + i * interval '1 month', 'YYYY_MM') as month
       from generate_series(0, 2) i`,
    );
    return TABLES.flatMap((table) => rows.map(({ month }) => `${table}_${month}`)).sort();
  };
  /** The attached partitions behind the tenant wall. */
  const found = async (): Promise<string[]> => {
    const rows = await lotse.sql<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent in ('platform.event'::regclass, 'platform.access_log'::regclass)
         and c.relrowsecurity and c.relforcerowsecurity`,
    );
    return rows.map(({ name }) => name).sort();
  };
  const runAll = () => lotse.app.get(DailyJobs).runAll();

  it('this month and the next two have theirs, and rows land in them', async () => {
    const parts = await expected();
    expect(await found()).toEqual(parts);
    for (const table of TABLES)
      expect(await lotse.sql(`select distinct tableoid::regclass::text as part from platform.${table}`)).toEqual([
        { part: `platform.${parts.find((part) => part.startsWith(table))}` },
      ]);
    const later = parts.filter((_, i) => i % 3 !== 0);
    for (const part of later) await lotse.sql(`drop table platform.${part}`);
    await runAll();
    expect(await found()).toEqual(parts);
    await runAll();
    for (const months of [1, 2]) {
      const rows = await lotse.sql(
        `with one as (select * from platform.access_log limit 1)
         insert into platform.access_log select tenant_id, gen_random_uuid(), recorded_at + $1 * interval '1 month',
           actor, purpose, scope, action, resource_type, resource_ids, case_id, 'later', traceparent from one returning 1`,
        [months],
      );
      expect(rows).toHaveLength(1);
    }
    expect(
      await lotse.sql(
        `select tableoid::regclass::text as part from platform.access_log where request_id = 'later' order by recorded_at`,
      ),
    ).toEqual(later.filter((part) => part.startsWith('access_log')).map((part) => ({ part: `platform.${part}` })));
  });

  it('asks once a day and organisation for plans without progress, and makes their review due', async () => {
    lotse.at('2026-03-02T09:00:00.000Z');
    const { planId } = await agreedPlan(lotse, { client: null });
    await lotse.settled();
    const review = () => lotse.sql('select cause, status from service_plan.review where plan_id = $1', [planId]);
    expect(await review()).toEqual([{ cause: 'plan_agreed', status: 'planned' }]);
    const trigger = jest.spyOn(lotse.app.get(ReviewTrigger), 'run');
    await runAll();
    expect(await review()).toEqual([{ cause: 'plan_agreed', status: 'planned' }]);
    lotse.at('2026-05-04T09:00:00.000Z');
    await runAll();
    expect(trigger.mock.calls).toEqual([['2026-03-02'], ['2026-03-02'], ['2026-05-04'], ['2026-05-04']]);
    expect(await review()).toEqual([{ cause: 'no_progress', status: 'planned' }]);
    lotse.at(null);
  });

  it('throws away stored answers past their time and keeps the others', async () => {
    const count = async () =>
      (await lotse.sql<{ n: number }>('select count(*)::int as n from platform.stored_answer'))[0]!.n;
    const before = await count();
    const past = await lotse.sql(
      `update platform.stored_answer set expires_at = now() - interval '1 second'
       where key_hash = (select key_hash from platform.stored_answer limit 1) returning 1`,
    );
    await runAll();
    expect([past.length, await count()]).toEqual([1, before - 1]);
  });
});

describe('what outlives erasure knows no names', () => {
  const PLATFORM = ['event', 'access_log', 'stored_answer', 'parked_event'].map((table) => `platform.${table}`);
  /** All columns of all rows as text; bytes also as the characters they may be. */
  const dump = async (table: string): Promise<string> => {
    const bytes = table === 'platform.stored_answer' ? `|| encode(t.answer, 'escape')` : '';
    const rows = await lotse.sql<{ text: string }>(`select t::text ${bytes} as text from ${table} t`);
    return rows.map(({ text }) => text).join('\n');
  };

  it('no name, birth date or free text of a whole story is in event, access_log, stored_answer or parked_event', async () => {
    // A listener that cannot do its work: what it failed at is kept with its error.
    await lotse.sql('revoke insert, update on all tables in schema quality_audit from lotse_app');
    const planned = await agreedPlan(lotse, { client: null });
    const { caseId, personId } = planned;
    await missCm.ok(
      'patch',
      `/v1/persons/${personId}`,
      { familyName: 'Z', birthDate: BIRTH_DATE, identifiers: [{ system: 'urn:hospital', value: '0815' }] },
      { ifMatch: '*' },
    );
    const { id } = await missCm.ok('post', `/v1/cases/${caseId}/journal-entries`, {
      kind: 'home_visit',
      function: 'support',
      participants: ['The neighbour next door'],
      minutes: 30,
      on: lotse.clock.today(),
      text: 'He fell on the stairs.',
    });
    for (const path of [`persons/${personId}`, `cases/${caseId}`, `journal-entries/${id}`, 'persons', 'cases'])
      await missCm.ok('get', `/v1/${path}`);
    await lotse.settled();
    await lotse.sql('grant insert, update on all tables in schema quality_audit to lotse_app');
    expect(marks).toBeGreaterThan(50);

    for (const table of PLATFORM) {
      const text = await dump(table);
      expect([table, text.length > 0]).toEqual([table, true]);
      for (const secret of [MARK, BIRTH_DATE, Buffer.from(MARK).toString('hex'), Buffer.from(MARK).toString('base64')])
        expect([table, secret, text.includes(secret)]).toEqual([table, secret, false]);
    }
    // The search does find them where they belong.
    for (const table of ['cases.journal_entry', 'service_plan.service_plan'])
      expect([table, (await dump(table)).includes(MARK)]).toEqual([table, true]);
    // Who a person is stands nowhere in the open.
    for (const secret of [MARK, BIRTH_DATE, Buffer.from(MARK).toString('hex')])
      expect(await dump('cases.person')).not.toContain(secret);
  });
});
