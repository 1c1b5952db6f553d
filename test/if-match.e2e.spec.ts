import { type Lotse, startLotse } from './support/lotse';
import { openCase } from './support/story';

let lotse: Lotse;
beforeAll(async () => {
  lotse = await startLotse();
});
afterAll(() => lotse.close());

it('takes the thing as it is with If-Match: *, however many come at the same time, and loses none of them', async () => {
  const { caseId } = await openCase(lotse, { as: 'miss-cm', client: 'mr-x' });
  const missCm = await lotse.as('miss-cm');
  const intensities = [1, 2, 3];
  const before = (await missCm.get(`/v1/cases/${caseId}`)).version;
  const replies = await Promise.all(
    intensities.map((intensity) => missCm.put(`/v1/cases/${caseId}/intensity`, { intensity }, { ifMatch: '*' })),
  );
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await missCm.get(`/v1/cases/${caseId}`)).version).toBe(before + 3);
});
