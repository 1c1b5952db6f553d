import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { JournalEntry } from '../../domain/casework/journal-entry.entity';

@Injectable()
export class JournalEntryRepository extends AggregateRepository<JournalEntry> {
  protected readonly type = JournalEntry;
}
