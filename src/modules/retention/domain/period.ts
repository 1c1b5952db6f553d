import type { RuleTerms } from './rule.words';

/** Days are YYYY-MM-DD. */

/** The day `years`, `months` and `days` later; the last day of a month where it has no such day. */
export function later(day: string, { years, months, days }: Pick<RuleTerms, 'years' | 'months' | 'days'>): string {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const month = m - 1 + months + years * 12;
  const last = new Date(Date.UTC(y, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(y, month, Math.min(d, last) + days)).toISOString().slice(0, 10);
}

/** What a period may start from. */
export type Starts = { readonly endedOn: string; readonly birthDate: string | null };

/** The last day on which the data are kept; null where it is not known (no birth date) or never comes. */
export function keptUntil(rule: RuleTerms, { endedOn, birthDate }: Starts): string | null {
  if (rule.action === 'keep') return null;
  if (rule.start === 'birthday' && !birthDate) return null;
  const start =
    rule.start === 'birthday' ? later(birthDate!, { years: rule.birthday ?? 0, months: 0, days: 0 }) : endedOn;
  const end = later(start, rule);
  const day = rule.toYearEnd ? `${end.slice(0, 4)}-12-31` : end;
  // What is still in use on that day is kept to its end.
  return day < endedOn ? endedOn : day;
}

/** The first day whose data are still kept today, of data that go by their age. */
export function keptSince(rule: RuleTerms, today: string): string {
  const before = later(today, { years: -rule.years, months: -rule.months, days: -rule.days });
  return rule.toYearEnd ? `${before.slice(0, 4)}-01-01` : before;
}
