import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot } from '../../../../shared/domain/aggregate-root';
import { WEEKS_WITHOUT_PROGRESS, type WatchState } from './review-words';

/** PLAN-6: since when an agreed plan has shown no progress. Its id is the plan's. */
@Entity({ schema: 'service_plan', name: 'progress_watch' })
@Index('progress_watch_by_case', ['tenantId', 'caseId'])
@Index('progress_watch_due', { synchronize: false })
export class ProgressWatch extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column('int') readonly weeks: number = WEEKS_WITHOUT_PROGRESS;
  @Column('text') readonly state: WatchState = 'watching';
  /** The day of the last progress, review or agreement. */
  @Column('date', { name: 'quiet_since' }) readonly quietSince: string;
  /** Best level rated so far, by goal. */
  @Column('jsonb', { name: 'goal_levels' }) private goalLevels: Readonly<Record<string, number>> = {};

  private constructor() {
    super();
  }

  /** A watch on a plan that is agreed for the first time. */
  static of(planId: string, caseId: string, agreedOn: string): ProgressWatch {
    return Object.assign(new ProgressWatch(), { id: planId, caseId, quietSince: agreedOn });
  }

  /** Sets after how many weeks without progress the plan is to be reviewed. */
  setWeeks(weeks: number): void {
    this.assign({ weeks });
  }

  /** An edition was agreed: the weeks are counted from then. */
  begin(agreedOn: string): void {
    this.assign({ state: 'watching' });
    this.moved(agreedOn);
  }

  /** Something moved, or the plan was looked at, on that day. */
  moved(on: string): void {
    if (on > this.quietSince) this.assign({ quietSince: on });
  }

  /** A goal was rated: better than ever before is progress; so is a first rating of "as expected" or more. */
  rated(goalId: string, level: number, on: string): void {
    const best = this.goalLevels[goalId];
    if (best === undefined ? level >= 0 : level > best) this.moved(on);
    this.goalLevels = { ...this.goalLevels, [goalId]: Math.max(level, best ?? level) };
  }

  /** Nothing is expected to move for now. */
  pause(): void {
    if (this.state === 'watching') this.assign({ state: 'paused' });
  }

  /** Goes on after a pause, which does not count. */
  resume(on: string): void {
    if (this.state !== 'paused') return;
    this.assign({ state: 'watching' });
    this.moved(on);
  }

  /** The help process comes to its end. */
  end(): void {
    this.assign({ state: 'ended' });
  }

  private assign(changes: { weeks?: number; state?: WatchState; quietSince?: string }): void {
    Object.assign(this, changes);
  }
}
