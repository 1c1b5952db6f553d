import { randomUUID } from 'node:crypto';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { pointers, statementsOf } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { openCase } from './support/story';

const tenantId = demoTenants[0].id;
let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let lead: ApiClient;
let stranger: ApiClient;
/** A case to make others of. */
let template: string;

beforeAll(async () => {
  lotse = await startLotse();
  [missCm, mrCm] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-cm')]);
  [lead, stranger] = await Promise.all([lotse.as('team-lead'), lotse.as('stranger')]);
  template = (await openCase(lotse, { client: null })).caseId;
  // Thousands of cases whose clients share names with hundreds of others.
  await lotse.sql(
    `insert into cases.case (tenant_id, id, version, request_id, person_id, field_of_practice, phase, status, intensity, responsible,
       deputy, team, clients, opened_at, agreed_on, agreements, phases, milestones, running_measures, responsibilities, members,
       informed_parties, reopenings)
     select tenant_id, gen_random_uuid(), 1, gen_random_uuid(), gen_random_uuid(), field_of_practice, 'linking', 'active', 1, 'cm-' || n % 200,
       null, 'team-' || n % 300, '{}', timestamptz '2025-01-01' + n * interval '1 minute', agreed_on, agreements, phases, milestones,
       running_measures, responsibilities, members, informed_parties, reopenings
     from cases.case, generate_series(1, 12000) n where id = $1`,
    [template],
  );
  await lotse.sql(
    `insert into cases.person_token select tenant_id, hashint8extended(t * 1000 + abs(hashtext(id::text)) % 900, 1), person_id
     from cases.case, generate_series(1, 20) t on conflict do nothing`,
  );
  await lotse.sql('analyze cases.case, cases.person_token');
});
afterAll(() => lotse?.close());

/** A case of a new client. */
async function caseOf(name: object, more: Record<string, unknown> = {}): Promise<string> {
  const { id: personId } = await missCm.ok('post', '/v1/persons', name);
  const id = randomUUID();
  const {
    responsible = missCm.subject,
    team = 'hospital',
    phase = 'linking',
    openedAt = '2026-03-01',
    due = null,
  } = more;
  await lotse.sql(
    `insert into cases.case select (jsonb_populate_record(c, $2::jsonb)).* from cases.case c where id = $1`,
    [
      template,
      JSON.stringify({
        id,
        person_id: personId,
        request_id: randomUUID(),
        responsible,
        team,
        phase,
        opened_at: openedAt,
        next_due_on: due,
      }),
    ],
  );
  return id;
}
const find = async (text: string, more: object = {}, who = missCm): Promise<string[]> =>
  (await who.ok('post', '/v1/cases/search', { text, ...more })).data.map(({ id }: { id: string }) => id);

describe('the cases of clients who are called so', () => {
  let meier: string;
  let mayer: string;
  let li: string;
  beforeAll(async () => {
    meier = await caseOf(
      { familyName: 'Meier', givenName: 'Anna', birthName: 'Schneider' },
      { openedAt: '2026-03-02' },
    );
    mayer = await caseOf({ familyName: 'Mayer', givenName: 'Hans-Peter' });
    li = await caseOf({ familyName: 'Li', givenName: 'Änne' }, { responsible: mrCm.subject, team: 'employment' });
  });

  it('CASE-1, CASE-9: by a whole name, its beginning, its sound, or the name at birth; every word of the same client', async () => {
    expect(await find('Meier')).toEqual([meier, mayer]);
    expect(await find('  mei ')).toEqual([meier]);
    expect(await find('schnei anna')).toEqual([meier]);
    expect(await find('Peter Mayer')).toEqual([mayer]);
    expect(await find('Anna Peter')).toEqual([]);
    expect(await find('Me')).toEqual([]);
  });

  it('CASE-7: only those the user may see: own ones, those of their teams, none of another organisation', async () => {
    expect(await find('li', {}, missCm)).toEqual([]);
    expect(await find('li', {}, mrCm)).toEqual([li]);
    expect(await find('li änne', {}, lead)).toEqual([li]);
    expect(await find('mei', {}, lead)).toEqual([meier]);
    expect(await find('mei', {}, mrCm)).toEqual([]);
    expect(await find('mei', {}, stranger)).toEqual([]);
    const none = { subject: randomUUID(), tenantId, roles: ['team_lead' as const], teams: [] };
    expect(await find('mei', {}, await lotse.asUser(none))).toEqual([]);
  });

  it('CASE-7: nobody who reads cases without names is told which client is called so', async () => {
    for (const key of ['auditor', 'mr-x', 'dpo', 'org-admin'])
      expect((await (await lotse.as(key)).post('/v1/cases/search', { text: 'Meier' })).body).toMatchObject({
        code: 'forbidden',
        requiredScope: 'case:find',
      });
  });

  it('CASE-1: a corrected name is found at once, and the former one no more', async () => {
    const id = await caseOf({ familyName: 'Wrong', givenName: 'Zoe' });
    expect(await find('wrong')).toEqual([id]);
    const [{ personId }] = (await missCm.ok('post', '/v1/cases/search', { text: 'Wrong Zoe' })).data;
    await missCm.ok('patch', `/v1/persons/${personId}`, { familyName: 'Rightly' }, { ifMatch: '*' });
    expect([await find('wrong'), await find('right')]).toEqual([[], [id]]);
  });

  it('CONS-6: a client whose processing is restricted is not found', async () => {
    const id = await caseOf({ familyName: 'Restricted' });
    expect([await find('restr'), await find('restr', {}, lead)]).toEqual([[id], [id]]);
    await lotse.sql(
      `update platform.person_facts set restricted = true where person_id = (select person_id from cases.case where id = $1)`,
      [id],
    );
    expect([await find('restr'), await find('restr', {}, lead)]).toEqual([[], []]);
  });

  it('QA-9: the access log names the cases found and not what was looked for', async () => {
    await find('Schneid');
    const [entry] = await lotse.sql<{ text: string }>(
      `select l::text as text from platform.access_log l where action = 'search' and resource_type = 'case' order by id desc limit 1`,
    );
    expect(entry!.text).toContain(meier);
    expect(entry!.text.toLowerCase()).not.toContain('schneid');
  });
});

describe('with the other filters of the list', () => {
  const cases: string[] = [];
  beforeAll(async () => {
    for (let n = 1; n <= 7; n += 1)
      cases.push(
        await caseOf(
          { familyName: 'Vogel', givenName: `Number${n}` },
          {
            openedAt: `2026-02-0${n}`,
            phase: n % 2 ? 'monitoring' : 'linking',
            due: n < 5 ? `2026-04-0${9 - n}` : null,
            // The lead sees all, Miss CM all but the last.
            ...(n === 7 ? { responsible: mrCm.subject } : {}),
          },
        ),
      );
  });
  const numbers = (ids: string[]) => ids.map((id) => cases.indexOf(id) + 1);

  it('CASE-9: narrows by every filter and keeps its order, for case managers and team leads alike', async () => {
    for (const [who, last] of [
      [missCm, []],
      [lead, [7]],
    ] as const) {
      const found = async (more: object) => numbers(await find('Vogel', more, who));
      expect(await found({})).toEqual([...last, 6, 5, 4, 3, 2, 1]);
      expect(await found({ sort: 'oldest' })).toEqual([1, 2, 3, 4, 5, 6, ...last]);
      expect(await found({ sort: 'due' })).toEqual([4, 3, 2, 1]);
      expect(await found({ phase: 'linking' })).toEqual([6, 4, 2]);
      expect(await found({ phase: 'monitoring', dueUntil: '2026-04-06' })).toEqual([3]);
      expect(await found({ status: 'closed' })).toEqual([]);
      expect(await found({ responsible: 'me' })).toEqual(who === missCm ? [6, 5, 4, 3, 2, 1] : []);
      expect(await found({ team: 'hospital', fieldOfPractice: 'health', flag: 'over_caseload' })).toEqual([]);
    }
  });

  it('CASE-9: pages go on forth and back; a cursor is good for the same search only', async () => {
    for (const who of [missCm, lead]) {
      const all = await find('Vogel', { sort: 'oldest' }, who);
      const page = (more: object) => who.post('/v1/cases/search', { text: 'Vogel', sort: 'oldest', limit: 3, ...more });
      const first = (await page({})).body;
      const second = (await page({ cursor: first.page.next })).body;
      const idsOf = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);
      expect([...idsOf(first), ...idsOf(second)]).toEqual(all.slice(0, 6));
      expect(idsOf((await page({ cursor: second.page.prev })).body)).toEqual(idsOf(first));
      for (const other of [{ text: 'Vogelsang' }, { phase: 'linking' }, { sort: 'due' }])
        expect((await page({ cursor: first.page.next, ...other })).body.code).toBe('cursor-invalid');
    }
  });

  it('names every wrong field', async () => {
    expect(
      pointers(await missCm.post('/v1/cases/search', { phase: 'x', limit: 0, dueFrom: 'soon', name: 'Vogel' })),
    ).toEqual(['#/dueFrom', '#/limit', '#/name', '#/phase', '#/text']);
    for (const text of ['', '   ', '-–', 'x'.repeat(101), 7])
      expect(pointers(await missCm.post('/v1/cases/search', { text }))).toEqual(['#/text']);
    expect(pointers(await missCm.post('/v1/cases/search', { text: 'Vogel', sort: 'latest', flag: 'overdue' }))).toEqual(
      ['#/sort'],
    );
  });
});

/** The plan of what a search sends, as it is prepared: for any name there may be. */
async function planOfSearch(who: ApiClient, body: object): Promise<string> {
  const uow = lotse.app.get(UnitOfWork);
  const query = jest.spyOn(uow, 'query');
  await who.ok('post', '/v1/cases/search', body);
  const [sql, values] = query.mock.calls.find(([text]) => text.includes('person_token'))!;
  query.mockRestore();
  const literal = (value: unknown): string =>
    Array.isArray(value) ? `'{${value.map(String).join(',')}}'` : `'${String(value)}'`;
  return runInContext(systemContext(tenantId, 'test', 'case_management'), () =>
    uow.run(async () => {
      await uow.lock();
      await uow.query('set local plan_cache_mode = force_generic_plan');
      await uow.query(`prepare searched as ${sql}`);
      const rows = await uow.query<{ 'QUERY PLAN': string }>(
        `explain execute searched(${(values as unknown[]).map(literal).join(', ')})`,
      );
      await uow.query('deallocate searched');
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    }),
  );
}

describe('how it is found', () => {
  it('a case manager’s own cases are probed for the name, in the order of the list', async () => {
    const plan = await planOfSearch(missCm, { text: 'Anna Meier', phase: 'linking' });
    expect(plan).toMatch(/Scan using person_token_\w+ on person_token t[^]*Index Cond: [^\n]*person_id = c/);
    expect(plan).toMatch(/Index Scan using case_by_responsible/);
    expect(plan).not.toMatch(/Seq Scan on (case|person)/);
  });

  it('for whoever sees teams it is the bearers of the name, by their tokens, among the cases of the teams', async () => {
    const teams = Array.from({ length: 300 }, (_, n) => `team-${n}`);
    const many = await lotse.asUser({ subject: randomUUID(), tenantId, roles: ['team_lead'], teams });
    const plan = await planOfSearch(many, { text: 'Anna Meier', phase: 'linking' });
    expect(plan).toMatch(/Index Scan using case_by_(person|team) on \\?"case\\?" c/);
    expect(plan).toMatch(/Index Only Scan using person_token_pkey on person_token t[^]*Index Cond: [^\n]*token = ANY/);
    expect(plan).not.toMatch(/Seq Scan on (case|person)/);
  });

  it('it is the same number of statements for a user with one team or with hundreds', async () => {
    const leadOf = (count: number) =>
      lotse.asUser({
        subject: randomUUID(),
        tenantId,
        roles: ['team_lead', 'case_manager'],
        teams: Array.from({ length: count }, (_, n) => `team-${n}`),
      });
    for (const who of [await leadOf(1), await leadOf(300), missCm])
      expect(await statementsOf(who, '/v1/cases/search', { text: 'Anna Mei', status: 'active' })).toBe(1);
  });
});
