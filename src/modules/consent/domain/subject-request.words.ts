/** CONS-6: what a person may ask of the organisation that holds data on them (GDPR 15 to 18, 21; sec. 83, 84 SGB X). */
export const SUBJECT_REQUEST_KINDS = ['access', 'rectification', 'restriction', 'erasure', 'objection'] as const;
export type SubjectRequestKind = (typeof SUBJECT_REQUEST_KINDS)[number];

/** The way it came in. */
export const SUBJECT_REQUEST_CHANNELS = ['in_person', 'phone', 'letter', 'email', 'portal'] as const;
export type SubjectRequestChannel = (typeof SUBJECT_REQUEST_CHANNELS)[number];

/** Who asked: the person, whoever has custody or guardianship, or somebody with a power of attorney. */
export const ASKERS = ['person', 'guardian', 'representative'] as const;

/** How it was made sure that it is that person (GDPR 12 (6)). */
export const IDENTITY_PROOFS = ['known_in_person', 'identity_document', 'portal_account', 'other_proof'] as const;
export type IdentityProof = (typeof IDENTITY_PROOFS)[number];

export const SUBJECT_REQUEST_STATES = ['identity_open', 'in_work', 'decided'] as const;
export const SUBJECT_REQUEST_RESULTS = ['granted', 'partly', 'refused'] as const;
export type SubjectRequestResult = (typeof SUBJECT_REQUEST_RESULTS)[number];

/** Why a request is not followed, or not wholly. */
export const REFUSAL_GROUNDS = [
  'identity_not_established',
  'no_data_held',
  'manifestly_excessive',
  'third_party_rights',
  'control_data_only',
  'task_endangered',
  'data_correct',
  'truth_not_established',
  'ground_not_given',
  'retention_duty',
  'public_task',
  'legal_claims',
] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

const ALWAYS: readonly RefusalGround[] = ['identity_not_established', 'no_data_held', 'manifestly_excessive'];

/**
 * Which grounds stand against which request: GDPR 11 (2), 12 (5) always; 15 (4) with sec. 83 (1), 82 (1) SGB X; 16 with
 * sec. 84 (2) SGB X; 17 (3) with sec. 84 (1), (4) SGB X; 18 (1); 21 (1) with sec. 84 (5) SGB X.
 */
export const GROUNDS_OF: Readonly<Record<SubjectRequestKind, readonly RefusalGround[]>> = {
  access: [...ALWAYS, 'third_party_rights', 'control_data_only', 'task_endangered'],
  rectification: [...ALWAYS, 'data_correct', 'truth_not_established'],
  restriction: [...ALWAYS, 'ground_not_given'],
  erasure: [...ALWAYS, 'retention_duty', 'public_task', 'legal_claims'],
  objection: [...ALWAYS, 'ground_not_given', 'public_task', 'legal_claims'],
};

/**
 * Why data is kept but not used: GDPR 18 (1) a to d; and in place of an erasure that retention duties or interests of the
 * person stand against (sec. 84 (1) SGB X).
 */
export const RESTRICTION_GROUNDS = [
  'accuracy_contested',
  'unlawful_but_kept',
  'needed_for_claims',
  'objection_pending',
  'instead_of_erasure',
] as const;
export type RestrictionGround = (typeof RESTRICTION_GROUNDS)[number];
