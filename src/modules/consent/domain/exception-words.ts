/** CONS-4: when data may go out without consent. */
export const EXCEPTION_KINDS = [
  'child_abuse',
  'self_harm',
  'risk_to_others',
  'not_fully_conscious',
  'legal_duty',
] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** The norm an exception rests on: sec. 4 (3) KKG, 8a (4) and 65 SGB VIII, 34 and 138 StGB, 71 SGB X, GDPR 6 (1) d with 9 (2) c. */
export const LEGAL_BASES = [
  'KKG_4_3',
  'SGB8_8a_4',
  'SGB8_65',
  'STGB_34',
  'STGB_138',
  'SGBX_71',
  'GDPR_6_1_d_9_2_c',
  'COURT_ORDER',
] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

/** Which norms carry which kind. */
export const LEGAL_BASES_OF: Readonly<Record<ExceptionKind, readonly LegalBasis[]>> = {
  child_abuse: ['KKG_4_3', 'SGB8_8a_4', 'SGB8_65', 'STGB_34'],
  self_harm: ['STGB_34', 'GDPR_6_1_d_9_2_c'],
  risk_to_others: ['STGB_34', 'STGB_138'],
  not_fully_conscious: ['STGB_34', 'GDPR_6_1_d_9_2_c'],
  legal_duty: ['STGB_138', 'SGBX_71', 'COURT_ORDER'],
};

export const EXCEPTION_STATES = ['unconfirmed', 'confirmed', 'expired', 'lapsed', 'rejected', 'ended'] as const;
