import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import type { Stamp } from '../../../shared/domain/aggregate-root';
import { Clock } from '../../../shared/domain/clock';
import { Receipt } from '../../../shared/http/answer';
import { type DemographicsPatch, type NewPerson, Person } from '../domain/person.entity';
import { PersonDuplicates } from './person.duplicates';
import { PersonRepository } from './person.repository';
import { PersonSystemService } from './person-system.service';

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
      const person = Person.record(given, this.stamp());
      await this.persons.add(person);
      return Receipt.of(person, await this.duplicates.warnings(person));
    });
  }

  /** Where the person's account changes, its cases become visible to the new one at once, and to no other. */
  correct(id: string, patch: DemographicsPatch, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const person = await this.persons.get(id, expected);
      const account = person.portalSubject;
      person.correct(patch, this.stamp());
      if (person.portalSubject !== account) await this.personSystem.accountChanged(id, person.portalSubject);
      await this.persons.keep(person);
      return Receipt.of(person, await this.duplicates.warnings(person));
    });
  }

  private stamp(): Stamp {
    return { by: context().user!.subject, at: this.clock.now() };
  }
}
