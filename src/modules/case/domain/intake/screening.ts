import { InvalidInput } from '../../../../shared/domain/errors';
import { CRITERIA, type Criterion, type CriterionAnswer } from './intake.words';
import type { AnsweredQuestions } from './screening-questions';

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
export type Screening = ScreeningDraft &
  Partial<AnsweredQuestions> & {
    readonly completed: {
      readonly outcome: 'indicated' | 'not_indicated';
      /** Criteria not met or unclear, `not_competent`, `other_lead`. */
      readonly unmetCriteria: readonly string[];
      readonly by: string;
      readonly at: string;
    } | null;
  };

/** CASE-3: a screening in which nothing is answered yet. */
export const NO_ANSWERS: ScreeningDraft = { criteria: [], competent: null, otherLead: null };

/** Refuses a criterion answered twice; `pointer` is where the screening stands. */
export function requireEachOnce({ criteria }: ScreeningDraft, pointer: string): void {
  const twice = criteria.flatMap(({ criterion }, i) =>
    criteria.findIndex((c) => c.criterion === criterion) < i ? [i] : [],
  );
  if (twice.length > 0)
    throw new InvalidInput(
      twice.map((i) => ({
        pointer: `${pointer}/criteria/${i}/criterion`,
        code: 'repeated',
        detail: { en: 'This criterion is answered twice', de: 'Dieses Kriterium ist doppelt beantwortet' },
      })),
    );
}

const answered = (reason: string | null | undefined) => Boolean(reason?.trim());

/** Codes of what still lacks an answer or its reason; empty when the screening can be completed. */
export function openPoints({
  criteria,
  competent,
  unanswered = [],
}: ScreeningDraft & Partial<AnsweredQuestions>): string[] {
  const given = new Set(criteria.filter(({ reason }) => answered(reason)).map(({ criterion }) => criterion));
  return [
    ...CRITERIA.filter((criterion) => !given.has(criterion)).map(
      (criterion) => `${criterion.replaceAll('_', '-')}-unanswered`,
    ),
    ...(competent && answered(competent.reason) ? [] : ['competence-unanswered']),
    ...(unanswered.length === 0 ? [] : ['added-questions-unanswered']),
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
