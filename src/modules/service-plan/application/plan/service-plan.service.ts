import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import type { FieldFault } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { CaseReader, requireOfCase } from '../../../case';
import { NetworkReader } from '../../../network';
import type { RemovalReason } from '../../domain/plan/plan-content';
import { type GoalTerms, type MeasureTerms, goalOf, measureOf } from '../../domain/plan/plan-parts';
import { type PlanFrame, ServicePlan } from '../../domain/plan/service-plan.entity';
import { rules } from '../../domain/plan/service-plan.refusals';
import { faultIf } from '../../domain/plan/steering.faults';
import { HandedNeeds } from './handed-needs';
import { PlanAccess, requirePlanning } from './plan-access';
import { ServicePlanRepository } from './service-plan.repository';

type FrameTerms = Omit<PlanFrame, 'subsidiarityReason'> & { subsidiarityReason?: string | null };

/** Opens plans and words their drafts (PLAN-1, PLAN-2). */
@Injectable()
export class ServicePlanService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: ServicePlanRepository,
    private readonly access: PlanAccess,
    private readonly needs: HandedNeeds,
    private readonly cases: CaseReader,
    private readonly network: NetworkReader,
    private readonly clock: Clock,
  ) {}

  /** A draft for the client or, with `subject`, for another person of the case. */
  open(caseId: string, { subject, ...frame }: FrameTerms & { subject?: string | null }): Promise<Receipt> {
    return this.uow.run(async () => {
      const facts = await this.cases.requireActive(caseId);
      requirePlanning(facts);
      if (!(await this.needs.arePresent(caseId))) throw rules.broken('assessment-result-missing', { caseId });
      const personId = subject ?? facts.personId;
      requireOfCase(facts, personId, '#/subject');
      const open = (await this.plans.openOf(caseId)).find((plan) => plan.personId === personId);
      if (open) throw rules.broken('plan-already-open', { caseId, planId: open.id });
      const plan = ServicePlan.open({ caseId, personId, ...frameOf(frame) }, stampBy(this.clock));
      this.plans.store(plan);
      return Receipt.of(plan);
    });
  }

  changeFrame(id: string, expected: Expected, frame: FrameTerms): Promise<Receipt> {
    return this.change(id, expected, (plan) => plan.changeFrame(frameOf(frame)));
  }

  /** The receipt names the new goal. */
  async addGoal(id: string, expected: Expected, terms: GoalTerms): Promise<Receipt & { goalId: string }> {
    const goal = goalOf(uuidv7(), terms);
    const receipt = await this.change(id, expected, async (plan) =>
      plan.addGoal(goal, await this.needs.faults(plan.caseId, goal.needIds)),
    );
    return Object.assign(receipt, { goalId: goal.id });
  }

  changeGoal(id: string, expected: Expected, goalId: string, terms: GoalTerms): Promise<Receipt> {
    const goal = goalOf(goalId, terms);
    return this.change(id, expected, async (plan) =>
      plan.changeGoal(goal, await this.needs.faults(plan.caseId, goal.needIds)),
    );
  }

  removeGoal(id: string, expected: Expected, goalId: string, reason: RemovalReason): Promise<Receipt> {
    return this.change(id, expected, (plan) => plan.removeGoal(goalId, reason, stampBy(this.clock)));
  }

  /** The receipt names the new measure. */
  async addMeasure(id: string, expected: Expected, terms: MeasureTerms): Promise<Receipt & { measureId: string }> {
    const measure = measureOf(uuidv7(), terms);
    const receipt = await this.change(id, expected, async (plan) =>
      plan.addMeasure(measure, await this.directoryFaults(terms)),
    );
    return Object.assign(receipt, { measureId: measure.id });
  }

  changeMeasure(id: string, expected: Expected, measureId: string, terms: MeasureTerms): Promise<Receipt> {
    const measure = measureOf(measureId, terms);
    return this.change(id, expected, async (plan) => plan.changeMeasure(measure, await this.directoryFaults(terms)));
  }

  removeMeasure(id: string, expected: Expected, measureId: string, reason: RemovalReason): Promise<Receipt> {
    return this.change(id, expected, (plan) => plan.removeMeasure(measureId, reason, stampBy(this.clock)));
  }

  private change(id: string, expected: Expected, how: (plan: ServicePlan) => void | Promise<void>): Promise<Receipt> {
    return this.uow.run(async () => {
      const { plan } = await this.access.forPlanning(id, expected);
      await how(plan);
      this.plans.store(plan);
      return Receipt.of(plan);
    });
  }

  /** What the directory says against the service and provider named. */
  private async directoryFaults({ serviceId, responsible }: MeasureTerms): Promise<FieldFault[]> {
    const service = serviceId ? await this.network.service(serviceId) : null;
    const provider = responsible?.kind === 'provider' && responsible.id ? responsible.id : null;
    return [
      faultIf(
        Boolean(serviceId) && !service,
        '#/serviceId',
        'service-unknown',
        'The directory lists no service of this id.',
        'Das Verzeichnis führt kein Angebot mit dieser Kennung.',
      ),
      faultIf(
        provider !== null && (!isUuid(provider) || !(await this.network.provider(provider))),
        '#/responsible/id',
        'provider-unknown',
        'The directory lists no provider of this id.',
        'Das Verzeichnis führt keinen Leistungserbringer mit dieser Kennung.',
      ),
      faultIf(
        service !== null && provider !== null && service.providerId !== provider,
        '#/serviceId',
        'service-of-other-provider',
        'This service belongs to another provider than the responsible one.',
        'Dieses Angebot gehört zu einem anderen Leistungserbringer als dem verantwortlichen.',
      ),
    ].filter((found) => found !== null);
  }
}

const frameOf = ({ planningMode, horizon, subsidiarityReason }: FrameTerms): PlanFrame => ({
  planningMode,
  horizon,
  subsidiarityReason: subsidiarityReason ?? null,
});

const isUuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
