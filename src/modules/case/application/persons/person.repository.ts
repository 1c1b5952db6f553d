import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CasePersons } from '../../../../shared/auth/case-persons';
import { freePerson } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { Parameters, UnitOfWork, type Write } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { ofAgeFrom } from '../../../../shared/domain/majority';
import { Person } from '../../domain/persons/person.entity';
import { rules } from '../../domain/persons/person.refusals';
import { tokensOf } from '../../domain/persons/person.tokens';
import { PersonTokens } from './person.blinding';
import { PersonVault, type SealedPerson } from './person.vault';

/** Persons with their direct identifiers sealed; in memory they are open. */
@Injectable()
export class PersonRepository extends AggregateRepository<Person> {
  protected readonly type = Person;
  private readonly keys = new WeakMap<Person, KeyObject>();

  constructor(
    uow: UnitOfWork,
    @Inject(DataSource) dataSource: DataSource,
    private readonly vault: PersonVault,
    private readonly blinding: PersonTokens,
    private readonly casePersons: CasePersons,
    private readonly clock: Clock,
  ) {
    super(uow, dataSource);
    casePersons.birthDates = async (id) => (await this.find(id))?.birthDate ?? null;
    casePersons.identity = async (id) => (await this.find(id))?.identity ?? null;
    casePersons.keyOf = async (id) => {
      const person = await this.find(id);
      return person ? (this.keys.get(person) ?? null) : null;
    };
    casePersons.keysOf = (ids) => this.keysOf(ids);
    casePersons.surviving = async (id) => (await this.survivorOf(id))?.id ?? null;
    casePersons.recordsOf = (id) => this.recordsOf(id);
  }

  /** The person, opened; null as well where processing is restricted for the user (GDPR 18). */
  override async find(id: string): Promise<Person | null> {
    const person = await super.find(id);
    if (!person || (await this.casePersons.restricts(id))) return null;
    const [key] = await this.vault.open([person]);
    this.keys.set(person, key!);
    return Object.assign(person, this.vault.unseal(person.sealed, id, key!));
  }

  /** Stores a new person, under a key of its own. */
  async add(person: Person): Promise<void> {
    const { key, keyNo, wrapped } = await this.vault.newKey(person.id);
    Object.assign(person, { keyNo, wrappedKey: wrapped });
    this.keys.set(person, key);
    await this.keep(person);
  }

  /** Stores the person and, beside it, the tokens it is found by; nobody is found by a merged record. */
  async keep(person: Person): Promise<void> {
    const tokens = (await this.blinding.blind(person.mergedInto ? [] : tokensOf(person))).map(({ token }) => token);
    this.store(person);
    const { id, portalSubject, birthDate } = person;
    this.casePersons.write({ id, portalSubject, ofAgeFrom: ofAgeFrom(birthDate, this.clock.today()) });
    if (person.version > 0)
      this.uow.write({
        sql: (add) => `
          delete from cases.person_token
          where tenant_id = ${add(context().tenantId)} and person_id = ${add(person.id)} and token <> all(${add(tokens)}::bigint[])`,
      });
    this.uow.write({
      sql: (add) => `
        insert into cases.person_token (tenant_id, token, person_id)
        select ${add(context().tenantId)}::uuid, token, ${add(person.id)}::uuid from unnest(${add(tokens)}::bigint[]) token
        on conflict do nothing`,
    });
  }

  protected override toWrite(person: Person): Write {
    const sealed = this.vault.seal(person.identity, person.id, this.keys.get(person)!);
    return super.toWrite(Object.assign(person, { sealed }));
  }

  /** The key that what else is recorded of this person is sealed with. */
  keyOf(person: Person): KeyObject {
    return this.keys.get(person)!;
  }

  private async keysOf(ids: readonly string[]): Promise<ReadonlyMap<string, KeyObject>> {
    const rows = await this.uow.query<SealedPerson>(
      `select id, sealed, key_no as "keyNo", wrapped_key as "wrappedKey" from cases.person
       where tenant_id = $1 and id = any($2::uuid[])`,
      [context().tenantId, ids],
    );
    const keys = await this.vault.open(rows);
    return new Map(rows.map(({ id }, i) => [id, keys[i]!]));
  }

  /** Whether the person is on record, and not merged. */
  async isOnRecord(id: string): Promise<boolean> {
    const sql = 'select 1 from cases.person where tenant_id = $1 and id = $2 and merged_into is null';
    return (await this.uow.query(sql, [context().tenantId, id])).length > 0;
  }

  /** Requires a person on record that was not merged, and holds it so (`holdUnmerged`). One read. */
  async requireOnRecord(id: string): Promise<void> {
    const p = new Parameters();
    const found = await this.uow.one<{ merged_into: string | null }>(
      `select merged_into from cases.person where tenant_id = ${p.add(context().tenantId)} and id = ${p.add(id)} and ${freePerson('id', p.add)}`,
      p.values,
    );
    if (!found) throw new NotFound('person', id);
    if (found.merged_into) throw rules.broken('person-merged', { personId: id, survivorId: found.merged_into });
    this.holdUnmerged(id);
  }

  /**
   * A merge that happens before this unit of work is committed makes it fail as stale; one that comes later sees what it
   * stored. Nothing more than a condition of the write.
   */
  holdUnmerged(id: string): void {
    this.uow.write({
      guarded: 'person',
      sql: (add) =>
        `select 1 from cases.person where tenant_id = ${add(context().tenantId)} and id = ${add(id)} and merged_into is null for share`,
    });
  }

  /** The person, or the one that stays of all that were merged since; NotFound when there is none. */
  async surviving(id: string): Promise<Person> {
    const person = await this.survivorOf(id);
    if (!person) throw new NotFound('person', id);
    return person;
  }

  private async survivorOf(id: string): Promise<Person | null> {
    let person = await this.find(id);
    while (person?.mergedInto) person = await this.find(person.mergedInto);
    return person;
  }

  /** The persons that were merged into this one and are so still, the oldest merge first. */
  async mergedInto(id: string): Promise<Person[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from cases.person where tenant_id = $1 and merged_into = $2 order by merge->>'id'`,
      [context().tenantId, id],
    );
    const found: Person[] = [];
    for (const row of rows) {
      const person = await this.find(row.id);
      if (person) found.push(person);
    }
    return found;
  }

  /** The person and all records that were merged into it, however often; merges wait until the unit of work ends. */
  private async recordsOf(id: string): Promise<string[]> {
    const { tenantId } = context();
    // Against `lockBoth` alone: corrections do not wait for it.
    await this.uow.query('select 1 from cases.person where tenant_id = $1 and id = $2 for key share', [tenantId, id]);
    const rows = await this.uow.query<{ id: string }>(
      `with recursive same as (select $2::uuid as id union
         select m.id from same join cases.person m on m.tenant_id = $1 and m.merged_into = same.id)
       select id from same`,
      [tenantId, id],
    );
    return rows.map((row) => row.id);
  }

  /** Requires that nobody else has the account of the separated person; the survivor as it will be stored. */
  async requireOwnAccount(separated: Person, survivor: Person): Promise<void> {
    const holder = await this.uow.one<{ id: string }>(
      'select id from cases.person where tenant_id = $1 and portal_subject = $2 and merged_into is null and id <> all($3::uuid[])',
      [context().tenantId, separated.portalSubject, [separated.id, survivor.id]],
    );
    const personId = survivor.portalSubject === separated.portalSubject ? survivor.id : holder?.id;
    if (separated.portalSubject !== null && personId) throw rules.broken('account-in-use', { personId });
  }

  /** Locks two persons until the unit of work ends, always in the same order. Needs `uow.lock()` first. */
  async lockBoth(one: string, other: string): Promise<void> {
    await this.uow.query(
      'select 1 from cases.person where tenant_id = $1 and id = any($2::uuid[]) order by id for update',
      [context().tenantId, [one, other]],
    );
  }
}
