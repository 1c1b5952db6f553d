import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { ReviewHeld, ReviewScheduled } from '../../events';
import { faultIf, notBefore, notInFuture, requireValid } from '../plan/steering.faults';
import type { REVIEW_STATUS, ReviewCause, ReviewMove, ReviewResult } from './review-words';
import { rules } from './review.refusals';

/** PLAN-6: a planned check of an agreed plan; a plan has one that is still to be held. */
@Entity({ schema: 'service_plan', name: 'review' })
@Index('review_by_case', ['tenantId', 'caseId', 'dueOn', 'id'])
@Index('review_by_plan', ['tenantId', 'planId'])
@Index('review_due', { synchronize: false })
@Index('review_one_open', { synchronize: false })
export class Review extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column({ type: 'uuid', name: 'plan_id', update: false }) readonly planId: string;
  @Column('date', { name: 'due_on' }) readonly dueOn: string;
  @Column('text') readonly cause: ReviewCause;
  @Column('jsonb') readonly moves: readonly ReviewMove[] = [];
  @Column('text') readonly status: (typeof REVIEW_STATUS)[number] = 'planned';
  @Column('date', { name: 'held_on', nullable: true }) private heldOn: string | null = null;
  @Column('jsonb') private participants: readonly string[] = [];
  @Column('text', { nullable: true }) private findings: string | null = null;
  @Column('text', { nullable: true }) private decision: ReviewResult['decision'] | null = null;
  @Column('boolean') private final: boolean = false;
  @Column('text', { name: 'recorded_by', nullable: true }) private recordedBy: string | null = null;

  private constructor() {
    super();
  }

  /** Sets a review of the plan for that day. */
  static schedule(plan: { planId: string; caseId: string }, dueOn: string, cause: ReviewCause, at: string): Review {
    const review = new Review();
    const { planId, caseId } = plan;
    Object.assign(review, { planId, caseId, dueOn, cause });
    review.announce(at);
    return review;
  }

  /** Sets another day; the days before stay on record. */
  move(dueOn: string, cause: ReviewCause, reason: string | null, { by, at }: Stamp): void {
    this.requirePlanned();
    const moves = [...this.moves, { from: this.dueOn, to: dueOn, cause, reason, by, at }];
    Object.assign(this, { dueOn, cause, moves });
    this.announce(at);
  }

  /** Records the review and returns the next one, unless it was the final one. */
  hold(result: ReviewResult, stamp: Stamp): Review | null {
    this.requirePlanned();
    const { heldOn, participants, findings, decision, final, nextDueOn } = result;
    requireValid([
      notInFuture('#/heldOn', heldOn, dayOf(stamp)),
      faultIf(
        final !== (decision === 'evaluate'),
        '#/decision',
        'final-review-evaluates',
        'The final review leads to the evaluation (decision evaluate), and only the final one does.',
        'Die abschließende Überprüfung führt zur Evaluation (Entscheidung evaluate), und nur sie.',
      ),
      faultIf(
        final === (nextDueOn !== null),
        '#/nextDueOn',
        'next-review',
        'Set the day of the next review, unless this was the final one.',
        'Legen Sie den Tag der nächsten Überprüfung fest, außer nach der abschließenden.',
      ),
      notBefore('#/nextDueOn', nextDueOn, heldOn),
    ]);
    Object.assign(this, { status: 'held', heldOn, participants, findings, decision, final, recordedBy: stamp.by });
    this.record(new ReviewHeld(this.id, this.caseId, this.planId, this.dueOn, heldOn, final, decision, stamp.at));
    return nextDueOn === null ? null : Review.schedule(this, nextDueOn, 'previous_review', stamp.at);
  }

  private announce(at: string): void {
    this.record(new ReviewScheduled(this.id, this.caseId, this.planId, this.dueOn, at));
  }

  private requirePlanned(): void {
    if (this.status !== 'planned') throw rules.broken('review-not-planned', { currentState: this.status });
  }
}
