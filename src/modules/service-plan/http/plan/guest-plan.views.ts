import {
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  Text,
  TextList,
  Uuid,
  UuidList,
} from '../../../../shared/http/fields';
import { CONFERENCE_KINDS, DECISION_BECOMES } from '../../domain/conference/conference-words';
import {
  HORIZONS,
  type Horizon,
  PLANNING_MODES,
  type PlanningMode,
  RESPONSIBLE_KINDS,
} from '../../domain/plan/plan-content';
import { ConferenceContributionView } from '../conference/conference.dto';
import { GoalView, MAX_INT } from './service-plan.views';

export class GuestResponsibleView {
  @OneOf(RESPONSIBLE_KINDS, { name: 'ResponsibleKind' }) kind: string;
  @Text({ nullable: true, description: 'Of providers; people are not named' }) name: string | null;
}

export class GuestMeasureView {
  @Uuid() id: string;
  @Text({ max: 500 }) title: string;
  @UuidList() goalIds: string[];
  @Nested(() => GuestResponsibleView, { nullable: true }) responsible: GuestResponsibleView | null;
  @IsoDate({ nullable: true }) startOn: string | null;
  @IsoDate({ nullable: true }) endOn: string | null;
  @Text({ nullable: true }) frequency: string | null;
  @Int({ nullable: true, min: 0, max: MAX_INT }) costCents: number | null;
  @Text({ nullable: true }) payer: string | null;
  @LongText({ nullable: true }) howChecked: string | null;
  @Uuid({ nullable: true }) serviceId: string | null;
}

/** The edition in force of a plan of the client. */
export class GuestPlanView {
  @Uuid() id: string;
  @Int({ min: 1, max: MAX_INT }) edition: number;
  @IsoDate() agreedOn: string;
  @IsoDate() reviewOn: string;
  @OneOf(PLANNING_MODES, { name: 'PlanningMode' }) planningMode: PlanningMode;
  @OneOf(HORIZONS, { name: 'PlanHorizon' }) horizon: Horizon;
  @NestedList(() => GoalView) goals: GoalView[];
  @NestedList(() => GuestMeasureView) measures: GuestMeasureView[];
}
export class GuestPlansView {
  @NestedList(() => GuestPlanView) data: GuestPlanView[];
}

export class GuestDecisionView {
  @Uuid() id: string;
  @Text({ max: 2000 }) text: string;
  @OneOf(DECISION_BECOMES) becomes: string;
}

/** A conference without the names of those who took part. */
export class GuestConferenceView {
  @Uuid() id: string;
  @OneOf(CONFERENCE_KINDS, { name: 'ConferenceKind' }) kind: string;
  @OneOf(['planned', 'held']) status: string;
  @IsoDate() plannedOn: string;
  @IsoDate({ nullable: true }) heldOn: string | null;
  @TextList({ max: 50, length: 500 }) agenda: string[];
  @LongText({ max: 50_000, nullable: true }) minutes: string | null;
  @NestedList(() => GuestDecisionView) decisions: GuestDecisionView[];
  @TextList({ length: 2000, description: 'What was disagreed with' }) dissent: string[];
  @NestedList(() => ConferenceContributionView) contributions: ConferenceContributionView[];
}

export class ContributeDto {
  @LongText({ example: 'Please put the hours of the employment programme on the agenda; mornings suit us best.' })
  text: string;
}
