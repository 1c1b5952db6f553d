import { randomUUID } from 'node:crypto';
import { eventTypes, pointers, race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';

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

const request = async () =>
  (
    await missCm.ok('post', '/v1/case-requests', {
      askedBy: 'self',
      channel: 'phone',
      concern: 'Debts',
      fieldOfPractice: 'debt',
      person: { familyName: 'Z' },
    })
  ).id as string;
const declined = async () => {
  const id = await request();
  const decline = {
    reason: 'capacity',
    explanation: 'No place before summer',
    referredOnTo: 'Debt advice of the city',
    complaintProcedureExplained: true,
  };
  await missCm.ok('post', `/v1/case-requests/${id}/decline`, decline, { ifMatch: 1 });
  return id;
};
const complaints = (de: string) => ({ organisation: 'Hilfenetz', text: { en: `${de} (en)`, de } });
const letter = {
  recipient: { name: 'Frau Z', addressLines: ['Gartenweg 3', '04109 Leipzig'] },
  language: 'de',
  givenOn: '2026-03-02',
  way: 'post',
};

it('CASE-4: the complaint way is set by the head of the organisation, once, and read at the intake', async () => {
  const id = await declined();
  expect((await missCm.get('/v1/complaint-way')).status).toBe(404);
  expect((await missCm.get(`/v1/case-requests/${id}/decline-letter-text`)).body.code).toBe('complaint-way-missing');
  expect((await missCm.post(`/v1/case-requests/${id}/decline-letters`, letter)).body.code).toBe(
    'complaint-way-missing',
  );
  expect((await missCm.put('/v1/complaint-way', complaints('x'))).status).toBe(403);
  expect((await head.put('/v1/complaint-way', complaints('x'), { ifMatch: '*' })).status).toBe(412);
  expect((await head.put('/v1/complaint-way', complaints('Ombudsfrau'))).status).toBe(200);
  expect((await head.put('/v1/complaint-way', complaints('Ombudsfrau'))).status).toBe(412);
  const found = await missCm.get('/v1/complaint-way');
  expect(found.version).toBe(1);
  expect(found.body).toMatchObject({ ...complaints('Ombudsfrau'), writtenBy: head.subject });
  const texts = ['Ombudsfrau A', 'Ombudsfrau B'];
  const [one, other] = texts.map((text) => head.put('/v1/complaint-way', complaints(text), { ifMatch: 1 }));
  const winner = await race(one!, other!);
  expect((await missCm.get('/v1/complaint-way')).body.text.de).toBe(texts[winner]);
  expect((await (await lotse.as('stranger')).get('/v1/complaint-way')).status).toBe(404);
  expect(pointers(await head.put('/v1/complaint-way', { text: { de: ' ' } }, { ifMatch: 2 }))).toEqual([
    '#/organisation',
    '#/text/de',
    '#/text/en',
  ]);
});

it('CASE-4: a letter is made of what was recorded, given, and stays as it was given', async () => {
  await head.ok('put', '/v1/complaint-way', complaints('Fragen Sie die Ombudsfrau.'), { ifMatch: '*' });
  const id = await declined();
  const text = async (language: string) =>
    (await missCm.get(`/v1/case-requests/${id}/decline-letter-text${language}`)).body as { markdown: string };
  expect((await text('')).markdown).toMatch(
    /^# Ihre Anfrage vom 2\. März 2026[\s\S]*keine Kapazität[\s\S]*No place before summer[\s\S]*Debt advice of the city[\s\S]*Fragen Sie die Ombudsfrau\.[\s\S]*Hilfenetz$/,
  );
  expect((await text('?language=en')).markdown).toContain('Fragen Sie die Ombudsfrau. (en)');
  expect((await missCm.get(`/v1/case-requests/${id}/decline-letter-text?language=fr`)).status).toBe(422);

  const key = randomUUID();
  const given = await missCm.post(`/v1/case-requests/${id}/decline-letters`, letter, { key });
  expect(given.status).toBe(201);
  expect((await missCm.post(`/v1/case-requests/${id}/decline-letters`, letter, { key })).body).toEqual(given.body);
  await head.ok('put', '/v1/complaint-way', complaints('Etwas anderes'), { ifMatch: '*' });
  const { body } = await missCm.get(given.headers.location!);
  expect(body).toMatchObject({ ...letter, requestId: id, version: 1, recordedBy: missCm.subject });
  expect(body.markdown).toContain('Guten Tag Frau Z,');
  expect(body.markdown).toContain('Fragen Sie die Ombudsfrau.');
  expect((await missCm.get(`/v1/case-requests/${id}/decline-letters`)).body.data).toEqual([body]);
  expect(await eventTypes(lotse, given.body.id)).toEqual(['case.decline_letter_given']);
});

it('CASE-4: no letter without a decline; others see none; wrong fields are named', async () => {
  const open = await request();
  for (const reply of [
    await missCm.get(`/v1/case-requests/${open}/decline-letter-text`),
    await missCm.post(`/v1/case-requests/${open}/decline-letters`, letter),
  ])
    expect(reply.body).toMatchObject({ code: 'request-not-declined', currentStatus: 'open' });
  const id = await declined();
  const { id: letterId } = await missCm.ok('post', `/v1/case-requests/${id}/decline-letters`, letter);
  const stranger = await lotse.as('stranger');
  expect((await stranger.get(`/v1/decline-letters/${letterId}`)).status).toBe(404);
  expect((await stranger.get(`/v1/case-requests/${id}/decline-letters`)).body.data).toEqual([]);
  expect((await stranger.get(`/v1/case-requests/${id}/decline-letter-text`)).status).toBe(404);
  expect((await stranger.post(`/v1/case-requests/${id}/decline-letters`, letter)).status).toBe(404);
  expect((await (await lotse.as('mr-x')).get(`/v1/decline-letters/${letterId}`)).status).toBe(403);
  const bad = await missCm.post(`/v1/case-requests/${id}/decline-letters`, {
    recipient: { name: ' ', addressLines: [] },
    language: 'fr',
    givenOn: 'x',
    way: 'pigeon',
  });
  expect(pointers(bad)).toEqual(['#/givenOn', '#/language', '#/recipient/name', '#/way']);
  const late = { ...letter, givenOn: '2026-03-03' };
  expect(pointers(await missCm.post(`/v1/case-requests/${id}/decline-letters`, late))).toEqual(['#/givenOn']);
});
