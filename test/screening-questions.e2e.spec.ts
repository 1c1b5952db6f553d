import { randomUUID } from 'node:crypto';
import { eventTypes, pointers, race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { agreementTerms, allSixMet, consentToTakePart } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let head: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  missCm = await lotse.as('miss-cm');
  head = await lotse.as('org-admin');
});
afterAll(() => lotse.close());

const words = (en: string) => ({ en, de: `${en} (de)` });
const alone = { code: 'lives_alone', type: 'yes_no', text: words('Lives alone?'), required: true, yesSupports: true };
const stays = { code: 'stays', type: 'number', text: words('Hospital stays?') };
const body = (...questions: object[]) => ({ title: words('Asked at the hospital'), questions });
const draft = async (...questions: object[]) =>
  (await head.ok('post', '/v1/screening-question-sets', body(...questions))).id as string;
const publish = (id: string) =>
  head.ok('post', `/v1/screening-question-sets/${id}/publication`, undefined, { ifMatch: '*' });
const request = async () =>
  (
    await missCm.ok('post', '/v1/case-requests', {
      askedBy: 'hospital',
      channel: 'phone',
      concern: 'Discharge after a stroke',
      fieldOfPractice: 'health',
      person: { familyName: 'Z' },
    })
  ).id as string;
const screen = (id: string, more: object = {}) =>
  missCm.put(`/v1/case-requests/${id}/screening`, { ...allSixMet, ...more }, { ifMatch: '*' });
const complete = (id: string) => missCm.post(`/v1/case-requests/${id}/screening/completion`, {}, { ifMatch: '*' });
const read = async (id: string) => (await missCm.get(`/v1/case-requests/${id}`)).body;

it('CASE-3: without questions of its own an organisation asks the six criteria', async () => {
  const { body: asked } = await missCm.get('/v1/screening-questions');
  expect(asked).toMatchObject({ questionSet: { id: null, edition: 0 }, questions: [] });
  expect(asked.criteria.map(({ criterion }: { criterion: string }) => criterion)).toEqual(
    allSixMet.criteria.map(({ criterion }) => criterion),
  );
});

it('CASE-3: questions are added, published and asked; every screening stays with the edition it was done with', async () => {
  const [early, late] = [await request(), await request()];
  await screen(early);
  const first = await draft(alone);
  await head.ok('put', `/v1/screening-question-sets/${first}`, body(alone, stays), { ifMatch: 1 });
  await publish(first);
  expect((await missCm.get('/v1/screening-questions')).body).toMatchObject({
    questionSet: { id: first, edition: 1 },
    criteria: { length: 6 },
    questions: [
      { code: 'lives_alone', yesSupports: true, required: true },
      { code: 'stays', options: [], yesSupports: null },
    ],
  });
  // Kept before the publication: completed with what was asked then.
  expect((await complete(early)).status).toBe(200);
  expect(await read(early)).toMatchObject({
    status: 'indicated',
    screening: { questionSet: { id: null, edition: 0 } },
  });

  await screen(late);
  const open = await complete(late);
  expect(open.body).toMatchObject({ code: 'screening-incomplete', unansweredQuestions: ['lives_alone'] });
  expect(open.body.unmet).toMatchObject([{ code: 'added-questions-unanswered' }]);
  expect(pointers(await screen(late, { answers: { lives_alone: 'yes', shoe_size: 42 } }))).toEqual([
    '#/answers/lives_alone',
    '#/answers/shoe_size',
  ]);
  expect((await screen(late, { answers: { lives_alone: false, stays: 3 } })).status).toBe(200);
  const second = await draft();
  await publish(second);
  expect((await complete(late)).body.warnings).toEqual([]);
  expect(await read(late)).toMatchObject({
    status: 'indicated',
    screening: {
      questionSet: { id: first, edition: 1 },
      answers: { lives_alone: false, stays: 3 },
      supporting: [],
      opposing: ['lives_alone'],
    },
  });
  expect((await missCm.get('/v1/screening-questions')).body).toMatchObject({
    questionSet: { id: second, edition: 2 },
    questions: [],
  });
  expect(await eventTypes(lotse, first)).toEqual(['case.screening_questions_published']);
});

it('CASE-3: no criterion can be replaced, and what is published never changes', async () => {
  const bad = await head.post(
    '/v1/screening-question-sets',
    body({ ...alone, code: 'longer_term' }, { ...stays, yesSupports: true }),
  );
  expect(pointers(bad)).toEqual(['#/questions/0/code', '#/questions/1/yesSupports']);
  const untyped = await head.post('/v1/screening-question-sets', body({ ...alone, code: 'A B', type: 'perhaps' }));
  expect(pointers(untyped)).toEqual(['#/questions/0/code', '#/questions/0/type']);
  const id = await draft(alone);
  await publish(id);
  const path = `/v1/screening-question-sets/${id}`;
  expect((await head.put(path, body(), { ifMatch: '*' })).body.code).toBe('question-set-published');
  expect((await head.post(`${path}/publication`, {}, { ifMatch: '*' })).body.code).toBe('question-set-published');
  expect((await head.get(path)).body).toMatchObject({ status: 'published', questions: [{ code: 'lives_alone' }] });
  // Even with all hints in favour, five of six are not enough.
  const found = await request();
  const criteria = allSixMet.criteria.map((c) => (c.criterion === 'longer_term' ? { ...c, answer: 'unclear' } : c));
  await screen(found, { criteria, answers: { lives_alone: true } });
  await complete(found);
  expect(await read(found)).toMatchObject({ status: 'not_indicated', screening: { supporting: ['lives_alone'] } });
});

it('CASE-3: two publications at the same time are two editions; of two changes one wins', async () => {
  const [one, other] = [await draft(stays), await draft(stays)];
  await Promise.all([publish(one), publish(other)]);
  const editions = await Promise.all(
    [one, other].map(async (id) => (await head.get(`/v1/screening-question-sets/${id}`)).body.edition as number),
  );
  expect(Math.abs(editions[0]! - editions[1]!)).toBe(1);
  const id = await draft();
  const [a, b] = [alone, stays].map((question) =>
    head.put(`/v1/screening-question-sets/${id}`, body(question), { ifMatch: 1 }),
  );
  const winner = await race(a!, b!);
  expect((await head.get(`/v1/screening-question-sets/${id}`)).body.questions).toMatchObject([
    { code: [alone, stays][winner]!.code },
  ]);
});

it('CASE-3: the head of the organisation sets the questions, those at the intake read them, others see none', async () => {
  const id = await draft(alone);
  expect((await missCm.post('/v1/screening-question-sets', body())).status).toBe(403);
  expect((await missCm.get(`/v1/screening-question-sets/${id}`)).status).toBe(200);
  const listed = (await head.get('/v1/screening-question-sets?limit=1')).body.data as { id: string }[];
  expect(listed.map((set) => set.id)).toEqual([id]);
  const stranger = await lotse.as('stranger');
  expect((await stranger.get(`/v1/screening-question-sets/${id}`)).status).toBe(404);
  expect((await stranger.get('/v1/screening-question-sets')).body.data).toEqual([]);
  expect((await stranger.get('/v1/screening-questions')).body.questionSet.edition).toBe(0);
  expect((await (await lotse.as('mr-x')).get('/v1/screening-questions')).status).toBe(403);
  const key = randomUUID();
  const sent = await head.post('/v1/screening-question-sets', body(alone), { key });
  expect((await head.post('/v1/screening-question-sets', body(alone), { key })).body).toEqual(sent.body);
});

it('CASE-3, CASE-5: developing consent is enough for the screening, not for the agreement', async () => {
  await publish(await draft());
  const id = await request();
  const { personId } = await read(id);
  await screen(id);
  const early = await missCm.post('/v1/cases', { requestId: id });
  expect([early.status, early.body.code, early.body.unmet]).toEqual([409, 'screening-not-completed', []]);
  await complete(id);
  const caseId = (await missCm.ok('post', '/v1/cases', { requestId: id })).id as string;
  const sign = () => missCm.post(`/v1/cases/${caseId}/agreement`, agreementTerms(lotse), { ifMatch: '*' });
  expect((await sign()).body.code).toBe('participation-consent-missing');
  await consentToTakePart(lotse, { caseId, personId });
  expect((await sign()).status).toBe(200);
});

it('CASE-3, CASE-10: a case is taken up again with a re-check, kept with the edition of the questions', async () => {
  const id = await request();
  await screen(id);
  await complete(id);
  const caseId = (await missCm.ok('post', '/v1/cases', { requestId: id })).id as string;
  await missCm.ok('post', `/v1/cases/${caseId}/closure`, { reason: 'moved', note: 'x' }, { ifMatch: '*' });
  const setId = await draft(alone);
  await publish(setId);
  const reopen = (screening: object) =>
    missCm.post(`/v1/cases/${caseId}/reopening`, { reason: 'Back', recheck: 'As before', screening }, { ifMatch: '*' });
  expect((await reopen(allSixMet)).body).toMatchObject({
    code: 'screening-incomplete',
    unansweredQuestions: ['lives_alone'],
  });
  expect(pointers(await reopen({ ...allSixMet, answers: { lives_alone: 1 } }))).toEqual([
    '#/screening/answers/lives_alone',
  ]);
  const twice = { ...allSixMet, criteria: [...allSixMet.criteria.slice(1), allSixMet.criteria[1]] };
  expect(pointers(await reopen({ ...twice, answers: { lives_alone: true } }))).toEqual([
    '#/screening/criteria/5/criterion',
  ]);
  expect((await reopen({ ...allSixMet, answers: { lives_alone: true } })).status).toBe(200);
  const { edition } = (await missCm.get('/v1/screening-questions')).body.questionSet;
  expect((await missCm.get(`/v1/cases/${caseId}`)).body.reopenings).toMatchObject([
    { recheck: 'As before', screening: { questionSet: { id: setId, edition }, supporting: ['lives_alone'] } },
  ]);
});

it('a screening recorded before there were added questions is read as one of the six criteria alone', async () => {
  const id = await request();
  await screen(id);
  await lotse.sql(
    `update cases.case_request set screening = screening - 'questionSet' - 'answers' - 'supporting' - 'opposing' - 'unanswered'
     where id = $1`,
    [id],
  );
  expect((await read(id)).screening).toMatchObject({ questionSet: { id: null, edition: 0 }, answers: {} });
});
