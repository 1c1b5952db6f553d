import fc from 'fast-check';
import { isIk } from './check-digits';

describe('NET-1 the Institutionskennzeichen', () => {
  it.each(['260326822', '109519005', '104212059'])('accepts %s, whose check digit fits', (ik) => {
    expect(isIk(ik)).toBe(true);
  });

  it.each(['260326823', '26032682', '2603268220', '26032682a', '', ' 260326822'])('refuses "%s"', (ik) => {
    expect(isIk(ik)).toBe(false);
  });

  it('notices every single mistyped digit from the third to the last', () => {
    const ik = fc.constantFrom('260326822', '109519005', '104212059');
    fc.assert(
      fc.property(ik, fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 9 }), (text, place, shift) => {
        const digits = [...text].map(Number);
        digits[place] = (digits[place]! + shift) % 10;
        return !isIk(digits.join(''));
      }),
    );
  });
});
