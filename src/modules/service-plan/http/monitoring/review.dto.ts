import { Transform } from 'class-transformer';
import {
  Bool,
  Instant,
  Int,
  IsoDate,
  LongText,
  NestedList,
  OneOf,
  Text,
  TextList,
  Uuid,
} from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';
import {
  REVIEW_CAUSES,
  REVIEW_DECISIONS,
  REVIEW_STATUS,
  type ReviewResult,
  WATCH_STATES,
} from '../../domain/monitoring/review-words';

export class ScheduleReviewDto {
  @Uuid() planId: string;
  @IsoDate({ example: '2026-04-01' }) dueOn: string;
}

export class RescheduleReviewDto {
  @IsoDate({ example: '2026-04-01' }) dueOn: string;
  @Text({ max: 1000, example: 'The client is away for rehabilitation' }) reason: string;
}

export class HoldReviewDto {
  @IsoDate() heldOn: string;
  @TextList({ min: 1, example: ['Mr X', 'Miss CM'] }) participants: string[];
  @LongText({ description: 'What was found, with the client’s own view' }) findings: string;
  @OneOf(REVIEW_DECISIONS, {
    name: 'ReviewDecision',
    description: 'evaluate after the final review, and only then',
    example: 'continue',
  })
  decision: ReviewResult['decision'];
  @Bool({ description: 'The final review opens the way to the evaluation', example: false }) final: boolean;
  @IsoDate({
    optional: true,
    description: 'Day of the next review; needed unless this was the final one',
    example: '2026-09-01',
  })
  nextDueOn?: string;
}

export class OpenReviewsQuery extends PageQuery {
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)))
  @Bool({ optional: true, description: 'Only those whose day has passed' })
  overdue?: boolean;
}

export class SetProgressWatchDto {
  @Int({ min: 1, max: 52, description: 'Weeks without progress after which the plan is reviewed', example: 6 })
  weeks: number;
}

/** From which day to which a review was moved. */
export class ReviewMoveView {
  @IsoDate() from: string;
  @IsoDate() to: string;
  @OneOf(REVIEW_CAUSES, { name: 'ReviewCause' }) cause: string;
  @Text({ max: 1000, nullable: true }) reason: string | null;
  @Text() by: string;
  @Instant() at: string;
}

export class ReviewView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() caseId: string;
  @Uuid() planId: string;
  @IsoDate() dueOn: string;
  @OneOf(REVIEW_CAUSES, { name: 'ReviewCause', description: 'Why it is due' }) cause: string;
  @NestedList(() => ReviewMoveView, { max: 1000, description: 'Other days it was set for before' })
  moves: ReviewMoveView[];
  @OneOf(REVIEW_STATUS, { name: 'ReviewStatus' }) status: string;
  @Bool({ description: 'Its day has passed and it was not held' }) overdue: boolean;
  @IsoDate({ nullable: true }) heldOn: string | null;
  @TextList() participants: string[];
  @LongText({ nullable: true }) findings: string | null;
  @Text({ nullable: true, description: 'continue, adjust, replan, reassess, conference or evaluate' }) decision:
    string | null;
  @Bool() final: boolean;
  @Text({ nullable: true }) recordedBy: string | null;
}

/** Since when a plan has shown no progress. */
export class ProgressWatchView {
  @Uuid({ description: 'The plan' }) id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() caseId: string;
  @Int({ min: 1, max: 52 }) weeks: number;
  @OneOf(WATCH_STATES, {
    name: 'ProgressWatchState',
    description: 'paused while the case rests; ended with the final review or the closing',
  })
  state: string;
  @IsoDate({ description: 'Day of the last progress, review or agreement' }) quietSince: string;
}
