import { randomUUID } from 'node:crypto';
import { demoUsers } from '../src/shared/auth/demo-organisation';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type OpenedCase, openCase } from './support/story';

const home = demoUsers[0]!.tenantId;
const START = '2026-03-02T09:00:00.000Z';
const any = { ifMatch: '*' } as const;
let lotse: Lotse;
let missCm: ApiClient;
let lead: ApiClient;
let mrX: ApiClient;
let youthOffice: { providerId: string; serviceId: string; provider: ApiClient };
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(START);
  [missCm, lead, mrX] = await Promise.all([lotse.as('miss-cm'), lotse.as('team-lead'), lotse.as('mr-x')]);
  const network = await lotse.as('network-manager');
  const { id: providerId } = await network.ok('post', '/v1/providers', { name: 'Youth office' });
  const body = { providerId, name: 'Protection of children', problemAreas: ['family_problems'], region: 'Köln' };
  const { id: serviceId } = await network.ok('post', '/v1/services', body);
  youthOffice = { providerId, serviceId, provider: await lotse.as('provider', { providerId }) };
});
afterAll(() => lotse.close());
afterEach(() => lotse.at(START));

const terms = (personId: string, more: object = {}) => ({
  personId,
  kind: 'child_abuse',
  legalBasis: 'KKG_4_3',
  facts: 'Bruises on two visits; the child tells of blows.',
  milderMeans: 'Talked with both parents, who refuse any help.',
  assessedWith: ['Team lead'],
  specialist: { consulted: true, pseudonymised: true },
  priorNotice: { given: false, reason: 'It would endanger the child.' },
  purpose: 'referral',
  categories: ['identity', 'situation'],
  recipient: { kind: 'organisation', id: youthOffice.providerId, name: 'Youth office' },
  validUntil: '2026-03-31',
  ...more,
});
const invoke = async ({ caseId, personId }: OpenedCase, more: object = {}): Promise<string> =>
  (await missCm.ok('post', `/v1/cases/${caseId}/consent-exceptions`, terms(personId, more))).id as string;
const act = (who: ApiClient, id: string, step: string, body: object = {}) =>
  who.post(`/v1/consent-exceptions/${id}/${step}`, body, any);
const stateOf = async (id: string) => (await missCm.ok('get', `/v1/consent-exceptions/${id}`)).state as string;
const asked = { categories: ['identity'], purpose: 'referral' };
const check = (who: ApiClient, caseId: string) =>
  who.ok('post', `/v1/cases/${caseId}/consent-checks`, {
    ...asked,
    recipient: { kind: 'organisation', id: youthOffice.providerId },
  });
const draft = async ({ caseId }: OpenedCase): Promise<string> =>
  (
    await missCm.ok('post', `/v1/cases/${caseId}/referrals`, {
      serviceId: youthOffice.serviceId,
      purposeText: 'Please look at the child at once',
      categories: ['identity', 'situation'],
      informationPackage: 'Bruises on two visits.',
    })
  ).id as string;
const send = (id: string) => missCm.post(`/v1/referrals/${id}/sending`, {}, any);
const packaged = async (id: string) =>
  (await youthOffice.provider.ok('get', `/v1/referrals/${id}`)).informationPackage !== null;
const followUps = async (caseId: string) =>
  (
    await lotse.sql<{ cause: string }>(
      `select cause from cases.follow_up where tenant_id = $1 and case_id = $2 and status = 'open' and cause <> 'no_contact' order by 1`,
      [home, caseId],
    )
  ).map(({ cause }) => cause);

describe('CONS-4 exceptions from consent', () => {
  it('carry what they name at once, are confirmed by a second person, and the client is told afterwards', async () => {
    const of = await openCase(lotse, { client: 'mr-x' });
    const referral = await draft(of);
    const unsent = await send(referral);
    expect(unsent.body.unmet.map(({ code }: { code: string }) => code)).toEqual([
      'referral-client-not-informed',
      'referral-consent-missing',
    ]);
    const invoked = await missCm.post(`/v1/cases/${of.caseId}/consent-exceptions`, terms(of.personId));
    const id = invoked.body.id as string;
    expect(invoked).toMatchObject({ status: 201, version: 1 });
    expect(invoked.headers.location).toBe(`/v1/consent-exceptions/${id}`);
    expect(await check(missCm, of.caseId)).toMatchObject({
      allowed: true,
      consentId: null,
      exceptionId: id,
      until: '2026-03-03',
      explanation: { en: expect.stringContaining('without consent') },
    });
    expect(await check(mrX, of.caseId)).toMatchObject({ allowed: false, exceptionId: null });
    expect((await send(referral)).status).toBe(200);
    await lotse.settled();
    expect(await packaged(referral)).toBe(true);
    expect(await followUps(of.caseId)).toEqual([
      'exception_client_uninformed',
      'exception_ending',
      'exception_unconfirmed',
      'referral_unanswered',
    ]);
    const register = async (who: ApiClient) => (await who.ok('get', `/v1/cases/${of.caseId}/disclosures`)).data;
    expect(await register(missCm)).toMatchObject([
      { basis: 'exception', exceptionId: id, consentId: null, recipient: { name: 'Youth office' } },
    ]);
    expect(await register(mrX)).toEqual([]);
    const clientSees = async () => [
      (await mrX.get(`/v1/referrals/${referral}`)).status,
      (await mrX.ok('get', `/v1/cases/${of.caseId}/referrals`)).data.length,
      (await mrX.ok('get', '/v1/referrals')).data.some(({ id: seen }: { id: string }) => seen === referral),
    ];
    expect(await clientSees()).toEqual([404, 0, false]);

    expect((await act(missCm, id, 'confirmation')).body.code).toBe('exception-second-person');
    expect((await act(lead, id, 'confirmation')).status).toBe(200);
    expect((await act(lead, id, 'rejection', { reason: 'Late' })).body.code).toBe('exception-confirmed');
    await lotse.settled();
    expect(await missCm.ok('get', `/v1/referrals/${referral}`)).toMatchObject({ accessUntil: '2026-03-31' });
    expect((await act(missCm, id, 'client-informing', {})).status).toBe(422);
    expect((await act(missCm, id, 'client-informing', { informedOn: '2026-03-02', how: 'At home' })).status).toBe(200);
    await lotse.settled();
    expect(await followUps(of.caseId)).toEqual(['exception_ending', 'referral_unanswered']);
    expect(await register(mrX)).toMatchObject([{ basis: 'exception', exceptionId: id }]);
    expect(await clientSees()).toEqual([200, 1, true]);
    expect(await missCm.ok('get', `/v1/consent-exceptions/${id}`)).toMatchObject({
      state: 'confirmed',
      invokedBy: missCm.subject,
      confirmedBy: lead.subject,
      informing: { informedOn: '2026-03-02', reason: null },
    });
    // No facts in the log that outlives erasure.
    const events = await lotse.sql('select payload from platform.event where aggregate_id = $1', [id]);
    expect(events).toHaveLength(3);
    expect(JSON.stringify(events)).not.toMatch(/Bruises|Youth/);
    lotse.at('2026-04-01T00:00:00.000Z');
    expect([await stateOf(id), await packaged(referral)]).toEqual(['expired', false]);
  });

  it('lapse when nobody confirms in time; what relied on them stops', async () => {
    const of = await openCase(lotse, { client: null });
    const id = await invoke(of);
    const referral = await draft(of);
    expect((await send(referral)).status).toBe(200);
    lotse.at('2026-03-03T09:00:00.001Z');
    expect(await stateOf(id)).toBe('lapsed');
    expect((await check(missCm, of.caseId)).allowed).toBe(false);
    expect((await act(lead, id, 'confirmation')).body.code).toBe('exception-not-open');
    await lotse.app.get(DailyJobs).runAll();
    await lotse.app.get(DailyJobs).runAll();
    await lotse.settled();
    expect(await missCm.ok('get', `/v1/referrals/${referral}`)).toMatchObject({
      state: 'cancelled',
      history: expect.arrayContaining([expect.objectContaining({ to: 'cancelled', reason: 'exception_ended' })]),
    });
    expect(await packaged(referral)).toBe(false);
    expect(await followUps(of.caseId)).toEqual(['exception_client_uninformed']);
    const ended = await lotse.sql(
      `select 1 from platform.event where type = 'consent.exception_ended' and aggregate_id = $1`,
      [id],
    );
    expect(ended).toHaveLength(1);
  });

  it('do not need the participation of the client, and outlive its end', async () => {
    const of = await openCase(lotse, { client: null });
    await invoke(of);
    const [before, after] = [await draft(of), await draft(of)];
    expect((await send(before)).status).toBe(200);
    await missCm.ok('post', `/v1/consents/${of.consentId}/withdrawal`, {}, any);
    await lotse.settled();
    expect((await missCm.ok('get', `/v1/referrals/${before}`)).state).toBe('sent');
    expect((await send(after)).status).toBe(200);
  });

  it('go on alone when a release had taken over and the client stops taking part', async () => {
    const of = await openCase(lotse, { client: null });
    const id = await invoke(of);
    expect((await act(lead, id, 'confirmation')).status).toBe(200);
    const referral = await draft(of);
    expect((await send(referral)).status).toBe(200);
    const { id: release } = await missCm.ok('post', `/v1/cases/${of.caseId}/consents`, {
      ...{ personId: of.personId, kind: 'disclosure', purpose: 'referral', categories: ['identity', 'situation'] },
      ...{ recipients: [{ kind: 'organisation', id: youthOffice.providerId, name: 'Youth office' }], form: 'written' },
      ...{ language: 'de', textVersion: 'release-2026-01', givenBy: { kind: 'client', name: 'Y' } },
      ...{ consequencesExplained: true, withdrawalExplained: true, evidence: { kind: 'scan', reference: 'sheet 3' } },
    });
    await lotse.settled();
    const relied = async () => (await missCm.ok('get', `/v1/referrals/${referral}`)).consentId as string;
    expect(await relied()).toBe(release);
    await missCm.ok('post', `/v1/consents/${of.consentId}/withdrawal`, {}, any);
    await lotse.settled();
    expect([await relied(), await packaged(referral)]).toEqual([id, true]);
  });

  it('RACE: rejecting and sending at the same time end in never sent, or sent, registered and stopped', async () => {
    const of = await openCase(lotse, { client: null });
    const seen = { sent: 0, refused: 0 };
    for (let i = 0; i < 12; i += 1) {
      const id = await invoke(of);
      const referral = await draft(of);
      const order = [() => send(referral), () => act(lead, id, 'rejection', { reason: 'The danger is averted.' })];
      if (i % 2 === 1) order.reverse();
      const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const answers = await Promise.all(order.map(async (go, at) => (await wait(at * i * 6), go())));
      if (i % 2 === 1) answers.reverse();
      const [sending, rejection] = answers;
      expect(rejection!.status).toBe(200);
      await lotse.settled();
      const { state } = await missCm.ok('get', `/v1/referrals/${referral}`);
      const passed = await lotse.sql(`select 1 from consent.disclosure where tenant_id = $1 and source_id = $2`, [
        home,
        referral,
      ]);
      if (sending!.status === 200) {
        seen.sent += 1;
        expect([state, passed.length, await packaged(referral)]).toEqual(['cancelled', 1, false]);
      } else {
        seen.refused += 1;
        expect([state, passed.length]).toEqual(['draft', 0]);
      }
    }
    expect(seen.sent).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  });

  it('RACE: of two second persons at the same time one decides', async () => {
    const id = await invoke(await openCase(lotse, { client: null }));
    const url = `/v1/consent-exceptions/${id}`;
    const both = await Promise.all([
      lead.post(`${url}/confirmation`, {}, { ifMatch: 1 }),
      lead.post(`${url}/rejection`, { reason: 'No danger' }, { ifMatch: 1 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await stateOf(id)).toBe(both[0]!.status === 200 ? 'confirmed' : 'rejected');
  });

  it('are all on the audit list, for those who may see the case, never for the client', async () => {
    const of = await openCase(lotse, { client: 'mr-x' });
    const id = await invoke(of);
    const ended = await invoke(of);
    expect((await act(missCm, ended, 'end', { reason: 'The child is safe.' })).status).toBe(200);
    const ids = async (who: ApiClient, query = '') =>
      (await who.ok('get', `/v1/consent-exceptions?caseId=${of.caseId}${query}`)).data.map((e: { id: string }) => e.id);
    for (const key of ['miss-cm', 'team-lead', 'auditor', 'dpo'])
      expect(await ids(await lotse.as(key))).toEqual([ended, id]);
    expect(await ids(missCm, '&state=unconfirmed')).toEqual([id]);
    expect(await ids(missCm, '&clientInformed=false')).toEqual([ended, id]);
    expect(await ids(missCm, '&clientInformed=true')).toEqual([]);
    expect((await mrX.get(`/v1/consent-exceptions/${id}`)).status).toBe(403);
    for (const key of ['mr-cm', 'stranger']) {
      const other = await lotse.as(key);
      expect(await ids(other)).toEqual([]);
      const answers = [
        await other.get(`/v1/consent-exceptions/${id}`),
        await other.post(`/v1/cases/${of.caseId}/consent-exceptions`, terms(of.personId)),
        await act(other, id, 'confirmation'),
        await act(other, id, 'rejection', { reason: 'No' }),
        await act(other, id, 'end', { reason: 'No' }),
        await act(other, id, 'client-informing', { reason: 'No' }),
      ];
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    }
  });

  it('are sealed in what is told in free words, with the key of the person, and read as they were written', async () => {
    const of = await openCase(lotse, { client: null });
    const specialist = { consulted: true, pseudonymised: true, note: 'Advised to act.' };
    const id = await invoke(of, { specialist });
    expect((await act(lead, id, 'confirmation')).status).toBe(200);
    expect((await act(missCm, id, 'client-informing', { reason: 'Afraid of the father.' })).status).toBe(200);
    expect((await act(missCm, id, 'client-informing', { informedOn: '2026-03-02', how: 'At school.' })).status).toBe(
      200,
    );
    expect((await act(missCm, id, 'end', { reason: 'The child is safe.' })).status).toBe(200);
    const written = {
      facts: 'Bruises on two visits; the child tells of blows.',
      milderMeans: 'Talked with both parents, who refuse any help.',
      specialist,
      priorNotice: { given: false, reason: 'It would endanger the child.' },
      endReason: 'The child is safe.',
      informing: { informedOn: '2026-03-02', how: 'At school.', reason: null, by: missCm.subject, at: START },
    };
    expect(await missCm.ok('get', `/v1/consent-exceptions/${id}`)).toMatchObject(written);
    expect((await missCm.ok('get', `/v1/consent-exceptions?caseId=${of.caseId}`)).data).toMatchObject([
      { id, ...written },
    ]);
    const [row] = await lotse.sql<{ text: string; sealed: string }>(
      `select e::text as text, encode(e.sealed, 'escape') as sealed from consent.consent_exception e where id = $1`,
      [id],
    );
    for (const word of ['Bruises', 'blows', 'parents', 'Advised', 'endanger', 'safe', 'school', 'father'])
      expect([word, row!.text.includes(word), row!.sealed.includes(word)]).toEqual([word, false, false]);
  });

  it('open for nothing else, and not at all once the person is erased; that there was one stays on the audit list', async () => {
    const [one, other] = [await openCase(lotse, { client: null }), await openCase(lotse, { client: null })];
    const [id, swapped] = [await invoke(one), await invoke(other)];
    await lotse.sql(
      `update consent.consent_exception e set sealed = o.sealed, sealed_for = o.sealed_for from consent.consent_exception o
       where e.id = $1 and o.id = $2`,
      [swapped, id],
    );
    await expect(missCm.get(`/v1/consent-exceptions/${swapped}`)).rejects.toThrow('500');
    await lotse.sql('delete from consent.consent_exception where id = $1', [swapped]);
    await lotse.sql('delete from cases.person where id = $1', [one.personId]);
    for (const view of [
      await missCm.ok('get', `/v1/consent-exceptions/${id}`),
      (await missCm.ok('get', `/v1/consent-exceptions?caseId=${one.caseId}`)).data[0],
    ])
      expect(view).toMatchObject({ id, kind: 'child_abuse', facts: null, milderMeans: null, endReason: null });
    expect((await act(missCm, id, 'end', { reason: 'Over' })).status).toBe(404);
    lotse.at('2026-03-04T09:00:00.000Z');
    await lotse.app.get(DailyJobs).runAll();
    expect(await stateOf(id)).toBe('lapsed');
  });

  it('CASE-9: wait for who answers for the team: whoever relied on one cannot confirm it', async () => {
    const admin = await lotse.as('org-admin');
    const { version, ...policy } = await missCm.ok('get', '/v1/work-policy');
    const owners = [{ team: null, subject: (await lotse.as('team-lead')).subject }];
    await admin.ok('put', '/v1/work-policy', { ...policy, owners }, { ifMatch: version });
    const of = await openCase(lotse, { client: null });
    const id = await invoke(of);
    await lotse.settled();
    const { data } = await (await lotse.as('team-lead')).ok('get', '/v1/worklist?limit=200');
    const link = `/v1/consent-exceptions/${id}`;
    expect(data.filter((one: { link: string }) => one.link === link)).toMatchObject([
      { cause: 'exception_unconfirmed' },
    ]);
  });

  it('CONS-4: what an exception still demands is to be done after the case is closed as well', async () => {
    const of = await openCase(lotse, { client: null });
    await invoke(of);
    await lotse.settled();
    const closing = { reason: 'deceased', note: 'Died in the clinic.' };
    await missCm.ok('post', `/v1/cases/${of.caseId}/closure`, closing, { ifMatch: '*' });
    await lotse.settled();
    expect(await followUps(of.caseId)).toEqual(['exception_client_uninformed', 'exception_unconfirmed']);
  });

  it('name every wrong field, and repeat their answer', async () => {
    const of = await openCase(lotse, { client: null });
    const path = `/v1/cases/${of.caseId}/consent-exceptions`;
    const pointers = async (body: object) =>
      (await missCm.post(path, body)).body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(await pointers(terms(of.personId, { kind: 'x', categories: [], assessedWith: [] }))).toEqual(
      expect.arrayContaining(['#/kind', '#/categories', '#/assessedWith']),
    );
    expect(
      await pointers(
        terms(of.personId, { legalBasis: 'COURT_ORDER', priorNotice: { given: false }, validUntil: '2026-07-01' }),
      ),
    ).toEqual(['#/legalBasis', '#/priorNotice/reason', '#/validUntil']);
    expect(await pointers(terms(randomUUID()))).toEqual(['#/personId']);
    const first = await missCm.post(path, terms(of.personId), { key: 'exception-1' });
    const second = await missCm.post(path, terms(of.personId), { key: 'exception-1' });
    expect(second.body).toEqual(first.body);
  });

  it('leave no event parked', async () => {
    await lotse.settled();
    expect(await lotse.sql('select 1 from platform.parked_event')).toEqual([]);
  });
});
