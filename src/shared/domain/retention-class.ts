/** Each kind of data has exactly one class, each class one rule per organisation (DIN 66398; modules/retention). */
export const RETENTION_CLASSES = [
  /** What is documented of a case; its period depends on the field of practice. */
  'case_file',
  /** Documentation of treatment: medication. */
  'medical_record',
  /** Consents, exceptions and the register of disclosures. */
  'consent_record',
  /** Requests that did not become a case; of a case they are part of its file. */
  'intake',
  /** Who somebody is: as long as a file needs it. */
  'person',
  /** Events: what happened, with ids alone. */
  'event_log',
  /** Who read what. */
  'access_log',
  /** Copies of data made for a person or an authority. */
  'export',
  /** Stored answers to repeated requests. */
  'idempotency',
  /** The directory of providers and informal helpers. */
  'directory',
  /** Who works in the organisation. */
  'staff',
  /** What the organisation itself sets and publishes. */
  'organisation',
  /** The machinery. */
  'operation',
] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];
