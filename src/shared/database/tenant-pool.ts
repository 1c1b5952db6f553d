import pg from 'pg';
import { currentContext } from '../context';

/** Sets the organisation of a session; nothing else in the code base does. */
export const SET_TENANT = `select set_config('app.tenant', $1, false)`;

/** A session that prepares every parametrised text once; PostgreSQL then skips parsing and planning. */
const names = new Map<string, string>();
export class NamedClient extends pg.Client {
  /** Whether what it sends counts as sent by the request in force. */
  protected readonly counts: boolean = true;

  // pg's query has nine overloads; the arguments are passed on untouched but for the name.
  override query(...args: unknown[]): never {
    const [text, values] = args;
    const store = this.counts && currentContext();
    if (store) store.statements += 1;
    if (typeof text === 'string' && Array.isArray(values) && values.length > 0) {
      let name = names.get(text);
      if (name === undefined && names.size < 1000 && text.length < 16_000) names.set(text, (name = `s${names.size}`));
      if (name !== undefined) args.splice(0, 2, { name, text, values });
    }
    return (super.query as (...a: unknown[]) => never)(...args);
  }
}

type TenantClient = pg.PoolClient & { tenant?: string };
type Connected = (error: Error | undefined, client: TenantClient | undefined, release: (e?: Error) => void) => void;

/** A refused statement (a stale version, a key already there) leaves its session as good as before; pg would end it. */
const isBroken = (error: unknown): boolean =>
  error instanceof pg.DatabaseError ? /^(08|53|57|58|XX|0A|26)/.test(error.code ?? '') : Boolean(error);

/**
 * Hands out connections that are set to the tenant of the context in force — and nothing else sets it. The setting
 * is sent only when the connection last served another tenant; a connection whose setting failed is thrown away.
 */
export class TenantPool extends pg.Pool {
  constructor(options: pg.PoolConfig) {
    super({ ...options, Client: NamedClient as typeof pg.Client });
    // A connection that breaks while idle is replaced; one that breaks in use fails its query, which tells.
    this.on('error', () => undefined);
    this.on('connect', (client) => client.on('error', () => undefined));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (!callback)
      return new Promise((resolve, reject) =>
        this.connect((error, client) => (error || !client ? reject(error) : resolve(client))),
      );
    const wanted = currentContext()?.tenantId ?? '';
    super.connect((error, found, discard) => {
      const client = found as TenantClient | undefined;
      if (error || !client) return callback(error, client, discard);
      const release = (client.release = (failed) => discard(isBroken(failed) ? (failed as Error) : undefined));
      if (client.tenant === wanted) return callback(undefined, client, release);
      client.query(SET_TENANT, [wanted], (failed: Error | null) => {
        if (failed) {
          discard(failed);
          return callback(failed, undefined, () => {});
        }
        client.tenant = wanted;
        callback(undefined, client, release);
      });
    });
  }
}
