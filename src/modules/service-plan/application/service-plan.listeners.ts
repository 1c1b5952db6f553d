import { OnEvent, Subscription } from '../../../shared/events/on-event';
import { AssessmentCompleted } from '../../assessment/events';
import { CaseClosed, PersonMerged } from '../../case/events';
import { HandedNeeds } from './handed-needs';
import { ServicePlanRepository } from './service-plan.repository';

/** PLAN-1: what an assessment found is what the plan answers. */
@Subscription('service-plan.needs')
export class HandedNeedsListener {
  constructor(private readonly needs: HandedNeeds) {}

  @OnEvent(AssessmentCompleted)
  async takeOver(event: AssessmentCompleted): Promise<void> {
    this.needs.handOver(event);
  }
}

/** Plans follow their case and their person. */
@Subscription('service-plan.plans')
export class ServicePlanListener {
  constructor(
    private readonly plans: ServicePlanRepository,
    private readonly needs: HandedNeeds,
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
  async follow(event: PersonMerged): Promise<void> {
    this.needs.move(event.aggregateId, event.survivorId);
    for (const plan of await this.plans.ofPerson(event.aggregateId)) {
      const open = await this.plans.openOf(plan.caseId);
      if (open.some(({ personId }) => personId === event.survivorId)) continue;
      plan.belongTo(event.survivorId);
      this.plans.store(plan);
    }
  }
}
