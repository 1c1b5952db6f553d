import { randomUUID } from 'node:crypto';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { openCase, openUnagreedCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
const any = { ifMatch: '*' } as const;
const START = '2026-03-02T09:00:00.000Z';
const CLINIC = { kind: 'organisation', id: randomUUID() } as const;
beforeAll(async () => {
  lotse = await startLotse();
  missCm = await lotse.as('miss-cm');
});
beforeEach(() => lotse.at(START));
afterEach(async () => {
  await lotse.settled();
  expect(await lotse.sql('select subscription, error from platform.parked_event')).toEqual([]);
});
afterAll(() => lotse.close());

type Of = { caseId: string; personId: string };
const person = async (more: object = {}) =>
  (await missCm.ok('post', '/v1/persons', { familyName: 'Y', ...more })).id as string;
/** A case of somebody born that day, and the mother or guardian who may decide. */
async function ward(birthDate: string | null, terms: object): Promise<Of & { by: string; representationId: string }> {
  const of = await openUnagreedCase(lotse, { client: null });
  if (birthDate) await missCm.ok('patch', `/v1/persons/${of.personId}`, { birthDate }, any);
  const by = await person();
  const { id } = await missCm.ok('post', `/v1/persons/${of.personId}/representations`, {
    ...{ representativeId: by, validFrom: '2020-01-01', evidence: 'Seen', ...terms },
  });
  return { ...of, by, representationId: id };
}
const CUSTODY = { kind: 'parental_custody', tasks: ['personal_care'] };
const COURT = { court: 'Amtsgericht Leipzig', fileNumber: '521 XVII 17/26' };
const BETREUUNG = { kind: 'legal_guardianship', tasks: ['health', 'authorities'], ...COURT };
const give = async ({ caseId, personId }: Of, givenBy: object, more: object = {}) => {
  const { id } = await missCm.ok('post', `/v1/cases/${caseId}/consents`, {
    ...{ personId, kind: 'disclosure', purpose: 'conference', categories: ['health'], form: 'written', language: 'de' },
    ...{ recipients: [{ ...CLINIC, name: 'Clinic' }], textVersion: '1', givenBy: { name: 'G', ...givenBy } },
    ...{ consequencesExplained: true, withdrawalExplained: true, evidence: { kind: 'scan', reference: 'sheet 2' } },
    ...more,
  });
  await lotse.settled();
  return id as string;
};
const PARTICIPATION = { kind: 'participation', purpose: 'case_management', categories: [], recipients: [] };
const check = async ({ caseId, personId }: Of, purpose = 'conference') => {
  const body = { recipient: CLINIC, categories: ['health'], purpose, personId };
  const { allowed, until, missing } = await missCm.ok('post', `/v1/cases/${caseId}/consent-checks`, body);
  return allowed ? `yes until ${until}` : missing.map(({ reason }: { reason: string }) => reason).join();
};
const CAUSES = ['client_came_of_age', 'minor_has_own_say', 'representation_ended'];
type FollowUp = { id: string; cause: string; reference: string; dueOn: string; link: string };
const asked = async ({ caseId }: Of) => {
  await lotse.settled();
  const { data } = await missCm.ok('get', `/v1/cases/${caseId}/follow-ups?status=open&limit=200`);
  return (data as FollowUp[]).filter(({ cause }) => CAUSES.includes(cause));
};
const causes = async (of: Of) => (await asked(of)).map(({ cause, reference, dueOn }) => [cause, reference, dueOn]);
const night = async (instant: string) => {
  lotse.at(instant);
  await lotse.app.get(DailyJobs).runAll();
};
const state = async (id: string) => (await missCm.ok('get', `/v1/consents/${id}`)).state as string;

describe('a child comes of age', () => {
  it('CONS-1, CONS-3: what guardians alone allowed ends with midnight of the birthday, before the night’s work too', async () => {
    const of = await ward('2008-03-20', CUSTODY);
    await night('2026-03-16T01:15:00.000Z');
    // The mother consented years before.
    lotse.at('2021-05-03T09:00:00.000Z');
    const [id, part] = [
      await give(of, { kind: 'guardian', personId: of.by }),
      await give(of, { kind: 'guardian', personId: of.by }, PARTICIPATION),
    ];
    lotse.at('2026-03-19T22:59:59.000Z');
    expect([await check(of), await state(id)]).toEqual(['yes until 2026-03-19', 'valid']);
    lotse.at('2026-03-19T23:00:00.000Z');
    expect([await check(of), await state(id), await state(part)]).toEqual([
      'came-of-age',
      'came_of_age',
      'came_of_age',
    ]);
    const list = await missCm.ok('get', `/v1/cases/${of.caseId}/consents?state=came_of_age`);
    expect(list.data).toHaveLength(2);
    const terms = {
      informed: { whatCmIs: true, rightsAndDuties: true, complaintWay: true },
      model: 'general',
      mandate: 'M',
    };
    const agreement = { ...terms, signedOn: '2026-03-20', signatories: [{ name: 'X', role: 'client' }] };
    const signed = await missCm.post(`/v1/cases/${of.caseId}/agreement`, agreement, any);
    expect([signed.status, JSON.stringify(signed.body)]).toEqual([
      409,
      expect.stringContaining('participation-consent'),
    ]);
    await night('2026-04-10T01:15:00.000Z');
    expect(await state(id)).toBe('came_of_age');
    const own = await give(of, { kind: 'client' });
    expect([await check(of), await state(own)]).toEqual(['yes until null', 'valid']);
  });

  it('CONS-1: is pointed out before, by the month, and goes when they consent themselves', async () => {
    const of = await ward('2008-05-20', CUSTODY);
    lotse.at('2021-05-03T09:00:00.000Z');
    const id = await give(of, { kind: 'guardian', personId: of.by });
    await night('2026-03-31T01:15:00.000Z');
    expect(await causes(of)).toEqual([['minor_has_own_say', id, '2026-03-31']]);
    await night('2026-04-01T01:15:00.000Z');
    expect(await causes(of)).toEqual([['client_came_of_age', id, '2026-05-01']]);
    expect((await asked(of))[0]!.link).toBe(`/v1/consents/${id}`);
    await night('2026-04-02T01:15:00.000Z');
    expect(await causes(of)).toHaveLength(1);
    const both = { kind: 'client' };
    await give(of, both, { alsoBy: { kind: 'guardian', name: 'M', personId: of.by }, categories: ['work'] });
    expect(await causes(of)).toHaveLength(1);
    await give(of, both, { alsoBy: { kind: 'guardian', name: 'M', personId: of.by } });
    expect(await causes(of)).toEqual([]);
    lotse.at('2026-05-20T09:00:00.000Z');
    expect(await check(of)).toBe('yes until null');
  });

  it('CONS-1: a birthday nobody knew of counts as soon as it is on record', async () => {
    const of = await ward(null, CUSTODY);
    const id = await give(of, { kind: 'guardian', personId: of.by });
    expect(await check(of)).toBe('yes until null');
    await missCm.ok('patch', `/v1/persons/${of.personId}`, { birthDate: '2007-01-01' }, any);
    expect([await check(of), await state(id)]).toEqual(['came-of-age', 'came_of_age']);
    await missCm.ok('patch', `/v1/persons/${of.personId}`, { birthDate: '2015-01-01' }, any);
    expect([await check(of), await state(id)]).toEqual(['yes until 2032-12-31', 'valid']);
  });

  it('CONS-1: with that midnight ends the custody by which parents read and withdraw what is the child’s', async () => {
    const of = await openUnagreedCase(lotse, { client: null });
    await missCm.ok('patch', `/v1/persons/${of.personId}`, { birthDate: '2008-03-20' }, any);
    const missX = await lotse.as('miss-x');
    const mother = await person({ portalSubject: missX.subject });
    const member = `/v1/cases/${of.caseId}/members/${mother}`;
    await missCm.ok('put', member, { role: 'parent', legalGuardian: true }, any);
    await night('2026-03-16T01:15:00.000Z');
    const id = await give(of, { kind: 'client' }, { alsoBy: { kind: 'guardian', name: 'M', personId: mother } });
    const seen = async () => [
      (await missX.ok('get', `/v1/cases/${of.caseId}/consents`)).data.length,
      (await missX.get(`/v1/consents/${id}`)).status,
    ];
    lotse.at('2026-03-19T22:59:59.000Z');
    expect(await seen()).toEqual([1, 200]);
    lotse.at('2026-03-19T23:00:00.000Z');
    expect(await seen()).toEqual([0, 404]);
    expect((await missX.post(`/v1/consents/${id}/withdrawal`, {}, any)).status).toBe(404);
    // A legal guardian of an adult is one for matters that are named.
    const scope = { representationScope: 'Health' };
    await missCm.ok('put', member, { role: 'parent', legalGuardian: true, ...scope }, any);
    expect(await seen()).toEqual([1, 200]);
  });

  it('CONS-1: what was sent on the word of guardians closes for its reader at that midnight', async () => {
    const of = await openCase(lotse, { client: null });
    const network = await lotse.as('network-manager');
    const { id: providerId } = await network.ok('post', '/v1/providers', { name: 'Family help' });
    const body = { providerId, name: 'Family help', problemAreas: ['family_problems'], region: 'Köln' };
    const { id: serviceId } = await network.ok('post', '/v1/services', body);
    const recipients = [{ kind: 'organisation', id: providerId, name: 'Family help' }];
    await give(of, { kind: 'guardian', basis: 'Custody' }, { purpose: 'referral', recipients });
    const { id } = await missCm.ok('post', `/v1/cases/${of.caseId}/referrals`, {
      ...{
        serviceId,
        purposeText: 'Help',
        categories: ['health'],
        informationPackage: 'Ill.',
        clientInformedOn: '2026-03-01',
      },
    });
    await missCm.ok('post', `/v1/referrals/${id}/sending`, {}, any);
    await missCm.ok('patch', `/v1/persons/${of.personId}`, { birthDate: '2008-03-08' }, any);
    const provider = await lotse.as('provider', { providerId });
    const reads = async (instant: string) => {
      lotse.at(instant);
      return (await provider.ok('get', `/v1/referrals/${id}`)).informationPackage as string | null;
    };
    expect(await reads('2026-03-07T22:59:59.000Z')).toBe('Ill.');
    expect(await reads('2026-03-07T23:00:00.000Z')).toBeNull();
    const known = async () =>
      (
        await lotse.sql<{ day: string }>(
          'select of_age_from::text as day from platform.person_facts where person_id = $1',
          [of.personId],
        )
      )[0]!.day;
    expect(await known()).toBe('2026-03-08');
    await night('2026-03-16T01:15:00.000Z');
    expect([await known(), await reads('2026-03-16T09:00:00.000Z')]).toEqual(['0001-01-01', null]);
  });
});

describe('somebody may no longer decide', () => {
  it('CONS-1: is pointed out for every consent they gave; these carry on until the person says otherwise', async () => {
    const of = await ward('1950-05-17', BETREUUNG);
    const giver = { kind: 'representative', personId: of.by };
    const [id, other] = [await give(of, giver), await give(of, giver, { purpose: 'coordination' })];
    await give(of, { kind: 'client' }, { purpose: 'referral' });
    expect(await causes(of)).toEqual([]);
    await missCm.ok(
      'post',
      `/v1/representations/${of.representationId}/end`,
      { on: '2026-03-01', reason: 'Lifted' },
      any,
    );
    expect((await causes(of)).sort()).toEqual(
      [
        ['representation_ended', id, '2026-03-02'],
        ['representation_ended', other, '2026-03-02'],
      ].sort(),
    );
    expect(await check(of)).toBe('yes until null');
    await missCm.ok('post', `/v1/consents/${other}/withdrawal`, {}, any);
    expect((await causes(of)).map(([, reference]) => reference)).toEqual([id]);
    const [open] = await asked(of);
    await missCm.ok('post', `/v1/follow-ups/${open!.id}/completion`, { note: 'She wants it to go on.' }, any);
    await night('2026-03-03T01:15:00.000Z');
    expect(await causes(of)).toEqual([]);
  });

  it('CONS-1: so is one that runs out by itself, until somebody else who may decide has consented', async () => {
    const of = await ward('1950-05-17', { ...BETREUUNG, validUntil: '2026-06-30' });
    const id = await give(of, { kind: 'representative', personId: of.by });
    await night('2026-06-30T01:15:00.000Z');
    expect(await causes(of)).toEqual([]);
    await night('2026-07-01T01:15:00.000Z');
    expect(await causes(of)).toEqual([['representation_ended', id, '2026-07-01']]);
    const next = await person();
    const terms = { representativeId: next, validFrom: '2026-07-01', evidence: 'Seen', ...BETREUUNG };
    await missCm.ok('post', `/v1/persons/${of.personId}/representations`, terms);
    expect(await causes(of)).toHaveLength(1);
    await give(of, { kind: 'representative', personId: next });
    expect(await causes(of)).toEqual([]);
  });
});
