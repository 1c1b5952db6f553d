import {
  Answers,
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
  TextList,
  Uuid,
} from '../../../shared/http/fields';
import { PERSPECTIVES } from '../domain/perspective';
import { CODE_SYSTEMS } from '../domain/result';
import { DIMENSIONS, NeedFields, NeedSupplyGap, ResourceFields, ResultAgreement } from './assessment.dto';
import { BilingualText } from './instrument.views';

const answersByItem = 'By item code of the instrument';

/** What list and single view share. */
class AssessmentHead {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() caseId: string;
  @Uuid({ description: 'Whom it is about' }) personId: string;
  @Bool({ description: 'It is about the client of the case; clients see only these' }) ofClient: boolean;
  @Text({ max: 60 }) instrument: string;
  @OneOf(['initial', 'reassessment'], { name: 'AssessmentKind' }) kind: string;
  @OneOf(['open', 'completed', 'stopped'], { name: 'AssessmentStatus' }) status: string;
  @IsoDate() startOn: string;
  @IsoDate() plannedEnd: string;
  @IsoDate({ nullable: true }) completedOn: string | null;
  @Bool({ description: 'The planned end is past and it is still open' }) overrun: boolean;
}

export class AssessmentRow extends AssessmentHead {
  @TextList({
    description: 'Keys of the perspectives given',
    example: ['client', 'case_manager', 'third_party:school'],
  })
  perspectives: string[];
  @Int({ min: 0, max: 100, description: 'Number of needs' }) needs: number;
}

export class RespondentView {
  @Text() name: string;
  @Text({ optional: true }) relation?: string;
}

export class PerspectiveView {
  @OneOf(PERSPECTIVES, { name: 'PerspectiveKind' }) perspective: string;
  @Text({ max: 60, description: 'Tells the sides apart', example: 'third_party:school' }) key: string;
  @Nested(() => RespondentView) respondent: RespondentView;
  @IsoDate() answeredOn: string;
  @Answers({ description: answersByItem }) answers: Record<string, number | string | boolean>;
  @Bool({ description: 'Somebody else wrote down what the respondent said' }) onBehalf: boolean;
  @Text({ description: 'Subject of whoever recorded it' }) recordedBy: string;
  @Instant() recordedAt: string;
}

export class MissingPerspectiveView {
  @OneOf(PERSPECTIVES, { name: 'PerspectiveKind' }) perspective: string;
  @LongText({ max: 2000 }) reason: string;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

export class NeedView extends NeedFields {
  @Uuid() id: string;
  @LongText({ nullable: true, max: 2000 }) clientWords: string | null;
  @Text({ nullable: true, max: 500 }) duration: string | null;
  @LongText({ nullable: true, max: 2000 }) barriersToHelpSoFar: string | null;
}

export class ResourceView extends ResourceFields {
  @Uuid() id: string;
  @LongText({ nullable: true, max: 2000 }) benefit: string | null;
  @LongText({ nullable: true, max: 2000 }) cost: string | null;
  @LongText({ nullable: true, max: 2000 }) sideEffects: string | null;
}

export class DiagnosisTextView {
  @Text() profession: string;
  @LongText() text: string;
  @Text({ nullable: true, max: 20 }) code: string | null;
  @OneOf([...CODE_SYSTEMS], { nullable: true }) codeSystem: string | null;
}

export class AssessmentResultView {
  @NestedList(() => NeedView) needs: NeedView[];
  @LongText({ nullable: true, max: 2000 }) noNeedReason: string | null;
  @NestedList(() => ResourceView) resources: ResourceView[];
  @Bool() resourcesLookedFor: boolean;
  @LongText({ nullable: true }) earlierAttempts: string | null;
  @LongText({ nullable: true }) predictionWithSupport: string | null;
  @LongText({ nullable: true }) predictionWithoutSupport: string | null;
  @NestedList(() => NeedSupplyGap) supplyGaps: NeedSupplyGap[];
  @NestedList(() => DiagnosisTextView) diagnosisTexts: DiagnosisTextView[];
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

/** Why and when it ended before completion. */
export class AssessmentStopView {
  @OneOf(['consent_withdrawn'], { name: 'AssessmentStopReason' }) reason: string;
  @Instant() at: string;
}

export class AssessmentView extends AssessmentHead {
  @Text({ max: 20 }) instrumentVersion: string;
  @Uuid({ nullable: true }) previousId: string | null;
  @Text({ description: 'Subject of whoever began it' }) startedBy: string;
  @NestedList(() => PerspectiveView) perspectives: PerspectiveView[];
  @NestedList(() => MissingPerspectiveView) missingPerspectives: MissingPerspectiveView[];
  @Nested(() => AssessmentResultView, { nullable: true }) result: AssessmentResultView | null;
  @Nested(() => ResultAgreement, { nullable: true }) clientAgreement: ResultAgreement | null;
  @Nested(() => AssessmentStopView, { nullable: true }) stopped: AssessmentStopView | null;
}

/** One score of one side: for a section, or (section null) over all it answered. */
export class ScoreView {
  @Text({ max: 60, example: 'need' }) code: string;
  @Text({ nullable: true, max: 60, example: 'd4' }) section: string | null;
  @Num({ min: -100_000, max: 100_000 }) value: number;
  @Text({ max: 60, description: 'Code of the band the value lies in', example: 'high' }) band: string;
}

export class ComparedSideView {
  @Text({ max: 60, example: 'client' }) key: string;
  @OneOf(PERSPECTIVES, { name: 'PerspectiveKind' }) perspective: string;
  @Text() name: string;
  @IsoDate() answeredOn: string;
  @Bool() onBehalf: boolean;
  @NestedList(() => ScoreView, { max: 500 }) scores: ScoreView[];
  @TextList({ max: 500, description: 'Scale items this side left open' }) unanswered: string[];
}

export class ComparedItemView {
  @Text({ max: 60, example: 'd4.need' }) item: string;
  @OneOf(DIMENSIONS, { name: 'LifeArea' }) dimension: string;
  @Nested(() => BilingualText) text: BilingualText;
  @Answers({
    description: 'What each side answered, by the key of the side; whoever left it open is not in it',
    example: { client: 1, case_manager: 3 },
  })
  values: Record<string, number | string | boolean>;
  @Bool({ description: 'The sides answered differently; never for own words' }) differs: boolean;
  @Int({
    nullable: true,
    min: 0,
    max: 2000,
    description: 'Distance between the highest and the lowest step; null with fewer than two',
  })
  spread: number | null;
}

export class ComparisonView {
  @Uuid() assessmentId: string;
  @Text({ max: 60 }) instrument: string;
  @Text({ max: 20 }) instrumentVersion: string;
  @NestedList(() => ComparedSideView) sides: ComparedSideView[];
  @NestedList(() => ComparedItemView, {
    max: 500,
    description: 'Items at least one side answered, in the order of the instrument',
  })
  items: ComparedItemView[];
}
