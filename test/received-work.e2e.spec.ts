import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { planOf, race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { type PlannedCase, agreedPlan } from './support/plan-story';
import { openCase } from './support/story';

const TODAY = '2026-03-02';
const any = { ifMatch: '*' } as const;
const [home, other] = demoTenants;

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
/** Who answers for the other organisation, and a case manager there. */
let owner: ApiClient;
let stranger: ApiClient;
let theirAdmin: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(`${TODAY}T09:00:00.000Z`);
  [missCm, mrCm, stranger] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-cm'), lotse.as('stranger')]);
  owner = await lotse.asUser({ subject: randomUUID(), tenantId: other.id, roles: ['team_lead'], teams: ['a'] });
  theirAdmin = await lotse.asUser({ subject: randomUUID(), tenantId: other.id, roles: ['org_admin'] });
  await answering([{ team: null, subject: owner.subject }]);
});
afterAll(() => lotse?.close());
afterEach(() => lotse.at(`${TODAY}T09:00:00.000Z`));

async function answering(owners: { team: string | null; subject: string }[]): Promise<void> {
  const { version: _, ...policy } = await theirAdmin.ok('get', '/v1/work-policy');
  await theirAdmin.ok('put', '/v1/work-policy', { ...policy, owners }, any);
}
const release = async ({ caseId, personId }: PlannedCase, purpose: string, categories: string[]): Promise<string> =>
  (
    await missCm.ok('post', `/v1/cases/${caseId}/consents`, {
      personId,
      kind: 'disclosure',
      purpose,
      categories,
      recipients: [{ kind: 'organisation', id: other.id, name: other.name }],
      form: 'written',
      language: 'de',
      textVersion: 'release-2026-01',
      givenBy: { kind: 'client', name: 'X' },
      consequencesExplained: true,
      withdrawalExplained: true,
      evidence: { kind: 'scan', reference: 'file 2026/17, sheet 2' },
    })
  ).id as string;
type Sent = PlannedCase & { id: string; releaseId: string };
async function invited(more: object = {}): Promise<Sent> {
  const mrX = await agreedPlan(lotse, { as: 'miss-cm', client: 'mr-x' });
  const releaseId = await release(mrX, 'joint_steering', ['service_plan']);
  const terms = { organisationId: other.id, parts: ['plan'], contributions: [], purpose: 'Care and work.' };
  const path = `/v1/cases/${mrX.caseId}/joint-steerings`;
  const { id } = await missCm.ok('post', path, { ...terms, untilOn: '2026-06-30', ...more });
  return { ...mrX, id, releaseId };
}
async function offered(more: object = {}): Promise<Sent> {
  const mrX = await agreedPlan(lotse, { as: 'miss-cm', client: 'mr-x' });
  const categories = ['identity', 'situation'];
  const releaseId = await release(mrX, 'case_transfer', categories);
  const offer = {
    reason: 'Moved.',
    summary: 'Home again.',
    answerBy: '2026-03-31',
    organisationId: other.id,
    categories,
  };
  const { id } = await missCm.ok('post', `/v1/cases/${mrX.caseId}/transfers`, { ...offer, ...more });
  return { ...mrX, id, releaseId };
}

type Row = { id: string; caseId: string | null; cause: string; dueOn: string; reference: string; link: string };
/** What stands on a work list about an invitation or offer: cause and due date. */
const standing = async (reference: string, who: ApiClient, query = ''): Promise<string[][]> => {
  await lotse.settled();
  const { data } = await who.ok('get', `/v1/worklist?limit=200${query}`);
  return (data as Row[]).filter((row) => row.reference === reference).map(({ cause, dueOn }) => [cause, dueOn]);
};
const received = async (reference: string, who = owner): Promise<Row> => {
  await lotse.settled();
  const { data } = await who.ok('get', '/v1/worklist?limit=200');
  return (data as Row[]).find((row) => row.reference === reference)!;
};
const daily = async () => {
  await lotse.app.get(DailyJobs).runAll();
  await lotse.settled();
};

describe('an invitation to joint steering', () => {
  it('CASE-9, CASE-11: stands on the work list of who answers for the organisation, and waits at the sender', async () => {
    const { id, caseId } = await invited();
    expect(await standing(id, owner, '&waiting=false')).toEqual([['steering_invited', '2026-03-09']]);
    expect(await standing(id, stranger)).toEqual([]);
    expect(await standing(id, missCm, '&waiting=true')).toEqual([['steering_unanswered', '2026-03-09']]);
    const { id: followUp, ...row } = await received(id);
    expect(row).toMatchObject({ caseId: null, link: `/v1/steering-invitations/${id}`, subject: null });
    expect((await owner.get(row.link)).status).toBe(200);
    const found = await owner.get(`/v1/follow-ups/${followUp}`);
    expect(found.body).toMatchObject({ assignee: owner.subject, recordedBy: 'system:case.received-follow-ups' });
    expect(JSON.stringify(found.body)).not.toContain(caseId);
    const [sent] = (await missCm.ok('get', `/v1/cases/${caseId}/follow-ups?status=open`)).data.filter(
      ({ cause }: Row) => cause === 'steering_unanswered',
    );
    expect((await missCm.get(sent.link)).body.id).toBe(id);
  });

  it('CASE-11: closes itself on both sides with the acceptance', async () => {
    const { id } = await invited();
    const { id: followUp } = await received(id);
    await stranger.ok('post', `/v1/steering-invitations/${id}/acceptance`, {}, any);
    expect([await standing(id, owner), await standing(id, missCm)]).toEqual([[], []]);
    expect(await owner.ok('get', `/v1/follow-ups/${followUp}`)).toMatchObject({ status: 'closed' });
  });

  it('CASE-11: a no comes before whoever invited, until they have seen it or invite anew', async () => {
    const { id, caseId } = await invited();
    await stranger.ok('post', `/v1/steering-invitations/${id}/decline`, { reason: 'No room.' }, any);
    expect(await standing(id, owner)).toEqual([]);
    expect(await standing(id, missCm, '&waiting=false')).toEqual([['steering_not_taken_up', TODAY]]);
    const terms = { organisationId: other.id, parts: ['plan'], contributions: [], purpose: 'Again.' };
    await missCm.ok('post', `/v1/cases/${caseId}/joint-steerings`, { ...terms, untilOn: '2026-06-30' });
    expect(await standing(id, missCm)).toEqual([]);
  });

  it('CASE-11, CONS-2: closes itself when it is recalled, and when the release is withdrawn', async () => {
    const [recalled, withdrawn] = [await invited(), await invited()];
    await missCm.ok('post', `/v1/joint-steerings/${recalled.id}/recall`, { reason: 'Settled.' }, any);
    await missCm.ok('post', `/v1/consents/${withdrawn.releaseId}/withdrawal`, {}, any);
    for (const { id } of [recalled, withdrawn])
      expect([await standing(id, owner), await standing(id, missCm)]).toEqual([[], []]);
  });

  it('CASE-11: is due on its last day where that comes first; over unanswered, the sender learns of it', async () => {
    const { id } = await invited({ untilOn: '2026-03-04' });
    expect(await standing(id, owner)).toEqual([['steering_invited', '2026-03-04']]);
    lotse.at('2026-03-05T02:15:00.000Z');
    await daily();
    expect(await standing(id, owner)).toEqual([]);
    expect(await standing(id, missCm)).toEqual([['steering_not_taken_up', '2026-03-05']]);
  });
});

describe('an offered case', () => {
  it('CASE-12: stands on the work list of who answers for the organisation until the day to answer by', async () => {
    const { id } = await offered();
    expect(await standing(id, owner, '&waiting=false')).toEqual([['transfer_offered', '2026-03-31']]);
    expect(await received(id)).toMatchObject({ caseId: null, link: `/v1/transfer-offers/${id}` });
    expect(await standing(id, missCm, '&waiting=true')).toEqual([['transfer_unanswered', '2026-03-31']]);
    await stranger.ok('post', `/v1/transfer-offers/${id}/acceptance`, {}, any);
    expect([await standing(id, owner), await standing(id, missCm)]).toEqual([[], []]);
  });

  it('CASE-12: is withdrawn when nobody answers in time; the sender learns of it until the next offer', async () => {
    const { id, caseId } = await offered({ answerBy: '2026-03-04' });
    lotse.at('2026-03-04T22:59:00.000Z');
    await daily();
    expect(await standing(id, owner)).toEqual([['transfer_offered', '2026-03-04']]);
    lotse.at('2026-03-05T02:15:00.000Z');
    await Promise.all([daily(), daily()]);
    expect(await missCm.ok('get', `/v1/transfers/${id}`)).toMatchObject({
      status: 'withdrawn',
      steps: [{ status: 'proposed' }, { status: 'withdrawn', cause: 'time_over' }],
    });
    expect([await standing(id, owner), await standing(id, missCm)]).toEqual([
      [],
      [['transfer_not_taken_up', '2026-03-05']],
    ]);
    const offer = { reason: 'Moved.', summary: 'Home.', answerBy: '2026-03-31', caseManager: mrCm.subject };
    await missCm.ok('post', `/v1/cases/${caseId}/transfers`, offer);
    expect(await standing(id, missCm)).toEqual([]);
  });

  it('CASE-12: within the house it is the work of the colleague, with the case', async () => {
    const { caseId } = await openCase(lotse, { client: null });
    const offer = { reason: 'Moved.', summary: 'Home.', answerBy: '2026-03-20', caseManager: mrCm.subject };
    const { id } = await missCm.ok('post', `/v1/cases/${caseId}/transfers`, offer);
    expect(await standing(id, mrCm)).toEqual([['transfer_offered', '2026-03-20']]);
    expect(await received(id, mrCm)).toMatchObject({ caseId, link: `/v1/transfers/${id}` });
    expect(await standing(id, missCm)).toEqual([['transfer_unanswered', '2026-03-20']]);
    await mrCm.ok('post', `/v1/transfers/${id}/decline`, { reason: 'No room.' }, any);
    expect(await standing(id, mrCm)).toEqual([]);
    expect(await standing(id, missCm)).toEqual([['transfer_not_taken_up', TODAY]]);
    const { id: again } = await missCm.ok('post', `/v1/cases/${caseId}/transfers`, offer);
    await mrCm.ok('post', `/v1/transfers/${again}/acceptance`, {}, any);
    expect([await standing(again, mrCm), await standing(again, missCm)]).toEqual([[], []]);
  });
});

describe('who answers for the organisation', () => {
  afterEach(() => answering([{ team: null, subject: owner.subject }]));

  it('CASE-9: where nobody is named it waits, and comes up for who is named then; another takes over what is open', async () => {
    await answering([]);
    const { id } = await invited();
    expect([await standing(id, owner), await standing(id, stranger)]).toEqual([[], []]);
    await answering([{ team: 'a', subject: stranger.subject }]);
    expect(await standing(id, stranger)).toEqual([['steering_invited', '2026-03-09']]);
    await answering([
      { team: 'a', subject: stranger.subject },
      { team: null, subject: owner.subject },
    ]);
    expect([await standing(id, owner), await standing(id, stranger)]).toEqual([
      [['steering_invited', '2026-03-09']],
      [],
    ]);
  });

  it('CASE-9: what they have done or put off stays so, whatever else is received', async () => {
    const [done, later] = [await invited(), await invited()];
    const [one, two] = [await received(done.id), await received(later.id)];
    await owner.ok('post', `/v1/follow-ups/${one.id}/completion`, { note: 'Passed on to a colleague' }, { ifMatch: 1 });
    await owner.ok('post', `/v1/follow-ups/${two.id}/reschedule`, { dueOn: '2026-03-20' }, { ifMatch: 1 });
    await invited();
    expect(await standing(done.id, owner)).toEqual([]);
    expect(await standing(later.id, owner)).toEqual([['steering_invited', '2026-03-20']]);
  });

  it('CASE-9: nobody else completes it, not of the sender either; of two at once one is told', async () => {
    const { id } = await invited();
    const { id: followUp } = await received(id);
    for (const who of [stranger, missCm]) {
      expect((await who.get(`/v1/follow-ups/${followUp}`)).status).toBe(404);
      expect((await who.post(`/v1/follow-ups/${followUp}/completion`, {}, any)).status).toBe(404);
    }
    expect((await owner.post(`/v1/follow-ups/${followUp}/reschedule`, { dueOn: '2026-02-01' }, any)).status).toBe(422);
    await race(
      owner.post(`/v1/follow-ups/${followUp}/completion`, { note: 'A' }, { ifMatch: 1 }),
      owner.post(`/v1/follow-ups/${followUp}/reschedule`, { dueOn: '2026-04-01' }, { ifMatch: 1 }),
    );
  });

  it('CASE-9: who stands in for them while they are away has it too', async () => {
    const { id } = await invited();
    await received(id);
    await theirAdmin.ok('put', `/v1/staff/${stranger.subject}`, { displayName: 'Deputy' });
    await owner.ok('post', '/v1/absences', {
      subject: owner.subject,
      fromOn: TODAY,
      untilOn: '2026-03-10',
      deputy: stranger.subject,
    });
    expect(await standing(id, stranger)).toEqual([['steering_invited', '2026-03-09']]);
    const { id: followUp } = await received(id, stranger);
    await stranger.ok('post', `/v1/follow-ups/${followUp}/completion`, {}, any);
  });

  it('CASE-9: long overdue, it comes before the owner when it is with somebody else', async () => {
    const { id } = await invited();
    const { id: followUp } = await received(id);
    await lotse.sql('update cases.follow_up set assignee = $2 where id = $1', [followUp, stranger.subject]);
    lotse.at('2026-03-20T02:15:00.000Z');
    await daily();
    expect(await owner.ok('get', `/v1/follow-ups/${followUp}`)).toMatchObject({ escalatedTo: owner.subject });
  });
});

it('CASE-11: what reaches the organisation invited is an id, a kind and a state, and nobody else can put it there', async () => {
  const { id, caseId, personId } = await invited();
  const told = await lotse.sql<{ payload: object; text: string }>(
    `select payload, e::text as text from platform.event e where tenant_id = $1 and aggregate_id = $2`,
    [other.id, id],
  );
  expect(told.map(({ payload }) => payload)).toEqual([
    { aggregateId: id, caseId: null, kind: 'joint_steering', to: 'proposed' },
  ]);
  for (const kept of [caseId, personId, home.id]) expect(told[0]!.text).not.toContain(kept);
  await expect(
    planOf(
      lotse,
      `analyze insert into platform.event (tenant_id, id, type, aggregate_id, payload, actor, purpose, request_id, traceparent)
      values ('${other.id}', gen_random_uuid(), 'case.guest_access_changed', gen_random_uuid(), '{}', '', '', '', '')`,
    ),
  ).rejects.toThrow(/row-level security/);
});

it('what waits for an organisation is found by index under row-level security', async () => {
  await lotse.sql(
    `insert into platform.guest_access select '${home.id}', gen_random_uuid(), 1, 'joint_steering', gen_random_uuid(), '${other.id}', '{}', '{}', '{}',
       'ended', date '2026-01-01', date '2026-02-01', now() from generate_series(1, 3000)`,
  );
  await lotse.sql('analyze platform.guest_access');
  const plan = await planOf(
    lotse,
    `select id from platform.guest_access g where g.guest_tenant_id = '${home.id}' and g.status = 'proposed' and g.until_on >= date '2026-03-01'`,
  );
  expect(plan).toMatch(/guest_access_waiting/);
  expect(plan).not.toMatch(/Seq Scan/);
});
