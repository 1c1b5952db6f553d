import { ZONE } from '../domain/local-day';

/** An instant as SQL text, ISO 8601 UTC with milliseconds. */
export const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The calendar day of an instant where people agree on days, YYYY-MM-DD, as SQL text. */
export const dayText = (column: string): string => `to_char(${column} at time zone '${ZONE}', 'YYYY-MM-DD')`;

/** The instant at which a day (SQL text YYYY-MM-DD) begins there. */
export const beginningOf = (day: string): string => `(${day}::timestamp at time zone '${ZONE}')`;
