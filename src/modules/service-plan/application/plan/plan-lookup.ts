import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { NotFound } from '../../../../shared/domain/errors';
import { CaseReader } from '../../../case';
import { rules } from '../../domain/monitoring/review.refusals';
import type { MeasureOutcome, MeasureState } from '../../domain/plan/plan-content';
import type { ServicePlan } from '../../domain/plan/service-plan.entity';
import { rules as planRules } from '../../domain/plan/service-plan.refusals';
import { ServicePlanRepository } from './service-plan.repository';

/** What referrals, conferences, monitoring, reviews and evaluations ask of the service plan. */
@Injectable()
export class PlanLookup {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: ServicePlanRepository,
    private readonly cases: CaseReader,
  ) {}

  /** The agreed plan, of an active case the user may work on. */
  async agreed(planId: string): Promise<ServicePlan> {
    const plan = await this.plans.get(planId);
    await this.cases.requireActive(plan.caseId);
    requireAgreed(plan);
    return plan;
  }

  /** The plan, if it belongs to one of the cases. */
  async ofCase(planId: string, ...caseIds: string[]): Promise<ServicePlan> {
    const plan = await this.plans.find(planId);
    if (!plan || !caseIds.includes(plan.caseId)) throw rules.broken('plan-not-of-case', { planId });
    return plan;
  }

  /** Whether the goal or measure is in the edition in force or in the draft of the next one. */
  async has(planId: string, part: 'goals' | 'measures', id: string): Promise<boolean> {
    const rows = await this.uow.query(
      `select 1 from service_plan.service_plan where tenant_id = $1 and id = $2
       and (${part} @> $3::jsonb or in_force->'${part}' @> $3::jsonb)`,
      [context().tenantId, planId, JSON.stringify([{ id }])],
    );
    return rows.length > 0;
  }

  /** Starts the measure unless it runs already. */
  async startMeasure(planId: string, measureId: string, stamp: Stamp): Promise<void> {
    const plan = await this.plans.get(planId);
    if (measureState(plan, measureId) === 'running') return;
    plan.startMeasure(measureId, stamp);
    this.plans.store(plan);
  }

  /** Puts down when help began and ended that the plan did not tell of, unless the measure got on otherwise meanwhile. */
  async catchUp(
    planId: string,
    measureId: string,
    { began, ended }: { began: Stamp; ended: { outcome: MeasureOutcome; stamp: Stamp } | null },
  ): Promise<void> {
    const plan = await this.plans.get(planId);
    if (!plan.agreed || measureState(plan, measureId) !== 'planned') return;
    plan.startMeasure(measureId, began);
    if (ended) plan.endMeasure(measureId, ended.outcome, ended.stamp);
    this.plans.store(plan);
  }

  /** Ends the measure if it is still running. */
  async endMeasure(planId: string, measureId: string, outcome: MeasureOutcome, stamp: Stamp): Promise<void> {
    const plan = await this.plans.get(planId);
    if (!plan.agreed || measureState(plan, measureId) !== 'running') return;
    plan.endMeasure(measureId, outcome, stamp);
    this.plans.store(plan);
  }
}

/** Refuses a plan of which no edition is in force. */
export function requireAgreed(plan: ServicePlan): void {
  if (!plan.agreed) throw planRules.broken('plan-without-agreement', { planId: plan.id });
}

/** How far the measure is; null when the plan has none of that id. */
function measureState(plan: ServicePlan, measureId: string): MeasureState | null {
  try {
    return plan.measure(measureId).state;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
