import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { context } from '../context';
import { Parameters, UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../domain/clock';
import { NotFound } from '../domain/errors';
import { LONG_SINCE } from '../domain/majority';
import { CaseAccess, type CasePersonEntry, type CaseScope } from './case-access';
import { freePerson, isRestricted } from './restriction';

/** A person of a case: the client, or somebody of the person system, with what decides who may speak for them. */
export type CasePerson = CasePersonEntry & {
  /** Subject of the person's own account, where there is one. */
  portalSubject: string | null;
  /** Processing of the person's data is restricted (GDPR 18). */
  restricted: boolean;
  /** Who may decide for the person outside any case: by order, document or law. */
  representatives: readonly Representative[];
  /** Known to be of age. */
  ofAge: boolean;
};

/** Somebody who may decide for a person in the matters (`tasks`) named, from one day to another (null: no end known). */
export type Representative = {
  personId: string;
  kind: string;
  tasks: readonly string[];
  from: string;
  until: string | null;
};

/** Who a case is about; every person in it has a place here, whoever has left the person system has none. */
export class PersonsOfCase {
  constructor(
    readonly caseId: string,
    readonly persons: readonly CasePerson[],
  ) {}

  get client(): CasePerson | undefined {
    return this.persons.find(({ client }) => client);
  }

  find(personId: string): CasePerson | undefined {
    return this.persons.find((person) => person.personId === personId);
  }

  /**
   * The persons that the account `subject` is, or is recorded as a guardian of. Custody ends with the majority: who is of
   * age has a guardian only for matters that are named (BGB §§ 1626, 1815).
   */
  spokenForBy(subject: string): string[] {
    const own = this.persons.filter(({ portalSubject }) => portalSubject === subject).map(({ personId }) => personId);
    return this.persons
      .filter(
        ({ personId, guardians, ofAge }) =>
          own.includes(personId) || guardians.some((g) => own.includes(g.personId) && (!ofAge || g.scope !== null)),
      )
      .map(({ personId }) => personId);
  }
}

/** The SQL condition that the user works on data subjects' requests, or is the person (`personId`, an SQL expression). */
export function ownOrAll(personId: string, add: Parameters['add']): string {
  const { tenantId, user, relationships } = context();
  if (relationships.includes('organisation')) return 'true';
  if (!relationships.includes('own')) return 'false';
  return `${personId} in (select f.person_id from platform.person_facts f
    where f.tenant_id = ${add(tenantId)} and f.portal_subject = ${add(user!.subject)})`;
}

/** The SQL condition that the person (`personId`) of the organisation (`tenant`, all SQL) is of age by the day `today`. */
export const isOfAge = (tenant: string, personId: string, today: string): string =>
  `exists (select 1 from platform.person_facts f where f.tenant_id = ${tenant} and f.person_id = ${personId} and f.of_age_from <= ${today})`;

/**
 * The SQL condition that the reader may see what is about one person of the case (`caseId`, `personId`: SQL expressions):
 * who works on the case sees all of it, its client what is about themselves and those whose guardian they are (`spokenForBy`).
 */
export function aboutReader(caseId: string, personId: string, today: string, add: Parameters['add']): string {
  const { tenantId, relationships } = context();
  if (relationships.some((relationship) => relationship !== 'own')) return 'true';
  const tenant = add(tenantId);
  return `exists (select 1 from platform.case_access mine cross join jsonb_array_elements(mine.persons) one
    where mine.tenant_id = ${tenant} and mine.case_id = ${caseId} and (one->>'personId')::uuid = ${personId}
      and (${personId} = mine.person_id or exists (select 1 from jsonb_array_elements(one->'guardians') g
        where (g->>'personId')::uuid = mine.person_id
          and (g->>'scope' is not null or not ${isOfAge(tenant, personId, `${add(today)}::date`)}))))`;
}

/**
 * Who belongs to a case, for modules that decide by it. `platform.case_access.persons` and `platform.person_facts` are
 * written by the case module in the statements that store the case and the person.
 */
@Injectable()
export class CasePersons {
  /** The birth date (YYYY-MM-DD) of a person, where it is on record. Set by the case module, which keeps it sealed. */
  birthDates: (personId: string) => Promise<string | null> = async () => null;

  /** The person on record, or who they were merged into; null where there is none. Set by the case module. */
  surviving: (personId: string) => Promise<string | null> = async (personId) => personId;

  /** The person with all records that were merged into it; held so. Needs `uow.lock()`. Set by the case module. */
  recordsOf: (personId: string) => Promise<string[]> = async (personId) => [personId];

  /** What says who a person is, opened; null where it is not on record any more. Set by the case module. */
  identity: (personId: string) => Promise<Readonly<Record<string, unknown>> | null> = async () => null;

  /** The key of a person, under which copies of their data are kept. Set by the case module. */
  keyOf: (personId: string) => Promise<KeyObject | null> = async () => null;

  /**
   * The keys of persons, restricted or not, by id; without those who were erased. What may be seen that they open is
   * decided before. Set by the case module.
   */
  keysOf: (personIds: readonly string[]) => Promise<ReadonlyMap<string, KeyObject>> = async () => new Map();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  /** The persons of the case, whoever asks; empty where there is no such case. */
  async of(caseId: string): Promise<PersonsOfCase> {
    return (await this.read(caseId))?.persons ?? new PersonsOfCase(caseId, []);
  }

  /**
   * The persons of the case and those of them whose own affairs the user may see: null for all of them, as for people
   * who work on the case; for clients themselves and the persons they are guardians of. NotFound where there are none.
   */
  async require(caseId: string): Promise<{ persons: PersonsOfCase; mine: readonly string[] | null }> {
    const found = await this.read(caseId);
    const { user, relationships } = context();
    if (!found || !user) throw new NotFound('case', caseId);
    const { scope, persons } = found;
    if (scope.restricted && !context().passage) throw new NotFound('case', caseId);
    if (this.access.allows({ ...scope, clients: [] })) return { persons, mine: null };
    const mine = relationships.includes('own') ? persons.spokenForBy(user.subject) : [];
    if (mine.length === 0) throw new NotFound('case', caseId);
    return { persons, mine };
  }

  /** Whether the person is restricted for the user (GDPR 18). One statement, and none for who passes anyway. */
  async restricts(personId: string): Promise<boolean> {
    const p = new Parameters();
    const free = freePerson(`${p.add(personId)}::uuid`, p.add);
    if (free === 'true') return false;
    return !(await this.uow.one<{ free: boolean }>(`select ${free} as free`, p.values))!.free;
  }

  /** The person who has the account `subject`, or null. */
  async ofAccount(subject: string): Promise<string | null> {
    const found = await this.uow.one<{ id: string }>(
      'select person_id as id from platform.person_facts where tenant_id = $1 and portal_subject = $2',
      [context().tenantId, subject],
    );
    return found?.id ?? null;
  }

  /**
   * Restricts the processing of a person's data, or lifts that, with this unit of work; answers whether it was restricted.
   * Records that were merged into the person are of the same one. What `awaitsErasure` is erased when its time is over. The
   * rows are locked, so that two who do it at once take turns.
   */
  async restrict(personId: string, restricted: boolean, awaitsErasure = false): Promise<boolean> {
    await this.uow.lock();
    const ids = await this.recordsOf(personId);
    const rows = await this.uow.query<{ id: string; restricted: boolean }>(
      `select person_id as id, restricted from platform.person_facts where tenant_id = $1 and person_id = any($2::uuid[])
       order by person_id for update`,
      [context().tenantId, ids],
    );
    const before = rows.find(({ id }) => id === personId);
    if (!before) throw new NotFound('person', personId);
    this.uow.write({
      sql: (add) => `
        update platform.person_facts set restricted = ${add(restricted)}::boolean, awaits_erasure = ${add(awaitsErasure)}::boolean
        where tenant_id = ${add(context().tenantId)} and person_id = any(${add(ids)}::uuid[])`,
    });
    return before.restricted;
  }

  /**
   * Keeps the person on record until this unit of work is committed: an erasure leaves them out, or was faster (false). For
   * whoever adds to what is held on a person outside any case.
   */
  async stays(personId: string): Promise<boolean> {
    await this.uow.lock();
    const found = await this.uow.query(
      'select 1 from platform.person_facts where tenant_id = $1 and person_id = $2 for share',
      [context().tenantId, personId],
    );
    return found.length > 0;
  }

  /** Adds what is decided by of a person to the unit of work; called by the case module with every store of a person. */
  write(person: { id: string; portalSubject: string | null; ofAgeFrom: string | null }): void {
    this.uow.write({
      sql: (add) => `
        insert into platform.person_facts (tenant_id, person_id, portal_subject, of_age_from)
        values (${add(context().tenantId)}, ${add(person.id)}, ${add(person.portalSubject)}, ${add(person.ofAgeFrom)})
        on conflict (tenant_id, person_id) do update set portal_subject = excluded.portal_subject, of_age_from = excluded.of_age_from`,
    });
  }

  /** Those who are not known to be of age for long, with from which day they are (`ofAgeFrom`), by id; the next of them. */
  notLongOfAge(after: string, limit: number): Promise<{ id: string; ofAgeFrom: string | null }[]> {
    return this.uow.query(
      `select person_id as id, of_age_from::text as "ofAgeFrom" from platform.person_facts
       where tenant_id = $1 and person_id > $2 and of_age_from is distinct from $3::date order by person_id limit $4`,
      [context().tenantId, after, LONG_SINCE, limit],
    );
  }

  /** Adds from which day persons are of age to the unit of work (`ofAgeFrom`); called by the case module every day. */
  writeMajority(persons: readonly { id: string; ofAgeFrom: string | null }[]): void {
    this.uow.write({
      sql: (add) => `
        update platform.person_facts f set of_age_from = n."ofAgeFrom"
        from jsonb_to_recordset(${add(JSON.stringify(persons))}::jsonb) as n(id uuid, "ofAgeFrom" date)
        where f.tenant_id = ${add(context().tenantId)} and f.person_id = n.id`,
    });
  }

  /** Adds who represents a person to the unit of work, in place of what was there; called by the case module. */
  writeRepresentatives(personId: string, representatives: readonly Representative[]): void {
    this.uow.write({
      sql: (add) => `
        update platform.person_facts set representatives = ${add(JSON.stringify(representatives))}::jsonb
        where tenant_id = ${add(context().tenantId)} and person_id = ${add(personId)}`,
    });
  }

  private async read(caseId: string): Promise<{ scope: CaseScope; persons: PersonsOfCase } | null> {
    const p = new Parameters();
    const today = p.add(this.clock.today());
    const found = await this.uow.one<CaseScope & { persons: CasePerson[] }>(
      `select ca.responsible, ca.deputy, ca.team, ca.clients,
         ${this.access.standIns('ca.responsible', 'ca.case_id', p.add)} as "standIns",
         ${isRestricted('ca.person_id', p.add)} as restricted, (
         select coalesce(json_agg(entry || jsonb_build_object('portalSubject', f.portal_subject,
           'restricted', coalesce(f.restricted, false), 'ofAge', coalesce(f.of_age_from <= ${today}::date, false), 'representatives', coalesce(f.representatives, '[]'))), '[]')
         from jsonb_array_elements(ca.persons) entry
         left join platform.person_facts f on f.tenant_id = ca.tenant_id and f.person_id = (entry->>'personId')::uuid
       ) as persons
       from platform.case_access ca where ca.tenant_id = ${p.add(context().tenantId)} and ca.case_id = ${p.add(caseId)}`,
      p.values,
    );
    if (!found) return null;
    const { persons, ...scope } = found;
    return { scope, persons: new PersonsOfCase(caseId, persons) };
  }
}
