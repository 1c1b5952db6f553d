/** The words and values of a gatekeeping decision (CASE-13). Days are YYYY-MM-DD, money is euro cents. */

export const GATE_DECISIONS = ['granted', 'partly_granted', 'refused'] as const;
export type GateDecision = (typeof GATE_DECISIONS)[number];

export const COST_PERIODS = ['once', 'per_day', 'per_week', 'per_month', 'per_year', 'whole_duration'] as const;

/** How something was told or handed to the person. */
export const WAYS = ['in_person', 'phone', 'post', 'email', 'portal'] as const;
export type Way = (typeof WAYS)[number];

/** A condition of access to the service, and whether it is fulfilled. */
export type AppliedCriterion = {
  readonly criterion: string;
  readonly answer: 'met' | 'not_met' | 'unclear';
  readonly reason: string | null;
};
/** What the decision rests on, and where it came from. */
export type UsedInformation = { readonly what: string; readonly source: string; readonly asOf: string | null };
/** What is offered in place of the service, and why it fits. */
export type OfferedAlternative = { readonly service: string; readonly reason: string };
export type ServiceCost = { readonly amountCents: number; readonly period: (typeof COST_PERIODS)[number] };
/** How the person can object, until when, and when and how they were told so. */
export type AppealInformation = {
  readonly instructions: string;
  readonly deadline: string | null;
  readonly givenOn: string;
  readonly way: Way;
};

/** CASE-13: what is decided, on what, and why. */
export type GatekeepingTerms = {
  /** The collectively funded service asked for. */
  readonly service: string;
  readonly decision: GateDecision;
  /** What exactly is granted; only, and always, when it is a part. */
  readonly grantedPart: string | null;
  readonly decidedOn: string;
  readonly criteria: readonly AppliedCriterion[];
  readonly information: readonly UsedInformation[];
  readonly alternative: OfferedAlternative | null;
  /** Of what is granted; of what was asked for when it is refused. */
  readonly cost: ServiceCost | null;
  /** Who pays, or would have to. */
  readonly payer: string;
  readonly appeal: AppealInformation | null;
  readonly reasons: string;
};

/** CASE-13: the client was told. */
export type Announcement = { readonly on: string; readonly way: Way; readonly by: string; readonly at: string };
