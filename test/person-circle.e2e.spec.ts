import { randomUUID } from 'node:crypto';
import { eventTypes, pointers, race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { openUnagreedCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let stranger: ApiClient;
const any = { ifMatch: '*' } as const;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  [missCm, mrCm, stranger] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-cm'), lotse.as('stranger')]);
});
afterEach(async () => {
  await lotse.settled();
  expect(await lotse.sql('select subscription, error from platform.parked_event')).toEqual([]);
});
afterAll(() => lotse.close());

const record = async (body: object = {}) =>
  (await missCm.ok('post', '/v1/persons', { familyName: 'Y', ...body })).id as string;

describe('communication needs', () => {
  const NEEDS = {
    languageLevels: [{ language: 'pl', spoken: 'native', written: 'B1' }],
    interpreterLanguages: ['pl', 'gsg'],
    support: ['easy_language', 'writing_help'],
    access: ['wheelchair'],
    contactWays: ['letter', 'phone'],
    contactTimes: [{ days: ['mon', 'thu'], from: '09:00', until: '12:00' }],
    note: 'Ring twice',
  };

  it('CASE-1: are recorded, changed field by field and read, and stand nowhere in the open', async () => {
    const id = await record({ interpreterNeeded: true, communication: NEEDS });
    expect((await missCm.ok('get', `/v1/persons/${id}`)).communication).toEqual(NEEDS);
    const patch = { communication: { support: null, contactWays: ['email'] } };
    await missCm.ok('patch', `/v1/persons/${id}`, patch, any);
    const needs = { ...NEEDS, support: [], contactWays: ['email'] };
    expect((await missCm.ok('get', `/v1/persons/${id}`)).communication).toEqual(needs);
    const [{ row }] = (await lotse.sql<{ row: string }>('select p::text as row from cases.person p where id = $1', [
      id,
    ])) as [{ row: string }];
    for (const secret of ['wheelchair', 'easy_language', 'gsg', 'Ring'])
      for (const form of [secret, Buffer.from(secret).toString('hex')]) expect(row).not.toContain(form);
    await missCm.ok('patch', `/v1/persons/${id}`, { communication: null }, any);
    expect((await missCm.ok('get', `/v1/persons/${id}`)).communication).toMatchObject({ access: [], note: null });
  });

  it('CASE-1: every wrong field is named', async () => {
    const wrong = await missCm.post('/v1/persons', {
      familyName: 'Y',
      communication: { interpreterLanguages: ['pl'], contactTimes: [{ days: ['mon'], from: '12:00', until: '11:00' }] },
    });
    expect([wrong.status, pointers(wrong)]).toEqual([
      422,
      ['#/communication/contactTimes/0/until', '#/communication/interpreterLanguages'],
    ]);
    const worse = await missCm.post('/v1/persons', { familyName: 'Y', communication: { support: ['shouting'] } });
    expect([worse.status, pointers(worse)]).toEqual([422, ['#/communication/support']]);
  });
});

describe('representations', () => {
  const terms = (representativeId: string, more: object = {}) => ({
    representativeId,
    kind: 'legal_guardianship',
    tasks: ['health', 'residence'],
    validFrom: '2026-01-12',
    validUntil: '2028-01-11',
    court: 'Amtsgericht Leipzig',
    fileNumber: '521 XVII 17/26',
    evidence: 'Order of 2026-01-12, file 2026/17',
    ...more,
  });
  const represent = (personId: string, representativeId: string, more: object = {}) =>
    missCm.post(`/v1/persons/${personId}/representations`, terms(representativeId, more));
  const consent = (caseId: string, personId: string, givenBy: object, categories = ['health']) =>
    missCm.post(`/v1/cases/${caseId}/consents`, {
      personId,
      kind: 'disclosure',
      purpose: 'coordination',
      categories,
      recipients: [{ kind: 'organisation', id: randomUUID(), name: 'Clinic' }],
      form: 'written',
      language: 'de',
      textVersion: 'release-2026-01',
      givenBy: { name: 'G', ...givenBy },
      consequencesExplained: true,
      withdrawalExplained: true,
      evidence: { kind: 'scan', reference: 'sheet 2' },
    });
  const codes = (warnings: { code: string }[]) => warnings.map(({ code }) => code);

  it('CASE-1: are recorded with court and evidence, which stand nowhere in the open, and end', async () => {
    const [person, guardian] = [await record({ birthDate: '1950-05-17' }), await record()];
    const { status, body } = await represent(person, guardian);
    expect([status, body.version]).toEqual([201, 1]);
    const read = await missCm.ok('get', `/v1/representations/${body.id}`);
    expect(read).toMatchObject({ ...terms(guardian), personId: person, version: 1, ended: null, note: null });
    const [{ row }] = (await lotse.sql<{ row: string }>('select r::text as row from cases.representation r')) as [
      { row: string },
    ];
    for (const secret of ['Leipzig', 'XVII', '2026/17'])
      for (const form of [secret, Buffer.from(secret).toString('hex')]) expect(row).not.toContain(form);
    const path = `/v1/representations/${body.id}/end`;
    const end = { on: '2026-03-01', reason: 'Lifted' };
    expect((await missCm.post(path, { ...end, on: '2026-03-03' }, any)).status).toBe(422);
    await race(missCm.post(path, end, { ifMatch: 1 }), mrCm.post(path, end, { ifMatch: 1 }));
    expect((await missCm.post(path, end, any)).body.code).toBe('representation-ended');
    expect((await missCm.ok('get', `/v1/persons/${person}/representations`)).data).toMatchObject([
      { id: body.id, version: 2, validUntil: '2026-03-01', ended: end, court: 'Amtsgericht Leipzig' },
    ]);
    expect(await eventTypes(lotse, body.id)).toEqual(['case.representation_recorded', 'case.representation_ended']);
    for (const foreign of [`/v1/representations/${body.id}`, `/v1/persons/${person}/representations`])
      expect((await stranger.get(foreign)).status).toBe(404);
    expect((await stranger.post(path, end, any)).status).toBe(404);
  });

  it('CASE-1: every wrong field is named', async () => {
    const person = await record({ birthDate: '1950-05-17' });
    const wrong = await represent(person, person, { court: null, tasks: ['general'] });
    expect([wrong.status, pointers(wrong)]).toEqual([422, ['#/court', '#/representativeId', '#/tasks/0']]);
    expect(pointers(await represent(person, randomUUID()))).toEqual(['#/representativeId']);
    expect((await represent(randomUUID(), person)).status).toBe(404);
  });

  it('CONS-1: a consent names a representative on record, who decides in the matters it is about', async () => {
    const { caseId, personId } = await openUnagreedCase(lotse, { client: null });
    await missCm.ok('patch', `/v1/persons/${personId}`, { birthDate: '1950-05-17' }, any);
    const by = { kind: 'representative', basis: 'Court order' };
    const unchecked = await consent(caseId, personId, by);
    expect([unchecked.status, codes(unchecked.body.warnings)]).toEqual([201, ['representative-not-on-record']]);
    const [guardian, stranded] = [await record(), await record()];
    const { id } = (await represent(personId, guardian)).body;
    for (const giver of [by, { ...by, personId: stranded }])
      expect(pointers(await consent(caseId, personId, giver))).toEqual(['#/givenBy/personId']);
    const named = { kind: 'representative', personId: guardian };
    const given = await consent(caseId, personId, named);
    expect([given.status, codes(given.body.warnings)]).toEqual([201, []]);
    expect((await missCm.ok('get', `/v1/consents/${given.body.id}`)).givenBy).toMatchObject({
      personId: guardian,
      basis: 'legal_guardianship: health, residence',
    });
    const beyond = await consent(caseId, personId, named, ['health', 'finances']);
    expect(beyond.body.errors).toMatchObject([{ pointer: '#/givenBy/personId', code: 'matters-not-covered' }]);
    await missCm.ok('post', `/v1/representations/${id}/end`, { on: '2026-03-01', reason: 'Lifted' }, any);
    expect(pointers(await consent(caseId, personId, named))).toContain('#/givenBy/personId');
  });

  it('CONS-1: whoever has custody on record consents for the child as guardian', async () => {
    const { caseId, personId } = await openUnagreedCase(lotse, { client: null });
    await missCm.ok('patch', `/v1/persons/${personId}`, { birthDate: '2018-05-17' }, any);
    const [mother, aunt] = [await record(), await record()];
    const custody = {
      kind: 'parental_custody',
      tasks: ['personal_care'],
      court: null,
      fileNumber: null,
      validUntil: null,
    };
    expect((await represent(personId, mother, custody)).status).toBe(201);
    expect(pointers(await consent(caseId, personId, { kind: 'guardian', personId: aunt }))).toContain(
      '#/givenBy/personId',
    );
    expect((await consent(caseId, personId, { kind: 'guardian', personId: mother })).status).toBe(201);
  });

  it('CASE-1: follow merges of either side, count for the consent, and go back', async () => {
    const { caseId, personId } = await openUnagreedCase(lotse, { client: null });
    await missCm.ok('patch', `/v1/persons/${personId}`, { birthDate: '1950-05-17' }, any);
    const [guardian, again, twin] = [await record(), await record(), await record()];
    const { id } = (await represent(personId, guardian)).body;
    const merge = (from: string, survivorId: string) =>
      missCm.ok('post', `/v1/persons/${from}/merge`, { survivorId, reason: 'Same' }, any);
    const read = () => missCm.ok('get', `/v1/representations/${id}`);
    const by = (giver: string) => ({ kind: 'representative', personId: giver });
    const before = await read();
    await merge(guardian, again);
    expect(await read()).toMatchObject({ representativeId: again, court: 'Amtsgericht Leipzig' });
    expect((await consent(caseId, personId, by(guardian))).status).toBe(422);
    expect((await consent(caseId, personId, by(again))).status).toBe(201);
    await merge(personId, twin);
    expect(await read()).toMatchObject({ personId: twin, court: 'Amtsgericht Leipzig' });
    await lotse.settled();
    expect((await consent(caseId, twin, by(again))).status).toBe(201);
    for (const back of [personId, guardian])
      await missCm.ok('post', `/v1/persons/${back}/unmerge`, { reason: 'Two' }, any);
    await lotse.settled();
    expect(await read()).toEqual({ ...before, version: expect.any(Number) });
    expect((await consent(caseId, personId, by(guardian))).status).toBe(201);
  });
});
