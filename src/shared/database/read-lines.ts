import type { Duplex } from 'node:stream';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { ClientConfig, QueryResult, QueryResultRow } from 'pg';
import { currentContext } from '../context';
import { NamedClient, SET_TENANT } from './tenant-pool';

type Line = { client: NamedClient; tenant: string | null; set: Promise<unknown>; waiting: number; corked: boolean };

/** Connections kept for single reads. More bring nothing: PostgreSQL answers each in the order asked. */
const LINES = 3;

/** Of a statement this session has prepared. */
const PARAMETER_TYPES = 'select parameter_types::text[] as types from pg_prepared_statements where statement = $1';

/** Statements that share one write to a socket; beyond, another line takes over. */
const TOGETHER = 8;

/**
 * Sends single statements outside a transaction over a few pipelined connections, without checkout: several are on
 * their way at once, which spares the checkout of every small read (docs/adr/0012). A line serves one organisation
 * at a time; another one's setting goes ahead of its statements on the same line, and a result counts only when the
 * setting before it succeeded.
 */
export class ReadLines implements OnApplicationShutdown {
  private readonly lines: Line[] = [];
  private closed = false;

  constructor(private readonly config: ClientConfig) {}

  /** Rows of one statement, in the tenant of the context in force. */
  async query<R extends QueryResultRow>(
    text: string,
    values: readonly unknown[],
    tenant = currentContext()?.tenantId ?? '',
  ): Promise<QueryResult<R>> {
    return this.ask(this.lineFor(tenant), text, values);
  }

  /** The same, with the types that PostgreSQL found for its parameters; null for a statement that is not prepared. */
  async typed(text: string, values: readonly unknown[], tenant: string) {
    const line = this.lineFor(tenant);
    const [{ rows }, types] = await Promise.all([
      this.ask(line, text, values),
      this.ask<{ types: string[] }>(line, PARAMETER_TYPES, [text]).then(
        (found) => found.rows[0]?.types ?? null,
        () => null,
      ),
    ]);
    return { rows, types };
  }

  private async ask<R extends QueryResultRow>(
    line: Line,
    text: string,
    values: readonly unknown[],
  ): Promise<QueryResult<R>> {
    const { set } = line;
    line.waiting += 1;
    this.gather(line);
    try {
      const result = await (line.client.query(text, values as unknown[]) as unknown as Promise<QueryResult<R>>);
      await set;
      return result;
    } finally {
      line.waiting -= 1;
    }
  }

  private lineFor(tenant: string): Line {
    let best: Line | undefined;
    const gathering = this.lines.find((line) => line.corked && line.tenant === tenant && line.waiting < TOGETHER);
    if (gathering) return gathering;
    for (const line of this.lines) if (line.tenant === tenant && (!best || line.waiting < best.waiting)) best = line;
    // A second line for the same organisation is worth it only when the first is busy.
    if (best && (best.waiting === 0 || this.lines.length === LINES)) return best;
    if (this.lines.length < LINES) return this.turn(this.open(), tenant);
    return this.turn(
      this.lines.reduce((a, b) => (b.waiting < a.waiting ? b : a)),
      tenant,
    );
  }

  /** What is asked within one turn of the event loop leaves in one write to the socket. */
  private gather(line: Line): void {
    if (line.corked) return;
    line.corked = true;
    const { stream } = (line.client as unknown as { connection: { stream: Duplex } }).connection;
    stream.cork();
    setImmediate(() => {
      line.corked = false;
      stream.uncork();
    });
  }

  /** From here on the line serves `tenant`. */
  private turn(line: Line, tenant: string): Line {
    line.tenant = tenant;
    line.set = line.client.query(SET_TENANT, [tenant]) as unknown as Promise<unknown>;
    line.set.catch(() => this.drop(line));
    return line;
  }

  private open(): Line {
    if (this.closed) throw new Error('Connection terminated: the service is stopping');
    const client = new NamedClient({ ...this.config, pipeline: true } as ClientConfig);
    const line: Line = { client, tenant: null, set: Promise.resolve(), waiting: 0, corked: false };
    this.lines.push(line);
    client.on('error', () => this.drop(line));
    client.on('end', () => this.drop(line));
    client.connect().catch(() => this.drop(line));
    return line;
  }

  private drop(line: Line): void {
    const at = this.lines.indexOf(line);
    if (at < 0) return;
    this.lines.splice(at, 1);
    void line.client.end().catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await Promise.all(this.lines.splice(0).map(({ client }) => client.end().catch(() => undefined)));
  }
}
