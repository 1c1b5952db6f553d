import { Injectable } from '@nestjs/common';
import { context } from '../context';
import { Parameters, UnitOfWork } from '../database/unit-of-work';
import { HeldData, type HeldTable, type Naming } from './held-data';
import type { RetentionClass } from '../domain/retention-class';
import type { FileKind } from './personal-data';

/** What became of rows: how many of which table. Nothing in it says of whom. */
export type Erased = { readonly table: string; readonly how: 'deleted' | 'anonymised'; readonly rows: number };

/** Whether a file can be erased now: `living` files are in use, `busy` ones are being written to at this moment. */
export type Readiness = 'ready' | 'living' | 'busy' | 'gone';

const named = ({ column, at }: Naming): string =>
  at ? `(jsonb_path_query(t.${column}, '${at}') #>> '{}')` : `t.${column}::text`;
const rowsThat = ({ table, only }: Naming): string =>
  `${table.name} t where t.tenant_id = $1${only ? ` and (${only})` : ''}`;
const UUID = '^[0-9a-fA-F-]{36}$';

/**
 * Erases files from the tables of all modules, as they declare them (personal-data.ts); the words and SQL in it come from
 * declarations alone. Everything happens in the transaction in force: call `uow.lock()` first.
 */
@Injectable()
export class Eraser {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly held: HeldData,
  ) {}

  /**
   * Keeps the file as it is until the transaction ends: whoever writes to it waits, or went before, which is answered
   * with `busy`. After the erasure nothing can be added to it any more (platform.guard_file).
   */
  async claim(kind: FileKind, id: string): Promise<Readiness> {
    const { tenantId } = context();
    const root = this.held.root(kind)!;
    const [row] = await this.uow.query<{ locked: boolean }>('select platform.claim_file($1) as locked', [id]);
    if (!row!.locked) return 'busy';
    // Read with the lock: whoever changed it a moment ago is seen.
    const [free] = await this.uow.query<{ living: boolean }>(
      `select ${root.living ?? 'false'} as living from ${root.name} where tenant_id = $1 and id = $2 for update skip locked`,
      [tenantId, id],
    );
    if (free) return free.living ? 'living' : 'ready';
    return (await this.exists(kind, id)) ? 'busy' : 'gone';
  }

  /** Erases the rows of one retention class from a file; `all`: the file, with everything that leads to it. */
  async eraseFile(
    kind: FileKind,
    id: string,
    what: RetentionClass | 'all',
  ): Promise<{ erased: Erased[]; persons: string[] }> {
    const ways = this.held
      .ofFile(kind)
      .filter(({ table }) => (what === 'all' ? table.retention !== 'access_log' : table.retention === what));
    const persons = await this.personsIn(kind, id);
    const erased: Erased[] = [];
    const records: string[] = [];
    for (const { table, way } of ways) {
      const ids = way.shared ? await this.unshare(table, way.shared, id) : null;
      const gone = await this.rows(table, ids ? 'id' : way.column, ids ?? [id]);
      records.push(...gone.ids);
      erased.push(...gone.erased);
    }
    for (const { table, column } of this.held.ofRecords())
      if (table.retention !== 'access_log') erased.push(...(await this.rows(table, column, records)).erased);
    if (what === 'all')
      await this.uow.query('insert into platform.erased_file (tenant_id, id) values ($1, $2) on conflict do nothing', [
        context().tenantId,
        id,
      ]);
    return { erased, persons };
  }

  /**
   * Erases those of the persons whom no file needs any more, with the records that were merged into them: what says who
   * they are, the key that opens it, and what they are found by. Whoever belongs to somebody whom a file needs stays too,
   * unless it is their own erasure (`own`), and so do those that `onHold` names of the persons claimed. Answers how many went.
   */
  async erasePersons(
    ids: readonly string[],
    onHold: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
    { own = false } = {},
  ): Promise<{ erased: Erased[]; count: number }> {
    const groups: string[][] = [];
    for (const id of new Set(ids)) groups.push(await this.claimPersons(id));
    const stay = [await this.needed(groups.flat(), own), await onHold(groups.flat())];
    const free = groups.filter((group) => group.length > 0 && !group.some((id) => stay.some((set) => set.has(id))));
    const erased: Erased[] = [];
    for (const one of free.flatMap((group) => group.reverse()))
      erased.push(...(await this.eraseFile('person', one, 'all')).erased);
    return { erased, count: free.length };
  }

  /**
   * Persons whom no file names, who belong to nobody whom one names, and who were recorded before the instant given; at
   * most `limit`.
   */
  async unneeded(before: string, limit: number): Promise<string[]> {
    const root = this.held.root('person')!;
    const p = new Parameters();
    const tenant = p.add(context().tenantId);
    const rows = await this.uow.query<{ id: string }>(
      `with named as (${this.held
        .naming()
        .map((naming) => `(select ${named(naming)} as id from ${rowsThat(naming)})`)
        .join(' union all ')}), kept as (select n.id from named n
         union all select pair.one::text from (${this.held.together(tenant)}) pair join named n on n.id = pair.other::text)
       select r.id from ${root.name} r where r.tenant_id = ${tenant} and r.${root.collected} < ${p.add(before)}::timestamptz
         and r.merged_into is null and not exists (select 1 from kept k where k.id = r.id::text)
       order by r.id limit ${limit}`,
      p.values,
    );
    return rows.map(({ id }) => id);
  }

  /** Whether a file, or what the person asked for and nobody has answered yet, needs the person. */
  async isNeeded(personId: string): Promise<boolean> {
    return (await this.needed([personId], true)).has(personId);
  }

  /** The record that stays of all into which the person's was merged; null where there is none. */
  async survivorOf(personId: string): Promise<string | null> {
    const root = this.held.root('person')!;
    const [row] = await this.uow.query<{ id: string }>(
      `with recursive g(id, merged_into) as (
         select id, merged_into from ${root.name} where tenant_id = $1 and id = $2
         union select p.id, p.merged_into from ${root.name} p join g on p.id = g.merged_into where p.tenant_id = $1
       ) select id from g where merged_into is null`,
      [context().tenantId, personId],
    );
    return row?.id ?? null;
  }

  /** Waits for whoever restricts the processing of the person's data at this moment; who comes later waits as well. */
  async awaitPerson(personId: string): Promise<void> {
    await this.uow.query('select 1 from platform.person_facts where tenant_id = $1 and person_id = $2 for update', [
      context().tenantId,
      personId,
    ]);
  }

  /** Whether there is such a file or person. */
  async exists(kind: FileKind, id: string): Promise<boolean> {
    const rows = await this.uow.query(`select 1 from ${this.held.root(kind)!.name} where tenant_id = $1 and id = $2`, [
      context().tenantId,
      id,
    ]);
    return rows.length > 0;
  }

  /** Whom the file of a case or request is about; null where there is none. */
  async clientOf(kind: 'case' | 'request', id: string): Promise<string | null> {
    const root = this.held.root(kind)!;
    const column = Object.entries(root.columns).find(([, { kind, at }]) => kind === 'person' && !at)![0];
    const [row] = await this.uow.query<{ id: string }>(
      `select ${column} as id from ${root.name} where tenant_id = $1 and id = $2`,
      [context().tenantId, id],
    );
    return row?.id ?? null;
  }

  /** The cases whose files name one of the persons, as client or otherwise. */
  async casesNaming(personIds: readonly string[]): Promise<string[]> {
    const parts = this.held
      .naming()
      .flatMap((naming) =>
        naming.table.of.flatMap((way) =>
          way.file === 'case'
            ? [`select t.${way.column} as file, ${named(naming)} as id from ${rowsThat(naming)}`]
            : [],
        ),
      );
    const rows = await this.uow.query<{ file: string }>(
      `select distinct file from (${parts.join(' union all ')}) x where id = any($2::text[])`,
      [context().tenantId, personIds],
    );
    return rows.map(({ file }) => file);
  }

  /** Whether there are rows that go by their age, collected before the instant given. */
  async anyBefore(retention: RetentionClass, before: string): Promise<boolean> {
    const tables = this.held.tables.filter((t) => t.retention === retention && t.collected);
    for (const { name, collected } of tables) {
      const rows = await this.uow.query(
        `select 1 from ${name} where tenant_id = $1 and ${collected} < $2::timestamptz limit 1`,
        [context().tenantId, before],
      );
      if (rows.length > 0) return true;
    }
    return false;
  }

  /** Removes rows that go by their age and were collected before the instant given. */
  async eraseBefore(retention: RetentionClass, before: string): Promise<Erased[]> {
    const erased: Erased[] = [];
    for (const { name, collected } of this.held.tables.filter((t) => t.retention === retention && t.collected)) {
      const [row] = await this.uow.query<{ rows: string }>('select platform.erase_before($1, $2, $3) as rows', [
        name,
        collected,
        before,
      ]);
      erased.push({ table: name, how: 'deleted', rows: Number(row!.rows) });
    }
    return erased.filter(({ rows }) => rows > 0);
  }

  /** The person and all records merged into it, locked; empty where somebody else holds one of them. */
  private async claimPersons(id: string): Promise<string[]> {
    const { tenantId } = context();
    const root = this.held.root('person')!;
    const rows = await this.uow.query<{ id: string }>(
      `with recursive g(id) as (
         select id from ${root.name} where tenant_id = $1 and id = $2
         union select p.id from ${root.name} p join g on p.merged_into = g.id where p.tenant_id = $1
       ) select id from g`,
      [tenantId, id],
    );
    const ids = rows.map((row) => row.id);
    const free = await this.uow.query(
      `select 1 from ${root.name} where tenant_id = $1 and id = any($2::uuid[]) for update skip locked`,
      [tenantId, ids],
    );
    return free.length === ids.length && (await this.claimFacts(ids)) ? ids : [];
  }

  /** Whoever adds to a person's own file holds its facts until they commit (CasePersons.stays), and is not cut off. */
  private async claimFacts(ids: readonly string[]): Promise<boolean> {
    const of = 'from platform.person_facts where tenant_id = $1 and person_id = any($2::uuid[])';
    const free = await this.uow.query(`select 1 ${of} for update skip locked`, [context().tenantId, ids]);
    const [all] = await this.uow.query<{ n: number }>(`select count(*)::int as n ${of}`, [context().tenantId, ids]);
    return free.length === all!.n;
  }

  /** Those of the persons whom any file names, and those who belong to somebody whom one names unless it is their `own` erasure. */
  private async needed(ids: readonly string[], own: boolean): Promise<ReadonlySet<string>> {
    const needed = await this.named(ids);
    if (own) return needed;
    const pairs = await this.uow.query<{ one: string; other: string }>(
      `select one, other from (${this.held.together('$1')}) pair where one = any($2::uuid[])`,
      [context().tenantId, ids],
    );
    const keeping = await this.named(pairs.map(({ other }) => other));
    return new Set([...needed, ...pairs.filter(({ other }) => keeping.has(other)).map(({ one }) => one)]);
  }

  private async named(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const parts = this.held.naming().map((naming) => {
      const { column, at } = naming;
      return at
        ? `select id from (select ${named(naming)} as id from ${rowsThat(naming)}) x where id = any($3::text[])`
        : `select ${named(naming)} from ${rowsThat(naming)} and t.${column} = any($2::uuid[])`;
    });
    const rows = await this.uow.query<{ id: string }>(`select distinct id from (${parts.join(' union all ')}) n (id)`, [
      context().tenantId,
      ids,
      ids,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Everybody whom the rows of the file name. */
  async personsIn(kind: FileKind, id: string): Promise<string[]> {
    const ways = this.held.ofFile(kind);
    const parts = this.held
      .naming()
      .flatMap((naming) =>
        ways
          .filter(({ table }) => table === naming.table)
          .map(({ way }) => `select ${named(naming)} as id from ${rowsThat(naming)} and t.${way.column} = $2`),
      );
    if (parts.length === 0) return [];
    const rows = await this.uow.query<{ id: string }>(
      `select distinct id from (${parts.join(' union all ')}) x where id ~ '${UUID}'`,
      [context().tenantId, id],
    );
    return rows.map((row) => row.id);
  }

  /** Takes the file out of shared rows; answers those that it was the last of. */
  private async unshare(
    { name }: HeldTable,
    { table, by, list }: { table: string; by: string; list: string },
    id: string,
  ): Promise<string[]> {
    const { tenantId } = context();
    const others = `select 1 from ${table} o where o.tenant_id = s.tenant_id and o.${by} = s.${by} and o.case_id <> s.case_id`;
    const rows = await this.uow.query<{ id: string; stays: boolean }>(
      `select s.${by} as id, exists (${others}) as stays from ${table} s where s.tenant_id = $1 and s.case_id = $2`,
      [tenantId, id],
    );
    const staying = rows.filter(({ stays }) => stays).map((row) => row.id);
    if (staying.length > 0)
      await this.uow.query(
        `update ${name} t set ${list} = ${list} - $2::text, version = version + 1, case_id = case when case_id = $2::uuid
           then (select o.case_id from ${table} o where o.tenant_id = t.tenant_id and o.${by} = t.id and o.case_id <> $2::uuid order by 1 limit 1)
           else case_id end
         where tenant_id = $1 and id = any($3::uuid[])`,
        [tenantId, id, staying],
      );
    return rows.filter(({ stays }) => !stays).map((row) => row.id);
  }

  /** Deletes or anonymises rows, as their table says; answers their ids where they have one. */
  private async rows(
    { name, end, columns }: HeldTable,
    column: string,
    ids: readonly string[],
  ): Promise<{ ids: string[]; erased: Erased[] }> {
    if (end === 'keep' || ids.length === 0) return { ids: [], erased: [] };
    const blanks = Object.fromEntries(
      Object.entries(columns).flatMap(([key, { blank }]) => (blank === undefined ? [] : [[key, blank]])),
    );
    const rows = await this.uow.query<{ id: string | null }>(
      'select id from platform.erase_rows($1, $2, $3::uuid[], $4::jsonb) id',
      [name, column, ids, end === 'anonymise' ? JSON.stringify(blanks) : null],
    );
    const how = end === 'anonymise' ? ('anonymised' as const) : ('deleted' as const);
    return {
      ids: end === 'anonymise' ? [] : rows.flatMap(({ id }) => (id === null ? [] : [id])),
      erased: rows.length > 0 ? [{ table: name, how, rows: rows.length }] : [],
    };
  }
}
