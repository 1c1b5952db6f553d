import {
  Answers,
  Bool,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  Text,
  Uuid,
} from '../../../shared/http/fields';
import { INSTRUMENTS } from '../domain/instruments';
import { PERSPECTIVES, type PerspectiveKind } from '../domain/perspective';
import {
  CODE_SYSTEMS,
  type CodeSystem,
  RESOURCE_KINDS,
  type ResourceKind,
  URGENCIES,
  type Urgency,
} from '../domain/result';

const CODES = [...new Set(INSTRUMENTS.map(({ code }) => code))];
/** Every dimension of every instrument: for the built-in one the nine life areas of the ICF. */
export const DIMENSIONS = [
  ...new Set(INSTRUMENTS.flatMap(({ sections }) => sections.map(({ dimension }) => dimension))),
];
const KEY = /^[a-z0-9][a-z0-9-]{0,39}$/;

export class StartAssessmentDto {
  @OneOf(CODES, { name: 'InstrumentCode', example: 'nine-life-areas' }) instrument: string;
  @Uuid({ description: 'Whom it is about: the client or another member of the family' }) personId: string;
  @OneOf(['initial', 'reassessment'], { name: 'AssessmentKind', example: 'initial' }) kind: 'initial' | 'reassessment';
  @Uuid({ optional: true, description: 'The completed assessment that a reassessment follows' }) previousId?: string;
  @IsoDate() startOn: string;
  @IsoDate({ description: 'When it is to be finished; from the day after it shows as overrun', example: '2026-03-21' })
  plannedEnd: string;
}

/** Who answers. */
export class RespondentDto {
  @Text({
    optional: true,
    max: 40,
    pattern: KEY,
    description: 'Tells third parties apart; only for them',
    example: 'school',
  })
  key?: string;
  @Text({ example: 'Ms Teacher' }) name: string;
  @Text({ optional: true, description: 'How the respondent knows the client', example: 'class teacher' })
  relation?: string;
}

export class GivePerspectiveDto {
  @Nested(() => RespondentDto) respondent: RespondentDto;
  @IsoDate() answeredOn: string;
  @Answers({
    description: 'Answers by item code of the instrument',
    example: { 'd4.need': 3, 'd4.resource': 1, 'd4.priority': 4, 'd4.note': 'I want to walk to the garden again' },
  })
  answers: Record<string, number | string | boolean>;
}

export class ExplainMissingPerspectiveDto {
  @OneOf(PERSPECTIVES, { name: 'PerspectiveKind', example: 'client' }) perspective: PerspectiveKind;
  @LongText({ max: 2000, example: 'Cannot be asked: not fully conscious' }) reason: string;
}

/** What a need says, with or without its id. */
export class NeedFields {
  @OneOf(DIMENSIONS, { name: 'LifeArea', example: 'mobility' }) dimension: string;
  @LongText({
    max: 2000,
    description: 'In the words of the profession',
    example: 'Cannot walk stairs since the stroke',
  })
  statement: string;
  @Int({ min: 0, max: 4, description: '0 none, 1 mild, 2 moderate, 3 severe, 4 complete', example: 3 })
  severity: number;
  @OneOf(URGENCIES, { name: 'NeedUrgency', example: 'must_be_secured_now' }) urgency: Urgency;
}

export class NeedDto extends NeedFields {
  @Uuid({ optional: true, description: 'Made when left out' }) id?: string;
  @LongText({
    optional: true,
    max: 2000,
    description: 'In the client’s own words',
    example: 'I want to get to the garden',
  })
  clientWords?: string;
  @Text({ optional: true, max: 500, description: 'Since when, and how long it is expected to last' }) duration?: string;
  @LongText({ optional: true, max: 2000, description: 'What prevented the use of help so far' })
  barriersToHelpSoFar?: string;
}

/** What a resource says, with or without its id. */
export class ResourceFields {
  @OneOf(DIMENSIONS, { name: 'LifeArea', example: 'mobility' }) dimension: string;
  @OneOf(RESOURCE_KINDS, { name: 'ResourceKind', example: 'social' }) kind: ResourceKind;
  @LongText({ max: 2000, example: 'The neighbours drive Mr X to therapy' }) statement: string;
}

export class ResourceDto extends ResourceFields {
  @Uuid({ optional: true, description: 'Made when left out' }) id?: string;
  @LongText({ optional: true, max: 2000, description: 'What it gives' }) benefit?: string;
  @LongText({ optional: true, max: 2000, description: 'What it costs, in money, time or strength' }) cost?: string;
  @LongText({ optional: true, max: 2000, description: 'Unwanted side effects' }) sideEffects?: string;
}

/** A need for which no fitting help is to be had. */
export class NeedSupplyGap {
  @Uuid({ description: 'Id of a need of this result' }) needId: string;
  @LongText({ max: 2000 }) description: string;
}

export class DiagnosisTextDto {
  @Text({ example: 'neurologist' }) profession: string;
  @LongText({ example: 'Stroke with hemiparesis' }) text: string;
  @Text({ optional: true, max: 20, example: 'I63.9' }) code?: string;
  @OneOf(CODE_SYSTEMS, { name: 'CodeSystem', optional: true, example: 'icd-10-gm' }) codeSystem?: CodeSystem;
}

export class RecordAssessmentResultDto {
  @NestedList(() => NeedDto) needs: NeedDto[];
  @LongText({ optional: true, max: 2000, description: 'Why there is no need; only without needs' })
  noNeedReason?: string;
  @NestedList(() => ResourceDto) resources: ResourceDto[];
  @Bool({ description: 'Resources were looked for, whether or not any were found', example: true })
  resourcesLookedFor: boolean;
  @LongText({ optional: true, description: 'What was tried before, and with what effect' }) earlierAttempts?: string;
  @LongText({ optional: true, description: 'What is to be expected with support' }) predictionWithSupport?: string;
  @LongText({ optional: true, description: 'What is to be expected without support' })
  predictionWithoutSupport?: string;
  @NestedList(() => NeedSupplyGap, { optional: true }) supplyGaps?: NeedSupplyGap[];
  @NestedList(() => DiagnosisTextDto, { optional: true, description: 'What several professions found' })
  diagnosisTexts?: DiagnosisTextDto[];
}

/** The client's agreement on the result. */
export class ResultAgreement {
  @IsoDate() agreedOn: string;
  @OneOf(['written', 'electronic'], { name: 'AgreementForm', example: 'written' }) form: 'written' | 'electronic';
}

export class CompleteAssessmentDto {
  @Nested(() => ResultAgreement, {
    optional: true,
    description: 'Needed; when it is left out the answer names it among what is missing',
  })
  clientAgreement?: ResultAgreement;
}
