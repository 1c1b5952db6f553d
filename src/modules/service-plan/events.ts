import { DomainEvent } from '../../shared/domain/domain-event';

/** The published language of the service-plan module. */

/** What quality checks need to know of an outcome goal: no wording. */
export type AgreedGoal = {
  id: string;
  level: 'principle' | 'framework' | 'outcome';
  targetDate: string | null;
  hasIndicator: boolean;
  hasTarget: boolean;
  acceptedByClient: boolean;
};

/** PLAN-3: a version of the service plan is signed and frozen. */
export class PlanAgreed extends DomainEvent {
  static readonly type = 'service_plan.agreed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    /** 1 for the first agreed version. */
    readonly edition: number,
    readonly agreedOn: string,
    readonly clientSignedOn: string,
    readonly caseManagerSignedOn: string,
    readonly reviewOn: string,
    readonly goals: readonly AgreedGoal[],
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-3: an agreed plan is being changed; the new version is a draft until signed. */
export class PlanRevised extends DomainEvent {
  static readonly type = 'service_plan.revised';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly edition: number,
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-2, PLAN-5: a measure of the agreed plan is running. */
export class MeasureStarted extends DomainEvent {
  static readonly type = 'service_plan.measure_started';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly measureId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-2: a measure ended. */
export class MeasureEnded extends DomainEvent {
  static readonly type = 'service_plan.measure_ended';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly measureId: string,
    readonly outcome: 'completed' | 'discontinued',
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-4: somebody was invited to a conference; an answer is waited for. */
export class ConferenceInvited extends DomainEvent {
  static readonly type = 'service_plan.conference_invited';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly invitationId: string,
    readonly plannedOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-4: an invited party said whether they come. */
export class InvitationAnswered extends DomainEvent {
  static readonly type = 'service_plan.invitation_answered';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly invitationId: string,
    readonly answer: 'accepted' | 'declined',
    /** How many answers are still waited for. */
    readonly awaited: number,
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-4: a conference was called off. */
export class ConferenceCancelled extends DomainEvent {
  static readonly type = 'service_plan.conference_cancelled';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-4: a conference was held and its minutes recorded. */
export class ConferenceHeld extends DomainEvent {
  static readonly type = 'service_plan.conference_held';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly kind: 'aid' | 'network' | 'case' | 'closing',
    readonly heldOn: string,
    /** All cases it was held for; joint for linked cases (CASE-11). */
    readonly caseIds: readonly string[],
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-5: a referral went from one state to the next. */
export class ReferralMoved extends DomainEvent {
  static readonly type = 'service_plan.referral_moved';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly providerId: string,
    readonly measureId: string | null,
    readonly from: string,
    readonly to: string,
    /** Code of the reason, where one is given. */
    readonly reason: string | null,
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-6: how a measure or goal stands was recorded. */
export class MonitoringRecorded extends DomainEvent {
  static readonly type = 'service_plan.monitoring_recorded';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly planId: string,
    readonly deviation: boolean,
    readonly decision: 'continue' | 'adjust' | 'replan' | 'reassess' | 'conference',
    readonly on: string,
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-3, PLAN-6: a review of the plan is due on that day. */
export class ReviewScheduled extends DomainEvent {
  static readonly type = 'service_plan.review_scheduled';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly planId: string,
    readonly dueOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-6: a review was held; the final one opens the way to the evaluation. */
export class ReviewHeld extends DomainEvent {
  static readonly type = 'service_plan.review_held';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly planId: string,
    readonly dueOn: string,
    readonly heldOn: string,
    readonly final: boolean,
    readonly decision: 'continue' | 'adjust' | 'replan' | 'reassess' | 'conference' | 'evaluate',
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-7: a goal was rated; `tScore` is the goal attainment of the whole plan at that moment. */
export class GoalRated extends DomainEvent {
  static readonly type = 'service_plan.goal_rated';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly goalId: string,
    readonly level: number,
    readonly tScore: number | null,
    readonly on: string,
    readonly at: string,
  ) {
    super();
  }
}

/** PLAN-8: the evaluation is recorded and fixed. */
export class EvaluationRecorded extends DomainEvent {
  static readonly type = 'service_plan.evaluation_recorded';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    /** Which sides rated: client, case_manager, provider. */
    readonly ratedBy: readonly string[],
    /** Sides that did not, with a recorded reason. */
    readonly missingExplained: readonly string[],
    readonly appointmentOn: string,
    readonly tScore: number | null,
    readonly at: string,
  ) {
    super();
  }
}
