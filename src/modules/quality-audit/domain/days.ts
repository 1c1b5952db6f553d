import { localDay } from '../../../shared/domain/local-day';

/** The calendar day (YYYY-MM-DD, in Germany) of an ISO 8601 instant or day. */
export const dayOf = (instant: string): string => localDay(instant);

/** The earlier of two days. */
export const earlier = (a: string, b: string): string => (a < b ? a : b);
