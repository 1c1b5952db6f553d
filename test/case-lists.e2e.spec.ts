import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { planOf } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { openCase } from './support/story';

let lotse: Lotse;
let auditor: ApiClient;
const tenantId = demoTenants[0].id;

/** Thousands of cases of many case managers and teams, besides those that tests open. */
beforeAll(async () => {
  lotse = await startLotse();
  auditor = await lotse.as('auditor');
  await openCase(lotse, { client: null });
  await lotse.sql(
    `insert into cases.case
     select tenant_id, gen_random_uuid(), 1, gen_random_uuid(), gen_random_uuid(), (array['health', 'nursing', 'youth', 'debt'])[1 + n % 4],
       (array['clarification', 'assessment', 'linking', 'monitoring', 'evaluation'])[1 + n % 5],
       (array['active', 'suspended', 'closed'])[1 + n % 3], 1 + n % 5, 'cm-' || n % 200, case when n % 9 = 0 then 'deputy-' || n % 50 end,
       'team-' || n % 300, '{}', timestamptz '2025-01-01' + n * interval '1 minute', agreed_on, agreements, phases, milestones,
       running_measures, responsibilities, members, informed_parties, suspension, closing, closure, reopenings
     from (select * from cases.case where tenant_id = $1 limit 1) c, generate_series(1, 12000) n`,
    [tenantId],
  );
  await lotse.sql('analyze cases.case');
});
afterAll(() => lotse?.close());

type Row = {
  id: string;
  phase: string;
  status: string;
  fieldOfPractice: string;
  team: string;
  deputy: string;
  openedAt: string;
};
const list = async (query: string, who = auditor) => (await who.ok('get', `/v1/cases?${query}`)).data as Row[];

it.each([
  ['phase=linking', { phase: 'linking' }],
  ['status=suspended', { status: 'suspended' }],
  ['fieldOfPractice=debt', { fieldOfPractice: 'debt' }],
  ['team=team-17', { team: 'team-17' }],
  ['deputy=deputy-9', { deputy: 'deputy-9' }],
  ['responsible=cm-7', { responsible: 'cm-7' }],
  ['team=team-18&deputy=deputy-18&status=active&phase=monitoring', null],
])('CASE-6, CASE-7: the list by %s shows those cases, page by page, in both orders', async (query, wanted) => {
  const latest = await list(`${query}&limit=200`);
  for (const row of latest) if (wanted) expect(row).toMatchObject(wanted);
  if (wanted) expect(latest.length).toBeGreaterThan(10);
  const times = latest.map(({ openedAt }) => openedAt);
  expect(times).toEqual([...times].sort().reverse());
  const oldest = (await list(`${query}&sort=oldest&limit=200`)).map(({ openedAt }) => openedAt);
  expect(oldest).toEqual([...oldest].sort());
  const first = (await auditor.ok('get', `/v1/cases?${query}&limit=5`)) as {
    data: Row[];
    page: { next: string | null };
  };
  if (!first.page.next) return;
  const second = await list(`${query}&limit=5&cursor=${first.page.next}`);
  expect([...first.data, ...second].map(({ id }) => id)).toEqual(latest.slice(0, 10).map(({ id }) => id));
  expect((await auditor.get(`/v1/cases?${query}&sort=oldest&cursor=${first.page.next}`)).body.code).toBe(
    'cursor-invalid',
  );
});

it('every filter is one index scan in the order of the list, under row-level security', async () => {
  for (const [condition, index] of [
    [`c.phase = 'linking'`, 'case_by_phase'],
    [`c.status = 'suspended'`, 'case_by_status'],
    [`c.field_of_practice = 'debt'`, 'case_by_field'],
    [`c.team = 'team-17'`, 'case_by_team'],
    [`c.deputy = 'deputy-9'`, 'case_by_deputy'],
    [`c.responsible = 'cm-7'`, 'case_by_responsible'],
  ] as const)
    for (const [direction, compare] of [
      ['desc', '<'],
      ['asc', '>'],
    ] as const) {
      const plan = await planOf(
        lotse,
        `select id from cases.case c where c.tenant_id = '${tenantId}' and ${condition}
         and (c.opened_at, c.id) ${compare} (timestamptz '2025-01-05', '${randomUUID()}'::uuid)
         order by c.opened_at ${direction}, c.id ${direction} limit 51`,
      );
      expect(plan).toMatch(new RegExp(`${index}.*Index Cond:.*ROW\\(opened_at, id\\) ${compare} ROW`, 's'));
      expect(plan).not.toMatch(/Sort|Seq Scan/);
    }
});

it('a list is the same number of statements for somebody with one team or with hundreds', async () => {
  const lead = (teams: string[]) => lotse.asUser({ subject: randomUUID(), tenantId, roles: ['team_lead'], teams });
  const one = await lead(['team-1']);
  const many = await lead(Array.from({ length: 300 }, (_, n) => `team-${n}`));
  const sent = async () =>
    ((await auditor.get('/metrics')).body as string)
      .split('\n')
      .filter((line) => line.startsWith('lotse_http_sql_statements_total{'))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  const cost = async (who: ApiClient) => {
    const counts: number[] = [];
    for (let i = 0; i < 3; i++) {
      const before = await sent();
      await list('status=active&limit=20', who);
      counts.push((await sent()) - before);
    }
    return Math.min(...counts);
  };
  expect((await list('limit=20', many)).length).toBe(20);
  expect(await cost(many)).toBe(await cost(one));
});
