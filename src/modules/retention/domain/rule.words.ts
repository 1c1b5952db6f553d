import type { RetentionClass } from '../../../shared/domain/retention-class';

/** CONS-6: kinds of data, each kept by one rule of the organisation (DIN 66398). */
export const RULE_KINDS = [
  'case_file_adult',
  'case_file_sgb8',
  'medical_record',
  'consent_record',
  'intake_without_case',
  'person_without_file',
  'access_log',
  'export',
  'idempotency',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** By which of them a case may be kept as a whole. */
export const CASE_FILE_KINDS = ['case_file_adult', 'case_file_sgb8'] as const;
export type CaseFileKind = (typeof CASE_FILE_KINDS)[number];

/** What starts the period: the end of the file, a birthday of the person, or the day the data were collected. */
export const STARTS = ['file_end', 'birthday', 'collection'] as const;
export const ACTIONS = ['delete', 'keep'] as const;

/** How long a kind of data is kept, and why. */
export type RuleTerms = {
  readonly start: (typeof STARTS)[number];
  /** Which birthday; only where one starts the period. */
  readonly birthday: number | null;
  readonly years: number;
  readonly months: number;
  readonly days: number;
  /** The period ends with the calendar year. */
  readonly toYearEnd: boolean;
  readonly legalBasis: string;
  /** The data must be kept this long; a wish for erasure has to wait (GDPR 17 (3)). Without it, it need not. */
  readonly duty: boolean;
  /** `keep`: never proposed for erasure. */
  readonly action: (typeof ACTIONS)[number];
};

const terms = (legalBasis: string, more: Partial<RuleTerms>): RuleTerms => ({
  start: 'file_end',
  birthday: null,
  years: 0,
  months: 0,
  days: 0,
  toYearEnd: false,
  duty: true,
  action: 'delete',
  ...more,
  legalBasis,
});

/** What Lotse starts with; a proposal, no legal advice. */
export const DEFAULT_RULES: Readonly<Record<RuleKind, RuleTerms>> = {
  case_file_adult: terms('Recommendation for files of counselling: 10 years after the end of the case', {
    years: 10,
    toYearEnd: true,
  }),
  case_file_sgb8: terms('SGB VIII § 9b (2) no. 1', { start: 'birthday', birthday: 30, years: 70 }),
  medical_record: terms('BGB § 630f (3)', { years: 10 }),
  consent_record: terms('GDPR Art. 7 (1), 17 (3) e; BGB §§ 195, 199', { years: 3, toYearEnd: true }),
  intake_without_case: terms('GDPR Art. 5 (1) e', { months: 6, duty: false }),
  person_without_file: terms('GDPR Art. 5 (1) e', { start: 'collection', months: 6, duty: false }),
  access_log: terms('BDSG § 76 (4) by analogy', { start: 'collection', years: 1, toYearEnd: true }),
  export: terms('GDPR Art. 5 (1) e', { start: 'collection', days: 7, duty: false }),
  idempotency: terms('GDPR Art. 5 (1) e', { start: 'collection', days: 1, duty: false }),
};

/** What the machinery does by itself, in a time that nobody can set. */
export const FIXED_KINDS: readonly RuleKind[] = ['idempotency'];

/** Least years that a law sets. */
export const STATUTORY: Partial<Record<RuleKind, Pick<RuleTerms, 'start' | 'birthday' | 'years'>>> = {
  case_file_sgb8: { start: 'birthday', birthday: 30, years: 70 },
  medical_record: { start: 'file_end', birthday: null, years: 10 },
};

/** The kinds within the file of a case besides the file itself, and the class of tables that each is about. */
export const WITHIN_CASE: readonly { kind: RuleKind; tables: RetentionClass }[] = [
  { kind: 'medical_record', tables: 'medical_record' },
  { kind: 'consent_record', tables: 'consent_record' },
];
