import { Injectable } from '@nestjs/common';
import { context } from '../context';
import { dayText } from '../database/sql';
import { UnitOfWork } from '../database/unit-of-work';
import { HeldData, type HeldTable } from './held-data';
import type { Column, Table } from './personal-data';

/** What one table holds about a person, as it is declared (personal-data.ts): without what is technical. */
export type Holding = {
  /** `schema.table`. */
  readonly table: string;
  readonly label: Table['label'];
  readonly retention: Table['retention'];
  readonly columns: Readonly<Record<string, Column>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
};
/** How often something of a kind was read on a day, for which purpose. */
export type AccessCount = { on: string; purpose: string; action: string; resourceType: string; times: number };

export type HeldAbout = {
  /** The person, with the records that were merged into it. */
  readonly personIds: readonly string[];
  readonly caseIds: readonly string[];
  /** Others who belong to those cases, and to cases that are named in what is held. */
  readonly otherPersonIds: readonly string[];
  readonly holdings: readonly Holding[];
};

/** Where a person is named inside a jsonb column: the part that names them is the parent of the id. */
const partOf = (at: string) => ({ part: at.slice(0, at.lastIndexOf('.')), key: at.slice(at.lastIndexOf('.') + 1) });
/** Held elsewhere under other words, or only to find things by. */
const isCopy = ({ name, columns }: HeldTable): boolean =>
  name.startsWith('platform.') || !Object.values(columns).some(({ kind }) => kind === 'content' || kind === 'special');

/**
 * Gathers everything that the modules hold about one person, from their declarations alone, so that a new table is in it
 * without further code. Of the cases of which the person is the client it is everything but what is about somebody else;
 * of other cases, what is about the person, and the one place where they are named.
 */
@Injectable()
export class PersonalFile {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly held: HeldData,
  ) {}

  async collect(personId: string): Promise<HeldAbout> {
    const tables = this.held.tables.filter((table) => !isCopy(table));
    const personIds = await this.recordsOf(personId, tables);
    const caseIds = await this.ids(
      'select case_id as id from platform.case_access where tenant_id = $1 and person_id = any($2::uuid[])',
      personIds,
    );
    const requestIds = await this.requestsOf(personIds, tables);
    const ids = { case: caseIds, request: requestIds, person: personIds };
    const holdings: Holding[] = [];
    for (const table of tables) {
      const rows = [...(await this.rowsOf(table, ids)), ...(await this.mentions(table, ids))];
      if (rows.length > 0) holdings.push(holdingOf(table, rows));
    }
    const otherPersonIds = await this.ids(
      `select distinct (p->>'personId')::uuid as id from platform.case_access a, jsonb_array_elements(a.persons) p
       where a.tenant_id = $1 and a.case_id = any($2::uuid[])`,
      [...caseIds, ...casesIn(holdings)],
    );
    return {
      personIds,
      caseIds,
      otherPersonIds: otherPersonIds.filter((id) => !personIds.includes(id)),
      holdings,
    };
  }

  /** Names of people in the directory (informal helpers) whose ids are among those given. */
  async namesInDirectory(ids: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const { name, columns, retention } of this.held.tables) {
      if (retention !== 'directory' || !columns.informal || !columns.name) continue;
      const rows = await this.uow.query<{ name: string }>(
        `select t.name from ${name} t where t.tenant_id = $1 and t.informal and t.id = any($2::uuid[])`,
        [context().tenantId, ids],
      );
      found.push(...rows.map((row) => row.name));
    }
    return found;
  }

  private async ids(sql: string, among: readonly string[]): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(sql, [context().tenantId, among]);
    return rows.map(({ id }) => id);
  }

  /** The person and all records merged into it, however often. */
  private async recordsOf(personId: string, tables: readonly HeldTable[]): Promise<string[]> {
    const root = tables.find(({ of }) => of.some((way) => way.file === 'person' && way.column === 'id'));
    const columns = (root?.of ?? []).flatMap((way) => (way.file === 'person' ? [`t.${way.column}`] : []));
    for (let known = [personId]; ;) {
      const found = root
        ? await this.ids(
            `select t.id from ${root.name} t where t.tenant_id = $1 and (${columns.map((c) => `${c} = any($2::uuid[])`).join(' or ')})`,
            known,
          )
        : known;
      if (found.length <= known.length) return known;
      known = found;
    }
  }

  private async requestsOf(personIds: readonly string[], tables: readonly HeldTable[]): Promise<string[]> {
    const root = tables.find(({ of }) => of.some((way) => way.file === 'request' && way.column === 'id'));
    const columns = Object.entries(root?.columns ?? {}).filter(([, { kind }]) => kind === 'person');
    if (!root || columns.length === 0) return [];
    const named = columns.map(([column]) => `t.${column} = any($2::uuid[])`).join(' or ');
    return this.ids(`select t.id from ${root.name} t where t.tenant_id = $1 and (${named})`, personIds);
  }

  private rowsOf({ name, of, columns }: HeldTable, ids: Record<'case' | 'request' | 'person', readonly string[]>) {
    // A row about two records (possible duplicates) tells of somebody else unless both are the person's.
    const pair = of.flatMap((way) =>
      way.file === 'person' && way.column !== 'id' && columns[way.column]!.kind === 'record' ? [way.column] : [],
    );
    const about = Object.entries(columns).flatMap(([column, { kind }]) => (kind === 'person' ? [`t.${column}`] : []));
    const ofThem = about.map((column) => `(${column} is null or ${column} = any($4::uuid[]))`);
    const ways = of.flatMap((way): string[] => {
      switch (way.file) {
        case 'case': {
          const shared = way.shared
            ? ` or t.id in (select s.${way.shared.by} from ${way.shared.table} s where s.tenant_id = $1 and s.case_id = any($2::uuid[]))`
            : '';
          return [[`(t.${way.column} = any($2::uuid[])${shared})`, ...ofThem].join(' and ')];
        }
        case 'request':
          return [[`t.${way.column} = any($3::uuid[])`, ...ofThem].join(' and ')];
        case 'person':
          return [
            (pair.length > 1 ? pair : [way.column]).map((column) => `t.${column} = any($4::uuid[])`).join(' and '),
          ];
        case 'record':
        case 'staff':
        case 'nobody':
          return [];
      }
    });
    if (ways.length === 0) return Promise.resolve([]);
    const named = about.map((column) => `${column} = any($4::uuid[])`);
    return this.rows(
      `select to_jsonb(t) as row from ${name} t where t.tenant_id = $1
      and ((${[...ways, ...named].join(') or (')}))
      and cardinality($2::uuid[]) + cardinality($3::uuid[]) + cardinality($4::uuid[]) > 0`,
      [ids.case, ids.request, ids.person],
    );
  }

  /** Where the person is named in files of others: that place alone. */
  private async mentions({ name, of, columns }: HeldTable, ids: Record<'case' | 'person', readonly string[]>) {
    const way = of.find((one) => one.file === 'case');
    const found: Record<string, unknown>[] = [];
    for (const [column, { at }] of Object.entries(columns)) {
      if (!at || way?.file !== 'case') continue;
      const { part, key } = partOf(at);
      found.push(
        ...(await this.rows(
          `select jsonb_build_object('${column}', v) as row from ${name} t cross join lateral jsonb_path_query(t.${column}, '${part}') v
           where t.tenant_id = $1 and t.${way.column} <> all($2::uuid[]) and v->>'${key}' = any($3::text[])`,
          [ids.case, ids.person],
        )),
      );
    }
    return found;
  }

  private async rows(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
    const rows = await this.uow.query<{ row: Record<string, unknown> }>(sql, [context().tenantId, ...values]);
    return rows.map(({ row }) => row);
  }

  /**
   * Who read is told by purpose: the accounts of staff are theirs (docs/privacy.md). Reads of the records `concealed` are
   * left out.
   */
  accesses({ personIds, caseIds }: HeldAbout, concealed: readonly string[]): Promise<AccessCount[]> {
    return this.uow.query<AccessCount>(
      `select ${dayText('a.recorded_at')} as on, a.purpose, a.action, a.resource_type as "resourceType",
         count(*)::int as times from platform.access_log a
       where a.tenant_id = $1 and a.action <> 'refuse' and (a.case_id = any($2::uuid[]) or a.resource_ids && $3::uuid[])
         and not a.resource_ids && $4::uuid[]
       group by 1, 2, 3, 4 order by 1 desc, 2, 4, 3`,
      [context().tenantId, caseIds, [...personIds, ...caseIds], concealed],
    );
  }
}

function holdingOf(table: HeldTable, rows: readonly Record<string, unknown>[]): Holding {
  const columns = Object.fromEntries(Object.entries(table.columns).filter(([, { kind }]) => kind !== 'technical'));
  return {
    table: table.name,
    label: table.label,
    retention: table.retention,
    columns,
    rows: rows.map((row) =>
      Object.fromEntries(Object.keys(columns).flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]]))),
    ),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The cases that rows belong to or name: of a link or a conference those of others as well. */
const casesIn = (holdings: readonly Holding[]): string[] =>
  holdings.flatMap(({ columns, rows }) =>
    Object.entries(columns)
      .filter(([name, { kind }]) => kind === 'case' || name === 'case_id')
      .flatMap(([name]) => rows.flatMap((row) => [row[name]].flat()))
      .filter((id): id is string => typeof id === 'string' && UUID.test(id)),
  );
