import { randomUUID } from 'node:crypto';

/** Bodies of goals and measures that pass the agreement; the same shapes serve the API and the domain. */

export const SCALE = {
  muchLess: 'Needs a wheelchair indoors',
  less: 'Walks ten steps with help',
  expected: 'Walks through the flat with the frame',
  more: 'Walks to the garden with the frame',
  muchMore: 'Walks to the garden without the frame',
};

export const principle = (needId: string = randomUUID()) => ({
  level: 'principle' as const,
  statement: 'Mr X lives at home and decides about his day',
  needIds: [needId],
});

export const framework = (parentGoalId: string) => ({
  level: 'framework' as const,
  statement: 'Mr X is mobile at home',
  parentGoalId,
});

export const outcome = (parentGoalId: string | null, targetDate: string) => ({
  level: 'outcome' as const,
  statement: 'Mr X walks through the flat with a walking frame',
  clientWords: 'I want to get to my garden again',
  parentGoalId,
  indicators: [{ name: 'Steps without help', baseline: '0', target: '50', unit: 'steps' }],
  targetDate,
  acceptedByClient: true,
  weight: 2,
  scale: SCALE,
});

export const exercise = (goalId: string, endOn: string) => ({
  title: 'Daily exercises with the neighbour',
  goalIds: [goalId],
  responsible: { kind: 'client' as const, name: 'Mr X' },
  endOn,
  frequency: 'daily',
  howChecked: 'Exercise diary, looked at in every contact',
});
