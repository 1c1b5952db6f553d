import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { WorkPolicy } from '../../domain/staff/work-policy.entity';

/** The one policy of an organisation, which is there before anybody stored it. */
@Injectable()
export class WorkPolicyRepository extends AggregateRepository<WorkPolicy> {
  protected readonly type = WorkPolicy;

  /** Whoever changes the policy, or what follows from it, does so one after the other. Needs `uow.lock()`. */
  async hold(): Promise<void> {
    await this.uow.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [`policy ${context().tenantId}`]);
  }

  /** The policy of the organisation, or the starting values at version 0. */
  async current(): Promise<WorkPolicy> {
    const found = await this.uow.manager.findOneBy(WorkPolicy, { tenantId: context().tenantId });
    return found ?? WorkPolicy.initial();
  }
}
