import { CRITERIA, type Criterion, type CriterionAnswer } from './intake.words';

/** CASE-3: one criterion with its answer; a draft may still lack the reason. */
export type AnsweredCriterion = {
  readonly criterion: Criterion;
  readonly answer: CriterionAnswer;
  readonly reason: string | null;
};

/** CASE-3: the screening as far as it got. */
export type ScreeningDraft = {
  readonly criteria: readonly AnsweredCriterion[];
  /** Whether this organisation is competent; null while unanswered. */
  readonly competent: { readonly answer: boolean; readonly reason: string | null } | null;
  /** Another service that already leads the case, and what was offered to it instead of duplicating; null when none leads. */
  readonly otherLead: { readonly who: string; readonly offeredServices: readonly string[] } | null;
};

/** CASE-3: a screening and, once completed, its outcome. */
export type Screening = ScreeningDraft & {
  readonly completed: {
    readonly outcome: 'indicated' | 'not_indicated';
    /** Criteria not met or unclear, `not_competent`, `other_lead`. */
    readonly unmetCriteria: readonly string[];
    readonly by: string;
    readonly at: string;
  } | null;
};

const answered = (reason: string | null | undefined) => Boolean(reason?.trim());

/** Codes of what still lacks an answer or its reason; empty when the screening can be completed. */
export function openPoints({ criteria, competent }: ScreeningDraft): string[] {
  const given = new Set(criteria.filter(({ reason }) => answered(reason)).map(({ criterion }) => criterion));
  return [
    ...CRITERIA.filter((criterion) => !given.has(criterion)).map(
      (criterion) => `${criterion.replaceAll('_', '-')}-unanswered`,
    ),
    ...(competent && answered(competent.reason) ? [] : ['competence-unanswered']),
  ];
}

/** Codes of what speaks against case management here; empty when it is indicated: all six met, competent, nobody else leads. */
export function counterIndications({ criteria, competent, otherLead }: ScreeningDraft): string[] {
  const met = new Set(criteria.filter(({ answer }) => answer === 'met').map(({ criterion }) => criterion));
  return [
    ...CRITERIA.filter((criterion) => !met.has(criterion)),
    ...(competent?.answer ? [] : ['not_competent']),
    ...(otherLead ? ['other_lead'] : []),
  ];
}
