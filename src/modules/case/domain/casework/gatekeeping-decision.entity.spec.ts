import { InvalidInput } from '../../../../shared/domain/errors';
import { GatekeepingDecision } from './gatekeeping-decision.entity';
import type { GatekeepingTerms } from './gatekeeping.values';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const active = { caseId: 'c1', status: 'active' };
const refusal: GatekeepingTerms = {
  service: 'Rehabilitation abroad',
  decision: 'refused',
  grantedPart: null,
  decidedOn: '2026-03-01',
  criteria: [{ criterion: 'Not to be had at home', answer: 'not_met', reason: 'Offered in town' }],
  information: [{ what: 'Discharge report', source: 'Hospital', asOf: '2026-02-20' }],
  alternative: { service: 'Out-patient rehabilitation', reason: 'Same therapy, near the family' },
  cost: { amountCents: 480_000, period: 'whole_duration' },
  payer: 'Health insurance',
  appeal: { instructions: 'In writing within a month', deadline: '2026-04-01', givenOn: '2026-03-02', way: 'post' },
  reasons: 'No entitlement to a measure abroad',
};
const grant: GatekeepingTerms = { ...refusal, decision: 'granted', alternative: null, appeal: null };
const decide = (terms: GatekeepingTerms) => GatekeepingDecision.decide(active, terms, stamp);
const faults = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  return [];
};

it('CASE-13: a decision says to other modules what was decided, never why in words', () =>
  expect(decide(refusal).pullEvents()).toMatchObject([
    {
      caseId: 'c1',
      decision: 'refused',
      revisesId: null,
      alternativeOffered: true,
      appealExplained: true,
      costCents: 480_000,
      decidedOn: '2026-03-01',
    },
  ]));

it('CASE-13: a refusal offers an alternative and tells how to object', () =>
  expect(faults(() => decide({ ...refusal, alternative: null, appeal: null, cost: null }))).toEqual([
    '#/alternative alternative-needed',
    '#/appeal appeal-information-needed',
  ]));

it('CASE-13: what is granted in part says which part, and the way to object to the rest', () => {
  expect(faults(() => decide({ ...grant, decision: 'partly_granted' }))).toEqual([
    '#/grantedPart granted-part',
    '#/appeal appeal-information-needed',
  ]);
  expect(faults(() => decide({ ...refusal, decision: 'partly_granted', grantedPart: 'Two weeks' }))).toEqual([]);
});

it('CASE-13: what is granted has its cost, and no part of its own', () =>
  expect(faults(() => decide({ ...grant, cost: null, grantedPart: 'All' }))).toEqual([
    '#/grantedPart granted-part',
    '#/cost cost-needed',
  ]));

it('CASE-13: criteria not met say why; what is to come was not decided, used or told yet', () =>
  expect(
    faults(() =>
      decide({
        ...refusal,
        decidedOn: '2026-03-03',
        criteria: [{ criterion: 'x', answer: 'unclear', reason: null }],
        information: [{ what: 'x', source: 'y', asOf: '2026-03-03' }],
        appeal: { ...refusal.appeal!, givenOn: '2026-03-02', deadline: '2026-03-01' },
      }),
    ),
  ).toEqual([
    '#/decidedOn date-in-future',
    '#/information/0/asOf date-in-future',
    '#/criteria/0/reason reason-needed',
    '#/appeal/givenOn before-decision',
    '#/appeal/deadline before-decision',
  ]));

it('CASE-13: a decision is revised by a new one and stays as it was; once', () => {
  const first = decide(refusal);
  const second = first.revise({ ...grant, decidedOn: '2026-03-02' }, 'Objection with a new report', stamp);
  expect(first).toMatchObject({ ...refusal, revisedById: second.id });
  expect(second).toMatchObject({ decision: 'granted', revisesId: first.id, caseId: 'c1' });
  expect(second.pullEvents()).toMatchObject([{ decision: 'granted', revisesId: first.id }]);
  expect(() => first.revise(grant, 'Again', stamp)).toThrow('decision-revised');
  expect(() => first.announce('2026-03-02', 'post', stamp)).toThrow('decision-revised');
  expect(faults(() => second.revise({ ...grant, decidedOn: '2026-03-01' }, 'Back', stamp))).toEqual([
    '#/decidedOn before-decision',
  ]);
});

it('CASE-13: the client is told once, not before the decision nor in the future', () => {
  const decision = decide(refusal);
  decision.pullEvents();
  expect(faults(() => decision.announce('2026-03-03', 'phone', stamp))).toEqual(['#/on date-in-future']);
  expect(faults(() => decision.announce('2026-02-28', 'phone', stamp))).toEqual(['#/on before-decision']);
  decision.announce('2026-03-02', 'in_person', stamp);
  expect(decision.pullEvents()).toMatchObject([{ caseId: 'c1', announcedOn: '2026-03-02' }]);
  expect(() => decision.announce('2026-03-02', 'post', stamp)).toThrow('decision-announced');
});

it('CASE-13: in a closed case nothing new is decided; a decision made before can still be revised', () => {
  const closed = { caseId: 'c1', status: 'closed' };
  expect(() => GatekeepingDecision.decide(closed, grant, stamp)).toThrow('case-closed');
  expect(decide(refusal).revise(grant, 'Objection', stamp).decision).toBe('granted');
});
