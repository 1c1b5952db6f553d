import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { eventTypes, pointers, race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { agreedPlan } from './support/plan-story';
import { openCase } from './support/story';

const tenantId = demoTenants[0].id;
const any = { ifMatch: '*' } as const;
const NOON = '2026-03-02T12:00:00.000Z';
const GLASS = { headers: { 'lotse-purpose': 'emergency' } };
const terms = {
  reasonCode: 'acute_danger_to_child',
  justification: 'The police ask at once where the son is placed.',
  minutes: 60,
};
let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let teamLead: ApiClient;
let dpo: ApiClient;
let caseId: string;
let planId: string;

beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(NOON);
  missCm = await lotse.as('miss-cm');
  mrCm = await lotse.as('mr-cm');
  teamLead = await lotse.as('team-lead');
  dpo = await lotse.as('dpo');
  ({ caseId, planId } = await agreedPlan(lotse, { client: null }));
  await lotse.settled();
});
beforeEach(() => lotse.at(NOON));
afterAll(() => lotse?.close());

const ask = (who: ApiClient, of: string, more: object = {}) =>
  who.post(`/v1/cases/${of}/emergency-accesses`, { ...terms, ...more });
const act = (who: ApiClient, id: string, step: string, body: object = {}, ifMatch: number | '*' = '*') =>
  who.post(`/v1/emergency-accesses/${id}/${step}`, body, { ifMatch });
const judge = (who: ApiClient, id: string, outcome = 'justified', ifMatch: number | '*' = '*') =>
  act(who, id, 'review', { outcome, note: 'Looked at.' }, ifMatch);
const listed = async (who: ApiClient, query = '') =>
  ((await who.ok('get', `/v1/emergency-accesses?limit=200${query}`)).data as { id: string }[]).map(({ id }) => id);
const open = async () => (await openCase(lotse, { client: null })).caseId;
const causes = async (of: string) => {
  await lotse.settled();
  return lotse.sql(
    `select cause, assignee, due_on::text as "dueOn" from cases.follow_up
     where tenant_id = $1 and case_id = $2 and status = 'open' and cause like 'emergency%' order by cause`,
    [tenantId, of],
  );
};

describe('§6.3: breaking the glass', () => {
  it('opens the case and all that is recorded in it, for reading, for that purpose and those minutes', async () => {
    expect((await mrCm.get(`/v1/cases/${caseId}`, GLASS)).status).toBe(404);
    const asked = await ask(mrCm, caseId);
    expect(asked).toMatchObject({ status: 201, version: 1, body: { warnings: [] } });
    const id = asked.body.id as string;
    expect(asked.headers.location).toBe(`/v1/emergency-accesses/${id}`);
    const paths = [
      '',
      '/consents',
      '/journal-entries',
      '/service-plans',
      '/follow-ups',
      '/medication-notes',
      '/assessments',
    ];
    for (const path of [...paths.map((one) => `/v1/cases/${caseId}${one}`), `/v1/service-plans/${planId}`]) {
      expect([path, (await mrCm.get(path, GLASS)).status]).toEqual([path, 200]);
      const unpurposed = await mrCm.get(path);
      expect([path, unpurposed.status === 404 || unpurposed.body.data?.length === 0]).toEqual([path, true]);
    }
    expect((await mrCm.ok('get', '/v1/cases?limit=200', undefined, GLASS)).data).toContainEqual(
      expect.objectContaining({ id: caseId }),
    );
    expect(JSON.stringify((await mrCm.ok('get', '/v1/cases?limit=200')).data)).not.toContain(caseId);
    const log = await lotse.sql<{ purpose: string }>(
      `select distinct purpose from platform.access_log where actor = $1 and (case_id = $2 or $2 = any(resource_ids))`,
      [mrCm.subject, caseId],
    );
    expect(log).toEqual([{ purpose: 'emergency' }]);

    lotse.at('2026-03-02T12:59:59.999Z');
    expect((await mrCm.get(`/v1/cases/${caseId}`, GLASS)).status).toBe(200);
    lotse.at('2026-03-02T13:00:00.000Z');
    expect((await mrCm.get(`/v1/cases/${caseId}`, GLASS)).status).toBe(404);
    expect(await mrCm.ok('get', `/v1/emergency-accesses/${id}`)).toMatchObject({
      state: 'over',
      subject: mrCm.subject,
      fromAt: NOON,
      untilAt: '2026-03-02T13:00:00.000Z',
      reviewState: 'open',
      reviewDueOn: '2026-03-05',
      review: null,
    });
    expect(await eventTypes(lotse, id)).toEqual(['case.emergency_access_opened']);
  });

  it('CONS-6: opens nothing that is restricted, and what was written of it then is closed as well', async () => {
    const opened = await openCase(lotse, { client: null });
    const { body } = await ask(mrCm, opened.caseId);
    const restriction = { personId: opened.personId, ground: 'accuracy_contested', reason: 'Of another man' };
    await dpo.ok('post', '/v1/processing-restrictions', restriction);
    for (const path of [`/v1/cases/${opened.caseId}`, `/v1/emergency-accesses/${body.id}`])
      expect((await mrCm.get(path, path.includes('cases') ? GLASS : {})).body.code).toBe('processing-restricted');
    expect(await listed(mrCm)).not.toContain(body.id);
    expect((await ask(mrCm, opened.caseId)).body.code).toBe('processing-restricted');
    expect(await listed(dpo)).toContain(body.id);
  });

  it('lets nobody write, not even in the own case, and nobody else in', async () => {
    const of = await open();
    const { body } = await ask(mrCm, of);
    const note = { subject: 'x', dueOn: '2026-03-02' };
    for (const headers of [undefined, GLASS.headers]) {
      const written = await mrCm.post(`/v1/cases/${of}/follow-ups`, note, { headers });
      expect([written.status, written.body.code]).toEqual(
        headers ? [403, 'purpose-not-permitted'] : [404, 'not-found'],
      );
    }
    const own = await missCm.post(`/v1/cases/${of}/follow-ups`, note, GLASS);
    expect([own.status, own.body.permittedPurposes]).toEqual([403, ['case_management']]);
    const colleague = await lotse.asUser({ subject: 'another', tenantId, roles: ['case_manager'] });
    const stranger = await lotse.as('stranger');
    for (const who of [colleague, stranger]) expect((await who.get(`/v1/cases/${of}`, GLASS)).status).toBe(404);
    const other = await open();
    expect((await mrCm.get(`/v1/cases/${other}`, GLASS)).status).toBe(404);
    for (const key of ['auditor', 'mr-x', 'provider', 'org-admin', 'dpo']) {
      const who = await lotse.as(key);
      expect([key, (await ask(who, other)).status]).toEqual([key, 403]);
      expect([key, (await who.get(`/v1/cases/${of}`, GLASS)).status]).toEqual([key, 403]);
    }
    expect((await ask(stranger, of)).status).toBe(404);
    expect((await stranger.get(`/v1/emergency-accesses/${body.id}`)).status).toBe(404);
    expect((await act(stranger, body.id, 'ending')).status).toBe(404);
    expect((await colleague.get(`/v1/emergency-accesses/${body.id}`)).status).toBe(404);
    expect(await listed(colleague)).not.toContain(body.id);
  });

  it('costs no statement more for reading a case, and not a word more of SQL without that purpose', async () => {
    const of = await open();
    const sent = async (headers: Record<string, string>) => {
      const total = async () =>
        ((await missCm.get('/metrics')).body as string)
          .split('\n')
          .filter((line) => line.startsWith('lotse_http_sql_statements_total{'))
          .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
      const counts: number[] = [];
      for (let i = 0; i < 3; i++) {
        const before = await total();
        await mrCm.ok('get', `/v1/cases/${of}`, undefined, { headers });
        counts.push((await total()) - before);
      }
      return Math.min(...counts);
    };
    await ask(mrCm, of);
    const inEmergency = await sent(GLASS.headers);
    await teamLead.ok('post', `/v1/cases/${of}/handover`, { to: mrCm.subject, reason: 'Holidays' }, any);
    expect(await sent({})).toBe(inEmergency);
  });

  it('is refused with every wrong field, where it is not needed, and while it is open', async () => {
    const of = await open();
    expect(pointers(await ask(mrCm, of, { reasonCode: 'curious', justification: 'Too short', minutes: 241 }))).toEqual([
      '#/justification',
      '#/minutes',
      '#/reasonCode',
    ]);
    for (const who of [missCm, teamLead]) expect((await ask(who, of)).body.code).toBe('emergency-not-needed');
    expect((await ask(mrCm, randomUUID())).status).toBe(404);
    const both = await Promise.all([ask(mrCm, of), ask(mrCm, of)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = both.find(({ status }) => status === 409)!;
    const { id } = both.find(({ status }) => status === 201)!.body;
    expect(refused.body).toMatchObject({ code: 'emergency-already-open', emergencyAccessId: id });
    expect((await act(mrCm, id, 'ending')).status).toBe(200);
    expect((await mrCm.get(`/v1/cases/${of}`, GLASS)).status).toBe(404);
    expect((await act(mrCm, id, 'ending')).body.code).toBe('emergency-not-active');
    const key = randomUUID();
    const again = () => mrCm.post(`/v1/cases/${of}/emergency-accesses`, terms, { key });
    const [first, second] = [await again(), await again()];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });
});

describe('§6.3: everybody who has to know does', () => {
  it('the responsible case manager at once, and the owner of the team until it is reviewed', async () => {
    const admin = await lotse.as('org-admin');
    const { version, ...policy } = await missCm.ok('get', '/v1/work-policy');
    const owners = [{ team: 'hospital', subject: teamLead.subject }];
    await admin.ok('put', '/v1/work-policy', { ...policy, owners }, { ifMatch: version });
    const of = await open();
    const { id } = (await ask(mrCm, of)).body;
    expect(await causes(of)).toEqual([
      { cause: 'emergency_access', assignee: missCm.subject, dueOn: '2026-03-02' },
      { cause: 'emergency_unreviewed', assignee: teamLead.subject, dueOn: '2026-03-05' },
    ]);
    // It has to be looked at also when the case is closed meanwhile, and in a case that is.
    await missCm.ok('post', `/v1/cases/${of}/closure`, { reason: 'deceased', note: 'Died.' }, any);
    expect(await causes(of)).toHaveLength(2);
    const again = await lotse.asUser({ subject: 'night-duty', tenantId, roles: ['case_manager'] });
    const second = (await ask(again, of)).body.id as string;
    expect(await causes(of)).toHaveLength(4);
    await judge(dpo, second);
    expect(await causes(of)).toHaveLength(2);
    const { data } = await missCm.ok('get', '/v1/worklist?due=today&limit=200');
    expect(data).toContainEqual(expect.objectContaining({ caseId: of, link: `/v1/emergency-accesses/${id}` }));
    expect((await missCm.get(`/v1/emergency-accesses/${id}`)).status).toBe(200);
    expect((await judge(missCm, id)).status).toBe(403);
    expect((await judge(teamLead, id)).status).toBe(200);
    expect(await causes(of)).toEqual([]);
  });

  it('the data protection officer by lists: of the month, to be reviewed, overdue; overdue ones are reported once', async () => {
    const of = await open();
    lotse.at('2026-04-03T12:00:00.000Z');
    const { id } = (await ask(mrCm, of)).body;
    expect(await listed(dpo, '&month=2026-04')).toEqual([id]);
    expect(await listed(dpo, '&month=2026-05')).toEqual([]);
    expect(await listed(dpo, `&month=2026-04&state=active&review=open&caseId=${of}&subject=${mrCm.subject}`)).toEqual([
      id,
    ]);
    expect(await listed(dpo, '&month=2026-04&state=over')).toEqual([]);
    expect(await listed(mrCm, '&month=2026-04')).toEqual([id]);
    expect(await listed(teamLead, '&month=2026-04')).toEqual([id]);
    expect(await listed(await lotse.as('auditor'), '&month=2026-04')).toEqual([id]);
    expect((await dpo.get('/v1/emergency-accesses?month=2026-13&state=x')).status).toBe(422);
    // Half past one in the night to May, in Germany.
    const later = await open();
    lotse.at('2026-04-30T23:30:00.000Z');
    const { id: inMay } = (await ask(mrCm, later)).body;
    expect([await listed(dpo, '&month=2026-04'), await listed(dpo, '&month=2026-05')]).toEqual([[id], [inMay]]);
    const reported = () => eventTypes(lotse, id);
    lotse.at('2026-04-08T02:15:00.000Z');
    await lotse.app.get(DailyJobs).runAll();
    expect(await listed(dpo, '&month=2026-04&review=overdue')).toEqual([]);
    lotse.at('2026-04-09T02:15:00.000Z');
    await lotse.app.get(DailyJobs).runAll();
    await lotse.app.get(DailyJobs).runAll();
    expect(await reported()).toEqual(['case.emergency_access_opened', 'case.emergency_review_overdue']);
    expect(await listed(dpo, '&month=2026-04&review=overdue')).toEqual([id]);
    await judge(dpo, id);
    expect(await listed(dpo, '&month=2026-04&review=done')).toEqual([id]);
  });
});

describe('§6.3: the review', () => {
  it('is made once, by somebody else; what was not right is over at once', async () => {
    const of = await open();
    const lead = await lotse.asUser({ subject: 'lead-2', tenantId, roles: ['team_lead'], teams: ['employment'] });
    const { id } = (await ask(lead, of)).body;
    expect((await judge(lead, id)).status).toBe(404);
    const both = await lotse.asUser({
      subject: 'lead-2',
      tenantId,
      roles: ['team_lead', 'data_protection_officer'],
      teams: ['employment'],
    });
    const own = await judge(both, id);
    expect([own.status, own.body.code]).toEqual([403, 'emergency-second-person']);
    expect(pointers(await act(dpo, id, 'review', { outcome: 'fine' }))).toEqual(['#/note', '#/outcome']);
    expect((await lead.get(`/v1/cases/${of}`, GLASS)).status).toBe(200);
    const { version } = await dpo.get(`/v1/emergency-accesses/${id}`);
    const winner = await race(judge(dpo, id, 'unjustified', version), judge(teamLead, id, 'unjustified', version));
    expect((await dpo.ok('get', `/v1/emergency-accesses/${id}`)).review).toMatchObject({
      outcome: 'unjustified',
      by: [dpo, teamLead][winner]!.subject,
      at: NOON,
    });
    expect((await lead.get(`/v1/cases/${of}`, GLASS)).status).toBe(404);
    expect((await judge(dpo, id)).body.code).toBe('emergency-nothing-to-review');
    expect((await dpo.post(`/v1/emergency-accesses/${id}/review`, { outcome: 'justified', note: 'x' })).status).toBe(
      428,
    );
  });
});

describe('§6.3: a protected case', () => {
  const protect = (who: ApiClient, of: string, on = true) =>
    who.put(`/v1/cases/${of}/protection`, { protected: on, reason: 'The client is a colleague.' }, any);

  it('is set by the team lead, and opens when a second person approves', async () => {
    const of = await open();
    expect((await protect(missCm, of)).status).toBe(403);
    expect((await protect(teamLead, of)).status).toBe(200);
    expect((await missCm.ok('get', `/v1/cases/${of}`)).protected).toBe(true);
    expect(JSON.stringify(await missCm.ok('get', `/v1/cases/${of}`))).not.toContain('colleague');
    const asked = await ask(mrCm, of);
    expect(asked.body.warnings).toMatchObject([{ code: 'approval-needed' }]);
    const { id } = asked.body;
    expect((await mrCm.get(`/v1/cases/${of}`, GLASS)).status).toBe(404);
    expect(await causes(of)).toEqual([]);
    expect((await ask(mrCm, of)).body.code).toBe('emergency-already-open');
    expect((await act(mrCm, id, 'approval')).status).toBe(403);
    expect(await listed(dpo, `&caseId=${of}&state=awaiting_approval&review=none`)).toEqual([id]);
    lotse.at('2026-03-02T12:30:00.000Z');
    expect((await act(teamLead, id, 'approval')).status).toBe(200);
    expect((await mrCm.get(`/v1/cases/${of}`, GLASS)).status).toBe(200);
    expect(await mrCm.ok('get', `/v1/emergency-accesses/${id}`)).toMatchObject({
      approvedBy: teamLead.subject,
      untilAt: '2026-03-02T13:30:00.000Z',
    });
    expect((await judge(teamLead, id)).body.code).toBe('emergency-second-person');
    expect((await act(dpo, id, 'approval')).body.code).toBe('emergency-approval-not-awaited');
    expect((await judge(dpo, id)).status).toBe(200);
    expect((await protect(teamLead, of, false)).status).toBe(200);
    expect(await eventTypes(lotse, of)).toEqual(expect.arrayContaining(['case.protection_changed']));
  });

  it('lapses when nobody approves within four hours', async () => {
    const of = await open();
    await protect(teamLead, of);
    const { id } = (await ask(mrCm, of)).body;
    lotse.at('2026-03-02T16:00:00.000Z');
    expect(await listed(dpo, `&caseId=${of}&state=lapsed`)).toEqual([id]);
    expect((await act(dpo, id, 'approval')).body.code).toBe('emergency-approval-not-awaited');
    expect((await judge(dpo, id)).body.code).toBe('emergency-nothing-to-review');
    expect((await ask(mrCm, of)).status).toBe(201);
  });
});
