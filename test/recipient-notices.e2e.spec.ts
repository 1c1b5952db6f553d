import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { InformationPassed } from '../src/modules/consent/events';
import { eventTypes, pointers, race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type OpenedCase, openCase } from './support/story';

const START = '2026-03-02T09:00:00.000Z';
const any = { ifMatch: '*' } as const;
const tenantId = demoTenants[0].id;
type Recipient = { kind: 'organisation' | 'person'; id: string; name: string };
type Notice = {
  id: string;
  state: string;
  occasion: string;
  personId: string | null;
  recipient: Recipient;
  passages: { sourceId: string; categories: string[] }[];
};

let lotse: Lotse;
let [missCm, dpo, admin, mrX, missX, stranger]: ApiClient[] = [];
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(START);
  [missCm, dpo, admin, mrX, missX] = await Promise.all(
    ['miss-cm', 'dpo', 'org-admin', 'mr-x', 'miss-x'].map((key) => lotse.as(key)),
  );
  stranger = await lotse.as('dpo', { tenantId: demoTenants[1].id });
});
afterAll(() => lotse.close());
afterEach(() => lotse.at(START));

const organisation = (name: string): Recipient => ({ kind: 'organisation', id: randomUUID(), name });
/** The client releases their data for somebody. Answers the consent's id. */
const release = async ({ caseId, personId }: OpenedCase, recipient: Recipient): Promise<string> =>
  (
    await missCm!.ok('post', `/v1/cases/${caseId}/consents`, {
      personId,
      kind: 'disclosure',
      purpose: 'referral',
      categories: ['identity', 'health'],
      recipients: [recipient],
      form: 'written',
      language: 'de',
      textVersion: '1',
      givenBy: { kind: 'client', name: 'X' },
      consequencesExplained: true,
      withdrawalExplained: true,
      evidence: { kind: 'scan', reference: 'sheet 2' },
    })
  ).id;
/** Data leaves, as a referral says it; not yet in the register when this returns. */
const passOn = async ({ caseId }: OpenedCase, { kind, id }: Recipient, consentId: string, sourceId = randomUUID()) => {
  const uow = lotse.app.get(UnitOfWork);
  const at = lotse.clock.now();
  const passed = new InformationPassed(sourceId, caseId, 'referral', kind, id, 'referral', ['health'], consentId, at);
  await runInContext(systemContext(tenantId, 'test', 'case_management'), () => uow.run(async () => uow.record(passed)));
  return sourceId;
};
const give = async (of: OpenedCase, recipient: Recipient) => passOn(of, recipient, await release(of, recipient));
const told = { toldOn: '2026-03-02', toldHow: 'By letter', remediesExplained: true };
/** The person asks for a correction, and it is decided. Answers the request's id. */
const rectification = async (personId: string, decision: object = { result: 'granted' }): Promise<string> => {
  const wish = 'I never lived there.';
  const { id } = await missCm!.ok('post', '/v1/subject-requests', { personId, kind: 'rectification', wish });
  await dpo!.ok('post', `/v1/subject-requests/${id}/identity-check`, { proof: 'known_in_person' }, any);
  await dpo!.ok('post', `/v1/subject-requests/${id}/decision`, { ...told, ...decision }, any);
  await lotse.settled();
  return id;
};
const list = async (query: string, who = dpo!): Promise<Notice[]> =>
  (await who.ok('get', `/v1/recipient-notices?${query}`)).data;
const settle = (id: string, step: 'telling' | 'waiver', more: object = {}, ifMatch: number | '*' = '*', who = dpo!) =>
  who.post(
    `/v1/recipient-notices/${id}/${step}`,
    step === 'telling'
      ? { toldOn: '2026-03-02', how: 'letter', ...more }
      : { ground: 'impossible', reason: 'The practice is closed.', ...more },
    { ifMatch },
  );
const restrict = async (personId: string): Promise<string> => {
  const body = { personId, ground: 'accuracy_contested', reason: 'Debts of another man' };
  const { id } = await dpo!.ok('post', '/v1/processing-restrictions', body);
  await lotse.settled();
  return id;
};
const lift = async (id: string) => {
  const body = { reason: 'Corrected', personToldOn: '2026-03-02', toldHow: 'Letter' };
  await dpo!.ok('post', `/v1/processing-restrictions/${id}/lifting`, body, any);
  await lotse.settled();
};
const names = (notices: Notice[]) => notices.map(({ recipient }) => recipient.name).sort();

describe('GDPR 19 recipients of data', () => {
  it('CONS-6: are to be told of a correction, each once with all they were given; the client sees whom, and that it was done', async () => {
    const of = await openCase(lotse, { client: 'mr-x' });
    const [physio, office] = [organisation('Physio am Park'), organisation('Housing office')];
    const consent = await release(of, physio);
    const referral = await passOn(of, physio, consent);
    await passOn(of, physio, consent, referral);
    const second = await passOn(of, physio, consent);
    await give(of, office);
    // Somebody who got their own data is no recipient of it, by whatever name.
    await give(of, { kind: 'person', id: mrX!.subject, name: 'Mr X' });
    const decided = await rectification(of.personId);
    const notices = await list(`occasionId=${decided}&open=true`);
    expect(names(notices)).toEqual(['Housing office', 'Physio am Park']);
    const notice = notices.find(({ recipient }) => recipient.id === physio.id)!;
    expect(notice).toMatchObject({
      personId: of.personId,
      occasion: 'rectification',
      state: 'open',
      dueOn: '2026-03-16',
      overdue: false,
      settlement: null,
      passages: [referral, second].map((sourceId) => ({
        ...{ caseId: of.caseId, flow: 'referral', sourceId, consentId: consent },
        ...{ categories: ['health'], lastOn: '2026-03-02' },
      })),
    });
    lotse.at('2026-03-17T09:00:00.000Z');
    expect(names(await list(`occasionId=${decided}&overdue=true`))).toEqual(['Housing office', 'Physio am Park']);
    expect((await settle(notice.id, 'telling', { toldOn: '2026-03-16' })).status).toBe(200);
    const other = notices.find(({ id }) => id !== notice.id)!;
    expect((await settle(other.id, 'waiver', { ground: 'disproportionate' })).status).toBe(200);
    expect(await list(`personId=${of.personId}&open=true`)).toEqual([]);
    expect(await mrX!.ok('get', `/v1/recipient-notices/${notice.id}`)).toMatchObject({
      state: 'told',
      settlement: { as: 'told', toldOn: '2026-03-16', how: 'letter', ground: null, by: dpo!.subject },
    });
    expect(names(await list('occasion=rectification', mrX))).toEqual(['Housing office', 'Physio am Park']);
    expect(await list('', missX)).toEqual([]);
    expect((await missX!.get(`/v1/recipient-notices/${notice.id}`)).status).toBe(404);
    expect(await eventTypes(lotse, notice.id)).toEqual([
      'consent.recipient_notice_arisen',
      'consent.recipient_notice_settled',
    ]);
  });

  it('CONS-6: of a part as well; not of what is refused, of other requests, or where nothing was passed on', async () => {
    const of = await openCase(lotse, { client: null });
    expect(await list(`occasionId=${await rectification(of.personId)}`)).toEqual([]);
    await give(of, organisation('Physio'));
    const against = { grounds: ['data_correct'], reasons: 'Seen in the register of residents.' };
    expect(await list(`occasionId=${await rectification(of.personId, { result: 'refused', ...against })}`)).toEqual([]);
    const partly = await rectification(of.personId, { result: 'partly', ...against });
    expect(await list(`occasionId=${partly}`)).toHaveLength(1);
  });

  it('CONS-5: nobody is left out who was given data the moment before; and nobody is told of data of somebody else', async () => {
    const of = await openCase(lotse, { client: null });
    const { id: wife } = await missCm!.ok('post', '/v1/persons', { familyName: 'Y' });
    const member = { role: 'partner', legalGuardian: false };
    await missCm!.ok('put', `/v1/cases/${of.caseId}/members/${wife}`, member, any);
    await lotse.settled();
    const [hers, his] = [organisation('Her doctor'), organisation('His doctor')];
    const consent = await release({ ...of, personId: wife }, hers);
    const own = await release(of, his);
    for (let round = 0; round < 5; round += 1) {
      const recipient = { ...his, id: randomUUID() };
      // The decision follows at once, before any listener had its turn.
      await passOn(of, recipient, own);
      await passOn(of, hers, consent);
      const notices = await list(`occasionId=${await rectification(of.personId)}`);
      expect(notices.map((one) => one.recipient.id)).toContain(recipient.id);
      expect(names(notices)).not.toContain('Her doctor');
    }
    expect(names(await list(`occasionId=${await rectification(wife)}`))).toEqual(['Her doctor']);
    // A person who got their own data is no recipient.
    const self: Recipient = { kind: 'person', id: wife, name: 'Y' };
    await passOn(of, self, await release({ ...of, personId: wife }, self));
    // Nor is somebody told twice who is still to be told: one notice says both corrections.
    expect(await list(`occasionId=${await rectification(wife)}`)).toEqual([]);
    expect(names(await list(`personId=${wife}&open=true`))).toEqual(['Her doctor']);
  });

  it('CONS-6: are to be told when a restriction begins; of its end only those who had been told', async () => {
    const of = await openCase(lotse, { client: null });
    for (const name of ['Told', 'Not yet', 'Not at all']) await give(of, organisation(name));
    await lotse.settled();
    const restriction = await restrict(of.personId);
    const notices = await list(`occasionId=${restriction}`);
    expect(names(notices)).toEqual(['Not at all', 'Not yet', 'Told']);
    const by = (name: string) => notices.find(({ recipient }) => recipient.name === name)!.id;
    await settle(by('Told'), 'telling');
    await settle(by('Not at all'), 'waiver');
    await lift(restriction);
    const after = await list(`occasionId=${restriction}`);
    expect(after.map(({ occasion, state, recipient }) => `${occasion} ${recipient.name}: ${state}`).sort()).toEqual([
      'restriction Not at all: not_told',
      'restriction Not yet: overtaken',
      'restriction Told: told',
      'restriction_lifted Told: open',
    ]);
    expect((await settle(by('Not yet'), 'telling')).body).toMatchObject({
      code: 'recipient-notice-settled',
      state: 'overtaken',
    });
  });

  it('CONS-4: on an exception the client was not told of stay unknown to the client, and are told all the same', async () => {
    const of = await openCase(lotse, { client: 'miss-x' });
    const [youthOffice, physio] = [organisation('Youth office'), organisation('Physio')];
    const { id: exception } = await missCm!.ok('post', `/v1/cases/${of.caseId}/consent-exceptions`, {
      personId: of.personId,
      kind: 'child_abuse',
      legalBasis: 'KKG_4_3',
      facts: 'Bruises on two visits.',
      milderMeans: 'Talked with both parents.',
      assessedWith: ['Team lead'],
      specialist: { consulted: true, pseudonymised: true },
      priorNotice: { given: false, reason: 'It would endanger the child.' },
      purpose: 'referral',
      categories: ['health'],
      recipient: youthOffice,
      validUntil: '2026-03-31',
    });
    await passOn(of, youthOffice, exception);
    await give(of, physio);
    // The same recipient on a consent and on an exception: only the one is seen.
    await passOn(of, physio, exception);
    const decided = await rectification(of.personId);
    const all = await list(`occasionId=${decided}`);
    expect(names(all)).toEqual(['Physio', 'Youth office']);
    const hidden = all.find(({ recipient }) => recipient.id === youthOffice.id)!;
    const seen = await list('', missX);
    expect([names(seen), seen[0]!.passages.length]).toEqual([['Physio'], 1]);
    expect((await missX!.get(`/v1/recipient-notices/${hidden.id}`)).status).toBe(404);
    const informing = { informedOn: '2026-03-02', how: 'In person' };
    await missCm!.ok('post', `/v1/consent-exceptions/${exception}/client-informing`, informing, any);
    expect(names(await list('', missX))).toEqual(['Physio', 'Youth office']);
  });

  it('CONS-6: of an erasure get one notice for each run, which holds numbers alone and outlives the person', async () => {
    const [one, two] = [await openCase(lotse, { client: null }), await openCase(lotse, { client: null })];
    const [physio, mother] = [
      organisation('Physio'),
      { kind: 'person', id: randomUUID(), name: 'Mrs Quince' } as const,
    ];
    const referrals = [await give(one, physio), await give(two, physio)];
    await give(one, mother);
    for (const { caseId } of [one, two])
      await missCm!.ok('post', `/v1/cases/${caseId}/closure`, { reason: 'deceased', note: 'At home.' }, any);
    await lotse.settled();
    lotse.at('2038-06-01T09:00:00.000Z');
    const { id: run } = await dpo!.ok('post', '/v1/erasure-runs');
    await admin!.ok('post', `/v1/erasure-runs/${run}/release`, undefined, any);
    await lotse.settled();
    expect((await dpo!.ok('get', `/v1/erasure-runs/${run}`)).protocol.leftOut).toEqual([]);
    expect(await lotse.sql('select 1 from cases.person where id = $1', [two.personId])).toEqual([]);
    const notices = await list(`occasionId=${run}&open=true`);
    const [toPhysio, toMother] = [physio, mother].map(({ id }) => notices.find((n) => n.recipient.id === id)!);
    expect(toPhysio).toMatchObject({ personId: null, occasion: 'erasure', dueOn: '2038-06-15' });
    expect(toPhysio!.passages).toHaveLength(2);
    expect(toPhysio!.passages).toEqual(
      expect.arrayContaining(
        [one, two].map(({ caseId }, i) => ({
          ...{ caseId, flow: 'referral', sourceId: referrals[i], consentId: null, categories: [], lastOn: null },
        })),
      ),
    );
    const rows = await lotse.sql(
      'select row_to_json(n)::text as text from consent.recipient_notice n where occasion_id = $1',
      [run],
    );
    for (const id of [one.personId, two.personId, 'health']) expect(JSON.stringify(rows)).not.toContain(id);
    await settle(toMother!.id, 'telling', { toldOn: '2038-06-01' });
    expect(await lotse.sql(`select 1 from consent.recipient_notice n where n::text like '%Quince%'`)).toEqual([]);
    const events = await lotse.sql(`select payload from platform.event where aggregate_id = $1`, [toPhysio!.id]);
    expect(events).toMatchObject([{ payload: { personId: null, occasionId: run } }]);
  });

  it('CONS-6: are told once; of two who settle a notice at once one is refused, and every wrong field is named', async () => {
    const of = await openCase(lotse, { client: null });
    await give(of, organisation('Physio'));
    const [notice] = await list(`occasionId=${await rectification(of.personId)}`);
    const { id } = notice!;
    const bad = await settle(id, 'telling', { toldOn: 'soon', how: 'pigeon' });
    expect([bad.status, pointers(bad)]).toEqual([422, ['#/how', '#/toldOn']]);
    const empty = await settle(id, 'waiver', { ground: 'lazy', reason: '' });
    expect([empty.status, pointers(empty)]).toEqual([422, ['#/ground', '#/reason']]);
    expect(pointers(await settle(id, 'telling', { toldOn: '2026-03-03' }))).toEqual(['#/toldOn']);
    expect((await dpo!.get('/v1/recipient-notices?occasion=gossip')).status).toBe(422);
    expect((await settle(id, 'telling', {}, '*', missCm)).status).toBe(403);
    expect((await missCm!.get(`/v1/recipient-notices/${id}`)).status).toBe(403);
    for (const step of ['telling', 'waiver'] as const)
      expect((await settle(id, step, {}, '*', stranger)).status).toBe(404);
    expect((await stranger!.get(`/v1/recipient-notices/${id}`)).status).toBe(404);
    expect(await list('', stranger)).toEqual([]);
    const { version } = await dpo!.get(`/v1/recipient-notices/${id}`);
    const winner = await race(settle(id, 'telling', {}, version), settle(id, 'waiver', {}, version));
    expect((await dpo!.ok('get', `/v1/recipient-notices/${id}`)).state).toBe(['told', 'not_told'][winner]);
    const again = await settle(id, 'telling');
    expect([again.status, again.body.code]).toEqual([409, 'recipient-notice-settled']);
  });

  it('CASE-1: notices follow a merge of persons', async () => {
    const of = await openCase(lotse, { client: null });
    await give(of, organisation('Physio'));
    const [notice] = await list(`occasionId=${await rectification(of.personId)}`);
    const { id: survivorId } = await missCm!.ok('post', '/v1/persons', { familyName: 'Y', givenName: 'Yvonne' });
    await missCm!.ok('post', `/v1/persons/${of.personId}/merge`, { survivorId, reason: 'Same' }, any);
    await lotse.settled();
    expect(await dpo!.ok('get', `/v1/recipient-notices/${notice!.id}`)).toMatchObject({ personId: survivorId });
  });
});
