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
  await teamLead.ok('put', `/v1/staff/${who.subject}`, { displayName: 'New CM', team, ...record });
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
      { caseloadLimit: 0, weights: [1, 2], bands: [{ band: 'Free!', upToPercent: 0 }] },
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
