import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import type { Stamp } from '../../../shared/domain/aggregate-root';
import { Clock } from '../../../shared/domain/clock';
import { Receipt } from '../../../shared/http/answer';
import { type DemographicsPatch, type NewPerson, Person } from '../domain/person.entity';
import { DuplicateCandidateRepository } from './duplicate-candidate.repository';
import { PersonDuplicates } from './person.duplicates';
import { PersonRepository } from './person.repository';
import { PersonSystemService } from './person-system.service';

/** Records, corrects and merges persons (CASE-1). */
@Injectable()
export class PersonService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly persons: PersonRepository,
    private readonly duplicates: PersonDuplicates,
    private readonly personSystem: PersonSystemService,
    private readonly candidates: DuplicateCandidateRepository,
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

  /** Both records are locked, so that a request recorded meanwhile for the duplicate follows as well. */
  merge(
    id: string,
    { survivorId, reason }: { survivorId: string; reason: string },
    expected: Expected,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      await this.persons.lockBoth(id, survivorId);
      const duplicate = await this.persons.get(id, expected);
      const survivor = survivorId === id ? duplicate : await this.persons.get(survivorId);
      duplicate.mergeInto(survivor, reason, this.stamp());
      // The duplicate first: it gives up the account (portalSubject) that the survivor may take over.
      await this.persons.keep(duplicate);
      await this.persons.keep(survivor);
      this.candidates.merged(duplicate.id);
      this.uow.write({
        sql: (add) => `
          update cases.case_request set person_id = ${add(survivor.id)}, version = version + 1
          where tenant_id = ${add(context().tenantId)} and person_id = ${add(duplicate.id)}`,
      });
      return Receipt.of(duplicate);
    });
  }

  private stamp(): Stamp {
    return { by: context().user!.subject, at: this.clock.now() };
  }
}
