import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { addDays } from '../../../../shared/domain/days';
import { Daily, type DailyJob } from '../../../../shared/operation/daily-jobs';
import { ReviewService } from './review.service';

/** Days until a review is due that missing progress has triggered. */
const DUE_IN_DAYS = 7;

/** PLAN-6: plans without progress for the weeks set are to be reviewed. A daily job, once per organisation. */
@Injectable()
@Daily('service-plan.review-trigger')
export class ReviewTrigger implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reviews: ReviewService,
  ) {}

  /**
   * Makes a review due in seven days for every watched plan of the organisation of the context in force that has shown
   * no progress for its number of weeks and has none due by then: a later one is brought forward, otherwise one is set.
   * Running it again the same day changes nothing. Answers how many were set. `today` is YYYY-MM-DD.
   */
  run(today: string): Promise<number> {
    const dueOn = addDays(today, DUE_IN_DAYS);
    const { tenantId } = context();
    return this.uow.run(async () => {
      await this.uow.lock();
      // Two runs at the same time take turns; the later one sees the reviews of the earlier one.
      await this.uow.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `service-plan.review-trigger:${tenantId}`,
      ]);
      const plans = await this.uow.query<{ planId: string; caseId: string }>(
        `select w.id as "planId", w.case_id as "caseId" from service_plan.progress_watch w
         where w.tenant_id = $1 and w.state = 'watching' and w.quiet_since < $2::date - w.weeks * 7
           and not exists (select 1 from service_plan.review r where r.tenant_id = w.tenant_id and r.plan_id = w.id
             and r.status = 'planned' and r.due_on <= $3)
         order by w.id`,
        [tenantId, today, dueOn],
      );
      for (const plan of plans) await this.reviews.due(plan, dueOn, 'no_progress');
      return plans.length;
    });
  }
}
