import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { Eraser } from '../src/shared/privacy/eraser';
import { DueErasuresJob } from '../src/modules/retention/application/due-erasures.job';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { allSixMet, openCase, openUnagreedCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let dpo: ApiClient;
let admin: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  missCm = await lotse.as('miss-cm');
  dpo = await lotse.as('dpo');
  admin = await lotse.as('org-admin');
});
afterAll(() => lotse.close());
beforeEach(() => lotse.at(null));

const tenantId = demoTenants[0].id;
const today = () => lotse.clock.today();
const inYears = (years: number) => `${Number(new Date().toISOString().slice(0, 4)) + years}-06-01T09:00:00.000Z`;
const person = async (more: object = {}) =>
  (await missCm.ok('post', '/v1/persons', { familyName: 'Erasmus', givenName: 'Ida', ...more })).id as string;
const request = async (personId: string, fieldOfPractice = 'health') =>
  (await missCm.ok('post', '/v1/case-requests', { ...ASKED, fieldOfPractice, personId })).id as string;
const close = (caseId: string, who = missCm) =>
  who.ok('post', `/v1/cases/${caseId}/closure`, { reason: 'deceased', note: 'Died at home.' }, { ifMatch: '*' });
/** A closed case of a person of its own. */
async function closedCase(more: { fieldOfPractice?: string } = {}) {
  const opened = await openUnagreedCase(lotse, { client: null, ...more });
  await close(opened.caseId);
  await lotse.settled();
  return opened;
}
const hold = (kind: string, subjectId: string, more: object = {}) =>
  dpo.post('/v1/legal-holds', { kind, subjectId, reason: 'A claim was announced', reviewOn: '2099-01-01', ...more });
const propose = async () => (await dpo.ok('post', '/v1/erasure-runs')).id as string;
const release = (id: string, who = admin) => who.post(`/v1/erasure-runs/${id}/release`, undefined, { ifMatch: '*' });
/** Proposes what is due, releases it, and answers the protocol. */
async function eraseDue(years: number) {
  lotse.at(inYears(years));
  const id = await propose();
  expect((await release(id)).status).toBe(200);
  await lotse.settled();
  return (await dpo.ok('get', `/v1/erasure-runs/${id}`)) as {
    state: string;
    items: object[];
    protocol: {
      kinds: object[];
      leftOut: { kind: string; why: string; count: number }[];
      persons: number;
      rows: { table: string; rows: number }[];
    };
  };
}
/** What would be proposed now, as text. */
async function proposedNext(): Promise<string> {
  const { status, body } = await dpo.post('/v1/erasure-runs');
  if (status !== 201) return '';
  const { items } = await dpo.ok('get', `/v1/erasure-runs/${body.id}`);
  await admin.ok('post', `/v1/erasure-runs/${body.id}/discard`, { reason: 'other' }, { ifMatch: '*' });
  return JSON.stringify(items);
}
const isDone = async (run: string) => {
  for (let i = 0; i < 150 && (await dpo.ok('get', `/v1/erasure-runs/${run}`)).state !== 'done'; i += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
};
const there = async (table: string, id: string, column = 'id') =>
  Number((await lotse.sql<{ n: string }>(`select count(*) as n from ${table} where ${column} = $1`, [id]))[0]!.n);

describe('CONS-6 how long what is kept', () => {
  it('starts with proposals for every kind of data, and keeps every edition of what is set', async () => {
    const { data } = await dpo.ok('get', '/v1/retention-rules');
    expect(data.map(({ kind, version }: { kind: string; version: number }) => [kind, version])).toEqual(
      expect.arrayContaining([
        ['case_file_adult', 0],
        ['case_file_sgb8', 0],
        ['idempotency', 0],
      ]),
    );
    const { default: terms } = await dpo.ok('get', '/v1/retention-rules/intake_without_case');
    const set = (months: number, ifMatch: number) =>
      admin.put(
        '/v1/retention-rules/intake_without_case',
        { ...terms, months, reason: 'Decision of the board' },
        { ifMatch },
      );
    expect((await set(5, 0)).status).toBe(200);
    expect((await set(7, 0)).status).toBe(412);
    const race = await Promise.all([set(7, 1), set(8, 1)]);
    expect(race.map(({ status }) => status).sort()).toEqual([200, 412]);
    const rule = await dpo.ok('get', '/v1/retention-rules/intake_without_case');
    expect(rule).toMatchObject({ version: 2, default: { months: 6 } });
    expect(rule.editions.map(({ months }: { months: number }) => months)).toEqual([5, race[0]!.status === 200 ? 7 : 8]);
    expect((await set(6, 2)).status).toBe(200);
  });

  it('refuses less than the law demands, what is fixed, and says every wrong field', async () => {
    const put = async (kind: string, more: object) => {
      const { default: terms } = await dpo.ok('get', `/v1/retention-rules/${kind}`);
      return dpo.put(`/v1/retention-rules/${kind}`, { ...terms, reason: 'Shorter', ...more }, { ifMatch: '*' });
    };
    expect((await put('medical_record', { years: 9 })).body.code).toBe('retention-below-law');
    expect((await put('case_file_sgb8', { years: 69 })).body.code).toBe('retention-below-law');
    expect((await put('case_file_sgb8', { start: 'file_end', birthday: null })).body.code).toBe('retention-below-law');
    expect((await put('idempotency', { days: 2 })).body.code).toBe('retention-rule-fixed');
    const wrong = await put('access_log', { start: 'file_end', birthday: 30, years: 0 });
    expect([wrong.status, wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
      422,
      ['#/birthday', '#/start', '#/years'],
    ]);
    expect((await dpo.get('/v1/retention-rules/nothing')).status).toBe(404);
  });

  it('a closed case is kept by its field of practice, or by what somebody said with a reason; a changed rule moves its end', async () => {
    const adult = await closedCase();
    const year = Number(today().slice(0, 4));
    const file = (id: string) => dpo.ok('get', `/v1/retention-files/${id}`);
    expect(await file(adult.caseId)).toMatchObject({
      of: 'case',
      endedOn: today(),
      kinds: [
        { kind: 'case_file_adult', edition: 0, keptUntil: `${year + 10}-12-31` },
        { kind: 'medical_record', keptUntil: `${year + 10}${today().slice(4)}` },
        { kind: 'consent_record', keptUntil: `${year + 3}-12-31` },
      ],
      dueOn: `${year + 3}-12-31`,
      onHold: false,
    });
    const { default: terms } = await dpo.ok('get', '/v1/retention-rules/case_file_adult');
    await admin.ok(
      'put',
      '/v1/retention-rules/case_file_adult',
      { ...terms, years: 12, reason: 'Contract with the payer' },
      { ifMatch: '*' },
    );
    await lotse.settled();
    expect((await file(adult.caseId)).kinds[0]).toMatchObject({ edition: 1, keptUntil: `${year + 12}-12-31` });
    await admin.ok('put', '/v1/retention-rules/case_file_adult', { ...terms, reason: 'Back' }, { ifMatch: '*' });
    await lotse.settled();

    const reason = 'Integration assistance under SGB VIII';
    const path = `/v1/retention-files/${adult.caseId}/classification`;
    await dpo.ok('put', path, { kind: 'case_file_sgb8', reason }, { ifMatch: '*' });
    // Nobody knows the birth date of this person: nothing is proposed before somebody records it.
    expect((await file(adult.caseId)).kinds[0]).toMatchObject({ kind: 'case_file_sgb8', keptUntil: null });
    await missCm.ok('patch', `/v1/persons/${adult.personId}`, { birthDate: '2011-02-03' }, { ifMatch: '*' });
    await runInContext(systemContext(tenantId, 'test', 'data_protection'), () => lotse.app.get(DueErasuresJob).run());
    expect((await file(adult.caseId)).kinds[0]).toMatchObject({ keptUntil: '2111-02-03' });
    const { requestId } = adult;
    expect(
      (
        await dpo.put(
          `/v1/retention-files/${requestId}/classification`,
          { kind: 'case_file_sgb8', reason },
          { ifMatch: '*' },
        )
      ).body.code,
    ).toBe('file-is-no-case');

    const youth = await closedCase({ fieldOfPractice: 'youth' });
    expect((await file(youth.caseId)).kinds[0].kind).toBe('case_file_sgb8');
  });
});

describe('CONS-6 holds', () => {
  it('need an end or a day to look again, and something to protect', async () => {
    const { caseId } = await closedCase();
    expect((await hold('case', caseId, { reviewOn: null })).body.errors[0].pointer).toBe('#/reviewOn');
    expect((await hold('case', caseId, { reviewOn: '2020-01-01', until: '2020-01-01' })).body.errors).toHaveLength(2);
    expect((await hold('case', randomUUID())).status).toBe(404);
    const { body } = await hold('case', caseId);
    expect(await dpo.ok('get', `/v1/legal-holds/${body.id}`)).toMatchObject({ subjectId: caseId, lifted: null });
    expect((await dpo.ok('get', `/v1/retention-files/${caseId}`)).onHold).toBe(true);
    const lift = () => dpo.post(`/v1/legal-holds/${body.id}/lifting`, { reason: 'Settled' }, { ifMatch: 1 });
    const lifts = await Promise.all([lift(), lift()]);
    expect(lifts.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(
      (await dpo.post(`/v1/legal-holds/${body.id}/lifting`, { reason: 'Again' }, { ifMatch: '*' })).body.code,
    ).toBe('hold-lifted');
    expect((await dpo.ok('get', `/v1/retention-files/${caseId}`)).onHold).toBe(false);
    expect((await dpo.ok('get', '/v1/legal-holds?active=true')).data).toEqual([]);
  });
});

describe('CONS-6 holds on persons', () => {
  it('a restriction of processing holds as well: nothing is erased against the will of the person', async () => {
    const { caseId, personId } = await closedCase();
    lotse.at(inYears(12));
    const run = await propose();
    await dpo.ok('post', '/v1/processing-restrictions', {
      personId,
      ground: 'accuracy_contested',
      reason: 'Contested',
    });
    expect((await dpo.ok('get', `/v1/persons/${personId}/erasure-decision`)).kinds[0].obstacle).toBe('on_hold');
    await release(run);
    await lotse.settled();
    expect(await there('cases.case', caseId)).toBe(1);
    expect((await dpo.ok('get', `/v1/erasure-runs/${run}`)).protocol.leftOut).toContainEqual(
      expect.objectContaining({ why: 'on_hold' }),
    );
    const again = await propose();
    expect(JSON.stringify((await dpo.ok('get', `/v1/erasure-runs/${again}`)).items)).not.toContain(caseId);
    await release(again);
    await lotse.settled();
  });

  it('a restriction made in place of an erasure waits for it (sec. 84 SGB X): when its time is over it is proposed', async () => {
    const { caseId, personId } = await closedCase();
    const terms = { personId, ground: 'instead_of_erasure', reason: 'Has to be kept until then' };
    await dpo.ok('post', '/v1/processing-restrictions', terms);
    expect((await dpo.ok('get', `/v1/persons/${personId}/erasure-decision`)).kinds[0].obstacle).toBe('retention_duty');
    await eraseDue(12);
    expect([await there('cases.case', caseId), await there('cases.person', personId)]).toEqual([0, 0]);
  });

  it('a hold on a request holds the case it became, and one on a person every file that names them', async () => {
    const [byRequest, byChild, byTwin] = [
      await closedCase(),
      await openUnagreedCase(lotse, { client: null }),
      await closedCase(),
    ];
    const [child, twin] = [await person({ familyName: 'Child' }), await person({ familyName: 'Twin' })];
    await missCm.ok(
      'put',
      `/v1/cases/${byChild.caseId}/members/${child}`,
      { role: 'child', legalGuardian: false },
      { ifMatch: '*' },
    );
    await close(byChild.caseId);
    const merge = { survivorId: byTwin.personId, reason: 'Same person' };
    await missCm.ok('post', `/v1/persons/${twin}/merge`, merge, { ifMatch: '*' });
    await lotse.settled();
    lotse.at(inYears(12));
    const released = await propose();
    for (const placed of [
      await hold('request', byRequest.requestId),
      await hold('person', child),
      // Placed on the record that was merged: the files are those of the person that stays.
      await hold('person', twin),
    ])
      expect(placed.status).toBe(201);
    expect((await dpo.ok('get', `/v1/retention-files/${byRequest.caseId}`)).onHold).toBe(true);
    expect((await dpo.ok('get', `/v1/persons/${byChild.personId}/erasure-decision`)).kinds[0].obstacle).toBe('on_hold');
    await release(released);
    await lotse.settled();
    const next = await proposedNext();
    for (const { caseId, requestId } of [byRequest, byChild, byTwin]) {
      expect([await there('cases.case', caseId), await there('cases.case_request', requestId)]).toEqual([1, 1]);
      expect(next).not.toContain(caseId);
    }
    expect((await dpo.ok('get', `/v1/erasure-runs/${released}`)).protocol.leftOut).toContainEqual({
      kind: 'case_file_adult',
      why: 'on_hold',
      count: 3,
    });
  });

  it('placed on two records as one they stay on both when the two are told apart', async () => {
    const { caseId, personId: twin } = await closedCase();
    const survivor = await person();
    await missCm.ok('post', `/v1/persons/${twin}/merge`, { survivorId: survivor, reason: 'Same' }, { ifMatch: '*' });
    await lotse.settled();
    await hold('person', survivor);
    await missCm.ok('post', `/v1/persons/${twin}/unmerge`, { reason: 'Two people' }, { ifMatch: '*' });
    await lotse.settled();
    expect(await dpo.ok('get', `/v1/retention-files/${caseId}`)).toMatchObject({ personId: twin, onHold: true });
    expect((await dpo.ok('get', `/v1/persons/${survivor}/erasure-decision`)).kinds[0].obstacle).toBe('on_hold');
  });

  it('go on protecting when the record turns out to be a duplicate', async () => {
    const { caseId, personId } = await closedCase();
    const twin = await person({ familyName: 'Twin' });
    await hold('person', twin);
    const merge = { survivorId: personId, reason: 'Same person' };
    await missCm.ok('post', `/v1/persons/${twin}/merge`, merge, { ifMatch: '*' });
    await lotse.settled();
    expect(await dpo.ok('get', `/v1/retention-files/${caseId}`)).toMatchObject({ onHold: true, personId });
  });

  it('files follow a merge, and go back when it is taken back', async () => {
    const [twin, survivor] = [await person({ familyName: 'Twin' }), await person()];
    const requestId = await request(twin);
    await missCm.ok('post', `/v1/case-requests/${requestId}/decline`, DECLINE, { ifMatch: '*' });
    await missCm.ok('post', `/v1/persons/${twin}/merge`, { survivorId: survivor, reason: 'Same' }, { ifMatch: '*' });
    await lotse.settled();
    const owner = async () => (await dpo.ok('get', `/v1/retention-files/${requestId}`)).personId as string;
    expect(await owner()).toBe(survivor);
    await missCm.ok('post', `/v1/persons/${twin}/unmerge`, { reason: 'Two people' }, { ifMatch: '*' });
    await lotse.settled();
    expect(await owner()).toBe(twin);
  });
});

describe('CONS-6 erasure by two people', () => {
  it('whoever proposed it does not release it, and it is decided once', async () => {
    await closedCase();
    lotse.at(inYears(12));
    const id = await propose();
    expect((await release(id, dpo)).body.code).toBe('second-person-needed');
    expect((await dpo.post('/v1/erasure-runs')).body.code).toBe('nothing-due');
    const { version } = await admin.get(`/v1/erasure-runs/${id}`);
    const discard = (ifMatch: number | '*') =>
      admin.post(`/v1/erasure-runs/${id}/discard`, { reason: 'dispute' }, { ifMatch });
    const race = await Promise.all([
      admin.post(`/v1/erasure-runs/${id}/release`, undefined, { ifMatch: version }),
      discard(version),
    ]);
    expect(race.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await discard('*')).body.code).toBe('run-not-proposed');
    await lotse.settled();
    const { state, items } = await dpo.ok('get', `/v1/erasure-runs/${id}`);
    expect([state, items]).toEqual([race[0]!.status === 200 ? 'done' : 'discarded', []]);
  });

  it('the daily job proposes; what goes first is what has the shorter time, and the file goes last with its person', async () => {
    const { caseId, personId, requestId } = await openCase(lotse, { client: null });
    await close(caseId);
    await lotse.settled();
    lotse.at(inYears(5));
    const id = await runInContext(systemContext(tenantId, 'test', 'data_protection'), () =>
      lotse.app.get(DueErasuresJob).run(),
    );
    expect((await dpo.ok('get', `/v1/erasure-runs/${id}`)).items).toContainEqual(
      expect.objectContaining({ kind: 'consent_record', of: 'case', id: caseId }),
    );
    expect((await release(id!, dpo)).status).toBe(200);
    await lotse.settled();
    expect([await there('consent.consent', caseId, 'case_id'), await there('cases.case', caseId)]).toEqual([0, 1]);
    expect((await dpo.ok('get', `/v1/retention-files/${caseId}`)).kinds).toContainEqual(
      expect.objectContaining({ kind: 'consent_record', erased: true }),
    );
    const { state, items, protocol } = await eraseDue(12);
    expect({ state, items }).toEqual({ state: 'done', items: [] });
    expect(protocol.rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ table: 'cases.case', how: 'deleted' }),
        expect.objectContaining({ table: 'cases.person', how: 'deleted' }),
        expect.objectContaining({ table: 'platform.event', how: 'anonymised' }),
      ]),
    );
    for (const [table, key] of [
      ['cases.case', caseId],
      ['cases.case_request', requestId],
      ['cases.person', personId],
      ['retention.file', caseId],
    ] as const)
      expect([table, await there(table, key)]).toEqual([table, 0]);
    expect(JSON.stringify(protocol)).not.toMatch(new RegExp(`${caseId}|${personId}|${requestId}`));
    expect((await missCm.get(`/v1/cases/${caseId}`)).status).toBe(404);
    expect((await hold('case', caseId)).status).toBe(404);
  });

  it('a person whom another living file needs stays, and goes with the last one', async () => {
    const ida = await person();
    const open = async () => {
      const requestId = await request(ida);
      return requestId;
    };
    const decline = async (id: string) => {
      await missCm.ok('post', `/v1/case-requests/${id}/decline`, DECLINE, { ifMatch: '*' });
      await lotse.settled();
    };
    const [one, other] = [await open(), await open()];
    await decline(one);
    await eraseDue(1);
    expect([await there('cases.case_request', one), await there('cases.person', ida)]).toEqual([0, 1]);
    lotse.at(null);
    await decline(other);
    await eraseDue(1);
    expect([await there('cases.case_request', other), await there('cases.person', ida)]).toEqual([0, 0]);
    expect(await there('cases.person_token', ida, 'person_id')).toBe(0);
  });

  it('what is on hold, taken up again or not due any more by then is left out, with the reason', async () => {
    const [held, byPerson, reopened, moved] = [
      await closedCase(),
      await closedCase(),
      await closedCase(),
      await closedCase(),
    ];
    lotse.at(inYears(12));
    const id = await propose();
    await hold('case', held.caseId);
    await hold('person', byPerson.personId);
    await missCm.ok('post', `/v1/cases/${reopened.caseId}/reopening`, REOPENING, { ifMatch: '*' });
    await missCm.ok('patch', `/v1/persons/${moved.personId}`, { birthDate: '2011-02-03' }, { ifMatch: '*' });
    await dpo.ok(
      'put',
      `/v1/retention-files/${moved.caseId}/classification`,
      { kind: 'case_file_sgb8', reason: 'SGB VIII' },
      { ifMatch: '*' },
    );
    expect((await release(id)).status).toBe(200);
    await lotse.settled();
    const { state, protocol } = await dpo.ok('get', `/v1/erasure-runs/${id}`);
    expect([state, protocol.leftOut]).toEqual([
      'done',
      expect.arrayContaining([
        { kind: 'case_file_adult', why: 'on_hold', count: 2 },
        { kind: 'case_file_adult', why: 'in_use', count: 1 },
        { kind: 'case_file_adult', why: 'not_due_any_more', count: 1 },
      ]),
    ]);
    for (const { caseId } of [held, byPerson, reopened, moved]) expect(await there('cases.case', caseId)).toBe(1);
  });

  it('entries of the access log go at the end of the year after', async () => {
    await lotse.sql(
      `insert into platform.access_log (tenant_id, id, actor, purpose, action, resource_type, resource_ids, request_id, traceparent)
       values ($1, $2, 'somebody', 'case_management', 'read', 'case', '{}', 'r', '')`,
      [tenantId, randomUUID()],
    );
    const { protocol } = await eraseDue(3);
    expect(protocol.rows).toContainEqual(expect.objectContaining({ table: 'platform.access_log', how: 'deleted' }));
    expect(await there('platform.access_log', 'somebody', 'actor')).toBe(0);
  });
});

describe('CONS-6 erasure against whoever is faster', () => {
  /** A declined request of a person of its own, due in a year. */
  const due = async (more: object = {}) => {
    lotse.at(null);
    const personId = await person(more);
    const id = await request(personId);
    await missCm.ok('post', `/v1/case-requests/${id}/decline`, DECLINE, { ifMatch: '*' });
    await lotse.settled();
    lotse.at(inYears(1));
    return { id, personId };
  };

  it('a hold that races the release either keeps the file, or finds nothing any more', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const { id } = await due();
      const run = await propose();
      const [placed] = await Promise.all([
        (async () => {
          await new Promise((resolve) => setTimeout(resolve, round * 15));
          return hold('request', id);
        })(),
        release(run),
      ]);
      await lotse.settled();
      const outcome = `${placed.status} ${await there('cases.case_request', id)}`;
      expect(['201 1', '404 0']).toContain(outcome);
      outcomes.add(outcome);
      const { protocol } = await dpo.ok('get', `/v1/erasure-runs/${run}`);
      if (placed.status === 201) expect(protocol.leftOut).toContainEqual(expect.objectContaining({ why: 'on_hold' }));
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it('a letter written while the request is erased is either refused, or part of what is erased later', async () => {
    await admin.put('/v1/complaint-way', { organisation: 'Hilfenetz', text: { en: 'Write', de: 'Schreiben Sie' } });
    const letter = { recipient: { name: 'Ida', addressLines: [] }, language: 'de', way: 'post' };
    for (let round = 0; round < 6; round += 1) {
      const { id } = await due();
      const run = await propose();
      const give = async (after: number) => {
        await new Promise((resolve) => setTimeout(resolve, after));
        return missCm.post(`/v1/case-requests/${id}/decline-letters`, { ...letter, givenOn: lotse.clock.today() });
      };
      const [, ...given] = await Promise.all([release(run), ...[0, 10, 20, 40, 60].map(give)]);
      await lotse.settled();
      const [requests, letters] = [
        await there('cases.case_request', id),
        await there('cases.decline_letter', id, 'request_id'),
      ];
      // Never a letter without its request, and whoever was told 201 is not the one left behind.
      if (requests === 0) expect(letters).toBe(0);
      else expect(letters).toBe(given.filter(({ status }) => status === 201).length);
      for (const { status } of given) expect([201, 404]).toContain(status);
    }
  });

  it('who is writing to the file at that moment is not cut off: the file waits for the next proposal', async () => {
    const { id } = await due();
    const run = await propose();
    const client = new pg.Client({ connectionString: lotse.databaseUrl });
    await client.connect();
    const eraser = lotse.app.get(Eraser);
    const claim = eraser.claim.bind(eraser);
    const spy = jest.spyOn(eraser, 'claim').mockImplementationOnce(async (...of) => {
      await client.query('begin');
      await client.query(
        `insert into cases.decline_letter (tenant_id, id, version, request_id, recipient, language, markdown, given_on, way, recorded_by, recorded_at)
         values ($1, $2, 1, $3, '{}', 'de', 'Dear Ida', '2026-03-01', 'post', 'x', now())`,
        [tenantId, randomUUID(), id],
      );
      return claim(...of);
    });
    try {
      await release(run);
      await isDone(run);
      await client.query('commit');
    } finally {
      spy.mockRestore();
      await client.end();
    }
    const { protocol } = await dpo.ok('get', `/v1/erasure-runs/${run}`);
    expect(protocol.leftOut).toEqual([{ kind: 'intake_without_case', why: 'being_written', count: 1 }]);
    expect(await there('cases.case_request', id)).toBe(1);
    await release(await propose());
    await lotse.settled();
    expect([await there('cases.case_request', id), await there('cases.decline_letter', id, 'request_id')]).toEqual([
      0, 0,
    ]);
    await expect(
      lotse.sql(
        `insert into cases.decline_letter (tenant_id, id, version, request_id, recipient, language, markdown, given_on, way, recorded_by, recorded_at)
         values ($1, $2, 1, $3, '{}', 'de', 'Dear Ida', '2026-03-01', 'post', 'x', now())`,
        [tenantId, randomUUID(), id],
      ),
    ).rejects.toMatchObject({ code: 'LT404' });
  });

  it('a case that is reopened while it is erased either goes on, or is gone', async () => {
    for (let round = 0; round < 4; round += 1) {
      lotse.at(null);
      const { caseId } = await closedCase();
      lotse.at(inYears(12));
      const run = await propose();
      const reopen = async () => {
        await new Promise((resolve) => setTimeout(resolve, round * 20));
        return missCm.post(`/v1/cases/${caseId}/reopening`, REOPENING, { ifMatch: '*' });
      };
      const [reopened] = await Promise.all([reopen(), release(run)]);
      await lotse.settled();
      const [one] = await lotse.sql<{ status: string }>('select status from cases.case where id = $1', [caseId]);
      expect([reopened.status, one?.status]).toEqual(
        reopened.status === 200 ? [200, 'reopened'] : [reopened.status, undefined],
      );
      expect([200, 404, 412]).toContain(reopened.status);
      const parts = await there('quality_audit.case_facts', caseId, 'case_id');
      expect(parts).toBe(one ? 1 : 0);
    }
  });

  it('a new request for the person keeps who it is; or comes too late and is refused', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, personId } = await due();
      const run = await propose();
      const ask = missCm.post('/v1/case-requests', { ...ASKED, personId });
      const [, asked] = await Promise.all([release(run), ask]);
      await lotse.settled();
      expect(await there('cases.case_request', id)).toBe(0);
      expect([asked.status, await there('cases.person', personId)]).toEqual(
        asked.status === 201 ? [201, 1] : [asked.status, 0],
      );
      expect([201, 404, 412]).toContain(asked.status);
    }
  });

  it('what a person asks about their own data at that moment is kept with the person, or comes too late', async () => {
    const ida = await person();
    const { id: run } = await dpo.ok('post', `/v1/persons/${ida}/erasure`);
    const client = new pg.Client({ connectionString: lotse.databaseUrl });
    await client.connect();
    const eraser = lotse.app.get(Eraser);
    const erase = eraser.erasePersons.bind(eraser);
    const spy = jest.spyOn(eraser, 'erasePersons').mockImplementationOnce(async (...of) => {
      // Somebody files a request and is not done yet: what the API holds meanwhile.
      await client.query('begin');
      await client.query('select 1 from platform.person_facts where person_id = $1 for share', [ida]);
      return erase(...of);
    });
    try {
      await release(run);
      await isDone(run);
      await client.query('rollback');
    } finally {
      spy.mockRestore();
      await client.end();
    }
    await lotse.settled();
    expect((await dpo.ok('get', `/v1/erasure-runs/${run}`)).protocol.leftOut).toEqual([
      { kind: 'person_without_file', why: 'still_needed', count: 1 },
    ]);
    await release((await dpo.ok('post', `/v1/persons/${ida}/erasure`)).id);
    await lotse.settled();
    expect(await there('cases.person', ida)).toBe(0);
    for (let round = 0; round < 4; round += 1) {
      const id = await person();
      const { id: next } = await dpo.ok('post', `/v1/persons/${id}/erasure`);
      const file = async () => {
        await new Promise((resolve) => setTimeout(resolve, round * 15));
        return missCm.post('/v1/subject-requests', { kind: 'access', wish: 'Everything', personId: id });
      };
      const [asked] = await Promise.all([file(), release(next)]);
      await lotse.settled();
      expect([201, 422]).toContain(asked.status);
      expect([await there('cases.person', id), await there('consent.subject_request', id, 'person_id')]).toEqual(
        asked.status === 201 ? [1, 1] : [0, 0],
      );
    }
  });

  it('a run that breaks off goes on where it was: everything once, and counted once', async () => {
    const files = [];
    for (let i = 0; i < 23; i += 1) files.push(await due());
    const run = await propose();
    const eraser = lotse.app.get(Eraser);
    const erase = eraser.eraseFile.bind(eraser);
    let calls = 0;
    // The connection is lost in the middle of the second part, after some of its files were erased.
    const spy = jest.spyOn(eraser, 'eraseFile').mockImplementation(async (...of) => {
      calls += 1;
      const done = await erase(...of);
      if (calls === 25)
        await lotse.sql(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and pid <> pg_backend_pid()`,
        );
      return done;
    });
    await release(run);
    await isDone(run);
    spy.mockRestore();
    const { state, protocol } = await dpo.ok('get', `/v1/erasure-runs/${run}`);
    expect([state, protocol.kinds]).toEqual([
      'done',
      [{ kind: 'intake_without_case', edition: expect.any(Number), erased: 23 }],
    ]);
    const rows = new Map(protocol.rows.map(({ table, rows }: { table: string; rows: number }) => [table, rows]));
    expect([rows.get('cases.case_request'), rows.get('cases.person'), protocol.persons]).toEqual([23, 23, 23]);
    for (const { id, personId } of files)
      expect([await there('cases.case_request', id), await there('cases.person', personId)]).toEqual([0, 0]);
    const events = await lotse.sql<{ type: string }>(
      `select type from platform.event where aggregate_id = $1 order by seq`,
      [run],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'retention.erasure_proposed',
      'retention.erasure_released',
      'retention.erasure_advanced',
      'retention.erasure_advanced',
      'retention.erasure_completed',
    ]);
  });
});

describe('CONS-6 when a person asks for erasure (GDPR 17)', () => {
  const decisionOn = (id: string) => dpo.ok('get', `/v1/persons/${id}/erasure-decision`);

  it('what no duty stands against is erased before its time; the rest is named with law and day', async () => {
    const { caseId, personId } = await closedCase();
    const requestId = await request(personId);
    await missCm.ok('post', `/v1/case-requests/${requestId}/decline`, DECLINE, { ifMatch: '*' });
    await lotse.settled();
    const decision = await decisionOn(personId);
    expect(decision).toMatchObject({ outcome: 'erase_partly', otherCases: 0 });
    expect(decision.kinds).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ of: 'request', id: requestId, obstacle: null }),
        expect.objectContaining({
          ...{ kind: 'case_file_adult', id: caseId, obstacle: 'retention_duty' },
          legalBasis: expect.stringContaining('10 years'),
        }),
      ]),
    );
    const { id } = await dpo.ok('post', `/v1/persons/${personId}/erasure`);
    expect(await dpo.ok('get', `/v1/erasure-runs/${id}`)).toMatchObject({ occasion: 'request', personId });
    await release(id);
    await lotse.settled();
    expect(await dpo.ok('get', `/v1/erasure-runs/${id}`)).toMatchObject({ state: 'done', personId: null, items: [] });
    expect([
      await there('cases.case_request', requestId),
      await there('cases.case', caseId),
      await there('cases.person', personId),
    ]).toEqual([0, 1, 1]);
    expect((await decisionOn(personId)).outcome).toBe('restrict');
    expect((await dpo.post(`/v1/persons/${personId}/erasure`)).body.code).toBe('nothing-to-erase-yet');
  });

  it('another rule that is set between proposal and release counts: nothing is erased against a duty', async () => {
    const loosen = async (kind: string, more: object) => {
      const { default: terms } = await dpo.ok('get', `/v1/retention-rules/${kind}`);
      await admin.ok('put', `/v1/retention-rules/${kind}`, { ...terms, ...more, reason: 'Contract' }, { ifMatch: '*' });
      await lotse.settled();
    };
    await loosen('case_file_adult', { duty: false });
    const { caseId, personId } = await closedCase();
    await missCm.ok('patch', `/v1/persons/${personId}`, { birthDate: '2011-02-03' }, { ifMatch: '*' });
    // What is medical has been kept for its ten years, the file might go.
    lotse.at(`${Number(today().slice(0, 4)) + 10}-12-30T09:00:00.000Z`);
    const { id } = await dpo.ok('post', `/v1/persons/${personId}/erasure`);
    expect((await dpo.ok('get', `/v1/erasure-runs/${id}`)).items).toEqual([
      expect.objectContaining({ kind: 'case_file_adult', id: caseId }),
    ]);
    const path = `/v1/retention-files/${caseId}/classification`;
    await dpo.ok('put', path, { kind: 'case_file_sgb8', reason: 'SGB VIII after all' }, { ifMatch: '*' });
    await release(id);
    await lotse.settled();
    expect((await dpo.ok('get', `/v1/erasure-runs/${id}`)).protocol).toMatchObject({
      kinds: [],
      leftOut: [{ kind: 'case_file_adult', why: 'not_due_any_more', count: 1 }],
    });
    expect(await there('cases.case', caseId)).toBe(1);
    lotse.at(null);
    await loosen('case_file_adult', {});
  });

  it('what was asked about own data keeps the person until it is answered, and goes with them then; so do representations', async () => {
    const [ida, uncle] = [await person(), await person({ familyName: 'Uncle' })];
    const of = { representativeId: uncle, kind: 'power_of_attorney', tasks: ['health'], validFrom: '2026-01-01' };
    await missCm.ok('post', `/v1/persons/${ida}/representations`, { ...of, evidence: 'Copy in the file' });
    const asked = { kind: 'erasure', wish: 'Away with it', personId: ida };
    const { id: wish } = await missCm.ok('post', '/v1/subject-requests', asked);
    expect(await decisionOn(ida)).toMatchObject({ outcome: 'restrict', kinds: [{ obstacle: 'in_use' }] });
    expect((await decisionOn(uncle)).outcome).toBe('restrict');
    await dpo.ok('post', `/v1/subject-requests/${wish}/identity-check`, { proof: 'known_in_person' }, { ifMatch: '*' });
    const told = { toldOn: lotse.clock.today(), toldHow: 'By letter', remediesExplained: true };
    await dpo.ok('post', `/v1/subject-requests/${wish}/decision`, { result: 'granted', ...told }, { ifMatch: '*' });
    for (const one of [ida, uncle]) {
      expect(await decisionOn(one)).toMatchObject({ outcome: 'erase', kinds: [{ obstacle: null }] });
      const { id } = await dpo.ok('post', `/v1/persons/${one}/erasure`);
      await release(id);
      await lotse.settled();
      expect(await there('cases.person', one)).toBe(0);
    }
    for (const table of ['consent.subject_request', 'cases.representation', 'platform.person_facts'])
      expect([table, await there(table, ida, 'person_id')]).toEqual([table, 0]);
  });

  it('whom a consent that is kept names as recipient stays', async () => {
    const { caseId, personId } = await openUnagreedCase(lotse, { client: null });
    const friend = await person({ familyName: 'Friend' });
    await missCm.ok('post', `/v1/cases/${caseId}/consents`, {
      personId,
      kind: 'disclosure',
      purpose: 'coordination',
      categories: ['identity'],
      recipients: [{ kind: 'person', id: friend, name: 'Friend' }],
      form: 'written',
      language: 'de',
      textVersion: '1',
      givenBy: { kind: 'client', name: 'Y' },
      consequencesExplained: true,
      withdrawalExplained: true,
      evidence: { kind: 'scan', reference: 'Folder 7' },
    });
    expect(await decisionOn(friend)).toMatchObject({ outcome: 'restrict', otherCases: 1 });
    lotse.at(inYears(1));
    expect(await proposedNext()).not.toContain(friend);
  });

  it('who has no file is erased at once; who is in use or on hold is not', async () => {
    const ida = await person();
    expect(await decisionOn(ida)).toMatchObject({ outcome: 'erase', kinds: [{ of: 'person', obstacle: null }] });
    const { body } = await hold('person', ida);
    expect((await decisionOn(ida)).kinds[0].obstacle).toBe('on_hold');
    await dpo.ok('post', `/v1/legal-holds/${body.id}/lifting`, { reason: 'Over' }, { ifMatch: '*' });
    const { id } = await dpo.ok('post', `/v1/persons/${ida}/erasure`);
    expect((await dpo.post(`/v1/persons/${ida}/erasure`)).body).toMatchObject({
      ...{ status: 409, code: 'erasure-under-way', erasureRunId: id, currentStatus: 'proposed' },
    });
    await release(id);
    await lotse.settled();
    expect((await dpo.get(`/v1/persons/${ida}/erasure-decision`)).status).toBe(404);
    for (const path of [ida, `${ida}/identifiers`, `${ida}/duplicates`])
      expect((await missCm.get(`/v1/persons/${path}`)).status).toBe(404);
    expect((await missCm.patch(`/v1/persons/${ida}`, { town: 'Halle' }, { ifMatch: '*' })).status).toBe(404);
    const asked = { askedBy: 'hospital', channel: 'phone', concern: 'Discharge', fieldOfPractice: 'health' };
    expect((await missCm.post('/v1/case-requests', { ...asked, personId: ida })).status).toBe(404);
    expect(await lotse.sql('select 1 from cases.person_token where person_id = $1', [ida])).toEqual([]);

    const running = await openCase(lotse, { client: null });
    await lotse.settled();
    expect(await decisionOn(running.personId)).toMatchObject({ outcome: 'restrict', kinds: [{ obstacle: 'in_use' }] });
    // Somebody of the person system: as long as that file is there.
    const aunt = await person({ familyName: 'Aunt' });
    await missCm.ok(
      'put',
      `/v1/cases/${running.caseId}/members/${aunt}`,
      { role: 'other_relative', legalGuardian: false },
      { ifMatch: '*' },
    );
    expect(await decisionOn(aunt)).toMatchObject({ outcome: 'restrict', kinds: [], otherCases: 1 });
  });
});

describe('CONS-6 who may', () => {
  it('only the data protection officer and the head of the organisation, and only their own', async () => {
    const { caseId, personId } = await closedCase();
    for (const path of [
      'retention-rules',
      'retention-files',
      'legal-holds',
      'erasure-runs',
      `persons/${personId}/erasure-decision`,
    ])
      expect([path, (await missCm.get(`/v1/${path}`)).status]).toEqual([path, 403]);
    const stranger = await lotse.asUser({
      subject: 'their-dpo',
      tenantId: demoTenants[1].id,
      roles: ['data_protection_officer', 'org_admin'],
    });
    const { body } = await hold('case', caseId);
    lotse.at(inYears(14));
    const run = await dpo.post('/v1/erasure-runs');
    const any = { ifMatch: '*' as const };
    for (const [method, path, of] of [
      ['get', `retention-files/${caseId}`, undefined],
      ['put', `retention-files/${caseId}/classification`, { kind: 'case_file_sgb8', reason: 'x' }],
      ['get', `legal-holds/${body.id}`, undefined],
      ['post', `legal-holds/${body.id}/lifting`, { reason: 'x' }],
      ['post', 'legal-holds', { kind: 'case', subjectId: caseId, reason: 'x', reviewOn: '2099-01-01' }],
      ['get', `erasure-runs/${run.body.id}`, undefined],
      ['post', `erasure-runs/${run.body.id}/release`, undefined],
      ['get', `persons/${personId}/erasure-decision`, undefined],
      ['post', `persons/${personId}/erasure`, undefined],
    ] as const) {
      const reply =
        method === 'get' ? await stranger.get(`/v1/${path}`) : await stranger[method](`/v1/${path}`, of ?? {}, any);
      expect([path, reply.status]).toEqual([path, 404]);
    }
    expect((await stranger.ok('get', '/v1/erasure-runs')).data).toEqual([]);
    expect((await stranger.ok('get', '/v1/retention-files')).data).toEqual([]);
    const key = randomUUID();
    const again = { kind: 'case', subjectId: caseId, reason: 'Twice', reviewOn: '2099-01-01' };
    const first = await dpo.post('/v1/legal-holds', again, { key });
    expect((await dpo.post('/v1/legal-holds', again, { key })).body.id).toBe(first.body.id);
  });
});

const ASKED = { askedBy: 'hospital', channel: 'phone', concern: 'Discharge', fieldOfPractice: 'health' };
const DECLINE = {
  reason: 'capacity',
  explanation: 'A regular service is enough.',
  complaintProcedureExplained: true,
};
const REOPENING = { reason: 'Came back', recheck: 'Still needed', screening: allSixMet };
