import { Bool, Instant, Int, IsoDate, Nested, NestedList, OneOf, Text, Uuid } from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import { HOLD_KINDS, type HoldKind } from '../domain/erasure.words';
import { ACTIONS, CASE_FILE_KINDS, type CaseFileKind, RULE_KINDS, type RuleTerms, STARTS } from '../domain/rule.words';

const MAX = 2_147_483_647;

export class RetentionTerms {
  @OneOf(STARTS, {
    description: 'What starts the period: the end of the file, a birthday of the person, or the day of collection',
    example: 'file_end',
  })
  start: RuleTerms['start'];
  @Int({ min: 1, max: 120, nullable: true, description: 'Which birthday, where one starts the period', example: null })
  birthday: number | null;
  @Int({ min: 0, max: 120, example: 10 }) years: number;
  @Int({ min: 0, max: 11, example: 0 }) months: number;
  @Int({ min: 0, max: 365, example: 0 }) days: number;
  @Bool({ description: 'The period ends with the calendar year', example: true }) toYearEnd: boolean;
  @Text({
    max: 500,
    description: 'Law, contract or recommendation',
    example: 'Recommendation for files of counselling',
  })
  legalBasis: string;
  @Bool({
    description: 'The data must be kept this long, whatever the person wishes (GDPR 17 (3))',
    example: true,
  })
  duty: boolean;
  @OneOf(ACTIONS, { description: '`keep`: never proposed for erasure', example: 'delete' }) action: RuleTerms['action'];
}

export class PutRetentionRuleDto extends RetentionTerms {
  @Text({ max: 1000, description: 'Why it is changed', example: 'Decision of the board of 3 March' }) reason: string;
}

export class RetentionEdition extends RetentionTerms {
  @Int({ min: 1, max: MAX }) edition: number;
  @Text({ max: 1000 }) reason: string;
  @Text() setBy: string;
  @Instant() setAt: string;
}

export class RetentionRuleView extends RetentionTerms {
  @OneOf(RULE_KINDS, { name: 'RetentionKind' }) kind: string;
  @Int({ min: 0, max: MAX, description: '0: nothing was set yet, this is what Lotse starts with' }) version: number;
  @Bool({ description: 'Lotse does this by itself; no other time can be set' }) fixed: boolean;
  @Nested(() => RetentionTerms, { description: 'What Lotse starts with' }) default: RetentionTerms;
  @NestedList(() => RetentionEdition, { max: 1000, description: 'Every edition, oldest first' })
  editions: RetentionEdition[];
}
export class RetentionRules {
  @NestedList(() => RetentionRuleView) data: RetentionRuleView[];
}

export class FileKindView {
  @OneOf(RULE_KINDS, { name: 'RetentionKind' }) kind: string;
  @Int({ min: 0, max: MAX, description: 'The edition of the rule the day was computed by' }) edition: number;
  @IsoDate({
    nullable: true,
    description: 'Last day it is kept; null: the birth date is missing, or it is never erased',
  })
  keptUntil: string | null;
  @Bool({ description: 'Gone, while the rest of the file is kept' }) erased: boolean;
}
export class FileClassification {
  @OneOf(CASE_FILE_KINDS) kind: string;
  @Text({ max: 1000 }) reason: string;
  @Text() by: string;
  @Instant() at: string;
}
export class RetentionFileView {
  @Uuid({ description: 'The id of the case or request' }) id: string;
  @Int({ min: 1, max: MAX }) version: number;
  @OneOf(['case', 'request']) of: string;
  @Uuid() personId: string;
  @Text() fieldOfPractice: string;
  @IsoDate({ nullable: true, description: 'When the case was closed or the request declined; null while it is open' })
  endedOn: string | null;
  @Nested(() => FileClassification, { nullable: true, description: 'Kept by another rule than its field of practice' })
  classification: FileClassification | null;
  @NestedList(() => FileKindView, { description: 'Until when what of it is kept; empty while it is open' })
  kinds: FileKindView[];
  @IsoDate({ nullable: true, description: 'The first day after which something of it may be erased' })
  dueOn: string | null;
  @Bool({ description: 'It, or its person, is on hold today' }) onHold: boolean;
}
export class RetentionFilesQuery extends PageQuery {
  @IsoDate({ optional: true, description: 'Only files of which something is due before this day' }) dueBefore?: string;
}
export class ClassifyFileDto {
  @OneOf(CASE_FILE_KINDS, { example: 'case_file_sgb8' }) kind: CaseFileKind;
  @Text({ max: 1000, example: 'Integration assistance under SGB VIII was granted within this case' }) reason: string;
}

export class HoldLifting {
  @Text({ max: 2000 }) reason: string;
  @Text() by: string;
  @Instant() at: string;
}
export class PlaceHoldDto {
  @OneOf(HOLD_KINDS, { example: 'case' }) kind: HoldKind;
  @Uuid({ description: 'The case, request or person', example: '0d7c6f0e-3b0a-4c53-9d55-00000000000a' })
  subjectId: string;
  @Text({ max: 2000, example: 'Claim for damages announced by the insurance' }) reason: string;
  @IsoDate({ optional: true, nullable: true, description: 'Last day it holds', example: null }) until?: string | null;
  @IsoDate({
    optional: true,
    nullable: true,
    description: 'When somebody looks again; needed where it has no end',
    example: '2099-03-01',
  })
  reviewOn?: string | null;
}
export class LegalHoldView {
  @Uuid() id: string;
  @Int({ min: 1, max: MAX }) version: number;
  @OneOf(HOLD_KINDS) kind: string;
  @Uuid() subjectId: string;
  @Text({ max: 2000 }) reason: string;
  @IsoDate({ nullable: true }) until: string | null;
  @IsoDate({ nullable: true }) reviewOn: string | null;
  @Text() placedBy: string;
  @Instant() placedAt: string;
  @Nested(() => HoldLifting, { nullable: true }) lifted: HoldLifting | null;
}
export class LegalHoldsQuery extends PageQuery {
  @Bool({ optional: true, description: 'Only those that hold today, or only those that do not' }) active?: boolean;
}
export class LiftHoldDto {
  @Text({ max: 2000, example: 'The claim was settled' }) reason: string;
}
