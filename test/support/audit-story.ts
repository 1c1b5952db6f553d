import { v7 as uuidv7 } from 'uuid';
import { AssessmentCompleted, AssessmentStarted, PerspectiveGiven } from '../../src/modules/assessment/events';
import {
  AgreementSigned,
  CaseClosed,
  CaseOpened,
  CaseReopened,
  CaseResumed,
  CaseSuspended,
  PhaseChanged,
} from '../../src/modules/case/events';
import { ConsentGiven, ConsentWithdrawn, InformationPassed } from '../../src/modules/consent/events';
import { type CaseFacts, NO_FACTS, apply } from '../../src/modules/quality-audit/domain/case-facts';
import {
  EvaluationRecorded,
  PlanAgreed,
  ReferralMoved,
  ReviewHeld,
  ReviewScheduled,
} from '../../src/modules/service-plan/events';
import type { DomainEvent, EventType } from '../../src/shared/domain/domain-event';

/** Nine in the morning of a day. */
export const nine = (day: string): string => `${day}T09:00:00.000Z`;

/** The events of one case, each as it should be unless `more` says otherwise. */
export class AuditStory {
  readonly personId = uuidv7();
  readonly requestId = uuidv7();
  readonly participationId = uuidv7();
  readonly disclosureId = uuidv7();
  readonly providerId = uuidv7();
  readonly assessmentId = uuidv7();
  readonly planId = uuidv7();
  readonly referralId = uuidv7();
  readonly reviewId = uuidv7();
  readonly evaluationId = uuidv7();

  constructor(readonly caseId: string = uuidv7()) {}

  opened = (more: Partial<CaseOpened> = {}) =>
    Object.assign(
      new CaseOpened(
        this.caseId,
        this.caseId,
        this.requestId,
        this.personId,
        'health',
        'miss-cm',
        'hospital',
        true,
        false,
        null,
        nine('2026-01-05'),
        nine('2026-01-06'),
      ),
      more,
    );
  participation = (more: Partial<ConsentGiven> = {}) =>
    Object.assign(
      new ConsentGiven(
        this.participationId,
        this.caseId,
        'participation',
        'case_management',
        [],
        [],
        '2026-01-07',
        null,
        nine('2026-01-07'),
        this.personId,
      ),
      more,
    );
  agreement = (more: Partial<AgreementSigned> = {}) =>
    Object.assign(new AgreementSigned(this.caseId, this.caseId, this.participationId, 'general', '2026-01-07'), more);
  phase = (to: string, day: string) => new PhaseChanged(this.caseId, this.caseId, 'before', to, nine(day));
  suspended = (day: string) => new CaseSuspended(this.caseId, this.caseId, day, nine(day));
  resumed = (day: string) => new CaseResumed(this.caseId, this.caseId, nine(day));
  closed = (day: string, reason = 'goals_achieved') => new CaseClosed(this.caseId, this.caseId, reason, nine(day));
  reopened = (day: string) => new CaseReopened(this.caseId, this.caseId, nine(day));

  assessmentStarted = (more: Partial<AssessmentStarted> = {}) =>
    Object.assign(
      new AssessmentStarted(this.assessmentId, this.caseId, '2026-01-10', '2026-01-31', nine('2026-01-10')),
      more,
    );
  perspective = (perspective: PerspectiveGiven['perspective']) =>
    new PerspectiveGiven(this.assessmentId, this.caseId, perspective, nine('2026-01-12'));
  assessmentCompleted = (more: Partial<AssessmentCompleted> = {}) =>
    Object.assign(
      new AssessmentCompleted(
        this.assessmentId,
        this.caseId,
        '2026-01-10',
        '2026-01-31',
        '2026-01-30',
        ['client', 'case_manager'],
        [],
        [{ id: uuidv7(), dimension: 'd4', severity: 3, urgency: 'soon' }],
        false,
        [{ id: uuidv7(), dimension: 'd9', kind: 'social' }],
        true,
        '2026-01-30',
        nine('2026-01-30'),
        [],
        this.personId,
      ),
      more,
    );

  planAgreed = (more: Partial<PlanAgreed> = {}) =>
    Object.assign(
      new PlanAgreed(
        this.planId,
        this.caseId,
        1,
        '2026-02-05',
        '2026-02-04',
        '2026-02-05',
        '2026-08-05',
        [this.goal()],
        nine('2026-02-05'),
      ),
      more,
    );
  goal = (more: Partial<PlanAgreed['goals'][number]> = {}): PlanAgreed['goals'][number] => ({
    ...{
      id: uuidv7(),
      level: 'outcome',
      targetDate: '2026-06-30',
      hasIndicator: true,
      hasTarget: true,
      acceptedByClient: true,
    },
    ...more,
  });

  disclosureConsent = (more: Partial<ConsentGiven> = {}) =>
    Object.assign(
      new ConsentGiven(
        this.disclosureId,
        this.caseId,
        'disclosure',
        'referral',
        ['identity', 'health'],
        [this.providerId],
        '2026-02-06',
        '2027-02-06',
        nine('2026-02-06'),
        this.personId,
      ),
      more,
    );
  withdrawn = (day: string, more: Partial<ConsentWithdrawn> = {}) =>
    Object.assign(
      new ConsentWithdrawn(this.disclosureId, this.caseId, 'disclosure', true, [], [], nine(day), this.personId),
      more,
    );
  passed = (day: string, more: Partial<InformationPassed> = {}) =>
    Object.assign(
      new InformationPassed(
        this.referralId,
        this.caseId,
        'referral',
        'organisation',
        this.providerId,
        'referral',
        ['health'],
        this.disclosureId,
        nine(day),
      ),
      more,
    );
  referral = (to: string, day: string, reason: string | null = null) =>
    new ReferralMoved(this.referralId, this.caseId, this.providerId, null, 'before', to, reason, nine(day));

  reviewScheduled = (dueOn: string, more: Partial<ReviewScheduled> = {}) =>
    Object.assign(new ReviewScheduled(this.reviewId, this.caseId, this.planId, dueOn, nine('2026-02-05')), more);
  reviewHeld = (dueOn: string, heldOn: string) =>
    new ReviewHeld(this.reviewId, this.caseId, this.planId, dueOn, heldOn, true, 'evaluate', nine(heldOn));
  evaluated = (more: Partial<EvaluationRecorded> = {}) =>
    Object.assign(
      new EvaluationRecorded(
        this.evaluationId,
        this.caseId,
        ['client', 'case_manager', 'provider'],
        [],
        '2026-09-01',
        55,
        nine('2026-09-01'),
      ),
      more,
    );

  /** A case done by the book, from an acute danger well handled to its evaluated end. */
  byTheBook = (): DomainEvent[] => [
    this.opened({ acuteDanger: true, dangerAddressedAt: nine('2026-01-04') }),
    this.participation(),
    this.agreement(),
    this.phase('assessment', '2026-01-10'),
    this.assessmentStarted(),
    this.perspective('client'),
    this.perspective('case_manager'),
    this.assessmentCompleted(),
    this.phase('service_planning', '2026-01-31'),
    this.planAgreed(),
    this.reviewScheduled('2026-08-05'),
    this.phase('linking', '2026-02-06'),
    this.disclosureConsent(),
    this.referral('draft', '2026-02-06'),
    this.referral('sent', '2026-02-07'),
    this.passed('2026-02-07'),
    this.referral('accepted', '2026-02-10'),
    this.referral('started', '2026-02-20'),
    this.phase('monitoring', '2026-02-21'),
    this.referral('completed', '2026-07-30', 'achieved'),
    this.reviewHeld('2026-08-05', '2026-08-10'),
    this.phase('evaluation', '2026-08-11'),
    this.evaluated(),
    this.closed('2026-09-02'),
  ];
}

/** What is known after these events. */
export const factsOf = (...events: DomainEvent[]): CaseFacts =>
  events.reduce((facts, event) => apply(facts, (event.constructor as unknown as EventType).type, event), NO_FACTS);
