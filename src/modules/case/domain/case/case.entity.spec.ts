import type { DomainEvent } from '../../../../shared/domain/domain-event';
import { InvalidInput, RuleBroken } from '../../../../shared/domain/errors';
import { InformationPassed } from '../../../consent/events';
import {
  AgreementSigned,
  CaseClosed,
  CaseOpened,
  CaseReopened,
  CaseResumed,
  CaseSuspended,
  DeputyChanged,
  ClosingStarted,
  PhaseChanged,
  ResponsibilityHandedOver,
} from '../../events';
import type { IndicationRecheck } from '../intake/indication-recheck';
import { CRITERIA, type Criterion, type CriterionAnswer } from '../intake/intake.words';
import { NO_ANSWERS } from '../intake/screening';
import { NO_QUESTIONS } from '../intake/screening-questions';
import { Case } from './case.entity';
import type { AgreementTerms } from './case.values';

const at = (day: string) => ({ by: 'miss-cm', at: `${day}T09:00:00.000Z` });
const opened = (more: Partial<Parameters<typeof Case.open>[0]> = {}) =>
  Case.open(
    {
      requestId: 'r',
      personId: 'mr-x',
      fieldOfPractice: 'health',
      criteriaMetAndReasoned: true,
      acuteDanger: false,
      dangerAddressedAt: null,
      screenedAt: '2026-01-01T08:00:00.000Z',
      responsible: 'miss-cm',
      team: 'hospital',
      clients: ['portal-x'],
      intensity: 2,
      overLimitReason: null,
      ...more,
    },
    at('2026-01-02'),
  );
const terms = (more: Partial<AgreementTerms> = {}): AgreementTerms => ({
  informed: { whatCmIs: true, rightsAndDuties: true, complaintWay: true },
  model: 'general',
  mandate: 'Coordinate the return home.',
  signedOn: '2026-01-03',
  signatories: [
    { name: 'X', role: 'client' },
    { name: 'CM', role: 'case_manager' },
  ],
  ...more,
});
const recheck = (answers: Partial<Record<Criterion, CriterionAnswer>> = {}): IndicationRecheck => ({
  finding: 'All met again.',
  screening: {
    criteria: CRITERIA.map((criterion) => ({ criterion, answer: answers[criterion] ?? 'met', reason: 'Seen again' })),
    competent: { answer: true, reason: 'Our district' },
    otherLead: null,
  },
  added: NO_QUESTIONS,
});
const agreed = () => {
  const found = opened();
  found.signAgreement(terms(), 'consent-1', at('2026-01-03'));
  return found;
};
const inMonitoring = () => {
  const found = agreed();
  found.changePhase('assessment', 'begin', at('2026-01-04'));
  found.reach('assessmentCompleted', at('2026-01-10'));
  found.reach('planAgreed', at('2026-01-20'));
  found.measureRuns('m1', at('2026-02-01'));
  found.pullEvents();
  return found;
};
const inEvaluation = () => {
  const found = inMonitoring();
  found.reach('finalReviewHeld', at('2026-06-01'));
  found.changePhase('evaluation', 'goals reached', at('2026-06-02'));
  return found;
};
const refusal = (step: () => void): RuleBroken => {
  try {
    step();
  } catch (error) {
    if (error instanceof RuleBroken) return error;
    throw error;
  }
  throw new Error('not refused');
};
const typesOf = (events: DomainEvent[]) => events.map((event) => event.constructor);
const record = (found: Case) =>
  (
    found as unknown as {
      phases: { phase: string; enteredAt: string; leftAt: string | null; cause: string; by: string }[];
    }
  ).phases;

describe('opening and agreement', () => {
  it('CASE-5: a case opens in clarification and tells how it was screened', () => {
    const found = opened();
    expect(found).toMatchObject({
      phase: 'clarification',
      status: 'active',
      responsible: 'miss-cm',
      clients: ['portal-x'],
      agreedOn: null,
    });
    const events = found.pullEvents();
    expect(typesOf(events)).toEqual([CaseOpened]);
    expect(events[0]).toMatchObject({
      requestId: 'r',
      criteriaMetAndReasoned: true,
      screenedAt: '2026-01-01T08:00:00.000Z',
    });
  });

  it('CASE-5: the agreement is signed by client and case manager and relies on a consent', () => {
    const found = opened();
    found.pullEvents();
    found.signAgreement(terms(), 'consent-1', at('2026-01-03'));
    expect(found.agreedOn).toBe('2026-01-03');
    expect(found.pullEvents()).toEqual([new AgreementSigned(found.id, found.id, 'consent-1', 'general', '2026-01-03')]);
  });

  it('CASE-5: an agreement names everything that is missing at once', () => {
    const informed = { whatCmIs: false, rightsAndDuties: false, complaintWay: false };
    const refused = refusal(() =>
      opened().signAgreement(terms({ informed, signatories: [{ name: 'Z', role: 'other' }] }), 'c', at('2026-01-03')),
    );
    expect(refused.code).toBe('agreement-incomplete');
    expect(refused.facts.unmet).toEqual([
      'client-not-told-what-cm-is',
      'client-not-told-rights-and-duties',
      'client-not-told-complaint-way',
      'client-signature-missing',
      'case-manager-signature-missing',
    ]);
  });

  it('CASE-5: in the accompanying model the role split is recorded and known to client, partners and payer', () => {
    const refused = refusal(() =>
      opened().signAgreement(terms({ model: 'accompanying', roleSplitKnownTo: ['client'] }), 'c', at('2026-01-03')),
    );
    expect(refused.facts.unmet).toEqual([
      'role-split-missing',
      'role-split-unknown-to-partners',
      'role-split-unknown-to-payer',
    ]);
    const found = opened();
    found.signAgreement(
      terms({
        model: 'accompanying',
        roleSplit: 'Steering on Mondays.',
        roleSplitKnownTo: ['client', 'partners', 'payer'],
      }),
      'c',
      at('2026-01-03'),
    );
    expect(found.agreedOn).toBe('2026-01-03');
  });

  it('CASE-5: nobody signs in the future, and nobody signs twice', () => {
    expect(() => opened().signAgreement(terms({ signedOn: '2026-01-04' }), 'c', at('2026-01-03'))).toThrow(
      InvalidInput,
    );
    expect(refusal(() => agreed().signAgreement(terms(), 'c', at('2026-01-04'))).code).toBe('agreement-already-signed');
  });

  it('CASE-5: a party is informed after the agreement, and the register learns of it', () => {
    const party = {
      recipient: { kind: 'organisation' as const, id: 'gp', name: 'Doctor' },
      role: null,
      categories: ['identity'],
      consentId: 'c2',
    };
    expect(refusal(() => opened().informParty(party, 'coordination', at('2026-01-04'))).code).toBe('agreement-missing');
    const found = agreed();
    found.pullEvents();
    found.informParty(party, 'coordination', at('2026-01-04'));
    expect(typesOf(found.pullEvents())).toEqual([InformationPassed]);
  });
});

describe('the course of a case', () => {
  it('CASE-6: the assessment cannot begin before the agreement is signed', () => {
    const refused = refusal(() => opened().changePhase('assessment', 'now', at('2026-01-03')));
    expect(refused.code).toBe('phase-entry-refused');
    expect(refused.facts).toMatchObject({ from: 'clarification', to: 'assessment', unmet: ['agreement-missing'] });
  });

  it('CASE-6: a completed assessment, an agreed plan and a started measure move the case on, and the record is complete', () => {
    const found = inMonitoring();
    expect(
      record(found).map(({ phase, cause, enteredAt, leftAt }) => [
        phase,
        cause,
        enteredAt.slice(0, 10),
        leftAt?.slice(0, 10),
      ]),
    ).toEqual([
      ['clarification', 'opening', '2026-01-02', '2026-01-04'],
      ['assessment', 'decision', '2026-01-04', '2026-01-10'],
      ['service_planning', 'assessment_completed', '2026-01-10', '2026-01-20'],
      ['linking', 'plan_agreed', '2026-01-20', '2026-02-01'],
      ['monitoring', 'measure_started', '2026-02-01', undefined],
    ]);
  });

  it('CASE-6: news that come in the wrong order lead to the same phase', () => {
    const found = agreed();
    found.changePhase('assessment', 'begin', at('2026-01-04'));
    found.reach('planAgreed', at('2026-01-20'));
    expect(found.phase).toBe('assessment');
    found.pullEvents();
    found.reach('assessmentCompleted', at('2026-01-10'));
    expect(found.phase).toBe('linking');
    expect(typesOf(found.pullEvents())).toEqual([PhaseChanged, PhaseChanged]);
  });

  it('CASE-6: after a reassessment an older plan does not open linking again', () => {
    const found = inMonitoring();
    found.changePhase('assessment', 'new stroke', at('2026-03-01'));
    expect(refusal(() => found.changePhase('service_planning', 'go', at('2026-03-02'))).facts.unmet).toEqual([
      'assessment-not-completed',
    ]);
    found.reach('assessmentCompleted', at('2026-03-10'));
    expect(found.phase).toBe('service_planning');
    expect(refusal(() => found.changePhase('linking', 'go', at('2026-03-11'))).facts.unmet).toEqual([
      'plan-not-agreed',
    ]);
    found.reach('planAgreed', at('2026-03-12'));
    expect(found.phase).toBe('linking');
    found.changePhase('monitoring', 'measures go on', at('2026-03-13'));
    expect(found.phase).toBe('monitoring');
  });

  it('CASE-6: news from before a step back do not count, even when they come late', () => {
    const found = inMonitoring();
    found.changePhase('service_planning', 'replan', at('2026-03-01'));
    found.reach('planAgreed', at('2026-02-20'));
    expect(found.phase).toBe('service_planning');
  });

  it('CASE-6: monitoring needs a measure that still runs', () => {
    const found = inMonitoring();
    found.changePhase('service_planning', 'replan', at('2026-03-01'));
    found.measureEnds('m1');
    found.reach('planAgreed', at('2026-03-05'));
    expect(refusal(() => found.changePhase('monitoring', 'go', at('2026-03-06'))).facts.unmet).toEqual([
      'no-measure-running',
    ]);
  });

  it('CASE-6: the evaluation needs the final review – or a withdrawn consent, from any phase', () => {
    expect(refusal(() => inMonitoring().changePhase('evaluation', 'end', at('2026-04-01'))).facts.unmet).toEqual([
      'final-review-missing',
    ]);
    expect(inEvaluation().phase).toBe('evaluation');
    const found = agreed();
    found.pullEvents();
    found.consentWithdrawn(at('2026-01-05'));
    found.consentWithdrawn(at('2026-01-06'));
    expect(found.pullEvents()).toEqual([
      new ClosingStarted(found.id, found.id, 'consent_withdrawn', '2026-01-05T09:00:00.000Z'),
    ]);
    found.changePhase('evaluation', 'withdrawn', at('2026-01-07'));
    expect(found.phase).toBe('evaluation');
  });

  it('CONS-2: a new agreement after a withdrawal ends the closing procedure', () => {
    const found = agreed();
    found.consentWithdrawn(at('2026-01-05'));
    found.signAgreement(terms({ signedOn: '2026-01-08' }), 'consent-2', at('2026-01-08'));
    expect(refusal(() => found.changePhase('evaluation', 'end', at('2026-01-09'))).facts.unmet).toEqual([
      'final-review-missing',
    ]);
  });

  it('CASE-6: an unreachable client begins the closing once; a client who turns up again ends it', () => {
    const found = agreed();
    found.pullEvents();
    found.clientUnreachable('2026-01-04', 'Three letters.', at('2026-02-01'));
    expect(typesOf(found.pullEvents())).toEqual([ClosingStarted]);
    expect(refusal(() => found.clientUnreachable('2026-01-04', 'More.', at('2026-02-02'))).code).toBe(
      'closing-already-started',
    );
    found.clientReached();
    expect(refusal(() => found.clientReached()).code).toBe('client-not-unreachable');
  });
});

describe('status', () => {
  it('CASE-10: a suspended case rests until it is resumed; news wait for it', () => {
    const found = agreed();
    found.changePhase('assessment', 'begin', at('2026-01-04'));
    expect(() => found.suspend('rehab', '2026-01-05', at('2026-01-05'))).toThrow(InvalidInput);
    found.pullEvents();
    found.suspend('rehab', '2026-03-01', at('2026-01-05'));
    expect(refusal(() => found.changePhase('evaluation', 'x', at('2026-01-06'))).code).toBe('case-suspended');
    found.reach('assessmentCompleted', at('2026-01-07'));
    expect(found.phase).toBe('assessment');
    found.resume(at('2026-03-01'));
    expect(found.phase).toBe('service_planning');
    expect(typesOf(found.pullEvents())).toEqual([CaseSuspended, CaseResumed, PhaseChanged]);
    expect(refusal(() => found.resume(at('2026-03-02'))).code).toBe('case-not-suspended');
  });

  it('CASE-6: a case is closed after its evaluation', () => {
    const found = inEvaluation();
    expect(refusal(() => found.close('goals_achieved', 'done', at('2026-06-03'))).code).toBe('evaluation-missing');
    found.reach('evaluationRecorded', at('2026-06-10'));
    found.pullEvents();
    found.close('goals_achieved', 'done', at('2026-06-11'));
    expect(found.status).toBe('closed');
    expect(record(found).at(-1)!.leftAt).toBe('2026-06-11T09:00:00.000Z');
    expect(typesOf(found.pullEvents())).toEqual([CaseClosed]);
    expect(refusal(() => found.close('other', 'again', at('2026-06-12'))).code).toBe('case-closed');
  });

  it('CASE-10: only the death of the client, or a case never agreed, closes without an evaluation', () => {
    for (const reason of ['consent_withdrawn', 'unreachable', 'moved', 'handed_over', 'other'] as const)
      expect(refusal(() => agreed().close(reason, 'note', at('2026-02-01'))).code).toBe('evaluation-missing');
    const dead = agreed();
    dead.close('deceased', 'Told the family doctor.', at('2026-02-01'));
    expect(dead.status).toBe('closed');
    const never = opened();
    expect(refusal(() => never.close('goals_achieved', 'x', at('2026-02-01'))).code).toBe('goals-without-agreement');
    never.close('not_indicated_any_more', 'Went home well.', at('2026-02-01'));
    expect(never.status).toBe('closed');
  });

  it('CASE-10: a reopened case is re-checked in clarification and needs a new agreement; nothing from before counts', () => {
    const found = inEvaluation();
    found.reach('evaluationRecorded', at('2026-06-10'));
    expect(refusal(() => found.reopen('x', recheck(), null, at('2026-06-10'))).code).toBe('case-not-closed');
    found.close('goals_achieved', 'done', at('2026-06-11'));
    found.pullEvents();
    expect(refusal(() => found.reopen('x', recheck({ longer_term: 'unclear' }), null, at('2026-09-01')))).toMatchObject(
      {
        code: 'indication-not-confirmed',
        facts: { unmetCriteria: ['longer_term'] },
      },
    );
    const incomplete = { ...recheck(), screening: NO_ANSWERS };
    expect(refusal(() => found.reopen('x', incomplete, null, at('2026-09-01'))).code).toBe('screening-incomplete');
    found.reopen('second stroke', recheck(), null, at('2026-09-01'));
    expect(found).toMatchObject({
      reopenings: [{ recheck: 'All met again.', screening: { questionSet: { id: null, edition: 0 } } }],
    });
    expect(found).toMatchObject({ status: 'reopened', phase: 'clarification', agreedOn: null });
    expect(typesOf(found.pullEvents())).toEqual([PhaseChanged, CaseReopened]);
    expect(refusal(() => found.changePhase('assessment', 'x', at('2026-09-01'))).facts.unmet).toEqual([
      'agreement-missing',
    ]);
    found.signAgreement(terms({ signedOn: '2026-09-02' }), 'consent-3', at('2026-09-02'));
    expect(found.status).toBe('active');
    found.changePhase('assessment', 'again', at('2026-09-03'));
    expect(refusal(() => found.changePhase('service_planning', 'x', at('2026-09-03'))).facts.unmet).toEqual([
      'assessment-not-completed',
    ]);
    expect(refusal(() => found.close('goals_achieved', 'x', at('2026-09-04'))).code).toBe('evaluation-missing');
  });
});

describe('responsibility and person system', () => {
  it('CASE-7: exactly one case manager is responsible at any time, and the record keeps everybody', () => {
    const found = agreed();
    found.nameDeputy('mr-cm', 'holidays', at('2026-02-01'));
    expect(refusal(() => found.nameDeputy('miss-cm', null, at('2026-02-01'))).code).toBe('deputy-is-responsible');
    expect(refusal(() => found.handOver('miss-cm', null, 'x', null, at('2026-02-01'))).code).toBe(
      'already-responsible',
    );
    found.pullEvents();
    found.handOver('mr-cm', 'employment', 'leave', null, at('2026-02-02'));
    expect(found).toMatchObject({ responsible: 'mr-cm', deputy: null, team: 'employment' });
    expect(found.pullEvents()).toEqual([
      new DeputyChanged(found.id, found.id, 'mr-cm', null, '2026-02-02T09:00:00.000Z'),
      new ResponsibilityHandedOver(found.id, found.id, 'miss-cm', 'mr-cm', 'employment', '2026-02-02T09:00:00.000Z'),
    ]);
    const entries = (
      found as unknown as { responsibilities: { role: string; subject: string; until: string | null }[] }
    ).responsibilities;
    expect(entries.map(({ role, subject, until }) => [role, subject, until === null])).toEqual([
      ['responsible', 'miss-cm', false],
      ['deputy', 'mr-cm', false],
      ['responsible', 'mr-cm', true],
    ]);
  });

  it('CASE-5: the person system keeps who belonged to it, and follows when a duplicate is merged', () => {
    const found = agreed();
    const child = { personId: 'son', role: 'child' as const, legalGuardian: false, representationScope: null };
    expect(refusal(() => found.putMember({ ...child, personId: 'mr-x' }, at('2026-02-01'))).code).toBe(
      'member-is-client',
    );
    found.putMember(child, at('2026-02-01'));
    found.putMember({ ...child, role: 'household_member' }, at('2026-02-02'));
    found.followMerge({ mergeId: 'm', merged: 'son', survivor: 'son-2' });
    found.removeMember('son-2', 'moved out', at('2026-02-03'));
    expect((found as unknown as { members: object[] }).members).toEqual([
      expect.objectContaining({
        personId: 'son-2',
        role: 'household_member',
        addedAt: '2026-02-01T09:00:00.000Z',
        removalReason: 'moved out',
      }),
    ]);
    expect(() => found.removeMember('son-2', 'again', at('2026-02-04'))).toThrow('member not found');
  });
});
