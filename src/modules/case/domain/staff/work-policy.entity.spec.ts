import { InvalidInput } from '../../../../shared/domain/errors';
import { WorkPolicy } from './work-policy.entity';
import { DEFAULT_POLICY, receiverOf } from './work-policy.values';

const stamp = { by: 'org-admin', at: '2026-03-02T09:00:00.000Z' };
const pointersOf = (more: object) => {
  try {
    WorkPolicy.initial().set({ ...DEFAULT_POLICY, ...more }, stamp);
    return [];
  } catch (error) {
    return (error as InvalidInput).faults.map(({ pointer }) => pointer);
  }
};

it('CASE-7: an organisation that has set nothing works with the starting values', () =>
  expect(WorkPolicy.initial()).toMatchObject({ version: 0, caseloadLimit: 40, weights: [1, 2, 3, 4, 5] }));

it('CASE-7: a more intense case weighs no less, and bands go upwards to an open end', () => {
  expect(pointersOf({ weights: [1, 1, 2, 4, 8] })).toEqual([]);
  expect(pointersOf({ weights: [2, 1, 3, 2, 5] })).toEqual(['#/weights/1', '#/weights/3']);
  expect(pointersOf({ bands: [{ band: 'any', upToPercent: null }] })).toEqual([]);
  expect(
    pointersOf({
      bands: [
        { band: 'free', upToPercent: null },
        { band: 'busy', upToPercent: 60 },
        { band: 'free', upToPercent: 50 },
        { band: 'over', upToPercent: 120 },
      ],
    }),
  ).toEqual(['#/bands/0/upToPercent', '#/bands/2/band', '#/bands/2/upToPercent', '#/bands/3/upToPercent']);
});

it('CASE-9, CASE-11: what comes from other organisations is for who answers for all, or else for the first team', () => {
  const [first, second] = [
    { team: 'hospital', subject: 'lead' },
    { team: null, subject: 'head' },
  ];
  expect([receiverOf([first!, second!]), receiverOf([first!]), receiverOf([])]).toEqual(['head', 'lead', null]);
});
