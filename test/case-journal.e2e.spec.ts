import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { ResponsibilityHandedOver } from '../src/modules/case/events';
import { ReferralMoved, ReviewHeld, ReviewScheduled } from '../src/modules/service-plan/events';
import { eventTypes, happened, planOf, pointers, race, statementsOf } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type OpenedCase, openCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let teamLead: ApiClient;
let stranger: ApiClient;
let mrX: ApiClient;
let mine: OpenedCase;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  missCm = await lotse.as('miss-cm');
  mrCm = await lotse.as('mr-cm');
  teamLead = await lotse.as('team-lead');
  stranger = await lotse.as('stranger');
  mrX = await lotse.as('mr-x');
  mine = await openCase(lotse, { as: 'miss-cm', client: 'mr-x' });
  await teamLead.ok('put', `/v1/staff/${mrCm.subject}`, { displayName: 'Mr CM', team: 'employment' });
});
beforeEach(() => lotse.at('2026-03-02T09:00:00.000Z'));
afterAll(() => lotse.close());

const tenantId = demoTenants[0].id;
const visit = {
  kind: 'home_visit',
  function: 'support',
  participants: ['Mr X'],
  minutes: 60,
  costCents: 450,
  on: '2026-03-01',
  text: 'Looked at the flat',
};
const write = async (more: object = {}) =>
  (await missCm.ok('post', `/v1/cases/${mine.caseId}/journal-entries`, { ...visit, ...more })).id as string;

it('CASE-8: an entry is recorded and corrected by new versions that keep the old', async () => {
  const id = await write({ sharedWithClient: true });
  const at = `/v1/journal-entries/${id}`;
  await missCm.ok('post', `${at}/corrections`, { reason: 'The way was missing', minutes: 90 }, { ifMatch: 1 });
  await missCm.ok(
    'post',
    `${at}/corrections`,
    { reason: 'Not for the client after all', sharedWithClient: false, text: 'Looked at the flat; doubts' },
    { ifMatch: 2 },
  );
  await missCm.ok(
    'post',
    `${at}/corrections`,
    { reason: 'For the client', sharedWithClient: true, text: 'Looked at the flat' },
    { ifMatch: 3 },
  );
  const { body } = await missCm.get(at);
  expect(body).toMatchObject({
    version: 4,
    minutes: 90,
    text: 'Looked at the flat',
    correctionReason: 'For the client',
    writtenBy: missCm.subject,
  });
  expect(body.earlier).toMatchObject([
    { version: 1, minutes: 60, reason: null },
    { version: 2, minutes: 90, reason: 'The way was missing' },
    { version: 3, text: 'Looked at the flat; doubts', reason: 'Not for the client after all' },
  ]);
  expect((await mrX.get(at)).body.earlier.map(({ version }: { version: number }) => version)).toEqual([1, 2]);
  expect((await missCm.post(`${at}/corrections`, { reason: 'x', minutes: 90 }, { ifMatch: 4 })).body.code).toBe(
    'nothing-corrected',
  );
  expect((await missCm.post(`${at}/corrections`, { reason: 'x', minutes: 1 }, { ifMatch: 1 })).status).toBe(412);
  expect(await eventTypes(lotse, id)).toEqual([
    'case.journal_entry_recorded',
    ...Array<string>(3).fill('case.journal_entry_corrected'),
  ]);
});

it('CASE-8: the client sees what is shared, the latest first', async () => {
  const [hidden, shared] = [
    await write({ on: '2026-02-27' }),
    await write({ on: '2026-02-28', kind: 'contact_phone', sharedWithClient: true }),
  ];
  const list = async (who: ApiClient, query = '') =>
    (await who.get(`/v1/cases/${mine.caseId}/journal-entries${query}`)).body.data.map(
      (e: { id: string }) => e.id,
    ) as string[];
  expect(await list(missCm)).toEqual(expect.arrayContaining([hidden, shared]));
  expect((await list(missCm)).indexOf(shared)).toBeLessThan((await list(missCm)).indexOf(hidden));
  expect(await list(mrX)).toContain(shared);
  expect(await list(mrX)).not.toContain(hidden);
  expect(await list(missCm, '?kind=contact_phone')).toEqual([shared]);
  expect((await mrX.get(`/v1/journal-entries/${hidden}`)).status).toBe(404);
  expect((await mrX.post(`/v1/cases/${mine.caseId}/journal-entries`, visit)).status).toBe(403);
});

it('of two corrections at the same time one wins and the other is told', async () => {
  const id = await write();
  const minutes = [10, 20];
  const [one, other] = minutes.map((m) =>
    missCm.post(`/v1/journal-entries/${id}/corrections`, { reason: 'x', minutes: m }, { ifMatch: 1 }),
  );
  const winner = await race(one!, other!);
  expect((await missCm.get(`/v1/journal-entries/${id}`)).body).toMatchObject({
    version: 2,
    minutes: minutes[winner],
  });
});

it('cases of others are not there, nor those of other organisations; wrong fields are named', async () => {
  const id = await write();
  for (const who of [mrCm, stranger, await lotse.as('miss-x')]) {
    expect((await who.get(`/v1/journal-entries/${id}`)).status).toBe(404);
    expect((await who.get(`/v1/cases/${mine.caseId}/journal-entries`)).status).toBe(404);
    expect((await who.get(`/v1/cases/${mine.caseId}/follow-ups`)).status).toBe(404);
  }
  for (const who of [mrCm, stranger]) {
    expect((await who.post(`/v1/cases/${mine.caseId}/journal-entries`, visit)).status).toBe(404);
    expect(
      (await who.post(`/v1/journal-entries/${id}/corrections`, { reason: 'x', minutes: 1 }, { ifMatch: 9 })).status,
    ).toBe(404);
    expect((await who.post(`/v1/cases/${mine.caseId}/follow-ups`, { subject: 'x', dueOn: '2026-03-09' })).status).toBe(
      404,
    );
  }
  const bad = await missCm.post(`/v1/cases/${mine.caseId}/journal-entries`, {
    ...visit,
    kind: 'party',
    function: 'boss',
    minutes: -1,
    on: '1.3.2026',
    costCents: 1.5,
  });
  expect(pointers(bad)).toEqual(['#/costCents', '#/function', '#/kind', '#/minutes', '#/on']);
  expect(
    pointers(await missCm.post(`/v1/cases/${mine.caseId}/journal-entries`, { ...visit, on: '2026-03-03' })),
  ).toEqual(['#/on']);
});

it('a day in the year 0 is refused, never a fault of ours', async () => {
  expect((await missCm.post(`/v1/cases/${mine.caseId}/journal-entries`, { ...visit, on: '0000-01-01' })).status).toBe(
    422,
  );
});

it('the hot path: one read and one write', async () => {
  expect(await statementsOf(missCm, `/v1/cases/${mine.caseId}/journal-entries`, visit)).toBe(2);
});

const note = async (more: object = {}) =>
  (
    await missCm.ok('post', `/v1/cases/${mine.caseId}/follow-ups`, {
      subject: 'Walking frame?',
      dueOn: '2026-03-09',
      ...more,
    })
  ).id as string;
const worklist = async (due: string, who = missCm) =>
  (await who.get(`/v1/worklist?due=${due}`)).body.data as {
    id: string;
    cause: string | null;
    reference: string | null;
    dueOn: string;
    caseId: string;
  }[];

it('CASE-9: own follow-ups stand on the work list until they are done', async () => {
  const id = await note();
  const has = async (due: string) => (await worklist(due)).some((f) => f.id === id);
  expect([await has('today'), await has('overdue'), await has('upcoming')]).toEqual([false, false, true]);
  lotse.at('2026-03-09T09:00:00.000Z');
  expect([await has('today'), await has('overdue'), await has('upcoming')]).toEqual([true, false, false]);
  lotse.at('2026-03-10T09:00:00.000Z');
  expect([await has('today'), await has('overdue'), await has('upcoming')]).toEqual([false, true, false]);
  expect(
    pointers(await missCm.post(`/v1/follow-ups/${id}/reschedule`, { dueOn: '2026-03-09' }, { ifMatch: 1 })),
  ).toEqual(['#/dueOn']);
  await missCm.ok(
    'post',
    `/v1/follow-ups/${id}/reschedule`,
    { dueOn: '2026-03-12', reason: 'Holiday' },
    { ifMatch: 1 },
  );
  await missCm.ok('post', `/v1/follow-ups/${id}/completion`, { note: 'Has come' }, { ifMatch: 2 });
  expect((await missCm.post(`/v1/follow-ups/${id}/completion`, {}, { ifMatch: 3 })).body.code).toBe('follow-up-ended');
  expect((await missCm.get(`/v1/follow-ups/${id}`)).body).toMatchObject({
    status: 'done',
    assignee: missCm.subject,
    cause: null,
    moves: [{ from: '2026-03-09', to: '2026-03-12' }],
    ended: { note: 'Has come', by: missCm.subject },
  });
  expect(await has('upcoming')).toBe(false);
  lotse.at('2026-03-02T09:00:00.000Z');
  expect((await mrX.get(`/v1/cases/${mine.caseId}/follow-ups`)).body.data).toEqual([]);
  expect((await missCm.get(`/v1/cases/${mine.caseId}/follow-ups?status=done`)).body.data).toMatchObject([{ id }]);
  expect((await mrX.get(`/v1/follow-ups/${id}`)).status).toBe(404);
});

it('CASE-9: a follow-up may be given to a colleague on record, and to nobody else', async () => {
  const unknown = await missCm.post(`/v1/cases/${mine.caseId}/follow-ups`, {
    subject: 'x',
    dueOn: '2026-03-09',
    assignee: 'nobody',
  });
  expect([unknown.status, pointers(unknown)]).toEqual([422, ['#/assignee']]);
  expect((await missCm.post(`/v1/cases/${mine.caseId}/follow-ups`, { subject: 'x', dueOn: '2026-03-01' })).status).toBe(
    422,
  );
  const id = await note({ assignee: mrCm.subject });
  expect((await worklist('upcoming', mrCm)).map((f) => f.id)).toEqual([id]);
  expect((await mrCm.get(`/v1/follow-ups/${id}`)).status).toBe(200);
  expect((await mrCm.post(`/v1/follow-ups/${id}/completion`, {}, { ifMatch: 1 })).status).toBe(200);
  const other = await note();
  expect((await mrCm.get(`/v1/follow-ups/${other}`)).status).toBe(404);
  expect((await mrCm.post(`/v1/follow-ups/${other}/completion`, {}, { ifMatch: 9 })).status).toBe(404);
  expect((await stranger.post(`/v1/follow-ups/${other}/completion`, {}, { ifMatch: '*' })).status).toBe(404);
});

it('of two people who complete the same follow-up one is told', async () => {
  const id = await note();
  await race(
    missCm.post(`/v1/follow-ups/${id}/completion`, { note: 'A' }, { ifMatch: 1 }),
    missCm.post(`/v1/follow-ups/${id}/reschedule`, { dueOn: '2026-04-01' }, { ifMatch: 1 }),
  );
});

it('CASE-9: the work list is one index scan under row-level security', async () => {
  await lotse.sql(
    `insert into cases.follow_up (tenant_id, id, version, case_id, assignee, due_on, subject, status, moves, recorded_by, recorded_at)
     select $1, gen_random_uuid(), 1, gen_random_uuid(), 'somebody-' || n % 500, date '2026-01-01' + n % 300, 'x', 'open', '[]', 'test', now() from generate_series(1, 20000) n`,
    [tenantId],
  );
  await lotse.sql('analyze cases.follow_up');
  const text = await planOf(
    lotse,
    `select id from cases.follow_up f where f.tenant_id = '${tenantId}' and f.assignee = 'somebody-7' and f.status = 'open'
    and f.due_on < date '2026-06-01' and (f.due_on, f.id) > (date '2026-03-01', '${randomUUID()}'::uuid) order by f.due_on, f.id limit 51`,
  );
  expect(text).toMatch(/follow_up_worklist.*Index Cond:.*assignee.*ROW\(due_on, id\) > ROW/s);
  expect(text).not.toContain('Sort');
});

it('CASE-9: a scheduled review makes a follow-up, another day moves it, the review held closes it', async () => {
  const [reviewId, planId] = [randomUUID(), randomUUID()];
  const at = '2026-03-02T09:00:00.000Z';
  const caused = async () =>
    (await lotse.sql('select status, due_on::text as due, assignee from cases.follow_up where reference = $1', [
      reviewId,
    ])) as unknown[];
  await happened(lotse, new ReviewScheduled(reviewId, mine.caseId, planId, '2026-09-01', at));
  expect((await worklist('upcoming')).find((f) => f.reference === reviewId)).toMatchObject({
    cause: 'plan_review',
    dueOn: '2026-09-01',
    caseId: mine.caseId,
  });
  await happened(lotse, new ReviewScheduled(reviewId, mine.caseId, planId, '2026-08-01', at));
  expect(await caused()).toEqual([{ status: 'open', due: '2026-08-01', assignee: missCm.subject }]);
  await happened(
    lotse,
    new ReviewHeld(reviewId, mine.caseId, planId, '2026-08-01', '2026-08-01', false, 'continue', at),
  );
  expect(await caused()).toEqual([{ status: 'closed', due: '2026-08-01', assignee: missCm.subject }]);
  await happened(
    lotse,
    new ReviewHeld(reviewId, mine.caseId, planId, '2026-08-01', '2026-08-01', false, 'continue', at),
  );
  expect(await caused()).toHaveLength(1);
});

it('CASE-9: a referral without an answer comes up after 14 days, and not once it is answered', async () => {
  const referralId = randomUUID();
  const moved = (from: string, to: string) =>
    new ReferralMoved(referralId, mine.caseId, randomUUID(), null, from, to, null, '2026-03-02T22:30:00.000Z');
  const open = async () => (await worklist('upcoming')).filter((f) => f.reference === referralId);
  await happened(lotse, moved('draft', 'sent'));
  expect(await open()).toMatchObject([{ cause: 'referral_unanswered', dueOn: '2026-03-16' }]);
  await happened(lotse, moved('sent', 'waitlisted'));
  expect(await open()).toHaveLength(1);
  await happened(lotse, moved('waitlisted', 'accepted'));
  expect(await open()).toEqual([]);
  await happened(lotse, moved('draft', 'sent'), moved('sent', 'declined'));
  expect(await open()).toEqual([]);
  expect(await lotse.sql('select 1 from platform.parked_event')).toEqual([]);
});

it('CASE-7, CASE-9: open follow-ups go to the case manager who is responsible after a handover', async () => {
  const id = await note();
  await happened(
    lotse,
    new ResponsibilityHandedOver(
      mine.caseId,
      mine.caseId,
      missCm.subject,
      mrCm.subject,
      null,
      '2026-03-02T09:00:00.000Z',
    ),
  );
  expect((await worklist('upcoming', mrCm)).map((f) => f.id)).toContain(id);
  expect(await worklist('upcoming')).toEqual([]);
});

it('CASE-7, CASE-9: what a removed deputy had left to do goes to the responsible case manager', async () => {
  const { caseId } = await openCase(lotse, { client: null });
  const name = (deputy: string | null) => missCm.ok('put', `/v1/cases/${caseId}/deputy`, { deputy }, { ifMatch: '*' });
  const noted = async (assignee: string) =>
    (await missCm.ok('post', `/v1/cases/${caseId}/follow-ups`, { subject: 'x', dueOn: '2026-03-09', assignee }))
      .id as string;
  await name(teamLead.subject);
  const [left, done] = [await noted(teamLead.subject), await noted(teamLead.subject)];
  await missCm.ok('post', `/v1/follow-ups/${done}/completion`, {}, { ifMatch: 1 });
  await name(mrCm.subject);
  await lotse.settled();
  const assigneeOf = async (id: string) => (await missCm.ok('get', `/v1/follow-ups/${id}`)).assignee as string;
  expect(await assigneeOf(left)).toBe(missCm.subject);
  expect(await assigneeOf(done)).toBe(teamLead.subject);
  const next = await noted(mrCm.subject);
  await name(null);
  await lotse.settled();
  expect(await assigneeOf(next)).toBe(missCm.subject);
  // A deputy who becomes responsible keeps what they had.
  await name(mrCm.subject);
  const kept = await noted(mrCm.subject);
  const lead = await lotse.as('team-lead');
  await lead.ok(
    'post',
    `/v1/cases/${caseId}/handover`,
    { to: mrCm.subject, reason: 'Leave', team: 'employment' },
    { ifMatch: '*' },
  );
  await lotse.settled();
  for (const id of [left, next, kept])
    expect((await mrCm.ok('get', `/v1/follow-ups/${id}`)).assignee).toBe(mrCm.subject);
});

it('CASE-1: the account of a person decides who sees the own case, from that moment on', async () => {
  const newAccount = await lotse.asUser({ subject: `portal-${randomUUID()}`, tenantId, roles: ['client'] });
  const entries = `/v1/cases/${mine.caseId}/journal-entries`;
  expect([(await mrX.get(entries)).status, (await newAccount.get(entries)).status]).toEqual([200, 404]);
  const path = `/v1/persons/${mine.personId}`;
  const { version } = await missCm.get(path);
  await missCm.ok('patch', path, { portalSubject: newAccount.subject }, { ifMatch: version });
  expect([(await mrX.get(entries)).status, (await newAccount.get(entries)).status]).toEqual([404, 200]);
});

it('CASE-8, CASE-9: repeated with the same key, an entry and a follow-up are recorded once', async () => {
  for (const [list, body] of [
    ['journal-entries', { ...visit, text: 'Once' }],
    ['follow-ups', { subject: 'Once', dueOn: '2026-03-09' }],
  ] as const) {
    const path = `/v1/cases/${mine.caseId}/${list}`;
    const key = randomUUID();
    const [first, second] = await Promise.all([missCm.post(path, body, { key }), missCm.post(path, body, { key })]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect((await missCm.post(path, { ...body, on: '2026-02-01' }, { key })).status).toBe(422);
  }
});

it('CASE-8, CASE-9: a closed case takes documentation only, and no follow-ups', async () => {
  await missCm.ok(
    'post',
    `/v1/cases/${mine.caseId}/closure`,
    { reason: 'deceased', note: 'Died in hospital' },
    { ifMatch: '*' },
  );
  expect((await missCm.post(`/v1/cases/${mine.caseId}/journal-entries`, visit)).body.code).toBe('journal-closed');
  await write({ kind: 'documentation' });
  expect(
    (await missCm.post(`/v1/cases/${mine.caseId}/follow-ups`, { subject: 'x', dueOn: '2026-03-09' })).body.code,
  ).toBe('case-closed');
});
