import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { Review } from '../../domain/monitoring/review.entity';

@Injectable()
export class ReviewRepository extends AggregateRepository<Review> {
  protected readonly type = Review;

  /** The review of the plan that is still to be held, or null. */
  openOf(planId: string): Promise<Review | null> {
    return this.uow.manager.findOneBy(Review, { tenantId: context().tenantId, planId, status: 'planned' });
  }
}
