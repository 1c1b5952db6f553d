import { Column, Entity, Index } from 'typeorm';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../../shared/domain/errors';
import { MedicationNoteCorrected, MedicationNoted } from '../../events';
import { caseRules } from '../case/case.refusals';
import { CorrectedRecord } from './corrected-record';
import { type Administrator, type MedicationContent, mayAdminister } from './medication.values';

/** CASE-14: a medication need in a case, where it is kept and who may administer it. */
@Entity({ schema: 'cases', name: 'medication_note' })
@Index('medication_note_by_case', ['tenantId', 'caseId', 'since', 'id'])
export class MedicationNote extends CorrectedRecord<MedicationContent> {
  @Column('text') private readonly need: string;
  @Column('text', { nullable: true }) private readonly prescriber: string | null;
  @Column('text') private readonly storage: string;
  @Column('text', { nullable: true }) private readonly disposal: string | null;
  @Column('jsonb', { name: 'may_administer' }) private readonly mayAdminister: readonly Administrator[];
  @Column('date') readonly since: string;
  @Column('date', { nullable: true }) readonly until: string | null;

  private constructor() {
    super();
  }

  /** CASE-14: records a need; not in a closed case. */
  static write(kase: { caseId: string; status: string }, content: MedicationContent, stamp: Stamp): MedicationNote {
    if (kase.status === 'closed') throw caseRules.broken('case-closed', { caseId: kase.caseId });
    const note = new MedicationNote();
    Object.assign(note, { caseId: kase.caseId });
    note.write(content, null, stamp);
    note.record(new MedicationNoted(note.id, note.caseId, stamp.at));
    return note;
  }

  /** CASE-14: a new version with a reason. */
  correct(correction: Partial<MedicationContent>, reason: string, stamp: Stamp): void {
    const who = correction.mayAdminister;
    this.rewrite({ ...correction, ...(who && { mayAdminister: who.map(plain) }) }, reason, stamp);
    this.record(new MedicationNoteCorrected(this.id, this.caseId, stamp.at));
  }

  /** Whether somebody of that name may administer. */
  allows(name: string): boolean {
    return mayAdminister(this.mayAdminister, name);
  }

  protected get content(): MedicationContent {
    const { need, prescriber, storage, disposal, mayAdminister: who, since, until } = this;
    return {
      need,
      prescriber,
      storage,
      disposal,
      mayAdminister: who.map(plain),
      since,
      until,
    };
  }

  protected say(content: MedicationContent): void {
    if (content.until !== null && content.until < content.since)
      throw new InvalidInput([
        {
          pointer: '#/until',
          code: 'ends-before-it-begins',
          detail: { en: 'The last day lies before the first', de: 'Der letzte Tag liegt vor dem ersten' },
        },
      ]);
    Object.assign(this, content);
  }
}

/** With its fields in one order, so that versions can be compared. */
const plain = ({ name, capacity }: Administrator): Administrator => ({ name, capacity });
