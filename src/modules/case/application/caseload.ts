import { Injectable } from '@nestjs/common';
import { relationshipsFor } from '../../../shared/auth/policies';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import type { Warning } from '../../../shared/http/answer';
import { caseRules } from '../domain/case.refusals';
import { DEFAULT_CASELOAD_LIMIT } from '../domain/intake.words';

/** What a case manager carries: `load` is the sum of intensities of `cases` not yet closed, against `limit`. */
export type CaseloadFigures = { subject: string; limit: number; load: number; cases: number };

/**
 * CASE-7: how much a case manager carries and may carry. Suspended cases count in full, because they come back on
 * their resubmission date without anybody being asked.
 */
@Injectable()
export class Caseload {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async of(subject: string): Promise<CaseloadFigures> {
    const [row] = await this.uow.query<{ limit: number; load: number; cases: number }>(
      `select coalesce((select s.caseload_limit from cases.staff_member s where s.tenant_id = $1 and s.subject = $2), $3::int) as limit,
         coalesce(sum(c.intensity), 0)::int as load, count(*)::int as cases
       from cases.case c where c.tenant_id = $1 and c.responsible = $2 and c.status <> 'closed'`,
      [context().tenantId, subject, DEFAULT_CASELOAD_LIMIT],
    );
    return { subject, ...row! };
  }

  /**
   * Refuses when `weight` more would exceed the limit of `subject`, unless somebody who may assign gave a reason. Holds a lock on
   * the subject until the unit of work ends, so that two assignments at once cannot both slip under the limit.
   * Answers the reason where the limit is exceeded with it, null where there is room.
   */
  async makeRoom(subject: string, weight: number, overLimitReason: string | undefined): Promise<string | null> {
    await this.uow.lock();
    await this.uow.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [
      `caseload ${context().tenantId} ${subject}`,
    ]);
    const { limit, load } = await this.of(subject);
    if (load + weight <= limit) return null;
    if (overLimitReason && mayAssign()) return overLimitReason;
    throw caseRules.broken('caseload-exceeded', { limit, load, weight });
  }

  /** CASE-7: what stands against the qualification of a case manager today. */
  async qualificationWarnings(subject: string): Promise<Warning[]> {
    const [staff] = await this.uow.query<{ validUntil: string | null; qualified: boolean }>(
      `select qualification is not null as qualified, qualification->>'validUntil' as "validUntil"
       from cases.staff_member where tenant_id = $1 and subject = $2`,
      [context().tenantId, subject],
    );
    if (!staff?.qualified)
      return [
        {
          code: 'qualification-missing',
          detail:
            'No case management qualification of the responsible case manager is on record. Record it in the staff record.',
        },
      ];
    if (staff.validUntil !== null && staff.validUntil < this.clock.today())
      return [
        {
          code: 'qualification-expired',
          detail: `The case management qualification of the responsible case manager ended on ${staff.validUntil}. Record its renewal.`,
        },
      ];
    return [];
  }
}

/** Whether the user may assign cases to others and beyond the limit (team lead, head of the organisation). */
export const mayAssign = (): boolean => relationshipsFor(context().user!, 'case:assign').length > 0;
