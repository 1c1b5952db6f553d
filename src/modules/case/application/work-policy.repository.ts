import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { WorkPolicy } from '../domain/work-policy.entity';

/** The one policy of an organisation, which is there before anybody stored it. */
@Injectable()
export class WorkPolicyRepository extends AggregateRepository<WorkPolicy> {
  protected readonly type = WorkPolicy;

  /** The policy of the organisation, or the starting values at version 0. */
  async current(): Promise<WorkPolicy> {
    const found = await this.uow.manager.findOneBy(WorkPolicy, { tenantId: context().tenantId });
    return found ?? WorkPolicy.initial();
  }
}
