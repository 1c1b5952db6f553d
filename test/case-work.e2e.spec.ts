import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { openCase, openUnagreedCase } from './support/story';

let lotse: Lotse;
let auditor: ApiClient;
let missCm: ApiClient;
const tenantId = demoTenants[0].id;
const TODAY = '2026-03-02';
const any = { ifMatch: '*' } as const;

/** Thousands of cases with something due, besides those that tests open. */
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(`${TODAY}T09:00:00.000Z`);
  auditor = await lotse.as('auditor');
  missCm = await lotse.as('miss-cm');
  const { caseId } = await openCase(lotse, { client: null });
  await lotse.sql(
    `insert into cases.case (tenant_id, id, version, request_id, person_id, field_of_practice, phase, status, intensity, responsible, deputy,
       team, clients, opened_at, agreed_on, agreements, phases, milestones, running_measures, responsibilities, members,
       informed_parties, closing, reopenings, acute_danger, over_limit)
     select tenant_id, gen_random_uuid(), 1, gen_random_uuid(), gen_random_uuid(), (array['health', 'nursing', 'youth', 'debt'])[1 + n % 4],
       (array['clarification', 'assessment', 'linking', 'monitoring', 'evaluation'])[1 + n % 5],
       (array['active', 'suspended', 'closed'])[1 + n % 3], 1, 'cm-' || n % 200, case when n % 9 = 0 then 'deputy-' || n % 50 end,
       'team-' || n % 300, '{}', timestamptz '2025-01-01' + n * interval '1 minute', case when n % 50 > 0 then date '2025-02-01' end,
       agreements, phases, milestones, running_measures, responsibilities, members, informed_parties,
       case when n % 70 = 0 then '{"reason": "unreachable", "since": "2026-01-01", "attempts": null}'::jsonb end, reopenings, n % 60 = 0, n % 80 = 0
     from (select * from cases.case where tenant_id = $1 and id = $2) c, generate_series(1, 12000) n`,
    [tenantId, caseId],
  );
  await lotse.sql(
    `insert into cases.follow_up (tenant_id, id, version, case_id, assignee, due_on, subject, status, moves, recorded_by, recorded_at)
     select tenant_id, gen_random_uuid(), 1, id, responsible, date '2026-01-01' + (row_number() over (order by id))::int % 200, 'x', 'open',
       '[]', 'test', now() from cases.case where tenant_id = $1 and responsible like 'cm-%' and id::text < 'c'`,
    [tenantId],
  );
  await lotse.sql('analyze cases.case');
  await lotse.sql('analyze cases.follow_up');
});
beforeEach(() => lotse.at(`${TODAY}T09:00:00.000Z`));
afterAll(() => lotse?.close());

type Row = { id: string; nextDueOn: string | null; flags: string[]; status: string; agreedOn: string | null };
const list = async (query: string, who = auditor) =>
  (await who.ok('get', `/v1/cases?limit=200&${query}`)).data as Row[];
const rowOf = async (caseId: string, who = missCm) => (await list('', who)).find(({ id }) => id === caseId)!;

it('CASE-9: a case is due when the first thing on its work list is, whoever makes, moves or ends it', async () => {
  const { caseId } = await openUnagreedCase(lotse, { client: 'mr-x' });
  expect(await rowOf(caseId)).toMatchObject({ nextDueOn: null, flags: ['no_agreement'] });
  await lotse.settled();
  expect(await rowOf(caseId)).toMatchObject({ nextDueOn: '2026-03-16' });
  const note = async (dueOn: string) =>
    (await missCm.ok('post', `/v1/cases/${caseId}/follow-ups`, { subject: 'x', dueOn })).id as string;
  const [first, second] = [await note('2026-03-05'), await note('2026-03-04')];
  const due = async () => (await rowOf(caseId)).nextDueOn;
  expect(await due()).toBe('2026-03-04');
  await missCm.ok('post', `/v1/follow-ups/${second}/reschedule`, { dueOn: '2026-03-10' }, any);
  expect(await due()).toBe('2026-03-05');
  await missCm.ok('post', `/v1/follow-ups/${first}/completion`, {}, any);
  expect(await due()).toBe('2026-03-10');
  lotse.at('2026-03-11T09:00:00.000Z');
  expect((await rowOf(caseId)).flags).toEqual(['overdue', 'no_agreement']);
  expect((await list('flag=overdue', missCm)).map(({ id }) => id)).toContain(caseId);
  const mrX = await lotse.as('mr-x');
  expect(await rowOf(caseId, mrX)).toMatchObject({ nextDueOn: null, flags: [] });
  for (const probe of ['flag=no_agreement', 'dueUntil=2026-12-31', 'sort=due'])
    expect(await list(probe, mrX)).toEqual([]);
});

it('CASE-9: of two follow-ups changed at once the case knows both', async () => {
  const { caseId } = await openCase(lotse, { client: null });
  await lotse.settled();
  const note = async (dueOn: string) =>
    (await missCm.ok('post', `/v1/cases/${caseId}/follow-ups`, { subject: 'x', dueOn })).id as string;
  const ids = await Promise.all(['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07'].map(note));
  expect((await rowOf(caseId)).nextDueOn).toBe('2026-03-03');
  await Promise.all(ids.map((id) => missCm.ok('post', `/v1/follow-ups/${id}/completion`, {}, any)));
  expect((await rowOf(caseId)).nextDueOn).toBe('2026-04-01');
});

it('CASE-2, CASE-7: an acute danger and a limit exceeded stand out, the second until somebody else takes over', async () => {
  const flagged = async (flag: string) => {
    const rows = await list(`flag=${flag}`);
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row.flags).toContain(flag);
  };
  for (const flag of ['overdue', 'acute_danger', 'over_caseload', 'no_agreement', 'closing']) await flagged(flag);
  const { caseId } = await openCase(lotse, { client: null });
  const lead = await lotse.as('team-lead');
  const flags = async () => (await rowOf(caseId, lead)).flags;
  expect(await flags()).toEqual([]);
  await lotse.sql(`update cases.case set over_limit = true where tenant_id = $1 and id = $2`, [tenantId, caseId]);
  expect(await flags()).toEqual(['over_caseload']);
  await lead.ok('post', `/v1/cases/${caseId}/handover`, { to: 'somebody-free', reason: 'Too much' }, any);
  expect(await flags()).toEqual([]);
});

it.each([
  ['sort=due', (row: Row) => row.nextDueOn !== null],
  [
    'dueFrom=2026-02-01&dueUntil=2026-02-10',
    ({ nextDueOn }: Row) => nextDueOn! >= '2026-02-01' && nextDueOn! <= '2026-02-10',
  ],
  ['flag=overdue&responsible=cm-7', ({ nextDueOn }: Row) => nextDueOn! < TODAY],
  ['sort=due&flag=no_agreement', ({ agreedOn }: Row) => agreedOn === null],
  ['sort=due&team=team-18&status=active&phase=monitoring', ({ status }: Row) => status === 'active'],
])('CASE-9: the list by %s goes by the day something is due, page by page', async (query, fits) => {
  const all = await list(query);
  for (const row of all) expect(fits(row)).toBe(true);
  const days = all.map(({ nextDueOn }) => nextDueOn!);
  expect(days).toEqual([...days].sort());
  if (!query.includes('phase')) expect(all.length).toBeGreaterThan(4);
  const first = await auditor.ok('get', `/v1/cases?${query}&limit=5`);
  if (!first.page.next) return;
  const second = await auditor.ok('get', `/v1/cases?${query}&limit=5&cursor=${first.page.next}`);
  expect([...first.data, ...second.data].map(({ id }: Row) => id)).toEqual(all.slice(0, 10).map(({ id }) => id));
});

it('what is due is sorted by it, and every wrong field is named', async () => {
  const crossed = await auditor.get('/v1/cases?dueUntil=2026-03-01&sort=latest');
  expect([crossed.status, crossed.body.errors[0].code]).toEqual([422, 'only-by-due']);
  const wrong = await auditor.get('/v1/cases?dueUntil=soon&flag=rich&sort=name');
  expect([wrong.status, wrong.body.errors.length]).toEqual([422, 3]);
});

/** The generic plan of the statement a list sends, as the application runs it: role, organisation, forced row-level security. */
async function genericPlan(query: string, who = auditor): Promise<string> {
  const uow = lotse.app.get(UnitOfWork);
  const spy = jest.spyOn(uow, 'query');
  await who.ok('get', `/v1/cases?${query}`);
  const [sql, values] = spy.mock.calls.find(([text]) => text.includes('from cases.case c'))!;
  spy.mockRestore();
  const quoted = values!.map((value) =>
    Array.isArray(value) ? `'{${value.join(',')}}'` : typeof value === 'number' ? String(value) : `'${String(value)}'`,
  );
  return runInContext(systemContext(tenantId, 'test', 'case_management'), () =>
    uow.run(async () => {
      await uow.lock();
      const name = `q${randomUUID().replaceAll('-', '')}`;
      await uow.query(`set local plan_cache_mode = force_generic_plan`);
      await uow.query(`prepare ${name} as ${sql}`);
      const rows = await uow.query<{ 'QUERY PLAN': string }>(`explain execute ${name}(${quoted.join(', ')})`);
      await uow.query(`deallocate ${name}`);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    }),
  );
}

it.each([
  ['sort=due', 'case_by_due'],
  ['sort=due&responsible=cm-7', 'case_by_due_responsible'],
  ['sort=due&team=team-17', 'case_by_due_team'],
  ['sort=due&deputy=deputy-9', 'case_by_due_deputy'],
  ['dueFrom=2026-02-01&dueUntil=2026-02-10', 'case_by_due'],
  ['flag=overdue', 'case_by_due'],
  ['flag=acute_danger', 'case_in_danger'],
  ['flag=over_caseload', 'case_over_limit'],
  ['flag=no_agreement', 'case_not_agreed'],
  ['flag=closing', 'case_closing'],
])(
  'the list by %s is one index scan in its order, by the generic plan under row-level security',
  async (query, index) => {
    const plan = await genericPlan(`${query}&limit=20`);
    expect(plan).toMatch(new RegExp(`Index Scan using ${index} `));
    // The rows of one page are put in their order once more; beneath the limit nothing is.
    expect(plan.slice(plan.indexOf('Limit'))).not.toMatch(/Sort|Seq Scan/);
  },
);

it('CASE-7: the list of somebody with a thousand cases is as many statements as that of somebody with one', async () => {
  const of = (subject: string) => lotse.asUser({ subject, tenantId, roles: ['case_manager'] });
  await lotse.sql(
    `update cases.case set responsible = 'busy', deputy = null where ctid = any(array(select ctid from cases.case
       where tenant_id = $1 and responsible like 'cm-%' and next_due_on is not null limit 1000))`,
    [tenantId],
  );
  await lotse.sql(
    `update cases.case set deputy = 'busy' where ctid = any(array(select ctid from cases.case
       where tenant_id = $1 and responsible like 'cm-%' limit 500))`,
    [tenantId],
  );
  const [busy, idle] = [await of('busy'), await of('idle')];
  await lotse.sql(
    `update cases.case set responsible = 'idle' where ctid = any(array(select ctid from cases.case
       where tenant_id = $1 and responsible like 'cm-%' and next_due_on is not null limit 1))`,
    [tenantId],
  );
  const sent = async () =>
    ((await auditor.get('/metrics')).body as string)
      .split('\n')
      .filter((line) => line.startsWith('lotse_http_sql_statements_total{'))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  const cost = async (who: ApiClient) => {
    const counts: number[] = [];
    for (let i = 0; i < 3; i++) {
      const before = await sent();
      await list('sort=due', who);
      counts.push((await sent()) - before);
    }
    return Math.min(...counts);
  };
  expect([(await list('sort=due', busy)).length, (await list('sort=due', idle)).length]).toEqual([200, 1]);
  expect(await cost(busy)).toBe(await cost(idle));
});
