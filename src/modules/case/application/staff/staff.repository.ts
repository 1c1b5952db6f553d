import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { StaffMember } from '../../domain/staff/staff-member.entity';

@Injectable()
export class StaffRepository extends AggregateRepository<StaffMember> {
  protected readonly type = StaffMember;

  /** The staff record of a user, or null. */
  findBySubject(subject: string): Promise<StaffMember | null> {
    return this.uow.manager.findOneBy(StaffMember, { tenantId: context().tenantId, subject });
  }

  /** Whether somebody is responsible for open cases of other teams than these. */
  async carriesElsewhere(subject: string, teams: readonly string[]): Promise<boolean> {
    const found = await this.uow.one<{ does: boolean }>(
      `select exists (select 1 from cases.case where tenant_id = $1 and responsible = $2 and status <> 'closed'
         and team is not null and team <> all($3::text[])) as does`,
      [context().tenantId, subject, teams],
    );
    return found!.does;
  }
}
