import type { Localised } from '../domain/errors';

/** What is wrong with one field: a stable code and what it means. */
export type FieldSaying = { code: string; detail: Localised };

const say = (en: string, de: string): Localised => ({ en, de });
const blank = say('must not be blank', 'darf nicht leer sein');
const number = (message: string, nth = 0) => message.match(/-?\d+(\.\d+)?/g)?.[nth] ?? '';

/**
 * class-validator's constraints in words for people, most telling first. Only the first that a field breaks is said:
 * what is missing is not also "no text" and "too short".
 */
const CONSTRAINTS: Record<string, (message: string) => Localised> = {
  isDefined: () => say('is missing', 'fehlt'),
  whitelistValidation: () => say('is not a field that is known here', 'ist hier kein bekanntes Feld'),
  isArray: () => say('must be a list', 'muss eine Liste sein'),
  isObject: () => say('must be an object', 'muss ein Objekt sein'),
  nestedValidation: () =>
    say('must be an object, or a list of objects', 'muss ein Objekt oder eine Liste von Objekten sein'),
  isString: () => say('must be text', 'muss Text sein'),
  isUuid: () => say('must be an id (UUID)', 'muss eine Kennung (UUID) sein'),
  isBoolean: () => say('must be true or false', 'muss true oder false sein'),
  isInt: () => say('must be a whole number', 'muss eine ganze Zahl sein'),
  isNumber: () =>
    say('must be a number, without too many decimal places', 'muss eine Zahl sein, ohne zu viele Nachkommastellen'),
  isIn: (message) => {
    const words = message.split(': ').at(-1)!.replaceAll(',', ', ').replaceAll('  ', ' ');
    return say(`must be one of: ${words}`, `muss eines davon sein: ${words}`);
  },
  isIso8601: () =>
    say(
      'must be a day (2026-03-01) or an instant (2026-03-01T09:30:00Z) of the calendar',
      'muss ein Tag (2026-03-01) oder Zeitpunkt (2026-03-01T09:30:00Z) des Kalenders sein',
    ),
  min: (message) => say(`must be at least ${number(message)}`, `muss mindestens ${number(message)} sein`),
  max: (message) => say(`must be at most ${number(message)}`, `darf höchstens ${number(message)} sein`),
  arrayMinSize: (message) =>
    say(`must have at least ${number(message)} entries`, `braucht mindestens ${number(message)} Einträge`),
  arrayMaxSize: (message) =>
    say(`must have at most ${number(message)} entries`, `darf höchstens ${number(message)} Einträge haben`),
  arrayUnique: () => say('must not name anything twice', 'darf nichts doppelt nennen'),
  isLength: (message) =>
    say(lengthOf(message, 'must have', 'to', 'characters'), lengthOf(message, 'braucht', 'bis', 'Zeichen')),
  matches: (message) =>
    message.includes('/\\S/') ? blank : say('does not have the form that is needed', 'hat nicht die nötige Form'),
};

/** "between" and one-sided messages of class-validator alike. */
function lengthOf(message: string, must: string, to: string, characters: string): string {
  const [least, most] = [number(message, 0), number(message, 1)];
  return most
    ? `${must} ${least} ${to} ${most} ${characters}`
    : `${must} ${message.includes('shorter') ? '≤' : '≥'} ${least} ${characters}`;
}

const order = Object.keys(CONSTRAINTS);

/** What a field breaks first, of class-validator's constraints by name. */
export function sayingOf(constraints: Readonly<Record<string, string>>): FieldSaying {
  const [code = 'invalid', message = ''] = Object.entries(constraints).sort(([a], [b]) => rank(a) - rank(b))[0] ?? [];
  return { code, detail: CONSTRAINTS[code]?.(message) ?? say(message, message) };
}
const rank = (code: string) => (order.includes(code) ? order.indexOf(code) : order.length);

type Parameters = Readonly<Record<string, unknown>>;
const TYPES: Record<string, Localised> = {
  string: say('must be text', 'muss Text sein'),
  number: say('must be a number', 'muss eine Zahl sein'),
  integer: say('must be a whole number', 'muss eine ganze Zahl sein'),
  boolean: say('must be true or false', 'muss true oder false sein'),
  array: say('must be a list', 'muss eine Liste sein'),
  object: say('must be an object', 'muss ein Objekt sein'),
};

/** What a keyword of the contract (JSON Schema) says; null where there is nothing better than its own message. */
export function wordsOf(keyword: string, { type, format, limit }: Parameters): Localised | null {
  const limits = String(limit);
  switch (keyword) {
    case 'required':
      return CONSTRAINTS.isDefined!('');
    case 'additionalProperties':
      return CONSTRAINTS.whitelistValidation!('');
    case 'type':
      return TYPES[String([type].flat()[0])] ?? null;
    case 'format':
      return format === 'uuid' ? CONSTRAINTS.isUuid!('') : CONSTRAINTS.isIso8601!('');
    case 'pattern':
      return CONSTRAINTS.matches!('');
    case 'minLength':
      return say(`must have at least ${limits} characters`, `braucht mindestens ${limits} Zeichen`);
    case 'maxLength':
      return say(`must have at most ${limits} characters`, `darf höchstens ${limits} Zeichen haben`);
    case 'minimum':
      return CONSTRAINTS.min!(limits);
    case 'maximum':
      return CONSTRAINTS.max!(limits);
    case 'minItems':
      return CONSTRAINTS.arrayMinSize!(limits);
    case 'maxItems':
      return CONSTRAINTS.arrayMaxSize!(limits);
    case 'uniqueItems':
      return CONSTRAINTS.arrayUnique!('');
    case 'storable':
      return say(
        'must be text without NUL and without unpaired surrogates',
        'muss Text ohne NUL und ohne halbe Surrogatpaare sein',
      );
    default:
      return null;
  }
}
