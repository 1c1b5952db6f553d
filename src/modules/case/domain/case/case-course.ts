import { Column } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../../shared/domain/errors';
import { ClosingStarted, PhaseChanged } from '../../events';
import { caseRules } from './case.refusals';
import type { CaseStatus, Closing } from './case.values';
import {
  AUTOMATIC,
  type Milestone,
  type Milestones,
  type Phase,
  type PhaseCause,
  type PhaseEntry,
  countsSince,
  unmetConditions,
} from './phases';

/** The course of a case through its phases (CASE-6): what opens them, what has been reached, and the closing procedure. */
export abstract class CaseCourse extends AggregateRoot {
  @Column('text') phase: Phase = 'clarification';
  @Column('text') status: CaseStatus = 'active';
  @Column('date', { name: 'agreed_on', nullable: true }) agreedOn: string | null = null;
  @Column('jsonb') protected phases: PhaseEntry[] = [];
  @Column('jsonb') private milestones: Milestones = {};
  @Column('jsonb', { name: 'running_measures' }) protected runningMeasures: string[] = [];
  @Column('jsonb', { nullable: true }) protected closing: Closing | null = null;

  /** CASE-6: somebody decides to go to another phase; refused with everything that is missing. */
  changePhase(to: Phase, reason: string, stamp: Stamp): void {
    this.requireRunning();
    const unmet = this.unmet(to);
    if (unmet.length > 0) throw caseRules.broken('phase-entry-refused', { from: this.phase, to, unmet });
    this.enter(to, 'decision', reason, stamp);
  }

  /** CASE-6: something happened that opens a phase (an instant, `stamp.at`); the case moves on where that follows by itself. */
  reach(milestone: Milestone, stamp: Stamp): void {
    if ((this.milestones[milestone] ?? '') < stamp.at) this.milestones = { ...this.milestones, [milestone]: stamp.at };
    this.moveOn(stamp.by);
  }

  /** CASE-6: a measure of the plan runs, or has ended. */
  measureRuns(measureId: string, stamp: Stamp): void {
    if (!this.runningMeasures.includes(measureId)) this.runningMeasures = [...this.runningMeasures, measureId];
    this.reach('measureStarted', stamp);
  }
  measureEnds(measureId: string): void {
    this.runningMeasures = this.runningMeasures.filter((id) => id !== measureId);
  }

  /** CONS-2: the client withdrew the participation consent; the closing procedure begins. */
  consentWithdrawn(stamp: Stamp): void {
    if (this.status === 'closed' || this.closing?.reason === 'consent_withdrawn') return;
    this.startClosing({ reason: 'consent_withdrawn', since: dayOf(stamp), attempts: null }, stamp);
  }

  /** CASE-6: the client cannot be reached; the closing procedure begins. */
  clientUnreachable(since: string, attempts: string, stamp: Stamp): void {
    this.requireRunning();
    if (this.closing) throw caseRules.broken('closing-already-started', { reason: this.closing.reason });
    requireNotLater(since, stamp, '#/since');
    this.startClosing({ reason: 'unreachable', since, attempts }, stamp);
  }

  /** The client was reached after all. */
  clientReached(): void {
    this.requireRunning();
    if (this.closing?.reason !== 'unreachable') throw caseRules.broken('client-not-unreachable');
    this.closing = null;
  }

  private startClosing(closing: Pick<Closing, 'reason' | 'since' | 'attempts'>, stamp: Stamp): void {
    this.closing = { ...closing, startedAt: stamp.at, by: stamp.by };
    this.record(new ClosingStarted(this.id, this.id, closing.reason, stamp.at));
  }

  protected counts(milestone: Milestone): boolean {
    const at = this.milestones[milestone];
    return at !== undefined && at >= (countsSince(milestone, this.phases) ?? '');
  }

  private unmet(to: Phase): string[] {
    return unmetConditions(this.phase, to, {
      agreed: this.agreedOn !== null,
      assessmentCompleted: this.counts('assessmentCompleted'),
      planAgreed: this.counts('planAgreed'),
      measureRunning: this.runningMeasures.length > 0,
      finalReviewHeld: this.counts('finalReviewHeld'),
      closing: this.closing !== null,
    });
  }

  protected moveOn(by: string): void {
    if (this.status !== 'active') return;
    for (let step = AUTOMATIC[this.phase]; step; step = AUTOMATIC[this.phase]) {
      const at = this.milestones[step.on];
      if (!at || at < this.phases.at(-1)!.enteredAt || this.unmet(step.to).length > 0) return;
      this.enter(step.to, step.cause, null, { by, at });
    }
  }

  protected enter(phase: Phase, cause: PhaseCause, reason: string | null, { by, at }: Stamp): void {
    const from = this.phase;
    this.leavePhase(at);
    this.phases.push({ phase, enteredAt: at, leftAt: null, by, cause, reason });
    this.phase = phase;
    if (from !== phase) this.record(new PhaseChanged(this.id, this.id, from, phase, at));
  }

  protected leavePhase(at: string): void {
    const current = this.phases.at(-1);
    if (current) current.leftAt ??= at;
  }

  protected requireNotClosed(): void {
    if (this.status === 'closed') throw caseRules.broken('case-closed');
  }

  protected requireRunning(): void {
    this.requireNotClosed();
    if (this.status === 'suspended') throw caseRules.broken('case-suspended');
  }
}

/** Refuses a day that lies in the future. */
export function requireNotLater(day: string, stamp: Stamp, pointer: string): void {
  if (day > dayOf(stamp))
    throw new InvalidInput([
      {
        pointer,
        code: 'dateNotInFuture',
        detail: { en: 'this day lies in the future', de: 'dieser Tag liegt in der Zukunft' },
      },
    ]);
}
