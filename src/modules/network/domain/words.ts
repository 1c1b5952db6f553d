/** The words of the directory (NET-1); codes as the API and the database carry them. */

/** The problem areas a service may help with (S0 table 3). */
export const PROBLEM_AREAS = [
  'chronic_disease',
  'long_term_unemployment',
  'mental_disorder',
  'addiction',
  'debt',
  'family_problems',
  'delinquency',
  'care_need',
  'disability',
  'migration',
  'housing',
] as const;
export type ProblemArea = (typeof PROBLEM_AREAS)[number];

/** Informal help: not an institution, but part of the network all the same. */
export const INFORMAL_KINDS = ['self_help', 'neighbourhood', 'volunteers', 'family'] as const;
export type InformalKind = (typeof INFORMAL_KINDS)[number];

/** HSDS service status, plus the spelling without blanks. */
export const SERVICE_STATUSES = ['active', 'inactive', 'defunct', 'temporarily_closed'] as const;
export type ServiceStatus = (typeof SERVICE_STATUSES)[number];

/** What a price is for. */
export const PRICE_UNITS = ['once', 'hour', 'session', 'day', 'week', 'month'] as const;
export type PriceUnit = (typeof PRICE_UNITS)[number];

/** What an identifier is (HSDS identifier_type): `IK` is the Institutionskennzeichen (§ 293 SGB V). */
export const IDENTIFIER_TYPES = ['IK', 'register_number', 'vat_id', 'other'] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

/** Days of the week as in iCalendar and HSDS `byday`. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A name as it is compared: lower case, single blanks. Equal keys mean "probably the same". */
export const nameKey = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/** A region as it is compared and stored: an AGS (digits) or a name in one spelling. */
export const regionKey = (region: string): string => nameKey(region);
