import { Bool, Instant, Int, IsoDate, Nested, NestedList, OneOf, Text, Uuid } from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';
import { FOLLOW_UP_CAUSES, FOLLOW_UP_STATUSES } from '../../domain/intake/intake.words';

export class NoteFollowUpDto {
  @Text({ max: 1000, description: 'What to look at again', example: 'Ask whether the walking frame has come' })
  subject: string;
  @IsoDate({ description: 'Today or later' }) dueOn: string;
  @Text({ optional: true, description: 'Token subject of a member of staff; default is the responsible case manager' })
  assignee?: string;
  @Bool({ optional: true, description: 'Somebody else has to act; it stands on the list of what waits for others' })
  waitsForOthers?: boolean;
}
export class CompleteFollowUpDto {
  @Text({ max: 1000, optional: true, nullable: true, example: 'It has come and fits' }) note?: string | null;
}
export class RescheduleFollowUpDto {
  @IsoDate({ description: 'Today or later' }) dueOn: string;
  @Text({ max: 1000, optional: true, nullable: true, example: 'The supplier is on holiday' }) reason?: string | null;
}
export class ListFollowUpsQuery extends PageQuery {
  @OneOf(FOLLOW_UP_STATUSES, { optional: true, example: 'open' }) status?: string;
}
export class WorklistQuery extends PageQuery {
  @OneOf(['today', 'overdue', 'upcoming'], {
    optional: true,
    description: 'Default is everything open',
    example: 'overdue',
  })
  due?: 'today' | 'overdue' | 'upcoming';
  @Bool({ optional: true, description: 'true: what waits for others; false: what you do yourself' }) waiting?: boolean;
}

export class FollowUpRow {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid({ nullable: true, description: 'null: received from another organisation, in no case of yours yet' })
  caseId: string | null;
  @Text() assignee: string;
  @IsoDate() dueOn: string;
  @Text({ max: 1000, nullable: true, description: 'What to do; null where the cause says it' }) subject: string | null;
  @OneOf(FOLLOW_UP_CAUSES, { nullable: true, description: 'What made it; null for one that a person noted' }) cause:
    string | null;
  @Uuid({
    nullable: true,
    description: 'The review, referral, assessment, invitation, offer or case that is the cause',
  })
  reference: string | null;
  @OneOf(FOLLOW_UP_STATUSES, { description: '`closed`: by itself, because the cause is gone' }) status: string;
  @Text({ description: 'Path of the thing it is about', example: '/v1/cases/0198c2f0-5c1e-7a31-9d55-1f2e3d4c5b6a' })
  link: string;
  @Bool({ description: 'Somebody else has to act' }) waitsForOthers: boolean;
  @Text({ nullable: true, description: 'Whom it was brought before because it was overdue for long' }) escalatedTo:
    string | null;
  @IsoDate({ nullable: true }) escalatedOn: string | null;
}
export class FollowUpMove {
  @IsoDate() from: string;
  @IsoDate() to: string;
  @Text({ max: 1000, nullable: true }) reason: string | null;
  @Text() by: string;
  @Instant() at: string;
}
export class FollowUpEnd {
  @Text({ max: 1000, nullable: true }) note: string | null;
  @Text() by: string;
  @Instant() at: string;
}
export class FollowUpView extends FollowUpRow {
  @NestedList(() => FollowUpMove, { max: 1000, description: 'Every change of the due date' }) moves: FollowUpMove[];
  @Nested(() => FollowUpEnd, { nullable: true, description: 'null while it is open' }) ended: FollowUpEnd | null;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}
