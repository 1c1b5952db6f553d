import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { AggregateRepository, type Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { Case } from '../../domain/case/case.entity';

/** Loads and stores cases; with every store goes what `CaseAccess` decides by. */
@Injectable()
export class CaseRepository extends AggregateRepository<Case> {
  protected readonly type = Case;
  /** The version at which the access of a case was last added to a unit of work: once per statement is enough. */
  private readonly accessAdded = new WeakMap<Case, number>();

  constructor(
    uow: UnitOfWork,
    @Inject(DataSource) dataSource: DataSource,
    private readonly access: CaseAccess,
  ) {
    super(uow, dataSource);
  }

  override store(found: Case): void {
    super.store(found);
    if (this.accessAdded.get(found) === found.version) return;
    this.accessAdded.set(found, found.version);
    // The case itself is the scope: its columns are read when the statement is made.
    this.access.write(found.id, found);
  }

  /** The case, where the user may touch it; NotFound otherwise, Stale when it is not at the expected version. */
  async getVisible(id: string, expected: Expected): Promise<Case> {
    const found = await this.find(id);
    if (!found || (await this.access.restricts(id))) throw new NotFound('case', id);
    if (!this.access.allows(found) && !(await this.access.standsIn(id, found.responsible)))
      throw new NotFound('case', id);
    this.requireVersion(found, expected);
    return found;
  }

  /** The cases of these ids, by id. */
  async ofIds(ids: readonly string[]): Promise<Map<string, Case>> {
    const found = await this.uow.manager.findBy(Case, { tenantId: context().tenantId, id: In([...ids]) });
    return new Map(found.map((one) => [one.id, one]));
  }

  /** The case with its row locked until the unit of work ends; null when there is none. Needs `uow.lock()`. */
  async findLocked(id: string): Promise<Case | null> {
    await this.uow.query('select 1 from cases.case where tenant_id = $1 and id = $2 for update', [
      context().tenantId,
      id,
    ]);
    return this.find(id);
  }

  /** The cases of which one of these persons is the client, locked. Needs `uow.lock()`. */
  ofClients(...personIds: string[]): Promise<Case[]> {
    return this.locked('person_id = any($2::uuid[])', personIds);
  }

  /** The cases to which one of these persons belongs, as client or member, locked. Needs `uow.lock()`; reads the whole table. */
  concerning(...personIds: string[]): Promise<Case[]> {
    return this.locked(
      `(person_id = any($2::uuid[]) or exists (select 1 from jsonb_array_elements(members) m where (m->>'personId')::uuid = any($2::uuid[])))`,
      personIds,
    );
  }

  private async locked(condition: string, personIds: readonly string[]): Promise<Case[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from cases.case where tenant_id = $1 and ${condition} order by id for update`,
      [context().tenantId, personIds],
    );
    const found: Case[] = [];
    for (const { id } of rows) found.push(await this.get(id));
    return found;
  }
}
