import { type Lotse, startLotse } from './support/lotse';

let lotse: Lotse;
beforeAll(async () => {
  lotse = await startLotse();
});
afterAll(() => lotse.close());

it('answers that it lives', async () => {
  const admin = await lotse.as('org-admin');
  expect((await admin.get('/health/live')).body).toEqual({ status: 'ok' });
  expect((await admin.get('/v1/parked-events')).body).toEqual({ data: [] });
});
