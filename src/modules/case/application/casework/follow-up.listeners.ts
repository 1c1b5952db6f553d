import { addDays } from '../../../../shared/domain/days';
import { localDay } from '../../../../shared/domain/local-day';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import {
  ClientInformedOfException,
  ConsentExceptionConfirmed,
  ConsentExceptionEnded,
  ConsentExceptionInvoked,
} from '../../../consent/events';
import { ReferralMoved, ReviewHeld, ReviewScheduled } from '../../../service-plan/events';
import { ownerOf } from '../../domain/staff/work-policy.values';
import { DeputyChanged, ResponsibilityHandedOver } from '../../events';
import { CaseReader } from '../case/case.reader';
import { CausedFollowUps } from './caused-follow-ups';
import { FollowUpRepository } from './follow-up.repository';

/** Days after an exception within which the client is to be told of it (CONS-4). */
const INFORM_DAYS = 7;
const WAITING = ['sent', 'waitlisted'];

/** CASE-9: follow-ups of the service plan, and to whom all of them go when others take over. */
@Subscription('case.follow-ups')
export class FollowUpListeners {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly cases: CaseReader,
    private readonly followUps: FollowUpRepository,
    private readonly caused: CausedFollowUps,
  ) {}

  @OnEvent(ReviewScheduled)
  onReviewScheduled({ aggregateId, caseId, dueOn }: ReviewScheduled): Promise<void> {
    return this.caused.arise('plan_review', aggregateId, caseId, () => dueOn);
  }

  @OnEvent(ReviewHeld)
  onReviewHeld({ aggregateId }: ReviewHeld): Promise<void> {
    return this.caused.vanish('plan_review', aggregateId);
  }

  @OnEvent(ReferralMoved)
  async onReferralMoved({ aggregateId, caseId, to, at }: ReferralMoved): Promise<void> {
    if (to === 'sent')
      await this.caused.arise('referral_unanswered', aggregateId, caseId, (days) => addDays(at, days.referralAnswer));
    else if (!WAITING.includes(to)) await this.caused.vanish('referral_unanswered', aggregateId);
  }

  /** CONS-4: a second person has to confirm the exception, and the client to be told of it. */
  @OnEvent(ConsentExceptionInvoked)
  async onExceptionInvoked({ aggregateId, caseId, lapsesAt, validUntil, at }: ConsentExceptionInvoked): Promise<void> {
    await this.caused.arise('exception_unconfirmed', aggregateId, caseId, () => localDay(lapsesAt), {
      // Who relied on it cannot confirm it: it is for who answers for the team.
      assignee: ({ team }, owners) => ownerOf(owners, team),
    });
    await this.caused.arise('exception_client_uninformed', aggregateId, caseId, () => addDays(at, INFORM_DAYS));
    await this.caused.arise('exception_ending', aggregateId, caseId, () => validUntil);
  }

  @OnEvent(ConsentExceptionConfirmed)
  onExceptionConfirmed({ aggregateId }: ConsentExceptionConfirmed): Promise<void> {
    return this.caused.vanish('exception_unconfirmed', aggregateId);
  }

  @OnEvent(ConsentExceptionEnded)
  async onExceptionEnded({ aggregateId }: ConsentExceptionEnded): Promise<void> {
    await this.caused.vanish('exception_unconfirmed', aggregateId);
    await this.caused.vanish('exception_ending', aggregateId);
  }

  @OnEvent(ClientInformedOfException)
  onClientInformed({ aggregateId }: ClientInformedOfException): Promise<void> {
    return this.caused.vanish('exception_client_uninformed', aggregateId);
  }

  /** CASE-7: what is open goes to the case manager who is responsible now. */
  @OnEvent(ResponsibilityHandedOver)
  async onHandedOver({ caseId, from, to }: ResponsibilityHandedOver): Promise<void> {
    await this.uow.run(async () => this.followUps.handOver(caseId, from, to));
  }

  /** CASE-7: what a deputy of before had left to do goes to the responsible case manager. */
  @OnEvent(DeputyChanged)
  async onDeputyChanged({ caseId, from }: DeputyChanged): Promise<void> {
    if (from === null) return;
    await this.uow.run(async () => {
      const facts = await this.cases.find(caseId);
      if (facts && facts.deputy !== from) this.followUps.handOver(caseId, from, facts.responsible);
    });
  }
}
