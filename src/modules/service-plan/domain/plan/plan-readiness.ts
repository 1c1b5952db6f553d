import {
  type Goal,
  type Measure,
  type MeasureProgress,
  type PlanContent,
  type Signature,
  outcomeGoals,
} from './plan-content';
import type { ReadinessCode } from './plan-readiness.words';

/** One thing the agreement lacks, at a goal, at a measure or of the whole plan. */
export type PlanFault = { code: ReadinessCode; goalId?: string; measureId?: string };

/**
 * PLAN-1, PLAN-2, PLAN-3: everything that keeps these contents from being agreed today. `agreedGoals` are the goals of
 * the edition in force: their dates may have passed.
 */
export function faultsOf(
  content: PlanContent,
  signatures: readonly Signature[],
  today: string,
  agreedGoals: ReadonlySet<string> = new Set(),
): PlanFault[] {
  const rolling = content.planningMode === 'rolling';
  const outcomes = outcomeGoals(content.goals);
  const counting = rolling ? outcomes.filter(({ nextStep }) => nextStep) : outcomes;
  return [
    ...signatureFaults(signatures),
    ...(outcomes.length === 0 ? [{ code: 'no-outcome-goal' as const }] : []),
    ...(outcomes.length > 0 && counting.length === 0 ? [{ code: 'no-next-step-goal' as const }] : []),
    ...hierarchyFaults(rolling ? counting : content.goals, content.goals, rolling),
    ...counting.flatMap((goal) => outcomeFaults(goal, content.measures, agreedGoals.has(goal.id) ? null : today)),
    ...content.measures.flatMap(measureFaults),
    ...(content.subsidiarityReason === null && !content.measures.some(isOwnOrInformal)
      ? [{ code: 'subsidiarity-reason-missing' as const }]
      : []),
  ];
}

/** Measures that began while the plan was being revised and are no longer in the draft. */
export const lostFaults = (
  { measures }: PlanContent,
  progress: Readonly<Record<string, MeasureProgress>>,
): PlanFault[] =>
  Object.entries(progress).flatMap(([measureId, { state }]) =>
    state === 'running' && !measures.some(({ id }) => id === measureId)
      ? [{ code: 'measure-still-running' as const, measureId }]
      : [],
  );

/** PLAN-2: carried out by the client or by people around them. */
const isOwnOrInformal = ({ responsible }: Measure): boolean =>
  responsible?.kind === 'client' || responsible?.kind === 'informal_helper';

function signatureFaults(signatures: readonly Signature[]): PlanFault[] {
  const has = (...parties: string[]) => signatures.some(({ party }) => parties.includes(party));
  return [
    ...(has('client', 'representative') ? [] : [{ code: 'client-signature-missing' as const }]),
    ...(has('case_manager') ? [] : [{ code: 'case-manager-signature-missing' as const }]),
  ];
}

/**
 * Outcome goals serve a framework goal, these a principle goal, and that a need. Rolling planning has the general aims
 * for orientation only: its next steps may serve any of them, or a need at once.
 */
function hierarchyFaults(goals: readonly Goal[], all: readonly Goal[], rolling: boolean): PlanFault[] {
  return goals.flatMap((goal): PlanFault[] => {
    const parent = all.find(({ id }) => id === goal.parentGoalId);
    if (rolling) return parent || goal.needIds.length > 0 ? [] : [{ code: 'goal-serves-no-goal', goalId: goal.id }];
    if (goal.level === 'principle')
      return goal.needIds.length > 0 ? [] : [{ code: 'goal-without-need', goalId: goal.id }];
    return parent?.level === PARENT_LEVEL[goal.level] ? [] : [{ code: 'goal-serves-no-goal', goalId: goal.id }];
  });
}

/** The level of goal that a goal of each level serves. */
export const PARENT_LEVEL = { outcome: 'framework', framework: 'principle', principle: null } as const;

function outcomeFaults(goal: Goal, measures: readonly Measure[], notBefore: string | null): PlanFault[] {
  const codes: [boolean, ReadinessCode][] = [
    [goal.indicators.length === 0, 'goal-without-indicator'],
    [goal.indicators.some(({ baseline, target }) => baseline === null || target === null), 'goal-indicator-incomplete'],
    [goal.targetDate === null, 'goal-without-date'],
    [goal.targetDate !== null && notBefore !== null && goal.targetDate < notBefore, 'goal-date-past'],
    [!goal.acceptedByClient, 'goal-not-accepted'],
    [goal.barriers !== null && goal.planB === null, 'goal-plan-b-missing'],
    [!measures.some(({ goalIds }) => goalIds.includes(goal.id)), 'goal-without-measure'],
  ];
  return codes.flatMap(([broken, code]) => (broken ? [{ code, goalId: goal.id }] : []));
}

function measureFaults(measure: Measure): PlanFault[] {
  const codes: [boolean, ReadinessCode][] = [
    [measure.goalIds.length === 0, 'measure-without-goal'],
    [measure.responsible === null, 'measure-without-responsible'],
    [measure.endOn === null, 'measure-without-date'],
    [measure.frequency === null, 'measure-without-frequency'],
    [measure.responsible?.kind === 'provider' && measure.costCents === null, 'measure-without-cost'],
    [(measure.costCents ?? 0) > 0 && measure.payer === null, 'measure-without-payer'],
    [measure.howChecked === null, 'measure-without-check'],
  ];
  return codes.flatMap(([broken, code]) => (broken ? [{ code, measureId: measure.id }] : []));
}
