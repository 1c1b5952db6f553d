/** The words of reviews and of the watch on progress (PLAN-6). Days are YYYY-MM-DD. */

/** Why a review is due. */
export const REVIEW_CAUSES = ['plan_agreed', 'previous_review', 'no_progress', 'requested'] as const;
export type ReviewCause = (typeof REVIEW_CAUSES)[number];
export const REVIEW_STATUS = ['planned', 'held'] as const;
export const REVIEW_DECISIONS = ['continue', 'adjust', 'replan', 'reassess', 'conference', 'evaluate'] as const;

/** What a review found. `nextDueOn` is when the plan is looked at again; null after the final one. */
export type ReviewResult = {
  heldOn: string;
  participants: readonly string[];
  findings: string;
  decision: (typeof REVIEW_DECISIONS)[number];
  final: boolean;
  nextDueOn: string | null;
};

/** From which day to which it was moved, and why. */
export type ReviewMove = {
  from: string;
  to: string;
  cause: ReviewCause;
  reason: string | null;
  by: string;
  at: string;
};

/** PLAN-6: after so many weeks without progress a plan is reviewed, unless its watch says otherwise. */
export const WEEKS_WITHOUT_PROGRESS = 8;

/** `paused` while the case rests or is closed; `ended` with the final review or the beginning of the closing. */
export const WATCH_STATES = ['watching', 'paused', 'ended'] as const;
export type WatchState = (typeof WATCH_STATES)[number];
