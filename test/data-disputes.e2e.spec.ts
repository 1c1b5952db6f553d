import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { PersonalFile } from '../src/shared/privacy/personal-file';
import { InformationPassed } from '../src/modules/consent/events';
import { eventTypes, happened, pointers, race } from './support/checks';
import { type ApiClient, type Lotse, type Reply, startLotse } from './support/lotse';
import { type OpenedCase, openCase } from './support/story';

const START = '2026-03-02T09:00:00.000Z';
const any = { ifMatch: '*' } as const;
let lotse: Lotse;
let [missCm, mrCm, dpo, admin, mrX, missX, stranger]: ApiClient[] = [];
let of: OpenedCase;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(START);
  [missCm, mrCm, dpo, admin, mrX, missX] = await Promise.all(
    ['miss-cm', 'mr-cm', 'dpo', 'org-admin', 'mr-x', 'miss-x'].map((key) => lotse.as(key)),
  );
  stranger = await lotse.as('miss-cm', { tenantId: demoTenants[1].id });
  of = await openCase(lotse, { client: 'mr-x' });
});
afterAll(() => lotse.close());
afterEach(() => lotse.at(START));

const entry = async ({ caseId }: OpenedCase = of, more: object = {}): Promise<string> =>
  (
    await missCm!.ok('post', `/v1/cases/${caseId}/journal-entries`, {
      kind: 'home_visit',
      function: 'support',
      participants: [],
      minutes: 60,
      costCents: 0,
      on: '2026-03-01',
      text: 'He had been drinking.',
      sharedWithClient: true,
      ...more,
    })
  ).id;
const contest = (recordId: string, more: object = {}, who = missCm!) =>
  who.post('/v1/data-disputes', {
    personId: of.personId,
    record: { type: 'journal_entry', id: recordId },
    statement: 'That I had been drinking.',
    counterStatement: 'I had taken new tablets.',
    ...more,
  });
const contested = async (...args: Parameters<typeof contest>): Promise<string> => {
  const { status, body } = await contest(...args);
  expect([status, body.code]).toEqual([201, undefined]);
  return body.id;
};
const settle = (id: string, step: string, body?: object, ifMatch: number | '*' = '*', who = missCm!) =>
  who.post(`/v1/data-disputes/${id}/${step}`, body, { ifMatch });
const upheld = { ground: 'truth_not_established', reason: 'Nobody else was there.' };
const list = async (query: string, who = missCm!) =>
  (await who.ok('get', `/v1/data-disputes?${query}`)).data.map(({ id }: { id: string }) => id);
/** What an answer says is disputed of what is in it. */
const marked = ({ headers }: Reply) => headers['lotse-disputed']?.split(', ').sort() ?? [];
const journal = () => missCm!.get(`/v1/cases/${of.caseId}/journal-entries`);

describe('GDPR 16, 18 disputed records', () => {
  it('CONS-6: whoever reads a contested record is told so, alone and in lists, until it is corrected', async () => {
    const [one, other] = [await entry(), await entry()];
    expect(marked(await missCm!.get(`/v1/journal-entries/${one}`))).toEqual([]);
    const id = await contested(one);
    const path = `/v1/journal-entries/${one}`;
    for (const who of [missCm!, mrX!]) expect(marked(await who.get(path))).toEqual([one]);
    expect(marked(await missCm!.get(path, { headers: { 'if-none-match': '"1"' } }))).toEqual([one]);
    expect(marked(await journal())).toEqual([one]);
    expect(marked(await missCm!.get(`/v1/journal-entries/${other}`))).toEqual([]);
    expect(marked(await missCm!.get(`/v1/cases/${of.caseId}`))).toEqual([]);
    expect(await missCm!.ok('get', `/v1/data-disputes/${id}`)).toMatchObject({
      personId: of.personId,
      caseId: of.caseId,
      record: { type: 'journal_entry', id: one, version: 1 },
      counterStatement: 'I had taken new tablets.',
      state: 'open',
      recordedBy: missCm!.subject,
    });
    expect(await list(`caseId=${of.caseId}&open=true`)).toEqual([id]);
    const early = await settle(id, 'correction');
    expect([early.status, early.body.code]).toEqual([409, 'data-dispute-not-corrected']);
    const correction = { reason: 'It was the tablets', text: 'He was dizzy from new tablets.' };
    await missCm!.ok('post', `/v1/journal-entries/${one}/corrections`, correction, any);
    expect((await settle(id, 'correction')).status).toBe(200);
    expect(marked(await missCm!.get(path))).toEqual([]);
    expect(await missCm!.ok('get', `/v1/data-disputes/${id}`)).toMatchObject({
      state: 'corrected',
      settlement: { as: 'corrected', correctedVersion: 2, by: missCm!.subject },
    });
    expect((await settle(id, 'upholding', upheld)).body.code).toBe('data-dispute-settled');
    expect(await eventTypes(lotse, id)).toEqual(['consent.data_disputed', 'consent.data_dispute_settled']);
  });

  it('CONS-6: a record that is upheld keeps mark and counter statement; one of two disputes keeps its mark when the other ends', async () => {
    const record = await entry();
    const [first, second] = [await contested(record, {}, mrX), await contested(record, {}, dpo)];
    const path = `/v1/journal-entries/${record}`;
    expect(marked(await missCm!.get(path))).toEqual([record]);
    expect((await settle(first, 'withdrawal', { reason: 'Agreed' }, '*', mrX)).status).toBe(200);
    expect(marked(await missCm!.get(path))).toEqual([record]);
    expect((await settle(second, 'upholding', upheld)).status).toBe(200);
    expect(marked(await missCm!.get(path))).toEqual([record]);
    expect(await list(`recordId=${record}&marking=true`)).toEqual([second]);
    expect(await mrX!.ok('get', `/v1/data-disputes/${second}`)).toMatchObject({
      state: 'upheld',
      counterStatement: 'I had taken new tablets.',
      settlement: { ground: 'truth_not_established', reason: 'Nobody else was there.', correctedVersion: null },
    });
  });

  it('CONS-6: records of every kind can be contested: a consent, a request, the person; each is marked where it is read', async () => {
    const by = (type: string, id: string) => ({ record: { type, id } });
    await contested(of.consentId, by('consent', of.consentId));
    expect(marked(await missCm!.get(`/v1/consents/${of.consentId}`))).toEqual([of.consentId]);
    const person = await contested(of.personId, by('person', of.personId), mrX);
    expect(marked(await missCm!.get(`/v1/persons/${of.personId}`))).toEqual([of.personId]);
    const request = await contested(of.requestId, by('case_request', of.requestId));
    expect(marked(await missCm!.get(`/v1/case-requests/${of.requestId}`))).toEqual([of.requestId]);
    const ofCase = await contested(of.caseId, by('case', of.caseId));
    expect(marked(await missCm!.get('/v1/cases'))).toContain(of.caseId);
    for (const id of [person, request, ofCase]) expect((await settle(id, 'withdrawal', {})).status).toBe(200);
    expect(marked(await missCm!.get('/v1/cases'))).toEqual([]);
  });

  it('CONS-6: of the person’s own and of whoever works on the case; others find neither record nor dispute', async () => {
    const record = await entry(of, { sharedWithClient: false });
    const id = await contested(record, {}, mrX);
    expect(await list('', missX)).toEqual([]);
    const hers = await openCase(lotse, { client: 'miss-x' });
    for (const who of [missX!, mrCm!, stranger!]) {
      expect((await who.get(`/v1/data-disputes/${id}`)).status).toBe(404);
      expect(await list(`caseId=${of.caseId}`, who)).toEqual([]);
      expect((await settle(id, 'withdrawal', {}, '*', who)).status).toBe(404);
    }
    expect((await settle(id, 'upholding', upheld, '*', mrX)).status).toBe(403);
    expect((await settle(id, 'upholding', upheld, '*', mrCm)).status).toBe(404);
    // Neither a record that is not there nor one of others is found.
    expect((await contest(randomUUID())).status).toBe(404);
    expect((await contest(record, {}, mrCm)).status).toBe(404);
    expect((await contest(record, { personId: undefined }, missX)).status).toBe(404);
    const foreign = await contest(record, {}, stranger);
    expect([foreign.status, pointers(foreign)]).toEqual([422, ['#/personId']]);
    const wrong = await contest(record, { personId: hers.personId });
    expect([wrong.status, pointers(wrong)]).toEqual([422, ['#/record/id']]);
    expect((await (await lotse.as('network-manager')).get('/v1/data-disputes')).status).toBe(403);
  });

  it('CONS-6: every wrong field is named; a request of somebody else is none; the same key records it once', async () => {
    const record = await entry();
    const bad = await contest('no-uuid', { statement: '', counterStatement: undefined, subjectRequestId: 'x' });
    expect([bad.status, pointers(bad)]).toEqual([
      422,
      ['#/counterStatement', '#/record/id', '#/statement', '#/subjectRequestId'],
    ]);
    const unknown = await contest(record, { record: { type: 'gossip', id: record } });
    expect([unknown.status, pointers(unknown)]).toEqual([422, ['#/record/type']]);
    const ours = await contest(record, { record: { type: 'legal_hold', id: record } });
    expect(pointers(ours)).toEqual(['#/record/type']);
    expect(pointers(await contest(record, { personId: undefined }))).toEqual(['#/personId']);
    expect(pointers(await contest(record, { subjectRequestId: randomUUID() }))).toEqual(['#/subjectRequestId']);
    const [key, body] = [
      randomUUID(),
      {
        personId: of.personId,
        record: { type: 'journal_entry', id: record },
        statement: 'That.',
        counterStatement: 'No.',
      },
    ];
    const [one, again] = [
      await missCm!.post('/v1/data-disputes', body, { key }),
      await missCm!.post('/v1/data-disputes', body, { key }),
    ];
    expect(again.body.id).toBe(one.body.id);
    const id = one.body.id as string;
    const winner = await race(settle(id, 'withdrawal', {}, 1), settle(id, 'upholding', upheld, 1));
    expect((await missCm!.ok('get', `/v1/data-disputes/${id}`)).state).toBe(['withdrawn', 'upheld'][winner]);
    expect(marked(await missCm!.get(`/v1/journal-entries/${record}`))).toEqual(winner === 0 ? [] : [record]);
  });

  it('GDPR 15: what somebody contested is in the copy of their data, and in nobody else’s', async () => {
    const record = await entry();
    await contested(record, { counterStatement: 'I was at the sea.' });
    const copyOf = (personId: string) =>
      runInContext(systemContext(demoTenants[0].id, 'test', 'data_protection'), () =>
        lotse.app.get(PersonalFile).collect(personId),
      );
    const { holdings } = await copyOf(of.personId);
    const held = holdings.find(({ table }) => table === 'consent.data_dispute')!;
    expect(held.rows).toContainEqual(
      expect.objectContaining({ record_id: record, counter_statement: 'I was at the sea.' }),
    );
    const other = await openCase(lotse, { client: null });
    expect(JSON.stringify((await copyOf(other.personId)).holdings)).not.toContain(record);
  });

  it('GDPR 18: while the case is restricted the data protection officer and the person go on', async () => {
    const record = await entry();
    const early = await contested(record);
    const body = { personId: of.personId, ground: 'accuracy_contested', reason: 'Contested' };
    const { id: restriction } = await dpo!.ok('post', '/v1/processing-restrictions', body);
    expect((await missCm!.get(`/v1/data-disputes/${early}`)).body.code).toBe('processing-restricted');
    expect((await contest(record)).body.code).toBe('processing-restricted');
    expect((await settle(early, 'upholding', upheld)).body.code).toBe('processing-restricted');
    expect(await list(`caseId=${of.caseId}`)).toEqual([]);
    await contested(record, {}, mrX);
    await contested(of.personId, { record: { type: 'person', id: of.personId } }, mrX);
    expect((await mrX!.get(`/v1/data-disputes/${early}`)).status).toBe(200);
    expect((await settle(early, 'upholding', upheld, '*', dpo)).status).toBe(200);
    const lifting = { reason: 'Looked into', personToldOn: '2026-03-02', toldHow: 'Letter' };
    await dpo!.ok('post', `/v1/processing-restrictions/${restriction}/lifting`, lifting, any);
    expect((await missCm!.get(`/v1/data-disputes/${early}`)).status).toBe(200);
  });

  it('GDPR 19: of a correction on a dispute the recipients are to be told; on a request, the decision sees to that', async () => {
    const mine = await openCase(lotse, { client: null });
    const recipient = randomUUID();
    await happened(
      lotse,
      new InformationPassed(
        randomUUID(),
        mine.caseId,
        'referral',
        'organisation',
        recipient,
        'referral',
        ['situation'],
        mine.consentId,
        START,
      ),
    );
    const corrected = async (more: object = {}) => {
      const record = await entry(mine);
      const id = await contested(record, { personId: mine.personId, ...more });
      const correction = { reason: 'It was the tablets', text: 'Dizzy.' };
      await missCm!.ok('post', `/v1/journal-entries/${record}/corrections`, correction, any);
      await missCm!.ok('post', `/v1/data-disputes/${id}/correction`, undefined, any);
      await lotse.settled();
      return (await dpo!.ok('get', `/v1/recipient-notices?personId=${mine.personId}`)).data;
    };
    const asked = { personId: mine.personId, kind: 'rectification', wish: 'Write the truth.' };
    const { id: subjectRequestId } = await missCm!.ok('post', '/v1/subject-requests', asked);
    const told = [{ occasion: 'rectification', recipient: { id: recipient } }];
    // Whatever the request comes to; and what is still to be told says the next correction as well.
    const [{ id }] = await corrected({ subjectRequestId });
    expect(await corrected()).toMatchObject([{ id, ...told[0] }]);
    await dpo!.ok('post', `/v1/recipient-notices/${id}/telling`, { toldOn: START.slice(0, 10), how: 'letter' }, any);
    expect(await corrected()).toMatchObject([...told, ...told]);
  });

  it('CONS-6: it goes with the file, and nothing of it is left; it follows a merge of persons', async () => {
    const mine = await openCase(lotse, { client: null });
    const record = await entry(mine);
    const words = { statement: 'Quincunx said', counterStatement: 'Quincunx denied' };
    const id = await contested(record, { personId: mine.personId, ...words });
    const { id: survivorId } = await missCm!.ok('post', '/v1/persons', { familyName: 'Y', givenName: 'Yvonne' });
    await missCm!.ok('post', `/v1/persons/${mine.personId}/merge`, { survivorId, reason: 'Same' }, any);
    await lotse.settled();
    expect((await missCm!.ok('get', `/v1/data-disputes/${id}`)).personId).toBe(survivorId);
    await missCm!.ok('post', `/v1/cases/${mine.caseId}/closure`, { reason: 'deceased', note: 'At home.' }, any);
    await lotse.settled();
    lotse.at('2038-06-01T09:00:00.000Z');
    const { id: run } = await dpo!.ok('post', '/v1/erasure-runs');
    await admin!.ok('post', `/v1/erasure-runs/${run}/release`, undefined, any);
    await lotse.settled();
    const left = await lotse.sql(
      `select d::text from consent.data_dispute d where d::text like '%Quincunx%' union all
       select r::text from platform.disputed_record r where record_id = $1`,
      [record],
    );
    expect(left).toEqual([]);
  });
});
