import { ProgressWatch } from './progress-watch.entity';

const watch = () => ProgressWatch.of('plan', 'case', '2026-03-01');

it('PLAN-6: eight weeks are counted from the agreement, unless set otherwise', () => {
  const plan = watch();
  expect(plan).toMatchObject({ id: 'plan', weeks: 8, quietSince: '2026-03-01', state: 'watching' });
  plan.setWeeks(4);
  expect(plan.weeks).toBe(4);
});

it('PLAN-6: progress counts from its day; an entry for an earlier day changes nothing', () => {
  const plan = watch();
  plan.moved('2026-03-20');
  plan.moved('2026-03-10');
  expect(plan.quietSince).toBe('2026-03-20');
});

it('PLAN-6: a goal rated better than ever is progress, one that stays or falls is not', () => {
  const plan = watch();
  plan.rated('goal', -1, '2026-03-05');
  expect(plan.quietSince).toBe('2026-03-01');
  plan.rated('goal', 0, '2026-03-12');
  plan.rated('goal', 0, '2026-03-19');
  plan.rated('goal', -2, '2026-03-26');
  plan.rated('goal', -1, '2026-04-02');
  expect(plan.quietSince).toBe('2026-03-12');
  plan.rated('other', 0, '2026-04-09');
  expect(plan.quietSince).toBe('2026-04-09');
});

it('PLAN-6, CASE-10: the time a case rests does not count', () => {
  const plan = watch();
  plan.pause();
  expect(plan.state).toBe('paused');
  plan.resume('2026-06-01');
  expect(plan).toMatchObject({ state: 'watching', quietSince: '2026-06-01' });
});

it('PLAN-6: after the final review nothing is watched until a new edition is agreed', () => {
  const plan = watch();
  plan.end();
  plan.pause();
  plan.resume('2026-06-01');
  expect(plan.state).toBe('ended');
  plan.begin('2026-07-01');
  expect(plan).toMatchObject({ state: 'watching', quietSince: '2026-07-01' });
});
