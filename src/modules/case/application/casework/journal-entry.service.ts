import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { type EntryContent, JournalEntry } from '../../domain/casework/journal-entry.entity';
import { CaseReader } from '../case/case.reader';
import { JournalEntryRepository } from './journal-entry.repository';

/** Keeps the journal of a case (CASE-8). */
@Injectable()
export class JournalEntryService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: CaseReader,
    private readonly entries: JournalEntryRepository,
  ) {}

  write(caseId: string, content: EntryContent): Promise<Receipt> {
    return this.uow.run(async () => {
      const entry = JournalEntry.write(await this.cases.require(caseId), content, stampBy(this.clock));
      this.entries.store(entry);
      return Receipt.of(entry);
    });
  }

  /** Also in a closed case: what is wrong is put right at any time. */
  correct(id: string, correction: Partial<EntryContent>, reason: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const entry = await this.entries.get(id);
      await this.cases.require(entry.caseId);
      this.entries.requireVersion(entry, expected);
      entry.correct(correction, reason, stampBy(this.clock));
      this.entries.store(entry);
      return Receipt.of(entry);
    });
  }
}
