import { type Goal, type Rater, outcomeGoals } from './plan-content';
import { rules } from './service-plan.refusals';
import { faultIf, notInFuture, requireValid } from './steering.faults';

/** How strongly goals of one person are taken to go together (Kiresuk & Sherman). */
const RHO = 0.3;

/** One goal of the score: its weight (1–5) and the level it reached (−2 … +2). */
export type RatedGoal = { weight: number; level: number };

/**
 * PLAN-7: the goal attainment T-score, 50 + 10 Σ(w x) / √((1−ρ) Σw² + ρ (Σw)²) with ρ = 0.3. It is 50 when everything
 * came as expected; null where no goal was rated.
 */
export function tScore(goals: readonly RatedGoal[]): number | null {
  if (goals.length === 0) return null;
  let weights = 0;
  let squares = 0;
  let weighted = 0;
  for (const { weight, level } of goals) {
    weights += weight;
    squares += weight * weight;
    weighted += weight * level;
  }
  return 50 + (10 * weighted) / Math.sqrt((1 - RHO) * squares + RHO * weights * weights);
}

/** The rating that counts for a goal: the one of the latest day. */
export type LatestRating = { level: number; on: string; ratedBy: Rater };

/** The T-score over the latest rating of each outcome goal, to two decimals. */
export function attainmentScore(
  goals: readonly Goal[],
  ratings: Readonly<Record<string, LatestRating>>,
): number | null {
  const score = tScore(
    outcomeGoals(goals).flatMap(({ id, weight }) => (ratings[id] ? [{ weight, level: ratings[id].level }] : [])),
  );
  return score === null ? null : Math.round(score * 100) / 100;
}

/** Refuses a rating of a goal whose levels were not described and agreed (`since`) before that day. */
export function requireRateable({ id, scale }: Goal, since: string, on: string, today: string): void {
  if (scale === null) throw rules.broken('goal-levels-missing', { goalId: id });
  requireValid([
    notInFuture('#/on', on, today),
    faultIf(
      on < since,
      '#/on',
      'before-levels-agreed',
      `The levels of this goal were agreed on ${since}: rate from then on.`,
      `Die Stufen dieses Ziels wurden am ${since} vereinbart: Bewerten Sie ab diesem Tag.`,
    ),
  ]);
}
