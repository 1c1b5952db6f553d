/** The words and values of handing a case over (CASE-12). Days are YYYY-MM-DD. */

export const TRANSFER_STATUSES = ['proposed', 'accepted', 'declined', 'withdrawn'] as const;
export type TransferStatus = (typeof TRANSFER_STATUSES)[number];
export const TRANSFER_CAUSES = ['sender', 'consent_withdrawn', 'case_closed', 'time_over'] as const;
export type TransferCause = (typeof TRANSFER_CAUSES)[number];

/** The purpose a release for another organisation must name. */
export const TRANSFER_PURPOSE = 'case_transfer';

/**
 * What is handed over to another organisation, by category of consent. With the offer go the summary and facts
 * (`situation`, `service_plan`); who it is (`identity`, `contact`) goes with the acceptance.
 */
export const TRANSFER_CATEGORIES = ['identity', 'situation', 'contact', 'service_plan'] as const;
export type TransferCategory = (typeof TRANSFER_CATEGORIES)[number];
/** Without these there is nothing to start from. */
export const NEEDED_CATEGORIES: readonly TransferCategory[] = ['identity', 'situation'];
/** Categories that leave with the offer. */
export const offeredOf = (categories: readonly TransferCategory[]): TransferCategory[] =>
  categories.filter((category) => category === 'situation' || category === 'service_plan');

export type TransferStep = {
  status: TransferStatus;
  at: string;
  by: string;
  cause: TransferCause | null;
  reason: string | null;
};

/** To whom: a case manager of the house by subject, or another organisation of the instance. */
export type TransferRecipient =
  { kind: 'case_manager'; subject: string } | { kind: 'organisation'; id: string; name: string };

/** What the plan module knows of a case that is handed over; people are not named. */
export type PlanFacts = {
  plans: {
    edition: number;
    agreedOn: string;
    reviewOn: string;
    goals: { level: string; statement: string | null; targetDate: string | null }[];
  }[];
  /** Planned and running ones of the plans in force. */
  measures: {
    title: string | null;
    state: string;
    responsible: string | null;
    provider: string | null;
    endOn: string | null;
  }[];
  /** Those not yet at their end. */
  referrals: { provider: string | null; state: string; expectedOn: string | null }[];
  nextDates: { on: string; what: string }[];
};

/** How the case stands on the day it is offered; frozen with the offer. */
export type HandoverFacts = PlanFacts & {
  asOf: string;
  fieldOfPractice: string;
  phase: string;
  caseStatus: string;
  openedOn: string;
  agreedOn: string | null;
  /** Open ones; what they are about is told in the house only. */
  followUps: { dueOn: string; cause: string | null; subject: string | null }[];
};

/** The facts to decide by: what was worded freely may name people, and goes with the acceptance only. */
export const withoutWording = (facts: HandoverFacts): HandoverFacts => ({
  ...facts,
  followUps: facts.followUps.map((one) => ({ ...one, subject: null })),
  plans: facts.plans.map((plan) => ({ ...plan, goals: plan.goals.map((goal) => ({ ...goal, statement: null })) })),
  measures: facts.measures.map((measure) => ({ ...measure, title: null })),
});

/** What is offered, with the summary in the sender's words. */
export type TransferTerms = {
  recipient: TransferRecipient;
  reason: string;
  summary: string;
  facts: HandoverFacts;
  /** Empty within the house. */
  categories: readonly TransferCategory[];
  answerBy: string;
  /** The last day on which the sender works on the case; null: it ends with the acceptance. */
  senderUntil: string | null;
};
