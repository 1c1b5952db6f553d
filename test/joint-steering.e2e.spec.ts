import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type PlannedCase, agreedPlan } from './support/plan-story';
import { openUnagreedCase } from './support/story';

const TODAY = '2026-03-02';
const any = { ifMatch: '*' } as const;
const [home, other] = demoTenants;
const PARTS = ['identity', 'plan', 'conference', 'notes', 'assessment_result'];
const PATHS = ['identity', 'plan', 'conferences', 'notes', 'assessment-results'];
const CATEGORIES = ['identity', 'service_plan', 'conference_minutes', 'journal', 'assessment_result'];

let lotse: Lotse;
let missCm: ApiClient;
let stranger: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(`${TODAY}T09:00:00.000Z`);
  [missCm, stranger] = await Promise.all([lotse.as('miss-cm'), lotse.as('stranger')]);
});
afterAll(() => lotse?.close());
afterEach(() => lotse.at(`${TODAY}T09:00:00.000Z`));

type Steered = PlannedCase & { id: string; consentId: string; releaseId: string };

const release = async (mrX: PlannedCase, more: object = {}): Promise<string> =>
  (
    await missCm.ok('post', `/v1/cases/${mrX.caseId}/consents`, {
      personId: mrX.personId,
      kind: 'disclosure',
      purpose: 'joint_steering',
      categories: CATEGORIES,
      recipients: [{ kind: 'organisation', id: other.id, name: other.name }],
      form: 'written',
      language: 'de',
      textVersion: 'release-2026-01',
      givenBy: { kind: 'client', name: 'X' },
      consequencesExplained: true,
      withdrawalExplained: true,
      evidence: { kind: 'scan', reference: 'file 2026/17, sheet 2' },
      ...more,
    })
  ).id as string;
const INVITATION = {
  organisationId: other.id,
  parts: PARTS,
  contributions: ['notes', 'conference'],
  purpose: 'Care at home and work have to fit together.',
  untilOn: '2026-06-30',
};
const invite = (caseId: string, more: object = {}) =>
  missCm.post(`/v1/cases/${caseId}/joint-steerings`, { ...INVITATION, ...more });
/** A case of Mr X with a plan in force, to which the other organisation is invited. */
async function invited(more: object = {}, consent: object = {}): Promise<Steered> {
  const mrX = await agreedPlan(lotse, { as: 'miss-cm', client: 'mr-x' });
  const releaseId = await release(mrX, consent);
  const { status, body } = await invite(mrX.caseId, more);
  expect(status).toBe(201);
  return { ...mrX, id: body.id, releaseId };
}
async function agreed(more: object = {}, consent: object = {}): Promise<Steered> {
  const found = await invited(more, consent);
  await stranger.ok('post', `/v1/steering-invitations/${found.id}/acceptance`, {}, any);
  return found;
}
const read = (id: string, part = 'plan', who: ApiClient = stranger) =>
  who.get(`/v1/steering-invitations/${id}/${part}`);
const statuses = async (id: string, who: ApiClient = stranger) =>
  Promise.all(PATHS.map(async (part) => (await read(id, part, who)).status));
const CLOSED = [404, 404, 404, 404, 404];
const OPEN = [200, 200, 200, 200, 200];
const withdraw = (consentId: string, body: object = {}) =>
  missCm.ok('post', `/v1/consents/${consentId}/withdrawal`, body, any);
const NOTE = {
  kind: 'coordination',
  function: 'coordination',
  minutes: 20,
  on: TODAY,
  text: 'Three hours a day to begin with.',
};
const entry = async (caseId: string, text: string, more: object = {}) =>
  missCm.ok('post', `/v1/cases/${caseId}/journal-entries`, { ...NOTE, participants: ['neighbour'], text, ...more });
const conference = async (caseId: string): Promise<string> =>
  (
    await missCm.ok('post', `/v1/cases/${caseId}/conferences`, {
      kind: 'aid',
      plannedOn: '2026-03-10',
      agenda: ['Hours of work'],
    })
  ).id as string;

describe('the invitation', () => {
  it('CASE-11: the organisation invited sees who invites to which parts, what for and until when, and nothing of the case', async () => {
    const { id, caseId, personId } = await invited();
    const { data } = await stranger.ok('get', '/v1/steering-invitations');
    const row = data.find((one: { id: string }) => one.id === id);
    expect(row).toEqual({
      id,
      version: 1,
      organisation: { id: home.id, name: home.name },
      parts: PARTS,
      contributions: ['notes', 'conference'],
      fromOn: TODAY,
      untilOn: '2026-06-30',
      status: 'proposed',
      readers: [],
      invitedAt: `${TODAY}T09:00:00.000Z`,
    });
    const one = await stranger.get(`/v1/steering-invitations/${id}`);
    expect(one).toMatchObject({ status: 200, version: 1, body: { purpose: INVITATION.purpose } });
    for (const kept of [caseId, personId]) expect(JSON.stringify([row, one.body])).not.toContain(kept);
    expect(await statuses(id)).toEqual(CLOSED);
    expect(
      await lotse.sql(
        `select actor, actor_tenant_id from platform.access_log where tenant_id = $1 and case_id = $2
      and resource_type = 'joint_steering'`,
        [home.id, caseId],
      ),
    ).toEqual([{ actor: stranger.subject, actor_tenant_id: other.id }]);
  });

  it('CONS-3: nobody is invited without one release that covers every part for this organisation and purpose', async () => {
    const mrX = await agreedPlan(lotse, { as: 'miss-cm', client: 'mr-x' });
    const refused = async () => (await invite(mrX.caseId)).body;
    expect(await refused()).toMatchObject({ code: 'consent-required', categories: CATEGORIES, recipientId: other.id });
    await release(mrX, { purpose: 'coordination' });
    expect(await refused()).toMatchObject({ code: 'consent-required', reason: 'other-purpose' });
    await release(mrX, { categories: CATEGORIES.slice(1) });
    expect(await refused()).toMatchObject({ code: 'consent-required', categories: ['identity'] });
    await release(mrX, { recipients: [{ kind: 'organisation', id: randomUUID(), name: 'Third' }] });
    expect(await refused()).toMatchObject({ code: 'consent-required' });
    expect((await invite(mrX.caseId, { parts: PARTS.slice(1) })).status).toBe(201);
    await release(mrX);
    expect((await invite(mrX.caseId)).status).toBe(201);
  });

  it('CASE-11: names every wrong field, and an organisation that is none', async () => {
    const { caseId } = await invited();
    const faults = ({ body }: { body: { errors: { pointer: string }[] } }) =>
      body.errors.map((one) => one.pointer).sort();
    expect(
      faults(
        await invite(caseId, { parts: [], untilOn: 'soon', purpose: '', organisationId: 'x', contributions: ['plan'] }),
      ),
    ).toEqual(['#/contributions', '#/organisationId', '#/parts', '#/purpose', '#/untilOn']);
    expect(faults(await invite(caseId, { fromOn: '2026-03-01', untilOn: '2026-02-01', parts: ['plan'] }))).toEqual([
      '#/contributions/0',
      '#/contributions/1',
      '#/fromOn',
      '#/untilOn',
    ]);
    for (const organisationId of [home.id, randomUUID()])
      expect(faults(await invite(caseId, { organisationId }))).toEqual(['#/organisationId']);
  });

  it('CASE-5, CASE-11: only into an agreed case that one works on', async () => {
    const { caseId } = await invited();
    const mrCm = await lotse.as('mr-cm');
    const path = `/v1/cases/${caseId}/joint-steerings`;
    for (const who of [mrCm, stranger]) expect((await who.post(path, INVITATION)).status).toBe(404);
    expect((await (await lotse.as('mr-x')).post(path, INVITATION)).status).toBe(403);
    const unagreed = await openUnagreedCase(lotse, { client: null });
    expect((await invite(unagreed.caseId)).body.code).toBe('agreement-missing');
  });

  it('CASE-11: is accepted or declined once; a second acceptance with the same ETag is stale', async () => {
    const { id } = await invited();
    const path = `/v1/steering-invitations/${id}`;
    const answers = await Promise.all([
      stranger.post(`${path}/acceptance`, { readers: [stranger.subject, 'colleague'] }, { ifMatch: 1 }),
      stranger.post(`${path}/decline`, { reason: 'No room.' }, { ifMatch: 1 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await stranger.post(`${path}/decline`, { reason: 'No room.' }, any)).body.code).toBe(
      'steering-not-proposed',
    );
    const { status, version } = (await stranger.get(path)).body;
    expect([status, version]).toEqual([answers[0]!.status === 200 ? 'agreed' : 'declined', 2]);
    const again = await invited();
    await stranger.ok('post', `/v1/steering-invitations/${again.id}/decline`, { reason: 'Not ours.' }, any);
    expect(await missCm.ok('get', `/v1/joint-steerings/${again.id}`)).toMatchObject({
      status: 'declined',
      guest: { id: other.id, name: other.name },
      steps: [{ status: 'proposed' }, { by: stranger.subject, organisationId: other.id, reason: 'Not ours.' }],
    });
    expect(await statuses(again.id)).toEqual(CLOSED);
  });

  it('CASE-11: is answered by the organisation invited alone, and only with a role that may', async () => {
    const { id } = await invited();
    const path = `/v1/steering-invitations/${id}`;
    for (const who of [missCm, await lotse.as('mr-cm'), await lotse.as('team-lead')]) {
      expect((await who.get(path)).status).toBe(404);
      expect((await who.post(`${path}/acceptance`, {}, any)).status).toBe(404);
      expect(await statuses(id, who)).toEqual(CLOSED);
    }
    for (const role of ['org_admin', 'client', 'quality_auditor', 'network_manager'] as const) {
      const who = await lotse.asUser({ subject: stranger.subject, tenantId: other.id, roles: [role] });
      expect((await who.get(path)).status).toBe(403);
      expect(await statuses(id, who)).toEqual([403, 403, 403, 403, 403]);
    }
    expect((await missCm.ok('get', '/v1/steering-invitations')).data).toEqual([]);
    for (const missing of [randomUUID(), '00000000-0000-0000-0000-000000000000'])
      expect(await statuses(missing)).toEqual(CLOSED);
  });

  it('CONS-2: an invitation whose release is gone meanwhile is not accepted', async () => {
    const { id, releaseId, caseId } = await invited();
    await withdraw(releaseId);
    const refused = await stranger.post(`/v1/steering-invitations/${id}/acceptance`, {}, any);
    expect([refused.status, refused.body.code]).toEqual([
      409,
      expect.stringMatching(/^steering-(consent-ended|not-proposed)$/),
    ]);
    await lotse.settled();
    expect((await stranger.get(`/v1/steering-invitations/${id}`)).body.status).toBe('ended');
    expect((await missCm.ok('get', `/v1/cases/${caseId}/disclosures`)).data).toEqual([]);
  });
});

describe('what is open', () => {
  it('CASE-11: exactly the parts named, live', async () => {
    const { id, caseId, planId } = await agreed({ parts: ['plan', 'notes'], contributions: [] });
    expect(await statuses(id)).toEqual([404, 200, 404, 200, 404]);
    expect((await read(id, 'notes')).body.data).toEqual([]);
    await entry(caseId, 'For the client', { sharedWithClient: true });
    await entry(caseId, 'For the partners', { sharedInSteering: true });
    await entry(caseId, 'Only ours');
    const { data } = (await read(id, 'notes')).body;
    expect(data.map(({ text }: { text: string }) => text)).toEqual(['For the partners', 'For the client']);
    expect(JSON.stringify(data)).not.toContain('neighbour');
    const { body } = await read(id);
    expect(body.data).toMatchObject([
      { id: planId, edition: 1, measures: [{ title: 'Daily exercises with the neighbour' }] },
    ]);
    expect((await stranger.post(`/v1/steering-invitations/${id}/notes`, NOTE)).status).toBe(404);
  });

  it('CASE-11: who it is about, results and conferences, without the names of others', async () => {
    const { id, caseId } = await agreed();
    expect(await statuses(id)).toEqual(OPEN);
    expect((await read(id, 'identity')).body).toEqual({
      familyName: 'X',
      givenName: 'mr-x',
      birthDate: '1971-04-12',
      languages: [],
      interpreterNeeded: false,
    });
    const results = (await read(id, 'assessment-results')).body.data;
    expect(results).toMatchObject([{ result: { needs: [{ statement: 'Cannot walk' }] } }]);
    const planned = await conference(caseId);
    await missCm.ok(
      'post',
      `/v1/conferences/${planned}/minutes`,
      {
        heldOn: TODAY,
        participants: ['Mr X', 'Neighbour N'],
        minutes: 'Mornings.',
        decisions: [{ text: 'Begin in April', becomes: 'none', responsible: 'Neighbour N' }],
        dissent: [{ who: 'Neighbour N', what: 'Too early' }],
      },
      any,
    );
    const { data } = (await read(id, 'conferences')).body;
    expect(data).toMatchObject([
      {
        id: planned,
        status: 'held',
        minutes: 'Mornings.',
        decisions: [{ text: 'Begin in April' }],
        dissent: ['Too early'],
      },
    ]);
    expect(JSON.stringify([data, (await read(id)).body])).not.toContain('Neighbour N');
  });

  it('CASE-11: to the readers named, and to nobody else of their organisation', async () => {
    const { id } = await agreed();
    const colleague = await lotse.asUser({ subject: randomUUID(), tenantId: other.id, roles: ['case_manager'] });
    // The same subject in the owner's organisation is somebody else.
    const namesake = await lotse.asUser({ subject: stranger.subject, tenantId: home.id, roles: ['case_manager'] });
    for (const who of [colleague, namesake]) expect(await statuses(id, who)).toEqual(CLOSED);
    const path = `/v1/steering-invitations/${id}/readers`;
    await stranger.ok('put', path, { readers: [colleague.subject] }, any);
    expect(await statuses(id, colleague)).toEqual(OPEN);
    expect(await statuses(id)).toEqual(CLOSED);
    expect((await stranger.put(path, { readers: [] }, any)).status).toBe(422);
  });

  it('CASE-11: a guest reaches nothing of the case by any other way', async () => {
    const { id, caseId, planId, personId, releaseId } = await agreed();
    await read(id);
    for (const path of [
      `/v1/cases/${caseId}`,
      `/v1/cases/${caseId}/journal-entries`,
      `/v1/cases/${caseId}/consents`,
      `/v1/cases/${caseId}/joint-steerings`,
      `/v1/cases/${caseId}/opened-parts`,
      `/v1/joint-steerings/${id}`,
      `/v1/service-plans/${planId}`,
      `/v1/persons/${personId}`,
      `/v1/consents/${releaseId}`,
    ])
      expect([path, (await stranger.get(path)).status]).toEqual([path, 404]);
    expect((await stranger.post(`/v1/joint-steerings/${id}/recall`, { reason: 'x' }, any)).status).toBe(404);
    expect((await stranger.post(`/v1/cases/${caseId}/journal-entries`, NOTE)).status).toBe(404);
    expect((await stranger.ok('get', '/v1/cases')).data).toEqual([]);
    expect((await stranger.ok('get', '/v1/persons')).data).toEqual([]);
  });

  it('QA-9, CONS-5: both organisations see who read what, and the register that it was opened', async () => {
    const { id, caseId, planId, releaseId } = await agreed();
    const { headers } = await read(id);
    const log = (tenant: string) =>
      lotse.sql(
        `select actor, actor_tenant_id, action, resource_type, resource_ids, case_id from platform.access_log
         where tenant_id = $1 and request_id = $2`,
        [tenant, headers['x-request-id'] ?? headers['request-id']],
      );
    expect(await log(home.id)).toEqual([
      {
        actor: stranger.subject,
        actor_tenant_id: other.id,
        action: 'disclose',
        resource_type: 'steering_plan',
        resource_ids: [planId],
        case_id: caseId,
      },
    ]);
    expect(await log(other.id)).toEqual([
      {
        actor: stranger.subject,
        actor_tenant_id: null,
        action: 'read',
        resource_type: 'steering_invitation',
        resource_ids: [id, planId],
        case_id: null,
      },
    ]);
    await lotse.settled();
    expect((await missCm.ok('get', `/v1/cases/${caseId}/disclosures`)).data).toMatchObject([
      {
        flow: 'joint_steering',
        sourceId: id,
        recipient: { kind: 'organisation', id: other.id, name: other.name },
        categories: CATEGORIES,
        consentId: releaseId,
      },
    ]);
    // The client sees who steers with whom.
    const mrX = await lotse.as('mr-x');
    expect((await mrX.ok('get', `/v1/cases/${caseId}/joint-steerings`)).data).toMatchObject([{ id, status: 'agreed' }]);
  });
});

describe('contributing where invited', () => {
  it('CASE-8, CASE-11: a note in the journal of the case, by name and organisation', async () => {
    const { id, caseId } = await agreed();
    const path = `/v1/steering-invitations/${id}/notes`;
    const key = randomUUID();
    const { body } = await stranger.post(path, NOTE, { key });
    expect((await stranger.post(path, NOTE, { key })).body).toEqual(body);
    expect((await missCm.ok('get', `/v1/cases/${caseId}/journal-entries`)).data).toMatchObject([
      {
        id: body.id,
        text: NOTE.text,
        writtenBy: stranger.subject,
        guestId: other.id,
        sharedInSteering: true,
        sharedWithClient: false,
      },
    ]);
    expect((await read(id, 'notes')).body.data).toMatchObject([{ id: body.id, guestId: other.id }]);
    const events = await lotse.sql(
      `select tenant_id, type, actor, payload->>'guestId' as guest, payload->>'subject' as by from platform.event
       where aggregate_id = $1 order by seq`,
      [body.id],
    );
    expect(events).toEqual([
      { tenant_id: home.id, type: 'case.journal_entry_recorded', actor: stranger.subject, guest: null, by: null },
      {
        tenant_id: home.id,
        type: 'case.guest_contributed',
        actor: stranger.subject,
        guest: other.id,
        by: stranger.subject,
      },
    ]);
    expect((await stranger.get(`/v1/journal-entries/${body.id}`)).status).toBe(404);
    expect((await stranger.post(path, { ...NOTE, on: '2026-03-09', minutes: -1 })).status).toBe(422);
    expect((await stranger.post(path, { ...NOTE, on: '2026-03-09' })).body.errors[0].pointer).toBe('#/on');
  });

  it('PLAN-4, CASE-11: something for a planned conference', async () => {
    const { id, caseId } = await agreed();
    const planned = await conference(caseId);
    const path = `/v1/steering-invitations/${id}/conferences/${planned}/contributions`;
    await stranger.ok('post', path, { text: 'Mornings suit us.' });
    const contribution = { text: 'Mornings suit us.', by: stranger.subject, guestId: other.id };
    expect(await missCm.ok('get', `/v1/conferences/${planned}`)).toMatchObject({ contributions: [contribution] });
    expect((await read(id, 'conferences')).body.data).toMatchObject([{ id: planned, contributions: [contribution] }]);
    await missCm.ok('post', `/v1/conferences/${planned}/cancellation`, { reason: 'No time.' }, any);
    expect((await stranger.post(path, { text: 'x' })).body.code).toBe('conference-not-planned');
    const elsewhere = await agreedPlan(lotse, { as: 'miss-cm', client: null });
    const foreign = path.replace(planned, await conference(elsewhere.caseId));
    expect((await stranger.post(foreign, { text: 'x' })).status).toBe(404);
  });

  it('CASE-11: nothing where the part was given to read only', async () => {
    const { id, caseId } = await agreed({ contributions: ['notes'] });
    const path = `/v1/steering-invitations/${id}/conferences/${await conference(caseId)}/contributions`;
    expect((await stranger.post(path, { text: 'x' })).status).toBe(404);
  });
});

describe('the end, at once', () => {
  const stateOf = async (id: string) => {
    const { status, steps } = await missCm.ok('get', `/v1/joint-steerings/${id}`);
    return [status, steps.at(-1).cause];
  };

  it('CONS-2: with the release, although the event of its withdrawal is not delivered yet', async () => {
    const { id, releaseId, ...mrX } = await agreed();
    // Another release stands; but this one was relied on.
    await release(mrX as PlannedCase);
    const holder = new pg.Client(lotse.databaseUrl);
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select 1 from cases.joint_steering where id = $1 for update', [id]);
      await withdraw(releaseId);
      expect(await statuses(id)).toEqual(CLOSED);
      expect((await stranger.post(`/v1/steering-invitations/${id}/notes`, NOTE)).status).toBe(404);
      expect(await stateOf(id)).toEqual(['agreed', null]);
      await holder.query('rollback');
    } finally {
      await holder.end();
    }
    await lotse.settled();
    expect(await stateOf(id)).toEqual(['ended', 'consent_withdrawn']);
  });

  it('CONS-2: the withdrawal of one category closes that part alone', async () => {
    const { id, releaseId } = await agreed();
    await withdraw(releaseId, { categories: ['journal', 'identity'] });
    expect(await statuses(id)).toEqual([404, 200, 200, 404, 200]);
    await lotse.settled();
    expect(await statuses(id)).toEqual([404, 200, 200, 404, 200]);
    expect(await missCm.ok('get', `/v1/joint-steerings/${id}`)).toMatchObject({
      status: 'agreed',
      parts: ['plan', 'conference', 'assessment_result'],
      contributions: ['conference'],
    });
  });

  it('CONS-2: with the client’s participation', async () => {
    const { id, consentId } = await agreed();
    await withdraw(consentId);
    expect(await statuses(id)).toEqual(CLOSED);
    await lotse.settled();
    expect(await stateOf(id)).toEqual(['ended', 'consent_withdrawn']);
  });

  it('CASE-11: after its last day, and not before its first', async () => {
    const { id } = await agreed({ fromOn: '2026-03-10', untilOn: '2026-03-31' });
    expect(await statuses(id)).toEqual(CLOSED);
    lotse.at('2026-03-10T00:00:00.000Z');
    expect(await statuses(id)).toEqual(OPEN);
    lotse.at('2026-03-31T21:59:59.999Z');
    expect(await statuses(id)).toEqual(OPEN);
    lotse.at('2026-03-31T22:00:00.000Z');
    expect(await statuses(id)).toEqual(CLOSED);
    expect((await stranger.get(`/v1/steering-invitations/${id}`)).body.status).toBe('ended');
    expect(await stateOf(id)).toEqual(['ended', null]);
    await lotse.app.get(DailyJobs).runAll();
    expect(await stateOf(id)).toEqual(['ended', 'time_over']);
  });

  it('CONS-7: no longer than the release lasts', async () => {
    const mrX = await agreedPlan(lotse, { as: 'miss-cm', client: 'mr-x' });
    await release(mrX, { validUntil: '2026-04-30' });
    const { body } = await invite(mrX.caseId);
    expect(body.warnings).toMatchObject([{ code: 'consent-ends-earlier' }]);
    expect(await missCm.ok('get', `/v1/joint-steerings/${body.id}`)).toMatchObject({ untilOn: '2026-04-30' });
    lotse.at('2026-05-01T08:00:00.000Z');
    const late = await stranger.post(`/v1/steering-invitations/${body.id}/acceptance`, {}, any);
    expect(late.body.code).toBe('steering-time-over');
  });

  it('CASE-11: when it is recalled, and when the guest steps out', async () => {
    const one = await agreed();
    await missCm.ok('post', `/v1/joint-steerings/${one.id}/recall`, { reason: 'Moved.' }, any);
    expect(await statuses(one.id)).toEqual(CLOSED);
    expect(await stateOf(one.id)).toEqual(['ended', 'recalled']);
    expect((await missCm.post(`/v1/joint-steerings/${one.id}/recall`, { reason: 'x' }, any)).body.code).toBe(
      'steering-ended',
    );
    expect((await missCm.post(`/v1/joint-steerings/${one.id}/recall`, { reason: 'x' }, { ifMatch: 1 })).status).toBe(
      412,
    );
    const two = await agreed();
    const mrCm = await lotse.as('mr-cm');
    expect((await mrCm.post(`/v1/joint-steerings/${two.id}/recall`, { reason: 'x' }, any)).status).toBe(404);
    await stranger.ok('post', `/v1/steering-invitations/${two.id}/ending`, { reason: 'Done.' }, any);
    expect(await statuses(two.id)).toEqual(CLOSED);
    expect(await stateOf(two.id)).toEqual(['ended', 'left']);
  });

  it('CASE-10: with the case', async () => {
    const { id, caseId } = await agreed();
    await missCm.ok('post', `/v1/cases/${caseId}/closure`, { reason: 'deceased', note: 'He died on 1 March.' }, any);
    expect(await statuses(id)).toEqual(CLOSED);
    await lotse.settled();
    expect(await stateOf(id)).toEqual(['ended', 'case_closed']);
  });

  it.each(['withdrawal', 'recall'])(
    'CONS-2: a reading and a %s at the same time: the reading comes first, or is refused',
    async (way) => {
      const { id, releaseId, caseId } = await agreed();
      const end = () =>
        way === 'withdrawal'
          ? withdraw(releaseId)
          : missCm.ok('post', `/v1/joint-steerings/${id}/recall`, { reason: 'x' }, any);
      const replies = await Promise.all([
        ...PATHS.map((part) => read(id, part)),
        stranger.post(`/v1/steering-invitations/${id}/notes`, NOTE),
        end(),
      ]);
      const [note] = replies.slice(-2) as { status: number }[];
      for (const { status } of replies.slice(0, -2) as { status: number }[]) expect([200, 404]).toContain(status);
      expect([201, 404]).toContain(note!.status);
      expect(await statuses(id)).toEqual(CLOSED);
      const written = (await missCm.ok('get', `/v1/cases/${caseId}/journal-entries`)).data;
      expect(written).toHaveLength(note!.status === 201 ? 1 : 0);
    },
  );

  it('CASE-11: a recall waits for a reading that has begun, and the reading for a recall', async () => {
    const { id } = await agreed();
    const holder = new pg.Client(lotse.databaseUrl);
    await holder.connect();
    try {
      await holder.query('begin');
      // A recall under way.
      await holder.query(`update platform.guest_access set status = 'ended' where id = $1`, [id]);
      const reading = read(id);
      const first = await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 200, 'waits'))]);
      expect(first).toBe('waits');
      await holder.query('commit');
      expect((await reading).status).toBe(404);
    } finally {
      await holder.end();
    }
  });
});

describe('the wall', () => {
  const asApp = async <T>(tenant: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: lotse.databaseUrl, options: '-c role=lotse_app' });
    await client.connect();
    try {
      await client.query(`select set_config('app.tenant', $1, false)`, [tenant]);
      return await work(client);
    } finally {
      await client.end();
    }
  };

  it('lets in by the grant alone: of the part, the way, the reader, the day and the organisation', async () => {
    const { id } = await agreed({ parts: ['plan', 'notes'], contributions: ['notes'] });
    const enter = (tenant: string, ...[way, part, who, day]: string[]) =>
      asApp(tenant, async (client) => {
        await client.query('begin');
        const { rowCount } = await client.query('select * from platform.enter_as_guest($1, $2, $3, $4, $5, $6)', [
          'joint_steering',
          id,
          way,
          part,
          who,
          day,
        ]);
        const { rows } = await client.query(`select current_setting('app.tenant') as tenant`);
        await client.query('rollback');
        const after = await client.query(`select current_setting('app.tenant') as tenant`);
        expect(after.rows[0].tenant).toBe(tenant);
        expect(rows[0].tenant).toBe(rowCount ? home.id : tenant);
        return rowCount;
      });
    const me = stranger.subject;
    expect(await enter(other.id, 'read', 'plan', me, TODAY)).toBe(1);
    expect(await enter(other.id, 'contribute', 'notes', me, TODAY)).toBe(1);
    expect(await enter(other.id, 'contribute', 'plan', me, TODAY)).toBe(0);
    expect(await enter(other.id, 'read', 'identity', me, TODAY)).toBe(0);
    expect(await enter(other.id, 'write', 'plan', me, TODAY)).toBe(0);
    expect(await enter(other.id, 'read', 'plan', 'somebody', TODAY)).toBe(0);
    expect(await enter(other.id, 'read', 'plan', me, '2026-07-01')).toBe(0);
    expect(await enter(randomUUID(), 'read', 'plan', me, TODAY)).toBe(0);
    expect(await enter(home.id, 'read', 'plan', me, TODAY)).toBe(0);
  });

  it('shows a guest its own grants, which it cannot change', async () => {
    const { id } = await agreed();
    await asApp(other.id, async (client) => {
      expect((await client.query('select 1 from platform.guest_access where id = $1', [id])).rowCount).toBe(1);
      expect((await client.query(`update platform.guest_access set parts = '{}' where id = $1`, [id])).rowCount).toBe(
        0,
      );
    });
    await asApp(randomUUID(), async (client) =>
      expect((await client.query('select 1 from platform.guest_access')).rowCount).toBe(0),
    );
  });
});
