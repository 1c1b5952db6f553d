import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { context } from '../context';
import type { AggregateRoot } from '../domain/aggregate-root';
import { NotFound, Stale } from '../domain/errors';
import { UnitOfWork, type Write } from './unit-of-work';

/** The version a caller last saw (from `If-Match`), or '*' for "whichever, it only has to exist". */
export type Expected = number | '*';

/** Loads and stores whole aggregates of one type: INSERT when new, version-checked UPDATE otherwise. */
@Injectable()
export abstract class AggregateRepository<T extends AggregateRoot> {
  /** The aggregate's class; its constructor is private, so only name and prototype are known of it. */
  protected abstract readonly type: { readonly name: string; readonly prototype: T };

  constructor(
    protected readonly uow: UnitOfWork,
    @Inject(DataSource) private readonly dataSource: DataSource,
  ) {}

  /** The aggregate; NotFound when the tenant has none of that id, Stale when it is not at the expected version. */
  async get(id: string, expected: Expected = '*'): Promise<T> {
    const found = await this.find(id);
    if (!found) throw new NotFound(this.name, id);
    this.requireVersion(found, expected);
    return found;
  }

  /** Throws Stale unless the aggregate is at the version expected; asked only after it was found to be visible. */
  requireVersion(aggregate: T, expected: Expected): void {
    if (expected !== '*' && aggregate.version !== expected) throw new Stale(this.name);
  }

  /** The aggregate or null. */
  async find(id: string): Promise<T | null> {
    return this.uow.manager.findOneBy(this.type as never, { tenantId: context().tenantId, id } as never);
  }

  /** Stores it when the unit of work ends, together with the events it recorded. */
  store(aggregate: T): void {
    this.uow.store(aggregate, (a) => this.toWrite(a));
  }

  /** The write of one aggregate, made when the unit of work ends. */
  protected toWrite(aggregate: T): Write {
    const { schema, tableName, columns } = this.metadata;
    const table = `"${schema}"."${tableName}"`;
    const next = aggregate.version + 1;
    const value = (column: ColumnMetadata) =>
      column.propertyName === 'version'
        ? next
        : this.dataSource.driver.preparePersistentValue(column.getEntityValue(aggregate), column);
    const done = () => Object.assign(aggregate, { version: next });
    if (aggregate.version === 0) {
      Object.assign(aggregate, { tenantId: context().tenantId });
      const written = columns.filter((column) => column.isInsert);
      return {
        sql: (add) =>
          `insert into ${table} (${written.map((c) => `"${c.databaseName}"`).join(', ')})
           values (${written.map((c) => add(value(c))).join(', ')})`,
        done,
      };
    }
    const written = columns.filter((column) => column.isUpdate && !column.isPrimary);
    return {
      sql: (add) =>
        `update ${table} set ${written.map((c) => `"${c.databaseName}" = ${add(value(c))}`).join(', ')}
         where tenant_id = ${add(aggregate.tenantId)} and id = ${add(aggregate.id)} and version = ${add(aggregate.version)}
         returning 1`,
      guarded: this.name,
      done,
    };
  }

  private get metadata(): EntityMetadata {
    return this.dataSource.getMetadata(this.type as never);
  }

  /** The aggregate's name in problems: `case request`. */
  private get name(): string {
    return this.type.name.replace(/(?<!^)([A-Z])/g, ' $1').toLowerCase();
  }
}
