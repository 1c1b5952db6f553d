import { randomUUID } from 'node:crypto';
import { AssessmentCompleted } from '../src/modules/assessment/events';
import { ReviewTrigger } from '../src/modules/service-plan/application/monitoring/review-trigger';
import { demoUsers } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type OpenedCase, consentToTakePart, linkCases, openCase, toPhase } from './support/story';

const home = demoUsers[0]!.tenantId;
const subjectOf = (key: string) => demoUsers.find((user) => user.key === key)!.subject;
const unmetOf = (body: { unmet: { code: string }[] }) => body.unmet.map(({ code }) => code);
const pointersOf = (body: { errors: { pointer: string }[] }) => body.errors.map(({ pointer }) => pointer).sort();
const TODAY = '2026-03-02';

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let mrX: ApiClient;
let teamLead: ApiClient;
let networkManager: ApiClient;
let stranger: ApiClient;
let one: OpenedCase;
let planned: OpenedCase & Plan;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(`${TODAY}T09:00:00.000Z`);
  [missCm, mrCm, mrX, teamLead] = await Promise.all([
    lotse.as('miss-cm'),
    lotse.as('mr-cm'),
    lotse.as('mr-x'),
    lotse.as('team-lead'),
  ]);
  [networkManager, stranger] = await Promise.all([lotse.as('network-manager'), lotse.as('stranger')]);
  one = await openCase(lotse, { as: 'miss-cm', client: null });
  const ofMrX = await openCase(lotse, { as: 'miss-cm', client: 'mr-x' });
  planned = { ...ofMrX, ...(await agreedPlan(ofMrX)) };
});
afterAll(() => lotse.close());
afterEach(() => lotse.at(`${TODAY}T09:00:00.000Z`));

const inSystem = <T>(work: () => Promise<T>) => runInContext(systemContext(home, 'test', 'case_management'), work);

type Place = { providerId: string; serviceId: string; provider: ApiClient };
/** A provider with a service, and somebody who works there. */
async function place(freePlaces: number | null = 3): Promise<Place> {
  const { id: providerId } = await networkManager.ok('post', '/v1/providers', { name: `Provider ${randomUUID()}` });
  const body = { providerId, name: 'Physiotherapy', problemAreas: ['chronic_disease'], region: 'Köln' };
  const { id: serviceId } = await networkManager.ok('post', '/v1/services', body);
  await networkManager.ok('post', `/v1/services/${serviceId}/confirmation`, { freePlaces }, { ifMatch: '*' });
  return { providerId, serviceId, provider: await lotse.as('provider', { providerId }) };
}

/** A release from confidentiality; answers its id. */
async function release(
  { caseId, personId }: OpenedCase,
  recipientId: string,
  purpose = 'referral',
  as = missCm,
  more: object = {},
): Promise<string> {
  const { id } = await as.ok('post', `/v1/cases/${caseId}/consents`, {
    personId,
    kind: 'disclosure',
    purpose,
    categories: ['identity', 'health', 'situation'],
    recipients: [{ kind: 'organisation', id: recipientId, name: 'Recipient' }],
    form: 'written',
    language: 'de',
    textVersion: 'release-2026-01',
    givenBy: { kind: 'client', name: 'X' },
    personBirthDate: '1971-04-12',
    consequencesExplained: true,
    withdrawalExplained: true,
    evidence: { kind: 'scan', reference: 'file 2026/17, sheet 3' },
    ...more,
  });
  return id as string;
}

const draftBody = (serviceId: string, more: object = {}) => ({
  serviceId,
  purposeText: 'Physiotherapy at home',
  categories: ['identity', 'health'],
  informationPackage: 'Walks with a frame; needs exercises at home.',
  clientInformedOn: '2026-03-01',
  ...more,
});
const draft = async ({ caseId }: { caseId: string }, serviceId: string, more: object = {}): Promise<string> =>
  (await missCm.ok('post', `/v1/cases/${caseId}/referrals`, draftBody(serviceId, more))).id;
const step = (who: ApiClient, id: string, name: string, body: object = {}) =>
  who.ok('post', `/v1/referrals/${id}/${name}`, body, { ifMatch: '*' });
const stateOf = async (id: string) => (await missCm.ok('get', `/v1/referrals/${id}`)).state as string;

/** A referral that was sent, with the consent it relies on. */
async function sent(
  of: OpenedCase = one,
  more: object = {},
  terms: object = {},
): Promise<Place & { id: string; consentId: string }> {
  const there = await place();
  const consentId = await release(of, there.providerId, 'referral', missCm, terms);
  const id = await draft(of, there.serviceId, more);
  await step(missCm, id, 'sending');
  return { ...there, id, consentId };
}
const withdraw = (consentId: string, body: object = {}) =>
  missCm.ok('post', `/v1/consents/${consentId}/withdrawal`, body, { ifMatch: '*' });

type Plan = { planId: string; goalId: string; measureIds: string[] };
const SCALE = {
  muchLess: 'Lies',
  less: 'Sits',
  expected: 'Walks with the frame',
  more: 'Walks alone',
  muchMore: 'Works in the garden',
};
/** A drafted plan: the case is in service planning, with one need handed over. */
async function draftPlan({ caseId, personId }: OpenedCase): Promise<{ id: string; needId: string }> {
  await toPhase(lotse, { caseId, phase: 'assessment' });
  const need = { id: randomUUID(), dimension: 'physical', severity: 3, urgency: 'soon' };
  const now = lotse.clock.now();
  const day = lotse.clock.today();
  const sides = ['client', 'case_manager'];
  const completed = new AssessmentCompleted(
    randomUUID(),
    caseId,
    day,
    day,
    day,
    sides,
    [],
    [need],
    false,
    [],
    true,
    day,
    now,
    [],
    personId,
  );
  const uow = lotse.app.get(UnitOfWork);
  await inSystem(() => uow.run(async () => uow.record(completed)));
  await lotse.settled();
  const { id } = await missCm.ok('post', `/v1/cases/${caseId}/service-plans`, {
    planningMode: 'static',
    horizon: 'short',
  });
  return { id, needId: need.id };
}

/** An agreed plan with one outcome goal and three measures; the case is in linking afterwards. */
async function agreedPlan(of: OpenedCase): Promise<Plan> {
  const { id: planId, needId } = await draftPlan(of);
  const add = async (part: 'goals' | 'measures', body: object) =>
    missCm.ok('post', `/v1/service-plans/${planId}/${part}`, body, { ifMatch: '*' });
  const { goalId: principle } = await add('goals', {
    level: 'principle',
    statement: 'Lives at home',
    needIds: [needId],
  });
  const { goalId: framework } = await add('goals', {
    level: 'framework',
    statement: 'Gets about',
    parentGoalId: principle,
  });
  const outcome = {
    level: 'outcome',
    statement: 'Walks through the flat',
    parentGoalId: framework,
    targetDate: '2026-08-31',
    indicators: [{ name: 'Steps', baseline: '0', target: '50' }],
    acceptedByClient: true,
    scale: SCALE,
  };
  const { goalId } = await add('goals', outcome);
  const measure = {
    goalIds: [goalId],
    endOn: '2026-08-31',
    frequency: 'twice a week',
    costCents: 0,
    howChecked: 'Report',
  };
  const measureIds: string[] = [];
  for (const [title, kind] of [
    ['Physiotherapy', 'provider'],
    ['Debt advice', 'provider'],
    ['Exercises', 'client'],
  ])
    measureIds.push((await add('measures', { ...measure, title, responsible: { kind, name: title } })).measureId);
  for (const party of ['client', 'case_manager'])
    await missCm.ok(
      'post',
      `/v1/service-plans/${planId}/signatures`,
      { party, form: 'written', name: party, signedOn: lotse.clock.today(), evidence: 'sheet 9' },
      { ifMatch: '*' },
    );
  const terms = {
    reviewOn: '2026-08-31',
    contactEveryWeeks: 2,
    copyHandedOver: { on: lotse.clock.today(), language: 'de' },
    knownTo: [],
  };
  await missCm.ok('post', `/v1/service-plans/${planId}/agreement`, terms, { ifMatch: '*' });
  await lotse.settled();
  return { planId, goalId, measureIds };
}

describe('PLAN-5 referrals: the main way', () => {
  it('goes from the draft to help that has arrived; the measure of the plan runs and ends with it', async () => {
    const { caseId, planId, measureIds } = planned;
    const { providerId, serviceId, provider } = await place();
    const consentId = await release(planned, providerId);
    const { body, headers, version } = await missCm.post(
      `/v1/cases/${caseId}/referrals`,
      draftBody(serviceId, { planId, measureId: measureIds[0] }),
    );
    const { id } = body;
    expect({ version, location: headers.location }).toEqual({ version: 1, location: `/v1/referrals/${id}` });
    expect((await provider.get(`/v1/referrals/${id}`)).status).toBe(404);

    const go = async (who: ApiClient, name: string, by: object, ifMatch: number) => {
      const reply = await who.post(`/v1/referrals/${id}/${name}`, by, { ifMatch });
      expect({ name, status: reply.status, version: reply.version }).toEqual({
        name,
        status: 200,
        version: ifMatch + 1,
      });
    };
    await go(missCm, 'sending', {}, 1);
    await go(provider, 'acceptance', { note: 'Next week' }, 2);
    await go(
      missCm,
      'appointment',
      { at: '2026-03-09T09:00:00+01:00', place: 'At home', accompaniment: 'Miss CM comes along' },
      3,
    );
    await go(missCm, 'start', {}, 4);
    await go(missCm, 'follow-up', { on: TODAY, arrived: true, note: 'First visit took place' }, 5);
    await go(missCm, 'completion', { outcome: 'achieved', note: 'Walks alone' }, 6);

    const seen = await missCm.ok('get', `/v1/referrals/${id}`);
    expect(seen).toMatchObject({
      state: 'completed',
      caseId,
      consentId,
      outcome: 'achieved',
      followUps: [{ arrived: true }],
    });
    expect(seen.history.map(({ from, to, by }: { from: string; to: string; by: string }) => [from, to, by])).toEqual([
      ['none', 'draft', missCm.subject],
      ['draft', 'sent', missCm.subject],
      ['sent', 'accepted', provider.subject],
      ['accepted', 'appointment', missCm.subject],
      ['appointment', 'started', missCm.subject],
      ['started', 'completed', missCm.subject],
    ]);
    const events = await lotse.sql<{ type: string; payload: { to?: string } }>(
      'select type, payload from platform.event where aggregate_id = $1 order by seq',
      [id],
    );
    expect(events.map(({ type, payload }) => payload.to ?? type).sort()).toEqual(
      ['draft', 'sent', 'consent.information_passed', 'accepted', 'appointment', 'started', 'completed'].sort(),
    );
    expect(JSON.stringify(events)).not.toContain('Walks alone');
    const ofMeasure = await lotse.sql<{ type: string }>(
      `select type from platform.event where aggregate_id = $1 and payload->>'measureId' = $2 order by seq`,
      [planId, measureIds[0]],
    );
    expect(ofMeasure.map(({ type }) => type)).toEqual(['service_plan.measure_started', 'service_plan.measure_ended']);
    await lotse.settled();
    const register = await missCm.ok('get', `/v1/cases/${caseId}/disclosures`);
    expect(register.data).toContainEqual(
      expect.objectContaining({ flow: 'referral', sourceId: id, consentId, categories: ['identity', 'health'] }),
    );
  });

  it('shows the provider the minimal package and not the case, and the client everything of the own', async () => {
    const { id, provider, providerId } = await sent(planned, {
      planId: planned.planId,
      measureId: planned.measureIds[1],
    });
    const minimal = await provider.ok('get', `/v1/referrals/${id}`);
    expect(minimal).toMatchObject({
      ...{
        state: 'sent',
        providerId,
        informationPackage: 'Walks with a frame; needs exercises at home.',
        categories: ['identity', 'health'],
      },
      ...{
        caseId: null,
        planId: null,
        measureId: null,
        consentId: null,
        clientInformedOn: null,
        history: [],
        followUps: [],
      },
    });
    expect((await provider.ok('get', '/v1/referrals')).data).toMatchObject([{ id, caseId: null, measureId: null }]);
    expect((await provider.get(`/v1/cases/${planned.caseId}/referrals`)).status).toBe(404);
    const elsewhere = (await place()).provider;
    expect((await elsewhere.get(`/v1/referrals/${id}`)).status).toBe(404);
    expect((await elsewhere.ok('get', '/v1/referrals')).data).toEqual([]);
    expect((await elsewhere.post(`/v1/referrals/${id}/acceptance`, {}, { ifMatch: '*' })).status).toBe(404);
    expect(await mrX.ok('get', `/v1/referrals/${id}`)).toMatchObject({ caseId: planned.caseId, state: 'sent' });
    expect((await mrX.get(`/v1/referrals/${await draft(one, (await place()).serviceId)}`)).status).toBe(404);
    expect(
      (await mrX.post(`/v1/referrals/${id}/cancellation`, { reason: 'client_declined' }, { ifMatch: '*' })).status,
    ).toBe(403);
  });

  it('lists by state and page, for the case and for the provider', async () => {
    const there = await place();
    const of = await openCase(lotse, { client: null });
    await release(of, there.providerId);
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      ids.unshift(await draft(of, there.serviceId));
      await step(missCm, ids[0]!, 'sending');
    }
    await step(there.provider, ids[2]!, 'declination', { reason: 'no_capacity' });
    const idsOf = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);
    expect(idsOf(await missCm.ok('get', `/v1/cases/${of.caseId}/referrals?state=sent`))).toEqual(ids.slice(0, 2));
    const first = await there.provider.ok('get', '/v1/referrals?limit=2');
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    expect(idsOf(await there.provider.ok('get', `/v1/referrals?limit=2&cursor=${first.page.next}`))).toEqual(
      ids.slice(2),
    );
    expect(idsOf(await missCm.ok('get', '/v1/referrals?limit=200'))).toEqual(expect.arrayContaining(ids));
    expect(idsOf(await mrCm.ok('get', '/v1/referrals?limit=200'))).toEqual([]);
  });

  it('records an answer received by phone for the provider', async () => {
    const { id } = await sent();
    const note = 'By phone, front desk';
    const without = await missCm.post(
      `/v1/referrals/${id}/recorded-answer`,
      { answer: 'declined', note },
      { ifMatch: '*' },
    );
    expect([without.status, pointersOf(without.body)]).toEqual([422, ['#/reason']]);
    await step(missCm, id, 'recorded-answer', { answer: 'waitlisted', expectedOn: '2026-04-15', note });
    expect(await missCm.ok('get', `/v1/referrals/${id}`)).toMatchObject({
      state: 'waitlisted',
      expectedOn: '2026-04-15',
    });
    await step(missCm, id, 'recorded-answer', { answer: 'accepted', note });
    const { history } = await missCm.ok('get', `/v1/referrals/${id}`);
    expect(history.at(-1)).toMatchObject({ to: 'accepted', recordedFor: 'provider', note, by: missCm.subject });
    const own = await missCm.post(`/v1/referrals/${id}/acceptance`, {}, { ifMatch: '*' });
    expect(own.status).toBe(403);
  });

  it('starts bought help only after a lead approved the cost', async () => {
    const { id, provider } = await sent();
    await step(provider, id, 'acceptance');
    const agreement = {
      scope: 'Two visits a week',
      goals: ['Walks alone'],
      periodFrom: '2026-03-10',
      periodTo: '2026-06-10',
      priceCents: 48_000,
    };
    const wrong = await missCm.put(
      `/v1/referrals/${id}/service-agreement`,
      { ...agreement, periodTo: '2026-03-01' },
      { ifMatch: '*' },
    );
    expect([wrong.status, pointersOf(wrong.body)]).toEqual([422, ['#/periodTo']]);
    await missCm.ok('put', `/v1/referrals/${id}/service-agreement`, agreement, { ifMatch: '*' });
    const early = await missCm.post(`/v1/referrals/${id}/start`, {}, { ifMatch: '*' });
    expect([early.status, early.body.code]).toEqual([409, 'referral-purchase-not-approved']);
    expect((await missCm.post(`/v1/referrals/${id}/approval`, {}, { ifMatch: '*' })).status).toBe(403);
    await step(teamLead, id, 'approval');
    await step(missCm, id, 'start');
    expect(await provider.ok('get', `/v1/referrals/${id}`)).toMatchObject({
      state: 'started',
      serviceAgreement: agreement,
      approval: null,
    });
    expect(await missCm.ok('get', `/v1/referrals/${id}`)).toMatchObject({ approval: { by: subjectOf('team-lead') } });
  });
});

describe('PLAN-5 referrals: refusals', () => {
  it('names everything that is missing before the sending, and sends nothing', async () => {
    const { serviceId } = await place(0);
    const id = await draft(one, serviceId, { informationPackage: undefined, clientInformedOn: undefined });
    const refused = await missCm.post(
      `/v1/referrals/${id}/sending`,
      {},
      { ifMatch: 1, headers: { 'accept-language': 'de' } },
    );
    expect([refused.status, refused.body.code]).toEqual([409, 'referral-not-ready']);
    expect(unmetOf(refused.body)).toEqual([
      'referral-client-not-informed',
      'referral-service-full',
      'referral-information-missing',
      'referral-consent-missing',
    ]);
    expect(refused.body.unmet[1].detail).toContain('forWaitingList');
    expect(await stateOf(id)).toBe('draft');
  });

  it('refuses to pass anything on without a release from confidentiality', async () => {
    const { serviceId, providerId } = await place();
    const id = await draft(one, serviceId);
    const refused = await missCm.post(`/v1/referrals/${id}/sending`, {}, { ifMatch: 1 });
    expect([refused.status, refused.body.code]).toEqual([403, 'consent-required']);
    expect(refused.body).toMatchObject({
      purpose: 'referral',
      recipientId: providerId,
      categories: ['identity', 'health'],
    });
    await release(one, providerId, 'conference');
    expect((await missCm.post(`/v1/referrals/${id}/sending`, {}, { ifMatch: 1 })).status).toBe(403);
  });

  it('asks a full service with a reason or for its waiting list, and no service that has ended', async () => {
    const full = await place(0);
    await release(one, full.providerId);
    const id = await draft(one, full.serviceId);
    expect(unmetOf((await missCm.post(`/v1/referrals/${id}/sending`, {}, { ifMatch: 1 })).body)).toEqual([
      'referral-service-full',
    ]);
    await step(missCm, id, 'sending', { despiteFull: 'A place was promised by phone' });
    await step(missCm, await draft(one, full.serviceId), 'sending', { forWaitingList: true });
    const ending = await draft(one, full.serviceId);
    await networkManager.ok('patch', `/v1/services/${full.serviceId}`, { status: 'inactive' }, { ifMatch: '*' });
    const gone = await missCm.post(`/v1/referrals/${ending}/sending`, { forWaitingList: true }, { ifMatch: 1 });
    expect(unmetOf(gone.body)).toEqual(['referral-service-unavailable']);
    const anew = await missCm.post(`/v1/cases/${one.caseId}/referrals`, draftBody(full.serviceId));
    expect([anew.status, anew.body.code]).toEqual([409, 'referral-service-unavailable']);
  });

  it('refuses a step that does not follow, and says which are possible', async () => {
    const { id, provider } = await sent();
    const refused = await missCm.post(`/v1/referrals/${id}/completion`, { outcome: 'achieved' }, { ifMatch: '*' });
    expect([refused.status, refused.body.code]).toEqual([409, 'referral-step-not-possible']);
    expect(refused.body).toMatchObject({
      state: 'sent',
      allowed: ['acceptance', 'waitlisting', 'declination', 'cancellation'],
    });
    await step(provider, id, 'declination', { reason: 'not_eligible', text: 'Only for members' });
    const again = await provider.post(`/v1/referrals/${id}/acceptance`, {}, { ifMatch: '*' });
    expect(again.body).toMatchObject({ code: 'referral-step-not-possible', state: 'declined', allowed: [] });
  });

  it('takes only a plan and measure of the case', async () => {
    const { serviceId } = await place();
    const of = (more: object) => missCm.post(`/v1/cases/${one.caseId}/referrals`, draftBody(serviceId, more));
    expect((await of({ planId: planned.planId })).body.code).toBe('plan-not-of-case');
    expect((await of({ measureId: planned.measureIds[0] })).body.code).toBe('referral-measure-not-of-plan');
    const wrong = await missCm.post(
      `/v1/cases/${planned.caseId}/referrals`,
      draftBody(serviceId, { planId: planned.planId, measureId: randomUUID() }),
    );
    expect([wrong.status, wrong.body.code]).toEqual([422, 'referral-measure-not-of-plan']);
  });

  it('names every wrong field', async () => {
    const bad = await missCm.post(`/v1/cases/${one.caseId}/referrals`, {
      serviceId: 'x',
      purposeText: ' ',
      categories: ['diary'],
      more: 1,
    });
    expect([bad.status, pointersOf(bad.body)]).toEqual([
      422,
      ['#/categories', '#/more', '#/purposeText', '#/serviceId'],
    ]);
    const unknown = await missCm.post(`/v1/cases/${one.caseId}/referrals`, draftBody(randomUUID()));
    expect([unknown.status, pointersOf(unknown.body)]).toEqual([422, ['#/serviceId']]);
    const future = await missCm.post(
      `/v1/cases/${one.caseId}/referrals`,
      draftBody((await place()).serviceId, { clientInformedOn: '2026-03-03' }),
    );
    expect([future.status, pointersOf(future.body)]).toEqual([422, ['#/clientInformedOn']]);
  });

  it('answers a repetition with the first answer, and wants If-Match for changes', async () => {
    const { serviceId } = await place();
    const key = randomUUID();
    const first = await missCm.post(`/v1/cases/${one.caseId}/referrals`, draftBody(serviceId), { key });
    const again = await missCm.post(`/v1/cases/${one.caseId}/referrals`, draftBody(serviceId), { key });
    expect([again.status, again.body.id, again.headers['idempotency-replayed']]).toEqual([201, first.body.id, 'true']);
    expect((await missCm.post(`/v1/referrals/${first.body.id}/sending`, {})).status).toBe(428);
    expect((await missCm.post(`/v1/referrals/${first.body.id}/sending`, {}, { ifMatch: 7 })).status).toBe(412);
  });

  it('completes a draft by merge patch and keeps what was sent', async () => {
    const { serviceId, providerId } = await place();
    await release(one, providerId);
    const id = await draft(one, serviceId, { informationPackage: undefined });
    await missCm.ok('patch', `/v1/referrals/${id}`, { informationPackage: 'Walks with a frame' }, { ifMatch: 1 });
    await missCm.ok('post', `/v1/referrals/${id}/sending`, {}, { ifMatch: 2 });
    expect((await missCm.patch(`/v1/referrals/${id}`, { informationPackage: 'More' }, { ifMatch: 3 })).status).toBe(
      409,
    );
  });

  it('hides everything from other organisations and from case managers without part in the case', async () => {
    const { id } = await sent();
    for (const other of [stranger, mrCm]) {
      expect((await other.get(`/v1/referrals/${id}`)).status).toBe(404);
      expect((await other.get(`/v1/cases/${one.caseId}/referrals`)).status).toBe(404);
      expect((await other.post(`/v1/cases/${one.caseId}/referrals`, draftBody(randomUUID()))).status).toBe(404);
      expect((await other.post(`/v1/referrals/${id}/cancellation`, { reason: 'other' }, { ifMatch: 99 })).status).toBe(
        404,
      );
      expect((await other.post(`/v1/referrals/${id}/sending`, {}, { ifMatch: 99 })).status).toBe(404);
    }
  });

  it('lets one of two writers win', async () => {
    const { id, provider } = await sent();
    const [accepted, cancelled] = await Promise.all([
      provider.post(`/v1/referrals/${id}/acceptance`, {}, { ifMatch: 2 }),
      missCm.post(`/v1/referrals/${id}/cancellation`, { reason: 'no_answer' }, { ifMatch: 2 }),
    ]);
    expect([accepted.status, cancelled.status].sort()).toEqual([200, 412]);
    expect(await missCm.ok('get', `/v1/referrals/${id}`)).toMatchObject({
      version: 3,
      state: accepted.status === 200 ? 'accepted' : 'cancelled',
    });
  });
});

describe('CONS-2 referrals and withdrawn consent', () => {
  it('cancels what is open with that recipient, at whichever point; the provider sees only that', async () => {
    const { id, consentId, provider } = await sent();
    const elsewhere = await sent();
    await step(provider, id, 'acceptance');
    await step(missCm, id, 'appointment', { at: '2026-03-09T09:00:00Z', place: 'At home' });
    await withdraw(consentId);
    await lotse.settled();
    expect(await missCm.ok('get', `/v1/referrals/${id}`)).toMatchObject({
      state: 'cancelled',
      accessEndedAt: expect.any(String),
    });
    expect(await provider.ok('get', `/v1/referrals/${id}`)).toMatchObject({
      ...{
        state: 'cancelled',
        purposeText: null,
        informationPackage: null,
        categories: [],
        appointment: null,
        caseId: null,
      },
    });
    expect((await provider.post(`/v1/referrals/${id}/acceptance`, {}, { ifMatch: '*' })).body.code).toBe(
      'referral-step-not-possible',
    );
    expect(await stateOf(elsewhere.id)).toBe('sent');
    const [event] = await lotse.sql<{ payload: { reason: string } }>(
      `select payload from platform.event where aggregate_id = $1 and payload->>'to' = 'cancelled'`,
      [id],
    );
    expect(event!.payload.reason).toBe('consent_withdrawn');
  });

  it('stops for a category that was passed, not for another; a draft stays and cannot be sent', async () => {
    const { id, consentId, serviceId } = await sent();
    const waiting = await draft(one, serviceId);
    await withdraw(consentId, { categories: ['situation'] });
    await lotse.settled();
    expect(await stateOf(id)).toBe('sent');
    await withdraw(consentId, { categories: ['health'] });
    await lotse.settled();
    expect([await stateOf(id), await stateOf(waiting)]).toEqual(['cancelled', 'draft']);
    expect((await missCm.post(`/v1/referrals/${waiting}/sending`, {}, { ifMatch: '*' })).body).toMatchObject({
      code: 'consent-required',
      categories: ['health'],
    });
  });

  it('keeps a referral that another release still carries', async () => {
    const { id, providerId } = await sent();
    await withdraw(await release(one, providerId, 'conference'));
    await lotse.settled();
    expect(await stateOf(id)).toBe('sent');
  });

  it('hides from the provider what was passed for help that had ended before, and leaves its record', async () => {
    const { id, consentId, provider } = await sent();
    for (const [who, name, body] of [
      [provider, 'acceptance', {}],
      [missCm, 'start', {}],
      [missCm, 'completion', { outcome: 'achieved' }],
    ] as const)
      await step(who, id, name, body);
    await withdraw(consentId);
    await lotse.settled();
    expect(await provider.ok('get', `/v1/referrals/${id}`)).toMatchObject({
      state: 'completed',
      informationPackage: null,
    });
    expect(await missCm.ok('get', `/v1/referrals/${id}`)).toMatchObject({
      state: 'completed',
      informationPackage: expect.any(String),
    });
  });

  it('CONS-7: closes what was passed to the provider when the release expires, as a withdrawal does, and keeps the help', async () => {
    const { id, provider } = await sent(one, {}, { validUntil: '2026-03-31' });
    const other = await sent(one, {}, { validUntil: '2026-03-31' });
    await step(provider, id, 'acceptance');
    const seen = async (who = provider) => who.ok('get', `/v1/referrals/${id}`);
    lotse.at('2026-03-31T21:59:59.999Z');
    expect(await seen()).toMatchObject({ accessUntil: '2026-03-31', informationPackage: expect.any(String) });
    lotse.at('2026-03-31T22:00:00.000Z');
    expect(await seen()).toMatchObject({
      state: 'accepted',
      purposeText: null,
      informationPackage: null,
      categories: [],
      appointment: null,
      caseId: null,
      evaluationId: null,
    });
    const { data } = await provider.ok('get', '/v1/referrals');
    expect(data).toMatchObject([{ id, state: 'accepted', purposeText: null }]);
    expect(await seen(missCm)).toMatchObject({ state: 'accepted', informationPackage: expect.any(String) });
    const late = await other.provider.post(`/v1/referrals/${other.id}/acceptance`, {}, { ifMatch: '*' });
    expect([late.status, late.body.code]).toEqual([409, 'referral-release-expired']);
    // The daily job finds nothing that carries it on.
    await lotse.app.get(DailyJobs).runAll();
    expect(await seen()).toMatchObject({ informationPackage: null });
  });

  it('CONS-7: a newer release that covers all of it carries the access on: at once, or from the day it begins', async () => {
    const { id, provider, providerId } = await sent(one, {}, { validUntil: '2026-03-31' });
    const packaged = async () => (await provider.ok('get', `/v1/referrals/${id}`)).informationPackage as string | null;
    const again = (terms: object) => release(one, providerId, 'referral', missCm, terms);
    await again({ categories: ['identity'] });
    const next = await again({ validFrom: '2026-04-01', validUntil: '2026-04-30' });
    await lotse.settled();
    expect(await missCm.ok('get', `/v1/referrals/${id}`)).toMatchObject({ accessUntil: '2026-03-31' });
    lotse.at('2026-04-01T03:00:00.000Z');
    expect(await packaged()).toBeNull();
    await lotse.app.get(DailyJobs).runAll();
    expect(await packaged()).not.toBeNull();
    expect(await missCm.ok('get', `/v1/referrals/${id}`)).toMatchObject({ accessUntil: '2026-04-30', consentId: next });
    lotse.at('2026-05-02T09:00:00.000Z');
    expect(await packaged()).toBeNull();
    const open = await again({});
    await lotse.settled();
    expect(await packaged()).not.toBeNull();
    await withdraw(open);
    await lotse.settled();
    expect(await packaged()).toBeNull();
  });

  it('PLAN-5: whoever declined or was called off no longer sees the package; whose help ended still does', async () => {
    const [declined, called, done] = [await sent(), await sent(), await sent()];
    const packaged = async ({ provider, id }: { provider: ApiClient; id: string }) =>
      (await provider.ok('get', `/v1/referrals/${id}`)).informationPackage !== null;
    await step(declined.provider, declined.id, 'declination', { reason: 'no_capacity' });
    await step(missCm, called.id, 'cancellation', { reason: 'no_longer_needed' });
    await step(done.provider, done.id, 'acceptance');
    await step(missCm, done.id, 'start');
    await step(missCm, done.id, 'completion', { outcome: 'achieved' });
    expect([await packaged(declined), await packaged(called), await packaged(done)]).toEqual([false, false, true]);
    expect(await declined.provider.ok('get', `/v1/referrals/${declined.id}`)).toMatchObject({
      state: 'declined',
      accessEndedAt: expect.any(String),
    });
  });

  it('stops all of them, also running ones of one plan, when the client no longer takes part', async () => {
    const of = await openCase(lotse, { client: null });
    const { planId, measureIds } = await agreedPlan(of);
    const running: string[] = [];
    for (const measureId of measureIds.slice(0, 2)) {
      const { id, provider } = await sent(of, { planId, measureId });
      await step(provider, id, 'acceptance');
      await step(missCm, id, 'start');
      running.push(id);
    }
    const { id: asked, serviceId } = await sent(of);
    const waiting = await draft(of, serviceId);
    await withdraw(of.consentId);
    await lotse.settled();
    expect(await Promise.all([...running, asked, waiting].map(stateOf))).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
      'draft',
    ]);
    const ended = await lotse.sql(
      `select 1 from platform.event where type = 'service_plan.measure_ended' and aggregate_id = $1`,
      [planId],
    );
    expect(ended).toHaveLength(2);
    const late = await missCm.post(`/v1/referrals/${waiting}/sending`, {}, { ifMatch: '*' });
    expect(unmetOf(late.body)).toEqual(['referral-participation-missing']);
    expect((await lotse.sql('select 1 from platform.parked_event')).length).toBe(0);
  });

  it('RACE: withdrawal and sending at the same time end in never sent, or sent, registered and cancelled', async () => {
    const of = await openCase(lotse, { client: null });
    const outcomes = { never: 0, cancelled: 0 };
    const there = await place();
    for (let round = 0; round < 60; round++) {
      const consentId = await release(of, there.providerId);
      const id = await draft(of, there.serviceId);
      const send = () => missCm.post(`/v1/referrals/${id}/sending`, {}, { ifMatch: 1 });
      const stop = () => missCm.post(`/v1/consents/${consentId}/withdrawal`, {}, { ifMatch: '*' });
      // Up to longer than either takes, on slow machines too.
      const wait = new Promise((resolve) => setTimeout(resolve, (round % 12) * 5));
      const [sending, stopping] = await (round % 2
        ? Promise.all([wait.then(send), stop()])
        : Promise.all([send(), wait.then(stop)]));
      expect(stopping.status).toBe(200);
      await lotse.settled();
      const passed = await lotse.sql('select 1 from consent.disclosure where source_id = $1', [id]);
      if (sending.status === 200) {
        expect([await stateOf(id), passed.length]).toEqual(['cancelled', 1]);
        outcomes.cancelled += 1;
      } else {
        expect([sending.status, sending.body.code, await stateOf(id), passed.length]).toEqual([
          403,
          'consent-required',
          'draft',
          0,
        ]);
        outcomes.never += 1;
      }
    }
    expect(outcomes.never).toBeGreaterThan(0);
    expect(outcomes.cancelled).toBeGreaterThan(0);
  });

  it('RACE: no referral stays open when the client stops taking part while it is sent', async () => {
    const of = await openCase(lotse, { client: null });
    const there = await place();
    await release(of, there.providerId);
    let participation = of.consentId;
    for (let round = 0; round < 20; round++) {
      const id = await draft(of, there.serviceId);
      const [sending] = await Promise.all([
        missCm.post(`/v1/referrals/${id}/sending`, {}, { ifMatch: 1 }),
        missCm.post(`/v1/consents/${participation}/withdrawal`, {}, { ifMatch: '*' }),
      ]);
      await lotse.settled();
      expect(await stateOf(id)).toBe(sending.status === 200 ? 'cancelled' : 'draft');
      participation = await consentToTakePart(lotse, of);
      await release(of, there.providerId);
    }
  });
});

describe('PLAN-4 conferences', () => {
  const aid = { kind: 'aid', plannedOn: '2026-03-10', place: 'Hospital', agenda: ['Discharge', 'Help for the son'] };
  const minutes = {
    heldOn: TODAY,
    participants: ['Mr X', 'Miss CM', 'Youth office'],
    minutes: 'The son needs supervision. Mr X is worried.',
    decisions: [
      { text: 'Supervision for the son', becomes: 'measure', responsible: 'Youth office' },
      { text: 'Mr X learns to walk', becomes: 'goal' },
      { text: 'Next talk in May', becomes: 'none' },
    ],
    dissent: [{ who: 'Mr X', what: 'Would rather have the son at home' }],
  };
  const plan = async (caseId: string, more: object = {}): Promise<string> =>
    (await missCm.ok('post', `/v1/cases/${caseId}/conferences`, { ...aid, ...more })).id;
  const office = (id: string) => ({
    recipient: { kind: 'organisation', id, name: 'Youth office' },
    role: 'Family support',
    categories: ['identity', 'situation'],
  });

  it('is planned, invited to within consent, held and taken over into the plan', async () => {
    const { caseId, planId, goalId, measureIds } = planned;
    const id = await plan(caseId);
    const { providerId } = await place();
    const refused = await missCm.post(`/v1/conferences/${id}/invitations`, office(providerId), { ifMatch: 1 });
    expect([refused.status, refused.body.code]).toEqual([403, 'consent-required']);
    const consentId = await release(planned, providerId, 'conference');
    await missCm.ok('patch', `/v1/conferences/${id}`, { plannedOn: '2026-03-11' }, { ifMatch: 1 });
    await missCm.ok('post', `/v1/conferences/${id}/invitations`, office(providerId), { ifMatch: 2 });
    expect((await missCm.post(`/v1/conferences/${id}/invitations`, office(providerId), { ifMatch: 3 })).body.code).toBe(
      'conference-already-invited',
    );
    const client = {
      recipient: { kind: 'person', id: mrX.subject, name: 'Mr X' },
      role: 'Client',
      categories: ['service_plan'],
    };
    await missCm.ok('post', `/v1/conferences/${id}/invitations`, client, { ifMatch: 3 });
    await missCm.ok('post', `/v1/conferences/${id}/minutes`, minutes, { ifMatch: 4 });
    const seen = await mrX.ok('get', `/v1/conferences/${id}`);
    expect(seen).toMatchObject({ status: 'held', plannedOn: '2026-03-11', heldOn: TODAY, dissent: minutes.dissent });
    expect(seen.invitations).toMatchObject([{ consents: [{ caseId, consentId }] }, { consents: [] }]);

    const [supervision, walking] = seen.decisions.map((decision: { id: string }) => decision.id);
    const take = (decision: string, body: object) =>
      missCm.post(`/v1/conferences/${id}/decisions/${decision}/takeover`, { planId, ...body }, { ifMatch: '*' });
    expect((await take(supervision, { goalId })).body.code).toBe('conference-decision-not-for-plan');
    expect((await take(supervision, { measureId: randomUUID() })).body.code).toBe('conference-decision-not-for-plan');
    expect((await take(supervision, { measureId: measureIds[1] })).status).toBe(200);
    expect((await take(walking, { goalId })).status).toBe(200);
    expect((await take(walking, { goalId })).body.code).toBe('conference-decision-not-for-plan');
    expect((await take(randomUUID(), { goalId })).status).toBe(404);
    const { decisions } = await missCm.ok('get', `/v1/conferences/${id}`);
    expect(decisions).toMatchObject([
      { takenOver: { measureId: measureIds[1] } },
      { takenOver: { planId, goalId } },
      { takenOver: null },
    ]);

    const after = await missCm.post(`/v1/conferences/${id}/minutes`, minutes, { ifMatch: '*' });
    expect(after).toMatchObject({ status: 409, body: { code: 'conference-not-planned', currentState: 'held' } });
    const events = await lotse.sql<{ payload: object }>(
      `select payload from platform.event where aggregate_id = $1 and type like '%held'`,
      [id],
    );
    expect(events).toMatchObject([{ payload: { kind: 'aid', caseId, caseIds: [caseId], heldOn: TODAY } }]);
    expect(JSON.stringify(events)).not.toContain('worried');
    await lotse.settled();
    expect((await missCm.ok('get', `/v1/cases/${caseId}/disclosures`)).data).toContainEqual(
      expect.objectContaining({ flow: 'conference_invitation', sourceId: id, consentId }),
    );
  });

  it('CASE-11: is joint for linked cases only, seen and steered from each, and invites with consent in every one', async () => {
    const ofMrX = await openCase(lotse, { client: null });
    const ofMissX = await openCase(lotse, { as: 'mr-cm', client: 'miss-x' });
    const unlinked = await missCm.post(`/v1/cases/${ofMrX.caseId}/conferences`, { ...aid, caseIds: [ofMissX.caseId] });
    expect(unlinked.body).toMatchObject({ code: 'conference-cases-not-linked', caseIds: [ofMissX.caseId] });
    await linkCases(lotse, { as: 'miss-cm', caseId: ofMrX.caseId }, { as: 'mr-cm', caseId: ofMissX.caseId });
    const id = await plan(ofMrX.caseId, { caseIds: [ofMissX.caseId] });
    const missX = await lotse.as('miss-x');
    for (const who of [missCm, mrCm, teamLead]) expect((await who.get(`/v1/conferences/${id}`)).status).toBe(200);
    // Clients see what they were invited to.
    expect((await missX.ok('get', `/v1/cases/${ofMissX.caseId}/conferences`)).data).toEqual([]);
    for (const who of [stranger, mrX, missX]) expect((await who.get(`/v1/conferences/${id}`)).status).toBe(404);
    expect((await mrCm.ok('get', `/v1/cases/${ofMissX.caseId}/conferences`)).data).toMatchObject([
      { id, caseIds: [ofMrX.caseId, ofMissX.caseId] },
    ]);

    const { providerId } = await place();
    await release(ofMrX, providerId, 'conference');
    const half = await missCm.post(`/v1/conferences/${id}/invitations`, office(providerId), { ifMatch: 1 });
    expect(half.body).toMatchObject({ code: 'consent-required', caseId: ofMissX.caseId });
    await lotse.settled();
    expect(await lotse.sql('select 1 from consent.disclosure where source_id = $1', [id])).toEqual([]);
    await release(ofMissX, providerId, 'conference', mrCm);
    await mrCm.ok('post', `/v1/conferences/${id}/invitations`, office(providerId), { ifMatch: 1 });
    const colleague = {
      recipient: { kind: 'person', id: mrCm.subject, name: 'Mr CM' },
      role: 'Case manager',
      categories: ['situation'],
    };
    await missCm.ok('post', `/v1/conferences/${id}/invitations`, colleague, { ifMatch: 2 });
    await lotse.settled();
    expect(
      await lotse.sql('select case_id from consent.disclosure where source_id = $1 order by case_id', [id]),
    ).toHaveLength(2);
    await mrCm.ok('post', `/v1/conferences/${id}/minutes`, minutes, { ifMatch: 3 });
  });

  it('is called off, and hidden from others', async () => {
    const id = await plan(one.caseId);
    await missCm.ok('post', `/v1/conferences/${id}/cancellation`, { reason: 'In hospital' }, { ifMatch: 1 });
    expect((await missCm.post(`/v1/conferences/${id}/minutes`, minutes, { ifMatch: 2 })).body.code).toBe(
      'conference-not-planned',
    );
    for (const other of [stranger, mrCm]) {
      expect((await other.get(`/v1/conferences/${id}`)).status).toBe(404);
      expect((await other.get(`/v1/cases/${one.caseId}/conferences`)).status).toBe(404);
      expect((await other.post(`/v1/conferences/${id}/minutes`, minutes, { ifMatch: 9 })).status).toBe(404);
      expect((await other.post(`/v1/cases/${one.caseId}/conferences`, aid)).status).toBe(404);
    }
  });

  it('names every wrong field, repeats its answer, and lets one of two writers win', async () => {
    const bad = await missCm.post(`/v1/cases/${one.caseId}/conferences`, {
      kind: 'party',
      plannedOn: '10.3.',
      agenda: 'x',
      caseIds: ['1'],
    });
    expect([bad.status, [...new Set(pointersOf(bad.body))]]).toEqual([
      422,
      ['#/agenda', '#/caseIds', '#/kind', '#/plannedOn'],
    ]);
    const key = randomUUID();
    const { body } = await missCm.post(`/v1/cases/${one.caseId}/conferences`, aid, { key });
    expect((await missCm.post(`/v1/cases/${one.caseId}/conferences`, aid, { key })).body.id).toBe(body.id);
    const future = await missCm.post(
      `/v1/conferences/${body.id}/minutes`,
      { ...minutes, heldOn: '2026-03-03' },
      { ifMatch: 1 },
    );
    expect([future.status, pointersOf(future.body)]).toEqual([422, ['#/heldOn']]);
    const both = await Promise.all([
      missCm.post(`/v1/conferences/${body.id}/minutes`, minutes, { ifMatch: 1 }),
      missCm.post(`/v1/conferences/${body.id}/cancellation`, { reason: 'Late' }, { ifMatch: 1 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { status, version } = await missCm.ok('get', `/v1/conferences/${body.id}`);
    expect({ status, version }).toEqual({ status: both[0].status === 200 ? 'held' : 'cancelled', version: 2 });
  });
});

describe('PLAN-6 monitoring', () => {
  const seen = (more: object = {}) => ({
    measureId: planned.measureIds[1],
    source: 'client_contact',
    on: TODAY,
    deliveredAsAgreed: true,
    effect: 'as_expected',
    acceptedByClient: true,
    cooperationWorking: true,
    ...more,
  });
  const record = (body: object) => missCm.post(`/v1/service-plans/${planned.planId}/monitoring`, body);

  it('records what goes well, what deviates and what follows; all parties of the case can read it', async () => {
    const well = await record(seen());
    expect([well.status, well.headers.location]).toEqual([201, `/v1/monitoring/${well.body.id}`]);
    const off = {
      goalId: planned.goalId,
      measureId: undefined,
      effect: 'none',
      cooperationWorking: false,
      deviation: 'No progress',
      decision: 'adjust',
      reason: 'Other exercises',
    };
    const { body } = await record(seen(off));
    expect(await mrX.ok('get', `/v1/monitoring/${body.id}`)).toMatchObject({
      deviations: ['no_effect', 'cooperation'],
      decision: 'adjust',
      measureId: null,
    });
    const { data } = await missCm.ok('get', `/v1/service-plans/${planned.planId}/monitoring`);
    expect(data.map(({ id }: { id: string }) => id)).toEqual([body.id, well.body.id]);
    expect(
      (await missCm.ok('get', `/v1/service-plans/${planned.planId}/monitoring?goalId=${planned.goalId}`)).data,
    ).toHaveLength(1);
    expect(await lotse.sql('select payload from platform.event where aggregate_id = $1', [body.id])).toMatchObject([
      { payload: { planId: planned.planId, caseId: planned.caseId, deviation: true, decision: 'adjust', on: TODAY } },
    ]);
  });

  it('names every wrong field', async () => {
    const undecided = await record(seen({ goalId: planned.goalId, on: '2026-03-03', effect: 'worse' }));
    expect([undecided.status, pointersOf(undecided.body)]).toEqual([
      422,
      ['#/decision', '#/deviation', '#/measureId', '#/on', '#/reason'],
    ]);
    const bad = await record({ source: 'rumour', on: 'today', effect: 'magic' });
    expect([bad.status, [...new Set(pointersOf(bad.body))]]).toEqual([422, ['#/effect', '#/on', '#/source']]);
    const unknown = await record(seen({ measureId: randomUUID() }));
    expect([unknown.status, pointersOf(unknown.body)]).toEqual([422, ['#/measureId']]);
  });

  it('watches agreed plans only, repeats its answer and hides it from others', async () => {
    const of = await openCase(lotse, { client: null });
    const { id: unsigned } = await draftPlan(of);
    const early = await missCm.post(`/v1/service-plans/${unsigned}/monitoring`, seen());
    expect([early.status, early.body.code]).toEqual([409, 'plan-without-agreement']);
    expect(
      (await missCm.post(`/v1/cases/${of.caseId}/reviews`, { planId: unsigned, dueOn: '2026-05-01' })).body.code,
    ).toBe('plan-without-agreement');
    const key = randomUUID();
    const path = `/v1/service-plans/${planned.planId}/monitoring`;
    const first = await missCm.post(path, seen(), { key });
    expect((await missCm.post(path, seen(), { key })).body.id).toBe(first.body.id);
    for (const other of [stranger, mrCm]) {
      expect((await other.post(path, seen())).status).toBe(404);
      expect((await other.get(`/v1/monitoring/${first.body.id}`)).status).toBe(404);
      expect((await other.ok('get', path)).data).toEqual([]);
    }
    await missCm.ok('post', `/v1/service-plans/${planned.planId}/revision`, { reason: 'Housing' }, { ifMatch: '*' });
    expect((await record(seen())).status).toBe(201);
  });
});

describe('PLAN-6 reviews', () => {
  type ReviewSeen = { id: string; status: string; cause: string; dueOn: string; overdue: boolean; moves: object[] };
  const reviewsOf = async (caseId: string): Promise<ReviewSeen[]> =>
    (await missCm.ok('get', `/v1/cases/${caseId}/reviews`)).data;
  const result = {
    heldOn: TODAY,
    participants: ['X', 'Miss CM'],
    findings: 'Walks alone; feels safe',
    decision: 'continue',
    final: false,
    nextDueOn: '2026-06-01',
  };
  const followUpsOf = (id: string) =>
    lotse.sql<{ status: string; due: string }>(
      `select status, due_on::text as due from cases.follow_up where reference = $1`,
      [id],
    );
  const trigger = (day: string) => inSystem(() => lotse.app.get(ReviewTrigger).run(day));

  it('is due as agreed with the plan, visible when overdue, held, and followed by the next until the final one', async () => {
    const of = await openCase(lotse, { client: null });
    const { planId } = await agreedPlan(of);
    const [first] = await reviewsOf(of.caseId);
    expect(first).toMatchObject({
      planId,
      cause: 'plan_agreed',
      dueOn: '2026-08-31',
      status: 'planned',
      overdue: false,
    });
    lotse.at('2026-09-02T09:00:00.000Z');
    expect((await reviewsOf(of.caseId))[0]!.overdue).toBe(true);
    const overdue = await missCm.ok('get', '/v1/reviews?overdue=true&limit=200');
    expect(overdue.data.map(({ id }: ReviewSeen) => id)).toContain(first!.id);
    const held = await missCm.post(
      `/v1/reviews/${first!.id}/holding`,
      { ...result, heldOn: '2026-09-02', nextDueOn: '2027-02-28' },
      { ifMatch: 1 },
    );
    expect([held.status, held.version]).toEqual([200, 2]);
    await lotse.settled();
    expect(await followUpsOf(first!.id)).toMatchObject([{ status: 'closed' }]);
    const [next] = await reviewsOf(of.caseId);
    expect(next).toMatchObject({ cause: 'previous_review', dueOn: '2027-02-28', status: 'planned' });
    expect(await followUpsOf(next!.id)).toEqual([{ status: 'open', due: '2027-02-28' }]);
    const again = await missCm.post(`/v1/reviews/${first!.id}/holding`, result, { ifMatch: '*' });
    expect([again.status, again.body.code]).toEqual([409, 'review-not-planned']);
    await missCm.ok(
      'post',
      `/v1/reviews/${next!.id}/holding`,
      { ...result, heldOn: '2026-09-02', decision: 'evaluate', final: true, nextDueOn: undefined },
      { ifMatch: 1 },
    );
    expect((await reviewsOf(of.caseId)).map(({ status }) => status)).toEqual(['held', 'held']);
    await lotse.settled();
    expect(await missCm.ok('get', `/v1/service-plans/${planId}/progress-watch`)).toMatchObject({ state: 'ended' });
    expect(await trigger('2027-12-01')).toBeGreaterThanOrEqual(0);
    expect(await reviewsOf(of.caseId)).toHaveLength(2);
    const anew = await missCm.post(`/v1/cases/${of.caseId}/reviews`, { planId, dueOn: '2026-10-01' });
    expect(anew.status).toBe(201);
  });

  it('is one at a time: set for another day with a reason, moved by a newer edition', async () => {
    const of = await openCase(lotse, { client: null });
    const { planId } = await agreedPlan(of);
    const [review] = await reviewsOf(of.caseId);
    const second = await missCm.post(`/v1/cases/${of.caseId}/reviews`, { planId, dueOn: '2026-04-01' });
    expect(second.body).toMatchObject({ code: 'review-already-open', reviewId: review!.id, dueOn: '2026-08-31' });
    await missCm.ok(
      'post',
      `/v1/reviews/${review!.id}/rescheduling`,
      { dueOn: '2026-04-01', reason: 'The client asks for it' },
      { ifMatch: 1 },
    );
    await missCm.ok('post', `/v1/service-plans/${planId}/revision`, { reason: 'Housing is secured' }, { ifMatch: '*' });
    for (const party of ['client', 'case_manager'])
      await missCm.ok(
        'post',
        `/v1/service-plans/${planId}/signatures`,
        { party, form: 'written', name: party, signedOn: TODAY, evidence: 'sheet 10' },
        { ifMatch: '*' },
      );
    const terms = {
      reviewOn: '2026-07-01',
      contactEveryWeeks: 2,
      copyHandedOver: { on: TODAY, language: 'de' },
      knownTo: [],
    };
    await missCm.ok('post', `/v1/service-plans/${planId}/agreement`, terms, { ifMatch: '*' });
    await lotse.settled();
    expect(await reviewsOf(of.caseId)).toMatchObject([
      {
        ...{ id: review!.id, version: 3, dueOn: '2026-07-01', cause: 'plan_agreed' },
        moves: [
          { from: '2026-08-31', to: '2026-04-01', cause: 'requested', reason: 'The client asks for it' },
          { from: '2026-04-01', to: '2026-07-01', cause: 'plan_agreed' },
        ],
      },
    ]);
    expect(await followUpsOf(review!.id)).toEqual([{ status: 'open', due: '2026-07-01' }]);
  });

  it('names every wrong field, hides it from others and lets one of two writers win', async () => {
    const of = await openCase(lotse, { client: null });
    const { planId } = await agreedPlan(of);
    const [review] = await reviewsOf(of.caseId);
    const hold = (body: object, ifMatch: number | '*' = 1) =>
      missCm.post(`/v1/reviews/${review!.id}/holding`, body, { ifMatch });
    const bad = await hold({ heldOn: 'x', participants: [], findings: '', decision: 'party', final: 'no' });
    expect([...new Set(pointersOf(bad.body))]).toEqual([
      '#/decision',
      '#/final',
      '#/findings',
      '#/heldOn',
      '#/participants',
    ]);
    expect(
      pointersOf((await hold({ ...result, heldOn: '2026-03-03', final: true, nextDueOn: '2026-01-01' })).body),
    ).toEqual(['#/decision', '#/heldOn', '#/nextDueOn', '#/nextDueOn']);
    expect(
      pointersOf(
        (
          await missCm.post(
            `/v1/reviews/${review!.id}/rescheduling`,
            { dueOn: '2026-03-01', reason: 'x' },
            { ifMatch: 1 },
          )
        ).body,
      ),
    ).toEqual(['#/dueOn']);
    for (const other of [stranger, mrCm]) {
      expect((await other.get(`/v1/reviews/${review!.id}`)).status).toBe(404);
      expect((await other.get(`/v1/cases/${of.caseId}/reviews`)).status).toBe(404);
      expect((await other.post(`/v1/reviews/${review!.id}/holding`, result, { ifMatch: 9 })).status).toBe(404);
      expect((await other.get(`/v1/service-plans/${planId}/progress-watch`)).status).toBe(404);
      expect((await other.put(`/v1/service-plans/${planId}/progress-watch`, { weeks: 3 }, { ifMatch: 9 })).status).toBe(
        404,
      );
    }
    expect(
      (await missCm.post(`/v1/cases/${of.caseId}/reviews`, { planId: planned.planId, dueOn: '2026-05-01' })).body.code,
    ).toBe('plan-not-of-case');
    const both = await Promise.all([
      hold(result),
      hold({ ...result, decision: 'evaluate', final: true, nextDueOn: undefined }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await reviewsOf(of.caseId)).toHaveLength(both[0].status === 200 ? 2 : 1);
  });

  it('is triggered when nothing moved for eight weeks, or as many as set; once', async () => {
    const of = await openCase(lotse, { client: null });
    const { planId, measureIds, goalId } = await agreedPlan(of);
    const [review] = await reviewsOf(of.caseId);
    const causeNow = async () => {
      const { cause, dueOn } = (await missCm.ok('get', `/v1/reviews/${review!.id}`)) as ReviewSeen;
      return { cause, dueOn };
    };
    await trigger('2026-04-27');
    expect(await causeNow()).toEqual({ cause: 'plan_agreed', dueOn: '2026-08-31' });
    lotse.at('2026-04-20T09:00:00.000Z');
    const helped = { measureId: measureIds[2], source: 'direct_contact', on: '2026-04-20', effect: 'some' };
    await missCm.ok('post', `/v1/service-plans/${planId}/monitoring`, helped);
    await lotse.settled();
    expect(await missCm.ok('get', `/v1/service-plans/${planId}/progress-watch`)).toMatchObject({
      id: planId,
      weeks: 8,
      quietSince: '2026-04-20',
    });
    await trigger('2026-06-15');
    expect((await causeNow()).cause).toBe('plan_agreed');
    lotse.at('2026-05-04T09:00:00.000Z');
    for (const [level, on] of [
      [1, '2026-05-04'],
      [0, '2026-05-05'],
    ] as const) {
      lotse.at(`${on}T09:00:00.000Z`);
      await missCm.ok(
        'post',
        `/v1/service-plans/${planId}/goal-ratings`,
        { goalId, level, on, ratedBy: 'case_manager' },
        { ifMatch: '*' },
      );
      await lotse.settled();
    }
    expect(await missCm.ok('get', `/v1/service-plans/${planId}/progress-watch`)).toMatchObject({
      quietSince: '2026-05-04',
    });
    await trigger('2026-06-29');
    expect((await causeNow()).cause).toBe('plan_agreed');
    await Promise.all([trigger('2026-06-30'), trigger('2026-06-30')]);
    expect(await causeNow()).toEqual({ cause: 'no_progress', dueOn: '2026-07-07' });
    expect(await trigger('2026-07-01')).toBe(0);
    await lotse.settled();
    expect(await followUpsOf(review!.id)).toEqual([{ status: 'open', due: '2026-07-07' }]);
    const announced = await lotse.sql(
      `select 1 from platform.event where type = 'service_plan.review_scheduled' and aggregate_id = $1`,
      [review!.id],
    );
    expect(announced).toHaveLength(2);

    lotse.at('2026-07-06T09:00:00.000Z');
    await missCm.ok(
      'post',
      `/v1/reviews/${review!.id}/holding`,
      { ...result, heldOn: '2026-07-06', nextDueOn: '2026-12-01' },
      { ifMatch: '*' },
    );
    await lotse.settled();
    await trigger('2026-07-07');
    expect((await reviewsOf(of.caseId))[0]).toMatchObject({ cause: 'previous_review', dueOn: '2026-12-01' });
    const { version } = await missCm.ok('get', `/v1/service-plans/${planId}/progress-watch`);
    await missCm.ok('put', `/v1/service-plans/${planId}/progress-watch`, { weeks: 2 }, { ifMatch: version });
    expect(
      (await missCm.put(`/v1/service-plans/${planId}/progress-watch`, { weeks: 0 }, { ifMatch: '*' })).status,
    ).toBe(422);
    expect(
      (await missCm.put(`/v1/service-plans/${planId}/progress-watch`, { weeks: 3 }, { ifMatch: version })).status,
    ).toBe(412);
    await missCm.ok(
      'post',
      `/v1/cases/${of.caseId}/suspension`,
      { reason: 'Rehabilitation away', resubmitOn: '2026-09-01' },
      { ifMatch: '*' },
    );
    await lotse.settled();
    await trigger('2026-07-21');
    expect((await reviewsOf(of.caseId))[0]).toMatchObject({ cause: 'previous_review' });
  });
});

describe('PLAN-8 evaluation', () => {
  const verdict = { goalsReached: 3, satisfaction: 4, helpEffective: true, stillNeeded: false };
  const content = {
    ...{
      whatChanged: 'Walks and works from home',
      aftercare: 'None',
      handoverToRegular: 'Physiotherapy by prescription',
    },
    ...{ lessonsForNetwork: 'Neighbours help when asked', appointmentOn: TODAY },
  };
  const rate = (who: ApiClient, id: string, body: object) =>
    who.post(`/v1/evaluations/${id}/ratings`, { ...verdict, ...body }, { ifMatch: '*' });

  /** A case in evaluation with one provider whose help began, and one that was only asked. */
  async function evaluated(client: string | null = null) {
    const of = await openCase(lotse, { client });
    const plan = await agreedPlan(of);
    const helping = await sent(of, { planId: plan.planId, measureId: plan.measureIds[0] });
    await step(helping.provider, helping.id, 'acceptance');
    await step(missCm, helping.id, 'start');
    const asked = await sent(of);
    await lotse.settled();
    await missCm.ok(
      'post',
      `/v1/service-plans/${plan.planId}/goal-ratings`,
      { goalId: plan.goalId, level: 1, on: TODAY, ratedBy: 'case_manager' },
      { ifMatch: '*' },
    );
    const early = await missCm.post(`/v1/cases/${of.caseId}/evaluations`, { planId: plan.planId });
    expect([early.status, early.body.code, early.body.phase]).toEqual([409, 'evaluation-too-early', 'monitoring']);
    const [review] = (await missCm.ok('get', `/v1/cases/${of.caseId}/reviews`)).data;
    const result = { heldOn: TODAY, participants: ['X'], findings: 'Done', decision: 'evaluate', final: true };
    await missCm.ok('post', `/v1/reviews/${review.id}/holding`, result, { ifMatch: '*' });
    await lotse.settled();
    await toPhase(lotse, { caseId: of.caseId, phase: 'evaluation' });
    const { body, headers } = await missCm.post(`/v1/cases/${of.caseId}/evaluations`, { planId: plan.planId });
    expect(headers.location).toBe(`/v1/evaluations/${body.id}`);
    return { ...of, ...plan, helping, asked, evaluationId: body.id as string };
  }

  it('is rated by all sides, recorded with effort and goal attainment, and fixed', async () => {
    const { caseId, planId, helping, evaluationId: id } = await evaluated('mr-x');
    expect((await missCm.post(`/v1/cases/${caseId}/evaluations`, { planId })).body).toMatchObject({
      code: 'evaluation-already-open',
      evaluationId: id,
    });
    const entry = { kind: 'home_visit', function: 'support', minutes: 60, costCents: 450, on: TODAY, text: 'At home' };
    const { id: entryId } = await missCm.ok('post', `/v1/cases/${caseId}/journal-entries`, entry);
    await missCm.ok('post', `/v1/cases/${caseId}/journal-entries`, { ...entry, minutes: 30, costCents: 0 });
    await missCm.ok(
      'post',
      `/v1/journal-entries/${entryId}/corrections`,
      { minutes: 90, costCents: 400, reason: 'Mistyped' },
      { ifMatch: 1 },
    );
    await lotse.settled();

    const refused = await missCm.post(`/v1/evaluations/${id}/recording`, {}, { ifMatch: 1 });
    expect([refused.status, refused.body.code]).toEqual([409, 'evaluation-not-complete']);
    expect(refused.body.providerIds).toEqual([helping.providerId]);
    expect(unmetOf(refused.body)).toHaveLength(8);

    // The sides rate at the same time and none is lost.
    expect(await helping.provider.ok('get', `/v1/referrals/${helping.id}`)).toMatchObject({ evaluationId: id });
    const rated = await Promise.all([
      rate(mrX, id, { side: 'client', comment: 'Miss CM was there for us' }),
      rate(helping.provider, id, { side: 'provider' }),
      rate(missCm, id, { side: 'case_manager', otherHelpNeeded: 'Debt advice goes on' }),
    ]);
    expect(rated.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await mrX.ok('get', `/v1/evaluations/${id}`)).ratings).toMatchObject([{ side: 'client' }]);
    expect((await missCm.ok('get', `/v1/evaluations/${id}`)).ratings).toHaveLength(3);

    await missCm.ok('patch', `/v1/evaluations/${id}`, content, { ifMatch: 4 });
    const { tScore: attained } = await missCm.ok('get', `/v1/service-plans/${planId}/goal-attainment`);
    await missCm.ok('post', `/v1/evaluations/${id}/recording`, {}, { ifMatch: 5 });
    const seen = await mrX.ok('get', `/v1/evaluations/${id}`);
    expect(seen).toMatchObject({
      ...content,
      status: 'recorded',
      tScore: attained,
      effort: { minutes: 120, costCents: 400 },
    });
    expect(seen.ratings).toHaveLength(3);
    expect((await missCm.ok('get', `/v1/cases/${caseId}/evaluations`)).data).toMatchObject([
      { id, status: 'recorded', tScore: attained },
    ]);

    for (const change of [
      missCm.patch(`/v1/evaluations/${id}`, { aftercare: 'More' }, { ifMatch: '*' }),
      rate(mrX, id, { side: 'client' }),
      missCm.post(`/v1/evaluations/${id}/missing-ratings`, { side: 'client', reason: 'Late' }, { ifMatch: '*' }),
      missCm.post(`/v1/evaluations/${id}/recording`, {}, { ifMatch: '*' }),
    ])
      expect((await change).body.code).toBe('evaluation-fixed');
    const events = await lotse.sql<{ payload: object }>(`select payload from platform.event where aggregate_id = $1`, [
      id,
    ]);
    expect(events).toMatchObject([
      { payload: { caseId, missingExplained: [], appointmentOn: TODAY, tScore: attained } },
    ]);
    expect([...(events[0]!.payload as { ratedBy: string[] }).ratedBy].sort()).toEqual([
      'case_manager',
      'client',
      'provider',
    ]);
    expect(JSON.stringify(events)).not.toContain('there for us');
  });

  it('is rated for one’s own side only; the case manager enters what others said', async () => {
    const { helping, asked, evaluationId: id, ...of } = await evaluated();
    const declined = await sent(of);
    await step(declined.provider, declined.id, 'declination', { reason: 'no_capacity' });
    const expired = await sent(of, {}, { validUntil: TODAY });
    lotse.at('2026-03-03T09:00:00.000Z');
    for (const [who, body, status] of [
      [mrX, { side: 'client' }, 404],
      [mrCm, { side: 'case_manager' }, 404],
      [stranger, { side: 'case_manager' }, 404],
      [(await place()).provider, { side: 'provider' }, 404],
      [declined.provider, { side: 'provider' }, 404],
      [expired.provider, { side: 'provider' }, 404],
      [missCm, { side: 'provider', providerId: declined.providerId, onBehalf: 'By phone' }, 422],
      [helping.provider, { side: 'client' }, 403],
      [helping.provider, { side: 'provider', providerId: asked.providerId }, 403],
      [missCm, { side: 'client' }, 403],
      [missCm, { side: 'case_manager', onBehalf: 'myself' }, 403],
      [missCm, { side: 'provider', providerId: randomUUID(), onBehalf: 'By phone' }, 422],
      [asked.provider, { side: 'provider' }, 200],
      [missCm, { side: 'client', onBehalf: 'In the talk today' }, 200],
      [missCm, { side: 'provider', providerId: helping.providerId, onBehalf: 'By phone' }, 200],
      [missCm, { side: 'case_manager' }, 200],
    ] as const)
      expect([body, (await rate(who, id, body)).status]).toEqual([body, status]);
    expect(
      (await teamLead.post(`/v1/evaluations/${id}/ratings`, { ...verdict, side: 'case_manager' }, { ifMatch: '*' }))
        .status,
    ).toBe(403);
    const { ratings } = await missCm.ok('get', `/v1/evaluations/${id}`);
    expect(ratings).toContainEqual(
      expect.objectContaining({ side: 'client', onBehalf: 'In the talk today', recordedBy: missCm.subject }),
    );
    expect(ratings).toHaveLength(4);
  });

  it('explains sides that do not rate and an appointment that was not held; given effort counts', async () => {
    const { helping, evaluationId: id } = await evaluated();
    await rate(missCm, id, { side: 'case_manager' });
    const explain = (body: object) =>
      missCm.post(`/v1/evaluations/${id}/missing-ratings`, { reason: 'Not reached', ...body }, { ifMatch: '*' });
    expect((await explain({ side: 'case_manager' })).body.code).toBe('evaluation-already-rated');
    expect((await explain({ side: 'provider' })).body.code).toBe('evaluation-provider-not-involved');
    expect((await explain({ side: 'client' })).status).toBe(200);
    expect((await explain({ side: 'provider', providerId: helping.providerId })).status).toBe(200);
    const noDay = await missCm.patch(`/v1/evaluations/${id}`, { appointmentNotHeldReason: 'Moved' }, { ifMatch: '*' });
    expect([noDay.status, pointersOf(noDay.body)]).toEqual([422, ['#/appointmentOn']]);
    const effort = { minutes: 900, costCents: 0 };
    await missCm.ok(
      'patch',
      `/v1/evaluations/${id}`,
      { ...content, appointmentOn: '2026-03-10', effort },
      { ifMatch: '*' },
    );
    expect(unmetOf((await missCm.post(`/v1/evaluations/${id}/recording`, {}, { ifMatch: '*' })).body)).toEqual([
      'evaluation-appointment-missing',
    ]);
    await missCm.ok('patch', `/v1/evaluations/${id}`, { appointmentNotHeldReason: 'Moved away' }, { ifMatch: '*' });
    await missCm.ok('post', `/v1/evaluations/${id}/recording`, {}, { ifMatch: '*' });
    expect(await missCm.ok('get', `/v1/evaluations/${id}`)).toMatchObject({
      effort,
      notRated: [{ side: 'client' }, { side: 'provider' }],
    });
    await lotse.settled();
    const [event] = await lotse.sql<{ payload: object }>('select payload from platform.event where aggregate_id = $1', [
      id,
    ]);
    expect(event!.payload).toMatchObject({
      ratedBy: ['case_manager'],
      missingExplained: ['client', 'provider'],
      appointmentOn: '2026-03-10',
    });
  });

  it('names every wrong field, hides it from others and lets one of two writers win', async () => {
    const { caseId, planId, evaluationId: id } = await evaluated();
    const bad = await rate(missCm, id, {
      side: 'neighbour',
      goalsReached: 5,
      satisfaction: 'much',
      helpEffective: 'yes',
    });
    expect([bad.status, [...new Set(pointersOf(bad.body))]]).toEqual([
      422,
      ['#/goalsReached', '#/helpEffective', '#/satisfaction', '#/side'],
    ]);
    for (const other of [stranger, mrCm]) {
      expect((await other.get(`/v1/evaluations/${id}`)).status).toBe(404);
      expect((await other.get(`/v1/cases/${caseId}/evaluations`)).status).toBe(404);
      expect((await other.patch(`/v1/evaluations/${id}`, content, { ifMatch: 9 })).status).toBe(404);
      expect((await other.post(`/v1/cases/${caseId}/evaluations`, { planId })).status).toBe(404);
    }
    const both = await Promise.all(
      [1, 2].map((n) => missCm.patch(`/v1/evaluations/${id}`, { aftercare: `Plan ${n}` }, { ifMatch: 1 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await missCm.ok('get', `/v1/evaluations/${id}`)).toMatchObject({
      version: 2,
      aftercare: both[0]!.status === 200 ? 'Plan 1' : 'Plan 2',
    });
  });
});

it('leaves no event parked', async () => {
  await lotse.settled();
  expect(await lotse.sql('select subscription, error from platform.parked_event')).toEqual([]);
});
