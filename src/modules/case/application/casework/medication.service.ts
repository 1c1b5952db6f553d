import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt, type Warning } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { MedicationHandout } from '../../domain/casework/medication-handout.entity';
import { MedicationNote } from '../../domain/casework/medication-note.entity';
import type { HandoutContent, MedicationContent } from '../../domain/casework/medication.values';
import { CaseReader } from '../case/case.reader';
import { MedicationHandoutRepository, MedicationNoteRepository } from './medication.repositories';

const UNNAMED: Warning = {
  code: 'administered-by-unnamed',
  detail: {
    en: 'The note does not name this person among those who may administer. If they may, correct the note; if not, find out how it came to this.',
    de: 'Die Notiz nennt diese Person nicht unter denen, die das Medikament geben dürfen. Darf sie es, berichtigen Sie die Notiz; wenn nicht, klären Sie, wie es dazu kam.',
  },
};

/** Keeps the medication notes of a case and what was administered (CASE-14). */
@Injectable()
export class MedicationService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: CaseReader,
    private readonly notes: MedicationNoteRepository,
    private readonly handouts: MedicationHandoutRepository,
  ) {}

  write(caseId: string, content: MedicationContent): Promise<Receipt> {
    return this.uow.run(async () => {
      const note = MedicationNote.write(await this.cases.require(caseId), content, stampBy(this.clock));
      this.notes.store(note);
      return Receipt.of(note);
    });
  }

  correct(id: string, correction: Partial<MedicationContent>, reason: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const note = await this.notes.get(id, '*');
      await this.cases.require(note.caseId);
      this.notes.requireVersion(note, expected);
      note.correct(correction, reason, stampBy(this.clock));
      this.notes.store(note);
      return Receipt.of(note);
    });
  }

  /** What happened is recorded, whoever did it; that the note does not name them is pointed out. */
  administer(noteId: string, content: HandoutContent): Promise<Receipt> {
    return this.uow.run(async () => {
      const note = await this.notes.get(noteId, '*');
      const entry = MedicationHandout.write(note, await this.cases.require(note.caseId), content, stampBy(this.clock));
      this.handouts.store(entry);
      return Receipt.of(entry, note.allows(entry.administeredBy) ? [] : [UNNAMED]);
    });
  }

  correctHandout(
    id: string,
    correction: Partial<HandoutContent>,
    reason: string,
    expected: Expected,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const entry = await this.handouts.get(id, '*');
      await this.cases.require(entry.caseId);
      this.handouts.requireVersion(entry, expected);
      const note = await this.notes.get(entry.noteId, '*');
      entry.correct(note, correction, reason, stampBy(this.clock));
      this.handouts.store(entry);
      return Receipt.of(entry, note.allows(entry.administeredBy) ? [] : [UNNAMED]);
    });
  }
}
