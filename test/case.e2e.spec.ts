import { randomUUID } from 'node:crypto';
import { AssessmentCompleted } from '../src/modules/assessment/events';
import {
  ConferenceHeld,
  EvaluationRecorded,
  MeasureStarted,
  PlanAgreed,
  ReviewHeld,
} from '../src/modules/service-plan/events';
import { demoTenants, demoUsers } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import type { DomainEvent } from '../src/shared/domain/domain-event';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import {
  agreementTerms,
  allSixMet,
  consentToTakePart,
  indicatedRequest,
  linkCases,
  openCase,
  openUnagreedCase,
  toPhase,
} from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let teamLead: ApiClient;
let stranger: ApiClient;
const subjectOf = (key: string) => demoUsers.find((user) => user.key === key)!.subject;

beforeAll(async () => {
  lotse = await startLotse();
  missCm = await lotse.as('miss-cm');
  mrCm = await lotse.as('mr-cm');
  teamLead = await lotse.as('team-lead');
  stranger = await lotse.as('stranger');
});
afterAll(() => lotse?.close());

/** Something happens in another module. */
const happened = async (...events: DomainEvent[]) => {
  const uow = lotse.app.get(UnitOfWork);
  await runInContext(
    systemContext(demoTenants[0].id, 'test', 'case_management', `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`),
    () => uow.run(async () => uow.record(...events)),
  );
  await lotse.settled();
};
const now = () => lotse.clock.now();
const assessmentCompleted = (caseId: string, personId: string) =>
  new AssessmentCompleted(
    randomUUID(),
    caseId,
    '2026-01-01',
    '2026-01-10',
    '2026-01-09',
    ['client', 'case_manager'],
    [],
    [],
    true,
    [],
    true,
    '2026-01-09',
    now(),
    [],
    personId,
  );
const planAgreed = (caseId: string) =>
  new PlanAgreed(randomUUID(), caseId, 1, '2026-01-12', '2026-01-12', '2026-01-12', '2026-07-12', [], now());
const measureStarted = (caseId: string) => new MeasureStarted(randomUUID(), caseId, randomUUID(), now());
const finalReview = (caseId: string) =>
  new ReviewHeld(randomUUID(), caseId, randomUUID(), '2026-06-01', '2026-06-01', true, 'evaluate', now());
const evaluationRecorded = (caseId: string) =>
  new EvaluationRecorded(randomUUID(), caseId, ['client'], [], '2026-06-10', 55, now());
const read = (caseId: string) => missCm.ok('get', `/v1/cases/${caseId}`);
const anyVersion = { ifMatch: '*' } as const;
/** A case manager nobody else uses. */
const newCaseManager = (team = 'hospital') =>
  lotse.asUser({ subject: randomUUID(), tenantId: demoTenants[0].id, roles: ['case_manager'], teams: [team] });

describe('the way of a case', () => {
  it('CASE-5, CASE-6, CASE-10: opened, agreed, through all phases, evaluated, closed and reopened', async () => {
    const { caseId, requestId, personId } = await openCase(lotse);
    expect(await read(caseId)).toMatchObject({
      phase: 'clarification',
      status: 'active',
      personId,
      requestId,
      version: 2,
      team: 'hospital',
    });
    await toPhase(lotse, { caseId, phase: 'assessment' });
    await happened(assessmentCompleted(caseId, randomUUID()));
    expect((await read(caseId)).phase).toBe('assessment');
    await happened(assessmentCompleted(caseId, personId));
    expect((await read(caseId)).phase).toBe('service_planning');
    await happened(planAgreed(caseId));
    expect((await read(caseId)).phase).toBe('linking');
    await happened(measureStarted(caseId));
    expect((await read(caseId)).phase).toBe('monitoring');
    await happened(finalReview(caseId));
    await toPhase(lotse, { caseId, phase: 'evaluation' });
    const early = await missCm.post(
      `/v1/cases/${caseId}/closure`,
      { reason: 'goals_achieved', note: 'Back home.' },
      anyVersion,
    );
    expect(early).toMatchObject({ status: 409, body: { code: 'evaluation-missing' } });
    await happened(evaluationRecorded(caseId));
    await missCm.ok(
      'post',
      `/v1/cases/${caseId}/closure`,
      { reason: 'goals_achieved', note: 'Back home.' },
      anyVersion,
    );
    const closed = await read(caseId);
    expect(closed).toMatchObject({ status: 'closed', closure: { reason: 'goals_achieved' } });
    expect(closed.phases.map((p: { phase: string; cause: string }) => `${p.phase} ${p.cause}`)).toEqual([
      'clarification opening',
      'assessment decision',
      'service_planning assessment_completed',
      'linking plan_agreed',
      'monitoring measure_started',
      'evaluation decision',
    ]);
    expect(closed.phases.every((p: { leftAt: string | null }) => p.leftAt !== null)).toBe(true);
    const late = await missCm.post(
      `/v1/cases/${caseId}/suspension`,
      { reason: 'x', resubmitOn: '2099-01-01' },
      anyVersion,
    );
    expect(late.body.code).toBe('case-closed');
    const unclear = { ...allSixMet, criteria: allSixMet.criteria.map((c) => ({ ...c, answer: 'unclear' })) };
    const refused = await missCm.post(
      `/v1/cases/${caseId}/reopening`,
      { reason: 'Second stroke.', recheck: 'Not clear.', screening: unclear },
      anyVersion,
    );
    expect([refused.body.code, refused.body.unmetCriteria.length]).toEqual(['indication-not-confirmed', 6]);
    await missCm.ok(
      'post',
      `/v1/cases/${caseId}/reopening`,
      { reason: 'Second stroke.', recheck: 'All six criteria met again.', screening: allSixMet },
      anyVersion,
    );
    expect(await read(caseId)).toMatchObject({
      status: 'reopened',
      phase: 'clarification',
      agreedOn: null,
      closure: null,
    });
    await missCm.ok('post', `/v1/cases/${caseId}/agreement`, agreementTerms(lotse), anyVersion);
    expect(await read(caseId)).toMatchObject({
      status: 'active',
      reopenings: [{ reason: 'Second stroke.', screening: { questionSet: { id: null, edition: 0 } } }],
    });
  });

  it('CASE-6: a refused phase names and explains what is unmet, in the reader’s language', async () => {
    const { caseId } = await openUnagreedCase(lotse);
    const change = { to: 'linking', reason: 'Now.' };
    const refused = await missCm.post(`/v1/cases/${caseId}/phase-changes`, change, {
      ...anyVersion,
      headers: { 'accept-language': 'de' },
    });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'phase-entry-refused', from: 'clarification', to: 'linking' },
    });
    expect(refused.body.unmet.map((u: { code: string }) => u.code)).toEqual(['phase-not-next', 'plan-not-agreed']);
    expect(refused.body.unmet[1].detail).toContain('Serviceplan');
  });

  it('CASE-6, PLAN-4: a closing conference opens the evaluation of every case it was held for', async () => {
    const one = await openCase(lotse);
    const two = await openCase(lotse);
    await happened(
      new ConferenceHeld(randomUUID(), one.caseId, 'closing', '2026-06-01', [one.caseId, two.caseId], now()),
    );
    for (const { caseId } of [one, two]) await toPhase(lotse, { caseId, phase: 'evaluation' });
  });

  it('CASE-10: a suspended case rests; CASE-6: an unreachable client begins the closing', async () => {
    const { caseId } = await openCase(lotse);
    const path = `/v1/cases/${caseId}`;
    expect(
      (await missCm.post(`${path}/suspension`, { reason: 'Rehab.', resubmitOn: '2020-01-01' }, anyVersion)).body.errors,
    ).toMatchObject([{ pointer: '#/resubmitOn' }]);
    await missCm.ok('post', `${path}/suspension`, { reason: 'Rehab.', resubmitOn: '2099-01-01' }, anyVersion);
    expect((await missCm.post(`${path}/phase-changes`, { to: 'assessment', reason: 'x' }, anyVersion)).body.code).toBe(
      'case-suspended',
    );
    await missCm.ok('post', `${path}/resumption`, undefined, anyVersion);
    expect((await missCm.post(`${path}/resumption`, undefined, anyVersion)).body.code).toBe('case-not-suspended');
    await missCm.ok('post', `${path}/unreachability`, { since: '2026-01-01', attempts: 'Three letters.' }, anyVersion);
    expect((await read(caseId)).closing).toMatchObject({ reason: 'unreachable', since: '2026-01-01' });
    await missCm.ok('delete', `${path}/unreachability`, undefined, anyVersion);
    expect((await missCm.delete(`${path}/unreachability`, undefined, anyVersion)).body.code).toBe(
      'client-not-unreachable',
    );
  });

  it('CONS-2: withdrawing the participation consent begins the closing procedure by itself', async () => {
    const { caseId, consentId, version } = await openCase(lotse);
    await missCm.ok('post', `/v1/consents/${consentId}/withdrawal`, {}, anyVersion);
    await lotse.settled();
    const found = await read(caseId);
    expect(found).toMatchObject({ closing: { reason: 'consent_withdrawn' }, version: version + 1 });
    await toPhase(lotse, { caseId, phase: 'evaluation' });
  });
});

describe('opening and agreement', () => {
  it('CASE-3: only an indicated request becomes a case, and only once', async () => {
    const { requestId } = await indicatedRequest(lotse);
    expect((await missCm.post('/v1/cases', { requestId: randomUUID() })).status).toBe(404);
    await missCm.ok('post', '/v1/cases', { requestId });
    const again = await missCm.post('/v1/cases', { requestId });
    expect(again.status).toBe(409);
    expect((await missCm.get(`/v1/case-requests/${requestId}`)).body.status).toBe('accepted');
  });

  it('CASE-3: of two openings of the same request at once one makes the case', async () => {
    const { requestId } = await indicatedRequest(lotse);
    const both = await Promise.all([missCm.post('/v1/cases', { requestId }), mrCm.post('/v1/cases', { requestId })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const made = await lotse.sql('select id from cases.case where request_id = $1', [requestId]);
    expect(made).toEqual([{ id: both.find(({ status }) => status === 201)!.body.id }]);
  });

  it('repeats an opening without making a second case', async () => {
    const { requestId } = await indicatedRequest(lotse);
    const first = await missCm.post('/v1/cases', { requestId }, { key: 'open-once' });
    const second = await missCm.post('/v1/cases', { requestId }, { key: 'open-once' });
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });

  it('CASE-5: no agreement without the client’s participation consent, and none that leaves something out', async () => {
    const { caseId, personId } = await openUnagreedCase(lotse);
    const path = `/v1/cases/${caseId}/agreement`;
    expect((await missCm.post(path, agreementTerms(lotse), anyVersion)).body.code).toBe(
      'participation-consent-missing',
    );
    await consentToTakePart(lotse, { caseId, personId });
    const incomplete = await missCm.post(
      path,
      agreementTerms(lotse, { model: 'accompanying', signatories: [{ name: 'X', role: 'client' }] }),
      anyVersion,
    );
    expect(incomplete.body.unmet.map((u: { code: string }) => u.code)).toEqual([
      'case-manager-signature-missing',
      'role-split-missing',
      'role-split-unknown-to-client',
      'role-split-unknown-to-partners',
      'role-split-unknown-to-payer',
    ]);
    await missCm.ok('post', path, agreementTerms(lotse), anyVersion);
    expect((await missCm.post(path, agreementTerms(lotse), anyVersion)).body.code).toBe('agreement-already-signed');
  });

  it('names every wrong field', async () => {
    const { caseId } = await openUnagreedCase(lotse);
    const bad = await missCm.post(
      `/v1/cases/${caseId}/agreement`,
      { informed: { whatCmIs: 'yes' }, model: 'best', mandate: ' ', signatories: [] },
      anyVersion,
    );
    expect(bad.status).toBe(422);
    expect(new Set(bad.body.errors.map((e: { pointer: string }) => e.pointer))).toEqual(
      new Set([
        '#/informed/whatCmIs',
        '#/informed/rightsAndDuties',
        '#/informed/complaintWay',
        '#/model',
        '#/mandate',
        '#/signedOn',
        '#/signatories',
      ]),
    );
    expect(
      (await missCm.post('/v1/cases', { requestId: 'x', intensity: 9, team: 7, name: 'X' })).body.errors.map(
        (e: { pointer: string }) => e.pointer,
      ),
    ).toEqual(expect.arrayContaining(['#/requestId', '#/intensity', '#/team', '#/name']));
  });

  it('CASE-5, CONS-3: a party is informed only within consent, and the register says so', async () => {
    const { caseId, personId } = await openCase(lotse);
    const recipient = { kind: 'organisation', id: randomUUID(), name: 'Family doctor' };
    const told = { recipient, categories: ['identity', 'contact'] };
    const refused = await missCm.post(`/v1/cases/${caseId}/informed-parties`, told, anyVersion);
    expect(refused).toMatchObject({ status: 403, body: { code: 'consent-required', purpose: 'coordination' } });
    await missCm.ok(
      'post',
      `/v1/cases/${caseId}/consents`,
      release(personId, 'coordination', told.categories, recipient),
    );
    await missCm.ok('post', `/v1/cases/${caseId}/informed-parties`, told, anyVersion);
    expect((await read(caseId)).informedParties).toMatchObject([{ recipient, categories: told.categories }]);
    const passed = await lotse.sql(
      `select payload->>'flow' as flow from platform.event where case_id = $1 and type = 'consent.information_passed'`,
      [caseId],
    );
    expect(passed).toEqual([{ flow: 'informed_party' }]);
  });
});

const release = (personId: string, purpose: string, categories: string[], recipient: object) => ({
  personId,
  kind: 'disclosure',
  purpose,
  categories,
  recipients: [recipient],
  form: 'written',
  language: 'de',
  textVersion: 'release-2026-01',
  givenBy: { kind: 'client', name: 'X' },
  consequencesExplained: true,
  withdrawalExplained: true,
  evidence: { kind: 'scan', reference: 'file 2026/17, sheet 2' },
});

describe('responsibility and caseload', () => {
  it('CASE-7: the team lead hands a case over, and the record keeps who was responsible', async () => {
    const { caseId } = await openCase(lotse);
    const to = subjectOf('mr-cm');
    expect((await missCm.post(`/v1/cases/${caseId}/handover`, { to, reason: 'Leave.' }, anyVersion)).status).toBe(403);
    await missCm.ok('put', `/v1/cases/${caseId}/deputy`, { deputy: to }, anyVersion);
    const receipt = await teamLead.ok(
      'post',
      `/v1/cases/${caseId}/handover`,
      { to, reason: 'Leave.', team: 'employment' },
      anyVersion,
    );
    expect(receipt.warnings).toMatchObject([{ code: 'qualification-missing' }]);
    expect((await missCm.get(`/v1/cases/${caseId}`)).status).toBe(404);
    const found = await mrCm.ok('get', `/v1/cases/${caseId}`);
    expect(found).toMatchObject({ responsible: to, deputy: null, team: 'employment' });
    expect(found.responsibilities).toHaveLength(3);
    expect((await teamLead.post(`/v1/cases/${caseId}/handover`, { to, reason: 'Again.' }, anyVersion)).body.code).toBe(
      'already-responsible',
    );
    expect((await mrCm.put(`/v1/cases/${caseId}/deputy`, { deputy: to }, anyVersion)).body.code).toBe(
      'deputy-is-responsible',
    );
  });

  it('CASE-7: only those who assign open cases for others; an expired qualification is pointed out', async () => {
    const { requestId } = await indicatedRequest(lotse);
    const other = await newCaseManager();
    const staff = {
      displayName: 'New CM',
      caseloadLimit: 10,
      qualification: { title: 'CM (DGCC)', validUntil: '2020-12-31' },
    };
    await teamLead.ok('put', `/v1/staff/${other.subject}`, staff);
    expect((await missCm.post('/v1/cases', { requestId, responsible: other.subject })).body.code).toBe(
      'assignment-needs-team-lead',
    );
    expect(
      (await teamLead.post('/v1/cases', { requestId, responsible: other.subject, team: 'elsewhere' })).status,
    ).toBe(403);
    const opened = await teamLead.ok('post', '/v1/cases', {
      requestId,
      responsible: other.subject,
      team: 'hospital',
      intensity: 2,
    });
    expect(opened.warnings).toMatchObject([{ code: 'qualification-expired' }, { code: 'case-open-already' }]);
    expect((await other.ok('get', `/v1/cases/${opened.id}`)).responsible).toBe(other.subject);
  });

  it('CASE-7: over the limit only with the team lead’s reason', async () => {
    const busy = await newCaseManager();
    await teamLead.ok('put', `/v1/staff/${busy.subject}`, { displayName: 'Busy', caseloadLimit: 5 });
    const first = await indicatedRequest(lotse);
    const { id } = await busy.ok('post', '/v1/cases', { requestId: first.requestId, intensity: 3 });
    const { requestId } = await indicatedRequest(lotse);
    const refused = await busy.post('/v1/cases', { requestId, intensity: 3, overLimitReason: 'I can do it.' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'caseload-exceeded', limit: 5, load: 3, weight: 3 } });
    expect((await busy.put(`/v1/cases/${id}/intensity`, { intensity: 5 }, anyVersion)).status).toBe(200);
    const opened = await teamLead.ok('post', '/v1/cases', {
      requestId,
      responsible: busy.subject,
      team: 'hospital',
      intensity: 3,
      overLimitReason: 'Nobody else speaks Polish.',
    });
    expect((await missCm.get(`/v1/staff/${busy.subject}/caseload`)).body).toEqual({
      subject: busy.subject,
      limit: 5,
      limitOf: 'person',
      load: 8,
      band: 'over',
      cases: 2,
      carried: [],
    });
    const [entry] = (await busy.ok('get', `/v1/cases/${opened.id}`)).responsibilities;
    expect(entry.overLimitReason).toBe('Nobody else speaks Polish.');
    const client = await lotse.as('mr-x');
    expect((await client.ok('get', `/v1/cases/${opened.id}`)).responsibilities[0]).not.toHaveProperty(
      'overLimitReason',
    );
  });

  it('CASE-7: two openings at once cannot both slip under the limit', async () => {
    const busy = await newCaseManager();
    await teamLead.ok('put', `/v1/staff/${busy.subject}`, { displayName: 'Busy', caseloadLimit: 5 });
    const requests = await Promise.all([1, 2, 3].map(() => indicatedRequest(lotse)));
    const answers = await Promise.all(
      requests.map(({ requestId }) => busy.post('/v1/cases', { requestId, intensity: 3 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await busy.get(`/v1/staff/${busy.subject}/caseload`)).body.load).toBe(3);
  });

  it('of two changes with the same ETag one wins, and its data stay', async () => {
    const { caseId, version } = await openCase(lotse);
    const deputies = [subjectOf('mr-cm'), subjectOf('team-lead')];
    const answers = await Promise.all(
      deputies.map((deputy) => missCm.put(`/v1/cases/${caseId}/deputy`, { deputy }, { ifMatch: version })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await read(caseId)).deputy).toBe(deputies[answers.findIndex(({ status }) => status === 200)]);
    expect((await missCm.put(`/v1/cases/${caseId}/deputy`, { deputy: null })).status).toBe(428);
  });
});

describe('who sees what', () => {
  it('a case is not there for another organisation, another case manager, or another client', async () => {
    const { caseId } = await openCase(lotse);
    const missX = await lotse.as('miss-x');
    for (const user of [stranger, mrCm, missX]) expect((await user.get(`/v1/cases/${caseId}`)).status).toBe(404);
    for (const user of [stranger, mrCm])
      expect(
        (await user.post(`/v1/cases/${caseId}/phase-changes`, { to: 'assessment', reason: 'x' }, { ifMatch: 99 }))
          .status,
      ).toBe(404);
    expect((await (await lotse.as('provider')).get(`/v1/cases/${caseId}`)).status).toBe(403);
    expect((await (await lotse.as('mr-x')).get(`/v1/cases/${caseId}`)).status).toBe(200);
  });

  it('the list shows to each role what it may see, latest first, page by page', async () => {
    const lister = await newCaseManager('night');
    const lead = await lotse.asUser({
      subject: randomUUID(),
      tenantId: demoTenants[0].id,
      roles: ['team_lead'],
      teams: ['night', 'hospital'],
    });
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { requestId } = await indicatedRequest(lotse, {
        client: 'miss-x',
        fieldOfPractice: i === 0 ? 'debt' : 'health',
      });
      ids.unshift((await lister.ok('post', '/v1/cases', { requestId })).id);
    }
    const { caseId: deputised } = await openCase(lotse);
    await missCm.ok('put', `/v1/cases/${deputised}/deputy`, { deputy: lister.subject }, anyVersion);
    const idsOf = async (user: ApiClient, query = '') =>
      (await user.ok('get', `/v1/cases${query}`)).data.map((row: { id: string }) => row.id) as string[];
    expect(await idsOf(lister)).toEqual([deputised, ...ids]);
    expect(await idsOf(lister, '?responsible=me')).toEqual(ids);
    expect(await idsOf(lister, '?fieldOfPractice=debt')).toEqual([ids[2]]);
    expect(await idsOf(lister, '?phase=assessment')).toEqual([]);
    expect(await idsOf(lister, '?status=active&limit=200')).toHaveLength(4);
    expect(await idsOf(await lotse.as('miss-x'))).toEqual(ids);
    const led = await idsOf(lead, '?limit=200');
    expect(led).toEqual(expect.arrayContaining([deputised, ...ids]));
    const all = await idsOf(await lotse.as('auditor'), '?limit=200');
    expect(all.length).toBeGreaterThan(led.length);
    expect(await idsOf(stranger)).toEqual([]);
    const first = await lister.ok('get', '/v1/cases?limit=2');
    const second = await lister.ok('get', `/v1/cases?limit=2&cursor=${first.page.next}`);
    expect([...first.data, ...second.data].map((row: { id: string }) => row.id)).toEqual([deputised, ...ids]);
    expect(Object.keys(first.data[0])).not.toContain('name');
    const back = await lister.ok('get', `/v1/cases?limit=2&cursor=${second.page.prev}`);
    expect(back.data).toEqual(first.data);
  });

  it('an account that is given later opens the own case to the client, and a merged duplicate takes it along', async () => {
    const { caseId, personId } = await openCase(lotse, { client: null });
    const account = randomUUID();
    const client = await lotse.asUser({ subject: account, tenantId: demoTenants[0].id, roles: ['client'] });
    expect((await client.get(`/v1/cases/${caseId}`)).status).toBe(404);
    await missCm.ok('patch', `/v1/persons/${personId}`, { portalSubject: account }, anyVersion);
    expect((await client.get(`/v1/cases/${caseId}`)).status).toBe(200);
    const { id: survivorId } = await missCm.ok('post', '/v1/persons', { familyName: 'Y' });
    await missCm.ok('post', `/v1/persons/${personId}/merge`, { survivorId, reason: 'Same person.' }, anyVersion);
    await lotse.settled();
    expect(await client.ok('get', `/v1/cases/${caseId}`)).toMatchObject({ personId: survivorId });
    expect((await client.ok('get', '/v1/cases')).data).toHaveLength(1);
  });

  it('keeps the person system with its history', async () => {
    const { caseId, personId } = await openCase(lotse);
    const { id: son } = await missCm.ok('post', '/v1/persons', { familyName: 'X', givenName: 'Son' });
    const path = `/v1/cases/${caseId}/members`;
    const role = { role: 'child', legalGuardian: false };
    expect((await missCm.put(`${path}/${randomUUID()}`, role, anyVersion)).status).toBe(404);
    expect((await missCm.put(`${path}/${personId}`, role, anyVersion)).body.code).toBe('member-is-client');
    await missCm.ok('put', `${path}/${son}`, role, anyVersion);
    await missCm.ok('post', `${path}/${son}/removal`, { reason: 'Moved out.' }, anyVersion);
    expect((await missCm.post(`${path}/${son}/removal`, { reason: 'Again.' }, anyVersion)).status).toBe(404);
    expect((await read(caseId)).members).toMatchObject([{ personId: son, role: 'child', removalReason: 'Moved out.' }]);
  });
});

describe('linked cases', () => {
  const family = async () => {
    const mrX = await openCase(lotse, { as: 'miss-cm', client: 'mr-x' });
    const missX = await openCase(lotse, { as: 'mr-cm', client: 'miss-x' });
    return { mrX, missX };
  };
  const propose = (from: string, otherCaseId: string, user = missCm) =>
    user.post(`/v1/cases/${from}/links`, {
      otherCaseId,
      kind: 'family',
      reason: 'One household.',
      sharedParts: ['plan'],
    });

  it('CASE-11: linked with the agreement of both sides; a part is open only within consent, and closes with it', async () => {
    const { mrX, missX } = await family();
    const linkId = await linkCases(
      lotse,
      { as: 'miss-cm', caseId: mrX.caseId },
      { as: 'mr-cm', caseId: missX.caseId },
      ['plan'],
    );
    const seen = async () => (await mrCm.ok('get', `/v1/cases/${missX.caseId}/linked-cases`)).data;
    expect(await seen()).toMatchObject([
      {
        caseId: mrX.caseId,
        phase: 'clarification',
        responsible: subjectOf('miss-cm'),
        parts: [{ part: 'plan', open: false, why: 'consent-required' }, { why: 'part-not-shared' }, {}],
      },
    ]);
    const opening = { caseId: mrX.caseId, part: 'plan' };
    const refused = await missCm.post(`/v1/case-links/${linkId}/openings`, opening, anyVersion);
    expect(refused).toMatchObject({ status: 403, body: { code: 'consent-required', purpose: 'joint_steering' } });
    const recipient = { kind: 'person', id: subjectOf('mr-cm'), name: 'Mr CM' };
    const consent = await missCm.ok(
      'post',
      `/v1/cases/${mrX.caseId}/consents`,
      release(mrX.personId, 'joint_steering', ['service_plan'], recipient),
    );
    expect((await seen())[0].parts[0].why).toBe('part-not-opened');
    expect(
      (await missCm.post(`/v1/case-links/${linkId}/openings`, { ...opening, part: 'goals' }, anyVersion)).body.code,
    ).toBe('part-not-shared');
    expect((await mrCm.post(`/v1/case-links/${linkId}/openings`, opening, anyVersion)).status).toBe(404);
    await missCm.ok('post', `/v1/case-links/${linkId}/openings`, opening, anyVersion);
    expect((await missCm.post(`/v1/case-links/${linkId}/openings`, opening, anyVersion)).body.code).toBe(
      'part-already-open',
    );
    expect((await seen())[0].parts[0]).toEqual({ part: 'plan', open: true, why: null });
    await missCm.ok('post', `/v1/consents/${consent.id}/withdrawal`, {}, anyVersion);
    expect((await seen())[0].parts[0].why).toBe('consent-required');
    await lotse.settled();
    expect((await missCm.ok('get', `/v1/case-links/${linkId}`)).openings).toMatchObject([
      { part: 'plan', closedAt: expect.any(String) },
    ]);
    await mrCm.ok(
      'post',
      `/v1/case-links/${linkId}/ending`,
      { caseId: missX.caseId, reason: 'Separated.' },
      anyVersion,
    );
    expect(await seen()).toEqual([]);
    expect(
      (await mrCm.post(`/v1/case-links/${linkId}/ending`, { caseId: missX.caseId, reason: 'x' }, anyVersion)).body.code,
    ).toBe('link-ended');
  });

  it('CASE-11: a proposal shows nothing of the other case until it is accepted by that side', async () => {
    const { mrX, missX } = await family();
    expect((await propose(mrX.caseId, mrX.caseId)).body.code).toBe('link-to-itself');
    expect((await propose(mrX.caseId, randomUUID())).status).toBe(404);
    expect((await propose(mrX.caseId, missX.caseId, mrCm)).status).toBe(404);
    const { body: link } = await propose(mrX.caseId, missX.caseId);
    expect((await propose(missX.caseId, mrX.caseId, mrCm)).body.code).toBe('link-already-there');
    expect((await missCm.ok('get', `/v1/cases/${mrX.caseId}/linked-cases`)).data).toMatchObject([
      { linkId: link.id, status: 'proposed', phase: null, responsible: null },
    ]);
    const shares = { caseId: mrX.caseId, sharedParts: ['plan'] };
    expect((await missCm.post(`/v1/case-links/${link.id}/acceptance`, shares, anyVersion)).body.code).toBe(
      'link-not-proposed',
    );
    expect(
      (await missCm.post(`/v1/case-links/${link.id}/openings`, { caseId: mrX.caseId, part: 'plan' }, anyVersion))
        .status,
    ).toBe(403);
    expect((await stranger.get(`/v1/case-links/${link.id}`)).status).toBe(404);
    const answers = await Promise.all(
      [1, 2].map(() =>
        mrCm.post(
          `/v1/case-links/${link.id}/acceptance`,
          { ...shares, caseId: missX.caseId },
          { ifMatch: link.version },
        ),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    await missCm.ok('put', `/v1/case-links/${link.id}/shared-parts`, { ...shares, sharedParts: [] }, anyVersion);
  });
});
