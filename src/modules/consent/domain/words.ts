/** The words of consent, shared with every module that passes data on. */

/** What data may be used or passed on for. */
export const CONSENT_PURPOSES = [
  'case_management',
  'coordination',
  'referral',
  'conference',
  'joint_steering',
  'case_transfer',
] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/**
 * What only goes on while the client takes part in the case management: without a valid participation consent no
 * release carries it. A closing conference is still possible.
 */
export const NEEDS_PARTICIPATION: readonly string[] = [
  'referral',
  'coordination',
  'joint_steering',
  'case_transfer',
] satisfies ConsentPurpose[];

/** Kinds of data a consent names. */
export const DATA_CATEGORIES = [
  'identity',
  'contact',
  'situation',
  'family',
  'health',
  'work',
  'finances',
  'housing',
  'assessment_result',
  'service_plan',
  'conference_minutes',
  'journal',
] as const;
export type DataCategory = (typeof DATA_CATEGORIES)[number];

/**
 * Categories that always hold health data (GDPR 9): consent to them is written or electronic, unless special
 * circumstances stand against it (sec. 67b (2) SGB X).
 */
export const HEALTH_CATEGORIES: readonly string[] = ['health', 'assessment_result'] satisfies DataCategory[];

/**
 * The three kinds never stand in for one another: `participation` in the case management itself, `data_processing`
 * within the organisation (GDPR 6, 9), and `disclosure` — the release from confidentiality (sec. 203 StGB) towards
 * named recipients, without which nothing leaves.
 */
export const CONSENT_KINDS = ['participation', 'data_processing', 'disclosure'] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

export const CONSENT_FORMS = ['written', 'electronic', 'oral_with_witness'] as const;
export type ConsentForm = (typeof CONSENT_FORMS)[number];

export const GIVER_KINDS = ['client', 'representative', 'guardian'] as const;
export type GiverKind = (typeof GIVER_KINDS)[number];

export const EVIDENCE_KINDS = ['scan', 'signature', 'recording', 'note'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export const RECIPIENT_KINDS = ['organisation', 'person'] as const;

/** Who data goes to: a provider of the directory, a member of staff (subject) or a person, by id. */
export type Recipient = { kind: (typeof RECIPIENT_KINDS)[number]; id: string };

/** Why a category may not go to a recipient. */
export const MISSING_REASONS = [
  'no-consent',
  'other-purpose',
  'in-another-release',
  'not-yet-valid',
  'expired',
  'came-of-age',
  'withdrawn',
  'participation-missing',
  'processing-restricted',
] as const;
export type MissingReason = (typeof MISSING_REASONS)[number];
