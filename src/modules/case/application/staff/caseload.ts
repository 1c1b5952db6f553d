import { Injectable } from '@nestjs/common';
import { relationshipsFor } from '../../../../shared/auth/policies';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import type { Warning } from '../../../../shared/http/answer';
import { caseRules } from '../../domain/case/case.refusals';
import { DEFAULT_POLICY } from '../../domain/staff/work-policy.values';

/**
 * SQL of what a case manager carries: one row of limit, limitOf, load, cases, band and weights. `subject` and `tenant` are
 * SQL expressions. CASE-7: suspended cases count in full, because they come back on their resubmission date without
 * anybody being asked.
 */
export function caseloadOf(subject: string, tenant: string, add: Parameters['add']): string {
  const { caseloadLimit, weights, bands } = DEFAULT_POLICY;
  // The collation is that of the index on the case.
  return `
    select o.*, k.*, (select b->>'band' from jsonb_array_elements(o.bands) with ordinality t(b, i)
      where b->>'upToPercent' is null or k.load * 100 <= (b->>'upToPercent')::int * o."limit" order by i limit 1) as band
    from (select ${tenant}::uuid as tenant_id) t
    left join cases.work_policy p on p.tenant_id = t.tenant_id
    left join cases.staff_member s on s.tenant_id = t.tenant_id and s.subject = ${subject}
    cross join lateral (select coalesce(s.caseload_limit, p.caseload_limit, ${add(caseloadLimit)}::int) as "limit",
      case when s.caseload_limit is null then 'organisation' else 'person' end as "limitOf",
      coalesce(p.weights, ${add(weights)}::int[]) as weights, coalesce(p.bands, ${add(JSON.stringify(bands))}::jsonb) as bands) o
    cross join lateral (select coalesce(sum(o.weights[c.intensity]), 0)::int as load, count(*)::int as cases from cases.case c
      where c.tenant_id = ${tenant} and c.responsible = ${subject} collate "default" and c.status <> 'closed') k`;
}

/** What is left of a caseload while cases are assigned in one unit of work; locked until it ends. */
export class Room {
  constructor(
    private readonly limit: number,
    private load: number,
    private readonly weights: readonly number[],
  ) {}

  /**
   * Takes a case of that intensity (in place of one of `before`). Refuses when the limit would be exceeded, unless
   * somebody who may assign gave a reason. Answers the reason where the limit is exceeded with it, null where there is room.
   */
  take(intensity: number, overLimitReason: string | undefined, before?: number): string | null {
    const weight = this.weigh(intensity) - (before === undefined ? 0 : this.weigh(before));
    const { limit, load } = this;
    const over = weight > 0 && load + weight > limit;
    if (over && !(overLimitReason && mayAssign())) throw caseRules.broken('caseload-exceeded', { limit, load, weight });
    this.load += weight;
    return over ? overLimitReason! : null;
  }

  private weigh(intensity: number): number {
    return this.weights[intensity - 1]!;
  }
}

/** CASE-7: keeps case managers within what they may carry, and looks at their qualification. */
@Injectable()
export class Caseload {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Holds a lock on the subject until the unit of work ends, so that two assignments at once cannot both slip under the limit. */
  async roomOf(subject: string): Promise<Room> {
    const { tenantId } = context();
    await this.uow.lock();
    await this.uow.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [`caseload ${tenantId} ${subject}`]);
    const p = new Parameters();
    const found = await this.uow.one<{ limit: number; load: number; weights: number[] }>(
      caseloadOf(`${p.add(subject)}::text`, p.add(tenantId), p.add),
      p.values,
    );
    const { limit, load, weights } = found!;
    return new Room(limit, load, weights);
  }

  /** Room for one case; see `Room.take`. */
  async makeRoom(
    subject: string,
    intensity: number,
    overLimitReason: string | undefined,
    before?: number,
  ): Promise<string | null> {
    return (await this.roomOf(subject)).take(intensity, overLimitReason, before);
  }

  /** CASE-7: what stands against the qualification of a case manager today. */
  async qualificationWarnings(subject: string): Promise<Warning[]> {
    const staff = await this.uow.one<{ validUntil: string | null; qualified: boolean }>(
      `select qualification is not null as qualified, qualification->>'validUntil' as "validUntil"
       from cases.staff_member where tenant_id = $1 and subject = $2`,
      [context().tenantId, subject],
    );
    if (!staff?.qualified)
      return [
        {
          code: 'qualification-missing',
          detail: {
            en: 'No case management qualification of the responsible case manager is on record. Ask the team lead to record it (PUT /v1/staff/{subject}).',
            de: 'Für die Fallführung ist keine Qualifikation im Case Management erfasst. Bitten Sie die Teamleitung, sie nachzutragen (PUT /v1/staff/{subject}).',
          },
        },
      ];
    if (staff.validUntil !== null && staff.validUntil < this.clock.today())
      return [
        {
          code: 'qualification-expired',
          detail: {
            en: `The case management qualification of the responsible case manager ended on ${staff.validUntil}. Ask the team lead to record its renewal (PUT /v1/staff/{subject}).`,
            de: `Die Qualifikation der Fallführung im Case Management galt bis ${staff.validUntil}. Bitten Sie die Teamleitung, die Verlängerung einzutragen (PUT /v1/staff/{subject}).`,
          },
        },
      ];
    return [];
  }
}

/** Whether the user may assign cases to others and beyond the limit (team lead, head of the organisation). */
export const mayAssign = (): boolean => relationshipsFor(context().user!, 'case:assign').length > 0;
