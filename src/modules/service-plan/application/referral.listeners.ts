import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { OnEvent, Subscription } from '../../../shared/events/on-event';
import { CaseReader } from '../../case';
import { ConsentReader } from '../../consent';
import { ConsentWithdrawn } from '../../consent/events';
import type { Referral } from '../domain/referral.entity';
import { ReferralCourseService } from './referral-course.service';
import { ReferralRepository } from './referral.repository';

/** CONS-2: what was sent on a consent stops with it. */
@Subscription('service-plan.consent')
export class ReferralConsentListener {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly referrals: ReferralRepository,
    private readonly course: ReferralCourseService,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
  ) {}

  @OnEvent(ConsentWithdrawn)
  async stopReferrals(event: ConsentWithdrawn): Promise<void> {
    const sent = await this.uow.query<{ id: string }>(
      `select id from service_plan.referral
       where tenant_id = $1 and case_id = $2 and sent_at is not null and access_ended_at is null order by id for update`,
      [context().tenantId, event.caseId],
    );
    const client = (await this.cases.find(event.caseId))?.personId;
    if (sent.length === 0 || client === undefined) return;
    const clientLeft = event.kind === 'participation' && !(await this.consents.participation(event.caseId, client));
    for (const { id } of sent) {
      const referral = await this.referrals.get(id);
      if (!(await this.isStopped(referral, event, client, clientLeft))) continue;
      await this.course.loseConsent(referral);
      // Two referrals may serve measures of one plan: the next one must read what this one wrote.
      await this.uow.flush();
    }
  }

  /** Whether the referral relied on what was withdrawn, or nothing is left that allows it. */
  private async isStopped(
    referral: Referral,
    event: ConsentWithdrawn,
    personId: string,
    clientLeft: boolean,
  ): Promise<boolean> {
    if (event.kind === 'participation') return clientLeft;
    if (referral.reliesOn(event.aggregateId, event)) return true;
    const { caseId, providerId, categories } = referral;
    const verdict = await this.consents.check({
      caseId,
      recipient: { kind: 'organisation', id: providerId },
      categories,
      purpose: 'referral',
      personId,
    });
    return !verdict.allowed;
  }
}
