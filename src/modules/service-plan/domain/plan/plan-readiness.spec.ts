import { exercise, framework, outcome, principle } from '../../../../../test/support/plan-terms';
import type { PlanContent, Signature } from './plan-content';
import { type GoalTerms, type MeasureTerms, goalOf, measureOf } from './plan-parts';
import { faultsOf } from './plan-readiness';

const TODAY = '2026-03-01';
const signature = (party: Signature['party']): Signature => ({
  party,
  form: 'electronic',
  name: 'X',
  signedOn: TODAY,
  evidence: null,
  recordedBy: 's',
  recordedAt: `${TODAY}T09:00:00.000Z`,
});
const SIGNED = [signature('client'), signature('case_manager')];

type Changes = { frame?: Partial<PlanContent>; goal?: Partial<GoalTerms>; measure?: Partial<MeasureTerms> };
/** A plan that can be agreed, but for the changes. */
const plan = ({ frame, goal, measure }: Changes = {}): PlanContent => ({
  planningMode: 'static',
  horizon: 'short',
  subsidiarityReason: null,
  goals: [
    goalOf('p', principle()),
    goalOf('f', framework('p')),
    goalOf('o', { ...outcome('f', '2026-08-31'), ...goal }),
  ],
  measures: [measureOf('m', { ...exercise('o', '2026-08-31'), ...measure })],
  ...frame,
});
const codes = (content: PlanContent, signatures = SIGNED, agreed = new Set<string>()) =>
  faultsOf(content, signatures, TODAY, agreed).map(({ code }) => code);

describe('What the agreement of a plan asks for', () => {
  it('PLAN-3: nothing is missing in a signed plan whose goals and measures are complete', () => {
    expect(codes(plan())).toEqual([]);
  });

  it('PLAN-3: both sides sign; the legal representative may sign in place of the client', () => {
    expect(codes(plan(), [])).toEqual(['client-signature-missing', 'case-manager-signature-missing']);
    expect(codes(plan(), [signature('representative'), signature('case_manager')])).toEqual([]);
  });

  it('PLAN-3: an empty plan names everything a plan needs', () => {
    expect(codes(plan({ frame: { goals: [], measures: [] } }))).toEqual([
      'no-outcome-goal',
      'subsidiarity-reason-missing',
    ]);
  });

  it.each<[string, string, Partial<GoalTerms>]>([
    ['goal-serves-no-goal', 'serves a framework goal', { parentGoalId: null }],
    ['goal-serves-no-goal', 'does not skip the framework goal', { parentGoalId: 'p' }],
    ['goal-without-indicator', 'has an indicator', { indicators: [] }],
    [
      'goal-indicator-incomplete',
      'has indicators with baseline and target',
      { indicators: [{ name: 'Steps', baseline: '0' }] },
    ],
    ['goal-without-date', 'is dated', { targetDate: null }],
    ['goal-date-past', 'is dated ahead', { targetDate: '2026-02-28' }],
    ['goal-not-accepted', 'is accepted by the client', { acceptedByClient: false }],
    ['goal-plan-b-missing', 'has a plan B where barriers are named', { barriers: 'Stairs' }],
  ])('PLAN-1: %s – an outcome goal %s', (code, _, goal) => {
    expect(faultsOf(plan({ goal }), SIGNED, TODAY)).toEqual([{ code, goalId: 'o' }]);
  });

  it('PLAN-1: the date of a goal carried over from the edition in force may have passed', () => {
    expect(codes(plan({ goal: { targetDate: '2026-02-28' } }), SIGNED, new Set(['o']))).toEqual([]);
  });

  it('PLAN-1: framework goals serve a principle goal, and principle goals a need', () => {
    const goals = [
      goalOf('p', { ...principle(), needIds: [] }),
      goalOf('f', { level: 'framework', statement: 'Mobile at home' }),
      goalOf('o', outcome('f', '2026-08-31')),
    ];
    expect(faultsOf(plan({ frame: { goals } }), SIGNED, TODAY)).toEqual([
      { code: 'goal-without-need', goalId: 'p' },
      { code: 'goal-serves-no-goal', goalId: 'f' },
    ]);
  });

  it.each<[string, Partial<MeasureTerms>]>([
    ['measure-without-date', { endOn: null }],
    ['measure-without-frequency', { frequency: null }],
    ['measure-without-check', { howChecked: null }],
    ['measure-without-payer', { costCents: 100 }],
  ])('PLAN-2: %s – who, what, by when, how often, at whose cost, how checked', (code, measure) => {
    expect(faultsOf(plan({ measure }), SIGNED, TODAY)).toEqual([{ code, measureId: 'm' }]);
  });

  it('PLAN-2: every measure has one responsible party and a goal, and every outcome goal a measure', () => {
    expect(codes(plan({ measure: { responsible: null, goalIds: [] } }))).toEqual([
      'goal-without-measure',
      'measure-without-goal',
      'measure-without-responsible',
      'subsidiarity-reason-missing',
    ]);
  });

  it('PLAN-2: what providers deliver has a price, also when it is nothing', () => {
    const responsible = { kind: 'provider', name: 'Clinic' } as const;
    const frame = { subsidiarityReason: 'Acute phase' };
    expect(codes(plan({ frame, measure: { responsible } }))).toEqual(['measure-without-cost']);
    expect(codes(plan({ frame, measure: { responsible, costCents: 0 } }))).toEqual([]);
  });

  it('PLAN-2: a plan without own activities or informal help gives the reason', () => {
    const measure = { responsible: { kind: 'case_manager', name: 'Miss CM' } } as const;
    expect(codes(plan({ measure }))).toEqual(['subsidiarity-reason-missing']);
    expect(codes(plan({ measure, frame: { subsidiarityReason: 'Acute phase' } }))).toEqual([]);
    expect(codes(plan({ measure: { responsible: { kind: 'informal_helper', name: 'Neighbour' } } }))).toEqual([]);
  });

  describe('with rolling planning', () => {
    const next = goalOf('o', { ...outcome('p', '2026-03-31'), nextStep: true });
    const later = goalOf('later', { level: 'outcome', statement: 'Something in the garden' });
    const rolling = (goals: PlanContent['goals']) => plan({ frame: { planningMode: 'rolling', goals } });

    it('PLAN-1: only the goals of the next step are complete; they may serve a general aim directly', () => {
      expect(codes(rolling([goalOf('p', { level: 'principle', statement: 'At home' }), next, later]))).toEqual([]);
    });

    it('PLAN-1: there is a next step', () => {
      expect(codes(rolling([goalOf('o', { ...outcome(null, '2026-03-31') })]))).toEqual(['no-next-step-goal']);
    });

    it('PLAN-1: the next step leads somewhere: to an aim or to a need', () => {
      expect(codes(rolling([{ ...next, parentGoalId: null }]))).toEqual(['goal-serves-no-goal']);
      expect(codes(rolling([{ ...next, parentGoalId: null, needIds: ['n'] }]))).toEqual([]);
    });
  });
});
