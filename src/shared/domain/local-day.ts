/**
 * Where people agree on days: what somebody allows until 31 March ends with that day as they know it, not hours later
 * when the day is over in UTC.
 */
export const ZONE = 'Europe/Berlin';

const format = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' });

/** The calendar day (YYYY-MM-DD) of an instant in that zone. */
export const localDay = (instant: string | Date): string => format.format(new Date(instant));
