import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { demoUsers } from '../src/shared/auth/demo-organisation';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { agreedPlan } from './support/plan-story';
import { type OpenedCase, linkCases, openCase, toPhase } from './support/story';

/** What stays open to a recipient is asked of the consent at the moment of the read, and what clients may not know yet leaves no trace. */

const home = demoUsers[0]!.tenantId;
const START = '2026-03-02T09:00:00.000Z';
const any = { ifMatch: '*' } as const;
let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let mrX: ApiClient;
let lead: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(START);
  [missCm, mrCm] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-cm')]);
  [mrX, lead] = await Promise.all([lotse.as('mr-x'), lotse.as('team-lead')]);
});
afterAll(() => lotse.close());
afterEach(() => lotse.at(START));

type Place = { providerId: string; serviceId: string; provider: ApiClient };
async function place(): Promise<Place> {
  const network = await lotse.as('network-manager');
  const { id: providerId } = await network.ok('post', '/v1/providers', { name: `Provider ${randomUUID()}` });
  const body = { providerId, name: 'Family help', problemAreas: ['family_problems'], region: 'Köln' };
  const { id: serviceId } = await network.ok('post', '/v1/services', body);
  return { providerId, serviceId, provider: await lotse.as('provider', { providerId }) };
}
const categories = ['identity', 'situation'];
const to = (id: string, kind: 'organisation' | 'person' = 'organisation') => ({ kind, id, name: 'Recipient' });
const release = async (
  { caseId, personId }: OpenedCase,
  recipient: object,
  purpose = 'referral',
  more: object = {},
): Promise<string> => {
  const terms = {
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
    evidence: { kind: 'scan', reference: 'file 2026/17, sheet 3' },
  };
  return (await missCm.ok('post', `/v1/cases/${caseId}/consents`, { ...terms, ...more })).id as string;
};
const except = async (
  { caseId, personId }: OpenedCase,
  recipient: object,
  purpose = 'referral',
  more: object = {},
): Promise<string> => {
  const terms = {
    personId,
    kind: 'self_harm',
    legalBasis: 'STGB_34',
    facts: 'Speaks of ending his life.',
    milderMeans: 'Talked with him twice.',
    assessedWith: ['Team lead'],
    priorNotice: { given: false, reason: 'He would run away.' },
    purpose,
    categories,
    recipient,
    validUntil: '2026-03-31',
  };
  return (await missCm.ok('post', `/v1/cases/${caseId}/consent-exceptions`, { ...terms, ...more })).id as string;
};
const tell = async (exceptionId: string): Promise<void> => {
  const body = { informedOn: lotse.clock.today(), how: 'In a talk' };
  await missCm.ok('post', `/v1/consent-exceptions/${exceptionId}/client-informing`, body, any);
  await lotse.settled();
};
const sent = async ({ caseId }: OpenedCase, { serviceId }: Place, more: object = {}): Promise<string> => {
  const { id } = await missCm.ok('post', `/v1/cases/${caseId}/referrals`, {
    serviceId,
    purposeText: 'Please help at once',
    categories,
    informationPackage: 'Lives alone, sees nobody.',
    clientInformedOn: '2026-03-01',
    ...more,
  });
  await missCm.ok('post', `/v1/referrals/${id}/sending`, {}, any);
  return id as string;
};
/** What the provider gets of the referral: read alone, and in the list. */
const passed = async ({ provider }: Place, id: string): Promise<boolean> => {
  const one = await provider.ok('get', `/v1/referrals/${id}`);
  const row = (await provider.ok('get', '/v1/referrals')).data.find((r: { id: string }) => r.id === id);
  const told = [one.informationPackage, one.purposeText, row.purposeText].map((text) => text !== null);
  expect(new Set(told).size).toBe(1);
  expect(one.categories).toEqual(told[0] ? categories : []);
  return told[0]!;
};
/** Runs `work` while the listener of that name hears nothing. */
async function deaf(subscription: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: lotse.databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select 1 from platform.subscription where name = $1 for update', [subscription]);
    await work();
  } finally {
    await client.query('rollback');
    await client.end();
  }
  await lotse.settled();
}

describe('what a provider reads', () => {
  it('CONS-2: closes with the commit of the withdrawal, before any listener has heard of it', async () => {
    const of = await openCase(lotse, { client: null });
    const there = await place();
    const consentId = await release(of, to(there.providerId));
    const id = await sent(of, there);
    expect(await passed(there, id)).toBe(true);
    await deaf('service-plan.consent', async () => {
      await missCm.ok('post', `/v1/consents/${consentId}/withdrawal`, { categories: ['situation'] }, any);
      expect(await passed(there, id)).toBe(false);
      expect((await missCm.ok('get', `/v1/referrals/${id}`)).state).toBe('sent');
    });
    expect((await missCm.ok('get', `/v1/referrals/${id}`)).state).toBe('cancelled');
    expect(await passed(there, id)).toBe(false);
  });

  it('CONS-2: closes as soon as the client takes part no more', async () => {
    const of = await openCase(lotse, { client: null });
    const there = await place();
    await release(of, to(there.providerId));
    const id = await sent(of, there);
    await deaf('service-plan.consent', async () => {
      await missCm.ok('post', `/v1/consents/${of.consentId}/withdrawal`, {}, any);
      expect(await passed(there, id)).toBe(false);
    });
  });

  it('CONS-2: stays open when another recipient or another category is withdrawn', async () => {
    const of = await openCase(lotse, { client: null });
    const [there, elsewhere] = [await place(), await place()];
    const consentId = await release(of, to(there.providerId), 'referral', {
      recipients: [to(there.providerId), to(elsewhere.providerId)],
      categories: [...categories, 'work'],
    });
    const id = await sent(of, there);
    const withdraw = (body: object) => missCm.ok('post', `/v1/consents/${consentId}/withdrawal`, body, any);
    await withdraw({ recipientIds: [elsewhere.providerId] });
    await withdraw({ categories: ['work'] });
    await lotse.settled();
    expect(await passed(there, id)).toBe(true);
  });

  it('CONS-4: closes with the hour until which an exception had to be confirmed, and with its rejection', async () => {
    const of = await openCase(lotse, { client: null });
    const there = await place();
    const exceptionId = await except(of, to(there.providerId));
    const id = await sent(of, there);
    lotse.at('2026-03-03T09:00:00.000Z');
    expect(await passed(there, id)).toBe(true);
    lotse.at('2026-03-03T09:00:00.001Z');
    expect(await passed(there, id)).toBe(false);
    lotse.at(START);
    await deaf('service-plan.consent', async () => {
      const reason = 'There is no danger.';
      await lead.ok('post', `/v1/consent-exceptions/${exceptionId}/rejection`, { reason }, any);
      expect(await passed(there, id)).toBe(false);
    });
  });
});

describe('CONS-4: what the client is not told of yet', () => {
  it('leaves no trace in the plan, the case and the evaluation, and is there once they are told', async () => {
    const of = await agreedPlan(lotse, { client: 'mr-x' });
    const there = await place();
    const exceptionId = await except(of, to(there.providerId));
    const id = await sent(of, there, { planId: of.planId, measureId: of.measureId });
    const step = (name: string, body: object = {}) => missCm.ok('post', `/v1/referrals/${id}/${name}`, body, any);
    await step('recorded-answer', { answer: 'accepted', note: 'By phone' });
    lotse.at('2026-03-03T08:00:00.000Z');
    await step('start');
    await lotse.settled();
    const seen = async () => {
      const [plan, kase] = [
        await mrX.ok('get', `/v1/service-plans/${of.planId}`),
        await mrX.ok('get', `/v1/cases/${of.caseId}`),
      ];
      const { state, startedOn } = plan.measures[0];
      return { state, startedOn, running: kase.runningMeasures };
    };
    expect(await seen()).toEqual({ state: 'planned', startedOn: null, running: [] });
    await missCm.ok('post', `/v1/consent-exceptions/${exceptionId}/client-informing`, { reason: 'In a clinic' }, any);
    await lotse.settled();
    expect((await seen()).state).toBe('planned');
    lotse.at('2026-03-03T08:30:00.000Z');
    await tell(exceptionId);
    expect(await seen()).toEqual({ state: 'running', startedOn: '2026-03-03', running: [of.measureId] });
    await step('completion', { outcome: 'achieved' });
    expect((await mrX.ok('get', `/v1/service-plans/${of.planId}`)).measures[0]).toMatchObject({ state: 'completed' });
  });

  it('tells the plan of help that has ended by then as well', async () => {
    const of = await agreedPlan(lotse, { client: 'mr-x' });
    const there = await place();
    const exceptionId = await except(of, to(there.providerId));
    const id = await sent(of, there, { planId: of.planId, measureId: of.measureId });
    const step = (name: string, body: object = {}) => missCm.ok('post', `/v1/referrals/${id}/${name}`, body, any);
    await step('recorded-answer', { answer: 'accepted', note: 'By phone' });
    await step('start');
    await step('discontinuation', { reason: 'no_effect' });
    const measure = async () => (await mrX.ok('get', `/v1/service-plans/${of.planId}`)).measures[0];
    expect(await measure()).toMatchObject({ state: 'planned' });
    await tell(exceptionId);
    expect(await measure()).toMatchObject({ state: 'discontinued', startedOn: '2026-03-02', endedOn: '2026-03-02' });
  });

  it('shows neither in the evaluation who rated or did not, nor in the conference, the case or the link who was told', async () => {
    const of = await agreedPlan(lotse, { client: 'mr-x' });
    const there = await place();
    const exceptions = [await except(of, to(there.providerId))];
    const id = await sent(of, there);
    const measure = `/v1/service-plans/${of.planId}/measures/${of.measureId}`;
    await missCm.ok('post', `${measure}/start`, {}, any);
    await missCm.ok('post', `/v1/referrals/${id}/recorded-answer`, { answer: 'accepted', note: 'By phone' }, any);

    const { id: conference } = await missCm.ok('post', `/v1/cases/${of.caseId}/conferences`, {
      kind: 'case',
      plannedOn: '2026-03-10',
      agenda: ['How it goes on'],
    });
    const invite = (recipient: object) =>
      missCm.ok('post', `/v1/conferences/${conference}/invitations`, { recipient, role: 'Help', categories }, any);
    exceptions.push(await except(of, to(there.providerId), 'conference'));
    await invite(to(there.providerId));
    await invite(to(mrX.subject, 'person'));
    exceptions.push(await except(of, to(there.providerId), 'coordination'));
    const party = { recipient: to(there.providerId), role: 'help', categories };
    await missCm.ok('post', `/v1/cases/${of.caseId}/informed-parties`, party, any);
    const other = await openCase(lotse, { as: 'mr-cm', client: null });
    const linkId = await linkCases(lotse, { as: 'miss-cm', ...of }, { as: 'mr-cm', ...other });
    const steering = { categories: ['service_plan'] };
    exceptions.push(await except(of, to(mrCm.subject, 'person'), 'joint_steering', steering));
    await missCm.ok('post', `/v1/case-links/${linkId}/openings`, { caseId: of.caseId, part: 'plan' }, any);
    await lotse.settled();

    const attempts = { since: '2026-03-01', attempts: 'Three calls, two letters.' };
    await missCm.ok('post', `/v1/cases/${of.caseId}/unreachability`, attempts, any);
    await toPhase(lotse, { caseId: of.caseId, phase: 'evaluation' });
    const { id: evaluation } = await missCm.ok('post', `/v1/cases/${of.caseId}/evaluations`, { planId: of.planId });
    const missing = { side: 'provider', providerId: there.providerId, reason: 'On holiday' };
    await missCm.ok('post', `/v1/evaluations/${evaluation}/missing-ratings`, missing, any);

    const counts = async (who: ApiClient) => [
      (await who.ok('get', `/v1/evaluations/${evaluation}`)).notRated.length,
      (await who.ok('get', `/v1/conferences/${conference}`)).invitations.length,
      (await who.ok('get', `/v1/cases/${of.caseId}`)).informedParties.length,
      (await who.ok('get', `/v1/case-links/${linkId}`)).openings.length,
    ];
    expect(await counts(missCm)).toEqual([1, 2, 1, 1]);
    expect(await counts(mrX)).toEqual([0, 1, 0, 0]);
    for (const exceptionId of exceptions) await tell(exceptionId);
    expect(await counts(mrX)).toEqual([1, 2, 1, 1]);
  });

  it('is known from the sending on where they were told of the exception before, but not which other one carries it on', async () => {
    const of = await openCase(lotse, { client: 'mr-x' });
    const there = await place();
    const told = await except(of, to(there.providerId), 'referral', { validUntil: '2026-03-02' });
    await tell(told);
    const id = await sent(of, there);
    const seen = async (who: ApiClient) => (await who.ok('get', `/v1/referrals/${id}`)).consentId as string | null;
    expect([await seen(mrX), await seen(missCm)]).toEqual([told, told]);
    const untold = await except(of, to(there.providerId));
    await lead.ok('post', `/v1/consent-exceptions/${untold}/confirmation`, {}, any);
    await lotse.settled();
    expect([await seen(mrX), await seen(missCm)]).toEqual([null, untold]);
    await tell(untold);
    expect(await seen(mrX)).toBe(untold);
  });

  it('PLAN-7: lets the provider rate no goal before, as its rating would show in the plan', async () => {
    const there = await place();
    const of = await agreedPlan(lotse, { client: 'mr-x' });
    await lotse.sql(
      `update service_plan.service_plan set measures = jsonb_set(measures, '{0,responsible}', $2),
         in_force = jsonb_set(in_force, '{measures,0,responsible}', $2) where id = $1`,
      [of.planId, JSON.stringify({ kind: 'provider', name: 'Help', id: there.providerId })],
    );
    const exceptionId = await except(of, to(there.providerId));
    await sent(of, there);
    const rate = () =>
      there.provider.post(
        `/v1/service-plans/${of.planId}/goal-ratings`,
        { goalId: of.goalId, level: 0, on: '2026-03-02', ratedBy: 'provider' },
        any,
      );
    expect((await rate()).status).toBe(404);
    await tell(exceptionId);
    expect((await rate()).status).toBe(201);
  });
});

describe('CASE-11, PLAN-4: a joint conference', () => {
  it('CONS-3: needs a release of the other client before a client of one case is invited', async () => {
    const ofMrX = await openCase(lotse, { client: 'mr-x' });
    const other = await openCase(lotse, { as: 'mr-cm', client: null });
    await linkCases(lotse, { as: 'miss-cm', ...ofMrX }, { as: 'mr-cm', ...other });
    const { id } = await missCm.ok('post', `/v1/cases/${ofMrX.caseId}/conferences`, {
      kind: 'case',
      plannedOn: '2026-03-10',
      agenda: ['Help for the son'],
      caseIds: [other.caseId],
    });
    const invite = () =>
      missCm.post(
        `/v1/conferences/${id}/invitations`,
        { recipient: to(mrX.subject, 'person'), role: 'Client', categories },
        any,
      );
    expect((await invite()).body).toMatchObject({ code: 'consent-required', caseId: other.caseId });
    const terms = { recipients: [to(mrX.subject, 'person')] };
    const { id: consentId } = await mrCm.ok('post', `/v1/cases/${other.caseId}/consents`, {
      personId: other.personId,
      kind: 'disclosure',
      purpose: 'conference',
      categories,
      ...terms,
      form: 'written',
      language: 'de',
      textVersion: 'release-2026-01',
      givenBy: { kind: 'client', name: 'Y' },
      consequencesExplained: true,
      withdrawalExplained: true,
      evidence: { kind: 'scan', reference: 'file 2026/18, sheet 3' },
    });
    expect((await invite()).status).toBe(200);
    await lotse.settled();
    const register = await lotse.sql(
      'select case_id, consent_id from consent.disclosure where tenant_id = $1 and source_id = $2',
      [home, id],
    );
    expect(register).toEqual([{ case_id: other.caseId, consent_id: consentId }]);
  });
});

it('leaves no event parked', async () => {
  await lotse.settled();
  expect(await lotse.sql('select 1 from platform.parked_event')).toEqual([]);
});
