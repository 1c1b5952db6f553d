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
  UuidList,
} from '../../../../shared/http/fields';
import {
  GOAL_LEVELS,
  type GoalLevel,
  HORIZONS,
  type Horizon,
  MEASURE_STATES,
  type MeasureState,
  PARTIES,
  type Party,
  PLANNING_MODES,
  type PlanningMode,
  RATERS,
  REMOVAL_REASONS,
  RESPONSIBLE_KINDS,
  type Rater,
  type RemovalReason,
  type ResponsibleKind,
  SIGNATURE_FORMS,
  type SignatureForm,
} from '../../domain/plan/plan-content';
import { InformedPartyDto, PlanCopyDto } from './plan-agreement.dto';
import { GoalScaleDto } from './service-plan.dto';

/** The largest whole number the contract promises. */
export const MAX_INT = 2_147_483_647;
const PLAN_STATES = ['draft', 'agreed', 'revising', 'ended'] as const;

export class GoalIndicatorView {
  @Text() name: string;
  @Text({ nullable: true }) baseline: string | null;
  @Text({ nullable: true }) target: string | null;
  @Text({ nullable: true, max: 60 }) unit: string | null;
}

export class GoalView {
  @Uuid() id: string;
  @OneOf(GOAL_LEVELS, { name: 'GoalLevel' }) level: GoalLevel;
  @LongText() statement: string;
  @LongText({ nullable: true }) clientWords: string | null;
  @Uuid({ nullable: true }) parentGoalId: string | null;
  @UuidList() needIds: string[];
  @OneOf([...HORIZONS], { nullable: true }) horizon: Horizon | null;
  @Bool() nextStep: boolean;
  @NestedList(() => GoalIndicatorView) indicators: GoalIndicatorView[];
  @IsoDate({ nullable: true }) targetDate: string | null;
  @Bool() acceptedByClient: boolean;
  @Int({ min: 1, max: 5 }) weight: number;
  @Nested(() => GoalScaleDto, { nullable: true }) scale: GoalScaleDto | null;
  @LongText({ nullable: true }) barriers: string | null;
  @LongText({ nullable: true }) planB: string | null;
}

export class ResponsibleView {
  @OneOf(RESPONSIBLE_KINDS, { name: 'ResponsibleKind' }) kind: ResponsibleKind;
  @Text({ nullable: true }) id: string | null;
  @Text() name: string;
}

/** A measure as it is agreed. */
export class MeasureContentView {
  @Uuid() id: string;
  @Text({ max: 500 }) title: string;
  @UuidList() goalIds: string[];
  @Nested(() => ResponsibleView, { nullable: true }) responsible: ResponsibleView | null;
  @IsoDate({ nullable: true }) startOn: string | null;
  @IsoDate({ nullable: true }) endOn: string | null;
  @Text({ nullable: true }) frequency: string | null;
  @Int({ nullable: true, min: 0, max: MAX_INT }) costCents: number | null;
  @Text({ nullable: true }) payer: string | null;
  @LongText({ nullable: true }) howChecked: string | null;
  @Uuid({ nullable: true }) serviceId: string | null;
}

/** A measure with how far it is. */
export class MeasureView extends MeasureContentView {
  @OneOf(MEASURE_STATES, { name: 'MeasureState' }) state: MeasureState;
  @IsoDate({ nullable: true }) startedOn: string | null;
  @IsoDate({ nullable: true }) endedOn: string | null;
  @LongText({ nullable: true }) note: string | null;
}

export class PlanRemovalView {
  @OneOf(['goal', 'measure']) kind: string;
  @Uuid() id: string;
  @OneOf(REMOVAL_REASONS, { name: 'RemovalReason' }) reason: RemovalReason;
  @IsoDate() on: string;
}

export class PlanSignatureView {
  @OneOf(PARTIES, { name: 'SigningParty' }) party: Party;
  @OneOf(SIGNATURE_FORMS, { name: 'SignatureForm' }) form: SignatureForm;
  @Text() name: string;
  @IsoDate() signedOn: string;
  @Text({ nullable: true, max: 500 }) evidence: string | null;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

/** What was agreed beside goals and measures. */
export class PlanTermsView {
  @IsoDate({ description: 'The day the later of both sides signed' }) agreedOn: string;
  @IsoDate() reviewOn: string;
  @Int({ min: 1, max: 26 }) contactEveryWeeks: number;
  @Nested(() => PlanCopyDto) copyHandedOver: PlanCopyDto;
  @NestedList(() => InformedPartyDto, { max: 50 }) knownTo: InformedPartyDto[];
}

export class PlanInForceView extends PlanTermsView {
  @Int({ min: 1, max: MAX_INT }) edition: number;
}

class PlanHead {
  @Uuid() id: string;
  @Int({ min: 1, max: MAX_INT }) version: number;
  @Uuid() caseId: string;
  @Uuid({ description: 'Whose plan it is' }) personId: string;
  @OneOf(PLAN_STATES, {
    name: 'PlanState',
    description: 'revising: a new edition is drafted, the one before stays in force',
  })
  state: (typeof PLAN_STATES)[number];
  @Int({ min: 1, max: MAX_INT, description: 'The edition drafted or, where none is, in force' }) edition: number;
  @OneOf(PLANNING_MODES, { name: 'PlanningMode' }) planningMode: PlanningMode;
  @OneOf(HORIZONS, { name: 'PlanHorizon' }) horizon: Horizon;
  @Num({ nullable: true, min: -1000, max: 1000, description: 'Goal attainment T-score; 50 is as expected' }) tScore:
    number | null;
}

export class ServicePlanView extends PlanHead {
  @LongText({ nullable: true }) subsidiarityReason: string | null;
  @LongText({ nullable: true }) revisionReason: string | null;
  @NestedList(() => GoalView) goals: GoalView[];
  @NestedList(() => MeasureView) measures: MeasureView[];
  @NestedList(() => PlanRemovalView, { max: 1000, description: 'Taken out of this edition' })
  removed: PlanRemovalView[];
  @NestedList(() => PlanSignatureView, { max: 3 }) signatures: PlanSignatureView[];
  @Nested(() => PlanInForceView, { nullable: true }) inForce: PlanInForceView | null;
  @Text() openedBy: string;
  @Instant() openedAt: string;
}

export class ServicePlanRow extends PlanHead {
  @IsoDate({ nullable: true, description: 'Of the edition in force' }) agreedOn: string | null;
  @IsoDate({ nullable: true }) reviewOn: string | null;
  @Int({ min: 0, max: 100, description: 'Number of goals' }) goals: number;
  @Int({ min: 0, max: 100, description: 'Number of measures' }) measures: number;
}

export class GoalStandingView {
  @Uuid() goalId: string;
  @LongText() statement: string;
  @Int({ min: 1, max: 5 }) weight: number;
  @Nested(() => GoalScaleDto, { nullable: true }) scale: GoalScaleDto | null;
  @IsoDate({ description: 'Since when it may be rated on these levels' }) since: string;
  @Int({ nullable: true, min: -2, max: 2, description: 'Latest rating' }) level: number | null;
  @IsoDate({ nullable: true }) ratedOn: string | null;
  @OneOf([...RATERS], { nullable: true }) ratedBy: Rater | null;
}

export class GoalRatingView {
  @Uuid() id: string;
  @Uuid() goalId: string;
  @Int({ min: 1, max: MAX_INT }) edition: number;
  @Int({ min: -2, max: 2 }) level: number;
  @IsoDate() on: string;
  @OneOf(RATERS, { name: 'GoalRater' }) ratedBy: Rater;
  @LongText({ nullable: true }) note: string | null;
  @Num({ nullable: true, min: -1000, max: 1000, description: 'T-score of the plan after this rating' }) tScore:
    number | null;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

export class GoalAttainmentView {
  @Uuid() planId: string;
  @Int({ nullable: true, min: 1, max: MAX_INT, description: 'The edition in force' }) edition: number | null;
  @Num({
    nullable: true,
    min: -1000,
    max: 1000,
    description:
      'T = 50 + 10 Σ(w x) / √((1−ρ) Σw² + ρ (Σw)²), ρ = 0.3, over the latest rating of each goal; null while nothing is rated',
  })
  tScore: number | null;
  @NestedList(() => GoalStandingView) goals: GoalStandingView[];
  @NestedList(() => GoalRatingView, { max: 1000, description: 'The latest 1000 ratings, latest first' })
  history: GoalRatingView[];
}

export class HandedNeedRow {
  @Uuid() id: string;
  @Uuid() assessmentId: string;
  @Uuid({ description: 'Whom the assessment is about' }) personId: string;
  @OneOf(['need', 'resource']) kind: string;
  @Text() dimension: string;
  @Int({ nullable: true, min: -1000, max: 1000, description: 'Of a need' }) severity: number | null;
  @Text({ nullable: true, description: 'Of a need' }) urgency: string | null;
  @Text({ nullable: true, description: 'Of a resource' }) resourceKind: string | null;
  @IsoDate() handedOn: string;
  @IsoDate({ nullable: true, description: 'A later assessment took its place' }) supersededOn: string | null;
}
