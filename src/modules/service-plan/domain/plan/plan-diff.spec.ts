import { exercise, framework, outcome, principle } from '../../../../../test/support/plan-terms';
import type { FrozenEdition } from './plan-content';
import { canonicalJson, diffOf } from './plan-diff';
import { goalOf, measureOf } from './plan-parts';

const first: FrozenEdition = {
  edition: 1,
  content: {
    planningMode: 'static',
    horizon: 'short',
    subsidiarityReason: null,
    revisionReason: null,
    removed: [],
    goals: [goalOf('p', principle('n')), goalOf('f', framework('p')), goalOf('o', outcome('f', '2026-08-31'))],
    measures: [measureOf('m', exercise('o', '2026-08-31'))],
  },
  signatures: [],
  terms: {
    agreedOn: '2026-03-01',
    reviewOn: '2026-09-01',
    contactEveryWeeks: 2,
    copyHandedOver: { on: '2026-03-01', language: 'de' },
    knownTo: [],
  },
};
const second = (content: Partial<FrozenEdition['content']>): FrozenEdition => ({
  ...first,
  edition: 2,
  content: { ...first.content, revisionReason: 'Housing is secured', ...content },
});
const NOTHING = { added: [], removed: [], changed: [] };

describe('What a new edition changes (PLAN-3)', () => {
  it('PLAN-3: an edition with the same content shows no difference, however its fields were ordered', () => {
    const reordered = JSON.parse(canonicalJson(first.content)) as FrozenEdition['content'];
    expect(diffOf(second(reordered), first)).toEqual({
      edition: 2,
      before: 1,
      reason: null,
      frame: { fields: [], before: {}, after: {} },
      goals: NOTHING,
      measures: NOTHING,
    });
  });

  it('PLAN-3: goals and measures added, removed with their reason, and changed are told apart', () => {
    const goals = [
      ...first.content.goals.slice(0, 2),
      { ...first.content.goals[2]!, targetDate: '2026-12-31', weight: 3 },
      goalOf('new', { ...outcome('f', '2026-10-31'), statement: 'Debts are being repaid' }),
    ];
    const removed = [{ kind: 'measure', id: 'm', reason: 'replaced', on: '2026-05-01' }] as const;
    const diff = diffOf(second({ goals, removed, measures: [measureOf('m2', exercise('new', '2026-10-31'))] }), first);
    expect(diff.reason).toBe('Housing is secured');
    expect(diff.goals).toEqual({
      added: [{ id: 'new', label: 'Debts are being repaid' }],
      removed: [],
      changed: [
        {
          id: 'o',
          label: first.content.goals[2]!.statement,
          fields: ['targetDate', 'weight'],
          before: { targetDate: '2026-08-31', weight: 2 },
          after: { targetDate: '2026-12-31', weight: 3 },
        },
      ],
    });
    expect(diff.measures).toEqual({
      added: [{ id: 'm2', label: 'Daily exercises with the neighbour' }],
      removed: [{ id: 'm', label: 'Daily exercises with the neighbour', reason: 'replaced' }],
      changed: [],
    });
  });

  it('PLAN-3: the frame of the plan is compared too', () => {
    expect(diffOf(second({ planningMode: 'rolling' }), first).frame).toEqual({
      fields: ['planningMode'],
      before: { planningMode: 'static' },
      after: { planningMode: 'rolling' },
    });
  });

  it('PLAN-3: the first edition is compared with nothing', () => {
    const diff = diffOf(first, null);
    expect(diff).toMatchObject({ edition: 1, before: null, goals: { removed: [], changed: [] } });
    expect(diff.goals.added.map(({ id }) => id)).toEqual(['p', 'f', 'o']);
  });
});

describe('Canonical JSON', () => {
  it('is the same for equal values, whatever the order of their keys', () => {
    expect(canonicalJson({ b: 1, a: { d: null, c: [2, 1] } })).toBe('{"a":{"c":[2,1],"d":null},"b":1}');
  });
});
