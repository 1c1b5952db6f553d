import { localDay } from '../../../../shared/domain/local-day';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { CaseClosed, CaseReopened, CaseResumed, CaseSuspended, ClosingStarted } from '../../../case/events';
import { ProgressWatch } from '../../domain/monitoring/progress-watch.entity';
import { GoalRated, MonitoringRecorded, PlanAgreed, ReviewHeld } from '../../events';
import { MonitoringRepository } from './monitoring.repository';
import { ProgressWatchRepository } from './progress-watch.repository';
import { ReviewService } from './review.service';

/** PLAN-3, PLAN-6: keeps the review agreed with a plan, and since when nothing has moved. */
@Subscription('service-plan.review')
export class ReviewListener {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly watches: ProgressWatchRepository,
    private readonly monitoring: MonitoringRepository,
    private readonly reviews: ReviewService,
  ) {}

  @OnEvent(PlanAgreed)
  async agreed({ aggregateId: planId, caseId, agreedOn, reviewOn }: PlanAgreed): Promise<void> {
    const watch = (await this.watches.find(planId)) ?? ProgressWatch.of(planId, caseId, agreedOn);
    watch.begin(agreedOn);
    this.watches.store(watch);
    await this.reviews.due({ planId, caseId }, reviewOn, 'plan_agreed');
  }

  @OnEvent(MonitoringRecorded)
  async seen({ aggregateId, planId, on }: MonitoringRecorded): Promise<void> {
    const record = await this.monitoring.find(aggregateId);
    if (record?.showsProgress) await this.change(planId, (watch) => watch.moved(on));
  }

  @OnEvent(GoalRated)
  async rated({ aggregateId, goalId, level, on }: GoalRated): Promise<void> {
    await this.change(aggregateId, (watch) => watch.rated(goalId, level, on));
  }

  @OnEvent(ReviewHeld)
  async reviewed({ planId, final, heldOn }: ReviewHeld): Promise<void> {
    await this.change(planId, (watch) => (final ? watch.end() : watch.moved(heldOn)));
  }

  @OnEvent(ClosingStarted)
  async closing({ caseId }: ClosingStarted): Promise<void> {
    await this.changeOfCase(caseId, (watch) => watch.end());
  }

  @OnEvent(CaseSuspended)
  async suspended({ caseId }: CaseSuspended): Promise<void> {
    await this.changeOfCase(caseId, (watch) => watch.pause());
  }

  @OnEvent(CaseResumed)
  async resumed({ caseId, at }: CaseResumed): Promise<void> {
    await this.changeOfCase(caseId, (watch) => watch.resume(localDay(at)));
  }

  @OnEvent(CaseClosed)
  async closed({ caseId }: CaseClosed): Promise<void> {
    await this.changeOfCase(caseId, (watch) => watch.pause());
  }

  @OnEvent(CaseReopened)
  async reopened({ caseId, at }: CaseReopened): Promise<void> {
    await this.changeOfCase(caseId, (watch) => watch.resume(localDay(at)));
  }

  private async change(planId: string, change: (watch: ProgressWatch) => void): Promise<void> {
    const watch = await this.watches.find(planId);
    if (!watch) return;
    change(watch);
    this.watches.store(watch);
  }

  private async changeOfCase(caseId: string, change: (watch: ProgressWatch) => void): Promise<void> {
    const plans = await this.uow.query<{ id: string }>(
      'select id from service_plan.progress_watch where tenant_id = $1 and case_id = $2 order by id',
      [context().tenantId, caseId],
    );
    for (const { id } of plans) await this.change(id, change);
  }
}
