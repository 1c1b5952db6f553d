import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../shared/domain/aggregate-root';
import { addDays } from '../../../shared/domain/days';
import { InvalidInput } from '../../../shared/domain/errors';
import { localDay } from '../../../shared/domain/local-day';
import { RecipientNoticeArisen, RecipientNoticeSettled } from '../events';
import {
  type GivenTo,
  type NoticeRecipient,
  type Passage,
  together,
  withoutContent,
} from './recipient-notice.passages';
import { noticeRules as rules } from './recipient-notice.refusals';
import {
  NOTICE_DAYS,
  type NoticeChannel,
  type NoticeOccasion,
  type NoticeState,
  type NotToldGround,
} from './recipient-notice.words';

/** What came up, for one recipient. Of an erasure nobody is named: `personId` is null. */
export type NoticeTerms = GivenTo & {
  readonly occasion: NoticeOccasion;
  /** The request, restriction or erasure run it follows. */
  readonly occasionId: string;
  readonly personId: string | null;
};

/** What became of a notice: the fields that do not belong to its state are null. */
export type Settlement = {
  readonly as: Exclude<NoticeState, 'open'>;
  readonly toldOn: string | null;
  readonly how: NoticeChannel | null;
  readonly ground: NotToldGround | null;
  readonly reason: string | null;
} & Stamp;

/**
 * CONS-6, GDPR 19: somebody who was given data has to be told that it was corrected, is restricted or is erased. Open
 * until they were told, or until it is on record why not.
 */
@Entity({ schema: 'consent', name: 'recipient_notice' })
@Index('recipient_notice_by_due', ['tenantId', 'dueOn', 'id'])
@Index('recipient_notice_by_person', ['tenantId', 'personId', 'dueOn', 'id'])
@Index('recipient_notice_by_occasion', ['tenantId', 'occasionId', 'id'])
@Index('recipient_notice_open', { synchronize: false })
export class RecipientNotice extends AggregateRoot {
  @Column({ type: 'uuid', name: 'person_id', nullable: true }) readonly personId: string | null;
  @Column({ type: 'text', update: false }) readonly occasion: NoticeOccasion;
  @Column({ type: 'uuid', name: 'occasion_id', update: false }) readonly occasionId: string;
  @Column('jsonb') readonly recipient: NoticeRecipient;
  @Column('jsonb') readonly passages: readonly Passage[];
  @Column({ type: 'timestamptz', name: 'arisen_at', precision: 3, update: false }) readonly arisenAt: Date;
  @Column({ type: 'date', name: 'due_on', update: false }) readonly dueOn: string;
  @Column('jsonb', { nullable: true }) private settlement: Settlement | null = null;

  private constructor() {
    super();
  }

  /** Something happened to data that this recipient was given. */
  static arise({ occasion, occasionId, personId, recipient, passages }: NoticeTerms, at: string): RecipientNotice {
    const erased = occasion === 'erasure';
    const notice = Object.assign(new RecipientNotice(), {
      ...{ occasion, occasionId, recipient },
      personId: erased ? null : personId,
      passages: erased ? withoutContent(passages) : passages,
      arisenAt: new Date(at),
      dueOn: addDays(at, NOTICE_DAYS),
    });
    notice.record(new RecipientNoticeArisen(notice.id, notice.personId, occasion, occasionId, notice.dueOn, at));
    return notice;
  }

  /** The erasure goes on: more of what this recipient was given is gone. */
  alsoErased(passages: readonly Passage[]): void {
    Object.assign(this, { passages: together(this.passages, withoutContent(passages)) });
  }

  /** There is another correction before anybody was told: one notice says both. */
  alsoCorrected(passages: readonly Passage[]): void {
    Object.assign(this, { passages: together(this.passages, passages) });
  }

  /** The recipient was told. */
  tell({ toldOn, how }: { toldOn: string; how: NoticeChannel }, stamp: Stamp): void {
    this.requireOpen();
    const givenOn = this.passages.flatMap(({ lastOn }) => lastOn ?? []).sort()[0];
    if (toldOn > dayOf(stamp) || toldOn < (givenOn ?? localDay(this.arisenAt)))
      throw new InvalidInput([
        {
          pointer: '#/toldOn',
          code: 'day-out-of-range',
          detail: {
            en: 'A recipient is told after they were given the data and not after today; of an erasure, from the day it was carried out.',
            de: 'Ein Empfänger wird unterrichtet, nachdem er die Daten erhalten hat, und nicht nach heute; über eine Löschung ab dem Tag, an dem sie ausgeführt wurde.',
          },
        },
      ]);
    this.settle({ as: 'told', toldOn, how }, stamp);
  }

  /** The recipient is not told, because it is impossible or out of all proportion. */
  waive({ ground, reason }: { ground: NotToldGround; reason: string }, stamp: Stamp): void {
    this.requireOpen();
    this.settle({ as: 'not_told', ground, reason }, stamp);
  }

  /** The restriction ended before they were told of it. Nothing to do when it is settled. */
  overtake(stamp: Stamp): void {
    if (this.isOpen) this.settle({ as: 'overtaken' }, stamp);
  }

  get isOpen(): boolean {
    return this.settlement === null;
  }

  get wasTold(): boolean {
    return this.settlement?.as === 'told';
  }

  private settle({ as, ...more }: Pick<Settlement, 'as'> & Partial<Settlement>, { by, at }: Stamp): void {
    this.settlement = { ...{ as, toldOn: null, how: null, ground: null, reason: null, ...more }, by, at };
    // Of an erasure nothing stays that says who somebody is, once it is no longer needed to reach them.
    if (this.occasion === 'erasure' && this.recipient.kind === 'person')
      Object.assign(this, { recipient: { ...this.recipient, name: null } });
    this.record(new RecipientNoticeSettled(this.id, this.personId, this.occasion, as, at));
  }

  private requireOpen(): void {
    if (this.settlement) throw rules.broken('recipient-notice-settled', { state: this.settlement.as });
  }
}
