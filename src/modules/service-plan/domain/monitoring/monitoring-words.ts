/** The words of monitoring (PLAN-6). Days are YYYY-MM-DD. */

export const MONITORING_SOURCES = ['report', 'direct_contact', 'client_contact'] as const;
export const MONITORING_EFFECTS = ['none', 'some', 'as_expected', 'better', 'worse'] as const;
export const MONITORING_DECISIONS = ['continue', 'adjust', 'replan', 'reassess', 'conference'] as const;
export const DEVIATIONS = ['not_delivered', 'no_effect', 'worse', 'not_accepted', 'cooperation'] as const;
export type DeviationCode = (typeof DEVIATIONS)[number];

/** What was seen; null where it could not be told. */
export type Observation = {
  measureId: string | null;
  goalId: string | null;
  source: (typeof MONITORING_SOURCES)[number];
  on: string;
  deliveredAsAgreed: boolean | null;
  effect: (typeof MONITORING_EFFECTS)[number] | null;
  acceptedByClient: boolean | null;
  cooperationWorking: boolean | null;
  deviation: string | null;
  decision: (typeof MONITORING_DECISIONS)[number] | null;
  reason: string | null;
};
