import { InvalidInput } from '../../../../shared/domain/errors';
import type { Observation } from './monitoring-words';
import { MonitoringRecord } from './monitoring.entity';

const stamp = { by: 'miss-cm', at: '2026-03-20T10:00:00.000Z' };
const plan = { planId: 'plan', caseId: 'case' };
const fine: Observation = {
  measureId: 'physiotherapy',
  goalId: null,
  source: 'client_contact',
  on: '2026-03-20',
  deliveredAsAgreed: true,
  effect: 'as_expected',
  acceptedByClient: true,
  cooperationWorking: true,
  deviation: null,
  decision: null,
  reason: null,
};
const faults = (seen: Partial<Observation>): string[] => {
  try {
    MonitoringRecord.of(plan, { ...fine, ...seen }, stamp);
    return [];
  } catch (error) {
    return (error as InvalidInput).faults.map(({ pointer }) => pointer);
  }
};

it('PLAN-6: what goes as agreed simply continues', () => {
  const record = MonitoringRecord.of(plan, fine, stamp);
  expect(record.pullEvents()).toMatchObject([
    { planId: 'plan', deviation: false, decision: 'continue', on: '2026-03-20' },
  ]);
  expect(record.showsProgress).toBe(true);
});

it.each([
  ['not delivered', { deliveredAsAgreed: false }, ['not_delivered']],
  ['without effect', { effect: 'none' }, ['no_effect']],
  ['harmful', { effect: 'worse' }, ['worse']],
  ['not accepted by the client', { acceptedByClient: false }, ['not_accepted']],
  ['hampered by bad cooperation', { cooperationWorking: false }, ['cooperation']],
] as const)('PLAN-6: help that is %s needs a description, a decision and its reason', (_, seen, deviations) => {
  expect(faults(seen)).toEqual(['#/deviation', '#/decision', '#/reason']);
  const record = MonitoringRecord.of(
    plan,
    { ...fine, ...seen, deviation: 'What', decision: 'replan', reason: 'Why' },
    stamp,
  );
  expect(record.deviations).toEqual(deviations);
  expect(record.pullEvents()).toMatchObject([{ deviation: true, decision: 'replan' }]);
});

it('PLAN-6: what could not be told is no deviation, and no progress either', () => {
  const unknown = { deliveredAsAgreed: null, effect: null, acceptedByClient: null, cooperationWorking: null };
  expect(faults(unknown)).toEqual([]);
  expect(MonitoringRecord.of(plan, { ...fine, ...unknown }, stamp).showsProgress).toBe(false);
});

it('PLAN-6: one record is about one measure or one goal, seen by today', () => {
  expect(faults({ goalId: 'goal' })).toEqual(['#/measureId']);
  expect(faults({ measureId: null, on: '2026-03-21' })).toEqual(['#/measureId', '#/on']);
});
