import { Injectable } from '@nestjs/common';
import { context } from '../context';
import type { Parameters } from '../database/unit-of-work';
import { UnitOfWork } from '../database/unit-of-work';
import { NotFound } from '../domain/errors';

/** Who may touch a case, as its stored scope columns say. */
export type CaseScope = { responsible: string; deputy: string | null; team: string | null; clients: readonly string[] };

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
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * The SQL condition for rows of `alias`, which has the columns responsible, deputy, team and clients
   * (`platform.case_access` or `cases.case`).
   */
  condition(alias: string, add: Parameters['add']): string {
    const { user, relationships } = context();
    if (!user) return 'false';
    if (relationships.includes('organisation')) return 'true';
    const allowed: string[] = [];
    if (relationships.includes('assigned')) {
      const me = add(user.subject);
      allowed.push(`${alias}.responsible = ${me}`, `${alias}.deputy = ${me}`);
    }
    if (relationships.includes('team') && user.teams.length > 0)
      allowed.push(`${alias}.team = any(${add(user.teams)}::text[])`);
    if (relationships.includes('own')) allowed.push(`${add(user.subject)} = any(${alias}.clients)`);
    return allowed.length > 0 ? `(${allowed.join(' or ')})` : 'false';
  }

  /** The condition that the row's case (`caseId`, an SQL expression) is visible; one index probe. */
  visible(caseId: string, add: Parameters['add']): string {
    if (context().relationships.includes('organisation')) return 'true';
    return `exists (select 1 from platform.case_access ca where ca.tenant_id = ${add(context().tenantId)}
      and ca.case_id = ${caseId} and ${this.condition('ca', add)})`;
  }

  /** Whether the user may touch a case of this scope; the same decision as `condition`, in memory. */
  allows(scope: CaseScope): boolean {
    const { user, relationships } = context();
    if (!user) return false;
    return relationships.some(
      (relationship) =>
        relationship === 'organisation' ||
        (relationship === 'assigned' && [scope.responsible, scope.deputy].includes(user.subject)) ||
        (relationship === 'team' && scope.team !== null && user.teams.includes(scope.team)) ||
        (relationship === 'own' && scope.clients.includes(user.subject)),
    );
  }

  /** Throws NotFound unless the case exists and is visible. One statement. */
  async require(caseId: string): Promise<CaseScope> {
    const rows = await this.uow.query<CaseScope>(
      'select responsible, deputy, team, clients from platform.case_access where tenant_id = $1 and case_id = $2',
      [context().tenantId, caseId],
    );
    const scope = rows[0];
    if (!scope || !this.allows(scope)) throw new NotFound('case', caseId);
    return scope;
  }

  /** Adds the case's scope columns to the unit of work; called by the case module with every store of a case. */
  write(caseId: string, scope: CaseScope & { persons: readonly CasePersonEntry[] }): void {
    this.uow.write({
      sql: (add) => `
        insert into platform.case_access (tenant_id, case_id, responsible, deputy, team, clients, persons)
        values (${add(context().tenantId)}, ${add(caseId)}, ${add(scope.responsible)}, ${add(scope.deputy)}, ${add(scope.team)}, ${add(scope.clients)},
          ${add(JSON.stringify(scope.persons))})
        on conflict (tenant_id, case_id) do update set responsible = excluded.responsible, deputy = excluded.deputy,
          team = excluded.team, clients = excluded.clients, persons = excluded.persons`,
    });
  }
}
