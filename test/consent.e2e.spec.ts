import { randomUUID } from 'node:crypto';
import { ConsentReader } from '../src/modules/consent';
import { ConsentService } from '../src/modules/consent/application/consent.service';
import { InformationPassed } from '../src/modules/consent/events';
import { demoUsers } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { RuleBroken } from '../src/shared/domain/errors';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { openCase } from './support/story';

const subjectOf = (key: string) => demoUsers.find((u) => u.key === key)!.subject;
const home = demoUsers[0]!.tenantId;
const clinic = { kind: 'organisation', id: randomUUID(), name: 'Rehabilitation clinic' } as const;
const debtAdvice = { kind: 'organisation', id: randomUUID(), name: 'Debt advice' } as const;
const ref = ({ kind, id }: { kind: 'organisation' | 'person'; id: string }) => ({ kind, id });
const personId = randomUUID();
const daughterId = randomUUID();
const release = (more: object = {}) => ({
  personId,
  kind: 'disclosure',
  purpose: 'referral',
  categories: ['identity', 'health'],
  recipients: [clinic, debtAdvice],
  form: 'written',
  language: 'de',
  textVersion: 'release-2026-01',
  givenBy: { kind: 'client', name: 'Mr X' },
  personBirthDate: '1968-05-04',
  consequencesExplained: true,
  withdrawalExplained: true,
  evidence: { kind: 'scan', reference: 'file 2026/17, sheet 3' },
  ...more,
});
const participation = (more: object = {}) =>
  release({ kind: 'participation', purpose: 'case_management', categories: [], recipients: [], ...more });

let lotse: Lotse;
let missCm: ApiClient;
let mrX: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-01T09:00:00.000Z');
  [missCm, mrX] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-x')]);
  await lotse.sql('insert into platform.person_facts (tenant_id, person_id, portal_subject) values ($1, $2, $3)', [
    home,
    personId,
    subjectOf('mr-x'),
  ]);
});
afterAll(() => lotse.close());

/** A case of Miss CM and Mr X, as far as this module knows one. */
async function aCase(): Promise<string> {
  const id = randomUUID();
  await lotse.sql(
    'insert into platform.case_access (tenant_id, case_id, responsible, team, clients, persons) values ($1, $2, $3, $4, $5, $6)',
    [
      home,
      id,
      subjectOf('miss-cm'),
      'hospital',
      [subjectOf('mr-x')],
      JSON.stringify([
        { personId, client: true, guardians: [] },
        { personId: daughterId, client: false, guardians: [] },
      ]),
    ],
  );
  return id;
}
/** The same, and the client takes part. */
async function aRunningCase(): Promise<string> {
  const id = await aCase();
  await give(id, participation());
  return id;
}
const give = async (caseId: string, body: object = release()): Promise<string> =>
  (await missCm.ok('post', `/v1/cases/${caseId}/consents`, body)).id as string;
const check = async (caseId: string, more: object = {}) =>
  missCm.ok('post', `/v1/cases/${caseId}/consent-checks`, {
    recipient: ref(clinic),
    categories: ['health'],
    purpose: 'referral',
    ...more,
  });
const inSystem = <T>(work: () => Promise<T>) => runInContext(systemContext(home, 'test', 'case_management'), work);

describe('CONS-1 giving consent', () => {
  it('records it, points to it and shows it to the client, the team lead and the data protection officer', async () => {
    const caseId = await aCase();
    const reply = await missCm.post(`/v1/cases/${caseId}/consents`, release({ validUntil: '2026-12-31' }));
    expect(reply).toMatchObject({ status: 201, version: 1, body: { version: 1, warnings: [] } });
    expect(reply.headers.location).toBe(`/v1/consents/${reply.body.id}`);
    for (const key of ['miss-cm', 'mr-x', 'team-lead', 'dpo', 'auditor']) {
      const found = await (await lotse.as(key)).get(reply.headers.location!);
      expect(found).toMatchObject({ status: 200, version: 1 });
      expect(found.body).toMatchObject({
        caseId,
        kind: 'disclosure',
        state: 'valid',
        validFrom: '2026-03-01',
        validUntil: '2026-12-31',
        recipients: [clinic, debtAdvice],
        ageGroup: 'adult',
        obtainedBy: subjectOf('miss-cm'),
        obtainedAt: '2026-03-01T09:00:00.000Z',
        withdrawals: [],
      });
      expect(JSON.stringify(found.body)).not.toContain('1968-05-04');
    }
    expect((await missCm.get(reply.headers.location!, { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
  });

  it('warns when the age could not be checked', async () => {
    const { personBirthDate: _untold, ...body } = release() as { personBirthDate: string };
    const reply = await missCm.post(`/v1/cases/${await aCase()}/consents`, body);
    expect(reply.body.warnings).toMatchObject([{ code: 'age-not-checked' }]);
  });

  it('names every wrong field, those of the form and those of the matter', async () => {
    const path = `/v1/cases/${await aCase()}/consents`;
    const form = await missCm.post(
      path,
      release({ kind: 'x', language: 'not a language', evidence: { kind: 'scan' }, surprise: 1 }),
    );
    expect(form.status).toBe(422);
    expect(form.body.errors.map((e: { pointer: string }) => e.pointer)).toEqual(
      expect.arrayContaining(['#/kind', '#/language', '#/evidence/reference', '#/surprise']),
    );
    const matter = await missCm.post(
      path,
      release({
        recipients: [],
        form: 'oral_with_witness',
        personBirthDate: '2014-01-01',
        withdrawalExplained: false,
        validUntil: '2026-01-01',
      }),
      { headers: { 'accept-language': 'de' } },
    );
    expect(matter.status).toBe(422);
    expect(matter.body.errors.map((e: { pointer: string; code: string }) => `${e.pointer} ${e.code}`)).toEqual([
      '#/recipients recipients-missing',
      '#/witness witness-missing',
      '#/form health-data-in-writing',
      '#/givenBy/kind guardian-required',
      '#/withdrawalExplained not-explained',
      '#/validUntil ends-before-start',
    ]);
    expect(matter.body.errors[0].detail).toBe('Eine Schweigepflichtentbindung nennt jeden Empfänger.');
  });

  it('answers the repetition with the same key once, and records it once', async () => {
    const caseId = await aCase();
    const first = await missCm.post(`/v1/cases/${caseId}/consents`, release(), { key: 'give-1' });
    const second = await missCm.post(`/v1/cases/${caseId}/consents`, release(), { key: 'give-1' });
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await missCm.ok('get', `/v1/cases/${caseId}/consents`)).data).toHaveLength(1);
  });

  it('lists by kind and by what they are worth today, page by page', async () => {
    const caseId = await aCase();
    const open = await give(caseId);
    const past = await give(caseId, release({ validFrom: '2025-01-01', validUntil: '2026-02-28' }));
    const future = await give(caseId, release({ validFrom: '2026-04-01' }));
    const taking = await give(caseId, participation());
    const ids = async (query: string) =>
      (await missCm.ok('get', `/v1/cases/${caseId}/consents?${query}`)).data.map((c: { id: string }) => c.id);
    expect(await ids('')).toEqual([taking, future, past, open]);
    expect(await ids('kind=participation')).toEqual([taking]);
    expect(await ids('state=expired')).toEqual([past]);
    expect(await ids('state=not_yet_valid')).toEqual([future]);
    const page = (await missCm.ok('get', `/v1/cases/${caseId}/consents?limit=3`)).page;
    expect(await ids(`limit=3&cursor=${page.next}`)).toEqual([open]);
  });

  it('is hidden from other organisations and from whoever does not work on the case', async () => {
    const caseId = await aCase();
    const id = await give(caseId);
    for (const key of ['stranger', 'mr-cm', 'miss-x']) {
      const user = await lotse.as(key);
      const writes = key === 'miss-x' ? [] : [await user.post(`/v1/cases/${caseId}/consents`, release())];
      const all = [
        ...writes,
        await user.get(`/v1/consents/${id}`),
        await user.get(`/v1/cases/${caseId}/consents`),
        await user.get(`/v1/cases/${caseId}/disclosures`),
        await user.post(`/v1/cases/${caseId}/consent-checks`, {
          recipient: ref(clinic),
          categories: ['health'],
          purpose: 'referral',
        }),
        await user.post(`/v1/consents/${id}/withdrawal`, {}, { ifMatch: 7 }),
      ];
      expect(all.map((r) => r.status)).toEqual(all.map(() => 404));
    }
    expect((await mrX.post(`/v1/cases/${caseId}/consents`, release())).status).toBe(403);
    expect((await (await lotse.as('dpo')).post(`/v1/consents/${id}/withdrawal`, {}, { ifMatch: 1 })).status).toBe(403);
  });
});

describe('CONS-1 whose consents they are', () => {
  const any = { ifMatch: '*' } as const;
  const son = (name: string) => missCm.ok('post', '/v1/persons', { familyName: name, birthDate: '2016-05-01' });
  const ofSon = (id: string) =>
    release({
      personId: id,
      recipients: [clinic],
      givenBy: { kind: 'guardian', name: 'X', basis: 'custody' },
      personBirthDate: '2016-05-01',
    });

  it('takes only consents of the client and of who belongs to the person system', async () => {
    const { caseId, personId: client } = await openCase(lotse, { client: null });
    const { id } = await son('Y');
    const refused = await missCm.post(`/v1/cases/${caseId}/consents`, ofSon(id));
    expect([refused.status, refused.body.errors]).toMatchObject([
      422,
      [{ pointer: '#/personId', code: 'person-not-in-case' }],
    ]);
    const member = `/v1/cases/${caseId}/members/${id}`;
    await missCm.ok('put', member, { role: 'child', legalGuardian: false }, any);
    await give(caseId, ofSon(id));
    await missCm.ok('post', `${member}/removal`, { reason: 'Moved out' }, any);
    expect((await missCm.post(`/v1/cases/${caseId}/consents`, ofSon(id))).status).toBe(422);
    await give(caseId, release({ personId: client }));
  });

  it('goes by the birth date and the guardians on record, not by what is told', async () => {
    const { caseId, personId: client } = await openCase(lotse, { client: 'mr-x' });
    const { id } = await son('X');
    const path = `/v1/cases/${caseId}/consents`;
    const member = `/v1/cases/${caseId}/members/${id}`;
    await missCm.ok('put', member, { role: 'child', legalGuardian: false }, any);
    const adult = { ...ofSon(id), personBirthDate: '1990-01-01' };
    const asAdult = await missCm.post(path, { ...adult, givenBy: { kind: 'client', name: 'X' } });
    expect(asAdult.body.errors).toMatchObject([{ pointer: '#/givenBy/kind', code: 'guardian-required' }]);
    const unrecorded = await missCm.post(path, adult);
    expect(unrecorded.body.warnings.map(({ code }: { code: string }) => code)).toEqual([
      'birth-date-differs',
      'guardian-not-on-record',
    ]);
    await missCm.ok('put', member, { role: 'child', legalGuardian: false, guardianIds: [client] }, any);
    const pointers = async (body: object) =>
      (await missCm.post(path, body)).body.errors.map(({ pointer }: { pointer: string }) => pointer);
    const { personBirthDate: _told, ...untold } = ofSon(id);
    expect(await pointers(untold)).toEqual(['#/givenBy/personId']);
    const by = (giver: object) => ({ ...untold, givenBy: { kind: 'guardian', name: 'X', ...giver } });
    expect(await pointers(by({ personId: randomUUID() }))).toEqual(['#/givenBy/personId', '#/givenBy/basis']);
    const given = await missCm.post(path, by({ personId: client }));
    expect(given).toMatchObject({ status: 201, body: { warnings: [] } });
    expect(await missCm.ok('get', given.headers.location!)).toMatchObject({
      ageGroup: 'guardian_alone',
      givenBy: { kind: 'guardian', personId: client },
    });
  });

  it('shows clients their own, and those of a child only to its recorded guardian, who may withdraw them', async () => {
    const { caseId, personId: client, consentId } = await openCase(lotse, { client: 'mr-x' });
    const { id } = await son('X');
    const member = `/v1/cases/${caseId}/members/${id}`;
    await missCm.ok('put', member, { role: 'child', legalGuardian: false }, any);
    const childs = await give(caseId, ofSon(id));
    const own = await give(caseId, release({ personId: client }));
    for (const [consent, source] of [
      [childs, randomUUID()],
      [own, randomUUID()],
    ] as const)
      await inSystem(() =>
        lotse.app
          .get(UnitOfWork)
          .run(async () =>
            lotse.app
              .get(UnitOfWork)
              .record(
                new InformationPassed(
                  source,
                  caseId,
                  'referral',
                  'organisation',
                  clinic.id,
                  'referral',
                  ['health'],
                  consent,
                  lotse.clock.now(),
                ),
              ),
          ),
      );
    await lotse.settled();
    const seen = async () =>
      (await mrX.ok('get', `/v1/cases/${caseId}/consents`)).data.map((c: { id: string }) => c.id);
    const register = async () =>
      (await mrX.ok('get', `/v1/cases/${caseId}/disclosures`)).data.map((d: { consentId: string }) => d.consentId);
    expect([await seen(), await register()]).toEqual([[own, consentId], [own]]);
    expect((await mrX.get(`/v1/consents/${childs}`)).status).toBe(404);
    expect((await mrX.post(`/v1/consents/${childs}/withdrawal`, {}, any)).status).toBe(404);
    expect((await missCm.ok('get', `/v1/cases/${caseId}/consents`)).data).toHaveLength(3);

    const wrong = await missCm.put(
      member,
      { role: 'child', legalGuardian: false, guardianIds: [randomUUID(), id] },
      any,
    );
    expect([wrong.status, wrong.body.errors.map((e: { pointer: string }) => e.pointer)]).toEqual([
      422,
      ['#/guardianIds/0', '#/guardianIds/1'],
    ]);
    await missCm.ok('put', member, { role: 'child', legalGuardian: false, guardianIds: [client] }, any);
    expect([await seen(), await register()]).toEqual([
      [own, childs, consentId],
      [own, childs],
    ]);
    await mrX.ok('post', `/v1/consents/${childs}/withdrawal`, {}, any);
    await missCm.ok('post', `${member}/removal`, { reason: 'Moved out' }, any);
    expect(await seen()).toEqual([own, consentId]);
  });

  it('shows the consents of a child that is the client to its guardian, though the case stays closed to them', async () => {
    const { caseId, personId: child } = await openCase(lotse, { client: null });
    const missX = await lotse.as('miss-x');
    const { id: mother } = await missCm.ok('post', '/v1/persons', {
      familyName: 'X',
      portalSubject: subjectOf('miss-x'),
    });
    const childs = await give(caseId, ofSon(child));
    expect((await missX.get(`/v1/cases/${caseId}/consents`)).status).toBe(404);
    const member = `/v1/cases/${caseId}/members/${mother}`;
    await missCm.ok('put', member, { role: 'parent', legalGuardian: true, representationScope: 'Health' }, any);
    expect((await missX.ok('get', `/v1/cases/${caseId}/consents`)).data).toHaveLength(2);
    expect((await missX.get(`/v1/cases/${caseId}`)).status).toBe(404);
    await missX.ok('post', `/v1/consents/${childs}/withdrawal`, {}, any);
    await missCm.ok('put', member, { role: 'parent', legalGuardian: false }, any);
    expect((await missX.get(`/v1/consents/${childs}`)).status).toBe(404);
  });
});

describe('CONS-2 withdrawing', () => {
  it('lets the client withdraw at once; the record stays', async () => {
    const caseId = await aRunningCase();
    const id = await give(caseId);
    expect((await check(caseId)).allowed).toBe(true);
    expect((await mrX.post(`/v1/consents/${id}/withdrawal`, {})).status).toBe(428);
    const reply = await mrX.post(`/v1/consents/${id}/withdrawal`, { reason: 'changed my mind' }, { ifMatch: 1 });
    expect(reply).toMatchObject({ status: 200, version: 2 });
    expect(await check(caseId)).toMatchObject({
      allowed: false,
      missing: [{ category: 'health', reason: 'withdrawn' }],
    });
    expect(await mrX.ok('get', `/v1/consents/${id}`)).toMatchObject({
      state: 'withdrawn',
      withdrawals: [{ whole: true, by: subjectOf('mr-x'), at: '2026-03-01T09:00:00.000Z', reason: 'changed my mind' }],
    });
    expect((await mrX.post(`/v1/consents/${id}/withdrawal`, {}, { ifMatch: 2 })).body.code).toBe(
      'consent-already-withdrawn',
    );
  });

  it('withdraws for one recipient and keeps the history', async () => {
    const caseId = await aRunningCase();
    const id = await give(caseId);
    await missCm.ok('post', `/v1/consents/${id}/withdrawal`, { recipientIds: [clinic.id] }, { ifMatch: 1 });
    expect((await check(caseId)).allowed).toBe(false);
    expect((await check(caseId, { recipient: ref(debtAdvice) })).allowed).toBe(true);
    await missCm.ok('post', `/v1/consents/${id}/withdrawal`, { categories: ['health'] }, { ifMatch: 2 });
    await missCm.ok('post', `/v1/consents/${id}/withdrawal`, { categories: ['identity'] }, { ifMatch: 3 });
    const found = await missCm.ok('get', `/v1/consents/${id}`);
    expect(found.state).toBe('withdrawn');
    expect(found.withdrawals.map((w: { whole: boolean }) => w.whole)).toEqual([false, false, true]);
  });

  it('names every part that the consent does not have', async () => {
    const id = await give(await aRunningCase());
    const reply = await missCm.post(
      `/v1/consents/${id}/withdrawal`,
      { recipientIds: ['nobody'], categories: ['journal'] },
      { ifMatch: 1 },
    );
    expect(reply.status).toBe(422);
    expect(reply.body.errors.map((e: { pointer: string }) => e.pointer)).toEqual([
      '#/recipientIds/0',
      '#/categories/0',
    ]);
  });

  it('of two withdrawals at the same time one wins', async () => {
    const caseId = await aRunningCase();
    for (let i = 0; i < 10; i += 1) {
      const id = await give(caseId);
      const [a, b] = await Promise.all([
        missCm.post(`/v1/consents/${id}/withdrawal`, { recipientIds: [clinic.id] }, { ifMatch: 1 }),
        mrX.post(`/v1/consents/${id}/withdrawal`, { recipientIds: [debtAdvice.id] }, { ifMatch: 1 }),
      ]);
      expect([a.status, b.status].sort()).toEqual([200, 412]);
      const winner = a.status === 200 ? clinic.id : debtAdvice.id;
      expect(
        (await missCm.ok('get', `/v1/consents/${id}`)).withdrawals.map(
          (w: { recipientIds: string[] }) => w.recipientIds,
        ),
      ).toEqual([[winner]]);
    }
  });
});

describe('CONS-3 asking whether data may leave', () => {
  it('relies on one release for all that leaves together, and names what is missing', async () => {
    const caseId = await aRunningCase();
    const identity = await give(caseId, release({ categories: ['identity'] }));
    await give(caseId, release({ categories: ['health'], recipients: [clinic] }));
    const both = { categories: ['health', 'identity'] };
    expect(await check(caseId, both)).toMatchObject({
      allowed: false,
      consentId: null,
      missing: [{ category: expect.any(String), reason: 'in-another-release' }],
    });
    expect(await check(caseId, { categories: ['identity'] })).toMatchObject({ allowed: true, consentId: identity });
    expect(await check(caseId, { ...both, purpose: 'conference' })).toMatchObject({
      allowed: false,
      missing: [
        { category: 'health', reason: 'other-purpose' },
        { category: 'identity', reason: 'other-purpose' },
      ],
    });
    expect((await check(caseId, { ...both, recipient: ref(debtAdvice) })).missing).toEqual([
      { category: 'health', reason: 'no-consent' },
    ]);
    // The release that carries everything is relied on, also where an older one carries a part.
    const whole = await give(caseId, release({ categories: ['health', 'identity'], recipients: [clinic] }));
    await inSystem(() =>
      lotse.app.get(UnitOfWork).run(async () => {
        const verdict = await lotse.app
          .get(ConsentReader)
          .check({ caseId, recipient: ref(clinic), categories: ['health', 'identity'], purpose: 'referral' });
        expect(verdict).toEqual({ allowed: true, consentId: whole, until: null, basis: 'consent', concealed: false });
      }),
    );
  });

  it('the three kinds never stand in for one another', async () => {
    const caseId = await aCase();
    await give(caseId, release({ kind: 'data_processing' }));
    await give(caseId, participation());
    expect((await check(caseId)).missing).toEqual([{ category: 'health', reason: 'no-consent' }]);
    const other = await aCase();
    await give(other);
    const found = (id: string) =>
      inSystem(() => lotse.app.get(UnitOfWork).run(() => lotse.app.get(ConsentReader).participation(id)));
    expect(await found(other)).toBeNull();
    expect(await found(caseId)).toMatchObject({ personId });
  });

  it('says no where sending refuses: without participation only a conference is carried by a release', async () => {
    const caseId = await aCase();
    await give(caseId, release({ categories: ['identity', 'health'] }));
    const reply = await check(caseId, { categories: ['identity', 'health', 'journal'] });
    expect(reply).toMatchObject({
      allowed: false,
      personId,
      missing: [
        { category: 'identity', reason: 'participation-missing' },
        { category: 'health', reason: 'participation-missing' },
        { category: 'journal', reason: 'no-consent' },
      ],
    });
    const purposes = { coordination: false, joint_steering: false, conference: true, case_management: true };
    for (const [purpose, allowed] of Object.entries(purposes)) {
      await give(caseId, release({ purpose }));
      expect([purpose, (await check(caseId, { purpose })).allowed]).toEqual([purpose, allowed]);
    }
    const sending = inSystem(() =>
      lotse.app.get(UnitOfWork).run(() =>
        lotse.app.get(ConsentReader).require({
          caseId,
          recipient: ref(clinic),
          categories: ['health'],
          purpose: 'referral',
        }),
      ),
    );
    await expect(sending).rejects.toMatchObject({ facts: { reason: 'participation-missing' } });
    const taking = await give(caseId, participation({ validUntil: '2026-03-20' }));
    expect(await check(caseId)).toMatchObject({ allowed: true, until: '2026-03-20' });
    await give(caseId, release({ validUntil: '2026-03-10' }));
    expect(await check(caseId)).toMatchObject({ allowed: true, until: '2026-03-20' });
    await missCm.ok('post', `/v1/consents/${taking}/withdrawal`, {}, { ifMatch: '*' });
    expect((await check(caseId)).explanation.en).toContain('does not take part');
  });

  it('answers for the client unless another person of the case is named', async () => {
    const caseId = await aRunningCase();
    const ofDaughter = await give(
      caseId,
      release({
        personId: daughterId,
        givenBy: { kind: 'guardian', name: 'X', basis: 'custody' },
        personBirthDate: '2016-01-01',
      }),
    );
    expect(await check(caseId)).toMatchObject({ allowed: false, personId });
    expect(await check(caseId, { personId: daughterId })).toMatchObject({
      allowed: true,
      personId: daughterId,
      consentId: ofDaughter,
      until: null,
    });
    const body = { recipient: ref(clinic), categories: ['health'], purpose: 'referral' };
    const unknown = await missCm.post(`/v1/cases/${caseId}/consent-checks`, { ...body, personId: randomUUID() });
    expect([unknown.status, unknown.body.errors[0].pointer]).toEqual([422, '#/personId']);
    expect((await mrX.post(`/v1/cases/${caseId}/consent-checks`, { ...body, personId: daughterId })).status).toBe(422);
  });

  it('CONS-7: what is not yet valid or has expired carries nothing; its days begin and end at midnight in Germany', async () => {
    const caseId = await aRunningCase();
    await give(caseId, release({ validFrom: '2026-03-02', validUntil: '2026-03-31' }));
    expect((await check(caseId)).missing).toEqual([{ category: 'health', reason: 'not-yet-valid' }]);
    lotse.at('2026-03-01T23:00:00.000Z');
    expect((await check(caseId)).allowed).toBe(true);
    lotse.at('2026-03-31T21:59:59.999Z');
    expect((await check(caseId)).allowed).toBe(true);
    lotse.at('2026-03-31T22:00:00.000Z');
    expect((await check(caseId)).missing).toEqual([{ category: 'health', reason: 'expired' }]);
    lotse.at('2026-03-01T09:00:00.000Z');
  });

  it('is a logged read, not a disclosure', async () => {
    const caseId = await aRunningCase();
    await check(caseId);
    const log = await lotse.sql(`select action, resource_type from platform.access_log where case_id = $1`, [caseId]);
    expect(log).toEqual([{ action: 'read', resource_type: 'consent-check' }]);
    await lotse.settled();
    expect((await missCm.ok('get', `/v1/cases/${caseId}/disclosures`)).data).toEqual([]);
  });

  it('refuses data that leaves without consent, with the categories and without names', async () => {
    const caseId = await aRunningCase();
    const outcome = inSystem(() =>
      lotse.app
        .get(UnitOfWork)
        .run(() =>
          lotse.app
            .get(ConsentReader)
            .require({ caseId, recipient: ref(clinic), categories: ['health'], purpose: 'referral' }),
        ),
    );
    await expect(outcome).rejects.toMatchObject({
      code: 'consent-required',
      facts: { categories: ['health'], purpose: 'referral', recipientId: clinic.id, reason: 'no-consent' },
    });
  });

  it('CONS-2 meets CONS-3: a withdrawal at the same time either stops the data or comes after it, 50 times', async () => {
    const uow = lotse.app.get(UnitOfWork);
    const reader = lotse.app.get(ConsentReader);
    const consents = lotse.app.get(ConsentService);
    const caseId = await aRunningCase();
    const seen = { passed: 0, refused: 0 };
    for (let i = 0; i < 50; i += 1) {
      const recipient = { ...clinic, id: randomUUID() };
      const id = await give(caseId, release({ recipients: [recipient] }));
      const pass = async () => {
        // Moves the start of the one across the steps of the other.
        if (i % 2 === 1) await new Promise((resolve) => setTimeout(resolve, i % 12));
        return uow.run(async () => {
          const consentId = await reader.require({
            caseId,
            recipient: ref(recipient),
            categories: ['health'],
            purpose: 'referral',
          });
          await new Promise((resolve) => setTimeout(resolve, i % 3));
          uow.record(
            new InformationPassed(
              randomUUID(),
              caseId,
              'referral',
              'organisation',
              recipient.id,
              'referral',
              ['health'],
              consentId,
              lotse.clock.now(),
            ),
          );
          // Still in the transaction in which the consent was checked.
          return (
            await uow.query<{ withdrawn: boolean }>(
              'select withdrawn from consent.consent where tenant_id = $1 and id = $2',
              [home, id],
            )
          )[0]!.withdrawn;
        });
      };
      const order = [() => inSystem(pass), () => inSystem(() => consents.withdraw(id, '*', {}))];
      if (i % 2 === 1) order.reverse();
      const outcomes = await Promise.allSettled(order.map((start) => start()));
      if (i % 2 === 1) outcomes.reverse();
      const [passing, withdrawing] = outcomes;
      expect(withdrawing!.status).toBe('fulfilled');
      const events = await lotse.sql<{ type: string }>(
        `select type from platform.event where (aggregate_id = $1 or payload->>'recipientId' = $2) and type <> 'consent.given' order by txid, seq`,
        [id, recipient.id],
      );
      if (passing!.status === 'fulfilled') {
        seen.passed += 1;
        expect(passing!.value).toBe(false);
        expect(events).toHaveLength(2);
      } else {
        seen.refused += 1;
        expect(passing!.reason).toBeInstanceOf(RuleBroken);
        expect(events).toEqual([{ type: 'consent.withdrawn' }]);
      }
    }
    expect(seen.passed + seen.refused).toBe(50);
    expect(seen.passed).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  });

  it('CONS-2 meets CONS-3: while data is leaving, the withdrawal waits for it', async () => {
    const caseId = await aRunningCase();
    const id = await give(caseId);
    const log: string[] = [];
    let withdrawal: Promise<unknown> = Promise.resolve();
    await inSystem(() =>
      lotse.app.get(UnitOfWork).run(async () => {
        await lotse.app
          .get(ConsentReader)
          .require({ caseId, recipient: ref(clinic), categories: ['health'], purpose: 'referral' });
        withdrawal = mrX
          .ok('post', `/v1/consents/${id}/withdrawal`, {}, { ifMatch: 1 })
          .then(() => log.push('withdrawn'));
        await new Promise((resolve) => setTimeout(resolve, 300));
        log.push('left');
      }),
    );
    await withdrawal;
    expect(log).toEqual(['left', 'withdrawn']);
  });
});

describe('CONS-5 the disclosure register', () => {
  it('holds every outward flow once, for client and data protection officer to read, and nobody can change it', async () => {
    const caseId = await aCase();
    const consentId = await give(caseId);
    const sourceId = randomUUID();
    await inSystem(() =>
      lotse.app.get(UnitOfWork).run(async () => {
        lotse.app
          .get(UnitOfWork)
          .record(
            new InformationPassed(
              sourceId,
              caseId,
              'referral',
              'organisation',
              clinic.id,
              'referral',
              ['identity', 'health'],
              consentId,
              '2026-03-01T09:00:00.000Z',
            ),
          );
      }),
    );
    await lotse.settled();
    await lotse.settled();
    for (const key of ['miss-cm', 'mr-x', 'dpo']) {
      const { data } = await (await lotse.as(key)).ok('get', `/v1/cases/${caseId}/disclosures`);
      expect(data).toEqual([
        {
          id: expect.any(String),
          caseId,
          flow: 'referral',
          sourceId,
          recipient: clinic,
          purpose: 'referral',
          categories: ['identity', 'health'],
          basis: 'consent',
          consentId,
          exceptionId: null,
          disclosedAt: '2026-03-01T09:00:00.000Z',
        },
      ]);
    }
    await expect(lotse.sql('update consent.disclosure set purpose = $1', ['x'])).rejects.toThrow('append-only');
    await expect(lotse.sql('delete from consent.disclosure')).rejects.toThrow('append-only');
    const uow = lotse.app.get(UnitOfWork);
    await expect(
      inSystem(() => uow.query(`update consent.disclosure set purpose = 'x' where tenant_id = $1`, [home])),
    ).rejects.toThrow('permission denied');
  });
});
