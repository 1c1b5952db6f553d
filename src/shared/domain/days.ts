import { localDay } from './local-day';

/** The calendar day (YYYY-MM-DD) so many days after a day or instant, or before it; clock changes do not shift it. */
export function addDays(from: string, days: number): string {
  const date = new Date(localDay(from));
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
