import { FollowedReferences, type Place, personColumn } from '../../../../shared/database/followed-references';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { AssessmentCompleted } from '../../../assessment/events';
import { CaseClosed, CasePersonRestored, PersonMerged, PersonUnmerged } from '../../../case/events';
import { HandedNeeds } from './handed-needs';
import { ServicePlanRepository } from './service-plan.repository';

const NEEDS = personColumn('service_plan.handed_need', { id: 'assessment_id', versioned: false });

/** PLAN-1: what an assessment found is what the plan answers. */
@Subscription('service-plan.needs')
export class HandedNeedsListener {
  constructor(
    private readonly needs: HandedNeeds,
    private readonly followed: FollowedReferences,
  ) {}

  @OnEvent(AssessmentCompleted)
  async takeOver(event: AssessmentCompleted): Promise<void> {
    this.needs.handOver(event);
  }

  /** CASE-1: what was found of a duplicate was found of the person that stays, until the merge is taken back. */
  @OnEvent(PersonMerged)
  merged({ aggregateId, survivorId, mergeId }: PersonMerged): Promise<void> {
    return this.followed.follow(NEEDS, { mergeId, merged: aggregateId, survivor: survivorId });
  }

  @OnEvent(PersonUnmerged)
  async unmerged({ aggregateId, survivorId, mergeId }: PersonUnmerged): Promise<void> {
    await this.followed.back(NEEDS, { mergeId, merged: aggregateId, survivor: survivorId });
  }

  @OnEvent(CasePersonRestored)
  restored(event: CasePersonRestored): Promise<void> {
    return this.followed.restore(NEEDS, event);
  }
}

const PLANS: Place = {
  ...personColumn('service_plan.service_plan'),
  // One open plan for each person of a case: a second one stays where it is.
  may: (
    to,
  ) => `not (t.state <> 'ended' and exists (select 1 from service_plan.service_plan o where o.tenant_id = t.tenant_id
    and o.case_id = t.case_id and o.person_id = ${to} and o.state <> 'ended'))`,
};

/** Plans follow their case and their person. */
@Subscription('service-plan.plans')
export class ServicePlanListener {
  constructor(
    private readonly plans: ServicePlanRepository,
    private readonly followed: FollowedReferences,
  ) {}

  /** CASE-10: the plan ends with the case. */
  @OnEvent(CaseClosed)
  async end(event: CaseClosed): Promise<void> {
    for (const plan of await this.plans.openOf(event.caseId)) {
      plan.end();
      this.plans.store(plan);
    }
  }

  /** CASE-1: the plan belongs to the person that stays, unless that one has an open plan in the same case. */
  @OnEvent(PersonMerged)
  merged({ aggregateId, survivorId, mergeId }: PersonMerged): Promise<void> {
    return this.followed.follow(PLANS, { mergeId, merged: aggregateId, survivor: survivorId });
  }

  /** CASE-1: a merge was taken back. */
  @OnEvent(PersonUnmerged)
  async unmerged({ aggregateId, survivorId, mergeId }: PersonUnmerged): Promise<void> {
    await this.followed.back(PLANS, { mergeId, merged: aggregateId, survivor: survivorId });
  }

  /** In a case that is about the person again, what was planned since is theirs as well. */
  @OnEvent(CasePersonRestored)
  restored(event: CasePersonRestored): Promise<void> {
    return this.followed.restore(PLANS, event);
  }
}
