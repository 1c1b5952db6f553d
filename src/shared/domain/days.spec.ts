import { addDays } from './days';

describe('days that are added', () => {
  it('go over ends of months and leap days, both ways', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('are calendar days in Germany: the hour that a clock change takes or gives costs none', () => {
    // Half past midnight in summer time, and the clocks go back on the 25th.
    expect(addDays('2026-10-23T22:30:00.000Z', 7)).toBe('2026-10-31');
    expect(addDays('2026-03-28T22:30:00.000Z', 1)).toBe('2026-03-29');
  });
});
