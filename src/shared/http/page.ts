import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { context } from '../context';
import { Parameters, UnitOfWork } from '../database/unit-of-work';
import { type Subject, Page } from './answer';
import { Int, Text } from './fields';
import { HttpProblem } from './problem';
import { seal, unseal } from '../vault/sealed';

/** The query parameters every list takes. */
export class PageQuery {
  @Int({ min: 1, max: 200, default: 50, optional: true, description: 'Rows per page' }) limit?: number;
  @Text({ max: 2000, optional: true, description: 'Cursor of a page, as `page.next` or `page.prev` gave it' })
  cursor?: string;
}

/** A list to be paged by key. */
export type Keyset = {
  /** What a row answers: an SQL expression of JSON text. */
  row: string;
  /**
   * The row sources: one SELECT body each (`from … where …`), all with the same alias; several are merged without
   * duplicates, so that each can be an index scan (`responsible = me` and `deputy = me`).
   */
  sources: readonly string[];
  /** The alias of the one table that all sources read; with several sources only the page's rows become JSON then. */
  alias?: string;
  /** Columns that order the list, most important first; the last must make rows unique. All run the same way. */
  keys: readonly { column: string; type: 'uuid' | 'date' | 'timestamptz' | 'text' | 'int' }[];
  descending: boolean;
  /** What else makes this list this list: filters and sort; a cursor of another list is refused. */
  filter: object;
  /** Columns of the id of a row and, where it has one, of its case, for the access log. */
  subject: { type: string; id: string } | null;
};

/** The columns of `alias` that an SQL expression is made of. */
const columnsIn = (sql: string, alias: string): string =>
  [...new Set(sql.match(new RegExp(`\\b${alias}\\.\\w+`, 'g')))].join(', ');

/** Seals cursors, as the keys of a list may be names; made from the instance's secret. */
export class CursorKey {
  constructor(readonly key: KeyObject) {}
}

type Cursor = { k: string[]; back: boolean };

/** Reads pages by key (RFC 8288 links come from the cursors): an index scan wherever the caller starts. */
@Injectable()
export class Pages {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly secret: CursorKey,
  ) {}

  /** One page. `parameters` holds what the sources already use. One statement. */
  async read(keyset: Keyset, query: PageQuery, parameters: Parameters): Promise<Page> {
    const limit = query.limit ?? 50;
    // What a cursor is good for: this list of this organisation.
    const list = Buffer.from(JSON.stringify([context().tenantId, keyset.filter]));
    const cursor = query.cursor === undefined ? null : this.open(query.cursor, list, keyset.keys.length);
    const back = cursor?.back ?? false;
    const down = keyset.descending !== back;
    const columns = keyset.keys.map(({ column }) => column).join(', ');
    const after = cursor
      ? `and (${columns}) ${down ? '<' : '>'} (${cursor.k.map((k, i) => `${parameters.add(k)}::${keyset.keys[i]!.type}`).join(', ')})`
      : '';
    const order = (names: string[]) => names.map((name) => `${name} ${down ? 'desc' : 'asc'}`).join(', ');
    const more = `${parameters.add(limit + 1)}::int`;
    const keys = keyset.keys.map(({ column }, i) => `${column} as k${i}`).join(', ');
    const byColumn = order(keyset.keys.map(({ column }) => column));
    const names = keyset.keys.map((_, i) => `k${i}`);
    const one = (source: string, what: string) =>
      `(select ${keys}, ${keyset.subject?.id ?? 'null'} as sid, ${what} ${source} ${after} order by ${byColumn} limit ${more})`;
    // Several sources: the columns of the row are merged first, and only those of the page are turned into JSON.
    const { alias, row, sources } = keyset;
    const merged = (what: string) =>
      sources.length === 1
        ? one(sources[0]!, what)
        : `select * from (select distinct on (${names.join(', ')}) * from (${sources.map((s) => one(s, what)).join(' union all ')}) u
            order by ${order(names)}) d order by ${order(names)} limit ${more}`;
    const rows =
      sources.length > 1 && alias
        ? `select ${[...names, 'sid'].map((name) => `${alias}.${name}`).join(', ')}, ${row} as j
           from (${merged(columnsIn(row, alias))}) ${alias}`
        : merged(`${row} as j`);
    // One row answers the page, as it is shown: its JSON, the ids for the access log, and the keys at both ends.
    const shown = (what: string) =>
      `(array_agg(${what} order by ${names.map((name) => `${name} ${keyset.descending ? 'desc' : 'asc'}`).join(', ')}))`;
    const total = 'count(*)::int';
    const [from, to] = back
      ? [`greatest(${total} - ${more} + 1, 0) + 1`, total]
      : ['1', `least(${total}, ${more} - 1)`];
    const page = (what: string) => `${shown(what)}[${from}:${to}]`;
    const keysAt = (position: string) => {
      const texts = names.map((name, i) => {
        const key = `${shown(name)}[${position}]`;
        return keyset.keys[i]!.type === 'timestamptz' ? `to_json(${key})#>>'{}'` : `${key}::text`;
      });
      return `json_build_array(${texts.join(', ')})`;
    };
    const [found] = await this.uow.query<{
      data: string | null;
      ids: string[] | null;
      total: number;
      ends: [string[], string[]] | null;
    }>(
      `select array_to_string(${page('j::text')}, ',') as data, to_json(array_remove(${page('sid')}, null)) as ids, ${total} as total,
         case when count(*) > 0 then json_build_array(${keysAt(from)}, ${keysAt(to)}) end as ends
       from (${rows}) p`,
      parameters.values,
    );
    const beyond = found!.total > limit;
    const at = (k: string[] | undefined, backward: boolean) => (k ? this.seal({ k, back: backward }, list) : null);
    const subject: Subject = keyset.subject && {
      resourceType: keyset.subject.type,
      resourceIds: found!.ids ?? [],
      caseId: null,
    };
    const hasNext = back || beyond;
    const hasPrev = back ? beyond : cursor !== null;
    return new Page(
      found!.data ?? '',
      limit,
      hasNext ? at(found!.ends?.[1], false) : null,
      hasPrev ? at(found!.ends?.[0], true) : null,
      subject,
    );
  }

  private seal(cursor: Cursor, list: Buffer): string {
    return seal(JSON.stringify(cursor), this.secret.key, list).toString('base64url');
  }

  private open(text: string, list: Buffer, keys: number): Cursor {
    const sealed = Buffer.from(text, 'base64url');
    try {
      // Several texts decode to the same bytes.
      if (sealed.toString('base64url') !== text) throw new Error('changed');
      const cursor = JSON.parse(unseal(sealed, this.secret.key, list)) as Cursor;
      if (cursor.k.length === keys) return cursor;
    } catch {
      // Whatever is wrong with it.
    }
    throw new HttpProblem(400, 'cursor-invalid');
  }
}
