import type { MeasureOutcome, MeasureProgress } from './plan-content';
import { rules } from './service-plan.refusals';

/** How far a measure is that nobody has begun. */
export const PLANNED: MeasureProgress = { state: 'planned', startedOn: null, endedOn: null, note: null };

/** PLAN-2: help begins on that day. */
export function started(progress: MeasureProgress, on: string): MeasureProgress {
  if (progress.state !== 'planned') throw rules.broken('measure-not-planned', { state: progress.state });
  return { ...progress, state: 'running', startedOn: on };
}

/** PLAN-2: a running measure ends either way; a planned one can only be given up. */
export function ended(
  progress: MeasureProgress,
  outcome: MeasureOutcome,
  on: string,
  note: string | null,
): MeasureProgress {
  const { state } = progress;
  if (state === 'planned' && outcome === 'completed') throw rules.broken('measure-not-begun', { state });
  if (state === 'completed' || state === 'discontinued') throw rules.broken('measure-ended', { state });
  return { ...progress, state: outcome, endedOn: on, note };
}
