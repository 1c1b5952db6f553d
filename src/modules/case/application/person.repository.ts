import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { NotFound } from '../../../shared/domain/errors';
import { Person } from '../domain/person.entity';
import { rules } from '../domain/person.refusals';

@Injectable()
export class PersonRepository extends AggregateRepository<Person> {
  protected readonly type = Person;

  constructor(
    uow: UnitOfWork,
    @Inject(DataSource) dataSource: DataSource,
    private readonly casePersons: CasePersons,
  ) {
    super(uow, dataSource);
  }

  /** Stores the person and, beside it, its identifiers in comparable form. */
  override store(person: Person): void {
    super.store(person);
    // The person itself is what is written: its columns are read when the statement is made.
    this.casePersons.write(person);
    const keys = person.identifierKeys;
    if (person.version > 0)
      this.uow.write({
        sql: (add) => `
          delete from cases.person_identifier
          where tenant_id = ${add(context().tenantId)} and person_id = ${add(person.id)} and key <> all(${add(keys)}::text[])`,
      });
    if (keys.length > 0)
      this.uow.write({
        sql: (add) => `
          insert into cases.person_identifier (tenant_id, key, person_id)
          select ${add(context().tenantId)}::uuid, key, ${add(person.id)}::uuid from unnest(${add(keys)}::text[]) key
          on conflict do nothing`,
      });
  }

  /**
   * Requires a person on record that was not merged; a merge that happens before this unit of work is committed makes
   * it fail as stale. One read now, nothing more than a condition of the write later.
   */
  async requireOnRecord(id: string): Promise<void> {
    const { tenantId } = context();
    const [found] = await this.uow.query<{ merged_into: string | null }>(
      'select merged_into from cases.person where tenant_id = $1 and id = $2',
      [tenantId, id],
    );
    if (!found) throw new NotFound('person', id);
    if (found.merged_into) throw rules.broken('person-merged', { personId: id, survivorId: found.merged_into });
    this.uow.write({
      guarded: 'person',
      sql: (add) =>
        `select 1 from cases.person where tenant_id = ${add(tenantId)} and id = ${add(id)} and merged_into is null for share`,
    });
  }

  /** The person, or the one that stays of all that were merged since; NotFound when there is none. */
  async surviving(id: string): Promise<Person> {
    let person = await this.get(id);
    while (person.mergedInto !== null) person = await this.get(person.mergedInto);
    return person;
  }

  /** Locks two persons until the unit of work ends, always in the same order. Needs `uow.lock()` first. */
  async lockBoth(one: string, other: string): Promise<void> {
    await this.uow.query(
      'select 1 from cases.person where tenant_id = $1 and id = any($2::uuid[]) order by id for update',
      [context().tenantId, [one, other]],
    );
  }
}
