import { MAJORITY, birthday } from '../../../shared/domain/majority';
import { addDays } from '../../../shared/domain/days';
import { AGE_RULE, type DataSubject, type Giver, ageGroupOf } from './consent-terms';

/**
 * Why a consent that others gave for somebody is to be asked for anew (CONS-1).
 *
 * `came_of_age`: with the majority custody ends (BGB §§ 2, 1626), and what guardians alone had allowed carries nothing any
 * more: adults consent themselves. `own_say`: the minor has reached the age from which both consent together; no statute
 * takes away what the guardian allowed before. `representation_ended`: the guardian or representative may no longer decide;
 * what was declared while they could goes on binding the person (BGB § 164), who can withdraw it or confirm it.
 */
export const REASONS_ANEW = ['came_of_age', 'own_say', 'representation_ended'] as const;
export type ReasonAnew = (typeof REASONS_ANEW)[number];

/** Why, and from which day it is told (YYYY-MM-DD). */
export type Anew = { why: ReasonAnew; from: string };

type Given = { givenBy: Giver; alsoBy: Giver | null };
const giversOf = ({ givenBy, alsoBy }: Given) => [givenBy, ...(alsoBy ? [alsoBy] : [])];

/** Nobody but guardians consented. */
export const byGuardiansAlone = (given: Given): boolean => giversOf(given).every(({ kind }) => kind === 'guardian');

/** The last day on which the word of guardians alone carries (YYYY-MM-DD); null where the law sets none, or it is not known. */
export function lastDayOfMinority(given: Given, birthDate: string | null): string | null {
  if (birthDate === null || !byGuardiansAlone(given)) return null;
  return addDays(birthday(birthDate, MAJORITY), -1);
}

/**
 * Why the consent is to be asked for anew, and from which day that is told: the majority `ahead` days before the month in
 * which it falls, the age of having a say after the month in which it was reached. By the month, because the day on which
 * it is told stands in the open. Nothing where the person consented, or whoever did still may.
 */
export function whyAnew(
  given: Given,
  { birthDate, guardians, representatives }: Required<DataSubject>,
  { today, ahead }: { today: string; ahead: number },
): Anew[] {
  const givers = giversOf(given);
  if (givers.some(({ kind }) => kind === 'client')) return [];
  const anew: Anew[] = [];
  if (birthDate !== null && givers.some(({ kind }) => kind === 'guardian')) {
    const from = firstOfMonth(birthday(birthDate, MAJORITY));
    if (addDays(from, -ahead) <= today) return [{ why: 'came_of_age', from }];
    if (ageGroupOf(birthDate, addDays(firstOfMonth(today), -1)) === 'together')
      anew.push({ why: 'own_say', from: firstOfMonth(birthday(birthDate, AGE_RULE.together)) });
  }
  const deciding = [...guardians, ...representatives].map(({ personId }) => personId);
  const recorded = givers.flatMap(({ personId }) => personId ?? []);
  if (recorded.length > 0 && !recorded.some((personId) => deciding.includes(personId)))
    anew.push({ why: 'representation_ended', from: today });
  return anew;
}

const firstOfMonth = (day: string) => `${day.slice(0, 7)}-01`;
