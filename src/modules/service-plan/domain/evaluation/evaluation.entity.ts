import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { EvaluationRecorded } from '../../events';
import { faultIf, requireValid } from '../plan/steering.faults';
import {
  type Effort,
  type EvaluationAppointment,
  type EvaluationContent,
  type EvaluationRating,
  type NotRated,
  type RatingSide,
  type Verdict,
  isSameSide,
} from './evaluation-words';
import { rules } from './evaluation.refusals';

/** PLAN-8: the help process as all participants see it in the end. */
@Entity({ schema: 'service_plan', name: 'evaluation' })
@Index('evaluation_by_case', ['tenantId', 'caseId', 'id'])
@Index('evaluation_open', { synchronize: false })
export class Evaluation extends AggregateRoot implements EvaluationContent, EvaluationAppointment {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column({ type: 'uuid', name: 'plan_id', update: false }) readonly planId: string;
  @Column('text') readonly status: 'open' | 'recorded' = 'open';
  @Column('jsonb') readonly ratings: readonly EvaluationRating[] = [];
  @Column('jsonb', { name: 'not_rated' }) readonly notRated: readonly NotRated[] = [];
  @Column('text', { name: 'what_changed', nullable: true }) readonly whatChanged: string | null = null;
  @Column('text', { nullable: true }) readonly aftercare: string | null = null;
  @Column('text', { name: 'handover_to_regular', nullable: true }) readonly handoverToRegular: string | null = null;
  @Column('text', { name: 'lessons_for_network', nullable: true }) readonly lessonsForNetwork: string | null = null;
  @Column('date', { name: 'appointment_on', nullable: true }) readonly appointmentOn: string | null = null;
  @Column('text', { name: 'appointment_not_held_reason', nullable: true }) readonly appointmentNotHeldReason:
    string | null = null;
  /** As given; null until recorded means: summed from the journal. */
  @Column('jsonb', { nullable: true }) readonly effort: Effort | null = null;
  @Column('double precision', { name: 't_score', nullable: true }) readonly tScore: number | null = null;
  @Column({ type: 'text', name: 'opened_by', update: false }) private openedBy: string;
  @Column('text', { name: 'recorded_by', nullable: true }) private recordedBy: string | null = null;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, nullable: true }) private recordedAt: Date | null =
    null;

  private constructor() {
    super();
  }

  /** Opens the evaluation of a plan; the case must have come to that phase (CASE-6). */
  static open(plan: { planId: string; caseId: string }, phase: string, stamp: Stamp): Evaluation {
    if (phase !== 'evaluation') throw rules.broken('evaluation-too-early', { phase });
    const evaluation = new Evaluation();
    Object.assign(evaluation, plan, { openedBy: stamp.by });
    return evaluation;
  }

  /** A side rates, or rates anew. */
  rate(side: RatingSide, verdict: Verdict, onBehalf: string | null, { by, at }: Stamp): void {
    this.requireOpen();
    const rating: EvaluationRating = { ...side, ...verdict, onBehalf, recordedBy: by, at };
    Object.assign(this, {
      ratings: [...this.ratings.filter((r) => !isSameSide(r, side)), rating],
      notRated: this.notRated.filter((r) => !isSameSide(r, side)),
    });
  }

  /** Records why a side does not rate. */
  explainMissing(side: RatingSide, reason: string, { by, at }: Stamp): void {
    this.requireOpen();
    if (this.ratings.some((rating) => isSameSide(rating, side)))
      throw rules.broken('evaluation-already-rated', { ...side });
    const missing: NotRated = { ...side, reason, recordedBy: by, at };
    Object.assign(this, { notRated: [...this.notRated.filter((r) => !isSameSide(r, side)), missing] });
  }

  /** Writes down what came of it; what is absent stays. */
  describe(content: Partial<EvaluationContent & EvaluationAppointment & { effort: Effort | null }>): void {
    this.requireOpen();
    const { appointmentOn = this.appointmentOn, appointmentNotHeldReason = this.appointmentNotHeldReason } = content;
    requireValid([
      faultIf(
        appointmentNotHeldReason !== null && appointmentOn === null,
        '#/appointmentOn',
        'appointment-day-missing',
        'Give the day the appointment was offered for.',
        'Nennen Sie den Tag, für den das Gespräch angeboten wurde.',
      ),
    ]);
    Object.assign(this, content);
  }

  /**
   * PLAN-8: fixes the results. `providers` are those whose help had begun, `summed` is the effort of the journal,
   * `tScore` the goal attainment of the plan.
   */
  recordResults(facts: { providers: readonly string[]; summed: Effort; tScore: number | null }, stamp: Stamp): void {
    this.requireOpen();
    const providerIds = facts.providers.filter((providerId) => !this.isSettled({ side: 'provider', providerId }));
    const unmet = this.unmet(providerIds, dayOf(stamp));
    if (unmet.length > 0)
      throw rules.broken('evaluation-not-complete', { unmet, ...(providerIds.length > 0 ? { providerIds } : {}) });
    Object.assign(this, {
      status: 'recorded',
      effort: this.effort ?? facts.summed,
      tScore: facts.tScore,
      recordedBy: stamp.by,
      recordedAt: new Date(stamp.at),
    });
    const sides = (list: readonly RatingSide[]) => [...new Set(list.map(({ side }) => side))];
    const rated = sides(this.ratings);
    const missing = sides(this.notRated);
    this.record(
      new EvaluationRecorded(this.id, this.caseId, rated, missing, this.appointmentOn!, this.tScore, stamp.at),
    );
  }

  private unmet(missingProviders: readonly string[], today: string): string[] {
    const held = this.appointmentOn !== null && (this.appointmentOn <= today || this.appointmentNotHeldReason !== null);
    const conditions: [boolean, string][] = [
      [this.isSettled({ side: 'client', providerId: null }), 'evaluation-client-rating-missing'],
      [this.isSettled({ side: 'case_manager', providerId: null }), 'evaluation-case-manager-rating-missing'],
      [missingProviders.length === 0, 'evaluation-provider-rating-missing'],
      [held, 'evaluation-appointment-missing'],
      [this.whatChanged !== null, 'evaluation-what-changed-missing'],
      [this.aftercare !== null, 'evaluation-aftercare-missing'],
      [this.handoverToRegular !== null, 'evaluation-handover-missing'],
      [this.lessonsForNetwork !== null, 'evaluation-lessons-missing'],
    ];
    return conditions.flatMap(([met, code]) => (met ? [] : [code]));
  }

  private isSettled(side: RatingSide): boolean {
    return [...this.ratings, ...this.notRated].some((r) => isSameSide(r, side));
  }

  private requireOpen(): void {
    if (this.status !== 'open') throw rules.broken('evaluation-fixed', { evaluationId: this.id });
  }
}
