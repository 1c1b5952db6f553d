import { randomUUID } from 'node:crypto';
import { eventTypes, pointers, race, statementsOf } from './support/checks';
import { type ApiClient, type Lotse, type Reply, startLotse } from './support/lotse';
import { openCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let teamLead: ApiClient;
let stranger: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  missCm = await lotse.as('miss-cm');
  mrCm = await lotse.as('mr-cm');
  teamLead = await lotse.as('team-lead');
  stranger = await lotse.as('stranger');
});
afterAll(() => lotse.close());

const record = (body: object, who = missCm) =>
  who.ok('post', '/v1/persons', body) as Promise<{
    id: string;
    version: number;
    warnings: { code: string; detail: string }[];
  }>;
const search = async (wanted: object, who = missCm): Promise<string[]> =>
  (await who.ok('post', '/v1/persons/search', wanted)).data.map(({ id }: { id: string }) => id);
const asked = (more: object) => ({
  askedBy: 'hospital',
  channel: 'phone',
  concern: 'Discharge after a stroke',
  fieldOfPractice: 'health',
  ...more,
});
const request = async (more: object) => (await missCm.ok('post', '/v1/case-requests', asked(more))).id as string;
const CRITERIA = [
  'complex_need',
  'several_providers',
  'regular_pathways_insufficient',
  'own_resources_insufficient',
  'consent_given_or_developing',
  'longer_term',
];
const screening = (answers: Record<string, string> = {}, more: object = {}) => ({
  criteria: CRITERIA.map((criterion) => ({
    criterion,
    answer: answers[criterion] ?? 'met',
    reason: 'Seen in two talks',
  })),
  competent: { answer: true, reason: 'Our district' },
  ...more,
});

describe('persons', () => {
  it('CASE-1: a person is recorded, read, found and changed by merge patch', async () => {
    const { id, version, warnings } = await record({
      familyName: 'Müller-Lüdenscheidt',
      givenName: 'Änne',
      birthDate: '1950-05-17',
      languages: ['de', 'pl'],
      interpreterNeeded: true,
      phone: '+49 341 1',
      addressLines: ['Gartenweg 3'],
      postalCode: '04109',
      identifiers: [{ system: 'urn:hospital', value: 'P 4711' }],
    });
    expect({ version, warnings }).toEqual({ version: 1, warnings: [] });
    const patched = await missCm.patch(
      `/v1/persons/${id}`,
      { phone: null, town: 'Leipzig', languages: null },
      { ifMatch: 1 },
    );
    expect(patched.status).toBe(200);
    const { body, headers } = await missCm.get(`/v1/persons/${id}`);
    expect(body).toMatchObject({
      version: 2,
      phone: null,
      town: 'Leipzig',
      languages: [],
      familyName: 'Müller-Lüdenscheidt',
      postalCode: '04109',
      mergedInto: null,
    });
    expect(headers.etag).toBe('"2"');
    expect((await missCm.get(`/v1/persons/${id}`, { headers: { 'if-none-match': '"2"' } })).status).toBe(304);
  });

  it('CASE-1: persons are listed in pages, the latest first', async () => {
    for (const [i, familyName] of ['Zander', 'zacharias', 'Zobel'].entries()) {
      lotse.at(`2026-03-02T09:30:0${i}.000Z`);
      await record({ familyName });
    }
    lotse.at('2026-03-02T09:00:00.000Z');
    const names = (reply: Reply) => reply.body.data.map((p: { familyName: string }) => p.familyName);
    const first = await missCm.get('/v1/persons?limit=2');
    expect(names(first)).toEqual(['Zobel', 'zacharias']);
    expect(names(await missCm.get(`/v1/persons?limit=1&cursor=${first.body.page.next}`))).toEqual(['Zander']);
  });

  it('CASE-1: possible duplicates are pointed out: same names, swapped names, a shared identifier', async () => {
    const first = await record({
      familyName: 'Groß',
      givenName: 'Jürgen',
      birthDate: '1971-04-12',
      identifiers: [{ system: 'urn:KV', value: 'A 123.456' }],
    });
    const same = await record({ familyName: 'GROSS', givenName: 'Juergen', birthDate: '1971-04-12' });
    const swapped = await record({ familyName: 'Jürgen', givenName: 'Gross', birthDate: '1971-04-12' });
    const numbered = await record({ familyName: 'Unbekannt', identifiers: [{ system: 'urn:kv', value: 'a123456' }] });
    expect(same.warnings).toMatchObject([{ code: 'possible-duplicate' }]);
    expect(same.warnings[0]!.detail).toContain(first.id);
    const { body } = await missCm.get(`/v1/persons/${first.id}/duplicates`);
    expect(body.data.map((d: { personId: string; reasons: string[] }) => [d.personId, d.reasons])).toEqual([
      [same.id, ['same_family_name', 'same_given_name', 'same_birth_date']],
      [swapped.id, ['names_swapped', 'same_birth_date']],
      [numbered.id, ['other_family_name', 'same_identifier']],
    ]);
    const misspelt = await record({ familyName: 'Gros', givenName: 'Jürgn', birthDate: '1971-12-04' });
    expect(misspelt.warnings[0]!.detail).toContain(first.id);
    // The names alone are those of many; twins share nearly all, but not the name.
    expect((await record({ familyName: 'Groß', givenName: 'Jürgen' })).warnings).toEqual([]);
    expect((await record({ familyName: 'Groß', givenName: 'Jutta', birthDate: '1971-04-12' })).warnings).toEqual([]);
  });

  it('CASE-1: a duplicate is merged on decision; nothing is lost, and its requests follow', async () => {
    const account = `portal-${randomUUID()}`;
    const survivor = await record({
      familyName: 'X',
      givenName: 'Martin',
      birthDate: '1970-01-01',
      phone: '1',
      languages: ['de'],
    });
    const duplicate = await record({
      familyName: 'X',
      givenName: 'M.',
      phone: '2',
      email: 'x@example.org',
      languages: ['de', 'pl'],
      portalSubject: account,
      identifiers: [{ system: 'urn:kv', value: 'M1' }],
    });
    const requestId = await request({ personId: duplicate.id });
    const merge = (id: string, survivorId: string, ifMatch: number | '*' = '*') =>
      missCm.post(`/v1/persons/${id}/merge`, { survivorId, reason: 'Same insurance number' }, { ifMatch });
    expect((await merge(duplicate.id, survivor.id, 7)).status).toBe(412);
    expect((await merge(duplicate.id, duplicate.id)).body.code).toBe('merge-into-itself');
    expect((await merge(duplicate.id, survivor.id, 1)).body).toEqual({ id: duplicate.id, version: 2, warnings: [] });
    expect((await missCm.get(`/v1/persons/${survivor.id}`)).body).toMatchObject({
      phone: '1',
      email: 'x@example.org',
      languages: ['de', 'pl'],
      portalSubject: account,
      identifiers: [{ system: 'urn:kv', value: '••••' }],
      givenName: 'Martin',
    });
    expect((await missCm.get(`/v1/persons/${duplicate.id}`)).body).toMatchObject({
      mergedInto: survivor.id,
      phone: '2',
      givenName: 'M.',
      merge: { reason: 'Same insurance number', by: missCm.subject },
    });
    expect((await missCm.get(`/v1/case-requests/${requestId}`)).body).toMatchObject({
      personId: survivor.id,
      version: 2,
    });
    expect(await eventTypes(lotse, duplicate.id)).toEqual(['case.person_merged']);
    expect((await merge(duplicate.id, survivor.id)).body).toMatchObject({
      code: 'person-merged',
      survivorId: survivor.id,
    });
    expect((await missCm.patch(`/v1/persons/${duplicate.id}`, { town: 'Halle' }, { ifMatch: '*' })).body.code).toBe(
      'person-merged',
    );
    expect((await missCm.post('/v1/case-requests', asked({ personId: duplicate.id }))).body.code).toBe('person-merged');
    const third = await record({ familyName: 'X' });
    expect((await merge(third.id, duplicate.id)).body).toMatchObject({
      code: 'survivor-merged',
      survivorId: survivor.id,
    });
    expect((await missCm.get(`/v1/persons/${survivor.id}/duplicates`)).body.data).toEqual([]);
    expect(await search({ familyName: 'X', givenName: 'M.' })).not.toContain(duplicate.id);
    expect(await search({ familyName: 'X', givenName: 'Martin', birthDate: '1970' })).toContain(survivor.id);
  });

  it('CASE-1: identifiers are checked, shown masked, and read in full on purpose, which the access log says', async () => {
    const wrong = await missCm.post('/v1/persons', {
      familyName: 'X',
      identifiers: [
        { system: 'kvnr', value: 'A123456789' },
        { system: 'rvnr', value: '15070649C104' },
      ],
    });
    expect([wrong.status, pointers(wrong)]).toEqual([422, ['#/identifiers/0/value', '#/identifiers/1/value']]);
    const identifiers = [
      { system: 'kvnr', value: 'A123456780' },
      { system: 'rvnr', value: '15070649C103' },
    ];
    const { id } = await record({ familyName: 'X', identifiers: [{ system: 'KVNR', value: 'A 123 456 780' }] });
    const shown = (await missCm.ok('get', `/v1/persons/${id}`)).identifiers;
    expect(shown).toEqual([{ system: 'kvnr', value: '••••780' }]);
    await missCm.ok('patch', `/v1/persons/${id}`, { identifiers: [...shown, identifiers[1]] }, { ifMatch: 1 });
    expect(await missCm.ok('get', `/v1/persons/${id}/identifiers`)).toEqual({ data: identifiers });
    expect(
      await lotse.sql(
        `select actor, action from platform.access_log where resource_type = 'person_identifiers' and resource_ids = array[$1::uuid]`,
        [id],
      ),
    ).toEqual([{ actor: missCm.subject, action: 'read' }]);
    // The pension number makes nobody a duplicate (SGB IV § 18f), a health insurance number does.
    expect((await record({ familyName: 'Y', identifiers: [identifiers[1]] })).warnings).toEqual([]);
    expect((await record({ familyName: 'Y', identifiers: [identifiers[0]] })).warnings).toMatchObject([
      { code: 'possible-duplicate' },
    ]);
    expect((await stranger.get(`/v1/persons/${id}/identifiers`)).status).toBe(404);
  });

  it('CASE-1: a request recorded while its person is being merged follows, or is told to read again', async () => {
    for (let i = 0; i < 10; i++) {
      const survivor = await record({ familyName: 'Race' });
      const duplicate = await record({ familyName: 'Race' });
      const [merged, recorded] = await Promise.all([
        missCm.post(`/v1/persons/${duplicate.id}/merge`, { survivorId: survivor.id, reason: 'Same' }, { ifMatch: 1 }),
        missCm.post('/v1/case-requests', asked({ personId: duplicate.id })),
      ]);
      expect(merged.status).toBe(200);
      expect([201, 409, 412]).toContain(recorded.status);
      const left = await lotse.sql('select 1 from cases.case_request where person_id = $1', [duplicate.id]);
      expect(left).toEqual([]);
    }
  });

  it('of two changes at the same time one wins and the other is told', async () => {
    const { id } = await record({ familyName: 'Race' });
    const towns = ['Halle', 'Jena'];
    const winner = await race(
      missCm.patch(`/v1/persons/${id}`, { town: towns[0] }, { ifMatch: 1 }),
      mrCm.patch(`/v1/persons/${id}`, { town: towns[1] }, { ifMatch: 1 }),
    );
    expect((await missCm.get(`/v1/persons/${id}`)).body).toMatchObject({ version: 2, town: towns[winner] });
  });

  it('names every wrong field, and what the rules of HTTP miss', async () => {
    const bad = await missCm.post('/v1/persons', {
      familyName: ' ',
      gender: 'm',
      birthDate: '1971-02-30',
      email: 'x',
      nickname: 'y',
    });
    expect([bad.status, pointers(bad)]).toEqual([
      422,
      ['#/birthDate', '#/email', '#/familyName', '#/gender', '#/nickname'],
    ]);
    const wrong = await missCm.post('/v1/persons', {
      familyName: 'X',
      birthDate: '2027-01-01',
      languages: ['de', 'German'],
      identifiers: [
        { system: 'a', value: '1 2' },
        { system: 'A', value: '12' },
      ],
    });
    expect([wrong.status, pointers(wrong)]).toEqual([422, ['#/birthDate', '#/identifiers/1', '#/languages/1']]);
    const { id } = await record({ familyName: 'X' });
    expect((await missCm.patch(`/v1/persons/${id}`, { familyName: null }, { ifMatch: 1 })).status).toBe(422);
    expect((await missCm.patch(`/v1/persons/${id}`, { town: 'Halle' })).status).toBe(428);
    expect((await missCm.patch(`/v1/persons/${id}`, { town: 'Halle' }, { ifMatch: 5 })).status).toBe(412);
  });

  it('an impossible day, or text nothing can store, is refused, never a fault of ours', async () => {
    const { id } = await record({ familyName: 'X' });
    expect((await missCm.patch(`/v1/persons/${id}`, { birthDate: '0000-01-01' }, { ifMatch: 1 })).status).toBe(422);
    expect((await missCm.post('/v1/persons/search', { birthDate: '1971-13' })).status).toBe(422);
    expect((await missCm.post('/v1/persons', { familyName: 'a\0b' })).status).toBe(422);
  });

  it('other organisations see nothing, and an account belongs to one person', async () => {
    const portalSubject = `portal-${randomUUID()}`;
    const { id } = await record({ familyName: 'X', portalSubject });
    expect((await missCm.post('/v1/persons', { familyName: 'Y', portalSubject })).body.code).toBe('already-exists');
    const other = await record({ familyName: 'Y', portalSubject }, stranger);
    expect(other.warnings).toEqual([]);
    for (const path of [`/v1/persons/${id}`, `/v1/persons/${id}/duplicates`])
      expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.patch(`/v1/persons/${id}`, { town: 'Halle' }, { ifMatch: '*' })).status).toBe(404);
    expect(
      (await stranger.post(`/v1/persons/${other.id}/merge`, { survivorId: id, reason: 'x' }, { ifMatch: '*' })).status,
    ).toBe(404);
    expect((await stranger.post('/v1/case-requests', asked({ personId: id }))).status).toBe(404);
  });
});

describe('requests', () => {
  it('CASE-1: a request may bring its person; the same key records it once', async () => {
    const body = asked({
      person: { familyName: 'Y', givenName: 'Ida', birthDate: '1990-02-03' },
      receivedAt: '2026-03-01T10:00:00+01:00',
    });
    const key = randomUUID();
    const [first, second] = [
      await missCm.post('/v1/case-requests', body, { key }),
      await missCm.post('/v1/case-requests', body, { key }),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(first.headers.location).toBe(`/v1/case-requests/${first.body.id}`);
    const { body: found } = await missCm.get(first.headers.location!);
    expect(found).toMatchObject({
      status: 'open',
      acuteDanger: 'none',
      version: 1,
      screening: null,
      decline: null,
      recordedBy: missCm.subject,
    });
    expect(Date.parse(found.receivedAt)).toBe(Date.parse('2026-03-01T09:00:00Z'));
    expect((await missCm.get(`/v1/persons/${found.personId}`)).body).toMatchObject({
      familyName: 'Y',
      givenName: 'Ida',
    });
    expect(await search({ familyName: 'Y', birthDate: '1990-02-03' })).toContain(found.personId);
    const again = await missCm.post('/v1/case-requests', body);
    expect(again.body.warnings).toMatchObject([
      { code: 'possible-duplicate', detail: expect.stringContaining(found.personId) },
    ]);
  });

  it('CASE-3: who asks for somebody who has a case here is told who leads it, if it is not protected', async () => {
    const { personId, caseId } = await openCase(lotse, { as: 'mr-cm', client: null });
    const asked = { askedBy: 'hospital', channel: 'phone', concern: 'Discharge', fieldOfPractice: 'health', personId };
    const warned = async () => (await missCm.ok('post', '/v1/case-requests', asked)).warnings;
    const leads = (await lotse.as('mr-cm')).subject;
    expect(await warned()).toMatchObject([{ code: 'case-open-already', detail: expect.stringContaining(leads) }]);
    await lotse.sql(`update cases.case set protection = '{}' where id = $1`, [caseId]);
    expect(await warned()).toEqual([]);
  });

  it('CASE-2, CASE-3: danger first, then the six criteria, then the outcome', async () => {
    const id = await request({
      person: { familyName: 'Z' },
      acuteDanger: { kind: 'child', note: 'Boy alone at night' },
    });
    const at = `/v1/case-requests/${id}`;
    const inDanger = async () =>
      (await missCm.get('/v1/case-requests?acuteDanger=unaddressed')).body.data.map((r: { id: string }) => r.id);
    expect(await inDanger()).toContain(id);
    expect((await missCm.post(`${at}/screening/completion`, {}, { ifMatch: '*' })).body.code).toBe(
      'danger-unaddressed',
    );
    expect((await missCm.put(`${at}/screening`, { criteria: [] }, { ifMatch: 1 })).body.version).toBe(2);
    const done = { measures: 'Shelter', doneBy: 'Youth office', addressed: true, handedTo: 'Youth office' };
    expect((await missCm.post(`${at}/crisis-interventions`, done, { ifMatch: 2 })).status).toBe(200);
    expect(await inDanger()).not.toContain(id);
    const open = await missCm.post(`${at}/screening/completion`, {}, { ifMatch: 3 });
    expect([open.status, open.body.code, open.body.unmet.length]).toEqual([409, 'screening-incomplete', 7]);
    expect(open.body.unmet[0]).toMatchObject({
      code: 'complex-need-unanswered',
      detail: expect.stringContaining('complex'),
    });
    await missCm.ok(
      'put',
      `${at}/screening`,
      screening({ longer_term: 'unclear' }, { otherLead: { who: 'Clinic', offeredServices: ['Debt advice'] } }),
      { ifMatch: 3 },
    );
    const completed = await missCm.ok('post', `${at}/screening/completion`, {}, { ifMatch: 4 });
    expect(completed.warnings).toMatchObject([
      { code: 'not-indicated', detail: expect.stringContaining('longer_term, other_lead') },
    ]);
    expect((await missCm.get(at)).body).toMatchObject({
      status: 'not_indicated',
      acuteDanger: 'addressed',
      dangers: [{ kind: 'child', note: 'Boy alone at night' }],
      crisisInterventions: [{ measures: 'Shelter', addressed: true }],
      screening: {
        otherLead: { who: 'Clinic' },
        completed: { outcome: 'not_indicated', unmetCriteria: ['longer_term', 'other_lead'] },
      },
    });
    expect((await missCm.put(`${at}/screening`, screening(), { ifMatch: 5 })).body.code).toBe('screening-completed');
    expect((await missCm.post('/v1/cases', { requestId: id })).body.code).toBe('request-not-indicated');
    expect(await eventTypes(lotse, id)).toEqual([
      'case.request_recorded',
      'case.acute_danger_raised',
      'case.crisis_intervention_recorded',
      'case.screening_completed',
    ]);
  });

  it('CASE-2: a danger may show later', async () => {
    const id = await request({ person: { familyName: 'Z' } });
    expect(
      (
        await missCm.post(
          `/v1/case-requests/${id}/crisis-interventions`,
          { measures: 'x', doneBy: 'y', addressed: true },
          { ifMatch: 1 },
        )
      ).body.code,
    ).toBe('no-danger-raised');
    await missCm.ok('post', `/v1/case-requests/${id}/acute-danger`, { kind: 'self_harm' }, { ifMatch: 1 });
    expect((await missCm.get(`/v1/case-requests/${id}`)).body).toMatchObject({
      acuteDanger: 'unaddressed',
      dangers: [{ kind: 'self_harm', note: null }],
    });
  });

  const decline = {
    reason: 'capacity',
    explanation: 'No place before summer',
    referredOnTo: 'Debt advice',
    complaintProcedureExplained: true,
  };

  it('CASE-4: a request is declined well', async () => {
    const id = await request({ person: { familyName: 'Z' } });
    const post = (body: object, ifMatch = 1) => missCm.post(`/v1/case-requests/${id}/decline`, body, { ifMatch });
    expect((await post({ ...decline, complaintProcedureExplained: false })).body.code).toBe(
      'complaint-procedure-not-explained',
    );
    expect((await post({ ...decline, reason: 'not_indicated' })).body.code).toBe('decline-without-screening');
    expect((await post(decline)).status).toBe(200);
    expect((await missCm.get(`/v1/case-requests/${id}`)).body).toMatchObject({
      status: 'declined',
      decline: { reason: 'capacity', by: missCm.subject, confirmation: null },
    });
    expect((await post(decline, 2)).body).toMatchObject({
      code: 'request-finished',
      status: 409,
      currentStatus: 'declined',
    });
    expect(await eventTypes(lotse, id)).toEqual(['case.request_recorded', 'case.request_declined']);
  });

  it('CASE-4: for earlier history a team lead confirms', async () => {
    const id = await request({ person: { familyName: 'Z' } });
    const at = `/v1/case-requests/${id}`;
    const history = { ...decline, reason: 'earlier_history' };
    expect(pointers(await missCm.post(`${at}/decline`, history, { ifMatch: 1 }))).toEqual(['#/confirmedBy']);
    expect((await missCm.post(`${at}/decline-confirmation`, { confirmed: true }, { ifMatch: 1 })).body.code).toBe(
      'no-decline-to-confirm',
    );
    await missCm.ok('post', `${at}/decline`, { ...history, confirmedBy: teamLead.subject }, { ifMatch: 1 });
    expect((await missCm.put(`${at}/screening`, screening(), { ifMatch: 2 })).body.code).toBe('decline-to-confirm');
    const own = await missCm.post(`${at}/decline-confirmation`, { confirmed: true }, { ifMatch: 2 });
    expect([own.status, own.body.code]).toEqual([403, 'decline-needs-team-lead']);
    await teamLead.ok(
      'post',
      `${at}/decline-confirmation`,
      { confirmed: true, note: 'Known from 2023' },
      { ifMatch: 2 },
    );
    expect((await missCm.get(at)).body).toMatchObject({
      status: 'declined',
      decline: { confirmedBy: teamLead.subject, confirmation: { by: teamLead.subject } },
    });
  });

  it('lists by status, field of practice and person, the newest first, in pages both ways', async () => {
    const { id: personId } = await record({ familyName: 'List' });
    const ids: string[] = [];
    for (const day of ['10', '11', '12'])
      ids.unshift(await request({ personId, fieldOfPractice: 'debt', receivedAt: `2026-02-${day}T08:00:00.123Z` }));
    const page = async (more: string) =>
      (await missCm.get(`/v1/case-requests?status=open&fieldOfPractice=debt&personId=${personId}&limit=2${more}`)).body;
    const idsOf = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);
    const first = await page('');
    const second = await page(`&cursor=${first.page.next}`);
    expect([idsOf(first), idsOf(second), second.page.next]).toEqual([ids.slice(0, 2), ids.slice(2), null]);
    expect(idsOf(await page(`&cursor=${second.page.prev}`))).toEqual(ids.slice(0, 2));
    expect((await missCm.get(`/v1/case-requests?status=declined&personId=${personId}`)).body.data).toEqual([]);
    expect((await missCm.get('/v1/case-requests?status=nonsense')).status).toBe(422);
  });

  it('of two screenings at the same time one wins and the other is told', async () => {
    const id = await request({ person: { familyName: 'Race' } });
    const answers = ['met', 'not_met'];
    const [one, other] = answers.map((answer) =>
      missCm.put(`/v1/case-requests/${id}/screening`, screening({ longer_term: answer }), { ifMatch: 1 }),
    );
    const winner = await race(one!, other!);
    const { body } = await missCm.get(`/v1/case-requests/${id}`);
    expect(body.screening.criteria[5].answer).toBe(answers[winner]);
  });

  it('names every wrong field; other organisations see nothing; whoever lacks the right is refused', async () => {
    const bad = await missCm.post('/v1/case-requests', {
      askedBy: 'cat',
      channel: 'phone',
      fieldOfPractice: 'health',
      person: { gender: 'x' },
    });
    expect([bad.status, pointers(bad)]).toEqual([
      422,
      ['#/askedBy', '#/concern', '#/person/familyName', '#/person/gender'],
    ]);
    expect(pointers(await missCm.post('/v1/case-requests', asked({})))).toEqual(['#/person', '#/personId']);
    expect(
      pointers(await missCm.post('/v1/case-requests', asked({ person: { familyName: 'X', birthDate: '2030-01-01' } }))),
    ).toEqual(['#/person/birthDate']);
    expect(
      pointers(
        await missCm.post(
          '/v1/case-requests',
          asked({ person: { familyName: 'X' }, receivedAt: '2026-03-02T09:00:01Z' }),
        ),
      ),
    ).toEqual(['#/receivedAt']);
    const id = await request({ person: { familyName: 'Z' } });
    const [one] = screening().criteria;
    expect(
      pointers(await missCm.put(`/v1/case-requests/${id}/screening`, { criteria: [one, one] }, { ifMatch: 1 })),
    ).toEqual(['#/criteria/1/criterion']);
    expect((await stranger.get(`/v1/case-requests/${id}`)).status).toBe(404);
    expect(
      (await stranger.post(`/v1/case-requests/${id}/acute-danger`, { kind: 'child' }, { ifMatch: '*' })).status,
    ).toBe(404);
    expect((await (await lotse.as('mr-x')).get(`/v1/case-requests/${id}`)).status).toBe(403);
    expect((await missCm.get(`/v1/case-requests/${randomUUID()}`)).status).toBe(404);
    expect((await missCm.get('/v1/case-requests/1')).status).toBe(400);
  });

  it('the hot path: one read and one write; of a person on record one look at their open cases more', async () => {
    const { id: personId } = await record({ familyName: 'Hot' });
    const person = {
      familyName: 'Hot',
      givenName: 'A',
      birthDate: '1980-01-01',
      identifiers: [{ system: 'urn:kv', value: 'H1' }],
    };
    expect(await statementsOf(missCm, '/v1/case-requests', asked({ personId }))).toBe(3);
    expect(await statementsOf(missCm, '/v1/case-requests', asked({ person }))).toBe(2);
  });
});

describe('staff', () => {
  const put = (who: ApiClient, subject: string, body: object = {}, options: object = {}) =>
    who.put(`/v1/staff/${subject}`, { displayName: 'Miss CM', team: 'hospital', ...body }, options);
  const qualification = { title: 'Case Manager (DGCC)', validUntil: '2028-12-31', lastTrainingOn: '2026-02-14' };

  it('CASE-7: a staff record is made, changed against its version, read and listed', async () => {
    const made = await put(teamLead, missCm.subject, { qualification });
    expect([made.status, made.body.version]).toEqual([200, 1]);
    expect((await put(teamLead, missCm.subject)).status).toBe(412);
    expect((await put(teamLead, missCm.subject, {}, { ifMatch: 3 })).status).toBe(412);
    expect((await put(teamLead, 'nobody', {}, { ifMatch: '*' })).status).toBe(412);
    expect(
      (await put(teamLead, missCm.subject, { caseloadLimit: 25, qualification }, { ifMatch: 1 })).body.version,
    ).toBe(2);
    expect((await missCm.get(`/v1/staff/${missCm.subject}`)).body).toMatchObject({
      displayName: 'Miss CM',
      caseloadLimit: 25,
      qualification,
      version: 2,
    });
    await put(teamLead, mrCm.subject, { displayName: 'Mr CM', team: 'employment' });
    const { body } = await missCm.get('/v1/staff?team=employment');
    expect(body.data).toMatchObject([{ subject: mrCm.subject, caseloadLimit: null, qualification: null }]);
    expect(await eventTypes(lotse, made.body.id)).toEqual(['case.staff_recorded', 'case.staff_recorded']);
  });

  it('of two changes at the same time one wins; so it is with two first records', async () => {
    const subject = randomUUID();
    const firsts = await Promise.all([
      put(teamLead, subject, { displayName: 'A' }),
      put(teamLead, subject, { displayName: 'B' }),
    ]);
    const [lost] = firsts.filter(({ status }) => status !== 200);
    expect([409, 412]).toContain(lost!.status);
    const limits = [10, 20];
    const [one, other] = limits.map((caseloadLimit) => put(teamLead, subject, { caseloadLimit }, { ifMatch: 1 }));
    const winner = await race(one!, other!);
    expect((await missCm.get(`/v1/staff/${subject}`)).body.caseloadLimit).toBe(limits[winner]);
  });

  it('only those who assign may write; other organisations see nothing; wrong fields are named', async () => {
    expect((await put(missCm, randomUUID())).status).toBe(403);
    expect((await stranger.get(`/v1/staff/${teamLead.subject}`)).status).toBe(404);
    expect((await (await lotse.as('mr-x')).get('/v1/staff')).status).toBe(403);
    const bad = await put(teamLead, randomUUID(), { caseloadLimit: 0, qualification: { validUntil: 'soon' } });
    expect(pointers(bad)).toEqual(['#/caseloadLimit', '#/qualification/title', '#/qualification/validUntil']);
    const future = await put(teamLead, randomUUID(), {
      qualification: { ...qualification, lastTrainingOn: '2026-03-03' },
    });
    expect(pointers(future)).toEqual(['#/qualification/lastTrainingOn']);
  });
});
