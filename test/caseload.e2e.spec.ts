import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { planOf, pointers } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { indicatedRequest, openCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let teamLead: ApiClient;
let admin: ApiClient;
let stranger: ApiClient;
const tenantId = demoTenants[0].id;
const anyVersion = { ifMatch: '*' } as const;

beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  missCm = await lotse.as('miss-cm');
  teamLead = await lotse.as('team-lead');
  admin = await lotse.as('org-admin');
  stranger = await lotse.as('stranger');
});
beforeEach(() => lotse.at('2026-03-02T09:00:00.000Z'));
afterAll(() => lotse?.close());

/** A case manager nobody else uses, on record. */
const caseManager = async (record: object = {}, team = 'hospital') => {
  const who = await lotse.asUser({ subject: randomUUID(), tenantId, roles: ['case_manager'], teams: [team] });
  await admin.ok('put', `/v1/staff/${who.subject}`, { displayName: 'New CM', team, ...record });
  return who;
};
/** A case of `who`, not yet agreed. */
const caseOf = async (who: ApiClient, intensity = 1) => {
  const { requestId } = await indicatedRequest(lotse, { client: null });
  return (await who.ok('post', '/v1/cases', { requestId, intensity })).id as string;
};
const caseload = async (who: ApiClient, reader = missCm) => reader.ok('get', `/v1/staff/${who.subject}/caseload`);
const STARTING = {
  caseloadLimit: 40,
  weights: [1, 2, 3, 4, 5],
  bands: [
    { band: 'free', upToPercent: 80 },
    { band: 'full', upToPercent: 100 },
    { band: 'over', upToPercent: null },
  ],
  owners: [] as { team: string | null; subject: string }[],
  days: {
    agreement: 14,
    referralAnswer: 14,
    contact: 30,
    plan: 28,
    invitationAnswer: 7,
    evaluation: 14,
    consentEnding: 30,
    escalation: 7,
  },
};

describe('caseload', () => {
  afterAll(() => admin.ok('put', '/v1/work-policy', STARTING, anyVersion));

  it('CASE-7: the organisation sets limit, weights and bands; the head decides, with the version last seen', async () => {
    const { body, version } = await missCm.get('/v1/work-policy');
    expect([body, version]).toEqual([{ version: 0, ...STARTING }, 0]);
    const terms = { ...STARTING, caseloadLimit: 10, weights: [1, 2, 4, 6, 10] };
    expect((await missCm.put('/v1/work-policy', terms, { ifMatch: 0 })).status).toBe(403);
    expect((await teamLead.put('/v1/work-policy', terms, { ifMatch: 0 })).body.code).toBe('organisation-decides');
    expect((await admin.put('/v1/work-policy', terms)).status).toBe(428);
    const two = await Promise.all(
      [10, 12].map((caseloadLimit) => admin.put('/v1/work-policy', { ...terms, caseloadLimit }, { ifMatch: 0 })),
    );
    expect(two.map(({ status }) => status).sort()).toEqual([200, 412]);
    await admin.ok('put', '/v1/work-policy', terms, { ifMatch: 1 });
    expect((await missCm.get('/v1/work-policy')).body).toEqual({ version: 2, ...terms });
    expect((await stranger.get('/v1/work-policy')).body).toEqual({ version: 0, ...STARTING });
    const wrong = await admin.put(
      '/v1/work-policy',
      {
        caseloadLimit: 0,
        weights: [1, 2],
        bands: [{ band: 'Free!', upToPercent: 0 }],
        owners: [],
        days: STARTING.days,
      },
      { ifMatch: 2 },
    );
    expect(pointers(wrong)).toEqual(['#/bands/0/band', '#/bands/0/upToPercent', '#/caseloadLimit', '#/weights']);
    const falling = await admin.put('/v1/work-policy', { ...terms, weights: [2, 1, 1, 1, 1] }, { ifMatch: 2 });
    expect(pointers(falling)).toEqual(['#/weights/1']);
  });

  it('CASE-7: weighted by intensity, against the limit of the organisation or the own one; suspended cases count in full', async () => {
    await admin.ok('put', '/v1/work-policy', { ...STARTING, caseloadLimit: 10, weights: [1, 2, 4, 6, 10] }, anyVersion);
    const who = await caseManager();
    const other = await caseManager({ caseloadLimit: 20 });
    const light = await caseOf(who, 2);
    const heavy = await caseOf(who, 3);
    expect(await caseload(who, who)).toEqual({
      subject: who.subject,
      limit: 10,
      limitOf: 'organisation',
      load: 6,
      band: 'free',
      cases: 2,
      carried: [
        { caseId: light, phase: 'clarification', status: 'active', intensity: 2, weight: 2, overLimit: null },
        { caseId: heavy, phase: 'clarification', status: 'active', intensity: 3, weight: 4, overLimit: null },
      ],
    });
    await who.ok('post', `/v1/cases/${light}/suspension`, { reason: 'Rehab', resubmitOn: '2026-06-01' }, anyVersion);
    expect(await caseload(who)).toMatchObject({ load: 6, cases: 2, carried: [] });
    expect((await caseload(who, teamLead)).carried).toHaveLength(2);
    expect((await caseload(who, admin)).carried).toEqual([]);
    expect(await caseload(other)).toMatchObject({ limit: 20, limitOf: 'person', load: 0, band: 'free', carried: [] });

    const refused = await who.put(`/v1/cases/${heavy}/intensity`, { intensity: 5 }, anyVersion);
    expect(refused.body).toMatchObject({ code: 'caseload-exceeded', limit: 10, load: 6, weight: 6 });
    const own = await who.put(`/v1/cases/${heavy}/intensity`, { intensity: 5, overLimitReason: 'I can.' }, anyVersion);
    expect(own.body.code).toBe('caseload-exceeded');
    const overLimitReason = 'Only she speaks Polish.';
    await teamLead.ok('put', `/v1/cases/${heavy}/intensity`, { intensity: 5, overLimitReason }, anyVersion);
    expect(await caseload(who, who)).toMatchObject({
      load: 12,
      band: 'over',
      carried: [
        { caseId: light, status: 'suspended', overLimit: null },
        {
          caseId: heavy,
          weight: 10,
          overLimit: { reason: overLimitReason, by: teamLead.subject, at: '2026-03-02T09:00:00.000Z' },
        },
      ],
    });
    await who.ok('put', `/v1/cases/${heavy}/intensity`, { intensity: 1 }, anyVersion);
    expect(await caseload(who)).toMatchObject({ load: 3, band: 'free' });
  });

  it('CASE-7: who has room is found by team and band', async () => {
    await admin.ok('put', '/v1/work-policy', { ...STARTING, caseloadLimit: 4 }, anyVersion);
    const [free, full] = [await caseManager({}, 'night'), await caseManager({}, 'night')];
    await caseOf(full, 4);
    const subjects = async (query: string) =>
      (await missCm.ok('get', `/v1/caseloads?team=night${query}`)).data.map((row: { subject: string }) => row.subject);
    expect(await subjects('')).toEqual([free.subject, full.subject].sort());
    expect(await subjects('&band=free')).toEqual([free.subject]);
    expect(await subjects('&band=full')).toEqual([full.subject]);
    expect(await subjects('&band=over')).toEqual([]);
    expect((await stranger.get('/v1/caseloads')).body.data).toEqual([]);
    expect((await (await lotse.as('mr-x')).get('/v1/caseloads')).status).toBe(403);
    expect((await stranger.get(`/v1/staff/${full.subject}/caseload`)).body).toMatchObject({ limit: 40, load: 0 });
  });

  it('CASE-7: the sum is one index scan under row-level security', async () => {
    await openCase(lotse, { client: null });
    await lotse.sql(
      `insert into cases.case select tenant_id, gen_random_uuid(), 1, gen_random_uuid(), gen_random_uuid(), field_of_practice, phase,
         case when n % 3 = 0 then 'active' else 'closed' end, 1 + n % 5, 'cm-' || n % 200, null, 'seeded', '{}', opened_at, agreed_on, agreements,
         phases, milestones, running_measures, responsibilities, members, informed_parties, suspension, closing, closure, reopenings
       from (select * from cases.case where tenant_id = $1 limit 1) c, generate_series(1, 10000) n`,
      [tenantId],
    );
    await lotse.sql('analyze cases.case');
    const plan = await planOf(
      lotse,
      `select sum(c.intensity) from cases.case c where c.tenant_id = '${tenantId}' and c.responsible = 'cm-7' collate "default" and c.status <> 'closed'`,
    );
    expect(plan).toMatch(/case_carried.*Index Cond:.*responsible/s);
    expect(plan).not.toContain('Seq Scan');
    await lotse.sql(`delete from cases.case where team = 'seeded'`);
  });
});

describe('absence', () => {
  const span = { fromOn: '2026-03-09', untilOn: '2026-03-13' };
  const during = () => lotse.at('2026-03-10T09:00:00.000Z');
  const standIn = async () => ({
    absent: await caseManager(),
    deputy: await caseManager(),
    third: await caseManager(),
  });
  const note = (who: ApiClient, body: object) => who.post('/v1/absences', { ...span, ...body });
  const noted = async (who: ApiClient, body: object) =>
    (await who.ok('post', '/v1/absences', { ...span, ...body })).id as string;
  const listed = async (who: ApiClient, path: string) =>
    (await who.ok('get', path)).data
      // Not what events made meanwhile.
      .filter((row: { cause?: string | null }) => !row.cause)
      .map(({ id }: { id: string }) => id) as string[];

  it('CASE-7: who stands in works on the cases for exactly that time, and no longer than until the recall', async () => {
    const { absent, deputy, third } = await standIn();
    const [one, other] = [await caseOf(absent), await caseOf(absent)];
    const followUp = async (caseId: string) =>
      (await absent.ok('post', `/v1/cases/${caseId}/follow-ups`, { subject: 'x', dueOn: '2026-03-20' })).id as string;
    const [first, second] = [await followUp(one), await followUp(other)];
    const id = await noted(absent, { deputy: deputy.subject, cases: [{ caseId: other, deputy: third.subject }] });
    const sees = async (who: ApiClient) => [
      (await who.get(`/v1/cases/${one}`)).status,
      (await who.get(`/v1/cases/${other}`)).status,
    ];
    expect([await sees(deputy), await listed(deputy, '/v1/cases'), await listed(deputy, '/v1/worklist')]).toEqual([
      [404, 404],
      [],
      [],
    ]);
    during();
    expect([await sees(deputy), await sees(third), await sees(stranger)]).toEqual([
      [200, 404],
      [404, 200],
      [404, 404],
    ]);
    expect([await listed(deputy, '/v1/cases'), await listed(third, '/v1/cases')]).toEqual([[one], [other]]);
    expect([await listed(deputy, '/v1/worklist'), await listed(third, '/v1/worklist')]).toEqual([[first], [second]]);
    expect(await listed(absent, '/v1/worklist')).toEqual([first, second]);
    // Work: on the case, in other modules, on the work list.
    await deputy.ok('post', `/v1/cases/${one}/follow-ups`, { subject: 'y', dueOn: '2026-03-21' });
    expect((await deputy.post(`/v1/cases/${other}/follow-ups`, { subject: 'y', dueOn: '2026-03-21' })).status).toBe(
      404,
    );
    await deputy.ok('put', `/v1/cases/${one}/intensity`, { intensity: 2 }, anyVersion);
    expect((await deputy.put(`/v1/cases/${other}/intensity`, { intensity: 2 }, anyVersion)).status).toBe(404);
    expect((await deputy.get(`/v1/cases/${one}/consents`)).status).toBe(200);
    expect((await deputy.get(`/v1/cases/${other}/consents`)).body.data ?? []).toEqual([]);
    await third.ok('post', `/v1/follow-ups/${second}/completion`, {}, anyVersion);
    expect((await deputy.get(`/v1/follow-ups/${second}`)).status).toBe(404);
    // A case that comes to the absent one meanwhile has somebody at once; one handed on is no business of the deputy any more.
    const { requestId } = await indicatedRequest(lotse, { client: null });
    const late = await teamLead.ok('post', '/v1/cases', { requestId, responsible: absent.subject, team: 'hospital' });
    expect((await deputy.get(`/v1/cases/${late.id}`)).status).toBe(200);
    await teamLead.ok('post', `/v1/cases/${late.id}/handover`, { to: third.subject, reason: 'Leave.' }, anyVersion);
    expect((await deputy.get(`/v1/cases/${late.id}`)).status).toBe(404);

    lotse.at('2026-03-14T00:00:00.000Z');
    expect([await sees(deputy), await listed(deputy, '/v1/worklist')]).toEqual([[404, 404], []]);
    during();
    await absent.ok('post', `/v1/absences/${id}/recall`, {}, { ifMatch: 1 });
    expect([await sees(deputy), await sees(third)]).toEqual([
      [404, 404],
      [404, 404],
    ]);
    expect((await absent.post(`/v1/absences/${id}/recall`, {}, { ifMatch: 2 })).body.code).toBe('absence-over');
    expect((await absent.get(`/v1/absences/${id}`)).body).toMatchObject({
      status: 'recalled',
      steps: [{ step: 'noted' }, { step: 'recalled', by: absent.subject }],
    });
  });

  it('CASE-7: nothing waits unseen: without a deputy the owner of the team stands in, visibly, or the absence is refused', async () => {
    const absent = await caseManager();
    const caseId = await caseOf(absent);
    expect((await note(absent, {})).body.code).toBe('deputy-missing');
    const owners = [{ team: 'hospital', subject: teamLead.subject }];
    await admin.ok('put', '/v1/work-policy', { ...STARTING, owners }, anyVersion);
    const reply = await note(absent, {});
    expect([reply.status, reply.body.warnings[0].code]).toEqual([201, 'owner-stands-in']);
    expect((await missCm.get(reply.headers.location!)).body).toMatchObject({
      deputy: teamLead.subject,
      deputyBy: 'owner',
    });
    await absent.ok('post', `/v1/cases/${caseId}/follow-ups`, { subject: 'x', dueOn: '2026-03-20' });
    during();
    expect(await listed(teamLead, '/v1/worklist')).toHaveLength(1);
    await admin.ok('put', '/v1/work-policy', STARTING, anyVersion);
  });

  it('CASE-7: nobody stands in who is absent too, and nobody leaves whom others rely on', async () => {
    const { absent, deputy, third } = await standIn();
    const id = await noted(absent, { deputy: deputy.subject });
    expect(
      (await note(absent, { deputy: third.subject, fromOn: '2026-03-13', untilOn: '2026-03-16' })).body,
    ).toMatchObject({
      code: 'absence-overlaps',
      absenceId: id,
    });
    expect((await note(deputy, { deputy: third.subject })).body).toMatchObject({
      code: 'stands-in-for-others',
      absenceIds: [id],
    });
    expect((await note(third, { deputy: absent.subject })).body).toMatchObject({
      code: 'deputy-absent',
      deputies: [absent.subject],
    });
    await absent.ok('put', `/v1/absences/${id}`, { ...span, deputy: third.subject }, { ifMatch: 1 });
    during();
    const caseId = await caseOf(absent);
    expect([(await deputy.get(`/v1/cases/${caseId}`)).status, (await third.get(`/v1/cases/${caseId}`)).status]).toEqual(
      [404, 200],
    );
    lotse.at('2026-03-02T09:00:00.000Z');
    // At once: of two who would stand in for each other one is refused.
    const [a, b] = [await caseManager(), await caseManager()];
    const replies = await Promise.all([note(a, { deputy: b.subject }), note(b, { deputy: a.subject })]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('CASE-7: one notes the own absence, the team lead that of the team; every wrong field is named', async () => {
    const { absent, deputy, third } = await standIn();
    const elsewhere = await caseManager({}, 'elsewhere');
    expect((await note(deputy, { subject: absent.subject, deputy: deputy.subject })).body.code).toBe(
      'absence-needs-team-lead',
    );
    expect((await note(teamLead, { subject: elsewhere.subject, deputy: deputy.subject })).status).toBe(403);
    const key = randomUUID();
    const body = { ...span, subject: absent.subject, deputy: deputy.subject };
    const [one, again] = [
      await teamLead.post('/v1/absences', body, { key }),
      await teamLead.post('/v1/absences', body, { key }),
    ];
    expect([one.status, again.body]).toEqual([201, one.body]);
    const path = `/v1/absences/${one.body.id}`;
    expect((await deputy.post(`${path}/recall`, {}, anyVersion)).status).toBe(403);
    for (const who of [stranger]) {
      expect((await who.get(path)).status).toBe(404);
      expect((await who.put(path, { ...span, deputy: 'x' }, anyVersion)).status).toBe(404);
      expect((await who.post(`${path}/recall`, {}, anyVersion)).status).toBe(404);
    }
    expect(await listed(missCm, `/v1/absences?subject=${absent.subject}`)).toEqual([one.body.id]);
    const both = await Promise.all(
      [deputy, third].map(({ subject }) => teamLead.put(path, { ...span, deputy: subject }, { ifMatch: 1 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const wrong = await third.post('/v1/absences', {
      ...span,
      deputy: 'nobody',
      cases: [{ caseId: randomUUID(), deputy: 'nobody' }],
    });
    expect(pointers(wrong)).toEqual(['#/cases/0/caseId', '#/cases/0/deputy', '#/deputy']);
    expect(
      pointers(await note(third, { deputy: deputy.subject, fromOn: '2026-04-02', untilOn: '2026-04-01' })),
    ).toEqual(['#/untilOn']);
    expect(pointers(await note(third, { fromOn: 'soon', untilOn: '' }))).toEqual(['#/fromOn', '#/untilOn']);
  });
});

it('CASE-7: a team lead keeps the records of the own teams, so that nobody is claimed to stand in for', async () => {
  const nightLead = await lotse.asUser({ subject: randomUUID(), tenantId, roles: ['team_lead'], teams: ['night'] });
  const put = (who: ApiClient, subject: string, team: string | null, ifMatch?: '*') =>
    who.put(`/v1/staff/${subject}`, { displayName: 'X', team }, ifMatch ? { ifMatch } : {});
  const of = await caseManager();
  for (const team of ['night', null]) {
    const claimed = await put(nightLead, of.subject, team, '*');
    expect([claimed.status, claimed.body.code]).toEqual([403, 'staff-of-other-team']);
  }
  expect((await put(teamLead, of.subject, 'night', '*')).status).toBe(403);
  const unrecorded = await lotse.asUser({
    subject: randomUUID(),
    tenantId,
    roles: ['case_manager'],
    teams: ['hospital'],
  });
  await caseOf(unrecorded);
  expect((await put(nightLead, unrecorded.subject, 'night')).body.code).toBe('staff-of-other-team');
  expect((await put(teamLead, unrecorded.subject, 'hospital')).status).toBe(200);
  expect((await put(nightLead, randomUUID(), 'night')).status).toBe(200);
  expect((await put(admin, of.subject, 'night', '*')).status).toBe(200);
});

describe('bulk handover', () => {
  const handOver = (from: ApiClient, to: ApiClient, more: object = {}, who = teamLead) =>
    who.post(`/v1/staff/${from.subject}/handover`, { to: to.subject, reason: 'Parental leave.', ...more });
  const resultsOf = async (reply: ReturnType<typeof handOver>) =>
    ((await reply).body.results as { caseId: string; result: string; code: string | null }[]).map((one) => [
      one.caseId,
      one.code ?? one.result,
    ]);

  it('CASE-7: all open cases go in one command, each by the rules of a single handover, with its history', async () => {
    const [from, to] = [await caseManager(), await caseManager({ caseloadLimit: 5 })];
    const [one, two, three] = [await caseOf(from, 2), await caseOf(from, 4), await caseOf(from, 3)];
    const closed = await caseOf(from);
    await from.ok('post', `/v1/cases/${closed}/closure`, { reason: 'other', note: 'Moved on.' }, anyVersion);
    const followUp = await from.ok('post', `/v1/cases/${one}/follow-ups`, { subject: 'x', dueOn: '2026-03-20' });
    const reply = await handOver(from, to);
    expect(reply.body).toMatchObject({ to: to.subject, more: false, warnings: [{ code: 'qualification-missing' }] });
    expect(reply.body.results).toEqual([
      { caseId: one, result: 'handed_over', code: null },
      { caseId: two, result: 'refused', code: 'caseload-exceeded' },
      { caseId: three, result: 'handed_over', code: null },
    ]);
    await lotse.settled();
    expect((await to.ok('get', `/v1/follow-ups/${followUp.id}`)).assignee).toBe(to.subject);
    expect((await to.ok('get', `/v1/cases/${one}`)).responsibilities).toMatchObject([
      { subject: from.subject, until: '2026-03-02T09:00:00.000Z' },
      { subject: to.subject, by: teamLead.subject, reason: 'Parental leave.', until: null },
    ]);
    expect((await from.get(`/v1/cases/${one}`)).status).toBe(404);
    expect((await from.get(`/v1/cases/${two}`)).status).toBe(200);
    // Given again it changes nothing more; with the reason of the team lead the rest goes too.
    expect(await resultsOf(handOver(from, to))).toEqual([[two, 'caseload-exceeded']]);
    expect(await resultsOf(handOver(from, to, { caseIds: [three, one] }))).toEqual([
      [three, 'already_done'],
      [one, 'already_done'],
    ]);
    expect((await to.ok('get', `/v1/cases/${one}`)).responsibilities).toHaveLength(2);
    expect(await resultsOf(handOver(from, to, { overLimitReason: 'Until May.' }))).toEqual([[two, 'handed_over']]);
    expect(await caseload(to, to)).toMatchObject({ load: 9, band: 'over', cases: 3 });
    expect(await caseload(from, teamLead)).toMatchObject({ load: 0, carried: [] });
  });

  it('CASE-7, CONS-6: a case whose processing is restricted stays, and whoever hands over is told', async () => {
    const [from, to] = [await caseManager(), await caseManager()];
    const [free, restricted] = [await caseOf(from), await caseOf(from)];
    const { personId } = await from.ok('get', `/v1/cases/${restricted}`);
    const dpo = await lotse.as('dpo');
    const terms = { personId, ground: 'accuracy_contested', reason: 'Not my address' };
    await dpo.ok('post', '/v1/processing-restrictions', terms);
    const { body } = await handOver(from, to);
    expect(body.results).toEqual([{ caseId: free, result: 'handed_over', code: null }]);
    expect(body.warnings.map(({ code }: { code: string }) => code)).toContain('restricted-cases-stay');
  });

  it('CASE-7, CASE-9: nothing of who leaves waits unseen: deputy roles, follow-ups elsewhere, duties for others', async () => {
    const [from, to, other] = [await caseManager(), await caseManager(), await caseManager()];
    const own = await caseOf(from);
    const [deputised, ofSuccessor, noted] = [await caseOf(other), await caseOf(to), await caseOf(other)];
    for (const [who, caseId] of [
      [other, deputised],
      [to, ofSuccessor],
    ] as const)
      await who.ok('put', `/v1/cases/${caseId}/deputy`, { deputy: from.subject }, anyVersion);
    const note = async (who: ApiClient, caseId: string) =>
      (
        await who.ok('post', `/v1/cases/${caseId}/follow-ups`, {
          subject: 'x',
          dueOn: '2026-03-20',
          assignee: from.subject,
        })
      ).id as string;
    const notes = [
      await note(from, own),
      await note(other, deputised),
      await note(to, ofSuccessor),
      await note(other, noted),
    ];
    const closed = await caseOf(from);
    notes.push(await note(from, closed));
    await from.ok('post', `/v1/cases/${closed}/closure`, { reason: 'other', note: 'Moved on.' }, anyVersion);
    const away = { subject: other.subject, fromOn: '2026-04-01', untilOn: '2026-04-10', deputy: from.subject };
    await teamLead.ok('post', '/v1/absences', away);
    const { version, ...policy } = await missCm.ok('get', '/v1/work-policy');
    const admin = await lotse.as('org-admin');
    const owners = [{ team: null, subject: from.subject }];
    await admin.ok('put', '/v1/work-policy', { ...policy, owners }, { ifMatch: version });
    const partly = await handOver(from, to, { caseIds: [own] });
    expect(partly.body).toMatchObject({ deputyIn: [], followUps: 0, warnings: [{ code: 'qualification-missing' }] });
    await lotse.settled();
    const reply = await handOver(from, to);
    expect(reply.body).toMatchObject({
      results: [],
      followUps: 2,
      warnings: [{ code: 'qualification-missing' }, { code: 'stands-in-for-others' }, { code: 'answers-for-team' }],
    });
    expect(reply.body.warnings[1].detail).toContain('This person is deputy for absent colleagues');
    expect([...reply.body.deputyIn].sort()).toEqual([deputised, ofSuccessor].sort());
    await lotse.settled();
    const assignees = await Promise.all(
      notes.map(
        async (id) =>
          (await lotse.sql<{ assignee: string }>('select assignee from cases.follow_up where id = $1', [id]))[0]!
            .assignee,
      ),
    );
    expect(assignees).toEqual([to, other, to, other, to].map(({ subject }) => subject));
    const deputyOf = async (who: ApiClient, caseId: string) => (await who.ok('get', `/v1/cases/${caseId}`)).deputy;
    expect([await deputyOf(other, deputised), await deputyOf(to, ofSuccessor)]).toEqual([to.subject, null]);
    expect((await handOver(from, to)).body).toMatchObject({ results: [], deputyIn: [], followUps: 0 });
    expect((await from.ok('get', '/v1/worklist')).data).toEqual([]);
    expect((await from.ok('get', '/v1/cases')).data).toEqual([expect.objectContaining({ id: closed })]);
    await admin.ok('put', '/v1/work-policy', policy, anyVersion);
  });

  it('CASE-7: what is noted while a case is handed over goes along', async () => {
    const [from, to] = [await caseManager(), await caseManager()];
    const caseId = await caseOf(from);
    const lead = teamLead;
    const [, ...noted] = await Promise.all([
      lead.ok('post', `/v1/cases/${caseId}/handover`, { to: to.subject, reason: 'Leave' }, anyVersion),
      ...Array.from({ length: 5 }, () =>
        lead.ok('post', `/v1/cases/${caseId}/follow-ups`, { subject: 'x', dueOn: '2026-03-20' }),
      ),
    ]);
    await lotse.settled();
    const rows = await lotse.sql<{ assignee: string }>(
      'select distinct assignee from cases.follow_up where id = any($1)',
      [noted.map(({ id }) => id as string)],
    );
    expect(rows).toEqual([{ assignee: to.subject }]);
  });

  it('CASE-7: only the cases named, and none that one may not assign', async () => {
    const [from, to, other] = [await caseManager(), await caseManager(), await caseManager()];
    const [named, kept] = [await caseOf(from), await caseOf(from)];
    const foreign = await caseOf(other);
    const closed = await caseOf(from);
    await from.ok('post', `/v1/cases/${closed}/closure`, { reason: 'other', note: 'Moved on.' }, anyVersion);
    const nowhere = randomUUID();
    expect(await resultsOf(handOver(from, to, { caseIds: [named, foreign, closed, nowhere] }))).toEqual([
      [named, 'handed_over'],
      [foreign, 'not-responsible'],
      [closed, 'case-closed'],
      [nowhere, 'not-found'],
    ]);
    expect((await handOver(from, to, {}, from)).status).toBe(403);
    const nightLead = await lotse.asUser({ subject: randomUUID(), tenantId, roles: ['team_lead'], teams: ['night'] });
    expect(await resultsOf(handOver(from, to, {}, nightLead))).toEqual([]);
    expect(await resultsOf(handOver(from, to, { caseIds: [kept] }, nightLead))).toEqual([[kept, 'not-found']]);
    const elsewhere = await lotse.asUser({ subject: randomUUID(), tenantId: demoTenants[1].id, roles: ['org_admin'] });
    expect(await resultsOf(handOver(from, to, { caseIds: [kept] }, elsewhere))).toEqual([[kept, 'not-found']]);
    expect((await handOver(from, from)).body.code).toBe('already-responsible');
    expect(pointers(await handOver(from, to, { caseIds: [kept, kept], reason: '' }))).toEqual([
      '#/caseIds',
      '#/reason',
    ]);
  });

  it('CASE-7: two handovers at once leave every case with one, and the limit holds', async () => {
    const [from, one, two] = [
      await caseManager(),
      await caseManager({ caseloadLimit: 2 }),
      await caseManager({ caseloadLimit: 2 }),
    ];
    const ids = [await caseOf(from), await caseOf(from), await caseOf(from)];
    await Promise.all([handOver(from, one), handOver(from, two), handOver(from, one)]);
    const loads = [await caseload(one), await caseload(two), await caseload(from)].map(({ load }) => load as number);
    expect(loads.every((load) => load <= 2)).toBe(true);
    expect(loads.reduce((sum, load) => sum + load, 0)).toBe(ids.length);
  });
});
