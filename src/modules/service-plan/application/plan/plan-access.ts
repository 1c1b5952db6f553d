import { Injectable } from '@nestjs/common';
import { CasePersons, aboutReader } from '../../../../shared/auth/case-persons';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import type { Parameters } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { type CaseFacts, CaseReader } from '../../../case';
import type { ServicePlan } from '../../domain/plan/service-plan.entity';
import { rules } from '../../domain/plan/service-plan.refusals';
import { ServicePlanRepository } from './service-plan.repository';

/** Phases in which plans are made and changed (CASE-6; from monitoring on it is replanning). */
const PLANNING: readonly string[] = ['service_planning', 'linking', 'monitoring'];

/** Loads plans for people who work on them. */
@Injectable()
export class PlanAccess {
  constructor(
    private readonly plans: ServicePlanRepository,
    private readonly cases: CaseReader,
    private readonly persons: CasePersons,
  ) {}

  /** The plan at the version expected, of an active case; NotFound when the user may not see the case or the plan. */
  async forChange(id: string, expected: Expected): Promise<{ plan: ServicePlan; facts: CaseFacts }> {
    const plan = await this.plans.get(id);
    const facts = await this.cases.requireActive(plan.caseId);
    if (isClient(facts)) {
      const { mine } = await this.persons.require(plan.caseId);
      if (mine && !mine.includes(plan.personId)) throw new NotFound('service plan', id);
    }
    this.plans.requireVersion(plan, expected);
    return { plan, facts };
  }

  /** The plan, to word or agree an edition: the case has to be in planning. */
  async forPlanning(id: string, expected: Expected): Promise<{ plan: ServicePlan; facts: CaseFacts }> {
    const found = await this.forChange(id, expected);
    requirePlanning(found.facts);
    return found;
  }
}

/**
 * The SQL condition that the reader may see what is recorded of the plan `planId` (an SQL expression): of the plans of
 * others in the family a client sees as little as of their assessments.
 */
export function planOfReader(planId: string, today: string, add: Parameters['add']): string {
  const about = aboutReader('sp.case_id', 'sp.person_id', today, add);
  if (about === 'true') return about;
  return `exists (select 1 from service_plan.service_plan sp
    where sp.tenant_id = ${add(context().tenantId)} and sp.id = ${planId} and ${about})`;
}

/** Refuses cases that are not, or not any more, being planned. */
export function requirePlanning({ caseId, phase, closingReason }: CaseFacts): void {
  if (closingReason !== null) throw rules.broken('plan-closing', { caseId, reason: closingReason });
  if (!PLANNING.includes(phase)) throw rules.broken('planning-phase-missing', { caseId, phase });
}

/** Whether the user of the context is the client of the case. */
export const isClient = ({ clients }: CaseFacts): boolean => clients.includes(context().user!.subject);
