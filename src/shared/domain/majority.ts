import { addDays } from './days';

/** From which age people decide for themselves (BGB § 2). */
export const MAJORITY = 18;

/** The first day (YYYY-MM-DD) of that age for somebody born on `birthDate`: on 1 March for the 29 February (BGB § 188). */
export function birthday(birthDate: string, age: number): string {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year + age, month - 1, day)).toISOString().slice(0, 10);
}

/** What stands for a day that is long past. */
export const LONG_SINCE = '0001-01-01';
const KNOWN_DAYS = 7;

/**
 * From which day somebody is of age, as far as SQL may know: the day itself is told in the week before and after it alone, so that
 * nobody's birth date stands in the open. Null: not within sight, or not known. Asked anew every day.
 */
export function ofAgeFrom(birthDate: string | null, today: string): string | null {
  if (birthDate === null) return null;
  const day = birthday(birthDate, MAJORITY);
  if (day <= addDays(today, -KNOWN_DAYS)) return LONG_SINCE;
  return day <= addDays(today, KNOWN_DAYS) ? day : null;
}
