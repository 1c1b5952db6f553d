import { SCALE, exercise, framework, outcome, principle } from '../../../../../test/support/plan-terms';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { InvalidInput, type RuleBroken } from '../../../../shared/domain/errors';
import { MeasureEnded, MeasureStarted, PlanAgreed, PlanRevised } from '../../events';
import type { AgreementTerms, SignatureTerms } from './plan-agreement';
import { goalOf, measureOf } from './plan-parts';
import { ServicePlan } from './service-plan.entity';

const at = (day: string): Stamp => ({ by: 'miss-cm', at: `${day}T09:00:00.000Z` });
const MARCH = at('2026-03-01');
const TERMS: AgreementTerms = {
  contactEveryWeeks: 2,
  copyHandedOver: { on: '2026-03-01', language: 'de' },
  knownTo: [],
};
const electronic = (party: SignatureTerms['party'], signedOn = '2026-03-01'): SignatureTerms => ({
  party,
  form: 'electronic',
  name: 'X',
  signedOn,
});

const drafted = (): ServicePlan => {
  const plan = ServicePlan.open(
    { caseId: 'c', personId: 'x', planningMode: 'static', horizon: 'short', subsidiarityReason: null },
    MARCH,
  );
  plan.addGoal(goalOf('p', principle()));
  plan.addGoal(goalOf('f', framework('p')));
  plan.addGoal(goalOf('o', outcome('f', '2026-08-31')));
  plan.addMeasure(measureOf('m', exercise('o', '2026-08-31')));
  return plan;
};
const sign = (plan: ServicePlan, day = '2026-03-01') => {
  plan.sign(electronic('client', day), 'client', at(day));
  plan.sign(electronic('case_manager', day), 'case_manager', at(day));
};
const agreed = (): ServicePlan => {
  const plan = drafted();
  sign(plan);
  plan.agree(TERMS, MARCH);
  plan.pullEvents();
  return plan;
};
const refusal = (step: () => unknown): RuleBroken => {
  try {
    step();
  } catch (error) {
    return error as RuleBroken;
  }
  throw new Error('The step was not refused');
};
const faults = (step: () => unknown) =>
  (refusal(step) as unknown as InvalidInput).faults.map(({ pointer, code }) => `${pointer} ${code}`);

describe('The draft of a service plan', () => {
  it('PLAN-1: a goal serves a goal of the level above, which the plan has', () => {
    const plan = drafted();
    expect(faults(() => plan.addGoal(goalOf('g', framework('nobody'))))).toEqual(['#/parentGoalId goal-unknown']);
    expect(faults(() => plan.addGoal(goalOf('g', framework('f'))))).toEqual(['#/parentGoalId goal-level-mismatch']);
    expect(faults(() => plan.changeGoal(goalOf('f', framework('f'))))).toEqual(['#/parentGoalId goal-unknown']);
  });

  it('PLAN-2: a measure serves goals of the plan and ends after it starts; every wrong field is named', () => {
    const wrong = measureOf('m2', { ...exercise('nobody', '2026-03-01'), startOn: '2026-04-01' });
    expect(faults(() => drafted().addMeasure(wrong))).toEqual(['#/goalIds/0 goal-unknown', '#/endOn end-before-start']);
  });

  it('PLAN-1: a goal leaves the draft with a reason, and what served it has to be placed anew', () => {
    const plan = drafted();
    plan.removeGoal('f', 'not_realistic', MARCH);
    sign(plan);
    expect(refusal(() => plan.agree(TERMS, MARCH)).facts).toMatchObject({
      unmet: ['goal-serves-no-goal'],
      faults: [{ code: 'goal-serves-no-goal', goalId: 'o' }],
    });
  });

  it('PLAN-3: a change after the signatures takes them back', () => {
    const plan = drafted();
    sign(plan);
    plan.changeMeasure(measureOf('m', { ...exercise('o', '2026-08-31'), frequency: 'weekly' }));
    expect(refusal(() => plan.agree(TERMS, MARCH)).facts.unmet).toEqual([
      'client-signature-missing',
      'case-manager-signature-missing',
    ]);
  });

  it('PLAN-1: a plan holds up to 100 goals', () => {
    const plan = drafted();
    for (let n = 3; n < 100; n++) plan.addGoal(goalOf(`g${n}`, principle()));
    expect(refusal(() => plan.addGoal(goalOf('g100', principle()))).code).toBe('plan-full');
  });
});

describe('Signatures', () => {
  it('PLAN-3: clients sign for themselves and electronically', () => {
    const plan = drafted();
    expect(refusal(() => plan.sign(electronic('case_manager'), 'client', MARCH)).code).toBe('sign-own-side-only');
    expect(refusal(() => plan.sign({ ...electronic('client'), form: 'written' }, 'client', MARCH)).code).toBe(
      'sign-own-side-only',
    );
  });

  it('PLAN-3: the case manager records what the client signed on paper, with the place where the paper is', () => {
    const plan = drafted();
    expect(faults(() => plan.sign(electronic('client', '2026-03-02'), 'case_manager', MARCH))).toEqual([
      '#/form not-on-paper',
      '#/evidence evidence-missing',
      '#/signedOn date-in-future',
    ]);
    plan.sign({ ...electronic('client'), form: 'written', evidence: 'file 2026/17' }, 'case_manager', MARCH);
    plan.sign(electronic('case_manager'), 'case_manager', MARCH);
    expect(plan.agree(TERMS, MARCH).signatures).toHaveLength(2);
  });

  it('PLAN-3: a new edition is signed after the one before was agreed', () => {
    const plan = agreed();
    plan.revise('Housing is secured', at('2026-05-01'));
    expect(faults(() => plan.sign(electronic('client', '2026-02-28'), 'client', at('2026-05-01')))).toEqual([
      '#/signedOn signed-before-last-edition',
    ]);
  });
});

describe('The agreement', () => {
  it('PLAN-3: it is announced with what quality checks need and no wording', () => {
    const plan = drafted();
    plan.sign(electronic('client', '2026-02-27'), 'client', MARCH);
    plan.sign(electronic('case_manager', '2026-02-28'), 'case_manager', MARCH);
    plan.agree(TERMS, MARCH);
    const [event, ...others] = plan.pullEvents();
    expect(others).toEqual([]);
    expect(event).toBeInstanceOf(PlanAgreed);
    expect(event).toMatchObject({
      edition: 1,
      agreedOn: '2026-02-28',
      clientSignedOn: '2026-02-27',
      caseManagerSignedOn: '2026-02-28',
      reviewOn: '2026-08-28',
    });
    expect((event as PlanAgreed).goals[2]).toEqual({
      id: 'o',
      level: 'outcome',
      targetDate: '2026-08-31',
      hasIndicator: true,
      hasTarget: true,
      acceptedByClient: true,
    });
    expect(JSON.stringify(event)).not.toContain('walk');
  });

  it.each([
    ['2026-08-31', '2027-02-28'],
    ['2027-08-31', '2028-02-29'],
    ['2026-01-15', '2026-07-15'],
  ])('PLAN-3: a plan agreed on %s is reviewed by %s', (day, review) => {
    const plan = drafted();
    plan.changeGoal(goalOf('o', outcome('f', '2029-01-01')));
    sign(plan, day);
    plan.agree({ ...TERMS, copyHandedOver: { on: day, language: 'de' } }, at(day));
    expect(plan.reviewOn).toBe(review);
  });

  it('PLAN-3: the review may be earlier than six months, not later, and the copy is handed over by now', () => {
    const plan = drafted();
    sign(plan);
    const late = { ...TERMS, reviewOn: '2026-09-02', copyHandedOver: { on: '2026-03-02', language: 'de' } };
    expect(faults(() => plan.agree(late, MARCH))).toEqual([
      '#/reviewOn review-too-late',
      '#/copyHandedOver/on date-in-future',
    ]);
    expect(faults(() => plan.agree({ ...TERMS, reviewOn: '2026-03-01' }, MARCH))).toEqual([
      '#/reviewOn review-before-agreement',
    ]);
    plan.agree({ ...TERMS, reviewOn: '2026-06-01' }, MARCH);
    expect(plan.reviewOn).toBe('2026-06-01');
  });

  it('PLAN-3: an agreed edition does not change', () => {
    const plan = agreed();
    const steps = [
      () => plan.addGoal(goalOf('g', principle())),
      () => plan.changeGoal(goalOf('o', outcome('f', '2026-12-31'))),
      () => plan.removeGoal('o', 'achieved', MARCH),
      () => plan.addMeasure(measureOf('n', exercise('o', '2026-08-31'))),
      () => plan.removeMeasure('m', 'replaced', MARCH),
      () => plan.changeFrame({ planningMode: 'rolling', horizon: 'long', subsidiarityReason: null }),
      () => sign(plan),
      () => plan.agree(TERMS, MARCH),
    ];
    expect(steps.map((step) => refusal(step).code)).toEqual(steps.map(() => 'plan-agreed'));
  });

  it('PLAN-3: a revision starts a new edition with a reason and without signatures; the old one stays in force', () => {
    const plan = agreed();
    plan.revise('Housing is secured', at('2026-05-01'));
    expect(plan.pullEvents()).toEqual([new PlanRevised(plan.id, 'c', 2, '2026-05-01T09:00:00.000Z')]);
    expect(plan).toMatchObject({ state: 'revising', edition: 2, editionInForce: 1, agreed: true });
    expect(refusal(() => plan.revise('Again', MARCH)).code).toBe('plan-in-revision');
    plan.addGoal(goalOf('o2', outcome('f', '2026-10-31')));
    expect(plan.outcomeGoals.map(({ id }) => id)).toEqual(['o']);
    plan.changeMeasure(measureOf('m', { ...exercise('o', '2026-08-31'), goalIds: ['o', 'o2'] }));
    sign(plan, '2026-05-02');
    const { content, edition } = plan.agree(TERMS, at('2026-05-02'));
    expect({ edition, reason: content.revisionReason }).toEqual({ edition: 2, reason: 'Housing is secured' });
    expect(plan.outcomeGoals.map(({ id }) => id)).toEqual(['o', 'o2']);
  });

  it('PLAN-3: a plan that was never agreed cannot be revised', () => {
    expect(refusal(() => drafted().revise('x', MARCH)).code).toBe('plan-without-agreement');
  });
});

describe('Measures', () => {
  it('PLAN-2: a measure starts and ends once, and only when it is agreed', () => {
    expect(refusal(() => drafted().startMeasure('m', MARCH)).code).toBe('plan-without-agreement');
    const plan = agreed();
    expect(refusal(() => plan.endMeasure('m', 'completed', MARCH)).code).toBe('measure-not-begun');
    plan.startMeasure('m', at('2026-03-10'));
    expect(refusal(() => plan.startMeasure('m', MARCH)).code).toBe('measure-not-planned');
    plan.endMeasure('m', 'completed', at('2026-06-10'), 'Walks safely');
    expect(refusal(() => plan.endMeasure('m', 'discontinued', MARCH)).code).toBe('measure-ended');
    expect(plan.measure('m')).toMatchObject({ state: 'completed', startedOn: '2026-03-10', endedOn: '2026-06-10' });
    expect(plan.pullEvents()).toEqual([
      new MeasureStarted(plan.id, 'c', 'm', '2026-03-10T09:00:00.000Z'),
      new MeasureEnded(plan.id, 'c', 'm', 'completed', '2026-06-10T09:00:00.000Z'),
    ]);
  });

  it('PLAN-2: help that never began can be given up', () => {
    const plan = agreed();
    plan.endMeasure('m', 'discontinued', MARCH);
    expect(plan.measure('m').state).toBe('discontinued');
  });

  it('PLAN-5: help may begin while the plan is being revised, and is then not lost from the new edition', () => {
    const plan = agreed();
    plan.revise('Other exercises', MARCH);
    plan.addMeasure(measureOf('m2', exercise('o', '2026-08-31')));
    plan.removeMeasure('m', 'replaced', MARCH);
    plan.startMeasure('m', MARCH);
    sign(plan);
    expect(refusal(() => plan.agree(TERMS, MARCH)).facts).toMatchObject({
      faults: [{ code: 'measure-still-running', measureId: 'm' }],
    });
    plan.endMeasure('m', 'discontinued', MARCH);
    plan.agree(TERMS, MARCH);
    expect(plan.editionInForce).toBe(2);
  });

  it('PLAN-2: a running measure is ended before it leaves the plan', () => {
    const plan = agreed();
    plan.startMeasure('m', MARCH);
    plan.revise('Other exercises', MARCH);
    expect(refusal(() => plan.removeMeasure('m', 'replaced', MARCH)).code).toBe('measure-still-running');
  });
});

describe('Rating of goals', () => {
  const rate = (plan: ServicePlan, level: number, on: string, goalId = 'o') =>
    plan.rateGoal({ goalId, level, on, ratedBy: 'client' }, at('2026-06-30'));

  it('PLAN-7: the latest day counts, in whichever order ratings are recorded', () => {
    const plan = agreed();
    expect(rate(plan, 2, '2026-06-01')).toBe(70);
    expect(rate(plan, -1, '2026-05-01')).toBe(70);
    expect(rate(plan, -1, '2026-06-01')).toBe(40);
    expect(plan.pullEvents().map((event) => (event as unknown as { tScore: number }).tScore)).toEqual([70, 70, 40]);
  });

  it('PLAN-7: levels are described and agreed before the period starts', () => {
    const plan = drafted();
    plan.changeGoal(goalOf('o', { ...outcome('f', '2026-08-31'), scale: null }));
    sign(plan);
    plan.agree(TERMS, MARCH);
    expect(refusal(() => rate(plan, 1, '2026-06-01')).code).toBe('goal-levels-missing');
    expect(faults(() => rate(agreed(), 1, '2026-02-28'))).toEqual(['#/on before-levels-agreed']);
    expect(faults(() => rate(agreed(), 1, '2026-07-01'))).toEqual(['#/on date-in-future']);
  });

  it('PLAN-7: a new edition keeps the ratings of goals whose levels stayed, and starts anew where they changed', () => {
    const plan = agreed();
    rate(plan, 1, '2026-04-01');
    plan.revise('Further aims', at('2026-05-01'));
    plan.changeGoal(goalOf('o', { ...outcome('f', '2026-12-31'), weight: 5 }));
    sign(plan, '2026-05-02');
    plan.agree(TERMS, at('2026-05-02'));
    expect(plan.tScore).toBe(60);
    expect(rate(plan, 0, '2026-04-15')).toBe(50);
    plan.revise('Other levels', at('2026-05-03'));
    plan.changeGoal(
      goalOf('o', { ...outcome('f', '2026-12-31'), scale: { ...SCALE, expected: 'Walks to the garden' } }),
    );
    sign(plan, '2026-05-04');
    plan.agree(TERMS, at('2026-05-04'));
    expect(plan.tScore).toBeNull();
    expect(faults(() => rate(plan, 0, '2026-05-03'))).toEqual(['#/on before-levels-agreed']);
  });

  it('PLAN-7: only outcome goals in force are rated', () => {
    expect(refusal(() => rate(agreed(), 1, '2026-06-01', 'f'))).toMatchObject({ what: 'goal' });
  });
});

describe('The end of a plan', () => {
  it('CASE-10: nothing changes any more when the case is closed', () => {
    const plan = agreed();
    plan.end();
    expect(plan.agreed).toBe(false);
    const steps = [
      () => plan.revise('x', MARCH),
      () => plan.startMeasure('m', MARCH),
      () => plan.addGoal(goalOf('g', principle())),
    ];
    expect(steps.map((step) => refusal(step).code)).toEqual(['plan-ended', 'plan-ended', 'plan-ended']);
  });
});
