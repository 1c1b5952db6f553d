import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { ServicePlan } from '../../domain/plan/service-plan.entity';

@Injectable()
export class ServicePlanRepository extends AggregateRepository<ServicePlan> {
  protected readonly type = ServicePlan;

  /** The open plans of a case: one for each person that has one. */
  openOf(caseId: string): Promise<ServicePlan[]> {
    return this.uow.manager.findBy(ServicePlan, { tenantId: context().tenantId, caseId, state: Not('ended') });
  }
}
