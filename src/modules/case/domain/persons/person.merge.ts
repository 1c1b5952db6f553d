import { BLANK, type Demographics } from './person.demographics';
import { identifierKey } from './person.identifiers';

/** Fields that are taken over together or not at all; each only where the survivor has none of them. */
const TAKEN = {
  givenName: ['givenName'],
  birthName: ['birthName'],
  birthDate: ['birthDate'],
  gender: ['gender'],
  interpreterNeeded: ['interpreterNeeded'],
  communication: ['communication'],
  phone: ['phone'],
  email: ['email'],
  address: ['addressLines', 'postalCode', 'town'],
  portalSubject: ['portalSubject'],
} as const satisfies Record<string, readonly (keyof typeof BLANK)[]>;
export type TakenField = keyof typeof TAKEN;

/**
 * What a duplicate gave to the survivor, without saying what it is: the duplicate's own record, which nobody changes as
 * long as it is merged, holds it. `identifiers` are places in the duplicate's list.
 */
export type Given = {
  readonly fields: readonly TakenField[];
  readonly languages: readonly string[];
  readonly identifiers: readonly number[];
};
/** Why a record was merged and by whom, and what it gave. */
export type MergeRecord = { id: string; reason: string; by: string; at: string; gave: Given };
/** A merge that was taken back, and why. */
export type Separation = {
  survivorId: string;
  merge: Omit<MergeRecord, 'id' | 'gave'>;
  reason: string;
  by: string;
  at: string;
};

/** Which of what was lost with a merge taken back may come from another duplicate; everything when absent. */
type Lost = { fields: readonly TakenField[]; languages: readonly string[]; keys: readonly string[] };

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const blank = (of: Demographics, field: TakenField) => TAKEN[field].every((name) => same(of[name], BLANK[name]));
const copy = (fields: readonly TakenField[], from: object): Partial<Demographics> =>
  Object.fromEntries(fields.flatMap((field) => TAKEN[field].map((name) => [name, (from as Demographics)[name]])));

/** What the survivor lacks and the duplicate has; where both know something different, the survivor's value stays. */
export function takeOver(
  survivor: Demographics,
  duplicate: Demographics,
  lost?: Lost,
): { changes: Partial<Demographics>; gave: Given } {
  const fields = (Object.keys(TAKEN) as TakenField[]).filter(
    (field) => blank(survivor, field) && !blank(duplicate, field) && (lost?.fields.includes(field) ?? true),
  );
  const languages = duplicate.languages.filter(
    (language) => !survivor.languages.includes(language) && (lost?.languages.includes(language) ?? true),
  );
  const known = new Set(survivor.identifiers.map(identifierKey));
  const identifiers = duplicate.identifiers.flatMap((identifier, i) => {
    const key = identifierKey(identifier);
    return known.has(key) || !(lost?.keys.includes(key) ?? true) ? [] : [i];
  });
  return {
    changes: {
      ...copy(fields, duplicate),
      languages: [...survivor.languages, ...languages],
      identifiers: [...survivor.identifiers, ...identifiers.map((i) => duplicate.identifiers[i]!)],
    },
    gave: { fields, languages, identifiers },
  };
}

/** What the survivor gives back; fields that were changed since stay as they are now, and are named in `kept`. */
export function giveBack(
  survivor: Demographics,
  duplicate: Demographics,
  gave: Given,
): { changes: Partial<Demographics>; lost: Lost; kept: readonly TakenField[] } {
  const kept = gave.fields.filter((field) => !same(copy([field], survivor), copy([field], duplicate)));
  const fields = gave.fields.filter((field) => !kept.includes(field));
  const keys = gave.identifiers.map((i) => identifierKey(duplicate.identifiers[i]!));
  return {
    changes: {
      ...copy(fields, BLANK),
      languages: survivor.languages.filter((language) => !gave.languages.includes(language)),
      identifiers: survivor.identifiers.filter((identifier) => !keys.includes(identifierKey(identifier))),
    },
    lost: { fields, languages: gave.languages, keys },
    kept,
  };
}

/** What a duplicate gave, and what it gave in addition when another merge was taken back. */
export const givenInAll = (one: Given, more: Given): Given => ({
  fields: [...one.fields, ...more.fields],
  languages: [...one.languages, ...more.languages],
  identifiers: [...one.identifiers, ...more.identifiers],
});
