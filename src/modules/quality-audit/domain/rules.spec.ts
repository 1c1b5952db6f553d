import { AuditStory, factsOf, nine } from '../../../../test/support/audit-story';
import type { DomainEvent } from '../../../shared/domain/domain-event';
import { catalogue } from './catalogue';
import { RULES, examine, ruleOf } from './rules';

const s = new AuditStory();

/** The result and the notes of one rule for a case in which these things happened, seen from a day. */
const judge = (rule: string, events: DomainEvent[], asOf = '2026-12-31'): string[] => {
  const { result, evidence } = ruleOf(rule)!.examine(factsOf(...events), s.caseId, asOf);
  return [result, ...evidence.map(({ note }) => note)];
};

describe('QA-2 the automatic rules', () => {
  it('QA-2: every rule the catalogue names exists, and every rule is named', () => {
    const named = catalogue.standards.flatMap(({ checks }) =>
      checks.flatMap((check) => ('rule' in check ? [check.rule] : [])),
    );
    expect(RULES.map(({ id }) => id).sort()).toEqual(named.sort());
  });

  it('QA-2: every rule says what to do, and what its notes mean, in both languages', () => {
    for (const { advice, notes } of RULES)
      for (const { de, en } of [advice, ...Object.values(notes)]) {
        expect(de.trim() && en.trim()).not.toBe('');
        expect(de).not.toBe(en);
      }
  });

  it('QA-2: a case done by the book meets all twelve rules', () => {
    const verdicts = examine(factsOf(...s.byTheBook()), s.caseId, '2026-12-31');
    expect(verdicts).toHaveLength(12);
    for (const { rule, result, evidence } of verdicts) {
      expect([rule, result]).toEqual([rule, 'met']);
      expect(evidence.length).toBeGreaterThan(0);
      for (const { note } of evidence) expect(Object.keys(ruleOf(rule)!.notes)).toContain(note);
    }
  });

  it('QA-3: evidence names the thing, its day and where the API shows it', () => {
    expect(ruleOf('reviews-on-time')!.examine(factsOf(...s.byTheBook()), s.caseId, '2026-12-31').evidence).toEqual([
      { type: 'review', id: s.reviewId, note: 'held-on-time', on: '2026-08-10', href: `/v1/reviews/${s.reviewId}` },
    ]);
  });

  it('QA-2: of a case nobody has heard of, nothing is judged', () => {
    expect(new Set(examine(factsOf(), s.caseId, '2026-12-31').map(({ result }) => result))).toEqual(
      new Set(['not_applicable']),
    );
  });
});

describe('CM1-01 request-screened', () => {
  const rule = 'request-screened';
  it('CASE-3: met when all six criteria were met with reasons before the case was opened', () => {
    expect(judge(rule, [s.opened()])).toEqual(['met', 'screened']);
  });
  it('CASE-3: not met when a criterion is open or has no reason', () => {
    expect(judge(rule, [s.opened({ criteriaMetAndReasoned: false })])).toEqual(['not_met', 'criteria-incomplete']);
  });
  it('CASE-3: not met when the screening was finished only after the opening', () => {
    expect(judge(rule, [s.opened({ screenedAt: nine('2026-01-08') })])).toEqual(['not_met', 'screened-after-opening']);
  });
  it('CASE-3: not applicable while the opening is not known', () => {
    expect(judge(rule, [s.agreement()])).toEqual(['not_applicable']);
  });
});

describe('CM1-02 danger-addressed-first', () => {
  const rule = 'danger-addressed-first';
  it('CASE-2: met when the danger was settled before the screening was finished', () => {
    expect(judge(rule, [s.opened({ acuteDanger: true, dangerAddressedAt: nine('2026-01-04') })])).toEqual([
      'met',
      'danger-addressed',
    ]);
  });
  it('CASE-2: not met when the danger was never settled, or only afterwards', () => {
    expect(judge(rule, [s.opened({ acuteDanger: true })])).toEqual(['not_met', 'danger-not-addressed']);
    expect(judge(rule, [s.opened({ acuteDanger: true, dangerAddressedAt: nine('2026-01-07') })])).toEqual([
      'not_met',
      'danger-addressed-late',
    ]);
  });
  it('CASE-2: not applicable without acute danger', () => {
    expect(judge(rule, [s.opened()])).toEqual(['not_applicable']);
  });
});

describe('CM1-03 agreement-signed-with-consent', () => {
  const rule = 'agreement-signed-with-consent';
  const signed = (more = {}) => [s.opened(), s.participation(more), s.agreement()];
  it('CASE-5: met when the agreement was signed with consent to take part in force', () => {
    expect(judge(rule, signed())).toEqual(['met', 'agreement-signed']);
  });
  it('CASE-5: met still when the consent is withdrawn later', () => {
    expect(judge(rule, [...signed(), s.withdrawn('2026-05-01', { aggregateId: s.participationId })])).toEqual([
      'met',
      'agreement-signed',
    ]);
  });
  it('CASE-5: not met when work went on without an agreement', () => {
    expect(judge(rule, [s.opened(), s.phase('assessment', '2026-01-10')])).toEqual(['not_met', 'agreement-missing']);
  });
  it('CASE-5: not met when the agreement relies on something that is no consent to take part', () => {
    expect(judge(rule, [s.opened(), s.agreement()])).toEqual(['not_met', 'consent-missing']);
    expect(judge(rule, signed({ kind: 'data_processing' }))).toEqual(['not_met', 'consent-missing']);
  });
  it('CASE-5: not met when the consent began later, had expired or was withdrawn before', () => {
    expect(judge(rule, signed({ validFrom: '2026-01-08' }))).toEqual(['not_met', 'consent-not-in-force']);
    expect(judge(rule, signed({ validFrom: '2025-01-01', validUntil: '2026-01-06' }))).toEqual([
      'not_met',
      'consent-not-in-force',
    ]);
    const before = [
      s.participation({ validFrom: '2026-01-01' }),
      s.withdrawn('2026-01-05', { aggregateId: s.participationId }),
      s.agreement(),
    ];
    expect(judge(rule, before)).toEqual(['not_met', 'consent-not-in-force']);
  });
  it('CASE-5: not applicable while the case is being clarified, or ends there', () => {
    expect(judge(rule, [s.opened()])).toEqual(['not_applicable']);
    expect(
      judge(rule, [s.opened(), s.phase('evaluation', '2026-01-20'), s.closed('2026-01-21', 'consent_withdrawn')]),
    ).toEqual(['not_applicable']);
  });
  it('CASE-10: a case taken up again needs a new agreement', () => {
    expect(judge(rule, [...s.byTheBook(), s.reopened('2026-10-01')])).toEqual(['not_applicable']);
    expect(judge(rule, [...s.byTheBook(), s.reopened('2026-10-01'), s.phase('assessment', '2026-10-02')])).toEqual([
      'not_met',
      'agreement-missing',
    ]);
  });
});

describe('CM2-01 perspectives-present', () => {
  const rule = 'perspectives-present';
  it('ASMT-2: met when client and case manager each answered', () => {
    expect(judge(rule, [s.assessmentCompleted()])).toEqual(['met', 'perspectives-present']);
  });
  it('ASMT-5: met when it is recorded why a side could not answer', () => {
    expect(
      judge(rule, [
        s.assessmentCompleted({ perspectives: ['case_manager'], missingPerspectivesExplained: ['client'] }),
      ]),
    ).toEqual(['met', 'perspectives-present']);
  });
  it('ASMT-5: not met when a view is missing without a reason; each is named', () => {
    expect(judge(rule, [s.assessmentCompleted({ perspectives: ['third_party'] })])).toEqual([
      'not_met',
      'client-perspective-missing',
      'case-manager-perspective-missing',
    ]);
  });
  it('ASMT-2: not applicable until an assessment is completed', () => {
    expect(judge(rule, [s.assessmentStarted(), s.perspective('client')])).toEqual(['not_applicable']);
  });
});

describe('CM2-02 needs-and-resources-found', () => {
  const rule = 'needs-and-resources-found';
  it('ASMT-5: met when needs and resources are named', () => {
    expect(judge(rule, [s.assessmentCompleted()])).toEqual(['met', 'needs-and-resources-found']);
  });
  it('ASMT-5: met when none were found and it is said why', () => {
    expect(
      judge(rule, [
        s.assessmentCompleted({ needs: [], noNeedExplained: true, resources: [], resourcesLookedFor: true }),
      ]),
    ).toEqual(['met', 'needs-and-resources-found']);
  });
  it('ASMT-5: not met when nothing is named and nothing explained', () => {
    expect(judge(rule, [s.assessmentCompleted({ needs: [], resources: [], resourcesLookedFor: false })])).toEqual([
      'not_met',
      'needs-missing',
      'resources-not-looked-for',
    ]);
  });
  it('ASMT-5: not applicable until an assessment is completed', () => {
    expect(judge(rule, [s.assessmentStarted()])).toEqual(['not_applicable']);
  });
});

describe('CM2-03 assessment-in-time', () => {
  const rule = 'assessment-in-time';
  it('ASMT-3: met when completed on the planned last day', () => {
    expect(judge(rule, [s.assessmentStarted(), s.assessmentCompleted({ completedOn: '2026-01-31' })])).toEqual([
      'met',
      'completed-in-time',
    ]);
  });
  it('ASMT-3: not met when completed a day late, or still open', () => {
    expect(judge(rule, [s.assessmentStarted(), s.assessmentCompleted({ completedOn: '2026-02-01' })])).toEqual([
      'not_met',
      'completed-late',
    ]);
    expect(judge(rule, [s.assessmentStarted()], '2026-02-01')).toEqual(['not_met', 'overdue']);
  });
  it('ASMT-3: not applicable before the planned end, or when the case was closed before it', () => {
    expect(judge(rule, [s.assessmentStarted()], '2026-01-31')).toEqual(['not_applicable']);
    expect(judge(rule, [s.assessmentStarted(), s.closed('2026-01-20', 'moved')])).toEqual(['not_applicable']);
  });
});

describe('CM3-01 goals-dated-and-checkable', () => {
  const rule = 'goals-dated-and-checkable';
  it('PLAN-1: met when every outcome goal has a date and an indicator; principles need none', () => {
    const goals = [s.goal(), s.goal({ level: 'principle', targetDate: null, hasIndicator: false })];
    expect(judge(rule, [s.planAgreed({ goals })])).toEqual(['met', 'goals-checkable']);
  });
  it('PLAN-1: not met when an outcome goal has no date or no indicator', () => {
    const goals = [s.goal(), s.goal({ targetDate: null }), s.goal({ hasIndicator: false })];
    expect(judge(rule, [s.planAgreed({ goals })])).toEqual(['not_met', 'goal-date-missing', 'goal-indicator-missing']);
  });
  it('PLAN-1: not met when the plan has no outcome goal at all', () => {
    expect(judge(rule, [s.planAgreed({ goals: [s.goal({ level: 'framework' })] })])).toEqual([
      'not_met',
      'outcome-goal-missing',
    ]);
  });
  it('PLAN-3: a better new edition heals the finding', () => {
    expect(judge(rule, [s.planAgreed({ goals: [] }), s.planAgreed({ edition: 2 })])).toEqual([
      'met',
      'goals-checkable',
    ]);
  });
  it('PLAN-1: not applicable without an agreed plan', () => {
    expect(judge(rule, [s.opened()])).toEqual(['not_applicable']);
  });
});

describe('CM3-02 plan-signed-by-client', () => {
  const rule = 'plan-signed-by-client';
  it('PLAN-3: met when the client signed by the day of the agreement', () => {
    expect(judge(rule, [s.planAgreed()])).toEqual(['met', 'client-signed']);
  });
  it('PLAN-3: not met without the client’s signature or with a later one', () => {
    expect(judge(rule, [s.planAgreed({ clientSignedOn: '' })])).toEqual(['not_met', 'client-signature-missing']);
    expect(judge(rule, [s.planAgreed({ clientSignedOn: '2026-02-06' })])).toEqual(['not_met', 'client-signed-late']);
  });
  it('CASE-6: not met when help was arranged without an agreed plan', () => {
    expect(judge(rule, [s.phase('service_planning', '2026-02-01'), s.phase('linking', '2026-02-02')])).toEqual([
      'not_met',
      'plan-missing',
    ]);
  });
  it('PLAN-3: not applicable while the plan is being made', () => {
    expect(judge(rule, [s.opened(), s.phase('service_planning', '2026-02-01')])).toEqual(['not_applicable']);
  });
});

describe('CM4-01 consent-before-disclosure', () => {
  const rule = 'consent-before-disclosure';
  const passed = (
    consent: Parameters<typeof s.disclosureConsent>[0] = {},
    disclosure: Parameters<typeof s.passed>[1] = {},
  ) => judge(rule, [s.disclosureConsent(consent), s.passed('2026-02-07', disclosure)]);
  it('CONS-3: met when consent for this recipient, purpose and kind of data was in force', () => {
    expect(passed()).toEqual(['met', 'consent-valid']);
    expect(passed({ validUntil: '2026-02-07' })).toEqual(['met', 'consent-valid']);
  });
  it('CONS-3: not met without a known consent, or with one given only afterwards', () => {
    expect(judge(rule, [s.passed('2026-02-07')])).toEqual(['not_met', 'consent-missing']);
    expect(passed({ at: nine('2026-02-08') })).toEqual(['not_met', 'consent-given-later']);
  });
  it('CONS-3: not met for another recipient, another purpose or more data than consented to', () => {
    expect(passed({}, { recipientId: s.caseId })).toEqual(['not_met', 'recipient-not-named']);
    expect(passed({}, { purpose: 'conference' })).toEqual(['not_met', 'other-purpose']);
    expect(passed({}, { categories: ['health', 'finances'] })).toEqual(['not_met', 'category-not-named']);
  });
  it('CONS-7: not met before the consent begins and after it has expired', () => {
    expect(passed({ validFrom: '2026-02-08' })).toEqual(['not_met', 'consent-not-in-force']);
    expect(passed({ validUntil: '2026-02-06' })).toEqual(['not_met', 'consent-not-in-force']);
  });
  it('CONS-2: not met after withdrawal, whole or of this recipient and kind of data', () => {
    const after = (more: object) =>
      judge(rule, [s.disclosureConsent(), s.withdrawn('2026-03-01', more), s.passed('2026-03-02')]);
    expect(after({})).toEqual(['not_met', 'consent-withdrawn']);
    expect(after({ whole: false, recipientIds: [s.providerId] })).toEqual(['not_met', 'consent-withdrawn']);
    expect(after({ whole: false, categories: ['health'] })).toEqual(['not_met', 'consent-withdrawn']);
    expect(after({ whole: false, recipientIds: [s.providerId], categories: ['identity'] })).toEqual([
      'met',
      'consent-valid',
    ]);
    expect(after({ whole: false, recipientIds: [s.caseId] })).toEqual(['met', 'consent-valid']);
  });
  it('CONS-2: what was passed on before the withdrawal stays lawful', () => {
    expect(judge(rule, [s.disclosureConsent(), s.passed('2026-02-07'), s.withdrawn('2026-03-01')])).toEqual([
      'met',
      'consent-valid',
    ]);
  });
  it('CONS-5: one disclosure without consent is enough for a finding, and only it is shown', () => {
    expect(
      judge(rule, [s.disclosureConsent(), s.passed('2026-02-07'), s.passed('2026-02-08', { recipientId: s.caseId })]),
    ).toEqual(['not_met', 'recipient-not-named']);
  });
  it('CONS-5: not applicable when nothing was passed on', () => {
    expect(judge(rule, [s.disclosureConsent()])).toEqual(['not_applicable']);
  });
});

describe('CM4-02 referrals-followed-up', () => {
  const rule = 'referrals-followed-up';
  const sent = [s.referral('draft', '2026-02-01'), s.referral('sent', '2026-02-01')];
  it('PLAN-5: met when the help began', () => {
    expect(judge(rule, [...sent, s.referral('accepted', '2026-02-15'), s.referral('started', '2026-03-20')])).toEqual([
      'met',
      'help-arrived',
    ]);
  });
  it('PLAN-5: met when it ended with a reason', () => {
    expect(judge(rule, [...sent, s.referral('declined', '2026-02-03', 'no_capacity')])).toEqual([
      'met',
      'ended-with-reason',
    ]);
    expect(judge(rule, [...sent, s.referral('cancelled', '2026-02-03', 'consent_withdrawn')])).toEqual([
      'met',
      'ended-with-reason',
    ]);
  });
  it('PLAN-5: not met when it waited more than 14 days for an answer, also when one came at last', () => {
    expect(judge(rule, sent, '2026-02-16')).toEqual(['not_met', 'unanswered-too-long']);
    expect(judge(rule, [...sent, s.referral('accepted', '2026-02-16'), s.referral('started', '2026-02-20')])).toEqual([
      'not_met',
      'unanswered-too-long',
    ]);
  });
  it('PLAN-5: not met when it ended without a reason', () => {
    expect(judge(rule, [...sent, s.referral('cancelled', '2026-02-03')])).toEqual(['not_met', 'ended-without-reason']);
  });
  it('PLAN-5: not met when the case was closed while it was still open', () => {
    expect(judge(rule, [...sent, s.referral('waitlisted', '2026-02-03'), s.closed('2026-03-01')])).toEqual([
      'not_met',
      'left-open',
    ]);
  });
  it('PLAN-5: not applicable to drafts and to those still within their time', () => {
    expect(judge(rule, [s.referral('draft', '2026-02-01'), s.closed('2026-03-01')])).toEqual(['not_applicable']);
    expect(judge(rule, sent, '2026-02-15')).toEqual(['not_applicable']);
    expect(judge(rule, [...sent, s.referral('waitlisted', '2026-02-03')])).toEqual(['not_applicable']);
  });
});

describe('CM5-01 reviews-on-time', () => {
  const rule = 'reviews-on-time';
  const due = s.reviewScheduled('2026-08-05');
  it('PLAN-6: met when held by its date or within 14 days after', () => {
    expect(judge(rule, [due, s.reviewHeld('2026-08-05', '2026-07-20')])).toEqual(['met', 'held-on-time']);
    expect(judge(rule, [due, s.reviewHeld('2026-08-05', '2026-08-19')])).toEqual(['met', 'held-on-time']);
  });
  it('PLAN-6: not met when held later, or not held at all', () => {
    expect(judge(rule, [due, s.reviewHeld('2026-08-05', '2026-08-20')])).toEqual(['not_met', 'held-late']);
    expect(judge(rule, [due], '2026-08-20')).toEqual(['not_met', 'overdue']);
  });
  it('PLAN-6: not applicable until 14 days after its date', () => {
    expect(judge(rule, [due], '2026-08-19')).toEqual(['not_applicable']);
  });
  it('PLAN-6: not applicable when another date was set in time, but too late is too late', () => {
    const other = (at: string) => new AuditStory(s.caseId).reviewScheduled('2026-12-01', { planId: s.planId, at });
    expect(judge(rule, [due, other(nine('2026-08-01'))], '2026-11-01')).toEqual(['not_applicable']);
    expect(judge(rule, [due, other(nine('2026-08-20'))], '2026-11-01')).toEqual(['not_met', 'overdue']);
  });
  it('CASE-10: not applicable while the case rests; afterwards there are 14 days again', () => {
    const resting = [due, s.suspended('2026-08-01')];
    expect(judge(rule, resting)).toEqual(['not_applicable']);
    expect(judge(rule, [...resting, s.resumed('2026-10-01')], '2026-10-15')).toEqual(['not_applicable']);
    expect(judge(rule, [...resting, s.resumed('2026-10-01')], '2026-10-16')).toEqual(['not_met', 'overdue']);
    expect(judge(rule, [...resting, s.resumed('2026-10-01'), s.reviewHeld('2026-08-05', '2026-10-15')])).toEqual([
      'met',
      'held-on-time',
    ]);
  });
  it('CASE-10: not applicable when the case was closed before the time was over', () => {
    expect(judge(rule, [due, s.closed('2026-08-19')])).toEqual(['not_applicable']);
  });
});

describe('CM6-01 evaluated-by-all-parties', () => {
  const rule = 'evaluated-by-all-parties';
  const helped = [
    s.participation(),
    s.agreement(),
    s.referral('sent', '2026-02-01'),
    s.referral('started', '2026-02-10'),
  ];
  it('PLAN-8: met when client, case manager and the services involved rated', () => {
    expect(judge(rule, [...helped, s.evaluated()])).toEqual(['met', 'all-rated']);
  });
  it('PLAN-8: met when it is recorded why a side did not rate', () => {
    expect(
      judge(rule, [...helped, s.evaluated({ ratedBy: ['case_manager'], missingExplained: ['client', 'provider'] })]),
    ).toEqual(['met', 'all-rated']);
  });
  it('PLAN-8: met without a provider where no service was involved', () => {
    expect(judge(rule, [s.agreement(), s.evaluated({ ratedBy: ['client', 'case_manager'] })])).toEqual([
      'met',
      'all-rated',
    ]);
  });
  it('PLAN-8: not met when a side is missing without a reason; each is named', () => {
    expect(judge(rule, [...helped, s.evaluated({ ratedBy: ['case_manager'] })])).toEqual([
      'not_met',
      'client-rating-missing',
      'provider-rating-missing',
    ]);
  });
  it('CASE-6: not met when the case was closed without an evaluation', () => {
    expect(judge(rule, [...helped, s.closed('2026-09-01')])).toEqual(['not_met', 'evaluation-missing']);
  });
  it('CASE-10: not applicable when the client died before an evaluation', () => {
    expect(judge(rule, [...helped, s.closed('2026-09-01', 'deceased')])).toEqual(['not_applicable']);
    expect(judge(rule, [...helped, s.closed('2026-09-01', 'handed_over')])).toEqual(['not_applicable']);
  });
  it('PLAN-8: not applicable while the case goes on, or when it never came to an agreement', () => {
    expect(judge(rule, helped)).toEqual(['not_applicable']);
    expect(judge(rule, [s.opened(), s.closed('2026-01-20', 'moved')])).toEqual(['not_applicable']);
  });
});
