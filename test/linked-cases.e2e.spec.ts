import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type PlannedCase, agreedPlan } from './support/plan-story';
import { type OpenedCase, linkCases, openCase } from './support/story';

const TODAY = '2026-03-02';
const any = { ifMatch: '*' } as const;

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let teamLead: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(`${TODAY}T09:00:00.000Z`);
  [missCm, mrCm, teamLead] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-cm'), lotse.as('team-lead')]);
});
afterAll(() => lotse?.close());

type Family = { mrX: PlannedCase; missX: OpenedCase; linkId: string };
/** Mr X's case with a plan in force and Miss X's, linked; nothing is opened yet. */
async function family(): Promise<Family> {
  const mrX = await agreedPlan(lotse, { as: 'miss-cm', client: 'mr-x' });
  const missX = await openCase(lotse, { as: 'mr-cm', client: 'miss-x' });
  const linkId = await linkCases(lotse, { as: 'miss-cm', caseId: mrX.caseId }, { as: 'mr-cm', caseId: missX.caseId });
  return { mrX, missX, linkId };
}
/** A release of Mr X towards a case manager; answers its id. */
const release = async ({ mrX }: Family, more: object = {}): Promise<string> => {
  const terms = {
    personId: mrX.personId,
    kind: 'disclosure',
    purpose: 'joint_steering',
    categories: ['service_plan', 'conference_minutes'],
    recipients: [{ kind: 'person', id: mrCm.subject, name: 'Mr CM' }],
    form: 'written',
    language: 'de',
    textVersion: 'release-2026-01',
    givenBy: { kind: 'client', name: 'X' },
    consequencesExplained: true,
    withdrawalExplained: true,
    evidence: { kind: 'scan', reference: 'file 2026/17, sheet 2' },
  };
  return (await missCm.ok('post', `/v1/cases/${mrX.caseId}/consents`, { ...terms, ...more })).id as string;
};
const open = ({ linkId, mrX }: Family, part: string) =>
  missCm.post(`/v1/case-links/${linkId}/openings`, { caseId: mrX.caseId, part }, any);
/** A family of which the parts are open to Mr CM, and the consent they rely on. */
async function openedFamily(...parts: string[]): Promise<Family & { consentId: string }> {
  const found = await family();
  const consentId = await release(found);
  for (const part of parts) expect((await open(found, part)).status).toBe(200);
  return { ...found, consentId };
}
const read = (caseId: string, who: ApiClient = mrCm) => who.get(`/v1/cases/${caseId}/opened-parts`);
/** What stands against each part, as the list of linked cases tells Mr CM. */
const reasons = async ({ missX }: Family) => {
  const [linked] = (await mrCm.ok('get', `/v1/cases/${missX.caseId}/linked-cases`)).data;
  return (linked.parts as { part: string; why: string | null }[]).map(({ part, why }) => `${part} ${why}`);
};
const withdraw = (consentId: string, body: object = {}) =>
  missCm.ok('post', `/v1/consents/${consentId}/withdrawal`, body, any);

const MINUTES = {
  heldOn: TODAY,
  participants: ['Mr X', 'Miss CM', 'Youth office'],
  minutes: 'The son needs supervision.',
  decisions: [{ text: 'Supervision for the son', becomes: 'measure', responsible: 'Youth office' }],
  dissent: [{ who: 'Mr X', what: 'Would rather have the son at home' }],
};
const conference = async (caseId: string, more: object = {}): Promise<string> =>
  (
    await missCm.ok('post', `/v1/cases/${caseId}/conferences`, {
      kind: 'aid',
      plannedOn: '2026-03-10',
      agenda: ['Help for the son'],
      ...more,
    })
  ).id as string;
const held = async (caseId: string, more: object = {}): Promise<string> => {
  const id = await conference(caseId, more);
  await missCm.ok('post', `/v1/conferences/${id}/minutes`, MINUTES, any);
  return id;
};

describe('what was opened, and nothing else', () => {
  it('CASE-11: the goals alone come without measures, payers and costs', async () => {
    const found = await openedFamily('goals');
    const { mrX } = found;
    expect(await reasons(found)).toEqual(['plan part-not-opened', 'goals null', 'conference part-not-opened']);
    const { status, body } = await read(mrX.caseId);
    expect(status).toBe(200);
    expect(body).toMatchObject({ caseId: mrX.caseId, plan: null, conference: null });
    expect(body.goals).toHaveLength(1);
    expect(Object.keys(body.goals[0]).sort()).toEqual(['agreedOn', 'edition', 'goals', 'id', 'reviewOn']);
    expect(body.goals[0]).toMatchObject({ id: mrX.planId, edition: 1, agreedOn: TODAY });
    expect(body.goals[0].goals.map(({ id }: { id: string }) => id)).toEqual([
      mrX.principleId,
      mrX.frameworkId,
      mrX.goalId,
    ]);
    for (const kept of ['Daily exercises', 'measure', 'payer', 'cost'])
      expect(JSON.stringify(body)).not.toContain(kept);
  });

  it('CASE-11, PLAN-3: the plan is the edition in force, not the draft of the next one', async () => {
    const { mrX } = await openedFamily('plan');
    await missCm.ok('post', `/v1/service-plans/${mrX.planId}/revision`, { reason: 'Walks better.' }, any);
    const path = `/v1/service-plans/${mrX.planId}/measures/${mrX.measureId}`;
    const draft = { title: 'Only a draft', goalIds: [mrX.goalId], responsible: { kind: 'client', name: 'Mr X' } };
    await missCm.ok('put', path, draft, any);
    const { body } = await read(mrX.caseId);
    expect(body).toMatchObject({ goals: null, conference: null });
    expect(body.plan).toMatchObject([
      {
        id: mrX.planId,
        edition: 1,
        planningMode: 'static',
        horizon: 'short',
        goals: [{}, {}, { id: mrX.goalId }],
        measures: [{ id: mrX.measureId, title: 'Daily exercises with the neighbour' }],
      },
    ]);
    for (const kept of ['Only a draft', 'Walks better.', 'sheet 9']) expect(JSON.stringify(body)).not.toContain(kept);
  });

  it('CASE-11: a plan of another member of the family stays closed, and so does one not yet agreed', async () => {
    const { mrX } = await openedFamily('plan');
    await lotse.sql('update service_plan.service_plan set person_id = $2 where id = $1', [mrX.planId, randomUUID()]);
    expect((await read(mrX.caseId)).body.plan).toEqual([]);
    await lotse.sql('update service_plan.service_plan set person_id = $2, in_force = null where id = $1', [
      mrX.planId,
      mrX.personId,
    ]);
    expect((await read(mrX.caseId)).body.plan).toEqual([]);
  });

  it('CASE-11, PLAN-4: minutes of conferences held for this case or with the reader’s, not with a third one', async () => {
    const found = await openedFamily('conference');
    const { mrX, missX } = found;
    const third = await openCase(lotse, { as: 'miss-cm', client: null });
    await linkCases(lotse, { as: 'miss-cm', caseId: mrX.caseId }, { as: 'miss-cm', caseId: third.caseId });
    const alone = await held(mrX.caseId);
    const joint = await held(mrX.caseId, { caseIds: [missX.caseId] });
    await held(mrX.caseId, { caseIds: [third.caseId] });
    await conference(mrX.caseId);
    const { body } = await read(mrX.caseId);
    expect(body).toMatchObject({ plan: null, goals: null });
    expect(body.conference.map(({ id }: { id: string }) => id)).toEqual([joint, alone]);
    expect(body.conference[1]).toEqual({
      id: alone,
      kind: 'aid',
      ...MINUTES,
      decisions: [{ id: expect.any(String), ...MINUTES.decisions[0] }],
    });
  });

  it('QA-9: every reading is in the access log of the case that was read', async () => {
    const { mrX } = await openedFamily('plan', 'goals', 'conference');
    const conferenceId = await held(mrX.caseId);
    expect((await read(mrX.caseId)).status).toBe(200);
    const log = await lotse.sql(
      `select actor, action, purpose, case_id, resource_ids from platform.access_log
       where resource_type = 'opened-parts' and case_id = $1`,
      [mrX.caseId],
    );
    expect(log).toEqual([
      {
        actor: mrCm.subject,
        action: 'read',
        purpose: 'case_management',
        case_id: mrX.caseId,
        resource_ids: expect.arrayContaining([mrX.planId, conferenceId]),
      },
    ]);
    expect(log[0]!.resource_ids).toHaveLength(2);
  });
});

describe('to whom', () => {
  it('CASE-11: to nobody before a part is opened', async () => {
    const found = await family();
    expect((await read(found.mrX.caseId)).status).toBe(404);
    await release(found);
    expect((await read(found.mrX.caseId)).status).toBe(404);
    expect((await read(randomUUID())).status).toBe(404);
    expect((await read('no-id')).status).toBe(400);
  });

  it('CASE-11: to the other side’s responsible case manager, to nobody else', async () => {
    const { mrX, missX } = await openedFamily('plan', 'goals', 'conference');
    const user = { tenantId: demoTenants[0].id, teams: ['employment'] };
    const deputy = await lotse.asUser({ ...user, subject: randomUUID(), roles: ['case_manager'] });
    await mrCm.ok('put', `/v1/cases/${missX.caseId}/deputy`, { deputy: deputy.subject }, any);
    expect((await deputy.get(`/v1/cases/${missX.caseId}`)).status).toBe(200);
    const third = await lotse.asUser({ ...user, subject: randomUUID(), roles: ['case_manager'] });
    const others = ['mr-x', 'miss-x', 'stranger', 'miss-cm', 'team-lead', 'auditor'].map((key) => lotse.as(key));
    // The same subject in another organisation is somebody else.
    const namesake = lotse.as('stranger', { subject: mrCm.subject });
    const asClient = lotse.as('mr-cm', { roles: ['client'] });
    for (const who of [deputy, third, ...(await Promise.all([...others, namesake, asClient]))])
      expect((await read(mrX.caseId, who)).status).toBe(404);
    expect((await read(mrX.caseId, await lotse.as('provider', { providerId: randomUUID() }))).status).toBe(403);
    // One way only: Miss X's case opened nothing.
    expect((await read(missX.caseId, missCm)).status).toBe(404);
    expect((await mrCm.get(`/v1/service-plans/${mrX.planId}`)).status).toBe(404);
    expect((await read(mrX.caseId)).status).toBe(200);
  });

  it('CASE-11: clients are told neither how it stands with the other nor what of the other was opened', async () => {
    const { mrX, missX, linkId } = await openedFamily('plan');
    const [him, her] = await Promise.all(['mr-x', 'miss-x'].map((key) => lotse.as(key)));
    const linked = async (who: ApiClient, caseId: string) =>
      (await who.ok('get', `/v1/cases/${caseId}/linked-cases`)).data;
    expect(await linked(mrCm, missX.caseId)).toMatchObject([{ phase: 'linking', responsible: missCm.subject }]);
    expect(await linked(her!, missX.caseId)).toMatchObject([{ linkId, phase: null, responsible: null }]);
    const openings = async (who: ApiClient) => (await who.ok('get', `/v1/case-links/${linkId}`)).openings.length;
    expect([await openings(mrCm), await openings(him!), await openings(her!)]).toEqual([1, 1, 0]);
    expect(await linked(him!, mrX.caseId)).toMatchObject([{ phase: null, responsible: null }]);
  });

  it('CASE-7, CASE-11: a handover of the reading case ends it, until the part is released and opened to the successor', async () => {
    const found = await openedFamily('goals');
    const { mrX, missX } = found;
    const successor = await lotse.asUser({
      subject: randomUUID(),
      tenantId: demoTenants[0].id,
      roles: ['case_manager'],
      teams: ['employment'],
    });
    await teamLead.ok('post', `/v1/cases/${missX.caseId}/handover`, { to: successor.subject, reason: 'Leave.' }, any);
    for (const who of [mrCm, successor]) expect((await read(mrX.caseId, who)).status).toBe(404);
    await release(found, { recipients: [{ kind: 'person', id: successor.subject, name: 'Successor' }] });
    expect((await read(mrX.caseId, successor)).status).toBe(404);
    expect((await open(found, 'goals')).status).toBe(200);
    expect((await read(mrX.caseId, successor)).body.goals).toHaveLength(1);
    expect((await read(mrX.caseId)).status).toBe(404);
  });
});

describe('within consent', () => {
  it('CONS-3: a release of another member of the family does not open the client’s parts', async () => {
    const found = await family();
    const { id: son } = await missCm.ok('post', '/v1/persons', { familyName: 'X' });
    await missCm.ok(
      'put',
      `/v1/cases/${found.mrX.caseId}/members/${son}`,
      { role: 'child', legalGuardian: false },
      any,
    );
    await release(found, { personId: son });
    expect(await reasons(found)).toContain('plan consent-required');
    expect(await open(found, 'plan')).toMatchObject({ status: 403, body: { code: 'consent-required' } });
  });

  it('CONS-2: the very next reading after a withdrawal is refused, although its event is not delivered yet', async () => {
    const found = await openedFamily('plan', 'conference');
    const { mrX, linkId, consentId } = found;
    // Another release stands; but what was opened relied on the one withdrawn.
    await release(found);
    expect((await read(mrX.caseId)).status).toBe(200);
    const stillOpen = async () =>
      (await missCm.ok('get', `/v1/case-links/${linkId}`)).openings.filter(
        ({ closedAt }: { closedAt: string | null }) => closedAt === null,
      ).length;
    const holder = new pg.Client(lotse.databaseUrl);
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select 1 from cases.case_link where id = $1 for update', [linkId]);
      await withdraw(consentId);
      expect((await read(mrX.caseId)).status).toBe(404);
      expect(await reasons(found)).toEqual([
        'plan consent-required',
        'goals part-not-opened',
        'conference consent-required',
      ]);
      expect(await stillOpen()).toBe(2);
      await holder.query('rollback');
    } finally {
      await holder.end();
    }
    await lotse.settled();
    expect(await stillOpen()).toBe(0);
    expect((await read(mrX.caseId)).status).toBe(404);
    expect((await open(found, 'plan')).status).toBe(200);
    expect((await read(mrX.caseId)).body).toMatchObject({ plan: [{}], conference: null });
  });

  it('CONS-2: a withdrawal of one category closes that part alone', async () => {
    const { mrX, consentId } = await openedFamily('plan', 'conference');
    await held(mrX.caseId);
    await withdraw(consentId, { categories: ['conference_minutes'] });
    const partly = (await read(mrX.caseId)).body;
    expect(partly).toMatchObject({ plan: [{}], goals: null, conference: null });
    await lotse.settled();
    expect((await read(mrX.caseId)).body).toEqual(partly);
  });

  it('CONS-2: who takes part no more shares no more, and a new participation opens nothing by itself', async () => {
    const found = await openedFamily('plan');
    const { mrX } = found;
    await withdraw(mrX.consentId);
    expect((await read(mrX.caseId)).status).toBe(404);
    expect(await reasons(found)).toContain('plan consent-required');
    await lotse.settled();
    expect((await open(found, 'goals')).body.code).toBe('participation-consent-missing');
    await release(found, { kind: 'participation', purpose: 'case_management', categories: [], recipients: [] });
    expect((await read(mrX.caseId)).status).toBe(404);
    expect(await reasons(found)).toContain('plan part-not-opened');
  });

  it('CONS-7: an expired release carries nothing', async () => {
    const found = await family();
    await release(found, { validUntil: '2026-03-31' });
    await open(found, 'plan');
    lotse.at('2026-03-31T20:00:00.000Z');
    expect((await read(found.mrX.caseId)).status).toBe(200);
    lotse.at('2026-04-01T08:00:00.000Z');
    expect((await read(found.mrX.caseId)).status).toBe(404);
    lotse.at(`${TODAY}T09:00:00.000Z`);
  });

  it('CONS-2: a reading and a withdrawal at the same time: the reading comes first, or is refused', async () => {
    const { mrX, consentId } = await openedFamily('plan');
    const [reading] = await Promise.all([read(mrX.caseId), withdraw(consentId)]);
    expect([200, 404]).toContain(reading.status);
    expect((await read(mrX.caseId)).status).toBe(404);
  });
});

describe('as long as it is steered jointly', () => {
  it('CASE-11: what is no longer shared is closed, and everything when the link ends', async () => {
    const { mrX, missX, linkId } = await openedFamily('plan', 'goals');
    const shares = { caseId: mrX.caseId, sharedParts: ['goals'] };
    await missCm.ok('put', `/v1/case-links/${linkId}/shared-parts`, shares, any);
    expect((await read(mrX.caseId)).body).toMatchObject({ plan: null, goals: [{}] });
    await mrCm.ok('post', `/v1/case-links/${linkId}/ending`, { caseId: missX.caseId, reason: 'Separated.' }, any);
    expect((await read(mrX.caseId)).status).toBe(404);
  });

  it('CASE-10, CASE-11: nothing is read from or for a closed case', async () => {
    const found = await openedFamily('plan');
    for (const { caseId } of [found.mrX, found.missX]) {
      await lotse.sql(`update cases.case set status = 'closed' where id = $1`, [caseId]);
      expect((await read(found.mrX.caseId)).status).toBe(404);
      expect(await reasons(found)).toContain('plan case-closed');
      await lotse.sql(`update cases.case set status = 'active' where id = $1`, [caseId]);
    }
    expect((await read(found.mrX.caseId)).status).toBe(200);
  });
});
