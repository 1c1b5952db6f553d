import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { context } from '../context';
import { Parameters, UnitOfWork } from '../database/unit-of-work';
import { type Subject, Page } from './answer';
import { Int, Text } from './fields';
import { HttpProblem } from './problem';

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
  /** Columns that order the list, most important first; the last must make rows unique. All run the same way. */
  keys: readonly { column: string; type: 'uuid' | 'date' | 'timestamptz' | 'text' | 'int' }[];
  descending: boolean;
  /** What else makes this list this list: filters and sort; a cursor of another list is refused. */
  filter: object;
  /** Columns of the id of a row and, where it has one, of its case, for the access log. */
  subject: { type: string; id: string } | null;
};

/** Signs cursors; made from the instance's secret. */
export class CursorKey {
  constructor(readonly key: Buffer) {}
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
    const print = createHash('sha256')
      .update(JSON.stringify([context().tenantId, keyset.filter]))
      .digest('base64url')
      .slice(0, 16);
    const cursor = query.cursor === undefined ? null : this.open(query.cursor, print, keyset.keys.length);
    const down = keyset.descending !== (cursor?.back ?? false);
    const columns = keyset.keys.map(({ column }) => column).join(', ');
    const after = cursor
      ? `and (${columns}) ${down ? '<' : '>'} (${cursor.k.map((k, i) => `${parameters.add(k)}::${keyset.keys[i]!.type}`).join(', ')})`
      : '';
    const order = (names: string[]) => names.map((name) => `${name} ${down ? 'desc' : 'asc'}`).join(', ');
    const more = parameters.add(limit + 1);
    const keys = keyset.keys.map(({ column }, i) => `${column} as k${i}`).join(', ');
    const byColumn = order(keyset.keys.map(({ column }) => column));
    const one = (source: string) =>
      `(select ${keys}, ${keyset.subject?.id ?? 'null'} as sid, ${keyset.row} as j ${source} ${after} order by ${byColumn} limit ${more})`;
    const names = keyset.keys.map((_, i) => `k${i}`);
    const merged =
      keyset.sources.length === 1
        ? one(keyset.sources[0]!)
        : `select * from (select distinct on (${names.join(', ')}) * from (${keyset.sources.map(one).join(' union all ')}) u
            order by ${order(names)}) d order by ${order(names)} limit ${more}`;
    const text = names.map((name, i) =>
      keyset.keys[i]!.type === 'timestamptz' ? `to_json(${name})#>>'{}' as ${name}` : `${name}::text as ${name}`,
    );
    const found = await this.uow.query<{ j: string; sid: string | null } & Record<string, string>>(
      `select ${text.join(', ')}, sid::text as sid, j::text as j from (${merged}) p`,
      parameters.values,
    );
    const beyond = found.length > limit;
    const rows = found.slice(0, limit);
    if (cursor?.back) rows.reverse();
    const at = (row: (typeof rows)[number] | undefined, back: boolean) =>
      row ? this.seal({ k: keyset.keys.map((_, i) => row[`k${i}`]!), back }, print) : null;
    const subject: Subject = keyset.subject && {
      resourceType: keyset.subject.type,
      resourceIds: rows.flatMap(({ sid }) => (sid === null ? [] : [sid])),
      caseId: null,
    };
    const hasNext = cursor?.back ? true : beyond;
    const hasPrev = cursor?.back ? beyond : cursor !== null;
    return new Page(
      rows.map(({ j }) => j),
      limit,
      hasNext ? at(rows.at(-1), false) : null,
      hasPrev ? at(rows[0], true) : null,
      subject,
    );
  }

  private sign(payload: string, print: string): Buffer {
    return createHmac('sha256', this.secret.key).update(`${print}.${payload}`).digest().subarray(0, 16);
  }

  private seal(cursor: Cursor, print: string): string {
    const payload = Buffer.from(JSON.stringify(cursor)).toString('base64url');
    return `${payload}.${this.sign(payload, print).toString('base64url')}`;
  }

  private open(text: string, print: string, keys: number): Cursor {
    const [payload = '', signature = ''] = text.split('.');
    const given = Buffer.from(signature, 'base64url');
    const right = this.sign(payload, print);
    if (given.length !== right.length || !timingSafeEqual(given, right)) throw new HttpProblem(400, 'cursor-invalid');
    const cursor = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Cursor;
    if (cursor.k.length !== keys) throw new HttpProblem(400, 'cursor-invalid');
    return cursor;
  }
}
