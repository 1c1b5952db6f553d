import { demoUsers } from '../src/shared/auth/demo-organisation';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { draftedPlan, planTerms, signPlan } from './support/plan-story';
import { linkCases, openCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let clinic: { providerId: string; serviceId: string };
const home = demoUsers[0]!.tenantId;
const any = { ifMatch: '*' } as const;
const START = '2026-03-02T09:00:00.000Z';

beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(START);
  [missCm, mrCm] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-cm')]);
  const network = await lotse.as('network-manager');
  const { id: providerId } = await network.ok('post', '/v1/providers', { name: 'Clinic' });
  const body = { providerId, name: 'Rehabilitation', problemAreas: ['chronic_disease'], region: 'Köln' };
  const { id: serviceId } = await network.ok('post', '/v1/services', body);
  clinic = { providerId, serviceId };
});
beforeEach(() => lotse.at(START));
afterAll(() => lotse.close());

type Of = { caseId: string; personId: string };
const give = async ({ caseId, personId }: Of, more: object = {}): Promise<string> => {
  const terms = {
    personId,
    kind: 'disclosure',
    purpose: 'referral',
    categories: ['identity', 'health'],
    recipients: [{ kind: 'organisation', id: clinic.providerId, name: 'Clinic' }],
    form: 'written',
    language: 'de',
    textVersion: 'release-2026-01',
    givenBy: { kind: 'client', name: 'X' },
    consequencesExplained: true,
    withdrawalExplained: true,
    evidence: { kind: 'scan', reference: 'file 2026/17, sheet 2' },
    validUntil: '2026-06-30',
  };
  return (await missCm.ok('post', `/v1/cases/${caseId}/consents`, { ...terms, ...more })).id as string;
};
const withdraw = (id: string, body: object = {}) => missCm.ok('post', `/v1/consents/${id}/withdrawal`, body, any);
/** What is open about ending consents in a case, as consent and due date. */
const ending = async ({ caseId }: Of) => {
  await lotse.settled();
  const { data } = await missCm.ok('get', `/v1/cases/${caseId}/follow-ups?status=open&limit=200`);
  return (data as { cause: string; reference: string; dueOn: string; link: string; id: string }[])
    .filter(({ cause }) => cause === 'consent_ending')
    .map(({ reference, dueOn }) => [reference, dueOn]);
};

describe('CONS-7: a consent about to end', () => {
  it('comes up before its last day, with the way to it, and goes when it is withdrawn', async () => {
    const of = await openCase(lotse, { client: null });
    const open = await give(of, { validUntil: undefined, purpose: 'coordination' });
    const id = await give(of);
    expect(await ending(of)).toEqual([[id, '2026-05-31']]);
    const { data } = await missCm.ok('get', '/v1/worklist?limit=200&due=upcoming');
    expect(data).toContainEqual(expect.objectContaining({ cause: 'consent_ending', link: `/v1/consents/${id}` }));
    await withdraw(id, { categories: ['health'] });
    expect(await ending(of)).toEqual([[id, '2026-05-31']]);
    await withdraw(id);
    await withdraw(open);
    expect(await ending(of)).toEqual([]);
  });

  it('is due today where it ends soon, and stays when it has run out', async () => {
    const of = await openCase(lotse, { client: null });
    const id = await give(of, { validUntil: '2026-03-05' });
    expect(await ending(of)).toEqual([[id, '2026-03-02']]);
    lotse.at('2026-03-20T09:00:00.000Z');
    expect(await ending(of)).toEqual([[id, '2026-03-02']]);
    const past = await give(of, { validFrom: '2026-03-01', validUntil: '2026-03-21', purpose: 'conference' });
    expect(await ending(of)).toEqual([
      [id, '2026-03-02'],
      [past, '2026-03-20'],
    ]);
  });

  it('goes when another one carries all of it further without a gap, and comes back when that one is withdrawn', async () => {
    const of = await openCase(lotse, { client: null });
    const id = await give(of);
    const less = await give(of, { categories: ['identity'], validUntil: undefined });
    const gap = await give(of, { validFrom: '2026-07-02', validUntil: '2026-12-31' });
    expect(await ending(of)).toEqual([
      [id, '2026-05-31'],
      [gap, '2026-12-01'],
    ]);
    const next = await give(of, { validFrom: '2026-07-01', validUntil: '2026-12-31' });
    expect(await ending(of)).toEqual([
      [gap, '2026-12-01'],
      [next, '2026-12-01'],
    ]);
    await withdraw(next);
    expect(await ending(of)).toEqual([
      [id, '2026-05-31'],
      [gap, '2026-12-01'],
    ]);
    await withdraw(id, { categories: ['health'] });
    expect(await ending(of)).toEqual([[gap, '2026-12-01']]);
    await withdraw(less);
    expect(await ending(of)).toEqual([
      [id, '2026-05-31'],
      [gap, '2026-12-01'],
    ]);
  });

  it('does not come back when somebody has completed it, nor in a closed case; but in one that is reopened', async () => {
    const of = await openCase(lotse, { client: null });
    const [id, other] = [await give(of), await give(of, { purpose: 'conference' })];
    await ending(of);
    const { data } = await missCm.ok('get', `/v1/cases/${of.caseId}/follow-ups?status=open`);
    const mine = (data as { reference: string; id: string }[]).find(({ reference }) => reference === id)!;
    await missCm.ok('post', `/v1/follow-ups/${mine.id}/reschedule`, { dueOn: '2026-06-10' }, any);
    await give(of, { purpose: 'coordination', validUntil: undefined });
    expect(await ending(of)).toEqual([
      [other, '2026-05-31'],
      [id, '2026-06-10'],
    ]);
    await missCm.ok('post', `/v1/follow-ups/${mine.id}/completion`, { note: 'She wants it to end.' }, any);
    await give(of, { purpose: 'coordination', validUntil: undefined });
    expect(await ending(of)).toEqual([[other, '2026-05-31']]);
    await missCm.ok('post', `/v1/cases/${of.caseId}/closure`, { reason: 'deceased', note: 'Mistaken.' }, any);
    expect(await ending(of)).toEqual([]);
    const screening = {
      criteria: [
        'complex_need',
        'several_providers',
        'regular_pathways_insufficient',
        'own_resources_insufficient',
        'consent_given_or_developing',
        'longer_term',
      ].map((criterion) => ({ criterion, answer: 'met', reason: 'Seen again.' })),
      competent: { answer: true, reason: 'Lives here.' },
    };
    const terms = { reason: 'Closed by mistake', recheck: 'Still so', screening };
    await missCm.ok('post', `/v1/cases/${of.caseId}/reopening`, terms, any);
    expect(await ending(of)).toEqual([[other, '2026-05-31']]);
    expect(await lotse.sql('select 1 from platform.parked_event')).toEqual([]);
  });
});

describe('CONS-7: after its last day nothing goes out on it', () => {
  const LAST = '2026-03-31';
  const last = async (at: string, flow: () => Promise<{ status: number; body: { code?: string } }>) => {
    lotse.at(at);
    const { status, body } = await flow();
    return status < 300 ? status : `${status} ${body.code}`;
  };
  /** The flow on the last day in Germany would pass; a second later it is refused. Tried in this order, so that nothing is spent. */
  const refusedAfter = async (flow: () => Promise<{ status: number; body: { code?: string } }>) => {
    const before = await lotse.sql<{ n: string }>('select count(*) as n from consent.disclosure');
    expect(await last('2026-03-31T22:00:00.000Z', flow)).toMatch(/consent-required|referral-not-ready/);
    await lotse.settled();
    expect(await lotse.sql('select count(*) as n from consent.disclosure')).toEqual(before);
    expect(await last(`${LAST}T21:59:59.000Z`, flow)).toBe(200);
    await lotse.settled();
  };

  it('a referral', async () => {
    const of = await openCase(lotse, { client: null });
    await give(of, { validUntil: LAST });
    const { id } = await missCm.ok('post', `/v1/cases/${of.caseId}/referrals`, {
      serviceId: clinic.serviceId,
      purposeText: 'Rehabilitation',
      categories: ['identity', 'health'],
      informationPackage: 'Stroke.',
      clientInformedOn: '2026-03-02',
    });
    await refusedAfter(() => missCm.post(`/v1/referrals/${id}/sending`, {}, any));
  });

  it('the invitation to a conference', async () => {
    const of = await openCase(lotse, { client: null });
    await give(of, { purpose: 'conference', validUntil: LAST });
    const { id } = await missCm.ok('post', `/v1/cases/${of.caseId}/conferences`, {
      kind: 'aid',
      plannedOn: '2026-04-10',
      agenda: ['Discharge'],
    });
    const recipient = { kind: 'organisation', id: clinic.providerId, name: 'Clinic' };
    const invitation = { recipient, role: 'Doctor', categories: ['health'] };
    await refusedAfter(() => missCm.post(`/v1/conferences/${id}/invitations`, invitation, any));
  });

  it('the word to a party that a case manager coordinates', async () => {
    const of = await openCase(lotse, { client: null });
    await give(of, { purpose: 'coordination', validUntil: LAST });
    const recipient = { kind: 'organisation', id: clinic.providerId, name: 'Clinic' };
    const told = { recipient, categories: ['identity'] };
    await refusedAfter(() => missCm.post(`/v1/cases/${of.caseId}/informed-parties`, told, any));
  });

  it('a part for the case manager of a linked case, also where it was opened before', async () => {
    const of = await draftedPlan(lotse, { client: null });
    await signPlan(lotse, missCm, of.planId);
    await missCm.ok('post', `/v1/service-plans/${of.planId}/agreement`, planTerms(lotse), any);
    const other = await openCase(lotse, { as: 'mr-cm', client: null });
    const linkId = await linkCases(lotse, { as: 'miss-cm', ...of }, { as: 'mr-cm', ...other });
    await give(of, {
      purpose: 'joint_steering',
      categories: ['service_plan'],
      recipients: [{ kind: 'person', id: mrCm.subject, name: 'Mr CM' }],
      validUntil: LAST,
    });
    await refusedAfter(() =>
      missCm.post(`/v1/case-links/${linkId}/openings`, { caseId: of.caseId, part: 'plan' }, any),
    );
    const read = () => mrCm.get(`/v1/cases/${of.caseId}/opened-parts`);
    expect(await last(`${LAST}T21:59:59.000Z`, read)).toBe(200);
    expect(await last('2026-03-31T22:00:00.000Z', read)).toMatch('404');
  });

  it('the copy of a service plan', async () => {
    const of = await draftedPlan(lotse, { client: null });
    await signPlan(lotse, missCm, of.planId);
    await give(of, { purpose: 'coordination', categories: ['service_plan'], validUntil: LAST });
    const knownTo = [{ kind: 'organisation', id: clinic.providerId }];
    const agree = () => missCm.post(`/v1/service-plans/${of.planId}/agreement`, planTerms(lotse, { knownTo }), any);
    await refusedAfter(agree);
  });

  it('anything that needs the participation, once that has run out', async () => {
    const of = await openCase(lotse, { client: null });
    await lotse.sql('update consent.consent set valid_until = $3 where tenant_id = $1 and id = $2', [
      home,
      of.consentId,
      LAST,
    ]);
    await give(of, { purpose: 'coordination', validUntil: undefined });
    const recipient = { kind: 'organisation', id: clinic.providerId, name: 'Clinic' };
    const told = { recipient, categories: ['identity'] };
    await refusedAfter(() => missCm.post(`/v1/cases/${of.caseId}/informed-parties`, told, any));
  });
});
