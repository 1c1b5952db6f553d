/**
 * Where people agree on days: what somebody allows until 31 March ends with that day as they know it, not hours later
 * when the day is over in UTC.
 */
export const ZONE = 'Europe/Berlin';

const format = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' });

/** The calendar day (YYYY-MM-DD) of an instant in that zone; a day is its own. */
export function localDay(instant: string | Date): string {
  const text = typeof instant === 'string' ? instant : instant.toISOString();
  // Until 22:00 UTC it is the same day there, in summer and winter.
  const same = text.length === 10 || (text.endsWith('Z') && text.slice(11, 13) < '22');
  return same ? text.slice(0, 10) : format.format(new Date(text));
}
