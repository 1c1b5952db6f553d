import { Logger } from '@nestjs/common';
import type { QueryResultRow } from 'pg';
import { type Context, currentContext, runInContext } from '../context';
import type { ReadLines } from './read-lines';

type Read = {
  values: readonly unknown[];
  asked: Context | undefined;
  resolve: (row: QueryResultRow | undefined) => void;
  reject: (error: unknown) => void;
};
type Company = { tenant: string; text: string; waiting: Read[]; underWay: number; leaving: boolean };

/** Statements of one kind under way before further reads wait for company. */
const UNDER_WAY = 2;

/** Reads that share one statement at most. */
const MOST = 32;

/** Kinds of statements whose shared form is kept. */
const KINDS = 1000;

/** Types whose values mean the same in JSON as alone; a day is given as text. */
const SAME_IN_JSON =
  /^(uuid|text|date|boolean|smallint|integer|bigint|numeric|timestamp with time zone|character varying)(\[\])?$/;

/**
 * Reads of one row that ask alike – the same SQL text in the same organisation, other values – leave as one statement
 * when they come side by side (docs/adr/0017): what is asked within one turn of the event loop goes together, and what
 * comes while two of the kind are under way waits for the first to return. A lone read is sent as it is.
 */
export class AlikeReads {
  private readonly log = new Logger('AlikeReads');
  private readonly companies = new Map<string, Map<string, Company>>();
  /** The statement for several at once, by the text for one; null where there is none. */
  private readonly shared = new Map<string, string | null>();

  constructor(private readonly lines: ReadLines) {}

  /** The one row of a statement, or undefined, in the tenant of the context in force. */
  one<R extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<R | undefined> {
    const asked = currentContext();
    const company = this.companyOf(asked?.tenantId ?? '', text);
    const row = new Promise<QueryResultRow | undefined>((resolve, reject) =>
      company.waiting.push({ values, asked, resolve, reject }),
    );
    this.leave(company);
    return row as Promise<R | undefined>;
  }

  private companyOf(tenant: string, text: string): Company {
    let kinds = this.companies.get(tenant);
    if (!kinds) this.companies.set(tenant, (kinds = new Map()));
    let company = kinds.get(text);
    if (!company) kinds.set(text, (company = { tenant, text, waiting: [], underWay: 0, leaving: false }));
    return company;
  }

  private leave(company: Company): void {
    if (company.leaving || company.underWay === UNDER_WAY) return;
    company.leaving = true;
    setImmediate(() => {
      company.leaving = false;
      company.underWay += 1;
      void this.send(company, company.waiting.splice(0, MOST)).finally(() => {
        company.underWay -= 1;
        if (company.waiting.length > 0) this.leave(company);
        else if (company.underWay === 0 && !company.leaving) this.forget(company);
      });
      if (company.waiting.length > 0) this.leave(company);
    });
  }

  private forget({ tenant, text }: Company): void {
    const kinds = this.companies.get(tenant);
    kinds?.delete(text);
    if (kinds?.size === 0) this.companies.delete(tenant);
  }

  private async send(company: Company, reads: readonly Read[]): Promise<void> {
    const { tenant, text } = company;
    const shared = reads.length > 1 && this.shared.get(text);
    if (!shared) return this.sendEach(company, reads);
    const [first, ...others] = reads as [Read, ...Read[]];
    for (const { asked } of others) if (asked) asked.statements += 1;
    try {
      const asked = JSON.stringify(reads.map(({ values }, n) => ({ ...values, nth: n })));
      const { rows } = await inContext(first, () =>
        this.lines.query<QueryResultRow & { nth_asked: number }>(shared, [asked], tenant),
      );
      // The first of several wins, as it does alone.
      const found = new Map(rows.reverse().map(({ nth_asked, ...row }) => [nth_asked, row]));
      for (const [n, { resolve }] of reads.entries()) resolve(found.get(n));
    } catch (error) {
      // One of them may be at fault: each is asked alone and gets its own answer. So will all to come where SQL does not let them share.
      const { code } = error as { code?: string };
      if (code?.startsWith('42') || code?.startsWith('0A')) {
        this.shared.set(text, null);
        this.log.warn({ msg: 'reads cannot share a statement', code });
      }
      await this.sendEach(company, reads);
    }
  }

  private async sendEach({ tenant, text }: Company, reads: readonly Read[]): Promise<void> {
    const unknown = !this.shared.has(text) && this.shared.size < KINDS;
    await Promise.all(
      reads.map((read, i) =>
        inContext(read, () =>
          i === 1 && unknown ? this.learn(tenant, text, read) : this.lines.query(text, read.values, tenant),
        ).then(({ rows }) => read.resolve(rows[0]), read.reject),
      ),
    );
  }

  /** Asks for one, and for the types that PostgreSQL found for the parameters. */
  private async learn(tenant: string, text: string, { values }: Read) {
    const { types, rows } = await this.lines.typed(text, values, tenant);
    this.shared.set(text, types?.every((type) => SAME_IN_JSON.test(type)) ? sharedStatement(text, types) : null);
    return { rows };
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
