import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { InvalidInput } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { PersonRelation, type RelationTerms } from '../../domain/circle/person-relation.entity';
import { unknownPerson } from '../persons/person.faults';
import { PersonRepository } from '../persons/person.repository';
import { PersonRelationRepository } from './person-relation.repository';

/** Keeps on record how persons are related (CASE-1). */
@Injectable()
export class PersonRelationService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly persons: PersonRepository,
    private readonly relations: PersonRelationRepository,
  ) {}

  /** Both persons are locked: of two who record the same at once the second is told. */
  record(personId: string, { otherPersonId, ...terms }: RelationTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      await this.persons.lockBoth(personId, otherPersonId);
      await this.persons.requireOnRecord(personId);
      const [person, other] = [await this.persons.get(personId), await this.persons.find(otherPersonId)];
      if (!other || other.mergedInto !== null) throw new InvalidInput([unknownPerson('otherPersonId')]);
      const known = await this.relations.between(person.id, other.id);
      const relation = PersonRelation.record(person, other, terms, known, stampBy(this.clock));
      this.relations.store(relation);
      return Receipt.of(relation);
    });
  }

  end(id: string, on: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (relation, stamp) => relation.end(on, stamp));
  }

  revoke(id: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (relation, stamp) => relation.revoke(reason, stamp));
  }

  private change(
    id: string,
    expected: Expected,
    step: (relation: PersonRelation, stamp: Stamp) => void,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const relation = await this.relations.get(id, expected);
      step(relation, stampBy(this.clock));
      this.relations.store(relation);
      return Receipt.of(relation);
    });
  }
}
