import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import type { FieldFault } from '../../../../shared/domain/errors';
import { GoalRated, MeasureEnded, MeasureStarted, PlanAgreed, PlanRevised } from '../../events';
import { type LatestRating, attainmentScore, requireRateable } from './goal-attainment';
import { PLANNED, ended, started } from './measure-progress';
import {
  type AgreementTerms,
  type EditionInForce,
  type Signatory,
  type SignatureTerms,
  agreedGoals,
  enforce,
  signatureOf,
  signedDays,
  termsOf,
} from './plan-agreement';
import {
  type FrozenEdition,
  type Goal,
  type Horizon,
  type Measure,
  type MeasureOutcome,
  type MeasureProgress,
  type PlanContent,
  type PlanningMode,
  type Rater,
  type Removal,
  type RemovalReason,
  type Signature,
  outcomeGoals,
} from './plan-content';
import { partOf, withGoal, withMeasure, withoutGoal } from './plan-parts';
import { faultsOf, lostFaults } from './plan-readiness';
import { rules } from './service-plan.refusals';

/** `draft` until first agreed; `revising` while a new edition is drafted and the one before stays in force. */
export type PlanState = 'draft' | 'agreed' | 'revising' | 'ended';

/** What frames the plan. */
export type PlanFrame = { planningMode: PlanningMode; horizon: Horizon; subsidiarityReason: string | null };

type Changes = Partial<{
  personId: string;
  state: PlanState;
  edition: number;
  revisionReason: string;
  removed: readonly Removal[];
  signatures: readonly Signature[];
  inForce: EditionInForce;
  progress: Readonly<Record<string, MeasureProgress>>;
  attainment: Readonly<Record<string, LatestRating>>;
  tScore: number | null;
}>;

/** PLAN-1, PLAN-2, PLAN-3, PLAN-7: the service plan of one person in a case, from its draft over its signed editions. */
@Entity({ schema: 'service_plan', name: 'service_plan' })
@Index('service_plan_by_case', ['tenantId', 'caseId', 'id'])
@Index('service_plan_by_person', ['tenantId', 'personId'])
@Index('service_plan_one_open', { synchronize: false })
export class ServicePlan extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  /** Whose plan it is: the client or a member of the person system. */
  @Column('uuid', { name: 'person_id' }) readonly personId: string;
  @Column('text') readonly state: PlanState = 'draft';
  /** The number of the edition that is drafted or, where none is, in force. */
  @Column('int') readonly edition: number = 1;
  @Column('text', { name: 'planning_mode' }) private planningMode: PlanningMode;
  @Column('text') private horizon: Horizon;
  @Column('text', { name: 'subsidiarity_reason', nullable: true }) private subsidiarityReason: string | null;
  @Column('text', { name: 'revision_reason', nullable: true }) private revisionReason: string | null = null;
  @Column('jsonb') private goals: readonly Goal[] = [];
  @Column('jsonb') private measures: readonly Measure[] = [];
  @Column('jsonb') private removed: readonly Removal[] = [];
  @Column('jsonb') private signatures: readonly Signature[] = [];
  @Column('jsonb', { name: 'in_force', nullable: true }) private inForce: EditionInForce | null = null;
  @Column('jsonb') private progress: Readonly<Record<string, MeasureProgress>> = {};
  @Column('jsonb') private attainment: Readonly<Record<string, LatestRating>> = {};
  /** Goal attainment of the edition in force (PLAN-7), two decimals; null while no goal is rated. */
  @Column('double precision', { name: 't_score', nullable: true }) readonly tScore: number | null = null;
  @Column({ type: 'text', name: 'opened_by', update: false }) readonly openedBy: string;
  @Column({ type: 'timestamptz', name: 'opened_at', precision: 3, update: false }) private readonly openedAt: Date;

  private constructor() {
    super();
  }

  /** PLAN-1: opens the first draft. */
  static open(of: { caseId: string; personId: string } & PlanFrame, stamp: Stamp): ServicePlan {
    return Object.assign(new ServicePlan(), of, { openedBy: stamp.by, openedAt: new Date(stamp.at) });
  }

  changeFrame(frame: PlanFrame): void {
    this.draft(() => frame);
  }

  /** PLAN-1: `found` are the faults that only others could see (unknown needs). */
  addGoal(goal: Goal, found: readonly FieldFault[] = []): void {
    this.draft(() => withGoal(this.content, goal, found));
  }

  changeGoal(goal: Goal, found: readonly FieldFault[] = []): void {
    partOf(this.goals, goal.id, 'goal');
    this.addGoal(goal, found);
  }

  removeGoal(goalId: string, reason: RemovalReason, stamp: Stamp): void {
    partOf(this.goals, goalId, 'goal');
    const removal: Removal = { kind: 'goal', id: goalId, reason, on: dayOf(stamp) };
    this.draft(() => ({ ...withoutGoal(this.content, goalId), removed: [...this.removed, removal] }));
  }

  /** PLAN-2: `found` are the faults that only others could see (unknown services). */
  addMeasure(measure: Measure, found: readonly FieldFault[] = []): void {
    this.draft(() => withMeasure(this.content, measure, found));
  }

  changeMeasure(measure: Measure, found: readonly FieldFault[] = []): void {
    partOf(this.measures, measure.id, 'measure');
    this.addMeasure(measure, found);
  }

  removeMeasure(measureId: string, reason: RemovalReason, stamp: Stamp): void {
    partOf(this.measures, measureId, 'measure');
    if (this.progressOf(measureId).state === 'running')
      throw rules.broken('measure-still-running', { planId: this.id, measureId });
    const removal: Removal = { kind: 'measure', id: measureId, reason, on: dayOf(stamp) };
    const measures = this.measures.filter(({ id }) => id !== measureId);
    this.draft(() => ({ measures, removed: [...this.removed, removal] }));
  }

  /** PLAN-3: signs this edition; any later change of the draft takes the signatures back. */
  sign(terms: SignatureTerms, as: Signatory, stamp: Stamp): void {
    this.requireDraft();
    const signature = signatureOf(terms, as, stamp, this.inForce?.terms.agreedOn ?? null);
    this.assign({ signatures: [...this.signatures.filter(({ party }) => party !== signature.party), signature] });
  }

  /** PLAN-3: freezes the signed draft as the edition in force and sets review and contact rhythm. */
  agree(given: AgreementTerms, stamp: Stamp): FrozenEdition {
    this.requireDraft();
    this.requireReady(dayOf(stamp));
    const signed = signedDays(this.signatures);
    const terms = termsOf(given, signed.agreedOn, dayOf(stamp));
    const { inForce, attainment } = enforce(this.edition, this.content, terms, this.inForce, this.attainment);
    this.assign({ state: 'agreed', inForce, attainment, tScore: attainmentScore(inForce.goals, attainment) });
    this.record(
      new PlanAgreed(
        this.id,
        this.caseId,
        this.edition,
        terms.agreedOn,
        signed.client,
        signed.caseManager,
        terms.reviewOn,
        agreedGoals(this.goals),
        stamp.at,
      ),
    );
    return {
      edition: this.edition,
      content: { ...this.content, removed: this.removed, revisionReason: this.revisionReason },
      signatures: this.signatures,
      terms,
    };
  }

  /** PLAN-3: begins a new edition; the one before stays in force until the new one is signed. */
  revise(reason: string, stamp: Stamp): void {
    if (this.state === 'ended') throw rules.broken('plan-ended', { planId: this.id });
    if (this.state === 'revising') throw rules.broken('plan-in-revision', { planId: this.id, edition: this.edition });
    this.requireInForce();
    this.assign({ state: 'revising', edition: this.edition + 1, revisionReason: reason, signatures: [], removed: [] });
    this.record(new PlanRevised(this.id, this.caseId, this.edition, stamp.at));
  }

  /** PLAN-2, PLAN-5: help begins; only what is agreed can begin. */
  startMeasure(measureId: string, stamp: Stamp): void {
    this.move(measureId, (progress) => started(progress, dayOf(stamp)));
    this.record(new MeasureStarted(this.id, this.caseId, measureId, stamp.at));
  }

  /** PLAN-2: a measure ends: completed, or discontinued — also before it began. */
  endMeasure(measureId: string, outcome: MeasureOutcome, stamp: Stamp, note: string | null = null): void {
    this.move(measureId, (progress) => ended(progress, outcome, dayOf(stamp), note));
    this.record(new MeasureEnded(this.id, this.caseId, measureId, outcome, stamp.at));
  }

  /** PLAN-7: rates a goal of the edition in force against the levels described there; answers the new T-score. */
  rateGoal(rating: { goalId: string; level: number; on: string; ratedBy: Rater }, stamp: Stamp): number | null {
    const inForce = this.requireInForce();
    const { goalId, level, on, ratedBy } = rating;
    const goal = partOf(outcomeGoals(inForce.goals), goalId, 'goal');
    requireRateable(goal, inForce.since[goalId]!, on, dayOf(stamp));
    const before = this.attainment[goalId];
    if (!before || before.on <= on) {
      const attainment = { ...this.attainment, [goalId]: { level, on, ratedBy } };
      this.assign({ attainment, tScore: attainmentScore(inForce.goals, attainment) });
    }
    this.record(new GoalRated(this.id, this.caseId, goalId, level, this.tScore, on, stamp.at));
    return this.tScore;
  }

  /** CASE-10: the case is closed; nothing changes any more. */
  end(): void {
    this.assign({ state: 'ended' });
  }

  /** Whether an edition is in force. */
  get agreed(): boolean {
    return this.inForce !== null && this.state !== 'ended';
  }

  /** The number of the edition in force, or null. */
  get editionInForce(): number | null {
    return this.inForce?.edition ?? null;
  }

  /** PLAN-3: the review day agreed for the edition in force, or null. */
  get reviewOn(): string | null {
    return this.inForce?.terms.reviewOn ?? null;
  }

  /** The outcome goals in force; of the draft while none is agreed. */
  get outcomeGoals(): readonly Goal[] {
    return outcomeGoals(this.inForce?.goals ?? this.goals);
  }

  /** A measure in force (of the draft while none is agreed) with how far it is; NotFound when there is none. */
  measure(measureId: string): Measure & MeasureProgress {
    return { ...partOf(this.inForce?.measures ?? this.measures, measureId, 'measure'), ...this.progressOf(measureId) };
  }

  /** Whether the provider is responsible for something that serves the goal. */
  isServedBy(providerId: string, goalId: string): boolean {
    return (this.inForce?.measures ?? []).some(
      ({ responsible, goalIds }) =>
        responsible?.kind === 'provider' && responsible.id === providerId && goalIds.includes(goalId),
    );
  }

  private get content(): PlanContent {
    const { planningMode, horizon, subsidiarityReason, goals, measures } = this;
    return { planningMode, horizon, subsidiarityReason, goals, measures };
  }

  private progressOf(measureId: string): MeasureProgress {
    return this.progress[measureId] ?? PLANNED;
  }

  private move(measureId: string, next: (progress: MeasureProgress) => MeasureProgress): void {
    partOf(this.requireInForce().measures, measureId, 'measure');
    this.assign({ progress: { ...this.progress, [measureId]: next(this.progressOf(measureId)) } });
  }

  private requireDraft(): void {
    if (this.state === 'ended') throw rules.broken('plan-ended', { planId: this.id });
    if (this.state === 'agreed') throw rules.broken('plan-agreed', { planId: this.id, edition: this.edition });
  }

  /** PLAN-3: refuses with every fault of the draft at once. */
  private requireReady(today: string): void {
    const faults = [
      ...faultsOf(this.content, this.signatures, today, new Set(this.inForce?.goals.map(({ id }) => id))),
      ...lostFaults(this.content, this.progress),
    ];
    if (faults.length > 0)
      throw rules.broken('plan-not-ready', {
        planId: this.id,
        unmet: [...new Set(faults.map(({ code }) => code))],
        faults,
      });
  }

  private requireInForce(): EditionInForce {
    if (this.state === 'ended') throw rules.broken('plan-ended', { planId: this.id });
    if (!this.inForce) throw rules.broken('plan-without-agreement', { planId: this.id });
    return this.inForce;
  }

  /** Changes the draft; what was signed before is not what stands there now, so signatures go. */
  private draft(changes: () => Partial<PlanContent & { removed: readonly Removal[] }>): void {
    this.requireDraft();
    Object.assign(this, changes(), { signatures: [] });
  }

  private assign(changes: Changes): void {
    Object.assign(this, changes);
  }
}
