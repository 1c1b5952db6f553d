import { randomUUID } from 'node:crypto';
import { eventTypes, pointers } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type OpenedCase, openCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let mrX: ApiClient;
let mine: OpenedCase;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  missCm = await lotse.as('miss-cm');
  mrX = await lotse.as('mr-x');
  mine = await openCase(lotse, { as: 'miss-cm', client: 'mr-x' });
});
beforeEach(() => lotse.at('2026-03-02T09:00:00.000Z'));
afterAll(() => lotse.close());

const refusal = {
  service: 'Rehabilitation measure in another country',
  decision: 'refused',
  decidedOn: '2026-03-01',
  criteria: [
    { criterion: 'Medically needed', answer: 'met' },
    { criterion: 'Not to be had at home', answer: 'not_met', reason: 'Out-patient rehabilitation is offered in town' },
  ],
  information: [{ what: 'Discharge report', source: 'University hospital', asOf: '2026-02-20' }],
  alternative: { service: 'Out-patient rehabilitation', reason: 'Same therapy, near the family' },
  payer: 'Statutory health insurance',
  appeal: { instructions: 'In writing within one month', deadline: '2026-04-01', givenOn: '2026-03-02', way: 'post' },
  reasons: 'There is no entitlement to a measure abroad.',
};
const { alternative: _alternative, appeal: _appeal, ...rest } = refusal;
const grant = { ...rest, decision: 'granted', cost: { amountCents: 480_000, period: 'whole_duration' } };
const at = (caseId: string) => `/v1/cases/${caseId}/gatekeeping-decisions`;
const decide = async (body: object = refusal, caseId = mine.caseId) =>
  (await missCm.ok('post', at(caseId), body)).id as string;

it('CASE-13: a service is refused with an alternative, announced, and granted after an objection', async () => {
  const first = await decide();
  const path = `/v1/gatekeeping-decisions/${first}`;
  expect((await mrX.get(path)).status).toBe(404);
  await missCm.ok('post', `${path}/announcement`, { on: '2026-03-02', way: 'in_person' }, { ifMatch: 1 });
  const reply = await mrX.get(path);
  expect(reply.version).toBe(2);
  expect(reply.body).toMatchObject({
    ...refusal,
    criteria: [{ ...refusal.criteria[0], reason: null }, refusal.criteria[1]],
    cost: null,
    grantedPart: null,
    announcement: { on: '2026-03-02', way: 'in_person', by: missCm.subject },
    revisesId: null,
    revisedById: null,
    recordedBy: missCm.subject,
  });
  const revision = { ...grant, decidedOn: '2026-03-02', revisionReason: 'Objection with a new report' };
  const revised = await missCm.post(`${path}/revisions`, revision, { ifMatch: 2 });
  expect(revised.status).toBe(201);
  const second = revised.body.id as string;
  expect(revised.headers.location).toBe(`/v1/gatekeeping-decisions/${second}`);
  expect((await missCm.get(path)).body).toMatchObject({ decision: 'refused', revisedById: second, version: 3 });
  // The client learns of the new decision when it is announced, not by a pointer.
  expect((await mrX.get(path)).body.revisedById).toBeNull();
  expect((await mrX.get(at(mine.caseId))).body.data.map(({ id }: { id: string }) => id)).toEqual([first]);
  await missCm.ok(
    'post',
    `/v1/gatekeeping-decisions/${second}/announcement`,
    { on: '2026-03-02', way: 'post' },
    { ifMatch: 1 },
  );
  expect((await mrX.get(path)).body.revisedById).toBe(second);
  expect((await mrX.get(at(mine.caseId))).body.data).toMatchObject([
    { id: second, decision: 'granted', revisesId: first, revisionReason: 'Objection with a new report' },
    { id: first },
  ]);
  const refused = (await missCm.get(`${at(mine.caseId)}?decision=refused`)).body.data as { id: string }[];
  expect(refused.map(({ id }) => id)).toEqual([first]);
  expect((await missCm.post(`${path}/revisions`, revision, { ifMatch: 3 })).body).toMatchObject({
    code: 'decision-revised',
    revisedById: second,
  });
  expect(
    (
      await missCm.post(
        `/v1/gatekeeping-decisions/${second}/announcement`,
        { on: '2026-03-02', way: 'post' },
        { ifMatch: '*' },
      )
    ).body.code,
  ).toBe('decision-announced');
  expect(await eventTypes(lotse, first)).toEqual(['case.gatekeeping_decided', 'case.gatekeeping_decision_announced']);
});

it('CASE-13: a quality auditor reads the decisions and their grounds; nobody but the case team decides', async () => {
  const id = await decide();
  const auditor = await lotse.as('auditor');
  expect((await auditor.get(`/v1/gatekeeping-decisions/${id}`)).body.reasons).toBe(refusal.reasons);
  for (const who of [auditor, mrX]) {
    expect((await who.post(at(mine.caseId), refusal)).status).toBe(403);
    expect(
      (await who.post(`/v1/gatekeeping-decisions/${id}/revisions`, { ...grant, revisionReason: 'x' }, { ifMatch: 1 }))
        .status,
    ).toBe(403);
  }
  const logged = await lotse.sql('select 1 from platform.access_log where $1 = any(resource_ids)', [id]);
  expect(logged).toHaveLength(1);
});

it('CASE-13: of two revisions at the same time one stands; the other leaves nothing behind', async () => {
  const id = await decide();
  const replies = await Promise.all(
    ['One', 'Other'].map((revisionReason) =>
      missCm.post(`/v1/gatekeeping-decisions/${id}/revisions`, { ...grant, revisionReason }, { ifMatch: 1 }),
    ),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 412]);
  const winner = replies.find(({ status }) => status === 201)!.body.id as string;
  expect((await missCm.get(`/v1/gatekeeping-decisions/${id}`)).body).toMatchObject({ version: 2, revisedById: winner });
  const later = await lotse.sql('select id from cases.gatekeeping_decision where revises_id = $1', [id]);
  expect(later).toEqual([{ id: winner }]);
});

it('CASE-13: the same decision sent twice is one decision', async () => {
  const key = randomUUID();
  const [first, again] = [
    await missCm.post(at(mine.caseId), refusal, { key }),
    await missCm.post(at(mine.caseId), refusal, { key }),
  ];
  expect(again.body).toEqual(first.body);
  expect((await missCm.post(at(mine.caseId), grant, { key })).status).toBe(422);
});

it('CASE-13: a closed case takes no new decision, but objections are still decided on', async () => {
  const closing = await openCase(lotse, { as: 'miss-cm', client: null });
  const id = await decide(refusal, closing.caseId);
  await missCm.ok('post', `/v1/cases/${closing.caseId}/closure`, { reason: 'deceased', note: 'x' }, { ifMatch: '*' });
  expect((await missCm.post(at(closing.caseId), refusal)).body.code).toBe('case-closed');
  const revision = { ...grant, revisionReason: 'Objection of the heirs' };
  expect((await missCm.post(`/v1/gatekeeping-decisions/${id}/revisions`, revision, { ifMatch: 1 })).status).toBe(201);
});

it('CASE-13: cases of others are not there, nor those of other organisations; wrong fields are named', async () => {
  const id = await decide();
  const path = `/v1/gatekeeping-decisions/${id}`;
  for (const who of [await lotse.as('mr-cm'), await lotse.as('stranger')]) {
    expect((await who.get(path)).status).toBe(404);
    expect((await who.get(at(mine.caseId))).status).toBe(404);
    expect((await who.post(at(mine.caseId), refusal)).status).toBe(404);
    expect((await who.post(`${path}/announcement`, { on: '2026-03-02', way: 'post' }, { ifMatch: 9 })).status).toBe(
      404,
    );
    expect((await who.post(`${path}/revisions`, { ...grant, revisionReason: 'x' }, { ifMatch: 9 })).status).toBe(404);
  }
  expect((await (await lotse.as('miss-x')).get(path)).status).toBe(404);
  expect((await missCm.post(`${path}/announcement`, { on: '2026-03-02', way: 'post' }, { ifMatch: 9 })).status).toBe(
    412,
  );
  expect((await missCm.post(`${path}/announcement`, { on: '2026-03-02', way: 'post' })).status).toBe(428);
  const bad = await missCm.post(at(mine.caseId), {
    ...refusal,
    decision: 'perhaps',
    decidedOn: '1.3.2026',
    criteria: [],
    information: [{ what: 'x' }],
    cost: { amountCents: 1.5, period: 'often' },
  });
  expect(pointers(bad)).toEqual([
    '#/cost/amountCents',
    '#/cost/period',
    '#/criteria',
    '#/decidedOn',
    '#/decision',
    '#/information/0/source',
  ]);
  expect(pointers(await missCm.post(at(mine.caseId), { ...refusal, alternative: null, appeal: null }))).toEqual([
    '#/alternative',
    '#/appeal',
  ]);
});
