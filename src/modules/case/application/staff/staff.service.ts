import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Stale } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { type StaffData, StaffMember } from '../../domain/staff/staff-member.entity';
import { staffRules } from '../../domain/staff/staff.refusals';
import { StaffRepository } from './staff.repository';

/** Keeps the staff records (CASE-7, QA-8). */
@Injectable()
export class StaffService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly staff: StaffRepository,
  ) {}

  /** Creates the record when nothing is expected (null), changes it when the caller names what they saw; Stale otherwise. */
  put(subject: string, data: StaffData, expected: Expected | null): Promise<Receipt> {
    return this.uow.run(async () => {
      const stamp = stampBy(this.clock);
      const found = await this.staff.findBySubject(subject);
      const asExpected = expected === '*' ? found !== null : (found?.version ?? null) === expected;
      if (!asExpected) throw new Stale('staff member');
      await this.requireOwnTeam(subject, found?.team ?? null, data.team);
      const member = found ?? StaffMember.employ(subject, data, stamp);
      if (found) member.change(data, stamp);
      this.staff.store(member);
      return Receipt.of(member);
    });
  }

  /** Team leads neither take somebody from another team, nor claim one without a team who carries cases of others. */
  private async requireOwnTeam(subject: string, before: string | null, after: string | null): Promise<void> {
    const { user, relationships } = context();
    if (relationships.includes('organisation')) return;
    const { teams } = user!;
    const foreign = [before, after].some((team) => team !== null && !teams.includes(team));
    if (foreign || (before === null && (await this.staff.carriesElsewhere(subject, teams))))
      throw staffRules.broken('staff-of-other-team', { subject });
  }
}
