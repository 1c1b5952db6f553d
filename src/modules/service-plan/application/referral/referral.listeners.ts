import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { CaseReader } from '../../../case';
import { ConsentReader } from '../../../consent';
import {
  ClientInformedOfException,
  ConsentExceptionConfirmed,
  ConsentExceptionEnded,
  ConsentGiven,
  ConsentWithdrawn,
} from '../../../consent/events';
import { ReferralAccess, outflowOf } from './referral-access';
import { ReferralCourseService } from './referral-course.service';
import { ReferralRepository } from './referral.repository';

/** CONS-2, CONS-7: what was sent on a consent stops with it, and goes on with a newer one. */
@Subscription('service-plan.consent')
export class ReferralConsentListener {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly referrals: ReferralRepository,
    private readonly course: ReferralCourseService,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
    private readonly access: ReferralAccess,
  ) {}

  /** A newer release may carry on what would close, or has closed, with the one before. */
  @OnEvent(ConsentGiven)
  async carryOn({ caseId, kind }: ConsentGiven): Promise<void> {
    if (kind !== 'data_processing') await this.access.carryOn(caseId);
  }

  /** CONS-4: confirmed, an exception carries what it opened to its end. */
  @OnEvent(ConsentExceptionConfirmed)
  async exceptionConfirmed({ caseId }: ConsentExceptionConfirmed): Promise<void> {
    await this.access.carryOn(caseId);
  }

  /** CONS-4: told of the exception, the client sees what went out on it and what came of it. */
  @OnEvent(ClientInformedOfException)
  async reveal({ aggregateId, caseId, informed }: ClientInformedOfException): Promise<void> {
    if (!informed) return;
    const hidden = await this.uow.query<{ id: string }>(
      `select id from service_plan.referral where tenant_id = $1 and case_id = $2 and concealed_by = $3
       order by id for update`,
      [context().tenantId, caseId, aggregateId],
    );
    for (const { id } of hidden) {
      await this.course.reveal(await this.referrals.get(id));
      // Two referrals may serve measures of one plan.
      await this.uow.flush();
    }
  }

  /** CONS-4: what relied on an exception stops with it, unless something else carries it by now. */
  @OnEvent(ConsentExceptionEnded)
  async exceptionEnded({ aggregateId, caseId }: ConsentExceptionEnded): Promise<void> {
    const relying = await this.uow.query<{ id: string }>(
      `select id from service_plan.referral where tenant_id = $1 and case_id = $2 and consent_id = $3
         and sent_at is not null and access_ended_at is null order by id for update`,
      [context().tenantId, caseId, aggregateId],
    );
    const client = (await this.cases.find(caseId))?.personId;
    if (relying.length === 0 || client === undefined) return;
    for (const { id } of relying) {
      const referral = await this.referrals.get(id);
      const verdict = await this.consents.check(outflowOf(referral, client));
      if (verdict.allowed) {
        referral.relyOn(verdict);
        this.referrals.store(referral);
      } else await this.course.loseCarrier(referral, 'exception_ended');
      await this.uow.flush();
    }
  }

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
      if (event.kind === 'participation' && !clientLeft) continue;
      const verdict = await this.consents.check(outflowOf(referral, client));
      const stops = !verdict.allowed || referral.reliesOn(event.aggregateId, event);
      if (stops) await this.course.loseCarrier(referral, 'consent_withdrawn');
      // Without participation releases carry nothing: an exception that covers it all goes on alone (CONS-4).
      else if (clientLeft) {
        referral.relyOn(verdict);
        this.referrals.store(referral);
      }
      // Two referrals may serve measures of one plan: the next one must read what this one wrote.
      await this.uow.flush();
    }
  }
}
