import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { StaffMember } from '../domain/staff-member.entity';

@Injectable()
export class StaffRepository extends AggregateRepository<StaffMember> {
  protected readonly type = StaffMember;

  /** The staff record of a user, or null. */
  findBySubject(subject: string): Promise<StaffMember | null> {
    return this.uow.manager.findOneBy(StaffMember, { tenantId: context().tenantId, subject });
  }

  /** The same, and nobody else can lock or change it until the unit of work ends. */
  async lockBySubject(subject: string): Promise<StaffMember | null> {
    await this.uow.lock();
    return this.uow.manager.findOne(StaffMember, {
      where: { tenantId: context().tenantId, subject },
      lock: { mode: 'pessimistic_write' },
    });
  }
}
