import { Int, IsoDate, LongText, NestedList, OneOf, Text, TextList, Uuid } from '../../../../shared/http/fields';
import { CONFERENCE_KINDS, DECISION_BECOMES } from '../../domain/conference/conference-words';
import { HORIZONS, type Horizon, PLANNING_MODES, type PlanningMode } from '../../domain/plan/plan-content';
import { DissentDto } from '../conference/conference.dto';
import { GoalView, MAX_INT, MeasureContentView } from './service-plan.views';

/** The goals of the edition in force, without measures, payers and costs. */
export class OpenedGoalsView {
  @Uuid({ description: 'The service plan' }) id: string;
  @Int({ min: 1, max: MAX_INT, description: 'The edition in force' }) edition: number;
  @IsoDate() agreedOn: string;
  @IsoDate() reviewOn: string;
  @NestedList(() => GoalView) goals: GoalView[];
}

/** The edition in force as it was agreed. */
export class OpenedPlanView extends OpenedGoalsView {
  @OneOf(PLANNING_MODES, { name: 'PlanningMode' }) planningMode: PlanningMode;
  @OneOf(HORIZONS, { name: 'PlanHorizon' }) horizon: Horizon;
  @LongText({ nullable: true }) subsidiarityReason: string | null;
  @NestedList(() => MeasureContentView) measures: MeasureContentView[];
}

export class OpenedDecisionView {
  @Uuid() id: string;
  @Text({ max: 2000 }) text: string;
  @OneOf(DECISION_BECOMES) becomes: string;
  @Text({ nullable: true }) responsible: string | null;
}

/** The record of a conference that was held. */
export class OpenedMinutesView {
  @Uuid({ description: 'The conference' }) id: string;
  @OneOf(CONFERENCE_KINDS, { name: 'ConferenceKind' }) kind: string;
  @IsoDate() heldOn: string;
  @TextList() participants: string[];
  @LongText({ max: 50_000 }) minutes: string;
  @NestedList(() => OpenedDecisionView) decisions: OpenedDecisionView[];
  @NestedList(() => DissentDto) dissent: DissentDto[];
}

/** What a linked case opened to you, by part; null where the part is not open to you. */
export class OpenedPartsView {
  @Uuid() caseId: string;
  @NestedList(() => OpenedPlanView, { nullable: true, description: 'The agreed plan of the client' })
  plan: OpenedPlanView[] | null;
  @NestedList(() => OpenedGoalsView, { nullable: true, description: 'The agreed goals of the client' })
  goals: OpenedGoalsView[] | null;
  @NestedList(() => OpenedMinutesView, {
    nullable: true,
    description: 'The latest 100 conferences held for this case, alone or with yours, latest first',
  })
  conference: OpenedMinutesView[] | null;
}
