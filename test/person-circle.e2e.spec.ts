import { pointers } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';

let lotse: Lotse;
let missCm: ApiClient;
const any = { ifMatch: '*' } as const;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  missCm = await lotse.as('miss-cm');
});
afterEach(async () => {
  await lotse.settled();
  expect(await lotse.sql('select subscription, error from platform.parked_event')).toEqual([]);
});
afterAll(() => lotse.close());

const record = async (body: object = {}) =>
  (await missCm.ok('post', '/v1/persons', { familyName: 'Y', ...body })).id as string;

describe('communication needs', () => {
  const NEEDS = {
    languageLevels: [{ language: 'pl', spoken: 'native', written: 'B1' }],
    interpreterLanguages: ['pl', 'gsg'],
    support: ['easy_language', 'writing_help'],
    access: ['wheelchair'],
    contactWays: ['letter', 'phone'],
    contactTimes: [{ days: ['mon', 'thu'], from: '09:00', until: '12:00' }],
    note: 'Ring twice',
  };

  it('CASE-1: are recorded, changed field by field and read, and stand nowhere in the open', async () => {
    const id = await record({ interpreterNeeded: true, communication: NEEDS });
    expect((await missCm.ok('get', `/v1/persons/${id}`)).communication).toEqual(NEEDS);
    const patch = { communication: { support: null, contactWays: ['email'] } };
    await missCm.ok('patch', `/v1/persons/${id}`, patch, any);
    const needs = { ...NEEDS, support: [], contactWays: ['email'] };
    expect((await missCm.ok('get', `/v1/persons/${id}`)).communication).toEqual(needs);
    const [{ row }] = (await lotse.sql<{ row: string }>('select p::text as row from cases.person p where id = $1', [
      id,
    ])) as [{ row: string }];
    for (const secret of ['wheelchair', 'easy_language', 'gsg', 'Ring'])
      for (const form of [secret, Buffer.from(secret).toString('hex')]) expect(row).not.toContain(form);
    await missCm.ok('patch', `/v1/persons/${id}`, { communication: null }, any);
    expect((await missCm.ok('get', `/v1/persons/${id}`)).communication).toMatchObject({ access: [], note: null });
  });

  it('CASE-1: every wrong field is named', async () => {
    const wrong = await missCm.post('/v1/persons', {
      familyName: 'Y',
      communication: { interpreterLanguages: ['pl'], contactTimes: [{ days: ['mon'], from: '12:00', until: '11:00' }] },
    });
    expect([wrong.status, pointers(wrong)]).toEqual([
      422,
      ['#/communication/contactTimes/0/until', '#/communication/interpreterLanguages'],
    ]);
    const worse = await missCm.post('/v1/persons', { familyName: 'Y', communication: { support: ['shouting'] } });
    expect([worse.status, pointers(worse)]).toEqual([422, ['#/communication/support']]);
  });
});
