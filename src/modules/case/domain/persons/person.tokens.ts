import { type Identifier, evidenceOf, identifierKey } from './person.identifiers';
import { nameParts } from './person.names';
import { deletions, koelnerPhonetik } from './phonetics';

/** What a person is found by. */
export type Findable = {
  readonly familyName: string | null;
  readonly givenName: string | null;
  readonly birthName?: string | null;
  /** YYYY-MM-DD, or only YYYY-MM or YYYY in a search. */
  readonly birthDate: string | null;
  readonly identifiers?: readonly Identifier[];
};

/** Names shorter than this have too many neighbours by one typing error. */
const TYPO_LENGTH = 4;
const PREFIX = 4;
/** The shortest and the longest beginning of a name that finds its bearer; of longer ones that many letters count. */
const [SHORTEST, LONGEST] = [3, 10];
/** Words of a search by name; further ones are not looked at. */
const MOST_WORDS = 6;
/** Beginnings and ends of this length are compared together with something else. */
const PIECE = 3;
/** Further parts of a name are not looked at: pairs would be too many. */
const MOST_PARTS = 4;

/** How much a token in common says, when candidates are chosen; what they are is decided by comparing them. */
const WEIGHTS = { i: 20, b: 10, f: 9, g: 9, h: 7, q: 7, r: 7, s: 6, n: 6, u: 5, v: 5, k: 4, a: 3, x: 2, p: 1 } as const;
type Kind = keyof typeof WEIGHTS;
/** A token before it is blinded, with its weight. */
export type Token = { text: string; weight: number };
const token = (kind: Kind, text: string): Token => ({ text: `${kind}:${text}`, weight: WEIGHTS[kind] });

/**
 * What is looked for: the tokens, how many records are opened and compared at most (the weightiest first), how many rows
 * of one token are read, and whether a token that as many persons or more share still counts. What many share tells
 * nothing of anybody, so that the cost does not grow with the number of persons.
 */
export type Look = { tokens: Token[]; most: number; rows: number; common: boolean };

/**
 * A search, where little may be known: by what is known, and by what a slip of the pen would have left. Where there is
 * only one name, any of those who share it may be meant.
 */
export function search(wanted: Findable): Look {
  const singles = [...names(wanted).flatMap(nameTokens), ...dateTokens(wanted.birthDate), ...identifierTokens(wanted)];
  const pairs = pairTokens(wanted);
  const slips = swappedDate(wanted).map((date) => ({ text: `b:${date}`, weight: WEIGHTS.s }));
  const tokens = distinct([...singles, ...pairs, ...slips]);
  // Twenty find everybody whose birth date is right; with a wrong day they find 88 of a hundred among 100,000, thirty 90.
  const most = wanted.birthDate?.length === 10 ? 20 : 30;
  return pairs.length === 0
    ? { tokens, most: 60, rows: 300, common: true }
    : { tokens, most, rows: 100, common: false };
}

/** Duplicates: an error in names leaves the birth date, one in the birth date leaves the names. */
export function duplicates(wanted: Findable): Look {
  const slips = swappedDate(wanted).flatMap((birthDate) => tellingTokens({ ...wanted, birthDate }));
  const tokens = distinct([...identifierTokens(wanted), ...tellingTokens(wanted), ...slips]);
  return { tokens, most: 10, rows: 20, common: false };
}

/**
 * The tokens a person is stored under: parts of all names in any order (n), their sound (k), also with the first letter
 * (a), beginnings (p) and, for family names, neighbours by one typing error (x), the birth date (b), identifiers (i) —
 * never the pension number — and pairs that few share (see pairTokens). Changing them needs all persons to be stored again.
 */
export const tokensOf = (person: Findable): Token[] =>
  distinct([
    ...names(person).flatMap(nameTokens),
    ...names(person).flatMap(({ part }) => [...beginnings(part), ...alike(part)]),
    ...dateTokens(person.birthDate),
    ...identifierTokens(person),
    ...pairTokens(person),
  ]);

/**
 * What a list is filtered by: for each word of the text the tokens of which a name must have one. A word is a whole name,
 * the beginning of one (three letters or more), or sounds like one with the same first letter (four or more). Nothing is
 * compared afterwards, so that a page is a page however many there are.
 */
export const wordsOf = (text: string): Token[][] =>
  nameParts(text)
    .slice(0, MOST_WORDS)
    .map((word) => [
      token('n', word),
      ...(word.length >= SHORTEST ? [token('p', word.slice(0, LONGEST))] : []),
      ...(word.length >= TYPO_LENGTH ? alike(word) : []),
    ]);

const beginnings = (part: string): Token[] =>
  Array.from({ length: Math.max(0, Math.min(part.length, LONGEST) - SHORTEST + 1) }, (_, i) =>
    token('p', part.slice(0, SHORTEST + i)),
  );

/** A sound of one letter tells nothing. */
function alike(part: string): Token[] {
  const sound = koelnerPhonetik(part);
  return sound.length > 1 ? [token('a', `${part[0]} ${sound}`)] : [];
}

const distinct = (tokens: readonly Token[]) => [...new Map(tokens.map((t) => [t.text, t])).values()];

/** A part of a name in comparable form, and how it sounds. */
type Name = { part: string; sound: string; family: boolean };
const familyNames = ({ familyName, birthName = null }: Findable) => [familyName, birthName].flatMap(named(true));
const givenNames = ({ givenName }: Findable) => [givenName].flatMap(named(false));
const names = (person: Findable) => [...familyNames(person), ...givenNames(person)];
/** `Hans-Peter` is found as hans, as peter and as hanspeter. */
const named = (family: boolean) => (name: string | null) => {
  const parts = nameParts(name).slice(0, MOST_PARTS);
  const all = parts.length > 1 ? [...parts, parts.join('')] : parts;
  return all.map((part): Name => ({ part, sound: koelnerPhonetik(part) || part, family }));
};

/** The birth date with day and month swapped, where that is another date. */
function swappedDate({ birthDate }: Findable): string[] {
  const [year, month, day] = birthDate?.split('-') ?? [];
  return day && day <= '12' && day !== month ? [`${year}-${day}-${month}`] : [];
}

const identifierTokens = ({ identifiers = [] }: Findable): Token[] =>
  identifiers
    .filter((identifier) => evidenceOf(identifier) === 'person')
    .map((identifier) => token('i', identifierKey(identifier)));

const dateTokens = (date: string | null): Token[] => (date?.length === 10 ? [token('b', date)] : []);

const nameTokens = ({ part, sound, family }: Name): Token[] => [
  token('n', part),
  token('k', sound),
  ...(part.length >= PREFIX ? [token('p', part.slice(0, PREFIX))] : []),
  ...(family && part.length >= TYPO_LENGTH ? [part, ...deletions(part)].map((left) => token('x', left)) : []),
];

/** What hardly anybody has in common with somebody else: birth date and first sounds of a name (f), the sounds of two names (g). */
function tellingTokens(person: Findable): Token[] {
  const { birthDate } = person;
  return [
    ...(birthDate?.length === 10
      ? names(person).map(({ sound }) => token('f', `${birthDate} ${sound.slice(0, 3)}`))
      : []),
    ...familyNames(person).flatMap((one) =>
      givenNames(person).map((other) => token('g', [one.sound, other.sound].sort().join(' '))),
    ),
  ];
}

/**
 * All pairs: the telling ones, and, for errors in one of the two, the year of birth with the sound (h), the beginning (u)
 * and the end (v) of a name, and the sound of one name with the beginning (q) and the end (r) of another.
 */
function pairTokens(person: Findable): Token[] {
  const year = person.birthDate?.slice(0, 4);
  const [family, given] = [familyNames(person), givenNames(person)];
  const mixed = [...pairsOf(family, given), ...pairsOf(given, family)];
  return [
    ...tellingTokens(person),
    ...(year ? [...family, ...given].flatMap((name) => yearTokens(year, name)) : []),
    ...mixed.flatMap(([one, other]) => [
      token('q', `${one.part.slice(0, PIECE)} ${other.sound}`),
      token('r', `${one.part.slice(-PIECE)} ${other.sound}`),
    ]),
  ];
}

const yearTokens = (year: string, { part, sound }: Name): Token[] => [
  token('h', `${year} ${sound}`),
  token('u', `${year} ${part.slice(0, PIECE)}`),
  token('v', `${year} ${part.slice(-PIECE)}`),
];

const pairsOf = (ones: readonly Name[], others: readonly Name[]) =>
  ones.flatMap((one) => others.map((other) => [one, other] as const));
