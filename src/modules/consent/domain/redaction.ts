/** What stands in an export for somebody else, and for people who work in the organisation. */
export const ANOTHER_PERSON = '[…]';
export const OWN_ACCOUNT = 'own-account';

/** Whom an export is about, and who else is in it. */
export type Redaction = {
  /** Names of the person: never redacted, also where somebody else has them too. */
  readonly ownNames: readonly string[];
  readonly ownAccount: string | null;
  /** Known names of others: of the person system, of informal helpers, of guardians and witnesses. */
  readonly otherNames: readonly string[];
  /** Accounts of staff. */
  readonly staff: readonly string[];
};

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const plain = (text: string) => text.trim().toLowerCase();
const wordsOf = (text: string) =>
  plain(text)
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '');
/** What may stand beside somebody's name. */
const BESIDE = ['herr', 'frau', 'mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'client', 'klient', 'klientin'];

/**
 * GDPR 15 (4): replaces the names of others in a value of any depth, and accounts of staff by a number that is the same
 * throughout, also in the genitive. Names of one or two letters stay: they would be found in every text.
 */
export function redactor({ ownNames, ownAccount, otherNames, staff }: Redaction) {
  const own = new Set(ownNames.flatMap(wordsOf));
  /** The own name, in whole or in part, with initials or a title; or nobody's. */
  const isMine = (name: string): boolean => {
    const words = wordsOf(name).filter((word) => !BESIDE.includes(word));
    const initial = (word: string) => word.length === 1 && [...own].some((one) => one.startsWith(word));
    return (
      words.every((word) => own.has(word) || initial(word)) && (words.length === 0 || words.some((w) => own.has(w)))
    );
  };
  const names = [...new Set(otherNames.map((name) => name.trim()))]
    .filter((name) => name.length > 2 && !isMine(name))
    .sort((a, b) => b.length - a.length);
  const pattern =
    names.length > 0
      ? new RegExp(`(?<![\\p{L}\\d])(${names.map(escape).join('|')})(?:['’]?s|['’])?(?![\\p{L}\\d])`, 'giu')
      : null;
  const numbers = new Map(
    [...new Set(staff)].filter((one) => one !== ownAccount).map((one, i) => [one, `staff-${i + 1}`]),
  );
  let others = 0;
  const text = (value: string): string => {
    if (value === ownAccount) return OWN_ACCOUNT;
    const number = numbers.get(value);
    if (number) return number;
    return pattern
      ? value.replace(pattern, () => {
          others += 1;
          return ANOTHER_PERSON;
        })
      : value;
  };
  const deep = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(deep);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deep(inner)]));
  };
  /** In columns that name people: every name that is not the person's own. */
  const naming = (value: unknown, isName = true): unknown => {
    if (typeof value === 'string') {
      if (!isName || isMine(value)) return text(value);
      others += 1;
      return ANOTHER_PERSON;
    }
    if (Array.isArray(value)) return value.map((inner) => naming(inner, isName));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, naming(inner, /name$/i.test(key) && inner !== null)]),
    );
  };
  return { deep, naming, counts: () => ({ otherPersons: others, staff: numbers.size }) };
}
