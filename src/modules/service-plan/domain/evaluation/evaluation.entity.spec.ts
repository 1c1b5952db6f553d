import { InvalidInput, RuleBroken } from '../../../../shared/domain/errors';
import { Evaluation } from './evaluation.entity';

const stamp = { by: 'miss-cm', at: '2026-09-03T10:00:00.000Z' };
const plan = { planId: 'plan', caseId: 'case' };
const verdict = {
  goalsReached: 3,
  satisfaction: 4,
  helpEffective: true,
  stillNeeded: false,
  otherHelpNeeded: null,
  comment: null,
};
const content = {
  whatChanged: 'Walks and works again',
  aftercare: 'None',
  handoverToRegular: 'Physiotherapy goes on by prescription',
  lessonsForNetwork: 'Neighbours help when they are asked',
  appointmentOn: '2026-09-03',
};
const client = { side: 'client' as const, providerId: null };
const caseManager = { side: 'case_manager' as const, providerId: null };
const provider = (providerId: string) => ({ side: 'provider' as const, providerId });
const facts = { providers: ['physio'], summed: { minutes: 600, costCents: 12_000 }, tScore: 56.2 };
const open = () => Evaluation.open(plan, 'evaluation', stamp);
const complete = () => {
  const evaluation = open();
  for (const side of [client, caseManager, provider('physio')]) evaluation.rate(side, verdict, null, stamp);
  evaluation.describe(content);
  return evaluation;
};
const refusal = (work: () => void): RuleBroken => {
  try {
    work();
  } catch (error) {
    if (error instanceof RuleBroken) return error;
    throw error;
  }
  throw new Error('was not refused');
};

it('PLAN-8, CASE-6: an evaluation begins in the phase evaluation only', () => {
  expect(refusal(() => Evaluation.open(plan, 'monitoring', stamp))).toMatchObject({
    code: 'evaluation-too-early',
    facts: { phase: 'monitoring' },
  });
});

it('PLAN-8: everything that is missing is named together', () => {
  const refused = refusal(() => open().recordResults(facts, stamp));
  expect(refused.code).toBe('evaluation-not-complete');
  expect(refused.facts).toEqual({
    providerIds: ['physio'],
    unmet: [
      'evaluation-client-rating-missing',
      'evaluation-case-manager-rating-missing',
      'evaluation-provider-rating-missing',
      'evaluation-appointment-missing',
      'evaluation-what-changed-missing',
      'evaluation-aftercare-missing',
      'evaluation-handover-missing',
      'evaluation-lessons-missing',
    ],
  });
});

it('PLAN-8: recorded with all sides, it tells who rated, the goal attainment and the effort of the journal', () => {
  const evaluation = complete();
  evaluation.recordResults(facts, stamp);
  expect(evaluation).toMatchObject({ status: 'recorded', effort: { minutes: 600, costCents: 12_000 }, tScore: 56.2 });
  expect(evaluation.pullEvents()).toMatchObject([
    {
      ratedBy: ['client', 'case_manager', 'provider'],
      missingExplained: [],
      appointmentOn: '2026-09-03',
      tScore: 56.2,
    },
  ]);
});

it('PLAN-8: effort that was given counts before that of the journal', () => {
  const evaluation = complete();
  evaluation.describe({ effort: { minutes: 900, costCents: 0 } });
  evaluation.recordResults(facts, stamp);
  expect(evaluation.effort).toEqual({ minutes: 900, costCents: 0 });
});

it('PLAN-8: each provider whose help had begun rates, or it is said why not', () => {
  const evaluation = complete();
  const two = { ...facts, providers: ['debts', 'physio'] };
  expect(refusal(() => evaluation.recordResults(two, stamp)).facts).toEqual({
    unmet: ['evaluation-provider-rating-missing'],
    providerIds: ['debts'],
  });
  evaluation.explainMissing(provider('debts'), 'Did not answer', stamp);
  evaluation.recordResults(two, stamp);
  expect(evaluation.pullEvents()).toMatchObject([
    { ratedBy: ['client', 'case_manager', 'provider'], missingExplained: ['provider'] },
  ]);
});

it('PLAN-8: a rating replaces the one before, and the reason why there was none', () => {
  const evaluation = open();
  evaluation.explainMissing(client, 'Not reached', stamp);
  evaluation.rate(client, verdict, 'By phone', stamp);
  evaluation.rate(client, { ...verdict, satisfaction: 1 }, null, stamp);
  expect(evaluation.notRated).toEqual([]);
  expect(evaluation.ratings).toMatchObject([{ side: 'client', satisfaction: 1, onBehalf: null }]);
  expect(refusal(() => evaluation.explainMissing(client, 'Not reached', stamp)).code).toBe('evaluation-already-rated');
});

it('PLAN-8: the appointment with the client was held, or offered and not held for a reason', () => {
  const later = complete();
  later.describe({ appointmentOn: '2026-09-10' });
  expect(refusal(() => later.recordResults(facts, stamp)).facts.unmet).toEqual(['evaluation-appointment-missing']);
  later.describe({ appointmentNotHeldReason: 'Moved away' });
  later.recordResults(facts, stamp);
  expect(() => open().describe({ appointmentNotHeldReason: 'Moved away' })).toThrow(InvalidInput);
});

it('PLAN-8: recorded results are fixed', () => {
  const evaluation = complete();
  evaluation.recordResults(facts, stamp);
  for (const change of [
    () => evaluation.rate(client, verdict, null, stamp),
    () => evaluation.explainMissing(client, 'Late', stamp),
    () => evaluation.describe({ aftercare: 'More' }),
    () => evaluation.recordResults(facts, stamp),
  ])
    expect(refusal(change).code).toBe('evaluation-fixed');
});
