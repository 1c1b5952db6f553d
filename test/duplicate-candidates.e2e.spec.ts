import { DuplicateCandidatesJob } from '../src/modules/case/application/persons/duplicate-candidates.job';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { race } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';

let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let stranger: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  missCm = await lotse.as('miss-cm');
  mrCm = await lotse.as('mr-cm');
  stranger = await lotse.as('stranger');
});
afterAll(() => lotse.close());

type Pair = {
  id: string;
  version: number;
  personId: string;
  otherId: string;
  score: number;
  reasons: string[];
  status: string;
};
const record = async (body: object, who = missCm) => (await who.ok('post', '/v1/persons', body)).id as string;
const job = () =>
  runInContext(systemContext(demoTenants[0].id, 'test', 'case_management'), () =>
    lotse.app.get(DuplicateCandidatesJob).run(),
  );
const pairs = async (status = 'open', who = missCm): Promise<Pair[]> =>
  (await who.ok('get', `/v1/duplicate-candidates?status=${status}`)).data;
const about = async (ids: string[], status = 'open') =>
  (await pairs(status)).filter(({ personId, otherId }) => [personId, otherId].sort().join() === [...ids].sort().join());
const twice = async (familyName: string) => {
  const person = { familyName, givenName: 'Katharina', birthDate: '1983-02-11', gender: 'female' };
  const one = await record(person);
  return [one, await record({ ...person, familyName: `${familyName}n`, birthDate: '1983-11-02' })] as [string, string];
};

it('CASE-1: the daily job finds pairs once, the likeliest first, only within the organisation', async () => {
  const ids = await twice('Wiedemeier');
  await record({ familyName: 'Wiedemeier', givenName: 'Katharina', birthDate: '1983-02-11' }, stranger);
  await lotse.app.get(DailyJobs).runAll();
  const [pair] = await about(ids);
  expect(pair).toMatchObject({
    status: 'open',
    reasons: ['similar_family_name', 'same_given_name', 'day_and_month_swapped'],
    dismissal: null,
  });
  const scores = (await pairs()).map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(await pairs('open', stranger)).toEqual([]);
  expect((await stranger.get(`/v1/duplicate-candidates/${pair!.id}`)).status).toBe(404);
  expect(
    (await stranger.post(`/v1/duplicate-candidates/${pair!.id}/dismissal`, { reason: 'x' }, { ifMatch: '*' })).status,
  ).toBe(404);
  expect(await job()).toBe(0);
  expect((await missCm.get(`/v1/duplicate-candidates/${pair!.id}`)).body).toEqual(pair);
});

it('CASE-1: two persons whom somebody told apart are not proposed again', async () => {
  const ids = await twice('Hagedorn');
  await job();
  const [pair] = await about(ids);
  const path = `/v1/duplicate-candidates/${pair!.id}/dismissal`;
  expect((await missCm.post(path, { reason: ' ' }, { ifMatch: 1 })).status).toBe(422);
  await race(
    missCm.post(path, { reason: 'Cousins of the same name' }, { ifMatch: 1 }),
    mrCm.post(path, { reason: 'Cousins of the same name' }, { ifMatch: 1 }),
  );
  expect((await missCm.post(path, { reason: 'Again' }, { ifMatch: '*' })).body).toMatchObject({
    code: 'candidate-decided',
    currentStatus: 'dismissed',
  });
  await missCm.ok('patch', `/v1/persons/${ids[0]}`, { town: 'Leipzig' }, { ifMatch: '*' });
  expect(await job()).toBe(1);
  expect(await about(ids)).toEqual([]);
  expect(await about(ids, 'dismissed')).toMatchObject([{ dismissal: { reason: 'Cousins of the same name' } }]);
  expect((await missCm.get(`/v1/persons/${ids[0]}/duplicates`)).body.data).toEqual([]);
});

it('CASE-1: a pair vanishes with a correction and comes back with another, and is settled by a merge', async () => {
  const [one, other] = await twice('Lindqvist');
  await job();
  const correct = async (birthDate: string) => {
    await missCm.ok('patch', `/v1/persons/${other}`, { birthDate }, { ifMatch: '*' });
    await job();
  };
  await correct('1950-07-30');
  expect(await about([one, other], 'vanished')).toHaveLength(1);
  await correct('1983-02-11');
  expect(await about([one, other])).toMatchObject([
    { version: 3, reasons: expect.arrayContaining(['same_birth_date']) },
  ]);
  await missCm.ok(
    'post',
    `/v1/persons/${other}/merge`,
    { survivorId: one, reason: 'The same person' },
    { ifMatch: '*' },
  );
  expect(await about([one, other])).toEqual([]);
  expect(await about([one, other], 'merged')).toHaveLength(1);
  await job();
  expect(await about([one, other])).toEqual([]);
});

it('CONS-6: pairs with a restricted person are left out, and not decided on', async () => {
  const ids = await twice('Niedermeier');
  await job();
  const [pair] = await about(ids);
  const dpo = await lotse.as('dpo');
  const restriction = { personId: ids[0], ground: 'accuracy_contested', reason: 'Of another man' };
  await dpo.ok('post', '/v1/processing-restrictions', restriction);
  expect(await about(ids)).toEqual([]);
  const path = `/v1/duplicate-candidates/${pair!.id}`;
  const dismissed = await missCm.post(`${path}/dismissal`, { reason: 'Twins' }, { ifMatch: '*' });
  expect([(await missCm.get(path)).body.code, dismissed.body.code]).toEqual([
    'processing-restricted',
    'processing-restricted',
  ]);
});
