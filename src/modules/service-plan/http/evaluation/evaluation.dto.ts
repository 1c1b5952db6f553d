import {
  Bool,
  Instant,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  Num,
  OneOf,
  Text,
  Uuid,
} from '../../../../shared/http/fields';
import { EVALUATION_SIDES, type EvaluationSide } from '../../domain/evaluation/evaluation-words';

const GRADE = { min: 0, max: 4 };
const NONE = 'Say "none" where there is none';

export class OpenEvaluationDto {
  @Uuid({ description: 'The service plan that is evaluated' }) planId: string;
}

export class RateEvaluationDto {
  @OneOf(EVALUATION_SIDES, { name: 'EvaluationSide', example: 'client' }) side: EvaluationSide;
  @Uuid({ optional: true, description: 'For the side provider: which one; your own when left out' })
  providerId?: string;
  @Int({ ...GRADE, description: 'How far the goals were reached, 0 (not at all) to 4 (fully)', example: 3 })
  goalsReached: number;
  @Int({ ...GRADE, description: 'How satisfied, 0 (not at all) to 4 (fully)', example: 4 }) satisfaction: number;
  @Bool({ description: 'Whether the help worked', example: true }) helpEffective: boolean;
  @Bool({ description: 'Whether it is still needed', example: false }) stillNeeded: boolean;
  @LongText({ max: 2000, optional: true, description: 'Other help that is needed' }) otherHelpNeeded?: string;
  @LongText({ max: 5000, optional: true }) comment?: string;
  @Text({
    max: 500,
    optional: true,
    description: 'How the rating of another was obtained, where the case manager enters it',
    example: 'In the talk of 3 September, read back and confirmed',
  })
  onBehalf?: string;
}

export class ExplainMissingRatingDto {
  @OneOf(EVALUATION_SIDES, { name: 'EvaluationSide', example: 'provider' }) side: EvaluationSide;
  @Uuid({ optional: true, description: 'For the side provider: which one' }) providerId?: string;
  @LongText({ max: 2000, example: 'Did not answer in spite of two reminders' }) reason: string;
}

export class EffortDto {
  @Int({ min: 0, max: 100_000_000, example: 1860 }) minutes: number;
  @Int({ min: 0, max: 2_000_000_000, description: 'Euro cents', example: 48000 }) costCents: number;
}

export class DescribeEvaluationDto {
  @LongText({ optional: true, nullable: true, example: 'Walks and works from home for some hours a day' })
  whatChanged?: string | null;
  @LongText({ optional: true, nullable: true, description: NONE }) aftercare?: string | null;
  @LongText({
    optional: true,
    nullable: true,
    description: `What goes over to regular services and people around the client. ${NONE}`,
  })
  handoverToRegular?: string | null;
  @LongText({ optional: true, nullable: true, description: NONE }) lessonsForNetwork?: string | null;
  @IsoDate({
    optional: true,
    nullable: true,
    description: 'Day of the evaluation appointment with the client',
    example: '2026-09-03',
  })
  appointmentOn?: string | null;
  @LongText({
    max: 2000,
    optional: true,
    nullable: true,
    description: 'Why the appointment that was offered did not take place',
  })
  appointmentNotHeldReason?: string | null;
  @Nested(() => EffortDto, { optional: true, nullable: true, description: 'Given instead of the sum of the journal' })
  effort?: EffortDto | null;
}

/** An evaluation in a list. */
export class EvaluationRow {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() caseId: string;
  @Uuid() planId: string;
  @OneOf(['open', 'recorded'], { name: 'EvaluationStatus' }) status: string;
  @IsoDate({ nullable: true }) appointmentOn: string | null;
  @Num({
    min: -100,
    max: 200,
    nullable: true,
    description: 'Goal attainment T-score when it was recorded (PLAN-7)',
    example: 56.2,
  })
  tScore: number | null;
  @Instant({ nullable: true }) recordedAt: string | null;
}

export class EvaluationRatingView {
  @OneOf(EVALUATION_SIDES, { name: 'EvaluationSide' }) side: string;
  @Uuid({ nullable: true }) providerId: string | null;
  @Int(GRADE) goalsReached: number;
  @Int(GRADE) satisfaction: number;
  @Bool() helpEffective: boolean;
  @Bool() stillNeeded: boolean;
  @LongText({ max: 2000, nullable: true }) otherHelpNeeded: string | null;
  @LongText({ max: 5000, nullable: true }) comment: string | null;
  @Text({ max: 500, nullable: true }) onBehalf: string | null;
  @Text() recordedBy: string;
  @Instant() at: string;
}

export class MissingRatingView {
  @OneOf(EVALUATION_SIDES, { name: 'EvaluationSide' }) side: string;
  @Uuid({ nullable: true }) providerId: string | null;
  @LongText({ max: 2000 }) reason: string;
  @Text() recordedBy: string;
  @Instant() at: string;
}

export class EvaluationView extends EvaluationRow {
  @NestedList(() => EvaluationRatingView, { description: 'While it is open, a client reads the own rating only' })
  ratings: EvaluationRatingView[];
  @NestedList(() => MissingRatingView) notRated: MissingRatingView[];
  @LongText({ nullable: true }) whatChanged: string | null;
  @LongText({ nullable: true }) aftercare: string | null;
  @LongText({ nullable: true }) handoverToRegular: string | null;
  @LongText({ nullable: true }) lessonsForNetwork: string | null;
  @LongText({ max: 2000, nullable: true }) appointmentNotHeldReason: string | null;
  @Nested(() => EffortDto, { description: 'As given, or the sum of the journal so far' }) effort: EffortDto;
  @Text() openedBy: string;
  @Text({ nullable: true }) recordedBy: string | null;
}
