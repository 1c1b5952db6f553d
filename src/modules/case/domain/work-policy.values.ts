import { DEFAULT_CASELOAD_LIMIT } from './intake.words';

/** A step of the caseload: up to and including that share of the limit, in percent; the last one has no end (null). */
export type Band = { readonly band: string; readonly upToPercent: number | null };

/** What an organisation sets about caseload (CASE-7). */
export type PolicyTerms = {
  /** Weight a case manager may carry where nothing else is set for the person. */
  readonly caseloadLimit: number;
  /** What a case of intensity 1, 2, 3, 4 and 5 weighs. */
  readonly weights: readonly number[];
  readonly bands: readonly Band[];
};

/**
 * What Lotse starts with. The DGCC guidelines leave the ratio to the organisation (S2 §7.1) and name no figures: these are
 * starting values.
 */
export const DEFAULT_POLICY: PolicyTerms = {
  caseloadLimit: DEFAULT_CASELOAD_LIMIT,
  weights: [1, 2, 3, 4, 5],
  bands: [
    { band: 'free', upToPercent: 80 },
    { band: 'full', upToPercent: 100 },
    { band: 'over', upToPercent: null },
  ],
};
