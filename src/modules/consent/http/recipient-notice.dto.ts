import {
  Bool,
  Instant,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  Text,
  TextList,
  Uuid,
} from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import {
  NOT_TOLD_GROUNDS,
  NOTICE_CHANNELS,
  NOTICE_OCCASIONS,
  NOTICE_STATES,
  type NoticeChannel,
  type NotToldGround,
} from '../domain/recipient-notice.words';

export class TellRecipientDto {
  @IsoDate({ description: 'When the recipient was told' }) toldOn: string;
  @OneOf(NOTICE_CHANNELS, { name: 'RecipientNoticeChannel', example: 'letter' }) how: NoticeChannel;
}

export class WaiveRecipientNoticeDto {
  @OneOf(NOT_TOLD_GROUNDS, { name: 'NotToldGround', example: 'disproportionate' }) ground: NotToldGround;
  @LongText({
    max: 2000,
    description: 'Why that is so. After an erasure say nothing in it about the person: it stays.',
    example: 'The practice closed years ago; nobody took over its files.',
  })
  reason: string;
}

export class RecipientOfData {
  @OneOf(['organisation', 'person'], { name: 'RecipientKind' }) kind: string;
  @Text({ max: 200 }) id: string;
  @Text({ nullable: true, description: 'As the consent named them; a person told of an erasure is no longer named' })
  name: string | null;
}

export class PassageView {
  @Uuid() caseId: string;
  @Text({ description: 'The occasion it was passed on', example: 'referral' }) flow: string;
  @Uuid({ description: 'The referral, conference, plan … it went with; a recipient knows this number too' })
  sourceId: string;
  @Uuid({ nullable: true, description: 'The consent or exception relied on; null after an erasure' })
  consentId: string | null;
  @TextList({ max: 50, description: 'Categories of data; empty after an erasure', example: ['identity', 'health'] })
  categories: string[];
  @IsoDate({ nullable: true, description: 'The last day; null after an erasure' }) lastOn: string | null;
}

export class RecipientNoticeSettlementView {
  @OneOf(['told', 'not_told', 'overtaken'], { name: 'RecipientNoticeOutcome' }) as: string;
  @IsoDate({ nullable: true }) toldOn: string | null;
  @OneOf(NOTICE_CHANNELS, { name: 'RecipientNoticeChannel', nullable: true }) how: string | null;
  @OneOf(NOT_TOLD_GROUNDS, { name: 'NotToldGround', nullable: true }) ground: string | null;
  @LongText({ nullable: true }) reason: string | null;
  @Text() by: string;
  @Instant() at: string;
}

export class RecipientNoticeView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid({ nullable: true, description: 'Whose data it is; null after an erasure' }) personId: string | null;
  @OneOf(NOTICE_OCCASIONS, { name: 'RecipientNoticeOccasion' }) occasion: string;
  @Uuid({ description: 'The request, restriction or erasure run it follows' }) occasionId: string;
  @Nested(() => RecipientOfData) recipient: RecipientOfData;
  @NestedList(() => PassageView, { max: 10_000, description: 'What the recipient was given' }) passages: PassageView[];
  @OneOf(NOTICE_STATES, {
    name: 'RecipientNoticeState',
    description: '`overtaken`: the restriction ended before the recipient was told of it',
  })
  state: string;
  @Instant() arisenAt: string;
  @IsoDate({ description: 'By when the recipient is told' }) dueOn: string;
  @Bool() overdue: boolean;
  @Nested(() => RecipientNoticeSettlementView, { nullable: true, description: 'null: to be told still' })
  settlement: RecipientNoticeSettlementView | null;
}

export class RecipientNoticesQuery extends PageQuery {
  @Bool({ optional: true, description: 'true: those to be told still' }) open?: boolean;
  @Bool({ optional: true, description: 'true: those that should have been told' }) overdue?: boolean;
  @OneOf(NOTICE_OCCASIONS, { name: 'RecipientNoticeOccasion', optional: true }) occasion?: string;
  @Uuid({ optional: true, description: 'The request, restriction or erasure run' }) occasionId?: string;
  @Uuid({ optional: true, description: 'Finds nothing of erasures, which name nobody' }) personId?: string;
}
