import { context } from '../../../../shared/context';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { AssessmentCompleted } from '../../../assessment/events';
import { ConsentReader } from '../../../consent';
import { ConsentWithdrawn } from '../../../consent/events';
import {
  ConferenceHeld,
  EvaluationRecorded,
  MeasureEnded,
  MeasureStarted,
  PlanAgreed,
  ReviewHeld,
} from '../../../service-plan/events';
import type { Case } from '../../domain/case/case.entity';
import type { Milestone } from '../../domain/case/phases';
import { PersonMerged, PersonUnmerged } from '../../events';
import { CaseLinkRepository } from '../steering/case-link.repository';
import { PersonRepository } from '../persons/person.repository';
import { CaseReader } from './case.reader';
import { CaseRepository } from './case.repository';
import { PersonSystemService } from './person-system.service';

/** What happens in other modules opens phases or begins the closing procedure (CASE-6, CONS-2). */
@Subscription('case.milestones')
export class CaseMilestones {
  constructor(
    private readonly cases: CaseRepository,
    private readonly persons: PersonRepository,
    private readonly consents: ConsentReader,
  ) {}

  /** Members of the family have assessments of their own (ASMT-2); the one of the client opens the planning. */
  @OnEvent(AssessmentCompleted)
  async assessmentCompleted({ caseId, personId, at }: AssessmentCompleted): Promise<void> {
    const person = await this.persons.find(personId);
    await this.change(caseId, at, (found, stamp) => {
      if (found.personId === (person?.mergedInto ?? personId)) found.reach('assessmentCompleted', stamp);
    });
  }

  @OnEvent(PlanAgreed)
  planAgreed({ caseId, at }: PlanAgreed): Promise<void> {
    return this.reach(caseId, 'planAgreed', at);
  }

  @OnEvent(MeasureStarted)
  measureStarted({ caseId, measureId, at }: MeasureStarted): Promise<void> {
    return this.change(caseId, at, (found, stamp) => found.measureRuns(measureId, stamp));
  }

  @OnEvent(MeasureEnded)
  measureEnded({ caseId, measureId, at }: MeasureEnded): Promise<void> {
    return this.change(caseId, at, (found) => found.measureEnds(measureId));
  }

  @OnEvent(ReviewHeld)
  async reviewHeld({ caseId, final, at }: ReviewHeld): Promise<void> {
    if (final) await this.reach(caseId, 'finalReviewHeld', at);
  }

  @OnEvent(ConferenceHeld)
  async conferenceHeld({ kind, caseIds, at }: ConferenceHeld): Promise<void> {
    if (kind !== 'closing') return;
    for (const caseId of [...caseIds].sort()) await this.reach(caseId, 'finalReviewHeld', at);
  }

  @OnEvent(EvaluationRecorded)
  evaluationRecorded({ caseId, at }: EvaluationRecorded): Promise<void> {
    return this.reach(caseId, 'evaluationRecorded', at);
  }

  /** Another valid participation consent of the client keeps the case going. */
  @OnEvent(ConsentWithdrawn)
  async consentWithdrawn({ caseId, kind, whole, at }: ConsentWithdrawn): Promise<void> {
    if (kind !== 'participation' || !whole) return;
    await this.change(caseId, at, async (found, stamp) => {
      if (!(await this.consents.participation(caseId, found.personId))) found.consentWithdrawn(stamp);
    });
  }

  private reach(caseId: string, milestone: Milestone, at: string): Promise<void> {
    return this.change(caseId, at, (found, stamp) => found.reach(milestone, stamp));
  }

  /** The row is locked, so that a listener waits for a user at work instead of failing. */
  private async change(
    caseId: string,
    at: string,
    step: (found: Case, stamp: Stamp) => void | Promise<void>,
  ): Promise<void> {
    const found = await this.cases.findLocked(caseId);
    if (!found) return;
    await step(found, { by: context().user!.subject, at });
    this.cases.store(found);
  }
}

/** Cases follow when a duplicate person is merged, and when that is taken back (CASE-1). */
@Subscription('case.persons')
export class CasePersons {
  constructor(private readonly personSystem: PersonSystemService) {}

  @OnEvent(PersonMerged)
  personMerged({ aggregateId, survivorId, mergeId }: PersonMerged): Promise<void> {
    return this.personSystem.followMerge({ mergeId, merged: aggregateId, survivor: survivorId });
  }

  @OnEvent(PersonUnmerged)
  personUnmerged({ aggregateId, survivorId, mergeId, caseIds, at }: PersonUnmerged): Promise<void> {
    return this.personSystem.followUnmerge({ mergeId, merged: aggregateId, survivor: survivorId }, caseIds, at);
  }
}

/** What linked cases see of each other ends with the consent it relied on, and with participation (CASE-11, CONS-2). */
@Subscription('case.links')
export class CaseLinkOpenings {
  constructor(
    private readonly links: CaseLinkRepository,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
  ) {}

  @OnEvent(ConsentWithdrawn)
  async consentWithdrawn(event: ConsentWithdrawn): Promise<void> {
    const { caseId, kind, at } = event;
    const clientLeft = kind === 'participation' && !(await this.clientTakesPart(caseId));
    for (const link of await this.links.lockedOf(caseId))
      if (clientLeft ? link.closeSide(caseId, at) : link.withdraw(event)) this.links.store(link);
  }

  private async clientTakesPart(caseId: string): Promise<boolean> {
    const facts = await this.cases.find(caseId);
    return facts !== null && (await this.consents.participation(caseId, facts.personId)) !== null;
  }
}
