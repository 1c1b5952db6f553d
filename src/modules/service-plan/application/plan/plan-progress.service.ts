import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import type { MeasureOutcome, Rater } from '../../domain/plan/plan-content';
import type { ServicePlan } from '../../domain/plan/service-plan.entity';
import { rules } from '../../domain/plan/service-plan.refusals';
import { InvolvedProviders } from '../referral/involved-providers';
import { PlanAccess, isClient } from './plan-access';
import { ServicePlanRepository } from './service-plan.repository';

/** A rating as it is given: −2 … +2 against the levels described for the goal. */
export type GoalRating = { goalId: string; level: number; on: string; ratedBy: Rater; note?: string | null };

/** How measures and goals of the edition in force get on (PLAN-2, PLAN-7). */
@Injectable()
export class PlanProgressService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: ServicePlanRepository,
    private readonly access: PlanAccess,
    private readonly providers: InvolvedProviders,
    private readonly clock: Clock,
  ) {}

  startMeasure(id: string, expected: Expected, measureId: string): Promise<Receipt> {
    return this.uow.run(async () => {
      const { plan } = await this.access.forChange(id, expected);
      plan.startMeasure(measureId, stampBy(this.clock));
      this.plans.store(plan);
      return Receipt.of(plan);
    });
  }

  endMeasure(
    id: string,
    expected: Expected,
    measureId: string,
    { outcome, note }: { outcome: MeasureOutcome; note?: string | null },
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const { plan } = await this.access.forChange(id, expected);
      plan.endMeasure(measureId, outcome, stampBy(this.clock), note ?? null);
      this.plans.store(plan);
      return Receipt.of(plan);
    });
  }

  rate(id: string, expected: Expected, rating: GoalRating): Promise<Receipt> {
    return this.uow.run(async () => {
      const plan = await this.forRating(id, expected, rating);
      const stamp = stampBy(this.clock);
      const tScore = plan.rateGoal(rating, stamp);
      this.plans.store(plan);
      this.keep(plan, rating, tScore, stamp);
      return Receipt.of(plan);
    });
  }

  /**
   * Clients and providers rate from their own side; a provider only goals that its measures serve, within consent, and
   * once the client may know of it: the rating shows in the plan (CONS-4).
   */
  private async forRating(id: string, expected: Expected, { goalId, ratedBy }: GoalRating): Promise<ServicePlan> {
    const { user, relationships } = context();
    if (user!.providerId && relationships.every((relationship) => relationship === 'addressed')) {
      const plan = await this.plans.get(id);
      const involved = plan.isServedBy(user!.providerId, goalId);
      if (!involved || !(await this.providers.isAddressed(plan.caseId, user!.providerId, { known: true })))
        throw new NotFound('service plan', id);
      if (ratedBy !== 'provider') throw rules.broken('rate-own-side-only', { ratedBy });
      this.plans.requireVersion(plan, expected);
      return plan;
    }
    const { plan, facts } = await this.access.forChange(id, expected);
    if (isClient(facts) && ratedBy !== 'client') throw rules.broken('rate-own-side-only', { ratedBy });
    return plan;
  }

  private keep(
    plan: ServicePlan,
    { goalId, level, on, ratedBy, note }: GoalRating,
    tScore: number | null,
    stamp: Stamp,
  ): void {
    this.uow.write({
      sql: (add) => `
        insert into service_plan.goal_rating (tenant_id, id, plan_id, case_id, goal_id, edition, level, rated_on, rated_by,
          note, t_score, recorded_by, recorded_at)
        values (${add(context().tenantId)}, ${add(uuidv7())}, ${add(plan.id)}, ${add(plan.caseId)}, ${add(goalId)},
          ${add(plan.editionInForce)}, ${add(level)}, ${add(on)}, ${add(ratedBy)}, ${add(note ?? null)}, ${add(tScore)},
          ${add(stamp.by)}, ${add(stamp.at)})`,
    });
  }
}
