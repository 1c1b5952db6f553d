/** The words of a conference (PLAN-4). Days are YYYY-MM-DD. */

/** Hilfekonferenz, Netzwerkkonferenz, Fallkonferenz, Abschlussrunde. */
export const CONFERENCE_KINDS = ['aid', 'network', 'case', 'closing'] as const;
export type ConferenceKind = (typeof CONFERENCE_KINDS)[number];

export const CONFERENCE_STATUS = ['planned', 'held', 'cancelled'] as const;
export type ConferenceStatus = (typeof CONFERENCE_STATUS)[number];

/** When, where and about what. */
export type ConferencePlan = { plannedOn: string; place: string | null; agenda: readonly string[] };

export const RECIPIENT_KINDS = ['organisation', 'person'] as const;
/** Somebody to be invited: `id` is the directory's provider, a staff subject or a person. */
export type ConferenceRecipient = { kind: (typeof RECIPIENT_KINDS)[number]; id: string; name: string };

export const INVITATION_ANSWERS = ['accepted', 'declined'] as const;
/** What an invited party said, as whoever took the answer recorded it. */
export type InvitationAnswer = {
  answer: (typeof INVITATION_ANSWERS)[number];
  note: string | null;
  by: string;
  at: string;
};

/** Somebody invited, with the data they may get to know and the consent relied on in each case. */
export type ConferenceInvitation = {
  id: string;
  recipient: ConferenceRecipient;
  role: string;
  categories: readonly string[];
  /** Empty for the client and the case managers, who need none. */
  consents: readonly { caseId: string; consentId: string }[];
  invitedAt: string;
  invitedBy: string;
  /** Null while it is waited for. */
  answer: InvitationAnswer | null;
};

export const DECISION_BECOMES = ['goal', 'measure', 'none'] as const;
/** A goal or a measure of a service plan. */
export type PlanPart = { planId: string; goalId: string | null; measureId: string | null };
export type ConferenceDecision = {
  id: string;
  text: string;
  becomes: (typeof DECISION_BECOMES)[number];
  responsible: string | null;
  takenOver: (PlanPart & { by: string; at: string }) | null;
};

/** CASE-11: what somebody of another organisation, which was invited to contribute, says to the conference beforehand. */
export type ConferenceContribution = { id: string; text: string; by: string; guestId: string; at: string };

/** Who disagreed with what. */
export type Dissent = { who: string; what: string };

export type ConferenceMinutes = {
  heldOn: string;
  participants: readonly string[];
  minutes: string;
  decisions: readonly Pick<ConferenceDecision, 'text' | 'becomes' | 'responsible'>[];
  dissent: readonly Dissent[];
};
