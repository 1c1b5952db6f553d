import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { localDay } from '../../../../shared/domain/local-day';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { CaseReader } from '../../../case';
import type { ReviewCause, ReviewResult } from '../../domain/monitoring/review-words';
import { Review } from '../../domain/monitoring/review.entity';
import { rules } from '../../domain/monitoring/review.refusals';
import { notBefore, requireValid } from '../../domain/plan/steering.faults';
import { PlanLookup, requireAgreed } from '../plan/plan-lookup';
import { ProgressWatchRepository } from './progress-watch.repository';
import { ReviewRepository } from './review.repository';

/** PLAN-6: reviews of agreed plans, and after how long without progress one is due. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reviews: ReviewRepository,
    private readonly watches: ProgressWatchRepository,
    private readonly plans: PlanLookup,
    private readonly cases: CaseReader,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  /** Sets a review of a plan that has none to be held. */
  schedule(caseId: string, planId: string, dueOn: string): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.cases.requireActive(caseId);
      requireAgreed(await this.plans.ofCase(planId, caseId));
      const { at } = stampBy(this.clock);
      requireValid([notBefore('#/dueOn', dueOn, localDay(at))]);
      const open = await this.reviews.openOf(planId);
      if (open) throw rules.broken('review-already-open', { reviewId: open.id, dueOn: open.dueOn });
      const review = Review.schedule({ planId, caseId }, dueOn, 'requested', at);
      this.reviews.store(review);
      return Receipt.of(review);
    });
  }

  /** Sets another day for the review, with the reason. */
  reschedule(id: string, expected: Expected, dueOn: string, reason: string): Promise<Receipt> {
    return this.change(id, expected, (review, stamp) => {
      requireValid([notBefore('#/dueOn', dueOn, dayOf(stamp))]);
      review.move(dueOn, 'requested', reason, stamp);
    });
  }

  /** Records the result and sets the next review. */
  hold(id: string, expected: Expected, result: ReviewResult): Promise<Receipt> {
    return this.change(id, expected, (review, stamp) => {
      const next = review.hold(result, stamp);
      if (next) this.reviews.store(next);
    });
  }

  /** Sets after how many weeks without progress the plan is reviewed. */
  setWatch(planId: string, expected: Expected, weeks: number): Promise<Receipt> {
    return this.uow.run(async () => {
      const watch = await this.watches.get(planId);
      await this.access.require(watch.caseId);
      this.watches.requireVersion(watch, expected);
      watch.setWeeks(weeks);
      this.watches.store(watch);
      return Receipt.of(watch);
    });
  }

  /** PLAN-3, PLAN-6: a review of the plan is due on that day: the one to be held is moved, or a first one is set. */
  async due(plan: { planId: string; caseId: string }, dueOn: string, cause: ReviewCause): Promise<void> {
    const stamp = stampBy(this.clock);
    const open = await this.reviews.openOf(plan.planId);
    open?.move(dueOn, cause, null, stamp);
    this.reviews.store(open ?? Review.schedule(plan, dueOn, cause, stamp.at));
  }

  private change(id: string, expected: Expected, change: (review: Review, stamp: Stamp) => void): Promise<Receipt> {
    return this.uow.run(async () => {
      const review = await this.reviews.get(id);
      await this.cases.requireActive(review.caseId);
      this.reviews.requireVersion(review, expected);
      // Stored first: that it was held is told before the next one is announced.
      this.reviews.store(review);
      change(review, stampBy(this.clock));
      return Receipt.of(review);
    });
  }
}
