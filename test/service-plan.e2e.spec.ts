import { createHash, randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { type ApiClient, type Lotse, type Reply, startLotse } from './support/lotse';
import { agreedPlan, completeAssessment, draftedPlan, planTerms, planningCase, signPlan } from './support/plan-story';
import { SCALE, exercise, framework, outcome, principle } from './support/plan-terms';
import { openCase, toPhase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let mrX: ApiClient;
let stranger: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  missCm = await lotse.as('miss-cm');
  mrCm = await lotse.as('mr-cm');
  mrX = await lotse.as('mr-x');
  stranger = await lotse.as('stranger');
});
beforeEach(() => lotse.at('2026-03-01T09:00:00.000Z'));
afterAll(() => lotse.close());

/** A release of the plan to the recipient; answers the consent's id. */
const releaseTo = async (of: { caseId: string; personId: string }, recipient: object, purpose: string) =>
  (
    await missCm.ok('post', `/v1/cases/${of.caseId}/consents`, {
      personId: of.personId,
      kind: 'disclosure',
      purpose,
      categories: ['service_plan'],
      recipients: [{ ...recipient, name: 'Clinic' }],
      form: 'written',
      language: 'de',
      textVersion: 'release-2026-01',
      givenBy: { kind: 'client', name: 'X' },
      consequencesExplained: true,
      withdrawalExplained: true,
      evidence: { kind: 'scan', reference: 'file 2026/17, sheet 2' },
    })
  ).id as string;
const any = { ifMatch: '*' } as const;
const FRAME = { planningMode: 'static', horizon: 'short' };
const fields = (reply: Reply) =>
  reply.body.errors.map((e: { pointer: string; code: string }) => `${e.pointer} ${e.code}`);
const unmet = (reply: Reply) => reply.body.unmet.map(({ code }: { code: string }) => code);
const eventsOf = async (id: string): Promise<string[]> =>
  (await lotse.sql<{ type: string }>('select type from platform.event where aggregate_id = $1 order by seq', [id])).map(
    ({ type }) => type,
  );
const revise = (planId: string) =>
  missCm.ok('post', `/v1/service-plans/${planId}/revision`, { reason: 'Housing is secured' }, any);
const agree = (planId: string, more: object = {}) =>
  missCm.post(`/v1/service-plans/${planId}/agreement`, planTerms(lotse, more), any);
const aProvider = async (): Promise<{ providerId: string; serviceId: string; user: ApiClient }> => {
  const manager = await lotse.as('network-manager');
  const { id: providerId } = await manager.ok('post', '/v1/providers', { name: `Clinic ${randomUUID()}` });
  const { id: serviceId } = await manager.ok('post', '/v1/services', {
    providerId,
    name: 'Physiotherapy',
    problemAreas: ['chronic_disease'],
    region: 'Köln',
  });
  const user = await lotse.asUser({
    subject: randomUUID(),
    tenantId: demoTenants[0].id,
    roles: ['provider'],
    providerId,
  });
  return { providerId, serviceId, user };
};

describe('PLAN-1 needs handed over by assessments', () => {
  it('are there as soon as the assessment is completed; a reassessment takes their place and keeps the history', async () => {
    const { caseId, personId, needId, assessmentId } = await planningCase(lotse);
    const path = `/v1/cases/${caseId}/handed-needs`;
    const { data } = await missCm.ok('get', path);
    expect(data).toHaveLength(2);
    expect(data).toContainEqual({
      id: needId,
      assessmentId,
      personId,
      kind: 'need',
      dimension: 'mobility',
      severity: 3,
      urgency: 'soon',
      resourceKind: null,
      handedOn: '2026-03-01',
      supersededOn: null,
    });
    expect((await missCm.ok('get', `${path}?kind=resource`)).data).toMatchObject([
      { kind: 'resource', resourceKind: 'social', severity: null },
    ]);

    lotse.at('2026-03-02T09:00:00.000Z');
    await lotse.sql(`update cases.case set phase = 'assessment' where id = $1`, [caseId]);
    const added = randomUUID();
    await completeAssessment(
      lotse,
      missCm,
      { caseId, personId },
      { needIds: [needId, added], previousId: assessmentId },
    );
    const open = (await missCm.ok('get', `${path}?kind=need`)).data as { id: string; assessmentId: string }[];
    expect(open.map(({ id }) => id).sort()).toEqual([needId, added].sort());
    expect(open.every((row) => row.assessmentId !== assessmentId)).toBe(true);
    const all = (await missCm.ok('get', `${path}?show=all&kind=need&limit=2`)) as {
      data: object[];
      page: { next: string };
    };
    const rest = await missCm.ok('get', `${path}?show=all&kind=need&limit=2&cursor=${all.page.next}`);
    expect(rest.data).toMatchObject([{ id: needId, assessmentId, supersededOn: '2026-03-02' }]);
  });

  it('are hidden from others', async () => {
    const { caseId } = await planningCase(lotse);
    for (const user of [mrCm, stranger]) expect((await user.get(`/v1/cases/${caseId}/handed-needs`)).status).toBe(404);
    expect((await mrX.get(`/v1/cases/${caseId}/handed-needs`)).status).toBe(200);
  });
});

describe('PLAN-1 opening a plan', () => {
  it('needs a case in planning whose assessment has handed over needs', async () => {
    const { caseId } = await openCase(lotse);
    expect((await missCm.post(`/v1/cases/${caseId}/service-plans`, FRAME)).body.code).toBe('planning-phase-missing');
    await lotse.sql(`update cases.case set phase = 'service_planning' where id = $1`, [caseId]);
    const refused = await missCm.post(`/v1/cases/${caseId}/service-plans`, FRAME, {
      headers: { 'accept-language': 'de' },
    });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'assessment-result-missing', title: 'Das Assessment hat keine Bedarfe übergeben' },
    });
  });

  it('gives one open plan per case and person, also when two are opened at the same moment', async () => {
    const { caseId, personId } = await planningCase(lotse);
    const path = `/v1/cases/${caseId}/service-plans`;
    const both = await Promise.all([missCm.post(path, FRAME), missCm.post(path, { ...FRAME, subject: personId })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = await missCm.post(path, FRAME);
    expect(refused.body).toMatchObject({
      code: 'plan-already-open',
      planId: both.find(({ status }) => status === 201)!.body.id,
    });
    const stranger = await missCm.post(path, { ...FRAME, subject: randomUUID() });
    expect(stranger).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/subject' }] } });
    const { id: son } = await missCm.ok('post', '/v1/persons', { familyName: 'X' });
    const child = { role: 'child', legalGuardian: false, guardianIds: [personId] };
    await missCm.ok('put', `/v1/cases/${caseId}/members/${son}`, child, any);
    expect((await missCm.post(path, { ...FRAME, subject: son })).status).toBe(201);
    expect((await mrX.ok('get', path)).data).toMatchObject([
      { state: 'draft', goals: 0 },
      { state: 'draft', personId, edition: 1, agreedOn: null, tScore: null },
    ]);
    // Custody ends with the majority (CONS-1).
    await lotse.sql(`update platform.person_facts set of_age_from = '0001-01-01' where person_id = $1`, [son]);
    expect((await mrX.ok('get', path)).data).toMatchObject([{ personId }]);
  });

  it('PLAN-1, PLAN-3: of the plan of another adult in the family the client sees and signs nothing', async () => {
    const { caseId, personId } = await planningCase(lotse);
    const path = `/v1/cases/${caseId}/service-plans`;
    const { id: partner } = await missCm.ok('post', '/v1/persons', { familyName: 'Partner' });
    await missCm.ok('put', `/v1/cases/${caseId}/members/${partner}`, { role: 'partner', legalGuardian: false }, any);
    const { id: own } = await missCm.ok('post', path, FRAME);
    const { id: theirs, version } = await missCm.ok('post', path, { ...FRAME, subject: partner });
    const ids = async (who: ApiClient) => (await who.ok('get', path)).data.map(({ id }: { id: string }) => id);
    expect([await ids(missCm), await ids(mrX)]).toEqual([[theirs, own], [own]]);
    for (const part of ['', '/goal-attainment', '/editions', '/progress-watch'])
      expect([part, (await mrX.get(`/v1/service-plans/${theirs}${part}`)).status]).toEqual([part, 404]);
    expect((await mrX.ok('get', `/v1/service-plans/${own}`)).personId).toBe(personId);
    const signature = { party: 'client', name: 'X', signedOn: lotse.clock.today(), form: 'electronic' };
    const signed = await mrX.post(`/v1/service-plans/${theirs}/signatures`, signature, { ifMatch: version });
    expect(signed.status).toBe(404);
  });

  it('answers a repetition with the first plan and refuses the key for another', async () => {
    const { caseId } = await planningCase(lotse);
    const path = `/v1/cases/${caseId}/service-plans`;
    const first = await missCm.post(path, FRAME, { key: 'plan-1' });
    const again = await missCm.post(path, FRAME, { key: 'plan-1' });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await missCm.post(path, { ...FRAME, horizon: 'long' }, { key: 'plan-1' })).status).toBe(422);
  });

  it('is refused for wrong fields, to other roles, and for cases nobody may see', async () => {
    const { caseId } = await planningCase(lotse);
    const path = `/v1/cases/${caseId}/service-plans`;
    expect(fields(await missCm.post(path, { planningMode: 'loose', subject: 'x', colour: 'red' }))).toEqual(
      expect.arrayContaining([
        '#/planningMode isIn',
        '#/horizon isDefined',
        '#/subject isUuid',
        '#/colour whitelistValidation',
      ]),
    );
    expect((await mrX.post(path, FRAME)).status).toBe(403);
    for (const user of [mrCm, stranger]) {
      expect((await user.post(path, FRAME)).status).toBe(404);
      expect((await user.get(path)).status).toBe(404);
    }
  });
});

describe('PLAN-1 and PLAN-2 the draft', () => {
  it('is worded step by step and read back as it was entered', async () => {
    const { planId, goalId, measureId, frameworkId, needId, caseId, personId } = await draftedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    await missCm.ok('put', path, { ...FRAME, horizon: 'long', subsidiarityReason: 'Acute phase' }, any);
    const changed = {
      ...outcome(frameworkId, '2026-07-31'),
      barriers: 'Stairs',
      planB: 'Ground-floor flat',
      weight: 3,
    };
    await missCm.ok('put', `${path}/goals/${goalId}`, changed, any);
    await missCm.ok(
      'put',
      `${path}/measures/${measureId}`,
      { ...exercise(goalId, '2026-07-31'), costCents: 0, startOn: '2026-03-05' },
      any,
    );
    const { body, version } = await mrX.get(path);
    expect(version).toBe(8);
    expect(body).toMatchObject({
      id: planId,
      version: 8,
      caseId,
      personId,
      state: 'draft',
      edition: 1,
      horizon: 'long',
      subsidiarityReason: 'Acute phase',
      signatures: [],
      removed: [],
      inForce: null,
      tScore: null,
      openedBy: missCm.subject,
      openedAt: '2026-03-01T09:00:00.000Z',
    });
    expect(body.goals[0]).toMatchObject({
      level: 'principle',
      needIds: [needId],
      indicators: [],
      weight: 1,
      scale: null,
    });
    expect(body.goals[2]).toEqual({ ...changed, id: goalId, needIds: [], horizon: null, nextStep: false });
    expect(body.measures).toEqual([
      {
        ...exercise(goalId, '2026-07-31'),
        id: measureId,
        responsible: { kind: 'client', id: null, name: 'Mr X' },
        startOn: '2026-03-05',
        costCents: 0,
        payer: null,
        serviceId: null,
        state: 'planned',
        startedOn: null,
        endedOn: null,
        note: null,
      },
    ]);
  });

  it('names every wrong field: of the form, of the plan, of the assessment and of the directory', async () => {
    const { planId, goalId } = await draftedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    expect(
      fields(
        await missCm.post(
          `${path}/goals`,
          { level: 'outcome', statement: ' ', weight: 6, targetDate: '2026-02-30' },
          any,
        ),
      ),
    ).toEqual(expect.arrayContaining(['#/statement matches', '#/weight max', '#/targetDate isIso8601']));
    const lost = { ...framework(goalId), needIds: [randomUUID()] };
    expect(fields(await missCm.post(`${path}/goals`, lost, any))).toEqual([
      '#/parentGoalId goal-level-mismatch',
      '#/needIds/0 need-unknown',
    ]);
    const { providerId, serviceId } = await aProvider();
    const { providerId: another } = await aProvider();
    const wrong = {
      ...exercise(randomUUID(), '2026-03-01'),
      startOn: '2026-04-01',
      responsible: { kind: 'provider', id: 'nobody', name: 'N' },
      serviceId: randomUUID(),
    };
    expect(fields(await missCm.post(`${path}/measures`, wrong, any))).toEqual([
      '#/goalIds/0 goal-unknown',
      '#/endOn end-before-start',
      '#/serviceId service-unknown',
      '#/responsible/id provider-unknown',
    ]);
    const measure = (id: string) => ({
      ...exercise(goalId, '2026-07-31'),
      responsible: { kind: 'provider', id, name: 'Clinic' },
      serviceId,
    });
    expect(fields(await missCm.post(`${path}/measures`, measure(another), any))).toEqual([
      '#/serviceId service-of-other-provider',
    ]);
    expect((await missCm.post(`${path}/measures`, measure(providerId), any)).status).toBe(201);
  });

  it('lets goals and measures go for a reason, and knows what is not there', async () => {
    const { planId, frameworkId, measureId } = await draftedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    expect((await missCm.delete(`${path}/measures/${measureId}`, undefined, any)).body.errors).toContainEqual(
      expect.objectContaining({ parameter: 'reason', in: 'query', code: 'isDefined' }),
    );
    await missCm.ok('delete', `${path}/goals/${frameworkId}?reason=not_realistic`, undefined, any);
    await missCm.ok('delete', `${path}/measures/${measureId}?reason=replaced`, undefined, any);
    const plan = await missCm.ok('get', path);
    expect(plan.removed).toEqual([
      { kind: 'goal', id: frameworkId, reason: 'not_realistic', on: '2026-03-01' },
      { kind: 'measure', id: measureId, reason: 'replaced', on: '2026-03-01' },
    ]);
    expect(plan.goals.map(({ parentGoalId }: { parentGoalId: string }) => parentGoalId)).toEqual([null, null]);
    for (const part of [`goals/${randomUUID()}`, `measures/${randomUUID()}`])
      expect((await missCm.delete(`${path}/${part}?reason=replaced`, undefined, any)).status).toBe(404);
    expect((await missCm.put(`${path}/goals/${randomUUID()}`, principle(), any)).status).toBe(404);
  });

  it('is changed by one of two at the same time: the other is told and nothing of the winner is lost', async () => {
    const { planId, needId } = await draftedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    const { version, body } = await missCm.get(path);
    const add = (statement: string) =>
      missCm.post(`${path}/goals`, { ...principle(needId), statement }, { ifMatch: version });
    const replies = await Promise.all([add('First'), add('Second')]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 412]);
    const won = replies[0]!.status === 201 ? 'First' : 'Second';
    const goals = (await missCm.ok('get', path)).goals as { statement: string }[];
    expect(goals).toHaveLength(body.goals.length + 1);
    expect(goals.at(-1)!.statement).toBe(won);
    expect((await missCm.put(path, FRAME)).status).toBe(428);
  });

  it('is out of reach for others: read and write', async () => {
    const { planId, goalId, measureId } = await draftedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    for (const user of [mrCm, stranger]) {
      for (const read of ['', '/editions', '/editions/1', '/editions/1/diff', '/goal-attainment'])
        expect((await user.get(path + read)).status).toBe(404);
      const writes = [
        user.put(path, FRAME, { ifMatch: 1 }),
        user.post(`${path}/goals`, principle(), any),
        user.put(`${path}/goals/${goalId}`, principle(), any),
        user.delete(`${path}/goals/${goalId}?reason=replaced`, undefined, any),
        user.post(`${path}/measures`, exercise(goalId, '2026-07-31'), any),
        user.put(`${path}/measures/${measureId}`, exercise(goalId, '2026-07-31'), any),
        user.delete(`${path}/measures/${measureId}?reason=replaced`, undefined, any),
        user.post(`${path}/measures/${measureId}/start`, {}, any),
        user.post(`${path}/measures/${measureId}/end`, { outcome: 'completed' }, any),
        user.post(
          `${path}/signatures`,
          { party: 'client', form: 'electronic', name: 'X', signedOn: '2026-03-01' },
          any,
        ),
        user.post(`${path}/agreement`, planTerms(lotse), any),
        user.post(`${path}/revision`, { reason: 'x' }, any),
        user.post(`${path}/goal-ratings`, { goalId, level: 1, on: '2026-03-01', ratedBy: 'client' }, any),
      ];
      for (const reply of await Promise.all(writes)) expect(reply.status).toBe(404);
    }
    expect((await missCm.get(`${path}/editions/99999999999`)).status).toBe(404);
    expect((await missCm.get(`${path}/editions/first`)).status).toBe(400);
  });
});

describe('PLAN-3 the agreement', () => {
  it('is refused with everything that is missing, in words', async () => {
    const { caseId } = await planningCase(lotse);
    const { id } = await missCm.ok('post', `/v1/cases/${caseId}/service-plans`, FRAME);
    const path = `/v1/service-plans/${id}`;
    expect(unmet(await agree(id))).toEqual([
      'client-signature-missing',
      'case-manager-signature-missing',
      'no-outcome-goal',
      'subsidiarity-reason-missing',
    ]);
    const { goalId } = await missCm.ok('post', `${path}/goals`, { level: 'outcome', statement: 'Walk' }, any);
    const { measureId } = await missCm.ok('post', `${path}/measures`, { title: 'Exercises' }, any);
    const refused = await agree(id);
    expect(refused).toMatchObject({ status: 409, body: { code: 'plan-not-ready', planId: id } });
    expect(refused.body.faults).toEqual(
      expect.arrayContaining([
        { code: 'goal-without-indicator', goalId },
        { code: 'goal-without-date', goalId },
        { code: 'goal-not-accepted', goalId },
        { code: 'goal-serves-no-goal', goalId },
        { code: 'measure-without-responsible', measureId },
      ]),
    );
    for (const { code, detail } of refused.body.unmet) expect(detail).not.toBe(code);
  });

  it('takes the client’s own signature, freezes the edition and announces it', async () => {
    const { planId, caseId } = await draftedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    const { version } = await mrX.get(path);
    const own = { party: 'client', form: 'electronic', name: 'Mr X', signedOn: '2026-03-01' };
    expect(
      (await mrX.post(`${path}/signatures`, { ...own, party: 'case_manager' }, { ifMatch: version })).body.code,
    ).toBe('sign-own-side-only');
    expect((await mrX.post(`${path}/signatures`, own, any)).body.code).toBe('sign-what-was-read');
    await mrX.ok('post', `${path}/signatures`, own, { ifMatch: version });
    const paper = await missCm.post(
      `${path}/signatures`,
      { ...own, party: 'representative', signedOn: '2026-03-02' },
      any,
    );
    expect(fields(paper)).toEqual(['#/form not-on-paper', '#/evidence evidence-missing', '#/signedOn date-in-future']);
    await missCm.ok('post', `${path}/signatures`, { ...own, party: 'case_manager', name: 'Miss CM' }, any);
    expect(fields(await agree(planId, { reviewOn: '2026-10-01' }))).toEqual(['#/reviewOn review-too-late']);
    expect(fields(await agree(planId, { contactEveryWeeks: 0, knownTo: [{ kind: 'friend', id: 'x' }] }))).toEqual(
      expect.arrayContaining(['#/contactEveryWeeks min', '#/knownTo/0/kind isIn']),
    );
    expect((await agree(planId)).status).toBe(200);
    await lotse.settled();

    const plan = await mrX.ok('get', path);
    expect(plan).toMatchObject({
      state: 'agreed',
      inForce: { edition: 1, agreedOn: '2026-03-01', reviewOn: '2026-09-01', contactEveryWeeks: 2, knownTo: [] },
    });
    const edition = await mrX.ok('get', `${path}/editions/1`);
    expect(edition).toMatchObject({
      planId,
      caseId,
      edition: 1,
      agreedBy: missCm.subject,
      signatures: [
        { party: 'client', form: 'electronic', recordedBy: mrX.subject, evidence: null },
        { party: 'case_manager' },
      ],
    });
    expect(edition.content.goals).toEqual(plan.goals);
    const canonical = (value: unknown): string =>
      Array.isArray(value)
        ? `[${value.map(canonical).join(',')}]`
        : typeof value === 'object' && value !== null
          ? `{${Object.keys(value)
              .sort()
              .map((k) => `${JSON.stringify(k)}:${canonical((value as Record<string, unknown>)[k])}`)
              .join(',')}}`
          : JSON.stringify(value);
    const { content, signatures, terms } = edition;
    expect(edition.hash).toBe(
      createHash('sha256')
        .update(canonical({ content, edition: 1, signatures, terms }))
        .digest('hex'),
    );
    expect(await eventsOf(planId)).toEqual(['service_plan.agreed']);
    await expect(
      lotse.sql(`update service_plan.plan_edition set hash = '' where plan_id = $1`, [planId]),
    ).rejects.toThrow('append-only');
  });

  it('informs only whom the client allowed, and notes it in the disclosure register', async () => {
    const { planId, caseId, personId } = await draftedPlan(lotse);
    await signPlan(lotse, missCm, planId);
    const { providerId } = await aProvider();
    const recipient = { kind: 'organisation', id: providerId };
    const refused = await agree(planId, { knownTo: [recipient] });
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'consent-required', categories: ['service_plan'], recipientId: providerId },
    });
    expect((await missCm.ok('get', `/v1/service-plans/${planId}`)).state).toBe('draft');
    const consentId = await releaseTo({ caseId, personId }, recipient, 'coordination');
    expect((await agree(planId, { knownTo: [recipient, recipient] })).status).toBe(200);
    await lotse.settled();
    expect((await missCm.ok('get', `/v1/cases/${caseId}/disclosures`)).data).toMatchObject([
      {
        flow: 'plan_copy',
        sourceId: planId,
        purpose: 'coordination',
        categories: ['service_plan'],
        consentId,
        recipient: { id: providerId },
      },
    ]);
  });

  it('is made once when two agree at the same moment', async () => {
    const { planId } = await draftedPlan(lotse);
    await signPlan(lotse, missCm, planId);
    const { version } = await missCm.get(`/v1/service-plans/${planId}`);
    const agreement = () =>
      missCm.post(`/v1/service-plans/${planId}/agreement`, planTerms(lotse), { ifMatch: version });
    const replies = await Promise.all([agreement(), agreement()]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await missCm.ok('get', `/v1/service-plans/${planId}/editions`)).data).toHaveLength(1);
  });

  it('leaves the plan as signed until it is revised: a new edition with its reason and its difference', async () => {
    const { planId, goalId, measureId, frameworkId, principleId } = await agreedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    for (const reply of await Promise.all([
      missCm.put(path, FRAME, any),
      missCm.put(`${path}/goals/${goalId}`, principle(), any),
      missCm.delete(`${path}/measures/${measureId}?reason=replaced`, undefined, any),
      missCm.post(
        `${path}/signatures`,
        { party: 'case_manager', form: 'written', name: 'CM', signedOn: '2026-03-01' },
        any,
      ),
      agree(planId),
    ]))
      expect(reply).toMatchObject({ status: 409, body: { code: 'plan-agreed' } });
    lotse.at('2026-05-01T09:00:00.000Z');
    await revise(planId);
    expect((await missCm.post(`${path}/revision`, { reason: 'x' }, any)).body.code).toBe('plan-in-revision');
    await missCm.ok('put', `${path}/goals/${goalId}`, { ...outcome(frameworkId, '2026-12-31'), weight: 5 }, any);
    const { goalId: added } = await missCm.ok(
      'post',
      `${path}/goals`,
      { ...outcome(frameworkId, '2026-12-31'), statement: 'Debts are repaid' },
      any,
    );
    await missCm.ok('delete', `${path}/measures/${measureId}?reason=replaced`, undefined, any);
    const measure = { ...exercise(goalId, '2026-12-31'), goalIds: [goalId, added] };
    const { measureId: second } = await missCm.ok('post', `${path}/measures`, measure, any);
    expect(await missCm.ok('get', path)).toMatchObject({
      state: 'revising',
      edition: 2,
      signatures: [],
      inForce: { edition: 1 },
    });
    await signPlan(lotse, missCm, planId);
    expect((await agree(planId)).status).toBe(200);
    await lotse.settled();
    expect((await missCm.ok('get', `${path}/editions`)).data).toMatchObject([
      { edition: 2, agreedOn: '2026-05-01', reviewOn: '2026-11-01', revisionReason: 'Housing is secured' },
      { edition: 1, agreedOn: '2026-03-01', revisionReason: null },
    ]);
    const diff = await mrX.ok('get', `${path}/editions/2/diff`);
    expect(diff).toMatchObject({
      edition: 2,
      before: 1,
      reason: 'Housing is secured',
      frame: { fields: [] },
      goals: {
        added: [{ id: added, label: 'Debts are repaid' }],
        removed: [],
        changed: [{ id: goalId, fields: ['targetDate', 'weight'], before: { weight: 2 }, after: { weight: 5 } }],
      },
      measures: { added: [{ id: second }], removed: [{ id: measureId, reason: 'replaced' }], changed: [] },
    });
    expect((await missCm.ok('get', `${path}/editions/1/diff`)).goals.added.map(({ id }: { id: string }) => id)).toEqual(
      [principleId, frameworkId, goalId],
    );
    expect((await missCm.get(`${path}/editions/3/diff`)).status).toBe(404);
    expect(await eventsOf(planId)).toEqual(['service_plan.agreed', 'service_plan.revised', 'service_plan.agreed']);
  });

  it('is not made any more once the participation was withdrawn; the draft stays', async () => {
    const { planId, consentId } = await draftedPlan(lotse);
    await signPlan(lotse, missCm, planId);
    await missCm.ok('post', `/v1/consents/${consentId}/withdrawal`, {}, any);
    await lotse.settled();
    expect((await agree(planId)).body.code).toBe('plan-closing');
    expect((await missCm.ok('get', `/v1/service-plans/${planId}`)).state).toBe('draft');
  });
});

describe('PLAN-2 measures under way', () => {
  it('start and end in an agreed plan only, each once', async () => {
    const { planId, measureId } = await draftedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    const start = () => missCm.post(`${path}/measures/${measureId}/start`, {}, any);
    const end = (body: object = { outcome: 'completed', note: 'Walks safely' }) =>
      missCm.post(`${path}/measures/${measureId}/end`, body, any);
    expect((await start()).body.code).toBe('plan-without-agreement');
    await signPlan(lotse, missCm, planId);
    expect((await agree(planId)).status).toBe(200);
    expect((await end()).body.code).toBe('measure-not-begun');
    expect((await start()).status).toBe(200);
    expect((await start()).body.code).toBe('measure-not-planned');
    expect(fields(await end({ outcome: 'running' }))).toEqual(['#/outcome isIn']);
    expect((await end()).status).toBe(200);
    expect((await end()).body.code).toBe('measure-ended');
    expect((await missCm.ok('get', path)).measures).toMatchObject([
      { id: measureId, state: 'completed', startedOn: '2026-03-01', endedOn: '2026-03-01', note: 'Walks safely' },
    ]);
    expect((await missCm.post(`${path}/measures/${randomUUID()}/start`, {}, any)).status).toBe(404);
    expect(await eventsOf(planId)).toEqual([
      'service_plan.agreed',
      'service_plan.measure_started',
      'service_plan.measure_ended',
    ]);
  });

  it('a running measure opens the way to monitoring and is not dropped by a revision', async () => {
    const { planId, measureId, caseId } = await agreedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    if ((await missCm.ok('get', `/v1/cases/${caseId}`)).phase === 'service_planning')
      await toPhase(lotse, { caseId, phase: 'linking' });
    await missCm.ok('post', `${path}/measures/${measureId}/start`, {}, any);
    await lotse.settled();
    if ((await missCm.ok('get', `/v1/cases/${caseId}`)).phase === 'linking')
      await toPhase(lotse, { caseId, phase: 'monitoring' });
    expect((await missCm.ok('get', `/v1/cases/${caseId}`)).phase).toBe('monitoring');
    await revise(planId);
    expect((await missCm.delete(`${path}/measures/${measureId}?reason=replaced`, undefined, any)).body.code).toBe(
      'measure-still-running',
    );
  });
});

describe('PLAN-7 goal attainment', () => {
  it('is rated from every side; the T-score follows the latest rating of each goal', async () => {
    const { planId, goalId } = await agreedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    lotse.at('2026-06-01T09:00:00.000Z');
    const rate = (user: ApiClient, more: object = {}) =>
      user.post(`${path}/goal-ratings`, { goalId, level: 1, on: '2026-06-01', ratedBy: 'case_manager', ...more }, any);
    expect(await missCm.ok('get', `${path}/goal-attainment`)).toMatchObject({
      tScore: null,
      edition: 1,
      history: [],
      goals: [{ goalId, weight: 2, scale: SCALE, since: '2026-03-01', level: null, ratedOn: null, ratedBy: null }],
    });
    expect((await rate(mrX)).body.code).toBe('rate-own-side-only');
    expect((await rate(mrX, { ratedBy: 'client', level: 2, note: 'I walked to the garden' })).status).toBe(201);
    expect((await rate(missCm, { level: -1, on: '2026-05-01' })).status).toBe(201);
    expect((await rate(missCm, { level: 1 })).status).toBe(201);
    expect(fields(await rate(missCm, { level: 3 }))).toEqual(['#/level max']);
    expect(fields(await rate(missCm, { on: '2026-02-28' }))).toEqual(['#/on before-levels-agreed']);
    expect((await rate(missCm, { goalId: randomUUID() })).status).toBe(404);
    const attainment = await mrX.ok('get', `${path}/goal-attainment`);
    expect(attainment).toMatchObject({
      tScore: 60,
      goals: [{ goalId, level: 1, ratedOn: '2026-06-01', ratedBy: 'case_manager' }],
    });
    expect(attainment.history).toMatchObject([
      { level: 1, tScore: 60 },
      { level: -1, on: '2026-05-01', tScore: 70 },
      { level: 2, tScore: 70, ratedBy: 'client', note: 'I walked to the garden', recordedBy: mrX.subject, edition: 1 },
    ]);
    expect((await missCm.ok('get', path)).tScore).toBe(60);
    expect((await eventsOf(planId)).filter((type) => type === 'service_plan.goal_rated')).toHaveLength(3);
  });

  it('weighs several goals as the published formula does', async () => {
    const { planId, goalId, frameworkId } = await draftedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    const goals: [string, number][] = [[goalId, 1]];
    for (const [weight, level] of [
      [3, -1],
      [1, 2],
    ] as const) {
      const { goalId: id } = await missCm.ok(
        'post',
        `${path}/goals`,
        { ...outcome(frameworkId, '2026-07-31'), weight },
        any,
      );
      await missCm.ok('post', `${path}/measures`, exercise(id, '2026-07-31'), any);
      goals.push([id, level]);
    }
    await signPlan(lotse, missCm, planId);
    expect((await agree(planId)).status).toBe(200);
    for (const [id, level] of goals)
      await missCm.ok('post', `${path}/goal-ratings`, { goalId: id, level, on: '2026-03-01', ratedBy: 'client' }, any);
    expect((await missCm.ok('get', `${path}/goal-attainment`)).tScore).toBe(52.2);
  });

  it('needs levels that were described before; providers rate only what they work on', async () => {
    const { planId, goalId, frameworkId, caseId, personId } = await draftedPlan(lotse);
    const path = `/v1/service-plans/${planId}`;
    const { providerId, serviceId, user } = await aProvider();
    const { goalId: plain } = await missCm.ok(
      'post',
      `${path}/goals`,
      { ...outcome(frameworkId, '2026-07-31'), scale: null },
      any,
    );
    await missCm.ok(
      'post',
      `${path}/measures`,
      {
        ...exercise(plain, '2026-07-31'),
        responsible: { kind: 'provider', id: providerId, name: 'Clinic' },
        costCents: 0,
      },
      any,
    );
    const rate = (who: ApiClient, goal: string, ratedBy: string) =>
      who.post(`${path}/goal-ratings`, { goalId: goal, level: 0, on: '2026-03-01', ratedBy }, any);
    expect((await rate(missCm, goalId, 'client')).body.code).toBe('plan-without-agreement');
    await signPlan(lotse, missCm, planId);
    expect((await agree(planId)).status).toBe(200);
    expect((await rate(user, plain, 'provider')).status).toBe(404);
    const recipient = { kind: 'organisation', id: providerId };
    const consentId = await releaseTo({ caseId, personId }, recipient, 'referral');
    const { id: referral } = await missCm.ok('post', `/v1/cases/${caseId}/referrals`, {
      serviceId,
      purposeText: 'Physiotherapy at home',
      categories: ['service_plan'],
      informationPackage: 'Walks with a frame.',
      clientInformedOn: '2026-03-01',
    });
    await missCm.ok('post', `/v1/referrals/${referral}/sending`, {}, any);
    expect((await rate(user, plain, 'provider')).body.code).toBe('goal-levels-missing');
    expect((await rate(user, plain, 'client')).body.code).toBe('rate-own-side-only');
    expect((await rate(user, goalId, 'provider')).status).toBe(404);
    await missCm.ok('post', `/v1/consents/${consentId}/withdrawal`, {}, any);
    await lotse.settled();
    expect((await rate(user, plain, 'provider')).status).toBe(404);
    expect((await user.get(path)).status).toBe(403);
  });
});

describe('PLAN-1 rolling planning', () => {
  it('asks only for the next step', async () => {
    const { caseId, needId } = await planningCase(lotse);
    const { id } = await missCm.ok('post', `/v1/cases/${caseId}/service-plans`, {
      planningMode: 'rolling',
      horizon: 'crisis',
    });
    const path = `/v1/service-plans/${id}`;
    const { goalId: aim } = await missCm.ok('post', `${path}/goals`, principle(needId), any);
    await missCm.ok('post', `${path}/goals`, { level: 'outcome', statement: 'Something in the garden' }, any);
    const { goalId } = await missCm.ok('post', `${path}/goals`, outcome(aim, '2026-03-31'), any);
    await missCm.ok('post', `${path}/measures`, exercise(goalId, '2026-03-31'), any);
    await signPlan(lotse, missCm, id);
    expect(unmet(await agree(id))).toEqual(['no-next-step-goal']);
    await missCm.ok('put', `${path}/goals/${goalId}`, { ...outcome(aim, '2026-03-31'), nextStep: true }, any);
    await signPlan(lotse, missCm, id);
    expect((await agree(id)).status).toBe(200);
  });
});

describe('the end of the plan', () => {
  it('CASE-10: it ends with the case, and a person that goes into another takes it along (CASE-1)', async () => {
    const { planId, caseId, personId } = await agreedPlan(lotse, { client: null });
    const survivorId = randomUUID();
    const happen = async (type: string, aggregateId: string, payload: object) => {
      await lotse.sql(
        `insert into platform.event (tenant_id, id, type, aggregate_id, case_id, payload, actor, purpose, request_id, traceparent)
         values ($1, $2, $3, $4, $5, $6, 'test', 'case_management', 'test', '')`,
        [demoTenants[0].id, randomUUID(), type, aggregateId, type === 'case.closed' ? caseId : null, payload],
      );
      await lotse.settled();
    };
    await happen('case.person_merged', personId, {
      aggregateId: personId,
      survivorId,
      at: '2026-03-01T09:00:00.000Z',
      mergeId: randomUUID(),
    });
    expect(await missCm.ok('get', `/v1/service-plans/${planId}`)).toMatchObject({
      personId: survivorId,
      state: 'agreed',
    });
    expect((await missCm.ok('get', `/v1/cases/${caseId}/handed-needs`)).data[0].personId).toBe(survivorId);
    await happen('case.closed', caseId, {
      aggregateId: caseId,
      caseId,
      reason: 'goals_achieved',
      at: '2026-03-01T09:00:00.000Z',
    });
    expect((await missCm.ok('get', `/v1/service-plans/${planId}`)).state).toBe('ended');
    expect((await missCm.post(`/v1/service-plans/${planId}/revision`, { reason: 'x' }, any)).body.code).toBe(
      'plan-ended',
    );
  });
});
