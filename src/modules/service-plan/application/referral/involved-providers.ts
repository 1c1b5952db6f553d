import { Injectable } from '@nestjs/common';
import { freeCase } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { ConsentConditions } from '../../../consent';

/** Which providers have a part in a case through its referrals, as far as consent still lets them. */
@Injectable()
export class InvolvedProviders {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly consents: ConsentConditions,
    private readonly clock: Clock,
  ) {}

  /**
   * The SQL condition that the provider may still see what a referral (`alias`) passed on: neither withdrawn, declined
   * nor called off (CONS-2), the release has not expired (CONS-7), and it counts at this very moment.
   */
  open(alias: string, add: Parameters['add']): string {
    const today = add(this.clock.today());
    const flow = {
      consentId: `${alias}.consent_id`,
      recipientId: `${alias}.provider_id::text`,
      categories: `${alias}.categories`,
    };
    return `(${alias}.access_ended_at is null and (${alias}.access_until is null or ${alias}.access_until >= ${today}::date)
      and ${this.consents.carried(flow, 'referral', add)})`;
  }

  /**
   * Whether a referral of the case was sent to the provider, and it may still see it; never where the case is restricted.
   * `known`: the client may know of it (CONS-4).
   */
  async isAddressed(caseId: string, providerId: string, { known = false } = {}): Promise<boolean> {
    const p = new Parameters();
    const rows = await this.uow.query(
      `select 1 from service_plan.referral t where t.tenant_id = ${p.add(context().tenantId)} and t.case_id = ${p.add(caseId)}
         and t.provider_id = ${p.add(providerId)} and t.sent_at is not null and ${this.open('t', p.add)}
         and ${freeCase('t.case_id', p.add)}
         ${known ? 'and t.concealed_by is null' : ''} limit 1`,
      p.values,
    );
    return rows.length > 0;
  }

  /** The providers whose help had begun. */
  async helping(caseId: string): Promise<string[]> {
    const p = new Parameters();
    const rows = await this.uow.query<{ id: string }>(
      `select distinct t.provider_id as id from service_plan.referral t where t.tenant_id = ${p.add(context().tenantId)}
         and t.case_id = ${p.add(caseId)} and t.state in ('started', 'completed', 'discontinued') and ${this.open('t', p.add)}
       order by 1`,
      p.values,
    );
    return rows.map(({ id }) => id);
  }
}
