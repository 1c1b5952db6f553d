import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { eventTypes, pointers, race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { agreedPlan, completeAssessment } from './support/plan-story';
import { readAnswers } from './support/read-answers';
import { allSixMet, consentToTakePart, indicatedRequest, openCase, openUnagreedCase, toPhase } from './support/story';

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
const merge = async (id: string, survivorId: string) => {
  await missCm.ok('post', `/v1/persons/${id}/merge`, { survivorId, reason: 'The same person' }, any);
  await lotse.settled();
};
const unmerge = (id: string, more: object = {}, ifMatch: number | '*' = '*', who = missCm) =>
  who.post(`/v1/persons/${id}/unmerge`, { reason: 'They are two', ...more }, { ifMatch });
const separate = async (id: string, more: object = {}) => {
  const reply = await unmerge(id, more);
  expect([reply.status, reply.body.code]).toEqual([200, undefined]);
  await lotse.settled();
  return reply.body.warnings.map(({ code }: { code: string }) => code) as string[];
};
const personOf = (id: string) => missCm.ok('get', `/v1/persons/${id}`);
const putMember = (caseId: string, id: string, more: object = {}) =>
  missCm.ok('put', `/v1/cases/${caseId}/members/${id}`, { role: 'other', legalGuardian: false, ...more }, any);
const asked = (personId: string) => ({
  askedBy: 'hospital',
  channel: 'phone',
  concern: 'Care at home',
  fieldOfPractice: 'health',
  personId,
});
const request = async (personId: string) =>
  (await missCm.ok('post', '/v1/case-requests', asked(personId))).id as string;
const release = (caseId: string, personId: string, more: object = {}) =>
  missCm.ok('post', `/v1/cases/${caseId}/consents`, {
    personId,
    kind: 'disclosure',
    purpose: 'coordination',
    categories: ['identity'],
    form: 'written',
    language: 'de',
    textVersion: 'release-2026-01',
    givenBy: { kind: 'client', name: 'X' },
    consequencesExplained: true,
    withdrawalExplained: true,
    evidence: { kind: 'scan', reference: 'sheet 2' },
    recipients: [{ kind: 'organisation', id: randomUUID(), name: 'Y' }],
    ...more,
  });

describe('taking a merge back', () => {
  it('CASE-1: every read of every module answers as before the merge', async () => {
    const planned = await agreedPlan(lotse, { client: null });
    const other = await openCase(lotse, { client: null });
    const twin = planned.personId;
    const survivor = other.personId;
    const child = await record({ birthDate: '2020-01-01' });
    await missCm.ok('patch', `/v1/persons/${twin}`, { phone: '0341 1', languages: ['pl'], town: 'Halle' }, any);
    await putMember(planned.caseId, child, { role: 'child', guardianIds: [twin] });
    await putMember(other.caseId, twin, { role: 'sibling', legalGuardian: true });
    await release(planned.caseId, child, { givenBy: { kind: 'guardian', name: 'Y', personId: twin } });
    await release(other.caseId, survivor, { recipients: [{ kind: 'person', id: twin, name: 'Y' }] });
    const { id: exceptionId } = await missCm.ok('post', `/v1/cases/${planned.caseId}/consent-exceptions`, {
      personId: twin,
      kind: 'self_harm',
      legalBasis: 'STGB_34',
      facts: 'Spoke of ending it.',
      milderMeans: 'Talked for an hour.',
      assessedWith: ['Team lead'],
      specialist: { consulted: true, pseudonymised: true },
      priorNotice: { given: false, reason: 'Danger.' },
      purpose: 'referral',
      categories: ['identity'],
      recipient: { kind: 'person', id: twin, name: 'Y' },
      validUntil: '2026-03-05',
    });
    const requests = [await request(twin), await request(survivor)];
    const known = {
      persons: [twin, survivor, child],
      cases: [planned.caseId, other.caseId],
      'case-requests': [...requests, planned.requestId, other.requestId],
      'consent-exceptions': [exceptionId],
    };
    await lotse.settled();
    const before = await readAnswers(lotse, missCm, known);
    expect(Object.keys(before).length).toBeGreaterThan(60);
    await merge(twin, survivor);
    const merged = await readAnswers(lotse, missCm, known);
    const changed = Object.keys(before).filter((path) => JSON.stringify(before[path]) !== JSON.stringify(merged[path]));
    expect([...new Set(changed.map((path) => path.replace(/[0-9a-f-]{36}/, '{}')))].sort()).toEqual(
      expect.arrayContaining([
        '/v1/assessments/{}',
        '/v1/case-requests/{}',
        '/v1/cases/{}',
        '/v1/cases/{}/handed-needs',
        '/v1/consent-exceptions/{}',
        '/v1/consents/{}',
        '/v1/persons/{}',
        '/v1/service-plans/{}',
      ]),
    );
    // Nothing but the record itself and the history of past texts names the duplicate.
    const naming = Object.entries(merged).filter(
      ([path, answer]) => !path.includes(twin) && JSON.stringify(answer).includes(twin),
    );
    expect(naming.map(([path]) => path.replace(/[0-9a-f-]{36}/g, '{}'))).toEqual([]);
    expect(await separate(twin)).toEqual([]);
    expect(await readAnswers(lotse, missCm, known)).toEqual(before);
    expect((await personOf(twin)).separations).toMatchObject([
      { survivorId: survivor, merge: { reason: 'The same person' }, reason: 'They are two', by: missCm.subject },
    ]);
    expect((await eventTypes(lotse, twin)).slice(-2)).toEqual(['case.person_merged', 'case.person_unmerged']);
    expect(await lotse.sql('select 1 from platform.followed_reference')).toEqual([]);
  });

  it('CASE-1: any merges taken back in reverse order leave every read as it was', async () => {
    const persons = await Promise.all(['A', 'B', 'C', 'D'].map((givenName) => record({ givenName, phone: givenName })));
    const cases: string[] = [];
    for (const [client, members] of [
      [0, [1, 2]],
      [1, [0]],
      [2, []],
    ] as [number, number[]][]) {
      const requestId = await request(persons[client]!);
      await missCm.ok('put', `/v1/case-requests/${requestId}/screening`, allSixMet, any);
      await missCm.ok('post', `/v1/case-requests/${requestId}/screening/completion`, undefined, any);
      const { id } = await missCm.ok('post', '/v1/cases', { requestId });
      cases.push(id);
      for (const member of members) await putMember(id, persons[member]!, { role: 'sibling' });
      await consentToTakePart(lotse, { caseId: id, personId: persons[client]! });
      for (const member of members) await consentToTakePart(lotse, { caseId: id, personId: persons[member]! });
    }
    const known = { persons, cases };
    await lotse.settled();
    const before = await readAnswers(lotse, missCm, known);
    for (const merges of [
      [[1, 0]],
      [[0, 1], [1, 2]], // prettier-ignore
      [[1, 0], [2, 0], [0, 3]], // prettier-ignore
      [[2, 3], [3, 1], [1, 0]], // prettier-ignore
    ]) {
      // Without waiting in between: listeners may be behind.
      for (const [from, to] of merges)
        await missCm.ok('post', `/v1/persons/${persons[from!]}/merge`, { survivorId: persons[to!], reason: 'x' }, any);
      for (const [from] of merges.reverse()) expect((await unmerge(persons[from!]!)).status).toBe(200);
      await lotse.settled();
      expect([merges, await readAnswers(lotse, missCm, known)]).toEqual([merges, before]);
    }
  });

  it('CASE-1: of several merges into one person any can be taken back, not only the last', async () => {
    const { caseId } = await openCase(lotse, { client: null });
    const [first, second, survivor] = [await record({ phone: '1' }), await record({ phone: '2' }), await record()];
    await putMember(caseId, first);
    await putMember(caseId, second);
    await merge(first, survivor);
    await merge(second, survivor);
    expect(await personOf(survivor)).toMatchObject({ phone: '1' });
    await separate(first);
    expect(await personOf(survivor)).toMatchObject({ phone: '2' });
    const { members } = await missCm.ok('get', `/v1/cases/${caseId}`);
    expect(members.map(({ personId }: { personId: string }) => personId)).toEqual([first, survivor]);
    await separate(second);
    expect(await personOf(survivor)).toMatchObject({ phone: null });
  });

  it('CASE-1: a case of the separated person alone goes back with what was recorded in it since', async () => {
    const { caseId, personId: twin } = await openCase(lotse, { client: null });
    await toPhase(lotse, { caseId, phase: 'assessment' });
    const survivor = await record();
    const father = await record();
    await merge(twin, survivor);
    await putMember(caseId, father, { role: 'parent', guardianIds: [survivor] });
    const consent = (await release(caseId, survivor)).id;
    const of = { caseId, personId: survivor };
    const assessmentId = await completeAssessment(lotse, missCm, of, { needIds: [randomUUID()] });
    const { phase } = await missCm.ok('get', `/v1/cases/${caseId}`);
    if (phase !== 'service_planning') await toPhase(lotse, { caseId, phase: 'service_planning' });
    const frame = { planningMode: 'static', horizon: 'short' };
    const { id: planId } = await missCm.ok('post', `/v1/cases/${caseId}/service-plans`, frame);
    await separate(twin);
    const answers = JSON.stringify(await readAnswers(lotse, missCm, { cases: [caseId] }));
    expect(answers).not.toContain(survivor);
    for (const path of [`/v1/consents/${consent}`, `/v1/service-plans/${planId}`, `/v1/assessments/${assessmentId}`])
      expect([path, (await missCm.ok('get', path)).personId]).toEqual([path, twin]);
    expect((await missCm.ok('get', `/v1/cases/${caseId}`)).members[0]).toMatchObject({ guardianIds: [twin] });
    expect(await eventTypes(lotse, caseId)).toContain('case.person_restored');
  });

  it('CASE-1: in a case of both, what came since stays with the survivor', async () => {
    const { caseId, personId: survivor } = await openCase(lotse, { client: null });
    const twin = await record();
    await putMember(caseId, twin, { role: 'sibling' });
    const early = (await release(caseId, twin)).id;
    await merge(twin, survivor);
    const late = (await release(caseId, survivor)).id;
    await separate(twin);
    expect((await missCm.ok('get', `/v1/consents/${early}`)).personId).toBe(twin);
    expect((await missCm.ok('get', `/v1/consents/${late}`)).personId).toBe(survivor);
  });

  it('CASE-1: requests recorded since need a decision; those chosen go along with their cases', async () => {
    const [twin, survivor] = [await record(), await record()];
    const earlier = await request(survivor);
    await merge(twin, survivor);
    const [ofTwin, ofSurvivor] = [await request(survivor), await request(survivor)];
    await missCm.ok('put', `/v1/case-requests/${ofTwin}/screening`, allSixMet, any);
    await missCm.ok('post', `/v1/case-requests/${ofTwin}/screening/completion`, undefined, any);
    const { id: caseId } = await missCm.ok('post', '/v1/cases', { requestId: ofTwin });
    await consentToTakePart(lotse, { caseId, personId: survivor });
    const undecided = await unmerge(twin);
    expect([undecided.status, undecided.body]).toMatchObject([
      409,
      { code: 'requests-since-merge', requestIds: [ofTwin, ofSurvivor] },
    ]);
    const wrong = await unmerge(twin, { requestIds: [ofTwin, earlier, randomUUID()] });
    expect([wrong.status, pointers(wrong)]).toEqual([422, ['#/requestIds/1', '#/requestIds/2']]);
    await separate(twin, { requestIds: [ofTwin] });
    const personIds = async (...paths: string[]) =>
      Promise.all(paths.map(async (path) => (await missCm.ok('get', path)).personId));
    expect(await personIds(`/v1/case-requests/${ofTwin}`, `/v1/cases/${caseId}`)).toEqual([twin, twin]);
    expect(await personIds(`/v1/case-requests/${ofSurvivor}`, `/v1/case-requests/${earlier}`)).toEqual([
      survivor,
      survivor,
    ]);
    expect((await missCm.ok('get', `/v1/cases/${caseId}/consents`)).data[0].personId).toBe(twin);
  });

  it('CASE-1: a case opened since of a request that had followed goes back with it', async () => {
    const { requestId, personId: twin } = await indicatedRequest(lotse, { client: null });
    const survivor = await record();
    await merge(twin, survivor);
    const { id: caseId } = await missCm.ok('post', '/v1/cases', { requestId });
    expect((await missCm.ok('get', `/v1/cases/${caseId}`)).personId).toBe(survivor);
    await separate(twin);
    expect((await missCm.ok('get', `/v1/cases/${caseId}`)).personId).toBe(twin);
  });

  it('CASE-1: fields that were changed since stay, and the receipt names them', async () => {
    const [twin, survivor] = [await record({ phone: '0341 1', email: 'y@example.org' }), await record()];
    await merge(twin, survivor);
    await missCm.ok('patch', `/v1/persons/${survivor}`, { phone: '0341 2' }, any);
    expect(await separate(twin)).toEqual(['changed-since-merge']);
    expect(await personOf(survivor)).toMatchObject({ phone: '0341 2', email: null });
    expect(await personOf(twin)).toMatchObject({ phone: '0341 1', email: 'y@example.org' });
  });

  it('CASE-1: each is found again by the own name, and the two are not proposed as one any more', async () => {
    const about = { givenName: 'Katharina', birthDate: '1977-05-05' };
    const [twin, survivor, third] = [
      await record({ ...about, familyName: 'Wittgenstein' }),
      await record({ ...about, familyName: 'Wittgenstien' }),
      await record({ ...about, familyName: 'Wittgensteinn' }),
    ];
    const job = () => lotse.app.get(DailyJobs).runAll();
    const pairs = async (status: string) =>
      (await missCm.ok('get', `/v1/duplicate-candidates?status=${status}&limit=200`)).data
        .map((pair: { personId: string; otherId: string }) => [pair.personId, pair.otherId].sort().join())
        .filter((pair: string) => pair.includes(twin) || pair.includes(survivor));
    const found = async () =>
      (await missCm.ok('post', '/v1/persons/search', { ...about, familyName: 'Wittgenstein' })).data.map(
        ({ id }: { id: string }) => id,
      );
    await job();
    const open = await pairs('open');
    expect(open).toHaveLength(3);
    await merge(twin, survivor);
    expect(await found()).not.toContain(twin);
    expect(await pairs('open')).toEqual([[survivor, third].sort().join()]);
    await separate(twin);
    expect((await found()).sort()).toEqual([twin, survivor, third].sort());
    await job();
    const pair = [twin, survivor].sort().join();
    expect(await pairs('dismissed')).toEqual([pair]);
    expect((await pairs('open')).sort()).toEqual(open.filter((one: string) => one !== pair).sort());
    const { data } = await missCm.ok('get', `/v1/persons/${twin}/duplicates`);
    expect(data.map(({ personId }: { personId: string }) => personId)).toEqual([third]);
  });

  it('CASE-1: merges are taken back in reverse order, each once', async () => {
    const [first, second, third] = [await record(), await record(), await record()];
    expect((await unmerge(first)).body.code).toBe('person-not-merged');
    await merge(first, second);
    await merge(second, third);
    expect((await unmerge(first)).body).toMatchObject({ code: 'survivor-merged-since', personId: second });
    await separate(second);
    await separate(first);
    expect((await unmerge(first)).body.code).toBe('person-not-merged');
    await merge(first, third);
    await separate(first);
    expect((await personOf(first)).separations).toHaveLength(2);
  });

  it('CASE-1: an account sees what is the own, from the moment on', async () => {
    const account = randomUUID();
    const client = await lotse.asUser({ subject: account, tenantId: demoTenants[0].id, roles: ['client'] });
    const own = await openUnagreedCase(lotse, { client: null });
    await missCm.ok('patch', `/v1/persons/${own.personId}`, { portalSubject: account }, any);
    const others = await openUnagreedCase(lotse, { client: null });
    await merge(own.personId, others.personId);
    const sees = async () => {
      const cases = (await client.ok('get', '/v1/cases')).data as { id: string }[];
      return cases.map(({ id }) => id).sort();
    };
    expect(await sees()).toEqual([own.caseId, others.caseId].sort());
    expect((await unmerge(own.personId)).status).toBe(200);
    expect(await sees()).not.toContain(others.caseId);
    await lotse.settled();
    expect(await sees()).toEqual([own.caseId]);
    expect(await personOf(own.personId)).toMatchObject({ portalSubject: account });
    expect(await personOf(others.personId)).toMatchObject({ portalSubject: null });
  });

  it('CASE-1: an account that another person has by now stands against it', async () => {
    const account = randomUUID();
    const [twin, survivor, third] = [await record({ portalSubject: account }), await record(), await record()];
    await merge(twin, survivor);
    await missCm.ok('patch', `/v1/persons/${survivor}`, { portalSubject: null }, any);
    await missCm.ok('patch', `/v1/persons/${third}`, { portalSubject: account }, any);
    expect((await unmerge(twin)).body).toMatchObject({ code: 'account-in-use', personId: third });
    await missCm.ok('patch', `/v1/persons/${third}`, { portalSubject: null }, any);
    await separate(twin);
  });

  it('of two at once one takes it back, and a change of the survivor meanwhile loses nothing', async () => {
    const [twin, survivor] = [await record({ phone: '1' }), await record()];
    await merge(twin, survivor);
    const { version } = await personOf(twin);
    await race(unmerge(twin, {}, version), unmerge(twin, {}, version, mrCm));
    await lotse.settled();
    for (let i = 0; i < 6; i++) {
      await merge(twin, survivor);
      const [back, changed] = await Promise.all([
        unmerge(twin),
        mrCm.patch(`/v1/persons/${survivor}`, { town: `Town ${i}` }, any),
      ]);
      expect(back.status === 200 || changed.status === 200).toBe(true);
      if (back.status !== 200) await separate(twin);
      if (changed.status === 200) expect(await personOf(survivor)).toMatchObject({ town: `Town ${i}` });
      expect(await personOf(survivor)).toMatchObject({ phone: null });
      await lotse.settled();
    }
  });

  it('CASE-1: a merge at the same moment as the opening of a case leaves no case with the duplicate', async () => {
    for (let i = 0; i < 6; i++) {
      const { requestId, personId: twin } = await indicatedRequest(lotse, { client: null });
      const survivor = await record();
      const [merged, opened] = await Promise.all([
        missCm.post(`/v1/persons/${twin}/merge`, { survivorId: survivor, reason: 'Same' }, any),
        missCm.post('/v1/cases', { requestId }),
      ]);
      expect(merged.status).toBe(200);
      expect(opened.status).toBe(201);
      await lotse.settled();
      expect(await lotse.sql('select 1 from cases.case where person_id = $1', [twin])).toEqual([]);
      expect(await lotse.sql('select 1 from cases.case_request where person_id = $1', [twin])).toEqual([]);
    }
  });

  it('CASE-1: somebody put into a case while being merged is there as the survivor', async () => {
    const { caseId } = await openUnagreedCase(lotse, { client: null });
    for (let i = 0; i < 6; i++) {
      const [twin, survivor] = [await record(), await record()];
      const [merged, put] = await Promise.all([
        missCm.post(`/v1/persons/${twin}/merge`, { survivorId: survivor, reason: 'Same' }, any),
        missCm.put(`/v1/cases/${caseId}/members/${twin}`, { role: 'friend', legalGuardian: false }, any),
      ]);
      expect(merged.status).toBe(200);
      expect([200, 412]).toContain(put.status);
      await lotse.settled();
      expect(JSON.stringify((await missCm.ok('get', `/v1/cases/${caseId}`)).members)).not.toContain(twin);
    }
  });

  it('is refused to strangers, without a reason, and without the version', async () => {
    const [twin, survivor] = [await record(), await record()];
    await merge(twin, survivor);
    expect((await unmerge(twin, {}, '*', stranger)).status).toBe(404);
    expect((await unmerge(randomUUID())).status).toBe(404);
    const bad = await unmerge(twin, { reason: ' ', requestIds: ['x'] });
    expect([bad.status, pointers(bad)]).toEqual([422, ['#/reason', '#/requestIds']]);
    expect((await missCm.post(`/v1/persons/${twin}/unmerge`, { reason: 'x' })).status).toBe(428);
    expect((await unmerge(twin, {}, 1)).status).toBe(412);
  });
});
