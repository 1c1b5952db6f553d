import {
  Bool,
  Instant,
  Int,
  LongText,
  Nested,
  NestedList,
  OneOf,
  Text,
  Uuid,
  UuidList,
} from '../../../../shared/http/fields';
import { WarningView } from '../../../../shared/http/answer';
import { PageQuery } from '../../../../shared/http/page';
import { CASE_STATUSES } from '../../domain/case/case.values';
import { PHASES } from '../../domain/case/phases';
import { HandOverCaseDto } from '../case/case.dto';

const BAND = {
  max: 40,
  description: 'The band this falls into, as the organisation has set it',
  example: 'free',
} as const;

export class ListCaseloadsQuery extends PageQuery {
  @Text({ optional: true, max: 100, example: 'hospital' }) team?: string;
  @Text({ ...BAND, optional: true }) band?: string;
}

/** What a member of staff carries. */
export class CaseloadRow {
  @Text() subject: string;
  @Int({ min: 1, max: 500, description: 'Most weight allowed' }) limit: number;
  @OneOf(['person', 'organisation'], { description: 'Whose limit it is: set for the person, or of the organisation' })
  limitOf: string;
  @Int({
    min: 0,
    max: 2_147_483_647,
    description: 'Sum of the weights of the cases not closed; suspended ones count in full',
  })
  load: number;
  @Text(BAND) band: string;
  @Int({ min: 0, max: 2_147_483_647, description: 'How many cases that are' }) cases: number;
}

class OverLimitView {
  @LongText() reason: string;
  @Text({ description: 'Who confirmed it' }) by: string;
  @Instant() at: string;
}
class CarriedCaseView {
  @Uuid() caseId: string;
  @OneOf(PHASES, { name: 'Phase' }) phase: string;
  @OneOf(CASE_STATUSES, { name: 'CaseStatus' }) status: string;
  @Int({ min: 1, max: 5 }) intensity: number;
  @Int({ min: 1, max: 100 }) weight: number;
  @Nested(() => OverLimitView, {
    nullable: true,
    description: 'Why it was taken on beyond the limit; null where there was room',
  })
  overLimit: OverLimitView | null;
}

/** What a case manager carries, with the cases behind it. */
export class CaseloadView extends CaseloadRow {
  @NestedList(() => CarriedCaseView, {
    max: 10_000,
    description: 'The cases counted, as far as you may see them, oldest first',
  })
  carried: CarriedCaseView[];
}

export class HandOverCaseloadDto extends HandOverCaseDto {
  @UuidList({
    optional: true,
    min: 1,
    max: 500,
    unique: true,
    description: 'Only these cases; all open ones when left out',
  })
  caseIds?: string[];
}
class CaseHandoverView {
  @Uuid() caseId: string;
  @OneOf(['handed_over', 'already_done', 'refused']) result: string;
  @Text({
    nullable: true,
    description: 'Code of the refusal, as a single handover would give it',
    example: 'caseload-exceeded',
  })
  code: string | null;
}
export class BulkHandoverView {
  @Text() to: string;
  @NestedList(() => CaseHandoverView, { max: 500 }) results: CaseHandoverView[];
  @UuidList({ max: 500, description: 'Cases of others in which the successor is deputy now, or nobody' })
  deputyIn: string[];
  @Int({
    min: 0,
    max: 2_147_483_647,
    description: 'Open follow-ups in the cases of others that went to who is responsible there',
  })
  followUps: number;
  @Bool({ description: 'There are more cases than one command takes: give it again' }) more: boolean;
  @NestedList(() => WarningView) warnings: WarningView[];
}
