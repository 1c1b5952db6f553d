import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type PlannedCase, agreedPlan } from './support/plan-story';
import { allSixMet, openCase } from './support/story';

const TODAY = '2026-03-02';
const any = { ifMatch: '*' } as const;
const [home, other] = demoTenants;
const CATEGORIES = ['identity', 'situation', 'contact', 'service_plan'];

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let stranger: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(`${TODAY}T09:00:00.000Z`);
  [missCm, mrCm, stranger] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-cm'), lotse.as('stranger')]);
});
afterAll(() => lotse?.close());
afterEach(() => lotse.at(`${TODAY}T09:00:00.000Z`));

const OFFER = {
  reason: 'The client has moved.',
  summary: 'Home again since March; the neighbours help, physiotherapy is about to begin.',
  answerBy: '2026-03-31',
};
const offer = (caseId: string, more: object) => missCm.post(`/v1/cases/${caseId}/transfers`, { ...OFFER, ...more });
const toMrCm = (caseId: string, more: object = {}) => offer(caseId, { caseManager: mrCm.subject, ...more });
const toOther = (caseId: string, more: object = {}) =>
  offer(caseId, { organisationId: other.id, categories: CATEGORIES, ...more });
const release = async ({ caseId, personId }: { caseId: string; personId: string }, more: object = {}) =>
  (
    await missCm.ok('post', `/v1/cases/${caseId}/consents`, {
      personId,
      kind: 'disclosure',
      purpose: 'case_transfer',
      categories: CATEGORIES,
      recipients: [{ kind: 'organisation', id: other.id, name: other.name }],
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
const accept = (id: string, who: ApiClient = stranger) =>
  who.post(`/v1/${who === stranger ? 'transfer-offers' : 'transfers'}/${id}/acceptance`, {}, any);
type Offered = PlannedCase & { id: string; releaseId: string };
/** A case with a plan in force, offered to the other organisation. */
async function offered(more: object = {}): Promise<Offered> {
  const mrX = await agreedPlan(lotse, { as: 'miss-cm', client: 'mr-x' });
  await missCm.ok('post', `/v1/cases/${mrX.caseId}/follow-ups`, { dueOn: '2026-03-09', subject: 'Call Mr X' });
  const releaseId = await release(mrX);
  const { status, body } = await toOther(mrX.caseId, more);
  expect([status, body.code]).toEqual([201, undefined]);
  return { ...mrX, id: body.id, releaseId };
}
const stateOf = async (caseId: string) => {
  const { status, closure } = await missCm.ok('get', `/v1/cases/${caseId}`);
  return [status, closure?.reason ?? null];
};

describe('to a case manager of the house', () => {
  it('CASE-12: moves with the acceptance, and the sender’s access ends with it', async () => {
    const { caseId } = await openCase(lotse, { client: null });
    const { body } = await toMrCm(caseId);
    expect((await mrCm.get(`/v1/cases/${caseId}`)).status).toBe(404);
    expect((await mrCm.ok('get', '/v1/transfers')).data).toMatchObject([{ id: body.id, caseId, status: 'proposed' }]);
    expect(await mrCm.ok('get', `/v1/transfers/${body.id}`)).toMatchObject({
      summary: OFFER.summary,
      facts: { asOf: TODAY, phase: 'clarification', caseStatus: 'active', agreedOn: TODAY },
      from: missCm.subject,
      categories: [],
    });
    expect((await stranger.get(`/v1/transfers/${body.id}`)).status).toBe(404);
    await mrCm.ok('post', `/v1/transfers/${body.id}/acceptance`, {}, { ifMatch: 1 });
    expect(await mrCm.ok('get', `/v1/cases/${caseId}`)).toMatchObject({
      responsible: mrCm.subject,
      team: 'employment',
      responsibilities: [{ subject: missCm.subject }, { subject: mrCm.subject, reason: OFFER.reason }],
    });
    expect((await missCm.get(`/v1/cases/${caseId}`)).status).toBe(404);
    expect((await accept(body.id, mrCm)).body.code).toBe('transfer-not-proposed');
  });

  it('CASE-12: the sender goes on in this case alone until the day offered', async () => {
    const { caseId } = await openCase(lotse, { client: null });
    const another = await openCase(lotse, { as: 'mr-cm', client: null });
    const { body } = await toMrCm(caseId, { senderUntil: '2026-03-10' });
    expect((await accept(body.id, mrCm)).status).toBe(200);
    const entry = { kind: 'contact_phone', function: 'support', minutes: 5, on: TODAY, text: 'Told of the change.' };
    await missCm.ok('post', `/v1/cases/${caseId}/journal-entries`, entry);
    expect((await missCm.get(`/v1/cases/${another.caseId}`)).status).toBe(404);
    lotse.at('2026-03-10T22:59:59.999Z');
    expect((await missCm.get(`/v1/cases/${caseId}`)).status).toBe(200);
    lotse.at('2026-03-10T23:00:00.000Z');
    expect((await missCm.get(`/v1/cases/${caseId}`)).status).toBe(404);
  });

  it('CASE-12: is declined with a reason, withdrawn, or overtaken', async () => {
    const { caseId } = await openCase(lotse, { client: null });
    const first = (await toMrCm(caseId)).body.id;
    expect((await toMrCm(caseId)).body).toMatchObject({ code: 'transfer-already-proposed', transferId: first });
    await mrCm.ok('post', `/v1/transfers/${first}/decline`, { reason: 'No room.' }, any);
    expect(await missCm.ok('get', `/v1/transfers/${first}`)).toMatchObject({
      status: 'declined',
      steps: [{}, { by: mrCm.subject, reason: 'No room.' }],
    });
    const second = (await toMrCm(caseId)).body.id;
    await missCm.ok('post', `/v1/transfers/${second}/withdrawal`, { reason: 'Stays here.' }, any);
    expect((await accept(second, mrCm)).body.code).toBe('transfer-not-proposed');
    const third = (await toMrCm(caseId)).body.id;
    const lead = await lotse.as('team-lead');
    const colleague = randomUUID();
    await lead.ok('post', `/v1/cases/${caseId}/handover`, { to: colleague, reason: 'Leave.' }, any);
    expect((await accept(third, mrCm)).body.code).toBe('transfer-case-moved');
    for (const who of [missCm, stranger])
      expect((await who.post(`/v1/transfers/${third}/acceptance`, {}, any)).status).toBe(404);
    expect((await missCm.post(`/v1/transfers/${third}/withdrawal`, { reason: 'x' }, any)).status).toBe(404);
  });

  it('CASE-12: an offer past its day makes way for the next', async () => {
    const { caseId } = await openCase(lotse, { client: null });
    const { body } = await toMrCm(caseId);
    lotse.at('2026-04-01T08:00:00.000Z');
    expect((await accept(body.id, mrCm)).body.code).toBe('transfer-time-over');
    expect((await mrCm.ok('get', `/v1/transfers/${body.id}`)).status).toBe('withdrawn');
    expect((await toMrCm(caseId, { answerBy: '2026-04-30' })).status).toBe(201);
    expect((await missCm.ok('get', `/v1/cases/${caseId}/transfers`)).data).toMatchObject([
      { status: 'proposed' },
      { id: body.id, status: 'withdrawn' },
    ]);
  });

  it('CASE-12: the colleague reads the handover while the offer waits for their answer, and not longer', async () => {
    const { caseId } = await agreedPlan(lotse, { client: null });
    const told = async (id: string, who: ApiClient = mrCm) => {
      const { summary, facts } = await who.ok('get', `/v1/transfers/${id}`);
      return [summary !== null, facts !== null];
    };
    const first = (await toMrCm(caseId)).body.id;
    expect(await told(first)).toEqual([true, true]);
    await missCm.ok('post', `/v1/transfers/${first}/withdrawal`, { reason: 'Stays here.' }, any);
    expect([await told(first), await told(first, missCm)]).toEqual([
      [false, false],
      [true, true],
    ]);
    const second = (await toMrCm(caseId)).body.id;
    lotse.at('2026-04-01T08:00:00.000Z');
    expect(await told(second)).toEqual([false, false]);
    lotse.at(`${TODAY}T09:00:00.000Z`);
    await mrCm.ok('post', `/v1/transfers/${second}/decline`, { reason: 'No room.' }, any);
    expect(await told(second)).toEqual([false, false]);
  });

  it('CASE-7, CASE-12: nobody becomes responsible by an offer of their own', async () => {
    const { caseId } = await openCase(lotse, { client: null });
    await missCm.ok('put', `/v1/cases/${caseId}/deputy`, { deputy: mrCm.subject }, any);
    const self = await mrCm.post(`/v1/cases/${caseId}/transfers`, { ...OFFER, caseManager: mrCm.subject });
    expect([self.status, self.body.code]).toEqual([409, 'transfer-to-oneself']);
    expect((await toMrCm(caseId)).status).toBe(201);
  });

  it('CONS-6: a restricted case is neither read in an offer nor taken over', async () => {
    const { caseId, personId } = await openCase(lotse, { client: null });
    const { id } = (await toMrCm(caseId)).body;
    const dpo = await lotse.as('dpo');
    const restriction = { personId, ground: 'accuracy_contested', reason: 'Of another man' };
    await dpo.ok('post', '/v1/processing-restrictions', restriction);
    const answers = [await mrCm.get(`/v1/transfers/${id}`), await accept(id, mrCm)];
    answers.push(await mrCm.post(`/v1/transfers/${id}/decline`, { reason: 'x' }, any));
    expect(answers.map(({ body }) => body.code)).toEqual(Array(3).fill('processing-restricted'));
    expect(JSON.stringify((await mrCm.ok('get', '/v1/transfers')).data)).not.toContain(caseId);
  });

  it('CASE-7, CASE-12: not beyond the caseload of whoever accepts', async () => {
    const { caseId } = await openCase(lotse, { client: null });
    const cm = await lotse.asUser({
      subject: randomUUID(),
      tenantId: home.id,
      roles: ['case_manager'],
      teams: ['hospital'],
    });
    await (await lotse.as('org-admin')).ok('put', `/v1/staff/${cm.subject}`, { displayName: 'C', caseloadLimit: 1 });
    await lotse.sql(`update cases.case set responsible = $2 where id = $1`, [
      (await openCase(lotse, { client: null })).caseId,
      cm.subject,
    ]);
    const { body } = await offer(caseId, { caseManager: cm.subject });
    expect((await accept(body.id, cm)).body.code).toBe('caseload-exceeded');
    expect((await missCm.ok('get', `/v1/transfers/${body.id}`)).status).toBe('proposed');
  });

  it('CASE-12: of an acceptance and a withdrawal at the same time one counts', async () => {
    const { caseId } = await openCase(lotse, { client: null });
    const { body } = await toMrCm(caseId);
    const [accepted, withdrawn] = await Promise.all([
      mrCm.post(`/v1/transfers/${body.id}/acceptance`, {}, { ifMatch: 1 }),
      missCm.post(`/v1/transfers/${body.id}/withdrawal`, { reason: 'x' }, { ifMatch: 1 }),
    ]);
    expect([accepted.status, withdrawn.status].filter((status) => status === 200)).toHaveLength(1);
    const { responsible } = await (accepted.status === 200 ? mrCm : missCm).ok('get', `/v1/cases/${caseId}`);
    expect(responsible).toBe(accepted.status === 200 ? mrCm.subject : missCm.subject);
  });

  it('CASE-12: accepted twice at once, it is taken over once, and the other is told that it was answered', async () => {
    for (const [ifMatch, status, code] of [
      [1, 412, 'precondition-failed'],
      ['*', 409, 'transfer-not-proposed'],
    ] as const) {
      const { caseId } = await openCase(lotse, { client: null });
      const { body } = await toMrCm(caseId);
      const accept = () => mrCm.post(`/v1/transfers/${body.id}/acceptance`, {}, { ifMatch });
      const both = await Promise.all([accept(), accept()]);
      const [first, second] = both.sort((a, b) => a.status - b.status);
      expect([first!.status, second!.status, second!.body.code]).toEqual([200, status, code]);
    }
  });

  it('CASE-12: names every wrong field; clients neither offer nor read', async () => {
    const { caseId } = await openCase(lotse, { client: 'miss-x' });
    const pointers = ({ body }: { body: { errors: { pointer: string }[] } }) =>
      body.errors.map((e) => e.pointer).sort();
    expect(pointers(await offer(caseId, { summary: '', answerBy: 'x', categories: ['health'] }))).toEqual([
      '#/answerBy',
      '#/categories',
      '#/summary',
    ]);
    expect(pointers(await offer(caseId, {}))).toEqual(['#/caseManager', '#/organisationId']);
    expect(pointers(await toMrCm(caseId, { answerBy: '2026-03-01', senderUntil: '2026-03-01' }))).toEqual([
      '#/answerBy',
      '#/senderUntil',
    ]);
    expect(pointers(await offer(caseId, { organisationId: home.id }))).toEqual(['#/organisationId']);
    expect((await offer(caseId, { caseManager: missCm.subject })).body.code).toBe('transfer-to-responsible');
    const { body } = await toMrCm(caseId);
    const missX = await lotse.as('miss-x');
    expect((await missX.get(`/v1/cases/${caseId}/handover-facts`)).status).toBe(404);
    expect((await missX.get(`/v1/transfers/${body.id}`)).status).toBe(404);
    expect((await missX.ok('get', `/v1/cases/${caseId}/transfers`)).data).toEqual([]);
    // Not even where somebody names their account as the colleague.
    await missCm.ok('post', `/v1/transfers/${body.id}/withdrawal`, { reason: 'x' }, any);
    const mistaken = (await offer(caseId, { caseManager: missX.subject })).body.id;
    expect((await missX.get(`/v1/transfers/${mistaken}`)).status).toBe(404);
    expect((await missX.ok('get', '/v1/transfers')).data).toEqual([]);
    expect((await missX.post(`/v1/cases/${caseId}/transfers`, OFFER)).status).toBe(403);
  });
});

describe('to another organisation', () => {
  it('CONS-3: only on one release that covers all that is handed over, for this purpose', async () => {
    const mrX = await openCase(lotse, { client: 'mr-x' });
    expect((await toOther(mrX.caseId)).body).toMatchObject({ code: 'consent-required', categories: CATEGORIES });
    await release(mrX, { purpose: 'coordination' });
    expect((await toOther(mrX.caseId)).body.reason).toBe('other-purpose');
    await release(mrX, { categories: CATEGORIES.slice(0, 2) });
    expect((await toOther(mrX.caseId)).body.categories).toEqual(['contact', 'service_plan']);
    expect((await toOther(mrX.caseId, { categories: ['situation'] })).body.code).toBe('validation-error');
    expect((await toOther(mrX.caseId, { categories: ['identity', 'situation'] })).status).toBe(201);
  });

  it('CASE-12: the summary to decide by comes without names, and nothing else before the acceptance', async () => {
    const { id, caseId, personId } = await offered();
    const { data } = await stranger.ok('get', '/v1/transfer-offers');
    expect(data.find((one: { id: string }) => one.id === id)).toEqual({
      id,
      version: 1,
      organisation: { id: home.id, name: home.name },
      status: 'proposed',
      answerBy: '2026-03-31',
      offeredAt: `${TODAY}T09:00:00.000Z`,
    });
    const { body } = await stranger.get(`/v1/transfer-offers/${id}`);
    expect(body).toMatchObject({
      requestId: null,
      categories: CATEGORIES,
      handover: {
        summary: OFFER.summary,
        facts: {
          phase: 'linking',
          followUps: [{ dueOn: '2026-03-09', subject: null }, {}, { cause: 'plan_review', subject: null }],
          plans: [{ edition: 1, goals: [{ level: 'principle', statement: null }, {}, {}] }],
          measures: [{ title: null, responsible: 'client', state: 'planned' }],
          referrals: [],
          nextDates: [{ what: 'review' }],
        },
      },
    });
    for (const kept of [caseId, personId, 'Call Mr X', '1971-04-12', 'Mr X'])
      expect(JSON.stringify(body)).not.toContain(kept);
    expect((await stranger.get('/v1/persons')).body.data).toEqual([]);
    expect((await stranger.get(`/v1/cases/${caseId}`)).status).toBe(404);
    // A steering invitation is another thing.
    for (const path of [`/v1/steering-invitations/${id}`, `/v1/steering-invitations/${id}/plan`])
      expect((await stranger.get(path)).status).toBe(404);
    expect((await missCm.get(`/v1/transfer-offers/${id}`)).status).toBe(404);
    const admin = await lotse.asUser({ subject: 'x', tenantId: other.id, roles: ['org_admin'] });
    expect((await admin.get(`/v1/transfer-offers/${id}`)).status).toBe(403);
    await lotse.settled();
    expect((await missCm.ok('get', `/v1/cases/${caseId}/disclosures`)).data).toMatchObject([
      { flow: 'case_transfer', sourceId: id, categories: ['situation', 'service_plan'] },
    ]);
    expect(
      await lotse.sql(
        `select actor, actor_tenant_id, action from platform.access_log where tenant_id = $1 and case_id = $2 and resource_type = 'case_transfer'
           and actor_tenant_id is not null`,
        [home.id, caseId],
      ),
    ).toEqual([{ actor: stranger.subject, actor_tenant_id: other.id, action: 'disclose' }]);
  });

  it('CASE-12: the receiver starts from it with a record of its own, the sender keeps its own, closed', async () => {
    const { id, caseId, personId } = await offered();
    await missCm.ok('patch', `/v1/persons/${personId}`, { phone: '+49 30 1234567', town: 'Berlin' }, any);
    expect((await accept(id)).status).toBe(200);
    const { requestId, handover, status } = (await stranger.get(`/v1/transfer-offers/${id}`)).body;
    expect([handover, status]).toEqual([null, 'accepted']);
    const request = await stranger.ok('get', `/v1/case-requests/${requestId}`);
    expect(request).toMatchObject({ concern: OFFER.summary, fieldOfPractice: 'health', status: 'open' });
    expect(request.personId).not.toBe(personId);
    expect(await stranger.ok('get', `/v1/persons/${request.personId}`)).toMatchObject({
      familyName: 'X',
      birthDate: '1971-04-12',
      phone: '+49 30 1234567',
      town: 'Berlin',
      portalSubject: null,
    });
    expect(await stranger.ok('get', `/v1/case-requests/${requestId}/handover`)).toMatchObject({
      transferId: id,
      organisation: { id: home.id, name: home.name },
      summary: OFFER.summary,
      facts: { phase: 'linking', measures: [{ title: 'Daily exercises with the neighbour' }] },
      receivedBy: stranger.subject,
    });
    // Two persons, two keys.
    const keys = await lotse.sql(
      'select tenant_id, wrapped_key from cases.person where id = any($1::uuid[]) order by tenant_id',
      [[personId, request.personId]],
    );
    expect(keys.map((one) => one.tenant_id)).toEqual([home.id, other.id]);
    // It goes its own way from here.
    await stranger.ok('put', `/v1/case-requests/${requestId}/screening`, allSixMet, any);
    await stranger.ok('post', `/v1/case-requests/${requestId}/screening/completion`, undefined, any);
    const own = await stranger.ok('post', '/v1/cases', { requestId });
    for (const who of [missCm, mrCm])
      for (const path of [
        `/v1/cases/${own.id}`,
        `/v1/case-requests/${requestId}`,
        `/v1/case-requests/${requestId}/handover`,
      ])
        expect((await who.get(path)).status).toBe(404);
    expect(await stateOf(caseId)).toEqual(['closed', 'handed_over']);
    await lotse.settled();
    expect((await missCm.ok('get', `/v1/cases/${caseId}/disclosures`)).data).toMatchObject([
      { flow: 'case_transfer', categories: CATEGORIES },
      { flow: 'case_transfer', categories: ['situation', 'service_plan'] },
    ]);
    expect((await accept(id)).body.code).toBe('transfer-not-proposed');
    expect(await lotse.sql('select 1 from cases.received_handover where transfer_id = $1', [id])).toHaveLength(1);
  });

  it('CASE-12: the sender’s case stays open until the day agreed', async () => {
    const { id, caseId } = await offered({ senderUntil: '2026-03-20' });
    expect((await accept(id)).status).toBe(200);
    expect(await stateOf(caseId)).toEqual(['active', null]);
    lotse.at('2026-03-20T20:00:00.000Z');
    await lotse.app.get(DailyJobs).runAll();
    expect(await stateOf(caseId)).toEqual(['active', null]);
    lotse.at('2026-03-21T02:00:00.000Z');
    await lotse.app.get(DailyJobs).runAll();
    await lotse.app.get(DailyJobs).runAll();
    expect(await stateOf(caseId)).toEqual(['closed', 'handed_over']);
  });

  it('CASE-12: without contact and plan in the release nothing of them goes over', async () => {
    const mrX = await agreedPlan(lotse, { as: 'miss-cm', client: 'mr-x' });
    await release(mrX, { categories: ['identity', 'situation'] });
    const { body } = await toOther(mrX.caseId, { categories: ['identity', 'situation'] });
    expect((await stranger.get(`/v1/transfer-offers/${body.id}`)).body.handover.facts).toMatchObject({
      plans: [],
      measures: [],
      nextDates: [],
    });
    expect((await accept(body.id)).status).toBe(200);
    const { requestId } = (await stranger.get(`/v1/transfer-offers/${body.id}`)).body;
    const { personId } = await stranger.ok('get', `/v1/case-requests/${requestId}`);
    expect(await stranger.ok('get', `/v1/persons/${personId}`)).toMatchObject({
      familyName: 'X',
      phone: null,
      town: null,
    });
  });

  it('CONS-2: ends with the release at once: neither read nor accepted', async () => {
    const { id, releaseId, caseId } = await offered();
    await missCm.ok('post', `/v1/consents/${releaseId}/withdrawal`, { categories: ['contact'] }, any);
    expect((await stranger.get(`/v1/transfer-offers/${id}`)).body.handover).toBeNull();
    expect(['transfer-consent-ended', 'transfer-not-proposed']).toContain((await accept(id)).body.code);
    await lotse.settled();
    expect(await missCm.ok('get', `/v1/transfers/${id}`)).toMatchObject({
      status: 'withdrawn',
      steps: [{}, { cause: 'consent_withdrawn' }],
    });
    expect((await accept(id)).body.code).toBe('transfer-not-proposed');
    expect(await stateOf(caseId)).toEqual(['active', null]);
  });

  it('CONS-2: an acceptance and a withdrawal at the same time: all of it, or nothing', async () => {
    const { id, releaseId, caseId } = await offered();
    const before = await lotse.sql('select 1 from cases.person where tenant_id = $1', [other.id]);
    const [accepted] = await Promise.all([
      accept(id),
      missCm.ok('post', `/v1/consents/${releaseId}/withdrawal`, {}, any),
    ]);
    expect([200, 409]).toContain(accepted.status);
    const after = await lotse.sql('select 1 from cases.person where tenant_id = $1', [other.id]);
    expect(after.length - before.length).toBe(accepted.status === 200 ? 1 : 0);
    expect(await stateOf(caseId)).toEqual(accepted.status === 200 ? ['closed', 'handed_over'] : ['active', null]);
  });

  it('CASE-12: is declined, withdrawn by the sender, and ends with the case', async () => {
    const declined = await offered();
    await stranger.ok('post', `/v1/transfer-offers/${declined.id}/decline`, { reason: 'No room.' }, { ifMatch: 1 });
    expect(await missCm.ok('get', `/v1/transfers/${declined.id}`)).toMatchObject({
      status: 'declined',
      steps: [{}, { reason: 'No room.' }],
    });
    expect((await stranger.get(`/v1/transfer-offers/${declined.id}`)).body.handover).toBeNull();
    const withdrawn = await offered();
    await missCm.ok('post', `/v1/transfers/${withdrawn.id}/withdrawal`, { reason: 'Stays.' }, any);
    expect((await accept(withdrawn.id)).body.code).toBe('transfer-not-proposed');
    expect(
      (await stranger.post(`/v1/transfer-offers/${withdrawn.id}/decline`, { reason: 'x' }, { ifMatch: 1 })).status,
    ).toBe(412);
    const closed = await offered();
    await missCm.ok('post', `/v1/cases/${closed.caseId}/closure`, { reason: 'deceased', note: 'Died.' }, any);
    expect((await stranger.get(`/v1/transfer-offers/${closed.id}`)).body.handover).toBeNull();
    expect(['transfer-case-moved', 'transfer-not-proposed']).toContain((await accept(closed.id)).body.code);
    await lotse.settled();
    expect((await missCm.ok('get', `/v1/transfers/${closed.id}`)).status).toBe('withdrawn');
    for (const id of [randomUUID(), withdrawn.caseId]) expect((await accept(id)).status).toBe(404);
  });

  it('CASE-12: is not taken over once somebody else became responsible', async () => {
    const { id, caseId } = await offered();
    const to = { to: mrCm.subject, team: 'employment', reason: 'Leave.' };
    await (await lotse.as('team-lead')).ok('post', `/v1/cases/${caseId}/handover`, to, any);
    expect((await stranger.get(`/v1/transfer-offers/${id}`)).body.handover).toBeNull();
    expect((await accept(id)).body.code).toBe('transfer-case-moved');
    await mrCm.ok('post', `/v1/transfers/${id}/withdrawal`, { reason: 'Stays here.' }, any);
    expect((await mrCm.ok('get', `/v1/cases/${caseId}`)).closure).toBeNull();
  });

  it('CONS-4, CASE-12: exceptions, what went out on them and emergency accesses stay with those who work on the case', async () => {
    const mrX = await agreedPlan(lotse, { as: 'miss-cm', client: 'mr-x' });
    const network = await lotse.as('network-manager');
    const { id: providerId } = await network.ok('post', '/v1/providers', { name: 'Crisis service' });
    const service = { providerId, name: 'Crisis help', problemAreas: ['family_problems'], region: 'Köln' };
    const { id: serviceId } = await network.ok('post', '/v1/services', service);
    await missCm.ok('post', `/v1/cases/${mrX.caseId}/consent-exceptions`, {
      personId: mrX.personId,
      kind: 'self_harm',
      legalBasis: 'STGB_34',
      facts: 'Speaks of ending his life.',
      milderMeans: 'Talked with him twice.',
      assessedWith: ['Team lead'],
      priorNotice: { given: false, reason: 'He would run away.' },
      purpose: 'referral',
      categories: ['identity'],
      recipient: { kind: 'organisation', id: providerId, name: 'Crisis service' },
      validUntil: '2026-03-31',
    });
    const { id: referral } = await missCm.ok('post', `/v1/cases/${mrX.caseId}/referrals`, {
      serviceId,
      purposeText: 'Please help at once',
      categories: ['identity'],
      informationPackage: 'Lives alone.',
      clientInformedOn: TODAY,
    });
    await missCm.ok('post', `/v1/referrals/${referral}/sending`, {}, any);
    await mrCm.ok('post', `/v1/cases/${mrX.caseId}/emergency-accesses`, {
      reasonCode: 'acute_danger_to_client',
      justification: 'The police ask where he may be found.',
      minutes: 30,
    });
    await lotse.settled();
    await release(mrX);
    const told = (facts: object) =>
      ['exception', 'emergency', 'Crisis'].filter((s) => JSON.stringify(facts).includes(s));
    expect(told(await missCm.ok('get', `/v1/cases/${mrX.caseId}/handover-facts`))).toEqual([
      'exception',
      'emergency',
      'Crisis',
    ]);
    const outside = (await toOther(mrX.caseId)).body.id;
    expect(told((await stranger.get(`/v1/transfer-offers/${outside}`)).body.handover.facts)).toEqual([]);
    // What is kept with the offer is in the client's copy of their data as well.
    expect(told((await missCm.ok('get', `/v1/transfers/${outside}`)).facts)).toEqual([]);
  });

  it('CONS-6: what came with a case is restricted with the person of the receiver', async () => {
    const { id } = await offered();
    await accept(id);
    const { requestId } = (await stranger.get(`/v1/transfer-offers/${id}`)).body;
    const { personId } = await stranger.ok('get', `/v1/case-requests/${requestId}`);
    const dpo = await lotse.as('dpo', { tenantId: other.id });
    const restriction = { personId, ground: 'accuracy_contested', reason: 'Of another man' };
    await dpo.ok('post', '/v1/processing-restrictions', restriction);
    for (const path of ['', '/handover'])
      expect((await stranger.get(`/v1/case-requests/${requestId}${path}`)).body.code).toBe('processing-restricted');
  });
});
