/** The words and values of a link between cases (CASE-11). */

export const LINK_KINDS = ['family', 'household'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];
export const LINK_STATUSES = ['proposed', 'agreed', 'ended'] as const;

/** The parts of a case that linked cases may show each other, and the category of consent each needs. */
export const SHARED_PARTS = ['plan', 'goals', 'conference'] as const;
export type SharedPart = (typeof SHARED_PARTS)[number];
export const CATEGORY_OF: Record<SharedPart, string> = {
  plan: 'service_plan',
  goals: 'service_plan',
  conference: 'conference_minutes',
};
/** The purpose for which linked cases see each other's parts. */
export const LINK_PURPOSE = 'joint_steering';

/** A part of `caseId` that is open to the other side, relying on a consent of the client of `caseId`. */
export type PartOpening = {
  caseId: string;
  part: SharedPart;
  /** Subject of the other side's responsible case manager. */
  recipient: string;
  consentId: string;
  openedAt: string;
  by: string;
  closedAt: string | null;
};
export type LinkStep = { status: (typeof LINK_STATUSES)[number]; at: string; by: string; reason: string | null };
