import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Daily, type DailyJob } from '../../../../shared/operation/daily-jobs';
import { CaseReader } from '../../../case';
import { ConsentReader, type Outflow } from '../../../consent';
import type { Referral } from '../../domain/referral/referral.entity';
import { ReferralRepository } from './referral.repository';

/** What a referral passes on, as the consent module is asked about it. */
export const outflowOf = (
  { caseId, providerId, categories }: Pick<Referral, 'caseId' | 'providerId' | 'categories'>,
  personId: string,
): Outflow => ({
  caseId,
  recipient: { kind: 'organisation', id: providerId },
  categories,
  purpose: 'referral',
  personId,
});

/**
 * CONS-7: the access of a provider ends with the last day of the release. Where another release covers all that was
 * passed, it carries the access on: from the moment it is given, or from the day it begins.
 */
@Injectable()
@Daily('service-plan.referral-access')
export class ReferralAccess implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly referrals: ReferralRepository,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
  ) {}

  async run(today: string): Promise<void> {
    const lapsed = await this.uow.query<{ id: string }>(
      `select distinct case_id as id from service_plan.referral
       where tenant_id = $1 and sent_at is not null and access_ended_at is null and access_until < $2 order by 1`,
      [context().tenantId, today],
    );
    for (const { id } of lapsed) await this.carryOn(id);
  }

  /** Lets every referral of the case rely on the release that carries it longest. */
  carryOn(caseId: string): Promise<void> {
    return this.uow.run(async () => {
      await this.uow.lock();
      const sent = await this.uow.query<{ id: string }>(
        `select id from service_plan.referral where tenant_id = $1 and case_id = $2 and sent_at is not null
           and access_ended_at is null and access_until is not null order by id for update`,
        [context().tenantId, caseId],
      );
      const personId = sent.length > 0 ? (await this.cases.find(caseId))?.personId : undefined;
      if (personId === undefined) return;
      for (const { id } of sent) {
        const referral = await this.referrals.get(id);
        const verdict = await this.consents.check(outflowOf(referral, personId));
        if (!verdict.allowed || !referral.gainsFrom(verdict)) continue;
        referral.relyOn(verdict);
        this.referrals.store(referral);
      }
    });
  }
}
