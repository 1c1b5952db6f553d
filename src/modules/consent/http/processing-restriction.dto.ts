import { Bool, Instant, Int, IsoDate, LongText, Nested, OneOf, Text, Uuid } from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import { RESTRICTION_GROUNDS, type RestrictionGround } from '../domain/subject-request.words';

export class RestrictProcessingDto {
  @Uuid({ description: 'Whose data is kept and not used from now on' }) personId: string;
  @OneOf(RESTRICTION_GROUNDS, { name: 'RestrictionGround', example: 'accuracy_contested' }) ground: RestrictionGround;
  @LongText({ max: 4000, example: 'Mr X says that the record of his debts is another man’s; being looked into.' })
  reason: string;
  @Uuid({ optional: true, description: 'The request of the person it follows' }) subjectRequestId?: string;
}

export class LiftRestrictionDto {
  @LongText({ max: 4000, example: 'The record was corrected.' }) reason: string;
  @IsoDate({ description: 'When the person was told that it will be lifted' }) personToldOn: string;
  @LongText({ max: 1000, example: 'By letter' }) toldHow: string;
}

export class RestrictionLiftingView {
  @LongText() reason: string;
  @IsoDate() personToldOn: string;
  @LongText() toldHow: string;
  @Text() by: string;
  @Instant() at: string;
}

export class ProcessingRestrictionView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() personId: string;
  @Uuid({ nullable: true }) subjectRequestId: string | null;
  @OneOf(RESTRICTION_GROUNDS, { name: 'RestrictionGround' }) ground: string;
  @LongText() reason: string;
  @Text() restrictedBy: string;
  @Instant() restrictedAt: string;
  @Nested(() => RestrictionLiftingView, { nullable: true, description: 'null: in force' })
  lifting: RestrictionLiftingView | null;
}

export class ProcessingRestrictionsQuery extends PageQuery {
  @Uuid({ optional: true }) personId?: string;
  @Bool({ optional: true }) inForce?: boolean;
}
