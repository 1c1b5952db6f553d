import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../../shared/domain/errors';
import { type FollowUpCause, type FollowUpStatus, WAITING_CAUSES } from '../intake/intake.words';
import { rules } from './follow-up.refusals';

/** Whose it is and when it is due (YYYY-MM-DD). */
type Due = { caseId: string | null; assignee: string; dueOn: string };

/**
 * CASE-9: something to be looked at again on a day (Wiedervorlage), in a case; without one it is what the organisation
 * received from another (CASE-11, CASE-12).
 */
@Entity({ schema: 'cases', name: 'follow_up' })
@Index('follow_up_worklist', { synchronize: false })
@Index('follow_up_waiting', { synchronize: false })
@Index('follow_up_escalated', { synchronize: false })
@Index('follow_up_to_escalate', { synchronize: false })
@Index('follow_up_by_case', ['tenantId', 'caseId', 'dueOn', 'id'])
@Index('follow_up_by_cause', { synchronize: false })
@Index('follow_up_open_by_case', { synchronize: false })
@Index('follow_up_received', { synchronize: false })
export class FollowUp extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', nullable: true, update: false }) readonly caseId: string | null;
  @Column({ type: 'text', collation: 'C' }) readonly assignee: string;
  @Column('date', { name: 'due_on' }) readonly dueOn: string;
  /** What to do, in words; null where the cause says it. */
  @Column({ type: 'text', nullable: true, update: false }) readonly subject: string | null;
  /** What made it; null for one that a person noted. */
  @Column({ type: 'text', nullable: true, update: false }) readonly cause: FollowUpCause | null;
  /** The review, referral … that is the cause; one open follow-up for each cause and reference. */
  @Column({ type: 'uuid', nullable: true, update: false }) readonly reference: string | null;
  /** Somebody else has to act; one only watches that they do. */
  @Column({ type: 'boolean', name: 'waits_for_others', default: false, update: false })
  readonly waitsForOthers: boolean;
  /** Whom it was brought before because it was overdue for too long; once, and it stays so. */
  @Column({ type: 'text', name: 'escalated_to', collation: 'C', nullable: true }) readonly escalatedTo: string | null =
    null;
  @Column('date', { name: 'escalated_on', nullable: true }) readonly escalatedOn: string | null = null;
  @Column('text') readonly status: FollowUpStatus = 'open';
  @Column('jsonb') private moves: { from: string; to: string; reason: string | null; by: string; at: string }[] = [];
  @Column('jsonb', { nullable: true }) private ended: { note: string | null; by: string; at: string } | null = null;
  @Column({ type: 'text', name: 'recorded_by', update: false }) private readonly recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, update: false }) private readonly recordedAt: Date;

  private constructor() {
    super();
  }

  /** CASE-9: somebody notes what to look at again. */
  static note(due: Due & { caseId: string; subject: string; waitsForOthers?: boolean }, stamp: Stamp): FollowUp {
    requireNotPast(due.dueOn, stamp);
    return FollowUp.make({ ...due, waitsForOthers: due.waitsForOthers ?? false, cause: null, reference: null }, stamp);
  }

  /** CASE-9: something that happened makes it due; it closes itself when the cause is gone. */
  static because(due: Due & { cause: FollowUpCause; reference: string }, stamp: Stamp): FollowUp {
    return FollowUp.make({ ...due, subject: null, waitsForOthers: WAITING_CAUSES.includes(due.cause) }, stamp);
  }

  /** CASE-9: it is done. */
  complete(note: string | null, stamp: Stamp): void {
    this.end('done', note, stamp);
  }

  /** CASE-9: a person puts it off or brings it forward. */
  reschedule(dueOn: string, reason: string | null, stamp: Stamp): void {
    requireNotPast(dueOn, stamp);
    this.moveTo(dueOn, reason, stamp);
  }

  /** CASE-9: the cause is due on another day. Nothing to do when it is ended or due then anyway. */
  follow(dueOn: string, stamp: Stamp): void {
    if (this.status === 'open' && this.dueOn !== dueOn) this.moveTo(dueOn, null, stamp);
  }

  /** CASE-9: somebody else answers for it now. Nothing to do when it is ended. */
  passTo(assignee: string): void {
    if (this.status === 'open') Object.assign(this, { assignee });
  }

  /** CASE-9: the cause is gone. Nothing to do when somebody completed it before. */
  close(stamp: Stamp): void {
    if (this.status === 'open') this.end('closed', null, stamp);
  }

  private static make(
    given: Due & Pick<FollowUp, 'subject' | 'cause' | 'reference' | 'waitsForOthers'>,
    stamp: Stamp,
  ): FollowUp {
    return Object.assign(new FollowUp(), given, { recordedBy: stamp.by, recordedAt: new Date(stamp.at) });
  }

  private moveTo(dueOn: string, reason: string | null, stamp: Stamp): void {
    this.requireOpen();
    this.moves = [...this.moves, { from: this.dueOn, to: dueOn, reason, ...stamp }];
    Object.assign(this, { dueOn });
  }

  private end(status: FollowUpStatus, note: string | null, stamp: Stamp): void {
    this.requireOpen();
    this.ended = { note, ...stamp };
    Object.assign(this, { status });
  }

  private requireOpen(): void {
    if (this.status !== 'open') throw rules.broken('follow-up-ended', { currentStatus: this.status });
  }
}

function requireNotPast(dueOn: string, stamp: Stamp): void {
  if (dueOn >= dayOf(stamp)) return;
  throw new InvalidInput([
    {
      pointer: '#/dueOn',
      code: 'date-in-past',
      detail: { en: 'This day has passed', de: 'Dieser Tag ist schon vorbei' },
    },
  ]);
}
