/** The words and values of joint steering with another organisation (CASE-11). Days are YYYY-MM-DD. */

/** The parts of a case that can be opened, and the category of consent each needs. */
export const STEERING_PARTS = ['identity', 'plan', 'conference', 'notes', 'assessment_result'] as const;
export type SteeringPart = (typeof STEERING_PARTS)[number];
const CATEGORIES: Record<SteeringPart, string> = {
  identity: 'identity',
  plan: 'service_plan',
  conference: 'conference_minutes',
  notes: 'journal',
  assessment_result: 'assessment_result',
};
/** The categories of consent that the parts need. */
export const categoriesOf = (parts: readonly SteeringPart[]): string[] => parts.map((part) => CATEGORIES[part]);

/** The parts a guest may add to. */
export const CONTRIBUTIONS = ['notes', 'conference'] as const satisfies SteeringPart[];
export type Contribution = (typeof CONTRIBUTIONS)[number];

/** The purpose a release must name. */
export const STEERING_PURPOSE = 'joint_steering';

export const STEERING_STATUSES = ['proposed', 'agreed', 'declined', 'ended'] as const;
export type SteeringStatus = (typeof STEERING_STATUSES)[number];

export const ENDING_CAUSES = ['consent_withdrawn', 'time_over', 'recalled', 'left', 'case_closed'] as const;
export type EndingCause = (typeof ENDING_CAUSES)[number];

/** What one organisation invites another to. */
export type SteeringTerms = {
  guest: { id: string; name: string };
  parts: readonly SteeringPart[];
  contributions: readonly Contribution[];
  /** What for, in the inviter's words; the guest reads it before deciding. */
  purpose: string;
  fromOn: string;
  untilOn: string;
};

export type SteeringStep = {
  status: SteeringStatus | 'narrowed';
  at: string;
  by: string;
  /** Id of the organisation that took the step. */
  organisationId: string;
  cause: EndingCause | null;
  reason: string | null;
};
