/** PLAN-5: the states of a referral, from the first draft to its end. */
export const REFERRAL_STATES = [
  'draft',
  'sent',
  'accepted',
  'waitlisted',
  'declined',
  'appointment',
  'started',
  'completed',
  'no_show',
  'discontinued',
  'cancelled',
] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

/** The steps people take; each is an endpoint of that name below `/v1/referrals/{id}`. */
export const REFERRAL_STEPS = [
  'sending',
  'acceptance',
  'waitlisting',
  'declination',
  'appointment',
  'start',
  'no-show',
  'completion',
  'discontinuation',
  'cancellation',
] as const;
/** `carrier-loss` is the one step nobody takes by hand: it follows from CONS-2 and CONS-4. */
export type ReferralStep = (typeof REFERRAL_STEPS)[number] | 'carrier-loss';

/** PLAN-5: which step leads from which states to which; whatever is not listed is refused. */
export const REFERRAL_COURSE: Readonly<Record<ReferralStep, { from: readonly ReferralState[]; to: ReferralState }>> = {
  sending: { from: ['draft'], to: 'sent' },
  acceptance: { from: ['sent', 'waitlisted'], to: 'accepted' },
  waitlisting: { from: ['sent', 'waitlisted'], to: 'waitlisted' },
  declination: { from: ['sent', 'waitlisted', 'accepted'], to: 'declined' },
  appointment: { from: ['accepted', 'appointment', 'no_show'], to: 'appointment' },
  start: { from: ['accepted', 'appointment'], to: 'started' },
  'no-show': { from: ['appointment'], to: 'no_show' },
  completion: { from: ['started'], to: 'completed' },
  discontinuation: { from: ['started'], to: 'discontinued' },
  cancellation: { from: ['draft', 'sent', 'accepted', 'waitlisted', 'appointment', 'no_show'], to: 'cancelled' },
  'carrier-loss': {
    from: ['sent', 'accepted', 'waitlisted', 'appointment', 'no_show', 'started'],
    to: 'cancelled',
  },
};

/** The steps that can be taken from a state. */
export const allowedSteps = (state: ReferralState): readonly ReferralStep[] =>
  REFERRAL_STEPS.filter((step) => REFERRAL_COURSE[step].from.includes(state));

/** States in which something is under way with the provider: a withdrawn consent ends them (CONS-2). */
export const OPEN_STATES: readonly ReferralState[] = REFERRAL_COURSE['carrier-loss'].from;

/** Why a provider declines. */
export const DECLINE_REASONS = [
  'no_capacity',
  'not_eligible',
  'not_competent',
  'too_far',
  'information_insufficient',
  'other',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** Why help that had begun was broken off. */
export const DISCONTINUE_REASONS = [
  'client_ended',
  'provider_ended',
  'no_effect',
  'need_changed',
  'moved',
  'other',
] as const;
export type DiscontinueReason = (typeof DISCONTINUE_REASONS)[number];

/** Why a referral is taken back before help began. */
export const CANCEL_REASONS = ['no_longer_needed', 'client_declined', 'no_answer', 'other_provider', 'other'] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** Why a referral stopped by itself: the release was withdrawn (CONS-2), or the exception it went out on has ended (CONS-4). */
export type CarrierLoss = 'consent_withdrawn' | 'exception_ended';

/** How help ended that was carried through. */
export const REFERRAL_OUTCOMES = ['achieved', 'partly_achieved', 'not_achieved'] as const;
export type ReferralOutcome = (typeof REFERRAL_OUTCOMES)[number];
