import { Injectable } from '@nestjs/common';
import { freeCase } from '../../../shared/auth/restriction';
import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';

/**
 * The SQL condition that the provider may still see what a referral (`alias`) passed on: neither withdrawn, declined
 * nor called off (CONS-2), and the release has not expired on the day `today` (CONS-7).
 */
export const openToProvider = (alias: string, today: string): string =>
  `(${alias}.access_ended_at is null and (${alias}.access_until is null or ${alias}.access_until >= ${today}::date))`;

/** Which providers have a part in a case through its referrals, as far as consent still lets them. */
@Injectable()
export class InvolvedProviders {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Whether a referral of the case was sent to the provider, and it may still see it; never where the case is restricted. */
  async isAddressed(caseId: string, providerId: string): Promise<boolean> {
    const p = new Parameters();
    const rows = await this.uow.query(
      `select 1 from service_plan.referral t where t.tenant_id = ${p.add(context().tenantId)}
       and t.case_id = ${p.add(caseId)} and t.provider_id = ${p.add(providerId)} and t.sent_at is not null
       and ${openToProvider('t', p.add(this.clock.today()))} and ${freeCase('t.case_id', p.add)} limit 1`,
      p.values,
    );
    return rows.length > 0;
  }

  /** The providers whose help had begun. */
  async helping(caseId: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select distinct t.provider_id as id from service_plan.referral t where t.tenant_id = $1 and t.case_id = $2
       and t.state in ('started', 'completed', 'discontinued') and ${openToProvider('t', '$3')} order by 1`,
      [context().tenantId, caseId, this.clock.today()],
    );
    return rows.map(({ id }) => id);
  }
}
