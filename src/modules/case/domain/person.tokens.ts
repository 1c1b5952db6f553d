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

/** How much a token in common says, when candidates are chosen; what they are is decided by comparing them. */
const WEIGHTS = { i: 20, b: 10, f: 9, g: 9, s: 6, n: 6, k: 4, m: 3, d: 3, x: 2, y: 2, p: 1 } as const;
type Kind = keyof typeof WEIGHTS;
/** A token before it is blinded, with its weight. */
export type Token = { text: string; weight: number };
const token = (kind: Kind, text: string): Token => ({ text: `${kind}:${text}`, weight: WEIGHTS[kind] });

/**
 * How far to look: by which tokens, how many records are opened and compared at most (the weightiest first), how many
 * rows of one token are read, and whether a token that more persons share still counts.
 */
export type Width = { tokens: (wanted: Findable) => Token[]; most: number; rows: number; common: boolean };
/** For a search, where little may be known. */
export const WIDE: Width = { tokens: searchTokens, most: 100, rows: 20_000, common: true };
/**
 * For duplicates: only what few share, as a token that hundreds share tells nothing of anybody, and opening a record
 * costs more than finding it; so the cost does not grow with the number of persons.
 */
export const NARROW: Width = { tokens: duplicateTokens, most: 10, rows: 300, common: false };

/**
 * The tokens a person is stored under: parts of all names in any order (n), their sound (k), their neighbours by one
 * typing error (x), beginnings (p), the birth date (b), its month (m), day of the year (d) and year (y), identifiers (i)
 * — never the pension number — and what a second record of the same person has in common with this one and hardly any
 * other: the birth date with the first sound of a name (f), the sounds of two names (g). Changing them needs all persons
 * to be stored again.
 */
export const tokensOf = (person: Findable): Token[] => distinct([...singleTokens(person), ...pairTokens(person)]);

/** The tokens to search by: those of what is known, and those that a slip of the pen would have left. */
function searchTokens(wanted: Findable): Token[] {
  const tokens = distinct(singleTokens(wanted));
  // The year alone is that of one in a hundred: it only helps where nothing better is known.
  if (wanted.birthDate?.length !== 10) return tokens;
  const telling = tokens.filter(({ text }) => !text.startsWith('y:'));
  return [...telling, ...swappedDate(wanted).map((date) => ({ text: `b:${date}`, weight: WEIGHTS.s }))];
}

/** The tokens to look for duplicates by: an error in names leaves the birth date, one in the birth date the names. */
function duplicateTokens(wanted: Findable): Token[] {
  const slips = swappedDate(wanted).flatMap((birthDate) => pairTokens({ ...wanted, birthDate }));
  return distinct([...identifierTokens(wanted), ...pairTokens(wanted), ...slips]);
}

const distinct = (tokens: readonly Token[]) => [...new Map(tokens.map((t) => [t.text, t])).values()];

/** The birth date with day and month swapped, where that is another date. */
function swappedDate({ birthDate }: Findable): string[] {
  const [year, month, day] = birthDate?.split('-') ?? [];
  return day && day <= '12' && day !== month ? [`${year}-${day}-${month}`] : [];
}

const singleTokens = (person: Findable): Token[] => [
  ...[person.familyName, person.givenName, person.birthName ?? null].flatMap(nameTokens),
  ...(person.birthDate ? dateTokens(person.birthDate) : []),
  ...identifierTokens(person),
];

const identifierTokens = ({ identifiers = [] }: Findable): Token[] =>
  identifiers
    .filter((identifier) => evidenceOf(identifier) === 'person')
    .map((identifier) => token('i', identifierKey(identifier)));

function pairTokens({ familyName, givenName, birthName, birthDate }: Findable): Token[] {
  const sounds = (names: (string | null)[]) => names.flatMap(nameParts).map((part) => koelnerPhonetik(part) || part);
  const [family, given] = [sounds([familyName, birthName ?? null]), sounds([givenName])];
  return [
    ...(birthDate?.length === 10 ? [...family, ...given].map((sound) => token('f', `${birthDate} ${sound[0]}`)) : []),
    ...family.flatMap((one) => given.map((other) => token('g', [one, other].sort().join(' ')))),
  ];
}

function nameTokens(name: string | null): Token[] {
  const parts = nameParts(name);
  const all = parts.length > 1 ? [...parts, parts.join('')] : parts;
  return all.flatMap((part) => {
    const sound = koelnerPhonetik(part);
    return [
      token('n', part),
      ...(sound.length > 1 ? [token('k', sound)] : []),
      ...(part.length >= PREFIX ? [token('p', part.slice(0, PREFIX))] : []),
      ...(part.length >= TYPO_LENGTH ? [part, ...deletions(part)].map((left) => token('x', left)) : []),
    ];
  });
}

function dateTokens(date: string): Token[] {
  const [year, month, day] = date.split('-');
  return [
    token('y', year!),
    ...(month ? [token('m', `${year}-${month}`)] : []),
    ...(day ? [token('b', date), token('d', `${month}-${day}`)] : []),
  ];
}
