import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { type DemographicsPatch, type NewPerson, Person } from '../../domain/persons/person.entity';
import { PersonSystemService } from '../case/person-system.service';
import { PersonDuplicates } from './person.duplicates';
import { PersonRepository } from './person.repository';

/** Records and corrects persons (CASE-1). */
@Injectable()
export class PersonService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly persons: PersonRepository,
    private readonly duplicates: PersonDuplicates,
    private readonly personSystem: PersonSystemService,
  ) {}

  record(given: NewPerson): Promise<Receipt> {
    return this.uow.run(async () => {
      const person = Person.record(given, stampBy(this.clock));
      await this.persons.add(person);
      return Receipt.of(person, await this.duplicates.warnings(person));
    });
  }

  /** Where the person's account changes, its cases become visible to the new one at once, and to no other. */
  correct(id: string, patch: DemographicsPatch, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const person = await this.persons.get(id, expected);
      const account = person.portalSubject;
      person.correct(patch, stampBy(this.clock));
      if (person.portalSubject !== account) await this.personSystem.accountChanged(id, person.portalSubject);
      await this.persons.keep(person);
      return Receipt.of(person, await this.duplicates.warnings(person));
    });
  }
}
