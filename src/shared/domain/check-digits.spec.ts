import { isKvnr, isRvnr } from './check-digits';

describe('identifiers with check digits (standards §5.1)', () => {
  it.each(['A123456780', 'A000500015', 'T024791905', 'X110411675', 'X110465770'])(
    'the health insurance number %s is right',
    (value) => expect(isKvnr(value)).toBe(true),
  );
  it.each(['A123456789', 'G995030567', '1234567890', 'A12345678', 'a123456780'])(
    'the health insurance number %s is wrong',
    (value) => expect(isKvnr(value)).toBe(false),
  );
  it.each(['15070649C103', '65170839J003', '10010490A443'])('the pension number %s is right', (value) =>
    expect(isRvnr(value)).toBe(true),
  );
  it.each(['15070649C104', '15990649C103', '15071349C103', '15070649C1', ''])(
    'the pension number %s is wrong',
    (value) => expect(isRvnr(value)).toBe(false),
  );
  it('any other check digit of a health insurance number is wrong', () => {
    for (const last of '123456789') expect(isKvnr(`A12345678${last}`)).toBe(false);
  });
});
