import { Bool, Instant, Int, LongText, Nested, OneOf, Text, Uuid } from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import { DISPUTE_STATES, UPHOLDING_GROUNDS, type UpholdingGround } from '../domain/data-dispute.words';

export class ContestedRecordDto {
  @Text({
    max: 60,
    pattern: /^[a-z_]+$/,
    description: 'The kind of record, as a copy of the data names its table (without the schema)',
    example: 'journal_entry',
  })
  type: string;
  @Uuid() id: string;
}

export class DisputeDataDto {
  @Uuid({ optional: true, description: 'Whose data it is; left out from the own account' }) personId?: string;
  @Nested(() => ContestedRecordDto) record: ContestedRecordDto;
  @LongText({
    max: 4000,
    description: 'What of the record is contested',
    example: 'The entry says that he drank on the day of the visit.',
  })
  statement: string;
  @LongText({
    max: 4000,
    description: 'What the person says instead',
    example: 'I had taken the new tablets, which made me dizzy. I have not drunk for two years.',
  })
  counterStatement: string;
  @Uuid({ optional: true, description: 'The request of the person it came with' }) subjectRequestId?: string;
}

export class UpholdRecordDto {
  @OneOf(UPHOLDING_GROUNDS, { name: 'UpholdingGround', example: 'truth_not_established' }) ground: UpholdingGround;
  @LongText({ max: 4000, example: 'Nobody else was there; the family doctor cannot say either.' }) reason: string;
}

export class WithdrawDisputeDto {
  @LongText({ max: 2000, optional: true, example: 'We read the entry together; he now agrees with it.' })
  reason?: string;
}

export class ContestedRecordView {
  @Text({ max: 60 }) type: string;
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647, nullable: true, description: 'Its version when it was contested' })
  version: number | null;
}

export class DataDisputeSettlementView {
  @OneOf(['corrected', 'upheld', 'withdrawn'], { name: 'DataDisputeOutcome' }) as: string;
  @OneOf(UPHOLDING_GROUNDS, { name: 'UpholdingGround', nullable: true }) ground: string | null;
  @LongText({ nullable: true }) reason: string | null;
  @Int({
    min: 1,
    max: 2_147_483_647,
    nullable: true,
    description: 'The version of the record with the correction in it',
  })
  correctedVersion: number | null;
  @Text() by: string;
  @Instant() at: string;
}

export class DataDisputeView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() personId: string;
  @Uuid({ nullable: true, description: 'The case the record stands in' }) caseId: string | null;
  @Uuid({ nullable: true, description: 'The request the record stands in' }) requestId: string | null;
  @Nested(() => ContestedRecordView) record: ContestedRecordView;
  @LongText() statement: string;
  @LongText() counterStatement: string;
  @Uuid({ nullable: true }) subjectRequestId: string | null;
  @OneOf(DISPUTE_STATES, { name: 'DataDisputeState', description: 'While open, and when upheld, the record is marked' })
  state: string;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
  @Nested(() => DataDisputeSettlementView, { nullable: true }) settlement: DataDisputeSettlementView | null;
}

export class DataDisputesQuery extends PageQuery {
  @Uuid({ optional: true }) caseId?: string;
  @Uuid({ optional: true }) personId?: string;
  @Uuid({ optional: true, description: 'The record contested' }) recordId?: string;
  @Bool({ optional: true, description: 'true: those not settled yet' }) open?: boolean;
  @Bool({ optional: true, description: 'true: those whose record carries the mark' }) marking?: boolean;
}
