import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { InvalidInput } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { Household, type NewMember } from '../../domain/circle/household.entity';
import { unknownPerson } from '../persons/person.faults';
import { PersonRepository } from '../persons/person.repository';
import { HouseholdRepository } from './household.repository';

/** Keeps on record who lives together (CASE-1). */
@Injectable()
export class HouseholdService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly persons: PersonRepository,
    private readonly households: HouseholdRepository,
  ) {}

  record(members: readonly NewMember[]): Promise<Receipt> {
    return this.uow.run(async () => {
      const fields = members.map((_, i) => `members/${i}/personId`);
      await this.requirePersons(members, fields);
      const household = Household.record(members, stampBy(this.clock));
      this.households.keep(household);
      return Receipt.of(household);
    });
  }

  join(id: string, member: NewMember, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, async (household, stamp) => {
      await this.requirePersons([member], ['personId']);
      household.join(member, stamp);
    });
  }

  leave(id: string, personId: string, on: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (household, stamp) => household.leave(personId, on, stamp));
  }

  revoke(id: string, personId: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (household, stamp) => household.revoke(personId, reason, stamp));
  }

  /** Names every person that is not on record, and holds the others so. */
  private async requirePersons(members: readonly NewMember[], fields: readonly string[]): Promise<void> {
    const unknown: string[] = [];
    for (const [i, { personId }] of members.entries()) {
      const person = await this.persons.find(personId);
      if (!person || person.mergedInto !== null) unknown.push(fields[i]!);
    }
    if (unknown.length > 0) throw new InvalidInput(unknown.map(unknownPerson));
    for (const personId of new Set(members.map((member) => member.personId))) this.persons.holdUnmerged(personId);
  }

  private change(
    id: string,
    expected: Expected,
    step: (household: Household, stamp: Stamp) => void | Promise<void>,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const household = await this.households.get(id, expected);
      await step(household, stampBy(this.clock));
      this.households.keep(household);
      return Receipt.of(household);
    });
  }
}
