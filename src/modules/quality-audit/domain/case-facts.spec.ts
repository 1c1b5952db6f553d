import { AuditStory, factsOf, nine } from '../../../../test/support/audit-story';
import { RequestDeclined } from '../../case/events';
import { ResponsibilityHandedOver } from '../../case/events';
import { NO_FACTS, apply } from './case-facts';

const story = new AuditStory();

describe('QA-2 the facts of a case', () => {
  it('QA-2: a case that nothing happened in has no facts', () => {
    expect(factsOf()).toEqual(NO_FACTS);
  });

  it('CASE-5: opening and agreement are known with their days', () => {
    const facts = factsOf(story.opened(), story.participation(), story.agreement());
    expect(facts.opening).toMatchObject({
      requestId: story.requestId,
      criteriaMetAndReasoned: true,
      acuteDanger: false,
    });
    expect(facts).toMatchObject({
      responsible: 'miss-cm',
      team: 'hospital',
      agreement: { consentId: story.participationId, signedOn: '2026-01-07' },
    });
    expect(Object.keys(facts.consents)).toEqual([story.participationId]);
  });

  it('CASE-7: after a handover the new case manager is responsible, in the new team', () => {
    expect(
      factsOf(
        story.opened(),
        new ResponsibilityHandedOver(story.caseId, story.caseId, 'miss-cm', 'mr-cm', 'employment', nine('2026-03-01')),
      ),
    ).toMatchObject({ responsible: 'mr-cm', team: 'employment' });
  });

  it('CONS-2: withdrawals are kept beside the consent, in order', () => {
    const facts = factsOf(
      story.disclosureConsent(),
      story.withdrawn('2026-03-01', { whole: false, categories: ['health'] }),
      story.withdrawn('2026-04-01'),
    );
    expect(facts.consents[story.disclosureId]?.withdrawals).toEqual([
      { whole: false, recipientIds: [], categories: ['health'], at: nine('2026-03-01') },
      { whole: true, recipientIds: [], categories: [], at: nine('2026-04-01') },
    ]);
  });

  it('CONS-2: the withdrawal of a consent that was never heard of changes nothing', () => {
    expect(factsOf(story.withdrawn('2026-03-01')).consents).toEqual({});
  });

  it('ASMT-2: perspectives given one by one and those named at completion come together', () => {
    const facts = factsOf(
      story.assessmentStarted(),
      story.perspective('client'),
      story.perspective('client'),
      story.assessmentCompleted({ perspectives: ['case_manager'] }),
    );
    expect(facts.assessments[story.assessmentId]?.perspectives).toEqual(['client', 'case_manager']);
  });

  it('PLAN-3: the edition agreed last counts', () => {
    const facts = factsOf(story.planAgreed(), story.planAgreed({ edition: 2, agreedOn: '2026-04-01' }));
    expect(facts.plans[story.planId]).toMatchObject({ edition: 2, agreedOn: '2026-04-01' });
  });

  it('PLAN-5: a referral keeps every move with its reason', () => {
    const facts = factsOf(
      story.referral('draft', '2026-02-01'),
      story.referral('sent', '2026-02-02'),
      story.referral('declined', '2026-02-03', 'no_capacity'),
    );
    expect(facts.referrals[story.referralId]?.moves.map(({ to, reason }) => [to, reason])).toEqual([
      ['draft', null],
      ['sent', null],
      ['declined', 'no_capacity'],
    ]);
  });

  it('PLAN-6: another date set before the review was held replaces the one before', () => {
    const later = new AuditStory(story.caseId);
    const facts = factsOf(
      story.reviewScheduled('2026-08-05'),
      later.reviewScheduled('2026-05-01', { planId: story.planId, at: nine('2026-03-01') }),
    );
    expect(facts.reviews[story.reviewId]).toMatchObject({ heldOn: null, replacedAt: nine('2026-03-01') });
    expect(facts.reviews[later.reviewId]).toMatchObject({ dueOn: '2026-05-01', replacedAt: null });
  });

  it('PLAN-6: a review that was held is not replaced by the next, in whichever order the two become known', () => {
    const next = new AuditStory(story.caseId);
    const following = next.reviewScheduled('2026-12-01', { planId: story.planId });
    const held = story.reviewHeld('2026-08-05', '2026-08-06');
    for (const facts of [
      factsOf(story.reviewScheduled('2026-08-05'), held, following),
      factsOf(story.reviewScheduled('2026-08-05'), following, held),
    ])
      expect(facts.reviews[story.reviewId]).toMatchObject({ heldOn: '2026-08-06', replacedAt: null });
  });

  it('CASE-10: a case taken up again begins a new round but keeps what was passed on', () => {
    const facts = factsOf(...story.byTheBook(), story.reopened('2026-10-01'));
    expect(facts).toMatchObject({ agreement: null, phases: [], closed: null, evaluations: [] });
    expect(facts.disclosures).toHaveLength(1);
    expect(facts.opening).not.toBeNull();
  });

  it('CASE-10: a suspension ends with the resumption or with the closing', () => {
    expect(factsOf(story.suspended('2026-03-01'), story.resumed('2026-04-01')).suspensions).toEqual([
      { from: nine('2026-03-01'), until: nine('2026-04-01') },
    ]);
    expect(factsOf(story.suspended('2026-03-01'), story.closed('2026-05-01')).suspensions[0]?.until).toBe(
      nine('2026-05-01'),
    );
  });

  it('QA-3: the latest event is remembered, in whichever order events become known', () => {
    expect(factsOf(story.closed('2026-05-01'), story.opened()).lastEventAt).toBe(nine('2026-05-01'));
  });

  it('QA-2: other events change nothing, and folding leaves the facts before untouched', () => {
    const before = Object.freeze(factsOf(story.opened()));
    expect(apply(before, RequestDeclined.type, { at: nine('2027-01-01') })).toBe(before);
    expect(apply(before, 'constructor', {})).toBe(before);
    apply(before, 'case.phase_changed', story.phase('assessment', '2026-02-01'));
    expect(before.phases).toEqual([]);
  });
});
