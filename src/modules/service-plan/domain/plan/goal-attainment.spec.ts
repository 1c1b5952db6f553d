import fc from 'fast-check';
import { tScore } from './goal-attainment';

const goal = (weight: number, level: number) => ({ weight, level });
const goals = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 5 }), level: fc.integer({ min: -2, max: 2 }) }), {
  minLength: 1,
  maxLength: 20,
});

describe('Goal attainment (PLAN-7)', () => {
  it.each([
    ['everything came as expected', [goal(1, 0), goal(3, 0), goal(5, 0)], 50],
    ['three equal goals came a little better', [goal(1, 1), goal(1, 1), goal(1, 1)], 63.69],
    ['goals of different weight came out mixed', [goal(2, 1), goal(3, -1), goal(1, 2)], 52.2],
    ['one goal came much better', [goal(1, 2)], 70],
  ])('PLAN-7: the T-score agrees with the published formula when %s', (_, rated, expected) => {
    expect(tScore(rated)).toBeCloseTo(expected, 2);
  });

  it('PLAN-7: without a rated goal there is no T-score', () => {
    expect(tScore([])).toBeNull();
  });

  it('PLAN-7: better and worse count the same: T(x) + T(−x) = 100', () => {
    fc.assert(
      fc.property(goals, (rated) => {
        const mirrored = rated.map(({ weight, level }) => goal(weight, -level));
        expect(tScore(rated)! + tScore(mirrored)!).toBeCloseTo(100, 9);
      }),
    );
  });

  it('PLAN-7: a goal that is reached further always raises the T-score', () => {
    fc.assert(
      fc.property(goals, fc.nat(), (rated, pick) => {
        const i = pick % rated.length;
        fc.pre(rated[i]!.level < 2);
        const further = rated.map((one, n) => (n === i ? goal(one.weight, one.level + 1) : one));
        expect(tScore(further)!).toBeGreaterThan(tScore(rated)!);
      }),
    );
  });

  it('PLAN-7: only the relation of the weights counts', () => {
    fc.assert(
      fc.property(goals, fc.integer({ min: 2, max: 9 }), (rated, factor) => {
        const scaled = rated.map(({ weight, level }) => goal(weight * factor, level));
        expect(tScore(scaled)!).toBeCloseTo(tScore(rated)!, 9);
      }),
    );
  });
});
