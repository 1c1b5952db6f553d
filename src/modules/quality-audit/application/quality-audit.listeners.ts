import { Clock } from '../../../shared/domain/clock';
import type { DomainEvent, EventType } from '../../../shared/domain/domain-event';
import { OnEvent, Subscription } from '../../../shared/events/on-event';
import { AssessmentCompleted, AssessmentStarted, PerspectiveGiven } from '../../assessment/events';
import {
  AgreementSigned,
  CaseClosed,
  CaseOpened,
  CaseReopened,
  CaseResumed,
  CaseSuspended,
  ClosingStarted,
  PhaseChanged,
  ResponsibilityHandedOver,
} from '../../case/events';
import { ConsentGiven, ConsentWithdrawn, InformationPassed } from '../../consent/events';
import { EvaluationRecorded, PlanAgreed, ReferralMoved, ReviewHeld, ReviewScheduled } from '../../service-plan/events';
import { type FactEvents, apply } from '../domain/case-facts';
import { CaseFactsStore } from './case-facts.store';

/** Every event facts are made of; the compiler sees to it that none is missing or swapped. */
export const FACT_EVENTS: { [T in keyof FactEvents]: EventType<FactEvents[T]> & { readonly type: T } } = {
  'case.opened': CaseOpened,
  'case.agreement_signed': AgreementSigned,
  'case.phase_changed': PhaseChanged,
  'case.suspended': CaseSuspended,
  'case.resumed': CaseResumed,
  'case.closing_started': ClosingStarted,
  'case.closed': CaseClosed,
  'case.reopened': CaseReopened,
  'case.responsibility_handed_over': ResponsibilityHandedOver,
  'consent.given': ConsentGiven,
  'consent.withdrawn': ConsentWithdrawn,
  'consent.information_passed': InformationPassed,
  'assessment.started': AssessmentStarted,
  'assessment.perspective_given': PerspectiveGiven,
  'assessment.completed': AssessmentCompleted,
  'service_plan.agreed': PlanAgreed,
  'service_plan.referral_moved': ReferralMoved,
  'service_plan.review_scheduled': ReviewScheduled,
  'service_plan.review_held': ReviewHeld,
  'service_plan.evaluation_recorded': EvaluationRecorded,
};

const OnFactEvents = (
  target: object,
  method: string,
  descriptor: TypedPropertyDescriptor<(event: DomainEvent) => Promise<void>>,
): void => {
  for (const event of Object.values<EventType>(FACT_EVENTS)) OnEvent(event)(target, method, descriptor);
};

/** QA-2: folds what happened in all modules into the facts of each case. */
@Subscription('quality-audit.facts')
export class QualityAuditListeners {
  constructor(
    private readonly store: CaseFactsStore,
    private readonly clock: Clock,
  ) {}

  @OnFactEvents
  async fold(event: DomainEvent): Promise<void> {
    if (event.caseId === null) return;
    const { type } = event.constructor as unknown as EventType;
    await this.store.change(event.caseId, this.clock.now(), (facts) => apply(facts, type, event));
  }
}
