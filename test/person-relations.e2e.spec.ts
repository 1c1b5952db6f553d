import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { PersonalDataCopy } from '../src/modules/consent/application/personal-data-copy';
import { Eraser } from '../src/shared/privacy/eraser';
import { eventTypes, pointers, race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { allSixMet, linkCases, openCase, openUnagreedCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let stranger: ApiClient;
let dpo: ApiClient;
const any = { ifMatch: '*' } as const;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  [missCm, mrCm, stranger, dpo] = (await Promise.all(
    ['miss-cm', 'mr-cm', 'stranger', 'dpo'].map((key) => lotse.as(key)),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient];
});
afterEach(async () => {
  await lotse.settled();
  expect(await lotse.sql('select subscription, error from platform.parked_event')).toEqual([]);
});
afterAll(() => lotse.close());

const record = async (givenName: string, more: object = {}) =>
  (await missCm.ok('post', '/v1/persons', { familyName: 'Quittenbaum', givenName, ...more })).id as string;
const relate = (personId: string, otherPersonId: string, kind: string, more: object = {}, who = missCm) =>
  who.post(`/v1/persons/${personId}/relations`, { otherPersonId, kind, ...more });
const related = async (personId: string, otherPersonId: string, kind: string, more: object = {}) => {
  const { status, body } = await relate(personId, otherPersonId, kind, more);
  expect([status, body.code]).toEqual([201, undefined]);
  return body.id as string;
};
type Row = { id: string; kind: string; person: { id: string; givenName: string }; current: boolean };
const relationsOf = async (id: string) =>
  ((await missCm.ok('get', `/v1/persons/${id}/relations`)).data as Row[]).map(({ kind, person }) => [kind, person.id]);
const household = async (...personIds: string[]) =>
  (await missCm.ok('post', '/v1/households', { members: personIds.map((personId) => ({ personId })) })).id as string;
type Members = { members: { person: { id: string }; current: boolean }[] }[];
const livesWith = async (id: string) =>
  ((await missCm.ok('get', `/v1/persons/${id}/households`)).data as Members).map(({ members }) =>
    members.filter(({ current }) => current).map(({ person }) => person.id),
  );
const merge = (id: string, survivorId: string) =>
  missCm.ok('post', `/v1/persons/${id}/merge`, { survivorId, reason: 'The same person' }, any);
const unmerge = (id: string) => missCm.ok('post', `/v1/persons/${id}/unmerge`, { reason: 'They are two' }, any);
const restrict = async (personId: string) =>
  dpo.ok('post', '/v1/processing-restrictions', {
    personId,
    ground: 'accuracy_contested',
    reason: 'Says that the birth date is wrong',
  });

describe('relations', () => {
  it('CASE-1: are recorded once and read from both sides, with names from the record of the person alone', async () => {
    const [mother, son] = [
      await record('Ida', { birthDate: '1975-04-12' }),
      await record('Jan', { birthDate: '2012-01-05' }),
    ];
    const id = await related(mother, son, 'child', { validFrom: '2012-01-05' });
    expect((await missCm.ok('get', `/v1/persons/${mother}/relations`)).data).toEqual([
      {
        ...{ id, version: 1, kind: 'child', validFrom: '2012-01-05', validUntil: null, current: true },
        person: { id: son, familyName: 'Quittenbaum', givenName: 'Jan', birthDate: '2012-01-05' },
      },
    ]);
    expect(await relationsOf(son)).toEqual([['parent', mother]]);
    expect(await missCm.ok('get', `/v1/person-relations/${id}`)).toMatchObject({
      ...{
        personId: mother,
        otherPersonId: son,
        kind: 'child',
        ended: null,
        revoked: null,
        recordedBy: missCm.subject,
      },
    });
    await missCm.ok('patch', `/v1/persons/${son}`, { givenName: 'Jannis' }, any);
    expect((await missCm.ok('get', `/v1/persons/${mother}/relations`)).data[0].person.givenName).toBe('Jannis');
    const rows = await lotse.sql<{ row: string }>(
      `select r::text as row from cases.person_relation r union all select payload::text from platform.event where type like 'case.%related'`,
    );
    for (const { row } of rows) for (const name of ['Quittenbaum', 'Jan', 'Ida']) expect(row).not.toContain(name);
    const log = await lotse.sql<{ ids: string[] }>(
      `select resource_ids as ids from platform.access_log where action = 'read' and resource_type = 'person' and resource_ids @> $1::uuid[]`,
      [[mother, son]],
    );
    expect(log.length).toBeGreaterThan(0);
  });

  it('CASE-1: end once and are revoked; of two at once one is told', async () => {
    const [one, other] = [await record('Kai'), await record('Lea')];
    const id = await related(one, other, 'partner', { validFrom: '2020-05-01' });
    const end = (who: ApiClient, on = '2026-03-02', ifMatch: number | '*' = 1) =>
      who.post(`/v1/person-relations/${id}/end`, { on }, { ifMatch });
    expect(pointers(await end(missCm, '2026-03-03'))).toEqual(['#/on']);
    await race(end(missCm), end(mrCm));
    expect((await end(missCm, '2026-03-02', '*')).body.code).toBe('relation-ended');
    expect((await missCm.ok('get', `/v1/persons/${one}/relations`)).data).toMatchObject([
      { id, version: 2, validUntil: '2026-03-02', current: true },
    ]);
    lotse.at('2026-03-03T09:00:00.000Z');
    expect((await missCm.ok('get', `/v1/persons/${one}/relations`)).data).toMatchObject([{ id, current: false }]);
    lotse.at('2026-03-02T09:00:00.000Z');
    const revoke = () => missCm.post(`/v1/person-relations/${id}/revocation`, { reason: 'Mixed up' }, any);
    expect((await revoke()).status).toBe(200);
    expect((await revoke()).body.code).toBe('relation-revoked');
    expect([await relationsOf(one), await relationsOf(other)]).toEqual([[], []]);
    expect(await missCm.ok('get', `/v1/person-relations/${id}`)).toMatchObject({ revoked: { reason: 'Mixed up' } });
    expect(await eventTypes(lotse, id)).toEqual([
      ...['case.persons_related', 'case.person_relation_ended', 'case.person_relation_revoked'],
    ]);
  });

  it('CASE-1: of two who record the same at once, from either side, one is told; contradictions are refused', async () => {
    const [one, other] = [await record('Mia'), await record('Noa')];
    const replies = await Promise.all([relate(one, other, 'child'), relate(other, one, 'parent', {}, mrCm)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(replies.find(({ status }) => status === 409)!.body.code).toBe('relation-already-recorded');
    expect((await relate(other, one, 'sibling')).body.code).toBe('relation-contradicts');
    expect((await relate(one, other, 'child', { validFrom: '2030-01-01' })).status).toBe(422);
    const key = randomUUID();
    const same = () =>
      missCm.post(`/v1/persons/${one}/relations`, { otherPersonId: other, kind: 'emergency_contact' }, { key });
    expect((await same()).body.id).toBe((await same()).body.id);
  });

  it('CASE-1: every wrong field is named; what is not there, or of another organisation, is not found', async () => {
    const one = await record('Ole', { birthDate: '2012-01-05' });
    const elder = await record('Pia', { birthDate: '1975-04-12' });
    const wrong = await relate(one, elder, 'child', { validFrom: '2026-03-03', validUntil: '2026-01-01' });
    expect([wrong.status, pointers(wrong)]).toEqual([422, ['#/kind', '#/validFrom', '#/validUntil']]);
    expect(pointers(await relate(one, one, 'friend'))).toEqual(['#/otherPersonId']);
    expect(pointers(await relate(one, elder, 'boss'))).toEqual(['#/kind']);
    expect(pointers(await relate(one, randomUUID(), 'friend'))).toEqual(['#/otherPersonId']);
    expect((await relate(randomUUID(), one, 'friend')).status).toBe(404);
    const id = await related(one, elder, 'parent');
    const theirs = (await stranger.ok('post', '/v1/persons', { familyName: 'Y' })).id as string;
    expect(pointers(await relate(theirs, one, 'friend', {}, stranger))).toEqual(['#/otherPersonId']);
    expect((await relate(one, theirs, 'friend', {}, stranger)).status).toBe(404);
    for (const path of [`/v1/person-relations/${id}`, `/v1/persons/${one}/relations`, `/v1/persons/${one}/households`])
      expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.post(`/v1/person-relations/${id}/end`, { on: '2026-03-01' }, any)).status).toBe(404);
    expect((await (await lotse.as('mr-x')).get(`/v1/persons/${one}/relations`)).status).toBe(403);
  });

  it('CASE-1, CONS-6: whose processing is restricted is not told with others, by no way', async () => {
    const [client, hidden, child] = [await record('Ria'), await record('Sven'), await record('Tom')];
    const id = await related(client, hidden, 'spouse');
    const home = await household(client, hidden, child);
    const alone = await household(hidden);
    await restrict(hidden);
    expect(await relationsOf(client)).toEqual([]);
    expect(await livesWith(client)).toEqual([[client, child]]);
    expect((await missCm.ok('get', `/v1/households/${home}`)).members).toHaveLength(2);
    for (const path of [`/v1/person-relations/${id}`, `/v1/persons/${hidden}/relations`, `/v1/households/${alone}`])
      expect((await missCm.get(path)).body.code).toBe('processing-restricted');
    expect(pointers(await relate(client, hidden, 'friend'))).toEqual(['#/otherPersonId']);
    const join = await missCm.post(`/v1/households/${home}/members`, { personId: hidden }, any);
    expect([join.status, pointers(join)]).toEqual([422, ['#/personId']]);
    // What is done to the household leaves the hidden member as it was.
    await missCm.ok('post', `/v1/households/${home}/departures`, { personId: child, on: '2026-03-01' }, any);
    const rows = await lotse.sql(
      'select 1 from cases.household_member where household_id = $1 and valid_until is null',
      [home],
    );
    expect(rows).toHaveLength(2);
  });

  it('CASE-1: follow merges of either side and go back, in any order; nobody is related to themselves after one', async () => {
    const [ann, bea, twin, child] = [
      await record('Ann'),
      await record('Bea'),
      await record('Anne'),
      await record('Cem'),
    ];
    await related(ann, bea, 'sibling');
    await related(twin, child, 'child');
    await related(ann, child, 'child');
    await related(twin, ann, 'friend');
    const lives = await household(twin, child);
    const all = () => Promise.all([ann, bea, twin, child].map(relationsOf));
    const before = await all();
    await merge(twin, ann);
    expect(await relationsOf(ann)).toEqual([
      ['sibling', bea],
      ['child', child],
    ]);
    expect(await relationsOf(child)).toEqual([['parent', ann]]);
    expect(await livesWith(child)).toEqual([[ann, child]]);
    expect((await relate(child, ann, 'parent')).body.code).toBe('relation-already-recorded');
    expect((await missCm.post(`/v1/households/${lives}/members`, { personId: ann }, any)).body.code).toBe(
      'already-in-household',
    );
    await merge(bea, ann);
    expect(await relationsOf(ann)).toEqual([['child', child]]);
    // Taken back in the order in which they were made: what is left still speaks of who is there.
    await unmerge(twin);
    expect(await relationsOf(twin)).toEqual([
      ['child', child],
      ['friend', ann],
    ]);
    await unmerge(bea);
    expect(await all()).toEqual(before);
    expect(await livesWith(child)).toEqual([[twin, child]]);
    await missCm.ok('post', `/v1/households/${lives}/departures`, { personId: twin, on: '2026-03-01' }, any);
  });
});

describe('households', () => {
  it('CASE-1: people move in and out; of two changes at once one is told', async () => {
    const [one, other, third] = [await record('Uwe'), await record('Vera'), await record('Wim')];
    const id = await household(one, other);
    const path = `/v1/households/${id}`;
    const join = (who: ApiClient) =>
      who.post(`${path}/members`, { personId: third, validFrom: '2026-03-01' }, { ifMatch: 1 });
    await race(join(missCm), join(mrCm));
    const leave = (on: string) => missCm.post(`${path}/departures`, { personId: other, on }, any);
    expect(pointers(await leave('2026-03-03'))).toEqual(['#/on']);
    expect((await leave('2026-03-01')).status).toBe(200);
    expect((await leave('2026-03-01')).body.code).toBe('not-in-household');
    lotse.at('2026-03-02T23:30:00.000Z');
    expect(await livesWith(one)).toEqual([[one, third]]);
    lotse.at('2026-03-02T09:00:00.000Z');
    const revoke = () => missCm.post(`${path}/members/${third}/revocation`, { reason: 'Next door' }, any);
    expect((await revoke()).status).toBe(200);
    expect((await revoke()).body.code).toBe('not-in-household');
    expect(await livesWith(third)).toEqual([]);
    const second = await household(one, third);
    expect(await livesWith(one)).toEqual([[one, third], [one]]);
    expect(await missCm.ok('get', `/v1/households/${second}`)).toMatchObject({ id: second, version: 1 });
    expect(await eventTypes(lotse, id)).toEqual([
      ...['case.household_joined', 'case.household_joined', 'case.household_joined'],
      ...['case.household_left', 'case.household_entry_revoked'],
    ]);
  });

  it('CASE-1: every wrong field is named; those of another organisation are not found', async () => {
    const one = await record('Xaver');
    const wrong = await missCm.post('/v1/households', {
      members: [{ personId: one }, { personId: randomUUID() }, { personId: randomUUID() }],
    });
    expect([wrong.status, pointers(wrong)]).toEqual([422, ['#/members/1/personId', '#/members/2/personId']]);
    expect((await missCm.post('/v1/households', { members: [] })).status).toBe(422);
    const twice = await missCm.post('/v1/households', {
      members: [{ personId: one, validFrom: '2026-03-03' }, { personId: one }],
    });
    expect(pointers(twice)).toEqual(['#/members/0/validFrom', '#/members/1/personId']);
    const id = await household(one);
    expect((await stranger.get(`/v1/households/${id}`)).status).toBe(404);
    const foreign = await stranger.post(`/v1/households/${id}/departures`, { personId: one, on: '2026-03-01' }, any);
    expect(foreign.status).toBe(404);
  });
});

describe('CASE-11: cases of one family or household are pointed out', () => {
  type Suggestion = { caseId: string; kinds: string[] };
  const suggested = async (who: ApiClient, caseId: string) =>
    ((await who.ok('get', `/v1/cases/${caseId}/link-suggestions`)).data as Suggestion[]).map((one) => [
      one.caseId,
      one.kinds,
    ]);
  const lead = () =>
    lotse.asUser({
      subject: 'lead-of-all',
      tenantId: demoTenants[0].id,
      roles: ['case_manager', 'quality_auditor'],
      teams: [],
    });

  it('to who may see them, from relations, households and the person system, until they are linked', async () => {
    const mr = await openCase(lotse, { client: null });
    const miss = await openCase(lotse, { client: null });
    const theirs = await openCase(lotse, { as: 'mr-cm', client: null });
    const son = await openUnagreedCase(lotse, { client: null });
    await related(mr.personId, miss.personId, 'spouse');
    await related(mr.personId, theirs.personId, 'sibling');
    await household(mr.personId, miss.personId);
    await missCm.ok(
      'put',
      `/v1/cases/${mr.caseId}/members/${son.personId}`,
      { role: 'child', legalGuardian: false },
      any,
    );
    const found = [
      [miss.caseId, ['family', 'household']],
      [son.caseId, ['family']],
    ];
    expect((await suggested(missCm, mr.caseId)).sort()).toEqual(found.sort());
    expect(await suggested(missCm, son.caseId)).toEqual([]);
    expect((await suggested(await lead(), mr.caseId)).map(([id]) => id).sort()).toEqual(
      [miss.caseId, theirs.caseId, son.caseId].sort(),
    );
    expect((await mrCm.get(`/v1/cases/${mr.caseId}/link-suggestions`)).status).toBe(404);
    const link = await missCm.ok('post', `/v1/cases/${miss.caseId}/links`, {
      ...{ otherCaseId: theirs.caseId, kind: 'family', reason: 'In-laws', sharedParts: [] },
    });
    expect(link.warnings).toMatchObject([{ code: 'related-case', detail: expect.stringContaining(mr.caseId) }]);
    await linkCases(lotse, { as: 'miss-cm', ...mr }, { as: 'miss-cm', ...miss });
    expect(await suggested(missCm, mr.caseId)).toEqual([[son.caseId, ['family']]]);
  });

  it('when a case is opened; not those that are over, nor of relations that are', async () => {
    const first = await openCase(lotse, { client: null });
    const opening = async (until: string | null, kind = 'parent') => {
      const { id: personId } = await missCm.ok('post', '/v1/persons', { familyName: 'Y' });
      await related(personId, first.personId, kind, { validUntil: until });
      return missCm.ok('post', '/v1/cases', { requestId: await indicated(personId) });
    };
    const codes = (body: { warnings: { code: string }[] }) => body.warnings.map(({ code }) => code);
    const opened = await opening(null);
    expect(opened.warnings.find(({ code }: { code: string }) => code === 'related-case').detail).toContain(
      first.caseId,
    );
    expect(codes(await opening('2026-03-01'))).not.toContain('related-case');
    expect(codes(await opening(null, 'neighbour'))).not.toContain('related-case');
    await missCm.ok('post', `/v1/cases/${first.caseId}/closure`, { reason: 'deceased', note: 'At home' }, any);
    expect(codes(await opening(null))).not.toContain('related-case');
  });
});

describe('CONS-6: what is held about relations', () => {
  const inside = <T>(work: () => Promise<T>) =>
    runInContext(systemContext(demoTenants[0].id, 'test', 'data_protection'), () =>
      lotse.app.get(UnitOfWork).run(async () => {
        await lotse.app.get(UnitOfWork).lock();
        return work();
      }),
    );
  const rowsOf = async (id: string) =>
    (
      await lotse.sql(
        `select id from cases.person_relation where $1 in (person_id, other_id) union all
         select id from cases.household_member where person_id = $1 union all
         select id from cases.representation where $1 in (person_id, representative_id)`,
        [id],
      )
    ).length;

  it('is in the copy for a person, without who the others are', async () => {
    const [ida, son] = [await record('Ida'), await record('Yannick')];
    await related(ida, son, 'child');
    await household(ida, son);
    const copy = await inside(() => lotse.app.get(PersonalDataCopy).of(ida, randomUUID(), lotse.clock.now()));
    const held = Object.fromEntries(copy.holdings.map(({ table, rows }) => [table, rows]));
    expect(held['cases.person_relation']).toMatchObject([{ person_id: ida, other_id: son, kind: 'child' }]);
    expect(held['cases.household_member']).toMatchObject([{ person_id: ida }]);
    expect(JSON.stringify(copy)).not.toContain('Yannick');
  });

  it('goes with either person; nobody is kept for it alone, and nobody goes to whom a file needs somebody', async () => {
    const { personId: client } = await openUnagreedCase(lotse, { client: null });
    const [mother, aunt, friend, guardian] = [
      await record('M'),
      await record('A'),
      await record('F'),
      await record('G'),
    ];
    await related(client, mother, 'parent');
    await related(mother, aunt, 'sibling');
    await household(aunt, friend);
    await missCm.ok('post', `/v1/persons/${aunt}/representations`, {
      ...{
        representativeId: guardian,
        kind: 'power_of_attorney',
        tasks: ['general'],
        validFrom: '2026-01-12',
        evidence: 'Deed',
      },
    });
    const eraser = lotse.app.get(Eraser);
    const noHold = async () => new Set<string>();
    const unneeded = await inside(() => eraser.unneeded('2099-01-01T00:00:00.000Z', 1000));
    for (const [id, free] of [
      [client, false],
      [mother, false],
      [aunt, true],
      [friend, true],
      [guardian, false],
    ] as const)
      expect([id, unneeded.includes(id)]).toEqual([id, free]);
    expect((await inside(() => eraser.erasePersons([mother, aunt], noHold))).count).toBe(1);
    expect([await rowsOf(aunt), await rowsOf(mother), await rowsOf(friend), await rowsOf(guardian)]).toEqual([
      0, 1, 1, 0,
    ]);
    expect((await missCm.get(`/v1/persons/${aunt}`)).status).toBe(404);
    expect(await livesWith(friend)).toEqual([[friend]]);
    expect((await inside(() => eraser.erasePersons([mother], noHold, { own: true }))).count).toBe(1);
    expect(await relationsOf(client)).toEqual([]);
    expect((await inside(() => eraser.erasePersons([guardian, friend], noHold))).count).toBe(2);
  });
});

async function indicated(personId: string): Promise<string> {
  const { id } = await missCm.ok('post', '/v1/case-requests', {
    ...{ askedBy: 'hospital', channel: 'phone', concern: 'Care', fieldOfPractice: 'health', personId },
  });
  await missCm.ok('put', `/v1/case-requests/${id}/screening`, allSixMet, any);
  await missCm.ok('post', `/v1/case-requests/${id}/screening/completion`, undefined, any);
  return id as string;
}
