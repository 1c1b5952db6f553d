import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { ReviewQueries } from '../../application/monitoring/review.queries';
import { ReviewService } from '../../application/monitoring/review.service';
import {
  HoldReviewDto,
  OpenReviewsQuery,
  ProgressWatchView,
  RescheduleReviewDto,
  ReviewView,
  ScheduleReviewDto,
  SetProgressWatchDto,
} from './review.dto';

@ApiTags('reviews')
@Controller({ version: '1' })
export class ReviewController {
  constructor(
    private readonly reviews: ReviewService,
    private readonly queries: ReviewQueries,
  ) {}

  @Post('cases/:caseId/reviews')
  @Operation({
    id: 'scheduleReview',
    summary: 'Set a review of an agreed plan that has none to be held',
    description:
      'The review agreed with the plan, the one after each review and the one for lack of progress are set by themselves.',
    rules: ['PLAN-6'],
    scope: 'plan:write',
    creates: 'reviews',
  })
  schedule(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() { planId, dueOn }: ScheduleReviewDto) {
    return this.reviews.schedule(caseId, planId, dueOn);
  }

  @Get('cases/:caseId/reviews')
  @Operation({
    id: 'listReviewsOfCase',
    summary: 'Reviews of a case, latest due first',
    rules: ['PLAN-6'],
    scope: 'plan:read',
    lists: ReviewView,
  })
  ofCase(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: PageQuery) {
    return this.queries.ofCase(caseId, query);
  }

  @Get('reviews')
  @Operation({
    id: 'listOpenReviews',
    summary: 'Reviews still to be held in my cases, earliest due first',
    rules: ['PLAN-6'],
    scope: 'plan:read',
    lists: ReviewView,
  })
  open(@Query() query: OpenReviewsQuery) {
    return this.queries.open(query);
  }

  @Get('reviews/:id')
  @Operation({ id: 'getReview', summary: 'One review', rules: ['PLAN-6'], scope: 'plan:read', answers: ReviewView })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Post('reviews/:id/rescheduling')
  @Operation({
    id: 'rescheduleReview',
    summary: 'Set another day for a review',
    description: 'The days before stay on record.',
    rules: ['PLAN-6'],
    scope: 'plan:write',
    changes: true,
  })
  reschedule(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expected: Expected,
    @Body() { dueOn, reason }: RescheduleReviewDto,
  ) {
    return this.reviews.reschedule(id, expected, dueOn, reason);
  }

  @Post('reviews/:id/holding')
  @Operation({
    id: 'holdReview',
    summary: 'Record the review and set the next one',
    description: 'The final review has the decision evaluate and no next one.',
    rules: ['PLAN-6', 'CASE-6'],
    scope: 'plan:write',
    changes: true,
  })
  hold(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: HoldReviewDto) {
    return this.reviews.hold(id, expected, { ...body, nextDueOn: body.nextDueOn ?? null });
  }

  @Get('service-plans/:planId/progress-watch')
  @Operation({
    id: 'getProgressWatch',
    summary: 'Since when a plan has shown no progress, and when that triggers a review',
    rules: ['PLAN-6'],
    scope: 'plan:read',
    answers: ProgressWatchView,
  })
  watch(@Param('planId', ParseUUIDPipe) planId: string) {
    return this.queries.watch(planId);
  }

  @Put('service-plans/:planId/progress-watch')
  @Operation({
    id: 'setProgressWatch',
    summary: 'Set after how many weeks without progress a plan is reviewed',
    description: 'Eight weeks unless set otherwise.',
    rules: ['PLAN-6'],
    scope: 'plan:write',
    changes: true,
  })
  setWatch(
    @Param('planId', ParseUUIDPipe) planId: string,
    @IfMatch() expected: Expected,
    @Body() { weeks }: SetProgressWatchDto,
  ) {
    return this.reviews.setWatch(planId, expected, weeks);
  }
}
