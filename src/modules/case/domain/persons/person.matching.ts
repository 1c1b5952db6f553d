import type { Gender } from '../intake/intake.words';
import { knownNames } from './given-names';
import { evidenceOf, identifierKey } from './person.identifiers';
import { nameParts, normaliseName } from './person.names';
import type { Findable } from './person.tokens';
import { koelnerPhonetik, typingErrors } from './phonetics';
import { withoutSpelling } from './transliteration';

/** What two persons are compared by; in a search most of it is missing, and `birthDate` may be a year or a month. */
export type Comparable = Findable & {
  readonly gender?: Gender;
  readonly phone?: string | null;
  readonly email?: string | null;
  readonly addressLines?: readonly string[];
  readonly postalCode?: string | null;
};

/** What speaks for or against two records being of one person. */
export const MATCH_REASONS = [
  'same_family_name',
  'similar_family_name',
  'birth_name',
  'other_family_name',
  'same_given_name',
  'similar_given_name',
  'given_name_begins',
  'other_given_name',
  'names_swapped',
  'same_birth_date',
  'birth_date_fits',
  'day_and_month_swapped',
  'similar_birth_date',
  'other_birth_date',
  'same_identifier',
  'other_identifier',
  'same_address',
  'same_postal_code',
  'same_phone',
  'same_email',
  'other_gender',
] as const;
export type MatchReason = (typeof MATCH_REASONS)[number];

/** The sum of the evidence in bits (log2 of how much likelier it is of one person than of two), and what it is made of. */
export type Match = { readonly weight: number; readonly reasons: readonly MatchReason[] };
type Evidence = readonly [bits: number, reason?: MatchReason];
const NOTHING: Evidence = [0];

/** The evidence from which on two records are called possible duplicates. */
export const DUPLICATE_BITS = 16;
/** What members of one household share says nothing beyond this about being one person. */
const HOUSEHOLD_LIMIT = 6;

/** Evidence as a number from 0 to 100: 50 at the border of possible duplicates. */
export const scoreOf = ({ weight }: Match): number => Math.round(100 / (1 + 2 ** ((DUPLICATE_BITS - weight) / 2)));

/** Compares two persons field by field (Fellegi and Sunter); what one of them lacks speaks neither for nor against. */
export const compare = (a: Comparable, b: Comparable): Match => comparedWith(a)(b);

/** The same for one person and many others: what is made of the names of the one is made once. */
export function comparedWith(a: Comparable): (b: Comparable) => Match {
  const named = namesOf(a);
  return (b) => {
    const household = [address(a, b), phone(a, b), email(a, b)];
    const shared = household.reduce((sum, [bits]) => sum + bits, 0);
    const evidence: Evidence[] = [
      ...names(named, namesOf(b)),
      birthDates(a.birthDate, b.birthDate),
      genders(a.gender, b.gender),
      ...identifiers(a, b),
      [Math.min(shared, HOUSEHOLD_LIMIT)],
      ...household.map(([, reason]): Evidence => [0, reason]),
    ];
    return {
      weight: evidence.reduce((sum, [bits]) => sum + bits, 0),
      reasons: evidence.flatMap(([, reason]) => (reason ? [reason] : [])),
    };
  };
}

/** A name or a part of one in comparable form; what else is compared is made when it is asked for. */
class Word {
  private spelling?: string;
  private sounds?: string;
  constructor(readonly text: string) {}
  get length(): number {
    return this.text.length;
  }
  get withoutSpelling(): string {
    return (this.spelling ??= withoutSpelling(this.text));
  }
  get sound(): string {
    return (this.sounds ??= koelnerPhonetik(this.text));
  }
}
/** A name with its parts, in their order and sorted; without parts where it is not known. */
type Name = { readonly whole: Word; readonly parts: readonly Word[]; readonly sorted: string };
type Names = { readonly family: Name; readonly birth: Name; readonly given: Name };

function nameOf(name: string | null | undefined): Name {
  const parts = nameParts(name ?? null);
  return {
    whole: new Word(parts.join('')),
    parts: parts.map((part) => new Word(part)),
    sorted: [...parts].sort().join(),
  };
}
const namesOf = ({ familyName, birthName, givenName }: Comparable): Names => ({
  family: nameOf(familyName),
  birth: nameOf(birthName),
  given: nameOf(givenName),
});
const isKnown = ({ parts }: Name) => parts.length > 0;

/** As they stand, or swapped, whichever fits better. */
function names(a: Names, b: Names): Evidence[] {
  const straight = [familyNames(a, b), givenNames(a.given, b.given)];
  if (!isKnown(a.family) || !isKnown(b.family) || (!isKnown(a.given) && !isKnown(b.given))) return straight;
  const crossed = [likeness(a.family, b.given), likeness(a.given, b.family)];
  const swapped: Evidence[] = [
    [crossed.reduce((sum, like) => sum + { same: 6, alike: 3, other: -9, unknown: 0 }[like], 0), 'names_swapped'],
  ];
  return sum(swapped) > sum(straight) ? swapped : straight;
}
const sum = (evidence: readonly Evidence[]) => evidence.reduce((total, [bits]) => total + bits, 0);

function familyNames(a: Names, b: Names): Evidence {
  switch (likeness(a.family, b.family)) {
    case 'same':
      return [7, 'same_family_name'];
    case 'alike':
      return [4.5, 'similar_family_name'];
    case 'unknown':
      return NOTHING;
    case 'other':
      break;
  }
  const earlier = [likeness(a.family, b.birth), likeness(a.birth, b.family)];
  if (earlier.includes('same')) return [6, 'birth_name'];
  if (earlier.includes('alike')) return [3.5, 'birth_name'];
  return begins(a.family, b.family) ? [3, 'similar_family_name'] : [-5, 'other_family_name'];
}

function givenNames(one: Name, other: Name): Evidence {
  if (!isKnown(one) || !isKnown(other)) return NOTHING;
  if (one.whole.text !== other.whole.text) {
    const first = knownNames(one.parts[0]!.text, other.parts[0]!.text);
    if (first === 'different') return [-14, 'other_given_name'];
    if (first === 'same') return [5, 'similar_given_name'];
  }
  switch (likeness(one, other)) {
    case 'same':
      return [6.5, 'same_given_name'];
    case 'alike':
      return [4, 'similar_given_name'];
    case 'other':
    case 'unknown':
      return begins(one, other) ? [2, 'given_name_begins'] : [-14, 'other_given_name'];
  }
}

/** Whether one is the beginning of the other: `M.` of `Martin`. */
const begins = ({ whole: one }: Name, { whole: other }: Name): boolean =>
  one.text.startsWith(other.text) || other.text.startsWith(one.text);

/** Names are the same in any order of their parts, or when one has a part more; alike with a typing error or the same sound. */
function likeness(one: Name, other: Name): 'same' | 'alike' | 'other' | 'unknown' {
  if (!isKnown(one) || !isKnown(other)) return 'unknown';
  if (one.whole.text === other.whole.text || one.sorted === other.sorted) return 'same';
  if (alike(one.whole, other.whole)) return 'alike';
  if (one.parts.length === 1 && other.parts.length === 1) return 'other';
  const [fewer, more] = one.parts.length <= other.parts.length ? [one.parts, other.parts] : [other.parts, one.parts];
  const has = (part: Word) => more.some((known) => part.text === known.text || alike(part, known));
  return fewer.every(has) ? 'alike' : 'other';
}

const alike = (one: Word, other: Word): boolean => mistyped(one, other) || speltOtherwise(one, other);

/** Written in Latin letters after another habit: `Iwanow` and `Ivanov`; with a typing error as well in a long name. */
function speltOtherwise(one: Word, other: Word): boolean {
  const shorter = Math.min(one.length, other.length);
  if (shorter < 3 || Math.abs(one.length - other.length) > 5) return false;
  const most = shorter >= 6 ? 1 : 0;
  return typingErrors(one.withoutSpelling, other.withoutSpelling, most) <= most;
}

function mistyped(one: Word, other: Word): boolean {
  const errors = typingErrors(one.text, other.text, 3);
  const shorter = Math.min(one.length, other.length);
  if (errors === 1) return shorter >= 3;
  if (errors === 2 && shorter >= 7) return true;
  return errors <= 3 && shorter >= 4 && one.sound === other.sound;
}

function birthDates(a: string | null, b: string | null): Evidence {
  if (!a || !b) return NOTHING;
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  if (shorter.length < 10)
    return longer.startsWith(shorter) ? [shorter.length, 'birth_date_fits'] : [-5, 'other_birth_date'];
  // Where only the year is known, 1 January is put down: of two such dates only the year says something.
  const yearOnly = a.endsWith('-01-01') && b.endsWith('-01-01');
  if (a === b) return [yearOnly ? 9 : 13, 'same_birth_date'];
  if (yearOnly) return [-5, 'other_birth_date'];
  const [year, month, day] = a.split('-');
  if (b === `${year}-${day}-${month}`) return [8, 'day_and_month_swapped'];
  if (typingErrors(a.replaceAll('-', ''), b.replaceAll('-', ''), 1) === 1) return [4.5, 'similar_birth_date'];
  return [-10, 'other_birth_date'];
}

const STATED: readonly (Gender | undefined)[] = ['male', 'female'];
const genders = (a: Gender | undefined, b: Gender | undefined): Evidence => {
  if (!STATED.includes(a) || !STATED.includes(b)) return NOTHING;
  return a === b ? [0.9] : [-5, 'other_gender'];
};

/** One number in common settles it; two different numbers of the same register nearly do the opposite. */
function identifiers(a: Comparable, b: Comparable): Evidence[] {
  const telling = (person: Comparable) => (person.identifiers ?? []).filter((i) => evidenceOf(i) === 'person');
  const [one, other] = [telling(a), telling(b)];
  const keys = new Set(other.map(identifierKey));
  if (one.some((identifier) => keys.has(identifierKey(identifier)))) return [[24, 'same_identifier']];
  const contradict = one.some(({ system }) => system === 'kvnr' && other.some((known) => known.system === 'kvnr'));
  return contradict ? [[-20, 'other_identifier']] : [];
}

function address(a: Comparable, b: Comparable): Evidence {
  if (!a.postalCode || a.postalCode !== b.postalCode) return NOTHING;
  const street = (person: Comparable) =>
    normaliseName((person.addressLines ?? []).join('').replace(/str(aße|asse|\.)/gi, 'str'));
  const [one, other] = [street(a), street(b)];
  const same = one !== '' && other !== '' && typingErrors(one, other, 1) <= 1;
  return same ? [5, 'same_address'] : [2, 'same_postal_code'];
}

/** Digits from the end, so that country codes and leading zeros do not matter. */
const tail = (number: string | null | undefined) => (number ?? '').replace(/\D/g, '').slice(-8);
const phone = (a: Comparable, b: Comparable): Evidence =>
  tail(a.phone).length >= 6 && tail(a.phone) === tail(b.phone) ? [6, 'same_phone'] : NOTHING;
const email = (a: Comparable, b: Comparable): Evidence =>
  a.email && a.email.toLowerCase() === b.email?.toLowerCase() ? [6, 'same_email'] : NOTHING;
