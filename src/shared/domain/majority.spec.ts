import { LONG_SINCE, MAJORITY, birthday, ofAgeFrom } from './majority';

describe('coming of age', () => {
  it('CONS-1: begins with the birthday (BGB §§ 2, 188), for the 29 February on 1 March', () => {
    expect(birthday('2008-03-02', MAJORITY)).toBe('2026-03-02');
    expect(birthday('2008-02-29', MAJORITY)).toBe('2026-03-01');
    expect(birthday('2008-02-29', 14)).toBe('2022-03-01');
  });

  it('the day is told around it alone', () => {
    const on = (today: string) => ofAgeFrom('2008-03-02', today);
    expect(on('2026-02-22')).toBeNull();
    expect(on('2026-02-23')).toBe('2026-03-02');
    expect(on('2026-03-08')).toBe('2026-03-02');
    expect(on('2026-03-09')).toBe(LONG_SINCE);
    expect(ofAgeFrom(null, '2026-03-02')).toBeNull();
  });
});
