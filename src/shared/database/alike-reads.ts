import type { QueryResultRow } from 'pg';
import { type Context, currentContext, runInContext } from '../context';
import type { ReadLines } from './read-lines';

type Read = {
  values: readonly unknown[];
  asked: Context | undefined;
  resolve: (row: QueryResultRow | undefined) => void;
  reject: (error: unknown) => void;
};
type Company = { waiting: Read[]; underWay: number; leaving: boolean };

/** Statements of one kind under way before further reads wait for company. */
const UNDER_WAY = 2;

/** Reads that share one statement at most. */
const TOGETHER = 32;

/** Types whose values mean the same in JSON as alone; a day is given as text. */
const SAME_IN_JSON =
  /^(uuid|text|date|boolean|smallint|integer|bigint|numeric|timestamp with time zone|character varying)(\[\])?$/;

/**
 * Reads of one row that ask alike – the same SQL text in the same organisation, other values – leave as one statement
 * when they come side by side (docs/adr/0017): what is asked within one turn of the event loop goes at once, and what
 * comes while two of the kind are under way waits for the first to return. A lone read is sent as it is.
 */
export class AlikeReads {
  private readonly companies = new Map<string, Map<string, Company>>();
  /** The statement for several at once, by the text for one; null where the types of its parameters forbid it. */
  private readonly shared = new Map<string, string | null>();

  constructor(private readonly lines: ReadLines) {}

  /** The one row of a statement, or undefined, in the tenant of the context in force. */
  one<R extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<R | undefined> {
    const asked = currentContext();
    const tenant = asked?.tenantId ?? '';
    let kinds = this.companies.get(tenant);
    if (!kinds) this.companies.set(tenant, (kinds = new Map()));
    let company = kinds.get(text);
    if (!company) kinds.set(text, (company = { waiting: [], underWay: 0, leaving: false }));
    const { waiting } = company;
    const row = new Promise<QueryResultRow | undefined>((resolve, reject) =>
      waiting.push({ values, asked, resolve, reject }),
    );
    this.leave(tenant, text, company);
    return row as Promise<R | undefined>;
  }

  private leave(tenant: string, text: string, company: Company): void {
    if (company.leaving || company.underWay === UNDER_WAY) return;
    company.leaving = true;
    setImmediate(() => {
      company.leaving = false;
      company.underWay += 1;
      void this.send(text, company.waiting.splice(0, TOGETHER)).then(() => {
        company.underWay -= 1;
        if (company.waiting.length > 0) this.leave(tenant, text, company);
        else if (company.underWay === 0 && !company.leaving) this.forget(tenant, text);
      });
      if (company.waiting.length > 0) this.leave(tenant, text, company);
    });
  }

  private forget(tenant: string, text: string): void {
    const kinds = this.companies.get(tenant);
    kinds?.delete(text);
    if (kinds?.size === 0) this.companies.delete(tenant);
  }

  private async send(text: string, reads: readonly Read[]): Promise<void> {
    const shared = reads.length > 1 && this.shared.get(text);
    if (!shared) return this.sendEach(text, reads);
    const [first, ...others] = reads as [Read, ...Read[]];
    for (const { asked } of others) if (asked) asked.statements += 1;
    const asked = JSON.stringify(reads.map(({ values }, n) => ({ ...values, nth: n })));
    try {
      const { rows } = await inContext(first, () =>
        this.lines.query<QueryResultRow & { nth_asked: number }>(shared, [asked]),
      );
      // The first of several wins, as it does alone.
      const found = new Map(rows.reverse().map(({ nth_asked, ...row }) => [nth_asked, row]));
      for (const [n, { resolve }] of reads.entries()) resolve(found.get(n));
    } catch {
      // One of them may be at fault: each is asked alone and gets its own answer.
      await this.sendEach(text, reads);
    }
  }

  private async sendEach(text: string, reads: readonly Read[]): Promise<void> {
    await Promise.all(
      reads.map((read, i) =>
        inContext(read, () =>
          i === 1 && !this.shared.has(text) ? this.learn(text, read) : this.lines.query(text, read.values),
        ).then(({ rows }) => read.resolve(rows[0]), read.reject),
      ),
    );
  }

  /** Asks for one, and for the types that PostgreSQL found for the parameters. */
  private async learn(text: string, { values }: Read) {
    const { types, ...result } = await this.lines.typed(text, values);
    this.shared.set(text, types?.every((type) => SAME_IN_JSON.test(type)) ? sharedStatement(text, types) : null);
    return result;
  }
}

const inContext = <T>({ asked }: Read, work: () => T): T => (asked ? runInContext(asked, work) : work());

/** The statement for several values of its parameters; `nth_asked` says for which a row is. The fence (offset 0) keeps its plan. */
function sharedStatement(text: string, types: readonly string[]): string {
  const columns = ['nth int', ...types.map((type, i) => `"${i}" ${type}`)];
  const one = text.replace(/\$(\d+)/g, (_, at: string) => `asked."${Number(at) - 1}"`);
  return `select asked.nth as nth_asked, found.* from json_to_recordset($1::json) as asked(${columns.join(', ')})
    cross join lateral (select * from (${one}) one offset 0) found`;
}
