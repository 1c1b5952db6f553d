import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { MedicationHandout } from '../../domain/casework/medication-handout.entity';
import { MedicationNote } from '../../domain/casework/medication-note.entity';

@Injectable()
export class MedicationNoteRepository extends AggregateRepository<MedicationNote> {
  protected readonly type = MedicationNote;
}

@Injectable()
export class MedicationHandoutRepository extends AggregateRepository<MedicationHandout> {
  protected readonly type = MedicationHandout;
}
