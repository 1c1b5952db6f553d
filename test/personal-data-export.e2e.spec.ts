import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { eventTypes } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type PlannedCase, agreedPlan } from './support/plan-story';
import { linkCases, openCase } from './support/story';

const START = '2026-03-02T09:00:00.000Z';
const any = { ifMatch: '*' } as const;
const SCHEMA = JSON.parse(readFileSync(join(__dirname, '../docs/personal-data-export.schema.json'), 'utf8')) as object;
const told = { toldOn: '2026-03-02', toldHow: 'By letter', remediesExplained: true };
type Holding = { table: string; rows: Record<string, unknown>[]; columns: { name: string }[] };

let lotse: Lotse;
let [missCm, dpo, mrX]: ApiClient[] = [];
let of: PlannedCase;
let requestId: string;
/** The export most tests look at. */
let first: string;

beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(START);
  [missCm, dpo, mrX] = await Promise.all([lotse.as('miss-cm'), lotse.as('dpo'), lotse.as('mr-x')]);
  of = await agreedPlan(lotse, { client: 'mr-x' });
  await family();
  await lotse.settled();
  requestId = (await mrX!.ok('post', '/v1/subject-requests', { kind: 'access', wish: 'Everything' })).id;
}, 60_000);
afterAll(() => lotse.close());
afterEach(() => lotse.at(START));

/** A wife in the person system, with an assessment of her own; a neighbour who helps; an exception nobody was told of. */
async function family(): Promise<void> {
  const cm = missCm!;
  const { caseId, personId } = of;
  const { id: wife } = await cm.ok('post', '/v1/persons', { familyName: 'Beispielfrau', givenName: 'Wilhelmine' });
  await cm.ok('put', `/v1/cases/${caseId}/members/${wife}`, { role: 'partner', legalGuardian: false }, any);
  await cm.ok('post', `/v1/cases/${caseId}/journal-entries`, {
    kind: 'home_visit',
    function: 'advocacy',
    participants: ['Mr X', 'Neighbour Nachbarin'],
    minutes: 60,
    costCents: 0,
    on: '2026-03-01',
    text: 'Wilhelmine cried. Mr X wants to walk in the garden again. Frau Beispielfrau is tired, Wilhelmines aunt is not. Kunigunde Querverbund has room; Petra Zeugenhaus heard it.',
    sharedWithClient: false,
  });
  // A linked case, whose client the texts of this one name; and a witness.
  const other = await openCase(lotse, { as: 'mr-cm', client: null });
  await cm.ok('patch', `/v1/persons/${other.personId}`, { familyName: 'Querverbund', givenName: 'Kunigunde' }, any);
  await linkCases(lotse, { as: 'miss-cm', caseId }, { as: 'mr-cm', caseId: other.caseId });
  const network = await lotse.as('network-manager');
  const { id: providerId } = await network.ok('post', '/v1/providers', { name: 'Rehabilitation am Park' });
  const service = { providerId, name: 'Physiotherapy', problemAreas: ['chronic_disease'], region: 'Köln' };
  const { id: serviceId } = await network.ok('post', '/v1/services', service);
  const recipient = { kind: 'organisation', id: providerId, name: 'Rehabilitation am Park' };
  await cm.ok('post', `/v1/cases/${caseId}/consents`, {
    personId,
    kind: 'disclosure',
    purpose: 'referral',
    categories: ['identity', 'situation'],
    recipients: [recipient],
    form: 'written',
    language: 'de',
    textVersion: '1',
    givenBy: { kind: 'client', name: 'X' },
    consequencesExplained: true,
    withdrawalExplained: true,
    evidence: { kind: 'scan', reference: 'sheet 2' },
  });
  await cm.ok('post', `/v1/cases/${caseId}/consents`, {
    personId,
    kind: 'data_processing',
    purpose: 'coordination',
    categories: ['situation'],
    form: 'oral_with_witness',
    witness: 'Petra Zeugenhaus',
    language: 'de',
    textVersion: '1',
    givenBy: { kind: 'client', name: 'X' },
    consequencesExplained: true,
    withdrawalExplained: true,
    evidence: { kind: 'scan', reference: 'sheet 3' },
  });
  const { id: referral } = await cm.ok('post', `/v1/cases/${caseId}/referrals`, {
    serviceId,
    purposeText: 'Walk again',
    categories: ['identity', 'situation'],
    informationPackage: 'Stroke in January',
    clientInformedOn: '2026-03-01',
  });
  await cm.ok('post', `/v1/referrals/${referral}/sending`, {}, any);
  const { id: exceptionId } = await cm.ok(
    'post',
    `/v1/cases/${caseId}/consent-exceptions`,
    secret(personId, recipient),
  );
  await cm.ok('get', `/v1/consent-exceptions/${exceptionId}`);
  // The same in a case of somebody else in which Mr X is a member.
  const mrCm = await lotse.as('mr-cm');
  const inCase = `/v1/cases/${other.caseId}`;
  await mrCm.ok('put', `${inCase}/members/${personId}`, { role: 'other_relative', legalGuardian: false }, any);
  await mrCm.ok('post', `${inCase}/consent-exceptions`, secret(personId, recipient));
}
const secret = (personId: string, recipient: object) => ({
  personId,
  kind: 'risk_to_others',
  legalBasis: 'STGB_34',
  facts: 'Secret facts about a threat',
  milderMeans: 'Talked',
  assessedWith: ['Team lead'],
  priorNotice: { given: false, reason: 'Danger' },
  purpose: 'coordination',
  categories: ['identity'],
  recipient,
  validUntil: '2026-03-31',
});

const ask = async (request = requestId): Promise<string> =>
  (await dpo!.ok('post', `/v1/subject-requests/${request}/exports`)).id;
const personNamed = async (familyName: string): Promise<string> =>
  (await missCm!.ok('post', '/v1/persons', { familyName })).id;
/** A copy for a request of the person's, made. */
async function askedFor(personId: string): Promise<{ id: string; request: string }> {
  const { id: request } = await missCm!.ok('post', '/v1/subject-requests', { kind: 'access', wish: 'All', personId });
  await dpo!.ok('post', `/v1/subject-requests/${request}/identity-check`, { proof: 'known_in_person' }, any);
  const id = await ask(request);
  await sweep();
  return { id, request };
}
const sweep = () => lotse.app.get(DailyJobs).sweep();
const stateOf = async (id: string) => (await dpo!.ok('get', `/v1/personal-data-exports/${id}`)).status as string;
const download = async (who: ApiClient, path: string) => {
  const reply = await fetch(lotse.url + path, { headers: { authorization: `Bearer ${who.token}` } });
  return {
    status: reply.status,
    type: reply.headers.get('content-type'),
    file: reply.headers.get('content-disposition'),
    content: Buffer.from(await reply.arrayBuffer()),
  };
};
const dataOf = async (id: string) =>
  JSON.parse((await download(dpo!, `/v1/personal-data-exports/${id}/data`)).content.toString());

describe('GDPR 15, 20: the copy of everything held on a person', () => {
  it('is made in the background, valid against its schema, with recipients, accesses and rights', async () => {
    const id = (first = await ask());
    expect(await stateOf(id)).toBe('waiting');
    expect((await download(dpo!, `/v1/personal-data-exports/${id}/data`)).status).toBe(409);
    const [job] = await lotse.sql(`select task_identifier from graphile_worker.jobs where key = 'sweep'`);
    expect(job).toEqual({ task_identifier: 'sweep' });
    await sweep();
    expect(await stateOf(id)).toBe('ready');
    expect(await eventTypes(lotse, id)).toEqual(['consent.personal_data_export_ready']);
    const data = await dataOf(id);
    const validate = addFormats(new Ajv({ strict: false, allErrors: true })).compile(SCHEMA);
    expect([validate(data), validate.errors]).toEqual([true, null]);
    expect(data.person).toMatchObject({ id: of.personId, familyName: 'X', birthDate: '1971-04-12' });
    expect(data.recipients).toMatchObject([{ name: 'Rehabilitation am Park', purpose: 'referral', basis: 'consent' }]);
    expect(data.accesses.length).toBeGreaterThan(0);
    const tables = (data.holdings as Holding[]).map(({ table }) => table);
    expect(tables).toEqual(
      expect.arrayContaining([
        ...['cases.person', 'cases.case_request', 'cases.case', 'cases.journal_entry', 'consent.consent'],
        ...['consent.subject_request', 'assessment.assessment', 'service_plan.service_plan', 'service_plan.referral'],
      ]),
    );
    // Nothing technical, no key, no hash.
    expect((data.holdings as Holding[]).flatMap(({ columns }) => columns.map(({ name }) => name))).not.toContain(
      'wrapped_key',
    );
    expect(JSON.stringify(data)).not.toMatch(/"\\\\x|tenant_id/);
  });

  it('has everything that any table holds about the person: every declared row of the case is in it', async () => {
    const id = first;
    const data = await dataOf(id);
    // But for the places in cases of others where the person is named.
    const own = (rows: Holding['rows']) => rows.filter((row) => !('members' in row) || row.id === of.caseId);
    const counts = new Map((data.holdings as Holding[]).map(({ table, rows }) => [table, own(rows).length]));
    for (const table of [
      'cases.journal_entry',
      'cases.case',
      'service_plan.service_plan',
      'service_plan.plan_edition',
      'service_plan.review',
      'service_plan.handed_need',
      'consent.disclosure',
      'quality_audit.case_facts',
    ]) {
      const [row] = await lotse.sql<{ n: number }>(
        `select count(*)::int as n from ${table} where ${table === 'cases.case' ? 'id' : 'case_id'} = $1`,
        [of.caseId],
      );
      expect([table, counts.get(table) ?? 0]).toEqual([table, row!.n]);
    }
  });

  it('GDPR 15 (4): says nothing of others: names are taken out, their own records left out, staff are numbers', async () => {
    const id = first;
    const text = JSON.stringify(await dataOf(id));
    expect(text).not.toMatch(/Wilhelmine|Beispielfrau|Nachbarin|Kunigunde|Querverbund|Zeugenhaus/);
    expect(text).toContain('Mr X wants to walk in the garden again');
    expect(text).not.toContain(missCm!.subject);
    expect(text).toMatch(/staff-\d/);
    expect(text).toContain('own-account');
  });

  it('CONS-4: leaves out the exception that the person was not told of, and what relies on it', async () => {
    const id = first;
    const data = await dataOf(id);
    expect(JSON.stringify(data)).not.toMatch(/Secret facts|risk_to_others/);
    // Nor that somebody read of one.
    expect(JSON.stringify(data.accesses)).not.toContain('exception');
  });

  it('tells of no possible duplicate that is somebody else', async () => {
    const born = { familyName: 'Doppelgang', birthDate: '1950-01-02' };
    const { id: one } = await missCm!.ok('post', '/v1/persons', { ...born, givenName: 'Likeness' });
    const { id: other } = await missCm!.ok('post', '/v1/persons', { ...born, givenName: 'Likenes' });
    await lotse.app.get(DailyJobs).runAll();
    expect(await lotse.sql('select 1 from cases.duplicate_candidate where other_id = $1', [other])).toHaveLength(1);
    const { id } = await askedFor(one);
    expect(JSON.stringify(await dataOf(id))).not.toContain(other);
  });

  it('of two whose merge is taken back nobody gets what was made of both as one', async () => {
    const [twin, survivor] = [await personNamed('Twin'), await personNamed('Survivor')];
    const request = { askedBy: 'hospital', channel: 'phone', fieldOfPractice: 'health', personId: twin };
    await missCm!.ok('post', '/v1/case-requests', { ...request, concern: 'About the twin alone' });
    const asked = { kind: 'access', wish: 'All', personId: twin };
    const { id: twins } = await missCm!.ok('post', '/v1/subject-requests', asked);
    await dpo!.ok('post', `/v1/subject-requests/${twins}/identity-check`, { proof: 'known_in_person' }, any);
    const early = await ask(twins);
    await missCm!.ok('post', `/v1/persons/${twin}/merge`, { survivorId: survivor, reason: 'Same' }, any);
    await lotse.settled();
    const made = await askedFor(survivor);
    const both = await dataOf(made.id);
    expect(JSON.stringify(both)).toContain('About the twin alone');
    // What the record said that was merged into the other is in it as well.
    const rows = both.holdings.find(({ table }: { table: string }) => table === 'cases.person').rows;
    expect(rows.map((row: { sealed: object }) => row.sealed)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ familyName: 'Twin' }),
        expect.objectContaining({ familyName: 'Survivor' }),
      ]),
    );
    // What was asked for the twin before speaks of a record that is another one's now: it has to be asked for anew.
    await sweep();
    expect(await stateOf(early)).toBe('failed');
    const late = await ask(twins);
    const waiting = (await dpo!.ok('post', `/v1/subject-requests/${made.request}/exports`)).id;
    await missCm!.ok('post', `/v1/persons/${twin}/unmerge`, { reason: 'They are two' }, any);
    await lotse.settled();
    expect(await stateOf(made.id)).toBe('expired');
    expect((await download(dpo!, `/v1/personal-data-exports/${made.id}/data`)).status).toBe(409);
    expect(await lotse.sql('select 1 from consent.personal_data_export_file where export_id = $1', [made.id])).toEqual(
      [],
    );
    await sweep();
    expect(JSON.stringify(await dataOf(waiting))).not.toContain('About the twin alone');
    expect(await stateOf(late)).toBe('failed');
  });

  it('CONS-4: has what was put in words of the exception once the person was told of it', async () => {
    const [exception] = await lotse.sql<{ id: string }>(`select id from consent.consent_exception`);
    const told = { informedOn: '2026-03-02', how: 'In a talk with Wilhelmine' };
    await missCm!.ok('post', `/v1/consent-exceptions/${exception!.id}/client-informing`, told, any);
    const id = await ask();
    await sweep();
    const data = await dataOf(id);
    const [{ rows }] = (data.holdings as Holding[]).filter(({ table }) => table === 'consent.consent_exception') as [
      Holding,
    ];
    expect(rows).toMatchObject([{ sealed: { facts: 'Secret facts about a threat', priorNoticeReason: 'Danger' } }]);
    expect(JSON.stringify(data)).not.toMatch(/Wilhelmine/);
  });

  it('is a document on A4 as well, in German and English, tagged, with page numbers', async () => {
    const id = first;
    for (const [language, words] of [
      [
        'de',
        [
          ...['Ihre Daten', 'Rehabilitation am Park', 'Ihre Rechte', 'Journaleintrag', 'Seite 1 von'],
          ...['Art: Auskunft', 'Stufe: Ergebnisziel', 'Art: Schweigepflichtentbindung', 'Anliegen: Discharge'],
        ],
      ],
      ['en', ['Your data', 'Rehabilitation am Park', 'Your rights', 'Journal entry', 'Page 1 of']],
    ] as const) {
      const { status, type, file, content } = await download(
        dpo!,
        `/v1/personal-data-exports/${id}/document?language=${language}`,
      );
      expect([status, type, file]).toEqual([
        200,
        'application/pdf',
        `attachment; filename="personal-data-${id}.${language}.pdf"`,
      ]);
      const { getDocumentProxy } = await import('unpdf');
      const pdf = await getDocumentProxy(new Uint8Array(content));
      expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
      const texts: string[] = [];
      for (let i = 1; i <= pdf.numPages; i += 1) {
        const page = await pdf.getPage(i);
        expect(page.view.slice(2).map(Math.round)).toEqual([595, 842]);
        expect(await page.getStructTree()).not.toBeNull();
        texts.push((await page.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join(' '));
      }
      const all = texts.join('\n').replace(/\s+/g, ' ');
      for (const word of words) expect(all).toContain(word);
      expect(all).not.toMatch(/Wilhelmine|Beispielfrau|undefined|\[object/);
      // Numbers of records stay numbers.
      expect(all).not.toMatch(/[0-9a-f]{8} [0-9a-f]{4} [0-9a-f]{4}/);
    }
  }, 60_000);

  it('lies encrypted with the key of the person, so that nobody reads it once that is gone', async () => {
    const id = first;
    const files = await lotse.sql<{ kind: string; sealed: Buffer }>(
      'select kind, sealed from consent.personal_data_export_file where export_id = $1',
      [id],
    );
    expect(files.map(({ kind }) => kind).sort()).toEqual(['json', 'pdf_de', 'pdf_en']);
    for (const { sealed } of files) expect(sealed.toString('latin1')).not.toMatch(/garden|PDF-|familyName/);
  });

  it('of two that work at once one makes it; who died is followed after ten minutes; who fails five times is told', async () => {
    const id = await ask();
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(await lotse.sql('select tries, version from consent.personal_data_export where id = $1', [id])).toEqual([
      { tries: 1, version: 2 },
    ]);
    const left = await ask();
    // Somebody took it up and was killed.
    await lotse.sql(`update consent.personal_data_export set claimed_until = $2, tries = 1 where id = $1`, [
      left,
      '2026-03-02T09:10:00.000Z',
    ]);
    await sweep();
    expect(await stateOf(left)).toBe('waiting');
    lotse.at('2026-03-02T09:10:00.001Z');
    await sweep();
    expect(await stateOf(left)).toBe('ready');
    const { id: gone } = await missCm!.ok('post', '/v1/persons', { familyName: 'Gone' });
    const of = (await missCm!.ok('post', '/v1/subject-requests', { kind: 'access', wish: 'x', personId: gone })).id;
    await dpo!.ok('post', `/v1/subject-requests/${of}/identity-check`, { proof: 'known_in_person' }, any);
    const failing = await ask(of);
    const setKey = (key: unknown) => lotse.sql('update cases.person set wrapped_key = $2 where id = $1', [gone, key]);
    const [sealed] = await lotse.sql('select wrapped_key as key from cases.person where id = $1', [gone]);
    await setKey(Buffer.from('broken'));
    for (let i = 0; i < 5; i += 1) {
      lotse.at(`2026-03-02T1${i}:00:00.000Z`);
      await sweep();
    }
    expect(await stateOf(failing)).toBe('failed');
    expect(await eventTypes(lotse, failing)).toEqual(['consent.personal_data_export_failed']);
    await setKey(sealed!.key);
    // One that takes every process with it that begins it is given up as well, and not begun for ever.
    const deadly = await ask();
    await lotse.sql('update consent.personal_data_export set tries = 5 where id = $1', [deadly]);
    await sweep();
    expect(await stateOf(deadly)).toBe('failed');
  });

  it('is handed to the person once the request is granted, every download is logged, and after a week it is gone', async () => {
    const id = await ask();
    await sweep();
    expect((await mrX!.get(`/v1/personal-data-exports/${id}`)).status).toBe(404);
    await dpo!.ok('post', `/v1/subject-requests/${requestId}/decision`, { result: 'granted', ...told }, any);
    expect((await mrX!.ok('get', `/v1/personal-data-exports/${id}`)).status).toBe('ready');
    expect((await mrX!.ok('get', `/v1/subject-requests/${requestId}/exports`)).data.length).toBeGreaterThan(0);
    expect((await download(mrX!, `/v1/personal-data-exports/${id}/document`)).status).toBe(200);
    const [logged] = await lotse.sql(
      `select actor, resource_type from platform.access_log where $1 = any(resource_ids) order by id desc limit 1`,
      [id],
    );
    expect(logged).toEqual({ actor: mrX!.subject, resource_type: 'personal_data_export_pdf_de' });
    expect((await missCm!.get(`/v1/personal-data-exports/${id}`)).status).toBe(403);
    const stranger = await lotse.as('dpo', { tenantId: demoTenants[1].id });
    expect((await download(stranger, `/v1/personal-data-exports/${id}/data`)).status).toBe(404);
    expect((await stranger.post(`/v1/subject-requests/${requestId}/exports`)).status).toBe(404);
    lotse.at('2026-03-09T09:00:00.000Z');
    expect((await download(mrX!, `/v1/personal-data-exports/${id}/document`)).status).toBe(409);
    await lotse.app.get(DailyJobs).runAll();
    expect(await stateOf(id)).toBe('expired');
    expect(await lotse.sql('select 1 from consent.personal_data_export_file where export_id = $1', [id])).toEqual([]);
  });

  it('is made for requests for access of persons whose identity is sure, and those are granted once it is there', async () => {
    const other = (await mrX!.ok('post', '/v1/subject-requests', { kind: 'erasure', wish: 'Away' })).id;
    expect((await dpo!.post(`/v1/subject-requests/${other}/exports`)).body.code).toBe('export-only-for-access');
    const unknown = (
      await missCm!.ok('post', '/v1/subject-requests', { kind: 'access', wish: 'x', personId: of.personId })
    ).id;
    expect((await dpo!.post(`/v1/subject-requests/${unknown}/exports`)).body.code).toBe(
      'subject-request-identity-open',
    );
    await dpo!.ok('post', `/v1/subject-requests/${unknown}/identity-check`, { proof: 'known_in_person' }, any);
    const early = await dpo!.post(`/v1/subject-requests/${unknown}/decision`, { result: 'granted', ...told }, any);
    expect(early.body).toMatchObject({ code: 'subject-request-not-carried-out', unmet: [{ code: 'export-not-made' }] });
  });
});
