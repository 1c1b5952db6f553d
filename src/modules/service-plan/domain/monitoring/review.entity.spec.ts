import { InvalidInput } from '../../../../shared/domain/errors';
import type { ReviewResult } from './review-words';
import { Review } from './review.entity';

const stamp = { by: 'miss-cm', at: '2026-09-01T10:00:00.000Z' };
const plan = { planId: 'plan', caseId: 'case' };
const result: ReviewResult = {
  heldOn: '2026-09-01',
  participants: ['Mr X', 'Miss CM'],
  findings: 'Walks alone; says he feels safe',
  decision: 'continue',
  final: false,
  nextDueOn: '2027-03-01',
};
const due = (day: string) => Review.schedule(plan, day, 'plan_agreed', stamp.at);
const faults = (more: Partial<ReviewResult>): string[] => {
  try {
    due('2026-09-01').hold({ ...result, ...more }, stamp);
    return [];
  } catch (error) {
    return (error as InvalidInput).faults.map(({ pointer }) => pointer);
  }
};

it('PLAN-6: a review announces its day, and every other day it is moved to; the earlier ones stay on record', () => {
  const review = due('2026-09-01');
  review.move('2026-05-08', 'no_progress', null, stamp);
  expect(review).toMatchObject({
    dueOn: '2026-05-08',
    cause: 'no_progress',
    moves: [{ from: '2026-09-01', to: '2026-05-08' }],
  });
  expect(review.pullEvents()).toMatchObject([
    { aggregateId: review.id, planId: 'plan', dueOn: '2026-09-01' },
    { aggregateId: review.id, planId: 'plan', dueOn: '2026-05-08' },
  ]);
});

it('PLAN-6: a review that was held says when it was due, and sets the next one', () => {
  const review = due('2026-08-28');
  const next = review.hold(result, stamp)!;
  expect(review.pullEvents()).toMatchObject([
    {},
    { dueOn: '2026-08-28', heldOn: '2026-09-01', final: false, decision: 'continue' },
  ]);
  expect(next).toMatchObject({ planId: 'plan', dueOn: '2027-03-01', cause: 'previous_review', status: 'planned' });
  expect(next.pullEvents()).toMatchObject([{ aggregateId: next.id, planId: 'plan', dueOn: '2027-03-01' }]);
});

it('PLAN-6, CASE-6: the final review leads to the evaluation and has no next one', () => {
  const review = due('2026-08-28');
  expect(review.hold({ ...result, decision: 'evaluate', final: true, nextDueOn: null }, stamp)).toBeNull();
  expect(review.pullEvents()).toMatchObject([{}, { final: true, decision: 'evaluate' }]);
});

it('PLAN-6: only the final review evaluates, and only it has no successor', () => {
  expect(faults({ final: true })).toEqual(['#/decision', '#/nextDueOn']);
  expect(faults({ decision: 'evaluate' })).toEqual(['#/decision']);
  expect(faults({ nextDueOn: null })).toEqual(['#/nextDueOn']);
});

it('PLAN-6: a review is held today or before, and the next one follows it', () => {
  expect(faults({ heldOn: '2026-09-02', nextDueOn: '2026-08-01' })).toEqual(['#/heldOn', '#/nextDueOn']);
});

it('PLAN-6: a review is held once, and not moved afterwards', () => {
  const review = due('2026-09-01');
  review.hold(result, stamp);
  expect(() => review.hold(result, stamp)).toThrow(expect.objectContaining({ code: 'review-not-planned' }));
  expect(() => review.move('2026-10-01', 'requested', 'Later', stamp)).toThrow(
    expect.objectContaining({ code: 'review-not-planned' }),
  );
});
