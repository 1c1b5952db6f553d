import { Receipt } from '../../../../shared/http/answer';
import {
  Bool,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  Text,
  Uuid,
  UuidList,
} from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';
import {
  GOAL_LEVELS,
  type GoalLevel,
  HORIZONS,
  type Horizon,
  MEASURE_OUTCOMES,
  type MeasureOutcome,
  PLANNING_MODES,
  type PlanningMode,
  RATERS,
  REMOVAL_REASONS,
  RESPONSIBLE_KINDS,
  type Rater,
  type RemovalReason,
  type ResponsibleKind,
} from '../../domain/plan/plan-content';

const GOAL_ID = '0198c2f0-5c1e-7a31-9d55-2a2e3d4c5b6a';
const NEED_ID = '0198c2f0-5c1e-7a31-9d55-3b2e3d4c5b6a';
const PROVIDER_ID = '0198c2f0-5c1e-7a31-9d55-1f2e3d4c5b6a';

export class PlanFrameDto {
  @OneOf(PLANNING_MODES, {
    name: 'PlanningMode',
    description: 'static: the whole way; rolling: only the next step is worded as goals',
    example: 'static',
  })
  planningMode: PlanningMode;
  @OneOf(HORIZONS, { name: 'PlanHorizon', example: 'short' }) horizon: Horizon;
  @LongText({
    optional: true,
    nullable: true,
    max: 2000,
    description: 'Why the plan has no own activities of the client and no informal help',
    example: 'Acute phase after the stroke; own activities follow after rehabilitation',
  })
  subsidiarityReason?: string | null;
}

export class OpenPlanDto extends PlanFrameDto {
  @Uuid({ optional: true, nullable: true, description: 'Person the plan is for, where it is not the client' })
  subject?: string | null;
}

/** How one can tell that the goal is reached. */
export class GoalIndicatorDto {
  @Text({ example: 'Steps walked without help' }) name: string;
  @Text({ optional: true, nullable: true, description: 'Where it stands now', example: '0' }) baseline?: string | null;
  @Text({ optional: true, nullable: true, description: 'Where it is to stand', example: '50' }) target?: string | null;
  @Text({ optional: true, nullable: true, max: 60, example: 'steps' }) unit?: string | null;
}

/** What each level of attainment looks like (goal attainment scaling). */
export class GoalScaleDto {
  @Text({ max: 1000, description: 'Level −2', example: 'Needs a wheelchair indoors' }) muchLess: string;
  @Text({ max: 1000, description: 'Level −1', example: 'Walks ten steps with help' }) less: string;
  @Text({ max: 1000, description: 'Level 0', example: 'Walks through the flat with the frame' }) expected: string;
  @Text({ max: 1000, description: 'Level +1', example: 'Walks to the garden with the frame' }) more: string;
  @Text({ max: 1000, description: 'Level +2', example: 'Walks to the garden without the frame' }) muchMore: string;
}

export class GoalDto {
  @OneOf(GOAL_LEVELS, { name: 'GoalLevel', example: 'outcome' }) level: GoalLevel;
  @LongText({ max: 2000, example: 'Mr X walks through the flat with a walking frame' }) statement: string;
  @LongText({
    optional: true,
    nullable: true,
    max: 2000,
    description: 'In the client’s own words',
    example: 'I want to get to my garden again',
  })
  clientWords?: string | null;
  @Uuid({
    optional: true,
    nullable: true,
    description: 'The goal it serves: a framework goal for an outcome goal, a principle goal for a framework goal',
    example: GOAL_ID,
  })
  parentGoalId?: string | null;
  @UuidList({
    optional: true,
    unique: true,
    description: 'Needs of the assessment it answers; principle goals name at least one',
    example: [NEED_ID],
  })
  needIds?: string[];
  @OneOf(HORIZONS, {
    optional: true,
    nullable: true,
    name: 'PlanHorizon',
    description: 'Where it differs from the plan’s',
  })
  horizon?: Horizon | null;
  @Bool({ optional: true, description: 'Rolling planning: it belongs to the next step' }) nextStep?: boolean;
  @NestedList(() => GoalIndicatorDto, { optional: true, max: 20 }) indicators?: GoalIndicatorDto[];
  @IsoDate({ optional: true, nullable: true, description: 'Day by which it is to be reached', example: '2026-08-31' })
  targetDate?: string | null;
  @Bool({ optional: true, description: 'The client made it their own' }) acceptedByClient?: boolean;
  @Int({
    optional: true,
    min: 1,
    max: 5,
    description: 'How much it counts, 1 (minor) to 5 (decisive); 1 when left out',
    example: 3,
  })
  weight?: number;
  @Nested(() => GoalScaleDto, { optional: true, nullable: true, description: 'Needed before the goal can be rated' })
  scale?: GoalScaleDto | null;
  @LongText({ optional: true, nullable: true, max: 2000, example: 'Stairs to the flat' }) barriers?: string | null;
  @LongText({
    optional: true,
    nullable: true,
    max: 2000,
    description: 'What is done when the barriers stand in the way',
    example: 'Ground-floor flat',
  })
  planB?: string | null;
}

/** The one party that carries a measure out. */
export class ResponsibleDto {
  @OneOf(RESPONSIBLE_KINDS, { name: 'ResponsibleKind', example: 'provider' }) kind: ResponsibleKind;
  @Text({
    optional: true,
    nullable: true,
    description: 'Id of the provider in the directory, of the person, or subject of the staff member',
    example: PROVIDER_ID,
  })
  id?: string | null;
  @Text({ example: 'Rehabilitation clinic' }) name: string;
}

export class MeasureDto {
  @Text({ max: 500, example: 'Physiotherapy' }) title: string;
  @UuidList({ optional: true, unique: true, description: 'Goals it serves', example: [GOAL_ID] }) goalIds?: string[];
  @Nested(() => ResponsibleDto, { optional: true, nullable: true }) responsible?: ResponsibleDto | null;
  @IsoDate({ optional: true, nullable: true }) startOn?: string | null;
  @IsoDate({ optional: true, nullable: true, description: 'By when', example: '2026-08-31' }) endOn?: string | null;
  @Text({ optional: true, nullable: true, example: 'twice a week' }) frequency?: string | null;
  @Int({
    optional: true,
    nullable: true,
    min: 0,
    max: 2_000_000_000,
    description: 'Cost in euro cents; 0 when it is free',
    example: 48000,
  })
  costCents?: number | null;
  @Text({ optional: true, nullable: true, example: 'Statutory health insurance' }) payer?: string | null;
  @LongText({
    optional: true,
    nullable: true,
    max: 2000,
    description: 'How it is checked that it is delivered and helps',
    example: 'Monthly report of the practice',
  })
  howChecked?: string | null;
  @Uuid({ optional: true, nullable: true, description: 'The service of the directory it uses' }) serviceId?:
    string | null;
}

export class RemovalQuery {
  @OneOf(REMOVAL_REASONS, { name: 'RemovalReason', description: 'Why it leaves the plan', example: 'not_realistic' })
  reason: RemovalReason;
}

export class EndMeasureDto {
  @OneOf(MEASURE_OUTCOMES, { name: 'MeasureOutcome', example: 'completed' }) outcome: MeasureOutcome;
  @LongText({ optional: true, nullable: true, max: 2000, example: 'Walks safely with the frame' }) note?: string | null;
}

export class RateGoalDto {
  @Uuid({ example: GOAL_ID }) goalId: string;
  @Int({ min: -2, max: 2, description: 'Level reached, as described for the goal', example: 1 }) level: number;
  @IsoDate() on: string;
  @OneOf(RATERS, { name: 'GoalRater', description: 'Whose view it is', example: 'client' }) ratedBy: Rater;
  @LongText({ optional: true, nullable: true, max: 2000 }) note?: string | null;
}

export class HandedNeedsQuery extends PageQuery {
  @OneOf(['open', 'all'], {
    optional: true,
    description: 'all: also what a later assessment superseded; open when left out',
  })
  show?: 'open' | 'all';
  @OneOf(['need', 'resource'], { optional: true }) kind?: 'need' | 'resource';
}

/** The plan at its new version, and the id of the new goal. */
export class GoalReceipt extends Receipt {
  @Uuid({ example: GOAL_ID }) goalId: string;
}

/** The plan at its new version, and the id of the new measure. */
export class MeasureReceipt extends Receipt {
  @Uuid() measureId: string;
}
