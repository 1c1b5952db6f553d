import { localDay } from '../../../shared/domain/local-day';

/** The calendar day (YYYY-MM-DD, in Germany) of an ISO 8601 instant or day. */
export const dayOf = (instant: string): string => localDay(instant);

/** The day `count` days after `day`. */
export function plusDays(day: string, count: number): string {
  const date = new Date(dayOf(day));
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The earlier of two days. */
export const earlier = (a: string, b: string): string => (a < b ? a : b);
