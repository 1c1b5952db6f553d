import { Injectable } from '@nestjs/common';
import { context } from '../context';
import type { Relationship } from './policies';
import { Parameters, UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../domain/clock';
import { NotFound } from '../domain/errors';
import { freeCase, freePerson, isRestricted } from './restriction';

/** Who may touch a case, as its stored scope columns say. */
export type CaseScope = {
  responsible: string;
  deputy: string | null;
  team: string | null;
  clients: readonly string[];
  /** Who stands in today for the responsible one, who is absent; and who reads in an emergency, for that purpose. */
  standIns?: readonly string[];
  /** Processing for the client is restricted (GDPR 18). */
  restricted?: boolean;
};

/** Who stands in for somebody from one day to another (both included): in the cases named, and in all others. */
export type StandIns = {
  absent: string;
  fromOn: string;
  untilOn: string;
  deputy: string;
  cases: readonly { caseId: string; deputy: string }[];
};

/** Whoever works on cases, as case manager or team lead, may stand in for others. */
const asStaff = (relationship: Relationship) => relationship === 'assigned' || relationship === 'team';

/** Who reads a case in an emergency, and from when to when. */
export type EmergencyGrant = { caseId: string; subject: string; fromAt: Date; untilAt: Date };

/** Somebody the case is about, and who may decide for them: the guardians that its person system names. */
export type CasePersonEntry = {
  personId: string;
  client: boolean;
  guardians: readonly {
    personId: string;
    /** What they may decide, as the order or law says; null where nothing is recorded. */
    scope: string | null;
  }[];
};

/**
 * Decides which cases the user of the context may touch under the scope of the operation. The scope columns are
 * `platform.case_access`, written by the case module in the statement that stores the case.
 */
@Injectable()
export class CaseAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The SQL condition for rows of `alias`, which has the columns person_id, responsible, deputy, team and clients
   * (`platform.case_access` or `cases.case`); `caseId` is an SQL expression.
   */
  condition(alias: string, caseId: string, add: Parameters['add']): string {
    const { user, relationships } = context();
    if (!user) return 'false';
    if (relationships.includes('organisation')) return freePerson(`${alias}.person_id`, add);
    const allowed: string[] = [];
    if (relationships.includes('assigned')) {
      const me = add(user.subject);
      allowed.push(`${alias}.responsible = ${me}`, `${alias}.deputy = ${me}`);
    }
    if (relationships.some(asStaff))
      allowed.push(`${add(user.subject)} = any(${this.standIns(`${alias}.responsible`, caseId, add)})`);
    if (relationships.includes('team') && user.teams.length > 0)
      allowed.push(`${alias}.team = any(${add(user.teams)}::text[])`);
    const own = relationships.includes('own') ? [`${add(user.subject)} = any(${alias}.clients)`] : [];
    if (context().passage !== 'own') allowed.push(...own.splice(0));
    const restrictable =
      allowed.length > 0 ? [`(${allowed.join(' or ')}) and ${freePerson(`${alias}.person_id`, add)}`] : [];
    return [...restrictable, ...own].length > 0 ? `(${[...restrictable, ...own].join(' or ')})` : 'false';
  }

  /**
   * SQL array of who stands in today for `absent` in the case `caseId` (SQL expressions). Reads for the purpose
   * `emergency`, and only those, also let in who has broken the glass for the case (§6.3).
   */
  standIns(absent: string, caseId: string, add: Parameters['add']): string {
    const tenant = add(context().tenantId);
    const today = `${add(this.clock.today())}::date`;
    const standIns = `platform.stand_ins(${tenant}, ${absent}, ${caseId}, ${today})`;
    if (context().purpose !== 'emergency') return standIns;
    return `(${standIns} || platform.emergency_readers(${tenant}, ${caseId}, ${this.now(add)}))`;
  }

  /** SQL array of the cases the user reads in an emergency; null where that is not the purpose. */
  emergencyCases(add: Parameters['add']): string | null {
    const { tenantId, user, purpose } = context();
    if (purpose !== 'emergency') return null;
    return `platform.emergency_cases(${add(tenantId)}, ${add(user!.subject)}, ${this.now(add)})`;
  }

  private now(add: Parameters['add']): string {
    return `${add(this.clock.now())}::timestamptz`;
  }

  /** SQL array of those for whom the user stands in today, in some case or all: a first choice by index. */
  absentOnes(add: Parameters['add']): string {
    const { tenantId, user } = context();
    const today = `${add(this.clock.today())}::date`;
    return `platform.absent_ones(${add(tenantId)}, ${add(user!.subject)}, ${today})`;
  }

  /** The condition that the row's case (`caseId`, an SQL expression) is visible; one index probe. */
  visible(caseId: string, add: Parameters['add']): string {
    if (context().relationships.includes('organisation')) return freeCase(caseId, add);
    return `exists (select 1 from platform.case_access ca where ca.tenant_id = ${add(context().tenantId)}
      and ca.case_id = ${caseId} and ${this.condition('ca', 'ca.case_id', add)})`;
  }

  /**
   * The condition that the user reads the case (`caseId`, an SQL expression) as its client, whatever else they are: what
   * is kept from clients is kept from them.
   */
  readsAsClient(caseId: string, add: Parameters['add']): string {
    const { tenantId, user, relationships } = context();
    if (!relationships.includes('own')) return 'false';
    return `exists (select 1 from platform.case_access mine where mine.tenant_id = ${add(tenantId)}
      and mine.case_id = ${caseId} and ${add(user!.subject)} = any(mine.clients))`;
  }

  /** Whether the user may touch a case of this scope; the same decision as `condition`, in memory. */
  allows(scope: CaseScope): boolean {
    const { user, relationships, passage } = context();
    if (!user) return false;
    const passing = scope.restricted
      ? relationships.filter((relationship) => passage === 'all' || (passage === 'own' && relationship === 'own'))
      : relationships;
    return passing.some(
      (relationship) =>
        relationship === 'organisation' ||
        (relationship === 'assigned' && [scope.responsible, scope.deputy].includes(user.subject)) ||
        (asStaff(relationship) && scope.standIns?.includes(user.subject)) ||
        (relationship === 'team' && scope.team !== null && user.teams.includes(scope.team)) ||
        (relationship === 'own' && scope.clients.includes(user.subject)),
    );
  }

  /** Throws NotFound unless the case exists and is visible. One statement. */
  async require(caseId: string): Promise<CaseScope> {
    const p = new Parameters();
    const scope = await this.uow.one<CaseScope>(
      `select ca.responsible, ca.deputy, ca.team, ca.clients, ${this.standIns('ca.responsible', 'ca.case_id', p.add)} as "standIns",
         ${isRestricted('ca.person_id', p.add)} as restricted
       from platform.case_access ca where ca.tenant_id = ${p.add(context().tenantId)} and ca.case_id = ${p.add(caseId)}`,
      p.values,
    );
    if (!scope || !this.allows(scope)) throw new NotFound('case', caseId);
    return scope;
  }

  /** Adds the case's scope columns to the unit of work; called by the case module with every store of a case. */
  write(caseId: string, scope: CaseScope & { personId: string; persons: readonly CasePersonEntry[] }): void {
    this.uow.write({
      sql: (add) => `
        insert into platform.case_access (tenant_id, case_id, person_id, responsible, deputy, team, clients, persons)
        values (${add(context().tenantId)}, ${add(caseId)}, ${add(scope.personId)}, ${add(scope.responsible)}, ${add(scope.deputy)}, ${add(scope.team)}, ${add(scope.clients)},
          ${add(JSON.stringify(scope.persons))})
        on conflict (tenant_id, case_id) do update set person_id = excluded.person_id, responsible = excluded.responsible, deputy = excluded.deputy,
          team = excluded.team, clients = excluded.clients, persons = excluded.persons`,
    });
  }

  /** Whether the case is restricted for the user. One statement, and none for who passes anyway. */
  async restricts(caseId: string): Promise<boolean> {
    const p = new Parameters();
    const free = freeCase(`${p.add(caseId)}::uuid`, p.add);
    if (free === 'true') return false;
    return !(await this.uow.one<{ free: boolean }>(`select ${free} as free`, p.values))!.free;
  }

  /** Whether the user stands in today for `absent` in the case, or in what is in none (null). One statement, and none where a user could not anyway. */
  async standsIn(caseId: string | null, absent: string): Promise<boolean> {
    const { user, relationships } = context();
    if (!user || !relationships.some(asStaff)) return false;
    const p = new Parameters();
    const row = await this.uow.one<{ does: boolean }>(
      `select ${p.add(user.subject)} = any(${this.standIns(`${p.add(absent)}::text`, `${p.add(caseId)}::uuid`, p.add)}) as does`,
      p.values,
    );
    return row!.does;
  }

  /** Adds who reads a case in an emergency to the unit of work, in place of what was there. */
  writeEmergency(accessId: string, { caseId, subject, fromAt, untilAt }: EmergencyGrant): void {
    this.uow.write({
      sql: (add) => `
        insert into platform.emergency_grant (tenant_id, access_id, case_id, subject, from_at, until_at)
        values (${add(context().tenantId)}, ${add(accessId)}, ${add(caseId)}, ${add(subject)}, ${add(fromAt)}, ${add(untilAt)})
        on conflict (tenant_id, access_id) do update set from_at = excluded.from_at, until_at = excluded.until_at`,
    });
  }

  /**
   * CASE-12: whoever handed a case over goes on working on it until that day, as a stand-in in this case alone, and only
   * while the one who took it over is responsible.
   */
  accompany(
    transferId: string,
    given: { caseId: string; by: string; responsible: string; fromOn: string; untilOn: string },
  ) {
    const { caseId, by, responsible, fromOn, untilOn } = given;
    this.uow.write({
      sql: (add) => `
        insert into platform.stand_in (tenant_id, absence_id, case_id, absent, deputy, from_on, until_on)
        values (${add(context().tenantId)}, ${add(transferId)}, ${add(caseId)}, ${add(responsible)}, ${add(by)}, ${add(fromOn)}, ${add(untilOn)})`,
    });
  }

  /** Adds who stands in during an absence to the unit of work, in place of what was there; null: nobody any more. */
  writeStandIns(absenceId: string, standIns: StandIns | null): void {
    const { tenantId } = context();
    const cases = standIns ? [null, ...standIns.cases.map(({ caseId }) => caseId)] : [];
    this.uow.write({
      sql: (add) => `
        delete from platform.stand_in where tenant_id = ${add(tenantId)} and absence_id = ${add(absenceId)}
          and not exists (select 1 from unnest(${add(cases)}::uuid[]) kept where kept is not distinct from case_id)`,
    });
    if (!standIns) return;
    const { absent, fromOn, untilOn, deputy } = standIns;
    const deputies = [deputy, ...standIns.cases.map((one) => one.deputy)];
    this.uow.write({
      sql: (add) => `
        insert into platform.stand_in (tenant_id, absence_id, case_id, absent, deputy, from_on, until_on)
        select ${add(tenantId)}::uuid, ${add(absenceId)}::uuid, n.case_id, ${add(absent)}, n.deputy, ${add(fromOn)}::date, ${add(untilOn)}::date
        from unnest(${add(cases)}::uuid[], ${add(deputies)}::text[]) n(case_id, deputy)
        on conflict on constraint stand_in_once do update
          set deputy = excluded.deputy, from_on = excluded.from_on, until_on = excluded.until_on`,
    });
  }
}
