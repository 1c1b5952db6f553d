/** The words of an evaluation (PLAN-8). Money in euro cents. */

export const EVALUATION_SIDES = ['client', 'case_manager', 'provider'] as const;
export type EvaluationSide = (typeof EVALUATION_SIDES)[number];

/** How one side sees the help process; grades run from 0 (not at all) to 4 (fully). */
export type Verdict = {
  goalsReached: number;
  satisfaction: number;
  helpEffective: boolean;
  stillNeeded: boolean;
  otherHelpNeeded: string | null;
  comment: string | null;
};

/** Whose rating it is; `providerId` only for the side provider. */
export type RatingSide = { side: EvaluationSide; providerId: string | null };
/** A side's rating; `onBehalf` says how it was obtained when somebody else entered it. */
export type EvaluationRating = RatingSide & Verdict & { onBehalf: string | null; recordedBy: string; at: string };

/** Why a side did not rate. */
export type NotRated = RatingSide & { reason: string; recordedBy: string; at: string };

/** What came of the help process, in words; "none" is said, not left out. */
export type EvaluationContent = {
  whatChanged: string | null;
  aftercare: string | null;
  handoverToRegular: string | null;
  lessonsForNetwork: string | null;
};

/** The talk about the evaluation with the client; `notHeldReason` when it was offered and did not take place. */
export type EvaluationAppointment = { appointmentOn: string | null; appointmentNotHeldReason: string | null };

/** Time and money spent on the case. */
export type Effort = { minutes: number; costCents: number };

export const isSameSide = (a: RatingSide, b: RatingSide): boolean => a.side === b.side && a.providerId === b.providerId;
