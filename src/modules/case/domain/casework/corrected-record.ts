import { Column } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../../shared/domain/aggregate-root';
import { rules } from './journal-entry.refusals';

type Earlier<C> = C & { version: number; writtenBy: string; writtenAt: string; reason: string | null };

/** A record by name in a case: a correction is a new version with a reason, and every earlier one stays readable. */
export abstract class CorrectedRecord<C extends object> extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column('text', { name: 'written_by' }) private readonly writtenBy: string;
  @Column({ type: 'timestamptz', name: 'written_at', precision: 3 }) private readonly writtenAt: Date;
  /** Why this version was written; null for the first. */
  @Column('text', { name: 'correction_reason', nullable: true }) private readonly correctionReason: string | null =
    null;
  @Column('jsonb') private earlier: Earlier<C>[] = [];

  /** What the record says now, its fields always in the same order. */
  protected abstract get content(): C;
  /** Puts the content into the columns; refuses what cannot be so. */
  protected abstract say(content: C, stamp: Stamp): void;

  protected write(content: C, correctionReason: string | null, stamp: Stamp): void {
    this.say(content, stamp);
    Object.assign(this, { correctionReason, writtenBy: stamp.by, writtenAt: new Date(stamp.at) });
  }

  /** Replaces the fields given; refused when nothing differs. */
  protected rewrite(correction: Partial<C>, reason: string, stamp: Stamp): void {
    const before = this.content;
    const given = Object.entries(correction).filter(([, value]) => value !== undefined);
    const content: C = { ...before, ...Object.fromEntries(given) };
    if (JSON.stringify(content) === JSON.stringify(before)) throw rules.broken('nothing-corrected');
    const { version, writtenBy, writtenAt, correctionReason } = this;
    const kept = { ...before, version, writtenBy, writtenAt: writtenAt.toISOString(), reason: correctionReason };
    this.write(content, reason, stamp);
    this.earlier = [...this.earlier, kept];
  }
}
