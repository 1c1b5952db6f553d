import { type FieldFault, NotFound } from '../../../../shared/domain/errors';
import type { Goal, Indicator, Measure, PlanContent, PlanningMode, Responsible } from './plan-content';
import { PARENT_LEVEL } from './plan-readiness';
import { rules } from './service-plan.refusals';
import { faultIf, requireValid } from './steering.faults';

type Open<T> = { [K in keyof T]?: T[K] | null };

/** A goal as somebody words it; a draft may leave open what the agreement asks for. */
export type GoalTerms = Pick<Goal, 'level' | 'statement'> &
  Open<Omit<Goal, 'id' | 'level' | 'statement' | 'indicators'>> & {
    indicators?: (Pick<Indicator, 'name'> & Open<Omit<Indicator, 'name'>>)[];
  };

/** A measure as somebody words it. */
export type MeasureTerms = Pick<Measure, 'title'> &
  Open<Omit<Measure, 'id' | 'title' | 'responsible'>> & {
    responsible?: (Pick<Responsible, 'kind' | 'name'> & { id?: string | null }) | null;
  };

/** The goal with everything that was left open said to be open. */
export const goalOf = (id: string, terms: GoalTerms): Goal => ({
  id,
  level: terms.level,
  statement: terms.statement,
  clientWords: terms.clientWords ?? null,
  parentGoalId: terms.parentGoalId ?? null,
  needIds: (terms.needIds ?? []).map((needId) => needId.toLowerCase()),
  horizon: terms.horizon ?? null,
  nextStep: terms.nextStep ?? false,
  indicators: (terms.indicators ?? []).map(({ name, baseline, target, unit }) => ({
    name,
    baseline: baseline ?? null,
    target: target ?? null,
    unit: unit ?? null,
  })),
  targetDate: terms.targetDate ?? null,
  acceptedByClient: terms.acceptedByClient ?? false,
  weight: terms.weight ?? 1,
  scale: terms.scale ?? null,
  barriers: terms.barriers ?? null,
  planB: terms.planB ?? null,
});

/** The measure with everything that was left open said to be open. */
export const measureOf = (id: string, terms: MeasureTerms): Measure => ({
  id,
  title: terms.title,
  goalIds: terms.goalIds ?? [],
  responsible: terms.responsible
    ? { kind: terms.responsible.kind, id: terms.responsible.id ?? null, name: terms.responsible.name }
    : null,
  startOn: terms.startOn ?? null,
  endOn: terms.endOn ?? null,
  frequency: terms.frequency ?? null,
  costCents: terms.costCents ?? null,
  payer: terms.payer ?? null,
  howChecked: terms.howChecked ?? null,
  serviceId: terms.serviceId ?? null,
});

/** Goals or measures a plan may have: more is no plan that anybody can follow. */
export const MOST_PARTS = 100;

type Faults = readonly (FieldFault | null)[];
type Parts = Pick<PlanContent, 'goals' | 'measures'>;

/** The goals with one more, or with the one of its id in its new wording; `found` are faults only others could see. */
export function withGoal(content: PlanContent, goal: Goal, found: Faults): Pick<Parts, 'goals'> {
  requireValid([...goalFieldFaults(goal, content.goals, content.planningMode), ...found]);
  return { goals: put(content.goals, goal) };
}

/** The parts without that goal; what served it is detached and has to be placed anew before the agreement. */
export const withoutGoal = ({ goals, measures }: Parts, goalId: string): Parts => ({
  goals: goals
    .filter(({ id }) => id !== goalId)
    .map((goal) => (goal.parentGoalId === goalId ? { ...goal, parentGoalId: null } : goal)),
  measures: measures.map((measure) => ({ ...measure, goalIds: measure.goalIds.filter((id) => id !== goalId) })),
});

/** The measures with one more, or with the one of its id in its new wording; `found` as for goals. */
export function withMeasure({ goals, measures }: Parts, measure: Measure, found: Faults): Pick<Parts, 'measures'> {
  requireValid([...measureFieldFaults(measure, goals), ...found]);
  return { measures: put(measures, measure) };
}

/** The part of that id; NotFound when there is none. */
export function partOf<T extends { id: string }>(parts: readonly T[], id: string, what: string): T {
  const found = parts.find((part) => part.id === id);
  if (!found) throw new NotFound(what, id);
  return found;
}

function put<T extends { id: string }>(parts: readonly T[], part: T): T[] {
  if (parts.some(({ id }) => id === part.id)) return parts.map((one) => (one.id === part.id ? part : one));
  if (parts.length >= MOST_PARTS) throw rules.broken('plan-full', { most: MOST_PARTS });
  return [...parts, part];
}

/** What contradicts itself in a goal, also while it is a draft (PLAN-1: who serves whom). */
function goalFieldFaults(goal: Goal, goals: readonly Goal[], mode: PlanningMode): Faults {
  if (goal.parentGoalId === null) return [];
  const parent = goals.find(({ id }) => id === goal.parentGoalId && id !== goal.id);
  const fits =
    parent?.level === PARENT_LEVEL[goal.level] ||
    (mode === 'rolling' && goal.level === 'outcome' && parent?.level === 'principle');
  return [
    faultIf(!parent, '#/parentGoalId', ...GOAL_UNKNOWN),
    faultIf(
      parent !== undefined && !fits,
      '#/parentGoalId',
      'goal-level-mismatch',
      'An outcome goal serves a framework goal, a framework goal a principle goal, and a principle goal no other goal.',
      'Ein Ergebnisziel dient einem Rahmenziel, ein Rahmenziel einem Grundsatzziel, ein Grundsatzziel keinem anderen Ziel.',
    ),
  ];
}

/** What contradicts itself in a measure, also while it is a draft (PLAN-2). */
function measureFieldFaults({ goalIds, startOn, endOn }: Measure, goals: readonly Goal[]): Faults {
  return [
    ...goalIds.map((goalId, i) => faultIf(!goals.some(({ id }) => id === goalId), `#/goalIds/${i}`, ...GOAL_UNKNOWN)),
    faultIf(
      startOn !== null && endOn !== null && endOn < startOn,
      '#/endOn',
      'end-before-start',
      'The end lies before the start.',
      'Das Ende liegt vor dem Beginn.',
    ),
  ];
}

const GOAL_UNKNOWN = [
  'goal-unknown',
  'No other goal of this plan has this id.',
  'Kein anderes Ziel dieses Plans hat diese Kennung.',
] as const;
