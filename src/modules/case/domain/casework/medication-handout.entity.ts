import { Column, Entity, Index } from 'typeorm';
import { localDay } from '../../../../shared/domain/local-day';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../../shared/domain/errors';
import { MedicationHandedOut, MedicationHandoutCorrected } from '../../events';
import { caseRules } from '../case/case.refusals';
import { pastInstant } from '../intake/case-request.values';
import { CorrectedRecord } from './corrected-record';
import type { MedicationNote } from './medication-note.entity';
import type { HandoutContent } from './medication.values';

/** CASE-14: a medication was administered or handed over: when, by whom, what. */
@Entity({ schema: 'cases', name: 'medication_handout' })
@Index('medication_handout_by_note', ['tenantId', 'noteId', 'at', 'id'])
export class MedicationHandout extends CorrectedRecord<HandoutContent> {
  @Column({ type: 'uuid', name: 'note_id', update: false }) readonly noteId: string;
  @Column({ type: 'timestamptz', name: 'administered_at', precision: 3 }) private readonly at: Date;
  @Column('text', { name: 'administered_by' }) readonly administeredBy: string;
  @Column('text') private readonly what: string;
  @Column('text', { nullable: true }) private readonly remark: string | null;

  private constructor() {
    super();
  }

  /** CASE-14: records what was handed over, within the days of the note; not in a closed case. */
  static write(
    note: MedicationNote,
    kase: { caseId: string; status: string },
    content: HandoutContent,
    stamp: Stamp,
  ): MedicationHandout {
    if (kase.status === 'closed') throw caseRules.broken('case-closed', { caseId: kase.caseId });
    const entry = new MedicationHandout();
    Object.assign(entry, { caseId: kase.caseId, noteId: note.id });
    requireWithin(note, content.at);
    entry.write(content, null, stamp);
    entry.record(new MedicationHandedOut(entry.id, entry.caseId, note.id, entry.at.toISOString()));
    return entry;
  }

  /** CASE-14: a new version with a reason. */
  correct(note: MedicationNote, correction: Partial<HandoutContent>, reason: string, stamp: Stamp): void {
    if (correction.at !== undefined) requireWithin(note, correction.at);
    this.rewrite(
      { ...correction, ...(correction.at === undefined ? {} : { at: pastInstant(correction.at, stamp, '#/at') }) },
      reason,
      stamp,
    );
    this.record(new MedicationHandoutCorrected(this.id, this.caseId, this.noteId, stamp.at));
  }

  protected get content(): HandoutContent {
    const { at, administeredBy, what, remark } = this;
    return { at: at.toISOString(), administeredBy, what, remark };
  }

  protected say({ at, ...content }: HandoutContent, stamp: Stamp): void {
    Object.assign(this, content, { at: new Date(pastInstant(at, stamp, '#/at')) });
  }
}

/** Refuses an instant outside the days of the note. */
function requireWithin({ since, until }: MedicationNote, at: string): void {
  const day = localDay(at);
  if (day >= since && day <= (until ?? day)) return;
  throw new InvalidInput([
    {
      pointer: '#/at',
      code: 'outside-note',
      detail: {
        en: 'The note does not cover this day. Correct its first or last day first, or write a new note.',
        de: 'Dieser Tag liegt außerhalb der Notiz. Berichtigen Sie zuerst deren ersten oder letzten Tag, oder schreiben Sie eine neue Notiz.',
      },
    },
  ]);
}
