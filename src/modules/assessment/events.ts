import { DomainEvent } from '../../shared/domain/domain-event';

/** The published language of the assessment module. */

/** ASMT-3: an assessment was planned and started. */
export class AssessmentStarted extends DomainEvent {
  static readonly type = 'assessment.started';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly startedOn: string,
    readonly plannedEnd: string,
    readonly at: string,
  ) {
    super();
  }
}

/** ASMT-2: one side answered. */
export class PerspectiveGiven extends DomainEvent {
  static readonly type = 'assessment.perspective_given';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly perspective: 'client' | 'case_manager' | 'third_party',
    readonly at: string,
  ) {
    super();
  }
}

/** What is lacking, as handed to the service plan: codes only. */
export type HandedNeed = { id: string; dimension: string; severity: number; urgency: string };
/** What can be built on, as handed to the service plan: codes only. */
export type HandedResource = { id: string; dimension: string; kind: string };

/** ASMT-5: the result is agreed with the client; needs and resources are handed over. */
export class AssessmentCompleted extends DomainEvent {
  static readonly type = 'assessment.completed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly startedOn: string,
    readonly plannedEnd: string,
    readonly completedOn: string,
    readonly perspectives: readonly string[],
    /** Why a perspective is missing was recorded (codes of the missing ones). */
    readonly missingPerspectivesExplained: readonly string[],
    readonly needs: readonly HandedNeed[],
    readonly noNeedExplained: boolean,
    readonly resources: readonly HandedResource[],
    readonly resourcesLookedFor: boolean,
    readonly clientAgreedOn: string,
    readonly at: string,
    /** Needs for which no fitting help is to be had: what the network has to know. */
    readonly supplyGapNeedIds: readonly string[],
    /**
     * Whom it is about: the client of the case or another member of the family (ASMT-2), so that the result of one
     * does not take the place of another's.
     */
    readonly personId: string,
  ) {
    super();
  }
}
