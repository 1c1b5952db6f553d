import { DEFAULT_CASELOAD_LIMIT } from '../intake/intake.words';

/** A step of the caseload: up to and including that share of the limit, in percent; the last one has no end (null). */
export type Band = { readonly band: string; readonly upToPercent: number | null };

/** Who answers for a team (a team lead), or for the organisation (null). */
export type Owner = { readonly team: string | null; readonly subject: string };

/** CASE-9: after how many days something is due, or brought before the owner. */
export type WorkDays = {
  /** From the opening of the case to the signed agreement. */
  readonly agreement: number;
  /** From the sending of a referral to its answer. */
  readonly referralAnswer: number;
  /** Between two contacts with the client. */
  readonly contact: number;
  /** From the beginning of the planning, or of a change of the plan, to the signed service plan. */
  readonly plan: number;
  /** From the invitation to a conference to the answer. */
  readonly invitationAnswer: number;
  /** From the beginning of the evaluation to its record. */
  readonly evaluation: number;
  /** Before the last day of a consent, to ask whether it is to go on (CONS-7). */
  readonly consentEnding: number;
  /** How long something may be overdue before the owner learns of it. */
  readonly escalation: number;
};

/** What an organisation sets about caseload (CASE-7). */
export type PolicyTerms = {
  /** Weight a case manager may carry where nothing else is set for the person. */
  readonly caseloadLimit: number;
  /** What a case of intensity 1, 2, 3, 4 and 5 weighs. */
  readonly weights: readonly number[];
  readonly bands: readonly Band[];
  /** Who answers for a team where nobody is named; a null team: for all others. */
  readonly owners: readonly Owner[];
  readonly days: WorkDays;
};

/** Who answers for a team: its owner, or else the one of the organisation; null where none is named. */
export const ownerOf = (owners: readonly Owner[], team: string | null): string | null =>
  (owners.find((owner) => owner.team === team) ?? owners.find((owner) => owner.team === null))?.subject ?? null;

/** Who receives what other organisations invite to and offer: the one of the organisation, or else of the first team. */
export const receiverOf = (owners: readonly Owner[]): string | null =>
  ownerOf(owners, null) ?? owners[0]?.subject ?? null;

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
  owners: [],
  days: {
    agreement: 14,
    referralAnswer: 14,
    contact: 30,
    plan: 28,
    invitationAnswer: 7,
    evaluation: 14,
    consentEnding: 30,
    escalation: 7,
  },
};
