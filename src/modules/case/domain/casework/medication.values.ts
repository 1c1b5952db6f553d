import { normaliseName } from '../persons/person.names';

/** CASE-14: in which capacity somebody may administer a medication. */
export const ADMINISTERING_CAPACITIES = [
  'client',
  'family',
  'nursing_service',
  'physician',
  'pharmacy',
  'qualified_staff',
  'other',
] as const;

/** CASE-14: somebody who may administer, by name. */
export type Administrator = {
  readonly name: string;
  readonly capacity: (typeof ADMINISTERING_CAPACITIES)[number];
};

/** CASE-14: what a note says. How much and how often is for the prescription alone: there is no field for it. */
export type MedicationContent = {
  /** What is needed and what for. */
  readonly need: string;
  readonly prescriber: string | null;
  readonly storage: string;
  readonly disposal: string | null;
  readonly mayAdminister: readonly Administrator[];
  /** YYYY-MM-DD, first and last day the note holds. */
  readonly since: string;
  readonly until: string | null;
};

/** CASE-14: what was handed over or administered. */
export type HandoutContent = {
  /** Instant, ISO 8601 UTC. */
  readonly at: string;
  /** Who administered it, by name. */
  readonly administeredBy: string;
  readonly what: string;
  readonly remark: string | null;
};

/** Whether a name is among those who may administer; spelling of accents and case does not count. */
export const mayAdminister = (who: readonly Administrator[], name: string): boolean =>
  who.some((administrator) => normaliseName(administrator.name) === normaliseName(name));
