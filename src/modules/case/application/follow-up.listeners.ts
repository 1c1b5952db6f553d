import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import type { Stamp } from '../../../shared/domain/aggregate-root';
import { Clock } from '../../../shared/domain/clock';
import { OnEvent, Subscription } from '../../../shared/events/on-event';
import {
  ClientInformedOfException,
  ConsentExceptionConfirmed,
  ConsentExceptionEnded,
  ConsentExceptionInvoked,
} from '../../consent/events';
import { ReferralMoved, ReviewHeld, ReviewScheduled } from '../../service-plan/events';
import { FollowUp } from '../domain/follow-up.entity';
import type { FollowUpCause } from '../domain/intake.words';
import { ResponsibilityHandedOver } from '../events';
import { CaseReader } from './case.reader';
import { FollowUpRepository } from './follow-up.repository';

/** How long a provider may take to answer a referral before somebody should ask, in days. */
const ANSWER_DAYS = 14;
/** Days after an exception within which the client is to be told of it (CONS-4). */
const INFORM_DAYS = 7;
const WAITING = ['sent', 'waitlisted'];

/** CASE-9: follow-ups that events make, and that close themselves when their cause is gone. */
@Subscription('case.follow-ups')
export class FollowUpListeners {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: CaseReader,
    private readonly followUps: FollowUpRepository,
  ) {}

  @OnEvent(ReviewScheduled)
  async onReviewScheduled({ aggregateId, caseId, dueOn }: ReviewScheduled): Promise<void> {
    await this.arise('plan_review', aggregateId, caseId, dueOn);
  }

  @OnEvent(ReviewHeld)
  async onReviewHeld({ aggregateId }: ReviewHeld): Promise<void> {
    await this.vanish('plan_review', aggregateId);
  }

  @OnEvent(ReferralMoved)
  async onReferralMoved({ aggregateId, caseId, to, at }: ReferralMoved): Promise<void> {
    if (to === 'sent') await this.arise('referral_unanswered', aggregateId, caseId, daysAfter(at, ANSWER_DAYS));
    else if (!WAITING.includes(to)) await this.vanish('referral_unanswered', aggregateId);
  }

  /** CONS-4: a second person has to confirm the exception, and the client to be told of it. */
  @OnEvent(ConsentExceptionInvoked)
  async onExceptionInvoked({ aggregateId, caseId, lapsesAt, at }: ConsentExceptionInvoked): Promise<void> {
    await this.arise('exception_unconfirmed', aggregateId, caseId, lapsesAt.slice(0, 10));
    await this.arise('exception_client_uninformed', aggregateId, caseId, daysAfter(at, INFORM_DAYS));
  }

  @OnEvent(ConsentExceptionConfirmed)
  async onExceptionConfirmed({ aggregateId }: ConsentExceptionConfirmed): Promise<void> {
    await this.vanish('exception_unconfirmed', aggregateId);
  }

  @OnEvent(ConsentExceptionEnded)
  async onExceptionEnded({ aggregateId }: ConsentExceptionEnded): Promise<void> {
    await this.vanish('exception_unconfirmed', aggregateId);
  }

  @OnEvent(ClientInformedOfException)
  async onClientInformed({ aggregateId }: ClientInformedOfException): Promise<void> {
    await this.vanish('exception_client_uninformed', aggregateId);
  }

  /** CASE-7: what is open goes to the case manager who is responsible now. */
  @OnEvent(ResponsibilityHandedOver)
  async onHandedOver({ caseId, from, to }: ResponsibilityHandedOver): Promise<void> {
    await this.uow.run(async () => this.followUps.handOver(caseId, from, to));
  }

  private arise(cause: FollowUpCause, reference: string, caseId: string, dueOn: string): Promise<void> {
    return this.uow.run(async () => {
      const open = await this.followUps.openFor(cause, reference);
      if (open) {
        open.follow(dueOn, this.stamp());
        return this.followUps.store(open);
      }
      const facts = await this.cases.find(caseId);
      if (!facts) return;
      this.followUps.store(
        FollowUp.because({ caseId, assignee: facts.responsible, dueOn, cause, reference }, this.stamp()),
      );
    });
  }

  private vanish(cause: FollowUpCause, reference: string): Promise<void> {
    return this.uow.run(async () => {
      const open = await this.followUps.openFor(cause, reference);
      if (!open) return;
      open.close(this.stamp());
      this.followUps.store(open);
    });
  }

  private stamp(): Stamp {
    return { by: context().user!.subject, at: this.clock.now() };
  }
}

const daysAfter = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10);
