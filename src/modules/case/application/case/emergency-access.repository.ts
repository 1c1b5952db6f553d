import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { EmergencyAccess } from '../../domain/case/emergency-access.entity';
import { EMERGENCY_MINUTES } from '../../domain/case/emergency.words';

@Injectable()
export class EmergencyAccessRepository extends AggregateRepository<EmergencyAccess> {
  protected readonly type = EmergencyAccess;

  /** Somebody asks for a case once at a time. Until the end of the unit. */
  async lockFor(caseId: string, subject: string): Promise<void> {
    await this.uow.lock();
    await this.uow.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [
      `emergency ${context().tenantId} ${caseId} ${subject}`,
    ]);
  }

  /** Whether the case is protected; held until the end of the unit. */
  async isProtected(caseId: string): Promise<boolean> {
    const [found] = await this.uow.query<{ protected: boolean }>(
      `select protection is not null as protected from cases.case where tenant_id = $1 and id = $2 for share`,
      [context().tenantId, caseId],
    );
    return found?.protected ?? false;
  }

  /** What somebody asked for in a case and is open now, or still waits for approval; null where there is nothing. */
  async standing(caseId: string, subject: string, at: string): Promise<{ id: string; untilAt: Date | null } | null> {
    const [found] = await this.uow.query<{ id: string; untilAt: Date | null }>(
      `select id, until_at as "untilAt" from cases.emergency_access where tenant_id = $1 and case_id = $2 and subject = $3
         and (until_at > $4 or (until_at is null and requested_at > $4::timestamptz - interval '${EMERGENCY_MINUTES} minutes'))
       limit 1`,
      [context().tenantId, caseId, subject, at],
    );
    return found ?? null;
  }

  /** Those whose review is overdue and was not reported yet. */
  async unreported(today: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from cases.emergency_access where tenant_id = $1 and review is null and review_due_on < $2::date
         and overdue_on is null order by review_due_on, id`,
      [context().tenantId, today],
    );
    return rows.map(({ id }) => id);
  }
}
