import { localDay } from '../../../shared/domain/local-day';
import type { CaseFacts } from './case-facts';
import type { Localised } from './catalogue';

/** How a rule came out for one case. `not_applicable`: there is nothing to judge, or nothing yet. */
export const AUDIT_RESULTS = ['met', 'not_met', 'not_applicable'] as const;
export type AuditResult = (typeof AUDIT_RESULTS)[number];

/** The things evidence points to, and where the API shows them. */
const PATHS = {
  request: 'case-requests',
  case: 'cases',
  consent: 'consents',
  assessment: 'assessments',
  service_plan: 'service-plans',
  referral: 'referrals',
  review: 'reviews',
  evaluation: 'evaluations',
} as const;
export type EvidenceType = keyof typeof PATHS;
export const EVIDENCE_TYPES = Object.keys(PATHS) as EvidenceType[];

/** What a judgement rests on: a thing of the case, what was seen there (a code of the rule's notes) and its day. */
export type Evidence = { type: EvidenceType; id: string; note: string; on: string; href: string };

/** What a rule says of one case. */
export type Verdict = { result: AuditResult; evidence: readonly Evidence[] };

/** An automatic rule (QA-2): judges the facts of a case as of a day (YYYY-MM-DD). */
export type Rule = {
  /** As the catalogue names it. */
  id: string;
  /** What to do where it is not met. */
  advice: Localised;
  /** What the notes of its evidence mean, by code. */
  notes: Readonly<Record<string, Localised>>;
  examine(facts: CaseFacts, caseId: string, asOf: string): Verdict;
};

/** One thing judged: it fits, it does not, or it is not due yet (null). */
export type Finding = { fits: boolean | null; evidence: Evidence };

/** Evidence of the thing; the link follows from its type. */
export const evidence = (type: EvidenceType, id: string, note: string, on: string): Evidence => ({
  type,
  id,
  note,
  on: localDay(on),
  href: `/v1/${PATHS[type]}/${id}`,
});

/** One finding per fault; a thing without faults fits, with the note `good`. */
export const judged = (faults: readonly string[], good: string, at: (note: string) => Evidence): Finding[] =>
  faults.length === 0
    ? [{ fits: true, evidence: at(good) }]
    : faults.map((note) => ({ fits: false, evidence: at(note) }));

/** Nothing to judge. */
export const NOT_APPLICABLE: Verdict = { result: 'not_applicable', evidence: [] };

const MOST_EVIDENCE = 100;

/** Met when everything that is due fits; otherwise the evidence names what does not (the first hundred). */
export function verdict(findings: readonly Finding[]): Verdict {
  const due = findings.filter(({ fits }) => fits !== null);
  if (due.length === 0) return NOT_APPLICABLE;
  const wrong = due.filter(({ fits }) => fits === false);
  const shown = wrong.length > 0 ? wrong : due;
  return {
    result: wrong.length > 0 ? 'not_met' : 'met',
    evidence: shown.slice(0, MOST_EVIDENCE).map((finding) => finding.evidence),
  };
}
