import {
  Facts,
  Instant,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  Text,
  TextList,
  Uuid,
} from '../../../../shared/http/fields';
import {
  HORIZONS,
  type Horizon,
  PLANNING_MODES,
  type PlanningMode,
  REMOVAL_REASONS,
  type RemovalReason,
} from '../../domain/plan/plan-content';
import {
  GoalView,
  MAX_INT,
  MeasureContentView,
  PlanRemovalView,
  PlanSignatureView,
  PlanTermsView,
} from './service-plan.views';

const HASH = /^[0-9a-f]{64}$/;

export class PlanContentView {
  @OneOf(PLANNING_MODES, { name: 'PlanningMode' }) planningMode: PlanningMode;
  @OneOf(HORIZONS, { name: 'PlanHorizon' }) horizon: Horizon;
  @LongText({ nullable: true }) subsidiarityReason: string | null;
  @LongText({ nullable: true }) revisionReason: string | null;
  @NestedList(() => GoalView) goals: GoalView[];
  @NestedList(() => MeasureContentView) measures: MeasureContentView[];
  @NestedList(() => PlanRemovalView, { max: 1000 }) removed: PlanRemovalView[];
}

/** An edition as it was signed. */
export class PlanEditionView {
  @Uuid() planId: string;
  @Uuid() caseId: string;
  @Int({ min: 1, max: MAX_INT }) edition: number;
  @Nested(() => PlanContentView) content: PlanContentView;
  @NestedList(() => PlanSignatureView, { max: 3 }) signatures: PlanSignatureView[];
  @Nested(() => PlanTermsView) terms: PlanTermsView;
  @Text({
    min: 64,
    max: 64,
    pattern: HASH,
    description: 'SHA-256 over the canonical JSON (RFC 8785) of { content, edition, signatures, terms }',
  })
  hash: string;
  @Text() agreedBy: string;
  @Instant() agreedAt: string;
}

export class PlanEditionRow {
  @Uuid() planId: string;
  @Int({ min: 1, max: MAX_INT }) edition: number;
  @IsoDate() agreedOn: string;
  @IsoDate() reviewOn: string;
  @LongText({ nullable: true }) revisionReason: string | null;
  @Text({ min: 64, max: 64, pattern: HASH }) hash: string;
  @Text() agreedBy: string;
  @Instant() agreedAt: string;
}

export class PlanPartEntry {
  @Uuid() id: string;
  @LongText({ description: 'Statement of the goal, title of the measure' }) label: string;
}

export class PlanPartRemoved extends PlanPartEntry {
  @OneOf([...REMOVAL_REASONS], { nullable: true }) reason: RemovalReason | null;
}

/** Fields that read differently, by name. */
export class FieldChanges {
  @TextList({ max: 50 }) fields: string[];
  @Facts({ description: 'These fields as they read before' }) before: object;
  @Facts({ description: 'These fields as they read now' }) after: object;
}

export class PlanPartChanged extends FieldChanges {
  @Uuid() id: string;
  @LongText() label: string;
}

export class PlanPartsDiff {
  @NestedList(() => PlanPartEntry) added: PlanPartEntry[];
  @NestedList(() => PlanPartRemoved) removed: PlanPartRemoved[];
  @NestedList(() => PlanPartChanged) changed: PlanPartChanged[];
}

export class EditionDiffView {
  @Int({ min: 1, max: MAX_INT }) edition: number;
  @Int({ nullable: true, min: 1, max: MAX_INT, description: 'The edition it is compared with; null for the first' })
  before: number | null;
  @LongText({ nullable: true, description: 'Why the plan was revised' }) reason: string | null;
  @Nested(() => FieldChanges, { description: 'Planning mode, horizon and reason of subsidiarity' }) frame: FieldChanges;
  @Nested(() => PlanPartsDiff) goals: PlanPartsDiff;
  @Nested(() => PlanPartsDiff) measures: PlanPartsDiff;
}
