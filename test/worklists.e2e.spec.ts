import { randomUUID } from 'node:crypto';
import { AssessmentCompleted, AssessmentStarted } from '../src/modules/assessment/events';
import { PhaseChanged } from '../src/modules/case/events';
import { EvaluationRecorded, PlanAgreed, PlanRevised, ReferralMoved } from '../src/modules/service-plan/events';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { eventTypes, happened, planOf, race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { openCase, openUnagreedCase, toPhase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let teamLead: ApiClient;
let admin: ApiClient;
const tenantId = demoTenants[0].id;
const at = '2026-03-02T09:00:00.000Z';
const anyVersion = { ifMatch: '*' } as const;

beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(at);
  missCm = await lotse.as('miss-cm');
  teamLead = await lotse.as('team-lead');
  admin = await lotse.as('org-admin');
});
beforeEach(() => lotse.at(at));
afterAll(() => lotse?.close());

type Row = {
  id: string;
  caseId: string;
  cause: string | null;
  dueOn: string;
  link: string;
  escalatedTo: string | null;
};
/** What is open in a case on the work list, as cause and due date. */
const open = async (caseId: string, query = '', who = missCm) => {
  await lotse.settled();
  const { data } = await who.ok('get', `/v1/worklist?limit=200${query}`);
  return (data as Row[]).filter((row) => row.caseId === caseId).map(({ cause, dueOn }) => [cause, dueOn]);
};
const linksOf = async (caseId: string) =>
  ((await missCm.ok('get', `/v1/cases/${caseId}/follow-ups?status=open`)).data as Row[]).map(({ link }) => link);
const journal = (caseId: string, kind: string, on: string) =>
  missCm.ok('post', `/v1/cases/${caseId}/journal-entries`, {
    kind,
    function: 'support',
    participants: [],
    minutes: 5,
    costCents: 0,
    on,
    text: 'Spoke',
  });

it('CASE-5, CASE-9: a case without an agreement comes up until it is signed; then the next contact does', async () => {
  const { caseId } = await openUnagreedCase(lotse, { client: null });
  expect(await open(caseId)).toEqual([['agreement_missing', '2026-03-16']]);
  expect(await linksOf(caseId)).toEqual([`/v1/cases/${caseId}`]);
  const agreed = await openCase(lotse, { client: null });
  expect(await open(agreed.caseId)).toEqual([['no_contact', '2026-04-01']]);
});

it('CASE-8, CASE-9: a contact puts off the next; documentation, and an entry recorded late, do not', async () => {
  const { caseId } = await openCase(lotse, { client: null });
  expect(await open(caseId)).toEqual([['no_contact', '2026-04-01']]);
  lotse.at('2026-03-20T09:00:00.000Z');
  await journal(caseId, 'documentation', '2026-03-20');
  await journal(caseId, 'contact_phone', '2026-02-01');
  expect(await open(caseId)).toEqual([['no_contact', '2026-04-01']]);
  await journal(caseId, 'home_visit', '2026-03-18');
  expect(await open(caseId)).toEqual([['no_contact', '2026-04-17']]);
  lotse.at('2026-04-18T09:00:00.000Z');
  expect(await open(caseId, '&due=overdue')).toEqual([['no_contact', '2026-04-17']]);
});

it('CASE-9, CASE-10: a suspended case comes up on its day and not before; a closed one not at all', async () => {
  const { caseId } = await openCase(lotse, { client: null });
  await missCm.ok('post', `/v1/cases/${caseId}/suspension`, { reason: 'Rehab', resubmitOn: '2026-06-01' }, anyVersion);
  expect(await open(caseId)).toEqual([['case_resubmission', '2026-06-01']]);
  await journal(caseId, 'contact_phone', '2026-03-02');
  expect(await open(caseId)).toEqual([['case_resubmission', '2026-06-01']]);
  await missCm.ok('post', `/v1/cases/${caseId}/resumption`, {}, anyVersion);
  expect(await open(caseId)).toEqual([['no_contact', '2026-04-01']]);
  await happened(lotse, new AssessmentStarted(randomUUID(), caseId, '2026-03-02', '2026-03-30', at));
  await missCm.ok('post', `/v1/cases/${caseId}/closure`, { reason: 'deceased', note: 'Died.' }, anyVersion);
  expect(await open(caseId)).toEqual([]);
  expect(await lotse.sql('select 1 from platform.parked_event')).toEqual([]);
});

it('ASMT-3, PLAN-8, CASE-9: an assessment that overruns and a missing evaluation come up until they are there', async () => {
  const { caseId, personId } = await openCase(lotse, { client: null });
  const id = randomUUID();
  await happened(lotse, new AssessmentStarted(id, caseId, '2026-03-02', '2026-03-12', at));
  lotse.at('2026-03-13T09:00:00.000Z');
  expect(await open(caseId, '&due=overdue')).toEqual([['assessment_overrun', '2026-03-12']]);
  expect(await linksOf(caseId)).toContain(`/v1/assessments/${id}`);
  await happened(
    lotse,
    new AssessmentCompleted(
      id,
      caseId,
      '2026-03-02',
      '2026-03-12',
      '2026-03-13',
      [],
      [],
      [],
      true,
      [],
      true,
      '2026-03-13',
      at,
      [],
      personId,
    ),
  );
  expect(await open(caseId, '&due=overdue')).toEqual([]);
  await missCm.ok(
    'post',
    `/v1/cases/${caseId}/unreachability`,
    { since: '2026-03-10', attempts: 'Three calls.' },
    anyVersion,
  );
  await toPhase(lotse, { caseId, phase: 'evaluation' });
  expect(await open(caseId)).toEqual([
    ['evaluation_missing', '2026-03-27'],
    ['no_contact', '2026-04-01'],
  ]);
  await happened(lotse, new EvaluationRecorded(randomUUID(), caseId, ['client'], [], '2026-06-10', null, at));
  expect(await open(caseId)).toEqual([['no_contact', '2026-04-01']]);
});

it('CASE-9: what waits for others is a list of its own, and own notes may stand on it', async () => {
  const { caseId } = await openCase(lotse, { client: null });
  const referralId = randomUUID();
  await happened(lotse, new ReferralMoved(referralId, caseId, randomUUID(), null, 'draft', 'sent', null, at));
  const note = { subject: 'Certificate of the doctor', dueOn: '2026-03-02', waitsForOthers: true };
  const { id } = await missCm.ok('post', `/v1/cases/${caseId}/follow-ups`, note);
  await missCm.ok('post', `/v1/cases/${caseId}/follow-ups`, { subject: 'Mine', dueOn: '2026-03-02' });
  expect(await open(caseId, '&waiting=true')).toEqual([
    [null, '2026-03-02'],
    ['referral_unanswered', '2026-03-16'],
  ]);
  expect(await linksOf(caseId)).toContain(`/v1/referrals/${referralId}`);
  expect(await open(caseId, '&due=today&waiting=false')).toEqual([[null, '2026-03-02']]);
  expect((await missCm.ok('get', `/v1/follow-ups/${id}`)).waitsForOthers).toBe(true);
  const first = (await missCm.get('/v1/worklist?waiting=true&limit=1')).body;
  expect((await missCm.get(`/v1/worklist?waiting=false&limit=1&cursor=${first.page.next}`)).body.code).toBe(
    'cursor-invalid',
  );
});

it('PLAN-3, CASE-9: a plan nobody has signed comes up, the first as well as a changed one', async () => {
  const { caseId } = await openCase(lotse, { client: null });
  const planId = randomUUID();
  const agreed = (edition: number) =>
    new PlanAgreed(planId, caseId, edition, '2026-03-02', '2026-03-02', '2026-03-02', '2026-09-02', [], at);
  const unsigned = async (id: string) =>
    (await open(id)).filter(([cause]) => cause === 'plan_unsigned').map(([, dueOn]) => dueOn);
  await happened(lotse, new PhaseChanged(caseId, caseId, 'assessment', 'service_planning', at));
  expect(await unsigned(caseId)).toEqual(['2026-03-30']);
  expect(await linksOf(caseId)).toContain(`/v1/cases/${caseId}`);
  await happened(lotse, agreed(1));
  expect(await unsigned(caseId)).toEqual([]);
  await happened(lotse, new PlanRevised(planId, caseId, 2, '2026-03-05T09:00:00.000Z'));
  expect(await unsigned(caseId)).toEqual(['2026-04-02']);
  expect(await linksOf(caseId)).toContain(`/v1/service-plans/${planId}`);
  await happened(lotse, agreed(2), new PhaseChanged(caseId, caseId, 'monitoring', 'service_planning', at));
  expect(await unsigned(caseId)).toEqual(['2026-03-30']);
  await happened(lotse, new PhaseChanged(caseId, caseId, 'service_planning', 'assessment', at));
  expect(await unsigned(caseId)).toEqual([]);
});

it('PLAN-4, CASE-9: an invitation waits for others until every answer is there, or the conference is over', async () => {
  const { caseId } = await openCase(lotse, { client: 'mr-x' });
  const plan = async (plannedOn: string) =>
    (await missCm.ok('post', `/v1/cases/${caseId}/conferences`, { kind: 'aid', plannedOn, agenda: ['Help'] }))
      .id as string;
  const invite = (id: string, subject: string) =>
    missCm.ok(
      'post',
      `/v1/conferences/${id}/invitations`,
      { recipient: { kind: 'person', id: subject, name: 'Insider' }, role: 'Client', categories: ['situation'] },
      anyVersion,
    );
  const waiting = () => open(caseId, '&waiting=true');
  const id = await plan('2026-03-20');
  await invite(id, missCm.subject);
  await invite(id, (await lotse.as('mr-x')).subject);
  expect(await waiting()).toEqual([['invitation_unanswered', '2026-03-09']]);
  expect(await linksOf(caseId)).toContain(`/v1/conferences/${id}`);
  const { invitations } = await missCm.ok('get', `/v1/conferences/${id}`);
  const [first, second] = (invitations as { id: string; answer: null }[]).map((one) => one.id);
  const answer = (invitation: string, body: object, ifMatch: number | '*' = '*', who = missCm) =>
    who.post(`/v1/conferences/${id}/invitations/${invitation}/answer`, body, { ifMatch });
  const { version } = await missCm.get(`/v1/conferences/${id}`);
  const replies = [answer(first!, { answer: 'accepted' }, version), answer(first!, { answer: 'declined' }, version)];
  await race(replies[0]!, replies[1]!);
  await answer(first!, { answer: 'declined', note: 'In rehabilitation' });
  expect(await waiting()).toHaveLength(1);
  expect(
    (await answer(second!, { answer: 'perhaps', note: 7 })).body.errors.map((e: { pointer: string }) => e.pointer),
  ).toEqual(expect.arrayContaining(['#/answer', '#/note']));
  expect((await answer(randomUUID(), { answer: 'accepted' })).status).toBe(404);
  for (const key of ['mr-cm', 'stranger'])
    expect((await answer(second!, { answer: 'accepted' }, '*', await lotse.as(key))).status).toBe(404);
  await answer(second!, { answer: 'accepted' });
  expect(await waiting()).toEqual([]);
  expect((await missCm.ok('get', `/v1/conferences/${id}`)).invitations).toMatchObject([
    { answer: { answer: 'declined', note: 'In rehabilitation', by: missCm.subject, at } },
    { answer: { answer: 'accepted', note: null } },
  ]);
  const soon = await plan('2026-03-04');
  await invite(soon, missCm.subject);
  expect(await waiting()).toEqual([['invitation_unanswered', '2026-03-04']]);
  await missCm.ok('post', `/v1/conferences/${soon}/cancellation`, { reason: 'Ill' }, anyVersion);
  expect(await waiting()).toEqual([]);
  const held = await plan('2026-03-02');
  await invite(held, missCm.subject);
  expect(await waiting()).toHaveLength(1);
  const minutes = { heldOn: '2026-03-02', participants: ['Miss CM'], minutes: 'Short.', decisions: [] };
  await missCm.ok('post', `/v1/conferences/${held}/minutes`, minutes, anyVersion);
  expect(await waiting()).toEqual([]);
});

it('CASE-9: what is overdue for long is brought before the owner of the team, once', async () => {
  const daily = () => lotse.app.get(DailyJobs).runAll();
  const { caseId } = await openCase(lotse, { client: null });
  const note = async () =>
    (await missCm.ok('post', `/v1/cases/${caseId}/follow-ups`, { subject: 'x', dueOn: '2026-03-02' })).id as string;
  const [left, done] = [await note(), await note()];
  await missCm.ok('post', `/v1/follow-ups/${done}/completion`, {}, anyVersion);
  const escalated = async (who: ApiClient) =>
    ((await who.ok('get', '/v1/worklist/escalated?limit=200')).data as Row[])
      .filter((row) => row.caseId === caseId)
      .map(({ id }) => id);
  lotse.at('2026-03-10T02:15:00.000Z');
  await daily();
  expect(await escalated(teamLead)).toEqual([]);
  const { version, ...policy } = await missCm.ok('get', '/v1/work-policy');
  const owners = [
    { team: 'hospital', subject: teamLead.subject },
    { team: null, subject: admin.subject },
  ];
  await admin.ok('put', '/v1/work-policy', { ...policy, owners }, { ifMatch: version });
  lotse.at('2026-03-09T02:15:00.000Z');
  await daily();
  expect(await escalated(teamLead)).toEqual([]);
  lotse.at('2026-03-10T02:15:00.000Z');
  await daily();
  expect(await escalated(teamLead)).toEqual([left]);
  expect(await escalated(missCm)).toEqual([]);
  expect(await teamLead.ok('get', `/v1/follow-ups/${left}`)).toMatchObject({
    assignee: missCm.subject,
    escalatedTo: teamLead.subject,
    escalatedOn: '2026-03-10',
    status: 'open',
  });
  lotse.at('2026-03-11T02:15:00.000Z');
  await daily();
  await missCm.ok('post', `/v1/follow-ups/${left}/reschedule`, { dueOn: '2026-03-12' }, anyVersion);
  lotse.at('2026-03-30T02:15:00.000Z');
  await Promise.all([daily(), daily()]);
  expect(await eventTypes(lotse, left)).toEqual(['case.follow_up_escalated']);
  await missCm.ok('post', `/v1/follow-ups/${left}/completion`, {}, anyVersion);
  expect(await escalated(teamLead)).toEqual([]);
});

it('CASE-9: nobody is told of their own overdue work: it goes one step further', async () => {
  const { caseId } = await openCase(lotse, { client: null });
  const { version, ...policy } = await missCm.ok('get', '/v1/work-policy');
  const owners = [
    { team: 'hospital', subject: missCm.subject },
    { team: null, subject: admin.subject },
  ];
  await admin.ok('put', '/v1/work-policy', { ...policy, owners }, { ifMatch: version });
  const { id } = await missCm.ok('post', `/v1/cases/${caseId}/follow-ups`, { subject: 'x', dueOn: '2026-03-02' });
  lotse.at('2026-03-10T02:15:00.000Z');
  await lotse.app.get(DailyJobs).runAll();
  expect((await missCm.ok('get', `/v1/follow-ups/${id}`)).escalatedTo).toBe(admin.subject);
});

it('CASE-9: every work list is one index scan under row-level security', async () => {
  await lotse.sql(
    `insert into cases.follow_up (tenant_id, id, version, case_id, assignee, due_on, subject, status, moves, recorded_by, recorded_at,
       waits_for_others, escalated_to)
     select $1, gen_random_uuid(), 1, gen_random_uuid(), 'somebody-' || n % 500, date '2026-01-01' + n % 300, 'x', 'open', '[]', 'test', now(),
       n % 7 = 0, case when n % 11 = 0 then 'owner-' || n % 100 end
     from generate_series(1, 20000) n`,
    [tenantId],
  );
  await lotse.sql('analyze cases.follow_up');
  const plan = (condition: string) =>
    planOf(
      lotse,
      `select id from cases.follow_up f where f.tenant_id = '${tenantId}' and f.status = 'open' and ${condition}
       and (f.due_on, f.id) > (date '2026-03-01', '${randomUUID()}'::uuid) order by f.due_on, f.id limit 51`,
    );
  for (const [condition, index] of [
    [`f.assignee = 'somebody-7' and f.due_on < date '2026-06-01'`, 'follow_up_worklist'],
    [`f.assignee = 'somebody-7' and f.waits_for_others = true`, 'follow_up_waiting'],
    [`f.escalated_to = 'owner-33'`, 'follow_up_escalated'],
  ] as const) {
    const text = await plan(condition);
    expect(text).toMatch(new RegExp(`${index}.*Index Cond:.*ROW\\(due_on, id\\) > ROW`, 's'));
    expect(text).not.toContain('Sort');
  }
});
