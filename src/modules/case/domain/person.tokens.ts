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
const WEIGHTS = { i: 20, b: 10, s: 6, n: 6, k: 4, m: 3, d: 3, x: 2, y: 2, p: 1 } as const;
type Kind = keyof typeof WEIGHTS;
/** A token before it is blinded, with its weight. */
export type Token = { text: string; weight: number };
const token = (kind: Kind, text: string): Token => ({ text: `${kind}:${text}`, weight: WEIGHTS[kind] });

/**
 * How far to look: the least weight in common, how many are opened and compared at most (the weightiest first), how
 * many rows of one token are read, and whether a token that more persons share still counts.
 */
export type Width = { least: number; most: number; rows: number; common: boolean };
/** For a search, where little may be known. */
export const WIDE: Width = { least: 0, most: 100, rows: 20_000, common: true };
/**
 * For duplicates: a token that hundreds share tells nothing of anybody, and opening a record costs more than finding
 * it; so the cost does not grow with the number of persons.
 */
export const NARROW: Width = { least: 20, most: 10, rows: 300, common: false };

/**
 * The tokens a person is stored under, and searched by: parts of all names in any order (n), their sound (k), their
 * neighbours by one typing error (x), beginnings (p), the birth date (b), its month (m), day of the year (d) and year
 * (y), and identifiers (i) — never the pension number. Changing them needs all persons to be stored again.
 */
export function tokensOf({ familyName, givenName, birthName, birthDate, identifiers = [] }: Findable): Token[] {
  const tokens = [familyName, givenName, birthName ?? null].flatMap(nameTokens);
  if (birthDate) tokens.push(...dateTokens(birthDate));
  for (const identifier of identifiers)
    if (evidenceOf(identifier) === 'person') tokens.push(token('i', identifierKey(identifier)));
  return [...new Map(tokens.map((t) => [t.text, t])).values()];
}

/** The tokens to search by: those of the person, and those that a slip of the pen would have left. */
export function searchTokensOf(wanted: Findable): Token[] {
  const tokens = tokensOf(wanted);
  const [year, month, day] = wanted.birthDate?.split('-') ?? [];
  // The year alone is that of one in a hundred: it only helps where nothing better is known.
  if (!day) return tokens;
  const telling = tokens.filter(({ text }) => !text.startsWith('y:'));
  if (day <= '12' && day !== month) telling.push({ text: `b:${year}-${day}-${month}`, weight: WEIGHTS.s });
  return telling;
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
