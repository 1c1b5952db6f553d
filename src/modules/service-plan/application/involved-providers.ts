import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';

/** Which providers have a part in a case through its referrals, as far as consent still lets them. */
@Injectable()
export class InvolvedProviders {
  constructor(private readonly uow: UnitOfWork) {}

  /** Whether a referral of the case was sent to the provider, and it may still see it. */
  async isAddressed(caseId: string, providerId: string): Promise<boolean> {
    const rows = await this.uow.query(
      `select 1 from service_plan.referral where tenant_id = $1 and case_id = $2 and provider_id = $3
       and sent_at is not null and access_ended_at is null limit 1`,
      [context().tenantId, caseId, providerId],
    );
    return rows.length > 0;
  }

  /** The providers whose help had begun. */
  async helping(caseId: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select distinct provider_id as id from service_plan.referral where tenant_id = $1 and case_id = $2
       and state in ('started', 'completed', 'discontinued') and access_ended_at is null order by 1`,
      [context().tenantId, caseId],
    );
    return rows.map(({ id }) => id);
  }
}
