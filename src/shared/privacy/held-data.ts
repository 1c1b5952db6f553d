import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type Column, type FileKind, type Of, PersonalData, type Table } from './personal-data';

/** A declared table with its full name. */
export type HeldTable = Table & { readonly name: string; readonly module: string };

/** How rows of a table lead to a file: by which column, and whether they are shared among several. */
export type Way = Extract<Of, { file: FileKind }>;

/** Columns that name persons on record; `only` rows that meet the condition, as SQL over the row. */
export type Naming = {
  readonly table: HeldTable;
  readonly column: string;
  readonly at: string | null;
  readonly only: string | null;
};

/** All that the modules of the running application declare to hold. */
@Injectable()
export class HeldData {
  private found?: readonly HeldTable[];

  constructor(private readonly discovery: DiscoveryService) {}

  get tables(): readonly HeldTable[] {
    return (this.found ??= this.discovery
      .getProviders()
      .map(({ instance }) => instance as unknown)
      .filter((instance) => instance instanceof PersonalData)
      .flatMap(({ module, schema, tables }) =>
        Object.entries(tables).map(([name, table]) => ({ ...table, name: `${schema}.${name}`, module })),
      ));
  }

  /** The tables with rows of files of this kind, those first that are shared, and that of the file itself last. */
  ofFile(kind: FileKind): { table: HeldTable; way: Way }[] {
    const rank = ({ table, way }: { table: HeldTable; way: Way }) =>
      way.shared ? 0 : this.root(kind) === table ? 2 : 1;
    return this.tables
      .flatMap((table) => table.of.filter((way): way is Way => way.file === kind).map((way) => ({ table, way })))
      .sort((a, b) => rank(a) - rank(b));
  }

  /** The table in which files of this kind begin: a row is a file. */
  root(kind: FileKind): HeldTable | undefined {
    return this.tables.find(
      ({ of, living, collected }) =>
        (living ?? collected) !== undefined && of.some((way) => way.file === kind && way.column === 'id'),
    );
  }

  /** The tables whose rows are about records of any kind. */
  ofRecords(): { table: HeldTable; column: string }[] {
    return this.tables.flatMap((table) =>
      table.of.flatMap((way) => (way.file === 'record' ? [{ table, column: way.column }] : [])),
    );
  }

  /** SQL of the pairs of persons who belong together, both ways round, in an organisation (`tenant`, SQL). */
  together(tenant: string): string {
    const pairs = this.tables.flatMap(({ together }) => (together ? [`(${together(tenant)})`] : []));
    if (pairs.length === 0) return 'select null::uuid as one, null::uuid as other where false';
    const all = pairs.join(' union all ');
    return `select one, other from (${all}) pair union select other, one from (${all}) pair`;
  }

  /**
   * Every column in which persons are named; all persons in it are needed. Rows of a person's own file go with the person,
   * and need nobody but as long as they say so (`needs`); rows that say who belongs `together` never do.
   */
  naming(): Naming[] {
    return this.tables
      .filter(({ together }) => !together)
      .flatMap((table) =>
        Object.entries(table.columns).flatMap(([column, { kind, at }]: [string, Column]) => {
          const own = ownColumn(table) === column;
          const names = (kind === 'person' || at !== undefined) && (!own || table.needs !== undefined);
          return names ? [{ table, column, at: at ?? null, only: own ? table.needs! : null }] : [];
        }),
      );
  }
}

/** The column of a table of the person's own file that says whose it is: the first way, where there are several. */
const ownColumn = ({ of: [first] }: Table): string | null => (first?.file === 'person' ? first.column : null);
