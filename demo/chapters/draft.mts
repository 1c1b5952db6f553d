import { inMonths } from '../days.mts';
import type { Schemas } from '../people.mts';
import type { Place } from './house.mts';

/** How service plans are worded: goals on three levels and the measures that serve them. */

type Goal = Schemas['GoalDto'];
export type Measure = Schemas['MeasureDto'];
/** A goal below another, both by a short name; principle goals stand on their own. */
export type DraftGoal = { name: string; under?: string; body: Goal };
export type DraftMeasure = { name: string; serves: string[]; body: Measure };
export type Draft = { goals: DraftGoal[]; measures: DraftMeasure[] };

export const aim = (
  level: 'principle' | 'framework',
  name: string,
  statement: string,
  more: { under?: string; needIds?: string[] },
): DraftGoal => ({
  name,
  under: more.under,
  body: { level, statement, needIds: more.needIds ?? [] },
});

/** An outcome goal: realistic, dated, checkable, the client's own, with its five levels of attainment. */
export const outcome = (
  name: string,
  under: string,
  months: number,
  weight: number,
  body: Pick<Goal, 'statement' | 'clientWords' | 'indicators' | 'barriers' | 'planB'> & {
    levels: [string, string, string, string, string];
  },
): DraftGoal => {
  const { levels, ...words } = body;
  const [muchLess, less, expected, more, muchMore] = levels;
  const scale = { muchLess, less, expected, more, muchMore };
  return {
    name,
    under,
    body: { level: 'outcome', ...words, weight, scale, targetDate: inMonths(months), acceptedByClient: true },
  };
};

export const by = (kind: 'provider' | 'informal_helper', { providerId, name }: Place) => ({
  kind,
  id: providerId,
  name,
});
