import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { localDay } from '../../../../shared/domain/local-day';
import {
  EmergencyAccessAwaitsApproval,
  EmergencyAccessEnded,
  EmergencyAccessOpened,
  EmergencyAccessReviewed,
  EmergencyReviewOverdue,
} from '../../events';
import { emergencyRules } from './emergency-access.refusals';
import {
  EMERGENCY_MINUTES,
  type EmergencyOutcome,
  type EmergencyReason,
  REVIEW_DAYS,
  workingDaysAfter,
} from './emergency.words';

/** Why somebody needs to read a case that is not theirs, and for how many minutes. */
export type EmergencyTerms = { reasonCode: EmergencyReason; justification: string; minutes: number };

/**
 * Breaking the glass (standards §6.3): somebody reads for some hours a case that is not theirs. It opens at once, save
 * for protected cases, which need a second person before; somebody else looks at every one of them afterwards.
 */
@Entity({ schema: 'cases', name: 'emergency_access' })
@Index('emergency_access_by_case', ['tenantId', 'caseId', 'id'])
@Index('emergency_access_unreviewed', { synchronize: false })
export class EmergencyAccess extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  /** Who reads. */
  @Column({ type: 'text', update: false }) readonly subject: string;
  @Column({ type: 'text', name: 'reason_code', update: false }) readonly reasonCode: EmergencyReason;
  @Column({ type: 'text', update: false }) readonly justification: string;
  @Column({ type: 'int', update: false }) readonly minutes: number;
  @Column({ type: 'boolean', name: 'needs_approval', update: false }) readonly needsApproval: boolean;
  @Column({ type: 'timestamptz', name: 'requested_at', precision: 3, update: false }) readonly requestedAt: Date;
  @Column('text', { name: 'approved_by', nullable: true }) private approvedBy: string | null = null;
  /** From and until when it is open; null as long as nobody approved it. */
  @Column({ type: 'timestamptz', name: 'from_at', precision: 3, nullable: true }) readonly fromAt: Date | null = null;
  @Column({ type: 'timestamptz', name: 'until_at', precision: 3, nullable: true }) readonly untilAt: Date | null = null;
  @Column('text', { name: 'ended_by', nullable: true }) private endedBy: string | null = null;
  @Column('date', { name: 'review_due_on', nullable: true }) readonly reviewDueOn: string | null = null;
  @Column('jsonb', { name: 'review', nullable: true }) private reviewed: {
    outcome: EmergencyOutcome;
    note: string;
    by: string;
    at: string;
  } | null = null;
  /** When the missing review was reported; once. */
  @Column('date', { name: 'overdue_on', nullable: true }) private overdueOn: string | null = null;

  private constructor() {
    super();
  }

  /** Asks for the case: opens it, or waits for the approval of a second person where the case is protected. */
  static ask(caseId: string, terms: EmergencyTerms, needsApproval: boolean, stamp: Stamp): EmergencyAccess {
    const asked = Object.assign(new EmergencyAccess(), { ...terms, caseId, needsApproval });
    Object.assign(asked, { subject: stamp.by, requestedAt: new Date(stamp.at) });
    if (needsApproval) asked.record(new EmergencyAccessAwaitsApproval(asked.id, caseId, asked.subject, stamp.at));
    else asked.open(stamp);
    return asked;
  }

  /** A second person lets the reader into a protected case. */
  approve(stamp: Stamp): void {
    const tooLate = Date.parse(stamp.at) >= this.requestedAt.getTime() + EMERGENCY_MINUTES * 60_000;
    if (this.fromAt || tooLate) throw emergencyRules.broken('emergency-approval-not-awaited', { tooLate });
    this.requireOther(stamp);
    this.approvedBy = stamp.by;
    this.open(stamp);
  }

  /** Closes it before its time. */
  end(stamp: Stamp): void {
    if (!this.isOpen(stamp.at)) throw emergencyRules.broken('emergency-not-active', { untilAt: this.untilAt });
    Object.assign(this, { untilAt: new Date(stamp.at), endedBy: stamp.by });
    this.record(new EmergencyAccessEnded(this.id, this.caseId, stamp.at));
  }

  /** Somebody else says whether it was right; what was not right is over at once. */
  review(outcome: EmergencyOutcome, note: string, stamp: Stamp): void {
    if (!this.fromAt || this.reviewed) throw emergencyRules.broken('emergency-nothing-to-review');
    this.requireOther(stamp);
    this.reviewed = { outcome, note, ...stamp };
    if (outcome === 'unjustified' && this.isOpen(stamp.at)) this.end(stamp);
    this.record(new EmergencyAccessReviewed(this.id, this.caseId, outcome, stamp.at));
  }

  /** Nobody has reviewed it in time. Reported once. */
  remind({ at }: Stamp): void {
    const day = localDay(at);
    if (this.reviewed || this.overdueOn || !this.reviewDueOn || this.reviewDueOn >= day) return;
    this.overdueOn = day;
    this.record(new EmergencyReviewOverdue(this.id, this.caseId, this.reviewDueOn, at));
  }

  /** Whether it lets the reader in at that instant. */
  isOpen(at: string): boolean {
    const now = Date.parse(at);
    return this.fromAt !== null && this.fromAt.getTime() <= now && this.untilAt!.getTime() > now;
  }

  private open(stamp: Stamp): void {
    const fromAt = new Date(stamp.at);
    const untilAt = new Date(fromAt.getTime() + this.minutes * 60_000);
    const reviewDueOn = workingDaysAfter(dayOf(stamp), REVIEW_DAYS);
    Object.assign(this, { fromAt, untilAt, reviewDueOn });
    const until = untilAt.toISOString();
    this.record(
      new EmergencyAccessOpened(this.id, this.caseId, this.subject, this.reasonCode, until, reviewDueOn, stamp.at),
    );
  }

  private requireOther({ by }: Stamp): void {
    if (by === this.subject || by === this.approvedBy) throw emergencyRules.broken('emergency-second-person');
  }
}
