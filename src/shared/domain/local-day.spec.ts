import { localDay } from './local-day';

it('CONS-7: a day ends at midnight in Germany, in winter an hour and in summer two before the day in UTC', () => {
  expect(
    [
      '2026-01-31T22:59:59.999Z',
      '2026-01-31T23:00:00.000Z',
      '2026-03-31T21:59:59.999Z',
      '2026-03-31T22:00:00.000Z',
    ].map(localDay),
  ).toEqual(['2026-01-31', '2026-02-01', '2026-03-31', '2026-04-01']);
});
