/** The closed vocabularies of the intake (CASE-1 … CASE-9): codes in the API, in the tables and in events. */

/** CASE-1: who asks for help. */
export const ASKERS = [
  'self',
  'family',
  'neighbour',
  'hospital',
  'jobcenter',
  'physician',
  'youth_office',
  'school',
  'police',
  'other',
] as const;
export type Asker = (typeof ASKERS)[number];

/** CASE-1: the way a request came in. */
export const CHANNELS = ['in_person', 'phone', 'written', 'online', 'interface'] as const;
export type Channel = (typeof CHANNELS)[number];

/** CASE-1: the field of practice a request or case belongs to. */
export const FIELDS_OF_PRACTICE = [
  'employment',
  'health',
  'nursing',
  'rehabilitation',
  'disability',
  'youth',
  'family',
  'probation',
  'homelessness',
  'addiction',
  'psychiatry',
  'debt',
  'migration',
  'insurance',
] as const;
export type FieldOfPractice = (typeof FIELDS_OF_PRACTICE)[number];

/** Gender as the person states it; `not_stated` also where it is not known yet. */
export const GENDERS = ['female', 'male', 'diverse', 'not_stated'] as const;
export type Gender = (typeof GENDERS)[number];

/** CASE-2: kinds of acute danger. */
export const DANGERS = ['child', 'self_harm', 'violence', 'medical'] as const;
export type DangerKind = (typeof DANGERS)[number];

/** CASE-2: whether an acute danger was raised and is averted or in other hands. */
export const DANGER_STATES = ['none', 'unaddressed', 'addressed'] as const;
export type DangerState = (typeof DANGER_STATES)[number];

/** CASE-1 … CASE-5: where a request stands. */
export const REQUEST_STATUSES = [
  'open',
  'indicated',
  'not_indicated',
  'decline_to_confirm',
  'declined',
  'accepted',
] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** CASE-3: the six criteria of indication (S2 §4.1). */
export const CRITERIA = [
  'complex_need',
  'several_providers',
  'regular_pathways_insufficient',
  'own_resources_insufficient',
  'consent_given_or_developing',
  'longer_term',
] as const;
export type Criterion = (typeof CRITERIA)[number];

/** CASE-3: how a criterion is answered. */
export const CRITERION_ANSWERS = ['met', 'not_met', 'unclear'] as const;
export type CriterionAnswer = (typeof CRITERION_ANSWERS)[number];

/** CASE-4: why a request is declined. */
export const DECLINE_REASONS = [
  'not_indicated',
  'not_competent',
  'other_lead',
  'earlier_history',
  'withdrawn_by_person',
  'capacity',
  'other',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** CASE-8: what kind of activity a journal entry records. */
export const ACTIVITIES = [
  'contact_in_person',
  'contact_phone',
  'contact_written',
  'contact_online',
  'home_visit',
  'accompaniment',
  'counselling',
  'mediation',
  'negotiation',
  'coordination',
  'documentation',
  'other',
] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** CASE-8: the case management function an activity served. */
export const CM_FUNCTIONS = ['advocacy', 'broker', 'gatekeeper', 'support', 'coordination', 'counselling'] as const;
export type CmFunction = (typeof CM_FUNCTIONS)[number];

/** CASE-9: what made a follow-up; null for one that a person made. */
export const FOLLOW_UP_CAUSES = [
  'plan_review',
  'referral_unanswered',
  'assessment_overrun',
  'agreement_missing',
  'no_contact',
  'case_resubmission',
  'evaluation_missing',
  'exception_unconfirmed',
  'exception_client_uninformed',
  'exception_ending',
  'consent_ending',
  'client_came_of_age',
  'minor_has_own_say',
  'representation_ended',
  'plan_unsigned',
  'invitation_unanswered',
  'emergency_access',
  'emergency_unreviewed',
  'steering_unanswered',
  'steering_not_taken_up',
  'steering_invited',
  'transfer_unanswered',
  'transfer_not_taken_up',
  'transfer_offered',
] as const;
/** CASE-9: causes by which one waits for somebody else to act. */
export const WAITING_CAUSES: readonly FollowUpCause[] = [
  'referral_unanswered',
  'invitation_unanswered',
  'steering_unanswered',
  'transfer_unanswered',
];
/** §6.3, CONS-4: causes that have to be dealt with in a closed case too. */
export const LASTING_CAUSES: readonly FollowUpCause[] = [
  'emergency_access',
  'emergency_unreviewed',
  'exception_unconfirmed',
  'exception_client_uninformed',
];
/** CASE-8, CASE-9: activities in which client and case manager meet or speak. */
export const CONTACTS: readonly string[] = [
  'contact_in_person',
  'contact_phone',
  'contact_written',
  'contact_online',
  'home_visit',
  'accompaniment',
  'counselling',
];
export type FollowUpCause = (typeof FOLLOW_UP_CAUSES)[number];

/** CASE-9: `done` by a person, `closed` by itself because its cause is gone. */
export const FOLLOW_UP_STATUSES = ['open', 'done', 'closed'] as const;
export type FollowUpStatus = (typeof FOLLOW_UP_STATUSES)[number];

/**
 * CASE-7: weighted cases per case manager where nothing else is set. A starting value of Lotse: the DGCC guidelines name the
 * ratio as a matter of the organisation's quality management (S2 §7.1) and give no number, so every organisation sets its own.
 */
export const DEFAULT_CASELOAD_LIMIT = 40;
