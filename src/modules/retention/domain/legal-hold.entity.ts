import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../shared/domain/errors';
import { LegalHoldLifted, LegalHoldPlaced } from '../events';
import type { HoldKind } from './erasure.words';
import { rules } from './refusals';

/** Until when; without a date until it is lifted, with a day on which somebody looks again. */
export type HoldTerms = { readonly reason: string; readonly until: string | null; readonly reviewOn: string | null };

/** CONS-6: something is kept beyond its time, for claims or proceedings; nothing of it is erased meanwhile. */
@Entity({ schema: 'retention', name: 'legal_hold' })
@Index('legal_hold_by_subject', ['tenantId', 'subjectId'])
export class LegalHold extends AggregateRoot {
  @Column({ type: 'text', update: false }) readonly kind: HoldKind;
  @Column({ type: 'uuid', name: 'subject_id', update: false }) readonly subjectId: string;
  @Column({ type: 'text', update: false }) private readonly reason: string;
  @Column({ type: 'date', nullable: true, update: false }) readonly until: string | null;
  @Column({ type: 'date', name: 'review_on', nullable: true, update: false }) readonly reviewOn: string | null;
  @Column({ type: 'text', name: 'placed_by', update: false }) private readonly placedBy: string;
  @Column({ type: 'timestamptz', name: 'placed_at', precision: 3, update: false }) private readonly placedAt: Date;
  @Column({ type: 'jsonb', nullable: true }) readonly lifted: (Stamp & { reason: string }) | null = null;

  private constructor() {
    super();
  }

  /** CONS-6: nothing of the case or person is erased from now on. */
  static place(kind: HoldKind, subjectId: string, terms: HoldTerms, { by, at }: Stamp): LegalHold {
    const { until, reviewOn } = terms;
    if (until === null && reviewOn === null)
      throw new InvalidInput([
        {
          pointer: '#/reviewOn',
          code: 'review-needed',
          detail: {
            en: 'Say until when it holds, or when somebody looks again whether it is still needed',
            de: 'Geben Sie an, bis wann sie gilt oder wann geprüft wird, ob sie noch nötig ist',
          },
        },
      ]);
    const past = [
      { field: 'until', day: until },
      { field: 'reviewOn', day: reviewOn },
    ].filter(({ day }) => day !== null && day < dayOf({ by, at }));
    if (past.length > 0)
      throw new InvalidInput(
        past.map(({ field }) => ({
          pointer: `#/${field}`,
          code: 'day-past',
          detail: { en: 'This day is over', de: 'Dieser Tag ist vorbei' },
        })),
      );
    return LegalHold.on(kind, subjectId, terms, { by, at });
  }

  /** CONS-6: the record was merged into another one, which is protected from now on as this was. */
  carryTo(survivorId: string, stamp: Stamp): LegalHold {
    const { reason, until, reviewOn } = this;
    return LegalHold.on('person', survivorId, { reason, until, reviewOn }, stamp);
  }

  /** Whether the other one holds for the same reason and time. */
  isLike({ reason, until, reviewOn }: LegalHold): boolean {
    return this.reason === reason && this.until === until && this.reviewOn === reviewOn;
  }

  private static on(kind: HoldKind, subjectId: string, terms: HoldTerms, { by, at }: Stamp): LegalHold {
    const hold = new LegalHold();
    Object.assign(hold, { kind, subjectId, ...terms, placedBy: by, placedAt: new Date(at) });
    hold.record(new LegalHoldPlaced(hold.id, hold.caseId, subjectId, kind, at));
    return hold;
  }

  /** CONS-6: the reason is over; what is due may be proposed again. */
  lift(reason: string, stamp: Stamp): void {
    if (this.lifted) throw rules.broken('hold-lifted', { id: this.id });
    Object.assign(this, { lifted: { ...stamp, reason } });
    this.record(new LegalHoldLifted(this.id, this.caseId, this.subjectId, stamp.at));
  }

  private get caseId(): string | null {
    return this.kind === 'case' ? this.subjectId : null;
  }
}
