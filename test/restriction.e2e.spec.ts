import { randomUUID } from 'node:crypto';
import { demoTenants, demoUsers } from '../src/shared/auth/demo-organisation';
import type { Role, Scope } from '../src/shared/auth/policies';
import { runInContext, systemContext } from '../src/shared/context';
import { DuplicateCandidatesJob } from '../src/modules/case/application/persons/duplicate-candidates.job';
import { eventTypes, pointers } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type PlannedCase, agreedPlan } from './support/plan-story';
import { linkCases, openCase } from './support/story';
import { type Schema, deref } from './support/schemas';

const START = '2026-03-02T09:00:00.000Z';
const any = { ifMatch: '*' } as const;
type Operation = {
  operationId: string;
  'x-required-scope': Scope;
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Route = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  id: string;
  scope: Scope;
  body?: Schema;
};

let lotse: Lotse;
let routes: Route[];
let [missCm, lead, dpo, mrX, provider, auditor]: ApiClient[] = [];
let of: PlannedCase;
let providerId: string;
let referralId: string;
/** The ids of everything held of the case, by the last word of the address that leads to it. */
const ids = new Map<string, string>();
const every = new Set<string>();

beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(START);
  routes = Object.entries(lotse.document.paths).flatMap(([path, operations]) =>
    Object.entries(operations as unknown as Record<string, Operation>).map(([method, operation]) => ({
      method: method as Route['method'],
      path,
      id: operation.operationId,
      scope: operation['x-required-scope'],
      body: Object.values(operation.requestBody?.content ?? {})[0]?.schema,
    })),
  );
  [missCm, lead, dpo, mrX, auditor] = await Promise.all(
    ['miss-cm', 'team-lead', 'dpo', 'mr-x', 'auditor'].map((key) => lotse.as(key)),
  );
  await everythingOfACase();
}, 60_000);
afterAll(() => lotse.close());
afterEach(async () => {
  lotse.at(START);
  for (const { id } of (await dpo!.ok('get', '/v1/processing-restrictions?inForce=true')).data) await lift(id);
});

/** A case of Mr X with something of every kind in it. */
async function everythingOfACase(): Promise<void> {
  const cm = missCm!;
  of = await agreedPlan(lotse, { client: 'mr-x' });
  const { caseId, personId, planId, measureId } = of;
  const other = await openCase(lotse, { as: 'miss-cm', client: null });
  const made = async (path: string, body: object, who = cm) => (await who.ok('post', path, body, any)).id as string;
  const network = await lotse.as('network-manager');
  providerId = await made('/v1/providers', { name: 'Rehabilitation' }, network);
  provider = await lotse.as('provider', { providerId });
  const service = { providerId, name: 'Physiotherapy', problemAreas: ['chronic_disease'], region: 'Köln' };
  const serviceId = await made('/v1/services', service, network);
  const recipient = { kind: 'organisation', id: providerId, name: 'Rehabilitation' };
  await made(`/v1/cases/${caseId}/consents`, {
    personId,
    kind: 'disclosure',
    purpose: 'referral',
    categories: ['identity', 'situation'],
    recipients: [recipient],
    form: 'written',
    language: 'de',
    textVersion: '1',
    givenBy: { kind: 'client', name: 'X' },
    consequencesExplained: true,
    withdrawalExplained: true,
    evidence: { kind: 'scan', reference: 'sheet 2' },
  });
  const draft = {
    serviceId,
    measureId,
    planId,
    purposeText: 'Walk again',
    categories: ['identity'],
    informationPackage: 'Stroke',
    clientInformedOn: '2026-03-01',
  };
  referralId = await made(`/v1/cases/${caseId}/referrals`, draft);
  await cm.ok('post', `/v1/referrals/${referralId}/sending`, {}, any);
  for (const [path, body] of Object.entries({
    'journal-entries': sample(bodyOf('addJournalEntry')),
    'follow-ups': { dueOn: '2026-03-20', subject: 'Call' },
    conferences: { kind: 'aid', plannedOn: '2026-03-20', agenda: ['Help'] },
    'consent-exceptions': {
      ...(sample(bodyOf('invokeException')) as object),
      personId,
      recipient,
      validUntil: '2026-03-31',
    },
    'gatekeeping-decisions': sample(bodyOf('recordGatekeepingDecision')),
    'medication-notes': sample(bodyOf('writeMedicationNote')),
  }))
    await cm.post(`/v1/cases/${caseId}/${path}`, body as object, any);
  await linkCases(lotse, { as: 'miss-cm', caseId }, { as: 'miss-cm', caseId: other.caseId });
  await (
    await lotse.as('auditor')
  )
    .ok('post', '/v1/audit-runs', sample(bodyOf('startAuditRun')) as object, any)
    .catch(() => undefined);
  await lotse.settled();
  const found = await lotse.sql<{ table: string }>(
    `select table_schema || '.' || table_name as table from information_schema.columns
     where column_name = 'case_id' and table_schema not in ('platform') and table_name in (
       select table_name from information_schema.columns where column_name = 'id' and table_schema <> 'platform')`,
  );
  for (const { table } of found) {
    const rows = await lotse.sql<{ id: string }>(`select id from ${table} where case_id = $1`, [caseId]);
    rows.forEach(({ id }) => every.add(id));
    const word = `${table.split('.')[1]!.replaceAll('_', '-').replace(/y$/, 'ie')}s`;
    if (rows[0]) ids.set(word, rows[0].id);
  }
  ids.set('cases', caseId).set('persons', personId).set('referrals', referralId).set('case-requests', of.requestId);
  ids.set('service-plans', planId);
  ids.forEach((id) => every.add(id));
}

const bodyOf = (operationId: string): Schema => routes.find(({ id }) => id === operationId)?.body ?? {};
/** A body that keeps the contract, with the ids of the restricted person and case where one is asked for. */
function sample(given: Schema, name = ''): unknown {
  const schema = deref(lotse.document, given);
  if (name === 'personId') return of.personId;
  if (name === 'caseId' || name === 'otherCaseId') return of.caseId;
  if (name === 'requestId') return of.requestId;
  if (name === 'survivorId') return of.personId;
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  const type = [schema.type].flat().find((one) => one !== 'null');
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([key]) => (schema.required ?? []).includes(key))
        .map(([key, value]) => [key, sample(value, key)]),
    );
  if (type === 'array') return schema.items ? [sample(schema.items)] : [];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  if (schema.format === 'uuid') return randomUUID();
  if (schema.format === 'date') return '2026-03-01';
  return 'Text';
}

/** The address with the ids of what the restricted case holds; null where it leads to nothing of it. */
function concrete(path: string): string | null {
  const parts = path.split('/');
  return parts.some((part) => part.startsWith('{'))
    ? ids.has(parts[2]!)
      ? path
          .replace(/\{edition\}/, '1')
          .replace(/\{perspective\}/, 'client')
          .replace(/\{(id|caseId|planId)\}/, ids.get(parts[2]!)!)
          .replace(/\{memberId\}|\{personId\}/, of.personId)
          .replace(/\{[^}]+\}/g, () => randomUUID())
      : null
    : path;
}

type Told = { status: number; code: string; told: string[]; meant: boolean };
/** All routes for one user: which answered 2xx, and whether something of the case was in the answer. */
async function walk(who: ApiClient, headers: Record<string, string> = {}): Promise<Map<string, Told>> {
  const answers = new Map<string, Told>();
  for (const { method, path, id, body } of routes) {
    const address = concrete(path);
    if (address === null) continue;
    const sent = body ? (sample(body) as object) : {};
    const reply =
      method === 'get'
        ? await who.get(address, { headers })
        : await who[method](address, sent, { ifMatch: '*', headers });
    const told = reply.status < 300 ? [...every].filter((one) => JSON.stringify(reply.body ?? '').includes(one)) : [];
    // What is meant by a command: ids in the address or in the body.
    const meant = method !== 'get' && [...every].some((one) => `${address} ${JSON.stringify(sent)}`.includes(one));
    answers.set(`${method} ${path} ${id}`, { status: reply.status, code: reply.body?.code as string, told, meant });
  }
  return answers;
}

const restrict = async (personId = of.personId, more: object = {}): Promise<string> =>
  (
    await dpo!.ok('post', '/v1/processing-restrictions', {
      personId,
      ground: 'accuracy_contested',
      reason: 'Debts of another man',
      ...more,
    })
  ).id;
const lift = (id: string, more: object = {}) =>
  dpo!.post(
    `/v1/processing-restrictions/${id}/lifting`,
    { reason: 'Corrected', personToldOn: '2026-03-02', toldHow: 'Letter', ...more },
    any,
  );

describe('GDPR 18 restriction of processing', () => {
  it('blocks reads of the case at once, lists leave it out, and lifting needs that the person was told before', async () => {
    const path = `/v1/cases/${of.caseId}`;
    expect((await missCm!.get(path)).status).toBe(200);
    const id = await restrict();
    expect(await missCm!.get(path)).toMatchObject({
      status: 409,
      body: { code: 'processing-restricted', title: 'Processing is restricted' },
    });
    expect((await missCm!.get(path, { headers: { 'accept-language': 'de' } })).body.title).toBe(
      'Die Verarbeitung ist eingeschränkt',
    );
    expect((await missCm!.ok('get', '/v1/cases')).data.map((c: { id: string }) => c.id)).not.toContain(of.caseId);
    expect((await missCm!.get(`/v1/cases/${randomUUID()}`)).status).toBe(404);
    expect((await (await lotse.as('mr-cm')).get(path)).status).toBe(404);
    const [refused] = await lotse.sql(
      `select actor, resource_type from platform.access_log where action = 'refuse' order by id desc limit 1`,
    );
    expect(refused).toEqual({ actor: missCm!.subject, resource_type: 'getCase' });
    expect(
      (
        await dpo!.post('/v1/processing-restrictions', {
          personId: of.personId,
          ground: 'accuracy_contested',
          reason: 'Again',
        })
      ).body.code,
    ).toBe('processing-already-restricted');
    expect(pointers(await lift(id, { personToldOn: '2026-03-01' }))).toEqual(['#/personToldOn']);
    expect((await lift(id)).status).toBe(200);
    expect((await missCm!.get(path)).status).toBe(200);
    expect((await lift(id)).body.code).toBe('processing-restriction-lifted');
    expect(await eventTypes(lotse, id)).toEqual([
      'consent.processing_restricted',
      'consent.processing_restriction_lifted',
    ]);
  });

  it('no route answers anybody with anything of it, reading or writing, but for what the law leaves open', async () => {
    const staff = (roles: Role[]) => lotse.asUser({ ...demoUsers[0]!, roles, teams: ['hospital'], providerId });
    const people = {
      responsible: missCm!,
      lead: lead!,
      auditor: auditor!,
      provider: provider!,
      all: await staff(['case_manager', 'team_lead', 'network_manager', 'org_admin', 'quality_auditor', 'provider']),
    };
    const before = new Map<string, string[]>();
    for (const [name, who] of Object.entries(people)) {
      const answers = [...(await readOnly(who))].filter(([, { told }]) => told.length > 0);
      before.set(
        name,
        answers.map(([route]) => route),
      );
    }
    // Otherwise it would prove little.
    expect(before.get('responsible')!.length).toBeGreaterThan(30);
    expect(before.get('auditor')!.length).toBeGreaterThan(20);
    const id = await restrict();
    await lotse.settled();
    const stored = () =>
      lotse.sql(
        `select id, version from cases.case where id = $1 union all select id, version from cases.person where id = $2`,
        [of.caseId, of.personId],
      );
    const unchanged = await stored();
    let refused = 0;
    for (const [name, who] of Object.entries(people))
      for (const [route, { status, code, told, meant }] of await walk(who)) {
        if (code === 'processing-restricted') refused += 1;
        // To keep what is there, and to have it deleted, is what a restriction is for.
        // And danger comes first (CASE-2).
        const leftOpen =
          /(fileSubjectRequest|raiseAcuteDanger|recordCrisisIntervention)$/.test(route) ||
          /retention|legal-hold|erasure/.test(route);
        if (status < 300 && !leftOpen) expect([name, route, told, meant]).toEqual([name, route, [], false]);
      }
    expect(refused).toBeGreaterThan(200);
    expect(await stored()).toEqual(unchanged);
    await lift(id);
  }, 120_000);

  it('CASE-2: acute danger comes first: it is recorded, and tells nothing of what is restricted', async () => {
    const id = await restrict();
    const asked = { askedBy: 'police', channel: 'phone', concern: 'A neighbour called', fieldOfPractice: 'family' };
    const request = { ...asked, personId: of.personId };
    expect((await missCm!.post('/v1/case-requests', request)).body.code).toBe('processing-restricted');
    const acuteDanger = { kind: 'child', note: 'Alone at home' };
    const { id: requestId, warnings } = await missCm!.ok('post', '/v1/case-requests', { ...request, acuteDanger });
    expect(warnings).toEqual([]);
    const done = { measures: 'Shelter', doneBy: 'Youth office', addressed: true };
    expect((await missCm!.post(`/v1/case-requests/${requestId}/crisis-interventions`, done, any)).status).toBe(200);
    expect((await missCm!.get(`/v1/case-requests/${requestId}`)).body.code).toBe('processing-restricted');
    await lift(id);
    expect((await missCm!.ok('get', `/v1/case-requests/${requestId}`)).crisisInterventions).toHaveLength(1);
  });

  it('what stands alone is answered 409 by every route that answered it before', async () => {
    const found = [...(await readOnly(missCm!))].filter(([route, { status }]) => status === 200 && route.includes('{'));
    const id = await restrict();
    const now = await readOnly(missCm!);
    // A list below something is empty where nothing of it is to be seen.
    const others = found
      .map(([route]) => ({ route, ...now.get(route)! }))
      .filter(({ route, status, told }) => status !== 409 && !(route.includes(' list') && told.length === 0))
      .map(({ route, status }) => `${status} ${route}`);
    expect(others).toEqual([]);
    await lift(id);
  }, 60_000);

  it('a record merged into that of the person is restricted with it, and nobody is told whom the person is like', async () => {
    const cm = missCm!;
    const born = { familyName: 'Zwilling', birthDate: '1950-01-02' };
    const { id: survivor } = await cm.ok('post', '/v1/persons', { ...born, givenName: 'Restrictia' });
    const { id: twin } = await cm.ok('post', '/v1/persons', { familyName: 'Altname' });
    await cm.ok('post', '/v1/persons', { ...born, givenName: 'Restrictja' });
    await cm.ok('post', `/v1/persons/${twin}/merge`, { survivorId: survivor, reason: 'Same' }, any);
    await lotse.settled();
    await runInContext(systemContext(demoTenants[0].id, 'test', 'case_management'), () =>
      lotse.app.get(DuplicateCandidatesJob).run(),
    );
    const pairs = async () => (await cm.ok('get', '/v1/duplicate-candidates?limit=100')).data as { id: string }[];
    const pair = (await pairs()).find((one) => JSON.stringify(one).includes(survivor))!;
    const terms = { personId: survivor, ground: 'accuracy_contested', reason: 'Contested' };
    const { id: restriction } = await dpo!.ok('post', '/v1/processing-restrictions', terms);
    const read = async () => [
      (await cm.get(`/v1/persons/${survivor}`)).status,
      (await cm.get(`/v1/persons/${twin}`)).status,
      (await cm.get(`/v1/duplicate-candidates/${pair.id}`)).status,
    ];
    expect(await read()).toEqual([409, 409, 409]);
    expect(JSON.stringify(await pairs())).not.toContain(survivor);
    expect((await lift(restriction)).status).toBe(200);
    expect(await read()).toEqual([200, 200, 200]);
  });

  it('nothing goes out, whatever was released; the provider reads nothing any more', async () => {
    const check = {
      recipient: { kind: 'organisation', id: providerId },
      categories: ['identity'],
      purpose: 'referral',
    };
    expect(await missCm!.ok('post', `/v1/cases/${of.caseId}/consent-checks`, check)).toMatchObject({ allowed: true });
    expect((await provider!.ok('get', `/v1/referrals/${referralId}`)).informationPackage).toBe('Stroke');
    const id = await restrict();
    expect((await missCm!.post(`/v1/cases/${of.caseId}/consent-checks`, check)).body.code).toBe(
      'processing-restricted',
    );
    expect((await missCm!.post(`/v1/referrals/${referralId}/sending`, {}, any)).body.code).toBe(
      'processing-restricted',
    );
    expect((await provider!.get(`/v1/referrals/${referralId}`)).body.code).toBe('processing-restricted');
    expect((await provider!.ok('get', '/v1/referrals')).data).toEqual([]);
    expect((await provider!.post(`/v1/referrals/${referralId}/acceptance`, {}, any)).body.code).toBe(
      'processing-restricted',
    );
    await lift(id);
  });

  it('left open are legal claims, the data protection officer’s work and the person’s own access', async () => {
    const id = await restrict();
    const path = `/v1/cases/${of.caseId}`;
    const claims = { headers: { 'lotse-purpose': 'legal_claims' } };
    expect((await lead!.get(path)).status).toBe(409);
    expect((await lead!.get(path, claims)).status).toBe(200);
    expect((await lead!.ok('get', '/v1/cases', undefined, claims)).data.map((c: { id: string }) => c.id)).toContain(
      of.caseId,
    );
    expect((await missCm!.get(path, claims)).body.code).toBe('purpose-not-permitted');
    const [logged] = await lotse.sql(
      `select purpose from platform.access_log where case_id = $1 and action = 'read' order by id desc limit 1`,
      [of.caseId],
    );
    expect(logged).toEqual({ purpose: 'legal_claims' });
    expect(
      (await lead!.post(`${path}/journal-entries`, sample(bodyOf('addJournalEntry')) as object, claims)).status,
    ).not.toBe(201);
    expect((await dpo!.get(`${path}/disclosures`)).status).toBe(200);
    expect((await mrX!.get(path)).status).toBe(200);
    expect((await mrX!.ok('get', '/v1/cases')).data.map((c: { id: string }) => c.id)).toContain(of.caseId);
    expect((await mrX!.get(`/v1/processing-restrictions/${id}`)).status).toBe(200);
    const consent = (await mrX!.ok('get', `${path}/consents?kind=disclosure`)).data[0].id;
    expect((await mrX!.post(`/v1/consents/${consent}/withdrawal`, {}, any)).status).toBe(200);
    expect(
      (await mrX!.post(`/v1/service-plans/${of.planId}/signatures`, sample(bodyOf('signServicePlan')) as object, any))
        .status,
    ).not.toBe(200);
    await lotse.settled();
    expect(await lotse.sql('select 1 from platform.parked_event')).toEqual([]);
    await lift(id);
  });

  it('a request for restriction is granted once there is one; nobody else restricts, in no other organisation', async () => {
    const request = (await mrX!.ok('post', '/v1/subject-requests', { kind: 'restriction', wish: 'Stop' })).id;
    const granted = { result: 'granted', toldOn: '2026-03-02', toldHow: 'Letter', remediesExplained: false };
    const decide = () => dpo!.post(`/v1/subject-requests/${request}/decision`, granted, any);
    expect((await decide()).body).toMatchObject({
      code: 'subject-request-not-carried-out',
      unmet: [{ code: 'restriction-not-made' }],
    });
    const { id: elsewhere } = await missCm!.ok('post', '/v1/persons', { familyName: 'Z' });
    const body = { personId: elsewhere, ground: 'accuracy_contested', reason: 'Of another', subjectRequestId: request };
    expect(pointers(await dpo!.post('/v1/processing-restrictions', body))).toEqual(['#/subjectRequestId']);
    expect((await missCm!.post('/v1/processing-restrictions', body)).status).toBe(403);
    const stranger = await lotse.as('dpo', { tenantId: demoTenants[1].id });
    const foreign = { ...body, personId: of.personId, subjectRequestId: undefined };
    expect(pointers(await stranger.post('/v1/processing-restrictions', foreign))).toEqual(['#/personId']);
    const id = await restrict(of.personId, { subjectRequestId: request });
    expect((await stranger.get(`/v1/processing-restrictions/${id}`)).status).toBe(404);
    expect((await decide()).status).toBe(200);
    const answers = await Promise.all([lift(id), lift(id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(pointers(await dpo!.post('/v1/processing-restrictions', { ground: 'gossip' }))).toEqual([
      '#/ground',
      '#/personId',
      '#/reason',
    ]);
  });

  it('CONS-6: records that were merged into the person are restricted with it, and free with it again', async () => {
    const record = async (givenName: string) =>
      (await missCm!.ok('post', '/v1/persons', { familyName: 'Z', givenName, birthDate: '1970-01-02' })).id as string;
    const [first, second, survivor] = [await record('Rita'), await record('Greta'), await record('Margarita')];
    const merge = (from: string, survivorId: string) =>
      missCm!.ok('post', `/v1/persons/${from}/merge`, { survivorId, reason: 'The same person' }, any);
    await merge(first, second);
    await merge(second, survivor);
    await lotse.settled();
    const states = async () => {
      const paths = [first, second].flatMap((one) => ['', '/identifiers', '/representations'].map((p) => `${one}${p}`));
      return [...new Set(await Promise.all(paths.map(async (p) => (await missCm!.get(`/v1/persons/${p}`)).status)))];
    };
    const id = await restrict(survivor);
    expect(await states()).toEqual([409]);
    const apart = { reason: 'They are two' };
    expect((await missCm!.post(`/v1/persons/${second}/unmerge`, apart, any)).body.code).toBe('processing-restricted');
    await lift(id);
    expect(await states()).toEqual([200]);
    expect((await missCm!.post(`/v1/persons/${second}/unmerge`, apart, any)).status).toBe(200);
  });

  it('CONS-6: a merge and a restriction at the same time leave no record of the person free', async () => {
    for (let i = 0; i < 5; i++) {
      const record = async () => (await missCm!.ok('post', '/v1/persons', { familyName: `M${i}` })).id as string;
      const [from, survivorId] = [await record(), await record()];
      const [merged, id] = await Promise.all([
        missCm!.post(`/v1/persons/${from}/merge`, { survivorId, reason: 'The same person' }, any),
        restrict(survivorId),
      ]);
      expect([200, 409]).toContain(merged.status);
      expect((await missCm!.get(`/v1/persons/${from}`)).status).toBe(merged.status === 200 ? 409 : 200);
      await lift(id);
    }
  });

  it('CONS-6: a joint conference is not worked on while one of its cases is restricted, nor a representation ended', async () => {
    const [one, two] = [await openCase(lotse, { client: null }), await openCase(lotse, { client: null })];
    await linkCases(lotse, { as: 'miss-cm', caseId: one.caseId }, { as: 'miss-cm', caseId: two.caseId });
    const plan = { kind: 'aid', plannedOn: '2026-03-10', agenda: ['Help'], caseIds: [two.caseId] };
    const { id: conference } = await missCm!.ok('post', `/v1/cases/${one.caseId}/conferences`, plan);
    const { id: representation } = await missCm!.ok('post', `/v1/persons/${two.personId}/representations`, {
      representativeId: one.personId,
      kind: 'legal_guardianship',
      tasks: ['health'],
      validFrom: '2026-01-01',
      court: 'Amtsgericht Leipzig',
      fileNumber: '521 XVII 17/26',
      evidence: 'Order of 2026-01-12',
    });
    const work = async () => [
      (await missCm!.patch(`/v1/conferences/${conference}`, { place: 'Town hall' }, any)).status,
      (await missCm!.post(`/v1/representations/${representation}/end`, { on: '2026-03-02', reason: 'Lifted' }, any))
        .status,
    ];
    const id = await restrict(two.personId);
    expect(await work()).toEqual([409, 409]);
    await lift(id);
    expect(await work()).toEqual([200, 200]);
  });

  it('CONS-6: a restricted case is not linked, and nothing is planned with it', async () => {
    const [one, two, three] = [
      await openCase(lotse, { client: null }),
      await openCase(lotse, { client: null }),
      await openCase(lotse, { client: null }),
    ];
    const link = await linkCases(lotse, { as: 'miss-cm', caseId: one.caseId }, { as: 'miss-cm', caseId: two.caseId });
    const proposal = { kind: 'family', reason: 'Same household', sharedParts: ['plan'] };
    const plan = { kind: 'aid', plannedOn: '2026-03-10', agenda: ['Help'], caseIds: [two.caseId] };
    const id = await restrict(two.personId);
    const answers = [
      await missCm!.post(`/v1/cases/${three.caseId}/links`, { ...proposal, otherCaseId: two.caseId }),
      await missCm!.put(`/v1/case-links/${link}/shared-parts`, { caseId: one.caseId, sharedParts: [] }, any),
      await missCm!.post(`/v1/cases/${one.caseId}/conferences`, plan),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(Array(3).fill('processing-restricted'));
    await lift(id);
  });

  it('costs the hot reads no further statement', async () => {
    const statements = async (path: string) => {
      const sent = async () => {
        const { body } = await missCm!.get('/metrics');
        const lines = (body as string)
          .split('\n')
          .filter((line) => line.startsWith('lotse_http_sql_statements_total{'));
        return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
      };
      const counts: number[] = [];
      for (let i = 0; i < 3; i++) {
        const before = await sent();
        await missCm!.ok('get', path);
        counts.push((await sent()) - before);
      }
      return Math.min(...counts);
    };
    expect([await statements(`/v1/cases/${of.caseId}`), await statements('/v1/cases')]).toEqual([1, 1]);
  });
});

/** Only the reading routes. */
async function readOnly(who: ApiClient) {
  const all = routes;
  routes = routes.filter(({ method }) => method === 'get');
  const answers = await walk(who);
  routes = all;
  return answers;
}
