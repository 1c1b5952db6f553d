import { execFileSync } from 'node:child_process';
import { AnswerKey } from '../src/shared/http/idempotency';
import { unseal } from '../src/shared/vault/sealed';
import { DuplicateCandidatesJob } from '../src/modules/case/application/persons/duplicate-candidates.job';
import { demoTenants, demoUsers } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { admin } from './support/database';
import { ApiClient, type Lotse, startLotse } from './support/lotse';
import { agreedPlan } from './support/plan-story';
import { linkCases, openCase } from './support/story';

let lotse: Lotse;
beforeAll(async () => {
  lotse = await startLotse();
});
afterAll(() => lotse.close());
afterEach(() => jest.restoreAllMocks());

const tenantId = demoTenants[0].id;
const subjectOf = (key: string) => demoUsers.find((user) => user.key === key)!.subject;

/** Words of the API itself, ids and numbers: what is left over is what somebody wrote. */
const CODE = /^[a-z0-9_.:-]*$|^[0-9a-f-]{36}$|^[\d-]+$|^\d{4}-\d{2}-\d{2}T.*Z$/;
/** What is about the organisation, not about a person. */
const ABOUT_NOBODY = /^\/v1\/(providers|services|staff|complaint-way|legal-holds|erasure-runs)/;

/** Collects every text that is sent to the API from here on. */
function whatIsEntered(): Set<string> {
  const entered = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === 'string' && !CODE.test(value)) entered.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
  };
  type Sender = { send(method: string, path: string, body: object | undefined, options: object): Promise<unknown> };
  const sender = ApiClient.prototype as unknown as Sender;
  const send = sender.send;
  jest.spyOn(sender, 'send').mockImplementation(function (this: Sender, method, path, body, options) {
    if (method !== 'get' && !ABOUT_NOBODY.test(path)) look(body);
    return send.call(this, method, path, body, options);
  });
  return entered;
}

/** Every row of every table as text, by table. */
const dump = () =>
  admin(lotse.databaseUrl, async (c) => {
    const { rows } = await c.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const all = new Map<string, string>();
    for (const { name } of rows) {
      const found = await c.query<{ text: string | null }>(`select string_agg(t::text, E'\\n') as text from ${name} t`);
      all.set(name, found.rows[0]!.text ?? '');
    }
    return all;
  });

/** How a text may stand in a dump: as it is, escaped in JSON or in a row, or as bytes. */
const shapes = (text: string) => [
  text,
  JSON.stringify(text).slice(1, -1),
  text.replaceAll('"', '""'),
  Buffer.from(text).toString('hex'),
];
const found = (all: ReadonlyMap<string, string>, texts: Iterable<string>) =>
  [...texts].flatMap((text) =>
    [...all].flatMap(([table, content]) =>
      shapes(text).some((s) => content.includes(s)) ? [`${table}: ${text}`] : [],
    ),
  );

const IDENTITY = {
  familyName: 'Quittenbaum-Ösel',
  givenName: 'Fürchtegott',
  birthName: 'Zwetschgenhügel',
  birthDate: '1951-07-23',
  phone: '+49 341 98765432',
  email: 'fuerchtegott@quittenbaum.example',
  addressLines: ['Hinterm Backofen 17'],
  postalCode: '04177',
  town: 'Lindenau-Plagwitz',
  identifiers: [{ system: 'kvnr', value: 'A123456780' }],
};
const OTHERWISE = ['1951-07-23', '23.07.1951', '04177', '98765432', 'A123456780'];

it('CONS-6: after an erasure nothing that was entered about the person is left in the database, in no table and no log', async () => {
  const missCm = await lotse.as('miss-cm');
  const network = await lotse.as('network-manager');
  const [dpo, head, auditor] = [await lotse.as('dpo'), await lotse.as('org-admin'), await lotse.as('auditor')];
  await head.ok('put', '/v1/complaint-way', {
    organisation: 'Hilfenetz',
    text: { en: 'Write to us', de: 'Schreiben Sie uns' },
  });
  const providerId = (await network.ok('post', '/v1/providers', { name: 'Physio am Park' })).id as string;
  const service = { providerId, name: 'Physiotherapy', problemAreas: ['chronic_disease'], region: 'Leipzig' };
  const serviceId = (await network.ok('post', '/v1/services', service)).id as string;
  await network.ok('post', `/v1/services/${serviceId}/confirmation`, { freePlaces: 3 }, { ifMatch: '*' });
  // Somebody else, whose file stays: the conference on both is theirs too.
  const other = await openCase(lotse, { as: 'mr-cm', client: 'miss-x' });

  const entered = whatIsEntered();
  const planned = await agreedPlan(lotse, { client: 'mr-x' });
  const { caseId, personId, planId } = planned;
  const any = { ifMatch: '*' as const };
  const at = `/v1/cases/${caseId}`;
  await missCm.ok('patch', `/v1/persons/${personId}`, IDENTITY, any);
  const twin = (await missCm.ok('post', '/v1/persons', { ...IDENTITY, givenName: 'Fürchtegot' })).id as string;
  const lookalike = (await missCm.ok('post', '/v1/persons', { ...IDENTITY, givenName: 'Fürchtegottchen' }))
    .id as string;
  await runInContext(systemContext(tenantId, 'test', 'case_management'), () =>
    lotse.app.get(DuplicateCandidatesJob).run(),
  );
  await missCm.ok(
    'post',
    `/v1/persons/${twin}/merge`,
    { survivorId: personId, reason: 'Same number of the Quitte insurance' },
    any,
  );
  await missCm.ok(
    'post',
    `/v1/persons/${lookalike}/merge`,
    { survivorId: personId, reason: 'Typing error in Quittenbaum' },
    any,
  );
  const child = (
    await missCm.ok('post', '/v1/persons', {
      familyName: 'Quittenbaum-Kind',
      givenName: 'Walpurga',
      birthDate: '2012-11-05',
    })
  ).id as string;
  await missCm.ok(
    'put',
    `${at}/members/${child}`,
    { role: 'child', legalGuardian: false, representationScope: 'Lives with aunt Kornelkirsche' },
    any,
  );
  const entry = {
    kind: 'home_visit',
    function: 'support',
    participants: ['Frau Nachbarin Holunder'],
    minutes: 60,
    costCents: 450,
    on: lotse.clock.today(),
    text: 'He drinks again, says the neighbour "Holunder"',
  };
  const { id: entryId } = await missCm.ok('post', `${at}/journal-entries`, entry);
  await missCm.ok(
    'post',
    `/v1/journal-entries/${entryId}/corrections`,
    { reason: 'Misheard at the door', text: 'He drinks tea again' },
    any,
  );
  await missCm.ok('post', `${at}/follow-ups`, {
    assignee: subjectOf('miss-cm'),
    dueOn: '2099-01-01',
    subject: 'Ask about the key to the Backofen',
  });
  const { id: noteId } = await missCm.ok('post', `${at}/medication-notes`, {
    need: 'Phenprocoumon until the spring',
    prescriber: 'Dr Schlehdorn',
    storage: 'Red box on the stove',
    mayAdminister: [{ name: 'Schwester Ebereschia', capacity: 'nursing_service' }],
    since: '2026-03-01',
  });
  await missCm.ok('post', `/v1/medication-notes/${noteId}/handouts`, {
    at: '2026-03-02T07:00:00.000Z',
    administeredBy: 'Schwester Ebereschia',
    what: 'Two of the white ones',
  });
  await missCm.ok('post', `${at}/gatekeeping-decisions`, {
    service: 'Bath lift for the Lindenau flat',
    decision: 'granted',
    decidedOn: lotse.clock.today(),
    criteria: [{ criterion: 'Cannot step into the tub', answer: 'met' }],
    information: [{ what: 'Letter of Dr Schlehdorn', source: 'Practice Schlehdorn', asOf: '2026-02-20' }],
    cost: { amountCents: 480_000, period: 'whole_duration' },
    payer: 'Knappschaft Lindenau',
    reasons: 'He fell in the tub twice.',
  });
  const disclosure = {
    personId,
    kind: 'disclosure',
    purpose: 'referral',
    categories: ['identity', 'health'],
    recipients: [{ kind: 'organisation', id: providerId, name: 'Physio am Park' }],
    form: 'written',
    language: 'de',
    textVersion: 'release-2026-01',
    givenBy: { kind: 'client', name: 'F. Quittenbaum' },
    consequencesExplained: true,
    withdrawalExplained: true,
    evidence: { kind: 'scan', reference: 'Folder Quittenbaum, sheet 3' },
  };
  await missCm.ok('post', `${at}/consents`, disclosure);
  const { id: referralId } = await missCm.ok('post', `${at}/referrals`, {
    serviceId,
    purposeText: 'Teach him the stairs of Hinterm Backofen',
    categories: ['identity', 'health'],
    informationPackage: 'Left leg weak since the fall in the tub.',
    clientInformedOn: lotse.clock.today(),
  });
  await missCm.ok('post', `/v1/referrals/${referralId}/sending`, {}, any);
  const provider = await lotse.as('provider', { providerId });
  await provider.ok('get', `/v1/referrals/${referralId}`);
  await provider.ok(
    'post',
    `/v1/referrals/${referralId}/acceptance`,
    { note: 'He may come with his walking stick' },
    any,
  );
  await missCm.ok('post', `/v1/service-plans/${planId}/monitoring`, {
    measureId: planned.measureId,
    source: 'client_contact',
    on: lotse.clock.today(),
    deliveredAsAgreed: false,
    effect: 'none',
    acceptedByClient: false,
    cooperationWorking: false,
    deviation: 'The neighbour Holunder is ill',
    decision: 'adjust',
    reason: 'Somebody else exercises with him',
  });
  await linkCases(lotse, { as: 'miss-cm', caseId }, { as: 'mr-cm', caseId: other.caseId });
  const both = {
    kind: 'aid',
    plannedOn: '2099-03-10',
    place: 'Town hall of Lindenau',
    agenda: ['Household of the two'],
  };
  const { id: jointId } = await missCm.ok('post', `${at}/conferences`, { ...both, caseIds: [other.caseId] });
  const { id: ownId } = await missCm.ok('post', `${at}/conferences`, {
    ...both,
    agenda: ['His stairs'],
    place: 'At the Quittenbaum kitchen',
  });
  const mrX = await lotse.as('mr-x');
  await mrX.ok('get', at);
  const { data: plans } = await mrX.ok('get', `${at}/service-plans`);
  expect(plans).toHaveLength(1);
  await missCm.ok('post', `${at}/closure`, { reason: 'deceased', note: 'Died in the Lindenau hospice.' }, any);
  await lotse.settled();
  await auditor.ok('post', '/v1/audit-runs', { scope: {} });
  await lotse.settled();

  const [placed, kept] = [
    ['Town hall of Lindenau', 'Household of the two'],
    ['Same household, one plan for the children.', 'The next step.'],
  ];
  const words = [
    ...entered,
    ...Object.values(IDENTITY)
      .flat()
      .filter((v) => typeof v === 'string'),
  ];
  const before = await dump();
  // The test can fail: nearly everything entered is found while it is there.
  expect(found(before, entered).length).toBeGreaterThan(60);
  for (const table of [
    'cases.journal_entry',
    'service_plan.referral',
    'service_plan.plan_edition',
    'assessment.assessment',
    'cases.medication_note',
    'cases.gatekeeping_decision',
    'quality_audit.case_facts',
    'cases.duplicate_candidate',
    'cases.person_token',
  ])
    expect([table, (before.get(table) ?? '').length > 0]).toEqual([table, true]);

  lotse.at(`${Number(lotse.clock.today().slice(0, 4)) + 12}-06-01T09:00:00.000Z`);
  const { id: runId } = await dpo.ok('post', '/v1/erasure-runs');
  await head.ok('post', `/v1/erasure-runs/${runId}/release`, undefined, any);
  await lotse.settled();
  const { state, protocol } = await dpo.ok('get', `/v1/erasure-runs/${runId}`);
  expect([state, protocol.leftOut, protocol.persons]).toEqual(['done', [], 2]);

  const after = await dump();
  const shared = new Set([...placed, ...kept]);
  expect(
    found(
      after,
      [...words, ...OTHERWISE].filter((text) => !shared.has(text) && !inStory(text)),
    ),
  ).toEqual([]);
  // The common texts of the stories are in the other file still, and nowhere else.
  const left = [...after].filter(([, text]) =>
    [caseId, personId, twin, child, planId, referralId, ownId].some((id) => text.includes(id)),
  );
  // Recipients are told which case it was, by its number (GDPR 19); who the person was, nothing knows.
  const known = /^platform\.(erased_file|access_log_)|^consent\.recipient_notice$/;
  expect(left.map(([table]) => table).filter((t) => !known.test(t))).toEqual([]);
  const notices = after.get('consent.recipient_notice')!;
  expect([notices.includes(caseId), notices.includes(referralId)]).toEqual([true, true]);
  expect([personId, twin, child, 'health'].filter((text) => notices.includes(text))).toEqual([]);
  // Nothing sealed opens that was about the person: keys and seals are gone, stored answers hold ids alone.
  expect(
    await lotse.sql('select id from cases.person where id = any($1)', [[personId, twin, lookalike, child]]),
  ).toEqual([]);
  const answers = await lotse.sql<{ answer: Buffer; key_hash: Buffer }>(
    'select answer, key_hash from platform.stored_answer',
  );
  expect(answers.length).toBeGreaterThan(20);
  const opened = answers
    .map(({ answer, key_hash }) => unseal(answer, lotse.app.get(AnswerKey).key, key_hash))
    .join('\n');
  expect(
    found(
      new Map([['answers', opened]]),
      [...words, ...OTHERWISE].filter((text) => !inStory(text)),
    ),
  ).toEqual([]);
  // The client's own account is known to the log of accesses alone, until its own end.
  const account = [...after].filter(([, text]) => text.includes(subjectOf('mr-x'))).map(([table]) => table);
  expect(account.filter((table) => !table.startsWith('platform.access_log_'))).toEqual([]);

  // The conference about both stays with the other file, without the one that is gone.
  const mrCm = await lotse.as('mr-cm');
  expect(await mrCm.ok('get', `/v1/conferences/${jointId}`)).toMatchObject({
    caseId: other.caseId,
    caseIds: [other.caseId],
  });
  expect((await mrCm.ok('get', `/v1/cases/${other.caseId}`)).personId).toBe(other.personId);
  expect((await missCm.get(at)).status).toBe(404);

  // The same from outside, where there is pg_dump.
  try {
    const text = execFileSync('pg_dump', ['--data-only', '--inserts', lotse.databaseUrl], {
      maxBuffer: 500_000_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).toString();
    expect(text).toContain(other.caseId);
    const all = new Map([['pg_dump', text]]);
    expect(
      found(
        all,
        [...words, ...OTHERWISE].filter((one) => !shared.has(one) && !inStory(one)),
      ),
    ).toEqual([]);
  } catch (error) {
    if (!/ENOENT|server version/.test(String(error))) throw error;
  }
});

/** Texts that the helpers of the stories enter for every case alike, so that the other file has them; and the provider. */
const inStory = (text: string): boolean =>
  [
    'Physio am Park',
    'X',
    'CM',
    'mr-x',
    'miss-x',
    'Discharge after a stroke; nobody at home can care for him.',
    'Seen in two talks and in the hospital file.',
    'Lives in our district.',
    'file 2026/17, sheet 1',
    'Coordinate the return home after the stroke.',
    'participation-2026-01',
  ].includes(text);
