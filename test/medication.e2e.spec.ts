import { randomUUID } from 'node:crypto';
import { eventTypes, pointers, race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type OpenedCase, openCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let mrX: ApiClient;
let teamLead: ApiClient;
let mine: OpenedCase;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  missCm = await lotse.as('miss-cm');
  mrX = await lotse.as('mr-x');
  teamLead = await lotse.as('team-lead');
  mine = await openCase(lotse, { as: 'miss-cm', client: 'mr-x' });
  await teamLead.ok('put', `/v1/staff/${missCm.subject}`, { displayName: 'Miss CM', team: 'hospital' });
});
beforeEach(() => lotse.at('2026-03-02T09:00:00.000Z'));
afterAll(() => lotse.close());

const note = {
  need: 'Blood thinner after the stroke; must not be interrupted without the physician',
  prescriber: 'Dr Berg',
  storage: 'Locked box in the kitchen',
  mayAdminister: [{ name: 'Ms Kühn', capacity: 'nursing_service' }],
  since: '2026-03-01',
};
const given = { at: '2026-03-02T07:00:00.000Z', administeredBy: 'Ms Kühn', what: 'Morning box of the dispenser' };
const at = (caseId = mine.caseId) => `/v1/cases/${caseId}/medication-notes`;
const write = async () => (await missCm.ok('post', at(), note)).id as string;
const administer = async (noteId: string, body: object = given) =>
  (await missCm.ok('post', `/v1/medication-notes/${noteId}/handouts`, body)) as {
    id: string;
    warnings: { code: string }[];
  };

it('CASE-14: a need is noted by name, corrected by a new version, and read by the client', async () => {
  const id = await write();
  const path = `/v1/medication-notes/${id}`;
  await teamLead.ok('post', `${path}/corrections`, { reason: 'New product', storage: 'Fridge' }, { ifMatch: 1 });
  await missCm.ok('post', `${path}/corrections`, { reason: 'Therapy ended', until: '2026-03-31' }, { ifMatch: 2 });
  expect((await mrX.get(path)).body).toMatchObject({
    ...note,
    storage: 'Fridge',
    disposal: null,
    until: '2026-03-31',
    version: 3,
    writtenBy: missCm.subject,
    writtenByName: 'Miss CM',
    correctionReason: 'Therapy ended',
    earlier: [
      { version: 1, storage: note.storage, writtenBy: missCm.subject, writtenByName: 'Miss CM', reason: null },
      { version: 2, storage: 'Fridge', writtenBy: teamLead.subject, writtenByName: null, reason: 'New product' },
    ],
  });
  expect((await missCm.post(`${path}/corrections`, { reason: 'x', storage: 'Fridge' }, { ifMatch: 3 })).body.code).toBe(
    'nothing-corrected',
  );
  expect((await missCm.post(`${path}/corrections`, { reason: 'x', storage: 'y' }, { ifMatch: 1 })).status).toBe(412);
  expect(await eventTypes(lotse, id)).toEqual([
    'case.medication_noted',
    'case.medication_note_corrected',
    'case.medication_note_corrected',
  ]);
});

it('CASE-14: every handout is an entry: when, who, what; somebody not named is pointed out', async () => {
  const noteId = await write();
  const first = await administer(noteId);
  expect(first.warnings).toEqual([]);
  const second = await administer(noteId, { ...given, at: '2026-03-02T08:00:00.000Z', administeredBy: 'Neighbour' });
  expect(second.warnings).toMatchObject([{ code: 'administered-by-unnamed' }]);
  const path = `/v1/medication-handouts/${second.id}`;
  await missCm.ok('post', `${path}/corrections`, { reason: 'It was she', administeredBy: 'Ms Kuehn' }, { ifMatch: 1 });
  expect((await missCm.get(path)).body).toMatchObject({
    noteId,
    caseId: mine.caseId,
    version: 2,
    administeredBy: 'Ms Kuehn',
    correctionReason: 'It was she',
    writtenByName: 'Miss CM',
    earlier: [{ version: 1, administeredBy: 'Neighbour', writtenByName: 'Miss CM', reason: null }],
  });
  const listed = (await mrX.get(`/v1/medication-notes/${noteId}/handouts`)).body.data as { id: string }[];
  expect(listed.map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(await eventTypes(lotse, second.id)).toEqual([
    'case.medication_handed_out',
    'case.medication_handout_corrected',
  ]);
});

it('CASE-14: health data: the case team and the client read it, nobody else, whatever they may read otherwise', async () => {
  const noteId = await write();
  const { id } = await administer(noteId);
  const paths = [
    at(),
    `/v1/medication-notes/${noteId}`,
    `/v1/medication-notes/${noteId}/handouts`,
    `/v1/medication-handouts/${id}`,
  ];
  for (const path of paths) {
    for (const key of ['miss-cm', 'team-lead', 'mr-x'])
      expect((await (await lotse.as(key)).get(path)).status).toBe(200);
    for (const key of ['auditor', 'dpo', 'org-admin', 'network-manager', 'provider', 'integration'])
      expect([key, (await (await lotse.as(key)).get(path)).status]).toEqual([key, 403]);
    for (const key of ['mr-cm', 'miss-x', 'stranger'])
      expect([key, (await (await lotse.as(key)).get(path)).status]).toEqual([key, 404]);
  }
  expect((await mrX.post(at(), note)).status).toBe(403);
  const correction = { reason: 'x', storage: 'y' };
  for (const key of ['mr-cm', 'stranger']) {
    const who = await lotse.as(key);
    expect((await who.post(at(), note)).status).toBe(404);
    expect((await who.post(`${paths[1]}/corrections`, correction, { ifMatch: 9 })).status).toBe(404);
    expect((await who.post(paths[2]!, given)).status).toBe(404);
    expect((await who.post(`${paths[3]}/corrections`, { reason: 'x', what: 'y' }, { ifMatch: 9 })).status).toBe(404);
  }
  const logged = await lotse.sql('select 1 from platform.access_log where $1 = any(resource_ids)', [id]);
  expect(logged).toHaveLength(6);
});

it('CASE-14: no event says what the medication is', async () => {
  const rows = await lotse.sql<{ payload: string }>(
    `select payload::text as payload from platform.event where type like 'case.medication%'`,
  );
  expect(rows.length).toBeGreaterThan(3);
  for (const { payload } of rows) expect(payload).not.toMatch(/thinner|Berg|box|Kühn/i);
});

it('CASE-14: of two corrections at the same time one wins and the other is told', async () => {
  const noteId = await write();
  const { id } = await administer(noteId);
  for (const [path, field] of [
    [`/v1/medication-notes/${noteId}`, 'storage'],
    [`/v1/medication-handouts/${id}`, 'what'],
  ] as const) {
    const texts = ['One', 'Other'];
    const [one, other] = texts.map((text) =>
      missCm.post(`${path}/corrections`, { reason: 'x', [field]: text }, { ifMatch: 1 }),
    );
    const winner = await race(one!, other!);
    expect((await missCm.get(path)).body).toMatchObject({ version: 2, [field]: texts[winner] });
  }
});

it('CASE-14: an entry sent twice is one entry', async () => {
  const noteId = await write();
  const key = randomUUID();
  const path = `/v1/medication-notes/${noteId}/handouts`;
  const first = await missCm.post(path, given, { key });
  expect((await missCm.post(path, given, { key })).body).toEqual(first.body);
  expect((await missCm.get(path)).body.data).toHaveLength(1);
});

it('CASE-14: wrong fields are named, doses have none, and a closed case takes nothing more', async () => {
  const bad = await missCm.post(at(), {
    ...note,
    need: ' ',
    mayAdminister: [{ name: 'x', capacity: 'passer_by' }],
    since: '1.3.2026',
    dose: '5 mg',
  });
  expect(pointers(bad)).toEqual(['#/dose', '#/mayAdminister/0/capacity', '#/need', '#/since']);
  expect(pointers(await missCm.post(at(), { ...note, mayAdminister: [], until: 'x' }))).toEqual([
    '#/mayAdminister',
    '#/until',
  ]);
  expect(pointers(await missCm.post(at(), { ...note, until: '2026-02-28' }))).toEqual(['#/until']);
  const closing = await openCase(lotse, { as: 'miss-cm', client: null });
  const { id } = await missCm.ok('post', at(closing.caseId), note);
  const path = `/v1/medication-notes/${id}/handouts`;
  expect(pointers(await missCm.post(path, { ...given, at: '2026-02-28T09:00:00Z' }))).toEqual(['#/at']);
  expect(pointers(await missCm.post(path, { ...given, at: '2026-03-02T09:00:01Z' }))).toEqual(['#/at']);
  await missCm.ok('post', `/v1/cases/${closing.caseId}/closure`, { reason: 'deceased', note: 'x' }, { ifMatch: '*' });
  expect((await missCm.post(at(closing.caseId), note)).body.code).toBe('case-closed');
  expect((await missCm.post(path, given)).body.code).toBe('case-closed');
  const correction = { reason: 'Ended with the case', until: '2026-03-02' };
  expect((await missCm.post(`/v1/medication-notes/${id}/corrections`, correction, { ifMatch: 1 })).status).toBe(200);
});
