import { Instant, Int, IsoDate, Nested, NestedList, OneOf, Text, Uuid } from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import { DISCARD_REASONS, type DiscardReason, LEFT_OUT, RUN_STATES } from '../domain/erasure.words';
import { RULE_KINDS } from '../domain/rule.words';

const MAX = 2_147_483_647;

export class ErasureItemView {
  @OneOf(RULE_KINDS, { name: 'RetentionKind' }) kind: string;
  @OneOf(['case', 'request', 'person', 'log']) of: string;
  @Uuid({ nullable: true, description: 'The case, request or person; null for log entries' }) id: string | null;
  @Int({ min: 0, max: MAX, description: 'The edition of the rule' }) edition: number;
  @IsoDate({ nullable: true, description: 'Last day it was to be kept; of log entries the first day that is kept' })
  keptUntil: string | null;
}
export class ErasedKind {
  @OneOf(RULE_KINDS, { name: 'RetentionKind' }) kind: string;
  @Int({ min: 0, max: MAX }) edition: number;
  @Int({ min: 0, max: MAX }) erased: number;
}
export class LeftOutKind {
  @OneOf(RULE_KINDS, { name: 'RetentionKind' }) kind: string;
  @OneOf(LEFT_OUT, {
    description:
      '`being_written`: somebody wrote to it at that moment, the next proposal has it again; `still_needed`: a file names the person',
  })
  why: string;
  @Int({ min: 0, max: MAX }) count: number;
}
export class ErasedRows {
  @Text({ example: 'cases.journal_entry' }) table: string;
  @OneOf(['deleted', 'anonymised']) how: string;
  @Int({ min: 0, max: MAX }) rows: number;
}
export class ErasureProtocol {
  @NestedList(() => ErasedKind) kinds: ErasedKind[];
  @NestedList(() => LeftOutKind) leftOut: LeftOutKind[];
  @Int({ min: 0, max: MAX, description: 'Persons whose identity is gone for good' }) persons: number;
  @NestedList(() => ErasedRows, { max: 500 }) rows: ErasedRows[];
}
export class ErasureReleaseView {
  @Text() by: string;
  @Instant() at: string;
  @OneOf(DISCARD_REASONS, { nullable: true, description: 'Why it was discarded; null where it was released' })
  reason: string | null;
}
export class ErasureRunView {
  @Uuid() id: string;
  @Int({ min: 1, max: MAX }) version: number;
  @OneOf(['due', 'request'], { description: 'Its time is over, or the person asked for it' }) occasion: string;
  @OneOf(RUN_STATES) state: string;
  @Uuid({ nullable: true, description: 'Who asked, until it is done' }) personId: string | null;
  @NestedList(() => ErasureItemView, { max: 2000, description: 'What is still to be done; empty at the end' })
  items: ErasureItemView[];
  @Nested(() => ErasureProtocol, { description: 'What was done: numbers alone, nobody can be found by it' })
  protocol: ErasureProtocol;
  @Text() proposedBy: string;
  @Instant() proposedAt: string;
  @Nested(() => ErasureReleaseView, { nullable: true }) decision: ErasureReleaseView | null;
  @Instant({ nullable: true }) doneAt: string | null;
}
export class ErasureRunsQuery extends PageQuery {
  @OneOf(RUN_STATES, { optional: true }) state?: string;
}
export class DiscardErasureDto {
  @OneOf(DISCARD_REASONS, { example: 'dispute' }) reason: DiscardReason;
}

export class ErasureKindDecision extends ErasureItemView {
  @OneOf(['in_use', 'on_hold', 'retention_duty'], {
    nullable: true,
    description: 'What stands against erasing it now; null: nothing',
  })
  obstacle: string | null;
  @Text({ max: 500, description: 'Why it is kept at all' }) legalBasis: string;
}
export class ErasureDecisionView {
  @Uuid() personId: string;
  @OneOf(['erase', 'erase_partly', 'restrict'], {
    description:
      '`restrict`: nothing may be erased; the processing is restricted instead, and the person is told (GDPR 18)',
  })
  outcome: string;
  @NestedList(() => ErasureKindDecision, { max: 500 }) kinds: ErasureKindDecision[];
  @Int({
    min: 0,
    max: MAX,
    description: 'Cases of others that name the person: as long as they are kept, so is who it is',
  })
  otherCases: number;
}
