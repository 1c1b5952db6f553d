import { randomUUID } from 'node:crypto';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { agreedPlan, completeAssessment, draftedPlan, planTerms, signPlan } from './support/plan-story';
import {
  agreementTerms,
  consentToTakePart,
  indicatedRequest,
  openCase,
  openUnagreedCase,
  toPhase,
} from './support/story';

/** Attempts to see or do what is nobody's business: rights, consent, races. */

const any = { ifMatch: '*' } as const;
let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let mrX: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  [missCm, mrCm, mrX] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-cm'), lotse.as('mr-x')]);
});
afterAll(() => lotse.close());

const member = async (caseId: string, role = 'partner') => {
  const { id } = await missCm.ok('post', '/v1/persons', { familyName: 'Relative' });
  await missCm.ok('put', `/v1/cases/${caseId}/members/${id}`, { role, legalGuardian: false }, any);
  return id as string;
};
const release = async (caseId: string, personId: string, recipient: object, purpose: string, more: object = {}) =>
  (
    await missCm.ok('post', `/v1/cases/${caseId}/consents`, {
      personId,
      kind: 'disclosure',
      purpose,
      categories: ['identity', 'health', 'service_plan'],
      recipients: [{ ...recipient, name: 'Recipient' }],
      form: 'written',
      language: 'de',
      textVersion: 'release-2026-01',
      givenBy: { kind: 'client', name: 'X' },
      consequencesExplained: true,
      withdrawalExplained: true,
      evidence: { kind: 'scan', reference: 'file 2026/17, sheet 3' },
      ...more,
    })
  ).id as string;
const place = async () => {
  const manager = await lotse.as('network-manager');
  const { id: providerId } = await manager.ok('post', '/v1/providers', { name: `Provider ${randomUUID()}` });
  const body = { providerId, name: 'Physiotherapy', problemAreas: ['chronic_disease'], region: 'Köln' };
  const { id: serviceId } = await manager.ok('post', '/v1/services', body);
  return { providerId: providerId as string, serviceId: serviceId as string };
};

describe('consent', () => {
  it('CONS-3: a release by somebody else in the case does not carry the client’s data', async () => {
    const { caseId, personId } = await openCase(lotse, { client: null });
    const partner = await member(caseId);
    const { providerId, serviceId } = await place();
    const recipient = { kind: 'organisation', id: providerId };
    for (const purpose of ['referral', 'coordination', 'conference'])
      await release(caseId, partner, recipient, purpose);
    const { id } = await missCm.ok('post', `/v1/cases/${caseId}/referrals`, {
      serviceId,
      purposeText: 'Physiotherapy',
      categories: ['identity', 'health'],
      informationPackage: 'Walks with a frame.',
      clientInformedOn: '2026-03-01',
    });
    const meeting = { kind: 'aid', plannedOn: '2026-03-10', agenda: ['Return'] };
    const { id: conference } = await missCm.ok('post', `/v1/cases/${caseId}/conferences`, meeting);
    const categories = ['identity'];
    const named = { ...recipient, name: 'Recipient' };
    const attempts = () =>
      Promise.all([
        missCm.post(`/v1/referrals/${id}/sending`, {}, any),
        missCm.post(`/v1/cases/${caseId}/informed-parties`, { recipient: named, categories }, any),
        missCm.post(`/v1/conferences/${conference}/invitations`, { recipient: named, role: 'Help', categories }, any),
      ]);
    expect((await attempts()).map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([403, 'consent-required']),
    );
    for (const purpose of ['referral', 'coordination', 'conference'])
      await release(caseId, personId, recipient, purpose);
    expect((await attempts()).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('CONS-2, PLAN-3: a plan is not agreed once participation is withdrawn, even before anybody was told', async () => {
    const { planId, consentId } = await draftedPlan(lotse, { client: null });
    await signPlan(lotse, missCm, planId);
    await missCm.ok('post', `/v1/consents/${consentId}/withdrawal`, {}, any);
    const refused = await missCm.post(`/v1/service-plans/${planId}/agreement`, planTerms(lotse), any);
    expect(refused).toMatchObject({ status: 409, body: { code: 'plan-closing' } });
  });

  it('CASE-5: agreement and withdrawal at the same moment never leave an agreed case without consent unnoticed', async () => {
    for (let i = 0; i < 5; i++) {
      const { caseId, personId } = await openUnagreedCase(lotse, { client: null });
      const consentId = await consentToTakePart(lotse, { caseId, personId });
      const [signed] = await Promise.all([
        missCm.post(`/v1/cases/${caseId}/agreement`, agreementTerms(lotse), any),
        missCm.post(`/v1/consents/${consentId}/withdrawal`, {}, any),
      ]);
      await lotse.settled();
      const { agreedOn, closing } = await missCm.ok('get', `/v1/cases/${caseId}`);
      expect([200, 409]).toContain(signed.status);
      expect(closing?.reason).toBe('consent_withdrawn');
      expect(agreedOn === null).toBe(signed.status === 409);
    }
  });
});

describe('what the client sees', () => {
  it('ASMT-2: needs of another family member are not handed out, as little as the assessment', async () => {
    const opened = await openCase(lotse, { client: 'mr-x' });
    const { caseId } = opened;
    const partner = await member(caseId);
    await toPhase(lotse, { caseId, phase: 'assessment' });
    const [own, theirs] = [randomUUID(), randomUUID()];
    await completeAssessment(lotse, missCm, { caseId, personId: partner }, { needIds: [theirs] });
    await completeAssessment(lotse, missCm, opened, { needIds: [own] });
    const ids = async (who: ApiClient) =>
      (await who.ok('get', `/v1/cases/${caseId}/handed-needs?kind=need`)).data.map((n: { id: string }) => n.id).sort();
    expect(await ids(missCm)).toEqual([own, theirs].sort());
    expect(await ids(mrX)).toEqual([own]);
  });
});

describe('ids', () => {
  it('count in upper case as they do in lower case', async () => {
    const { caseId, personId } = await openCase(lotse, { client: null });
    await missCm.ok(
      'post',
      `/v1/cases/${caseId.toUpperCase()}/phase-changes`,
      { to: 'assessment', reason: 'Next.' },
      any,
    );
    const { id } = await missCm.ok('post', `/v1/cases/${caseId.toUpperCase()}/assessments`, {
      instrument: 'nine-life-areas',
      personId: personId.toUpperCase(),
      kind: 'initial',
      startOn: '2026-03-01',
      plannedEnd: '2026-03-20',
    });
    expect(await missCm.ok('get', `/v1/assessments/${id.toUpperCase()}`)).toMatchObject({
      ofClient: true,
      personId,
      caseId,
    });
  });

  it('of a person merged twice lead to the one that stays', async () => {
    const { caseId } = await openCase(lotse, { client: null });
    const [a, b, c] = await Promise.all(
      ['A', 'B', 'C'].map(async (familyName) => (await missCm.ok('post', '/v1/persons', { familyName })).id as string),
    );
    for (const [from, survivorId] of [
      [a, b],
      [b, c],
    ])
      await missCm.ok('post', `/v1/persons/${from}/merge`, { survivorId, reason: 'The same person.' }, any);
    await missCm.ok('put', `/v1/cases/${caseId}/members/${a}`, { role: 'child', legalGuardian: false }, any);
    expect((await missCm.ok('get', `/v1/cases/${caseId}`)).members).toMatchObject([{ personId: c }]);
  });

  it('merges in a circle at the same moment leave one person standing', async () => {
    const [a, b, c] = await Promise.all(
      ['A', 'B', 'C'].map(async (familyName) => (await missCm.ok('post', '/v1/persons', { familyName })).id as string),
    );
    const circle = [
      [a, b],
      [b, c],
      [c, a],
    ] as const;
    const replies = await Promise.all(
      circle.map(([from, survivorId]) =>
        missCm.post(`/v1/persons/${from}/merge`, { survivorId, reason: 'The same.' }, any),
      ),
    );
    expect(replies.every(({ status }) => [200, 409, 412, 503].includes(status))).toBe(true);
    const states = await Promise.all([a, b, c].map((id) => missCm.ok('get', `/v1/persons/${id}`)));
    expect(states.filter(({ mergedInto }) => mergedInto === null).length).toBeGreaterThan(0);
  });
});

describe('at the same moment', () => {
  it('CASE-7: ten openings do not slip past the caseload limit', async () => {
    const who = { subject: randomUUID(), tenantId: '0d7c6f0e-3b0a-4c53-9d55-000000000001', teams: ['hospital'] };
    const cm = await lotse.asUser({ ...who, roles: ['case_manager'] });
    const admin = await lotse.as('org-admin');
    await admin.ok('put', `/v1/staff/${who.subject}`, { displayName: 'New', team: 'hospital', caseloadLimit: 3 });
    const requests = await Promise.all(Array.from({ length: 10 }, () => indicatedRequest(lotse, { client: null })));
    const replies = await Promise.all(requests.map(({ requestId }) => cm.post('/v1/cases', { requestId })));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(new Set(replies.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
      new Set(['caseload-exceeded']),
    );
  });

  it('ten of every step with * leave one effect each, no fault of ours and nothing parked', async () => {
    const { caseId, planId, measureId } = await agreedPlan(lotse, { client: null });
    const ten = async (path: string, body: object) => {
      const replies = await Promise.all(Array.from({ length: 10 }, () => missCm.post(path, body, any)));
      await lotse.settled();
      return replies.map(({ status, body }) => `${status} ${path.split('/').at(-1)} ${body.code ?? ''}`);
    };
    const one = (replies: string[]) =>
      expect([replies.filter((reply) => /^2/.test(reply)).length, replies]).toEqual([1, expect.anything()]);
    one(await ten(`/v1/service-plans/${planId}/measures/${measureId}/start`, {}));
    one(await ten(`/v1/cases/${caseId}/suspension`, { reason: 'Rehabilitation.', resubmitOn: '2026-06-01' }));
    one(await ten(`/v1/cases/${caseId}/resumption`, {}));
    one(await ten(`/v1/service-plans/${planId}/revision`, { reason: 'Housing is secured' }));
    one(await ten(`/v1/cases/${caseId}/unreachability`, { since: '2026-03-01', attempts: 'Three calls.' }));
    one(await ten(`/v1/cases/${caseId}/phase-changes`, { to: 'evaluation', reason: 'Cannot be reached.' }));
    one(await ten(`/v1/cases/${caseId}/evaluations`, { planId }));
    one(await ten(`/v1/cases/${caseId}/closure`, { reason: 'deceased', note: 'Died in hospital.' }));
    expect(await lotse.sql('select subscription, error from platform.parked_event')).toEqual([]);
  });
});

describe('after a handover', () => {
  it('CASE-7: the case manager before sees and does nothing any more', async () => {
    const { caseId, planId, consentId } = await agreedPlan(lotse, { client: null });
    const entry = { kind: 'home_visit', function: 'advocacy', minutes: 60, on: '2026-03-01', text: 'Talked.' };
    const { id: journal } = await missCm.ok('post', `/v1/cases/${caseId}/journal-entries`, entry);
    const due = { dueOn: '2026-04-01', subject: 'Call the hospital' };
    const { id: followUp } = await missCm.ok('post', `/v1/cases/${caseId}/follow-ups`, due);
    const lead = await lotse.as('team-lead', { teams: ['hospital', 'employment'] });
    await lead.ok('post', `/v1/cases/${caseId}/handover`, { to: mrCm.subject, reason: 'Leave.' }, any);
    await lotse.settled();
    for (const path of [
      `cases/${caseId}`,
      `service-plans/${planId}`,
      `consents/${consentId}`,
      `journal-entries/${journal}`,
    ])
      expect((await missCm.get(`/v1/${path}`)).status).toBe(404);
    expect((await missCm.get(`/v1/follow-ups/${followUp}`)).status).toBe(404);
    const mine = (await missCm.ok('get', '/v1/worklist?limit=200')).data as { caseId: string }[];
    expect(mine.filter((row) => row.caseId === caseId)).toEqual([]);
    const writes = [
      `journal-entries/${journal}/corrections`,
      `follow-ups/${followUp}/completion`,
      `consents/${consentId}/withdrawal`,
    ];
    for (const path of writes)
      expect((await missCm.post(`/v1/${path}`, { reason: 'Mine.', text: 'x' }, any)).status).toBeGreaterThanOrEqual(
        404,
      );
    expect((await mrCm.get(`/v1/cases/${caseId}`)).status).toBe(200);
  });
});

describe('what is written down', () => {
  it('events, access log, stored answers and parked errors hold no name, no birth date and no free text', async () => {
    const dump = await lotse.sql<{ text: string }>(`
      select e::text as text from platform.event e union all select a::text from platform.access_log a
      union all select p::text from platform.parked_event p`);
    const all = dump.map(({ text }) => text).join('\n');
    for (const word of [
      '1971-04-12',
      'Relative',
      'Discharge',
      'stroke',
      'walking',
      'Cannot walk',
      'Neighbours',
      'sheet',
      'Talked',
      'Three calls',
      'Rehabilitation',
      'Leave',
      'mr-x',
    ])
      expect(all.includes(word) ? word : null).toBeNull();
    const answers = await lotse.sql<{ text: string }>(
      `select encode(answer, 'escape') as text from platform.stored_answer`,
    );
    expect(answers.some(({ text }) => text.includes('"id"'))).toBe(false);
  });
});
