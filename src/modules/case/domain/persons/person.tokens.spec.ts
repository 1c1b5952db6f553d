import { tokensOf, wordsOf } from './person.tokens';

/** Whether a list filtered by the text shows a client of this name. */
const finds = (text: string, familyName: string, givenName: string | null = null, birthName: string | null = null) => {
  const stored = new Set(tokensOf({ familyName, givenName, birthName, birthDate: null }).map((token) => token.text));
  return wordsOf(text).every((tokens) => tokens.some((token) => stored.has(token.text)));
};

it('CASE-1: a client is found by the beginning of a name from three letters on, however much more is typed', () => {
  for (let length = 3; length <= 13; length += 1)
    expect([length, finds('Luedenscheidt'.slice(0, length), 'Lüdenscheidt')]).toEqual([length, true]);
  expect(finds('Lu', 'Lüdenscheidt')).toBe(false);
});

it('CASE-1: a short name is found whole', () => {
  expect([finds('Li', 'Li'), finds('X', 'X', 'Martin'), finds('Li', 'Lindner')]).toEqual([true, true, false]);
});

it('CASE-1: every word must be of the same client, in any order: family name, given name or name at birth', () => {
  expect(finds('anna mei', 'Meier', 'Anna')).toBe(true);
  expect(finds('Schneider Meier', 'Meier', 'Anna', 'Schneider')).toBe(true);
  expect(finds('Anna Peter', 'Meier', 'Anna')).toBe(false);
});

it('CASE-1: a name in two parts is found by either, by both, and by what is typed of both', () => {
  for (const text of ['Hans', 'Peter', 'Hans-Peter', 'hanspeter', 'Hans-Pet', 'hansp'])
    expect([text, finds(text, 'Meier', 'Hans-Peter')]).toEqual([text, true]);
});

it('CASE-1: what sounds alike and begins alike is found, and what is another name is not', () => {
  expect([finds('Mayer', 'Meier'), finds('Schmitt', 'Schmidt'), finds('Müller', 'Mueller')]).toEqual([
    true,
    true,
    true,
  ]);
  expect([finds('Meier', 'Neuer'), finds('Meier', 'Beier'), finds('Mei', 'Mai')]).toEqual([false, false, false]);
});

it('CASE-1: what holds no letter looks for nothing', () => {
  expect(wordsOf(' – . ')).toEqual([]);
});
