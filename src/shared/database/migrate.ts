import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger as JobLogger, runMigrations as prepareJobs } from 'graphile-worker';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { asRole } from './data-source';
import { TenantPool } from './tenant-pool';

const root = join(__dirname, '../../..');
const LOCK = 4_711_001;
/** Milliseconds until a server that accepts the connection and says nothing counts as not there. */
const PATIENCE = 5_000;

/** Why the database cannot be used as it is; the message is one line for the person who starts Lotse. */
export class DatabaseRefused extends Error {}

const ownerSource = (url: string) =>
  new DataSource({
    type: 'postgres',
    url,
    schema: 'platform',
    extra: { ...asRole('lotse_owner'), max: 1 },
    migrations: [join(root, 'migrations/*.{ts,js}')],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    installExtensions: false,
  });

/** Says in one line why a server cannot be reached. */
export function explainConnection(error: unknown, url: string): DatabaseRefused {
  const { code, message } = error as { code?: string; message?: string };
  const { host, pathname } = new URL(url);
  const reasons: Record<string, string> = {
    ECONNREFUSED: `no PostgreSQL answers at ${host}`,
    ENOTFOUND: `the host ${host} is not known`,
    ETIMEDOUT: `the host ${host} does not answer`,
    '28P01': 'user name or password is wrong',
    '28000': 'this user may not log in',
    '3D000': `the database ${pathname.slice(1)} does not exist`,
    '42501': `the user may not do this: ${message}`,
    '53100': 'the disk of the database server is full',
    '53300': 'the server has no connection left',
    '22023': `the roles of Lotse are missing or not granted to this user: run "npm run migrate" first (${message})`,
  };
  return new DatabaseRefused(`Cannot use the database: ${(code && reasons[code]) ?? message ?? String(error)}.`);
}

/** A client for the URL, which may name certificates that are not there. */
function clientFor(url: string, options: pg.ClientConfig = {}): pg.Client {
  try {
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE, ...options });
  } catch (error) {
    throw explainConnection(error, url);
  }
}

/**
 * Brings the database to this build's schema: creates the roles, then runs pending migrations as `lotse_owner`.
 * Processes that start together take turns. Needs a login that may create roles (once) — see docs/operation.md.
 */
export async function migrate(url: string): Promise<string[]> {
  const admin = clientFor(url);
  try {
    await admin.connect();
  } catch (error) {
    throw explainConnection(error, url);
  }
  try {
    const version = Number(
      (await admin.query<{ v: string }>(`select current_setting('server_version_num') as v`)).rows[0]!.v,
    );
    if (version < 150_000) throw new DatabaseRefused('PostgreSQL 15 or newer is needed.');
    await admin.query('select pg_advisory_lock($1)', [LOCK]);
    await admin.query(`
      do $$
      declare r text;
      begin
        foreach r in array array['lotse_owner', 'lotse_app', 'lotse_relay'] loop
          if not exists (select 1 from pg_roles where rolname = r) then
            begin
              execute format('create role %I nologin nosuperuser nobypassrls', r);
            exception when duplicate_object or unique_violation then null;
            end;
          end if;
          if not pg_has_role(current_user, r, 'member') then execute format('grant %I to current_user', r); end if;
        end loop;
        execute format('grant create, connect on database %I to lotse_owner', current_database());
        execute format('grant connect on database %I to lotse_app, lotse_relay', current_database());
      end $$`);
    await admin.query('set role lotse_owner');
    await admin.query('create schema if not exists platform');
    const source = await ownerSource(url).initialize();
    try {
      await refuseWhenNewer(source);
      const applied = (await source.runMigrations()).map(({ name }) => name);
      await source.query('grant select on platform.migration to lotse_app');
      await source.query('select platform.ready_erasure()');
      await admin.query('reset role');
      await prepareJobTables(admin, url);
      return applied;
    } finally {
      await source.destroy();
    }
  } catch (error) {
    throw error instanceof DatabaseRefused ? error : explainConnection(error, url);
  } finally {
    await admin.end();
  }
}

/** The tables of graphile-worker belong to the runtime role: they hold no personal data. */
async function prepareJobTables(admin: pg.Client, url: string): Promise<void> {
  const grant = (verb: string) =>
    admin.query(`do $$ begin execute format('${verb} lotse_app', current_database()); end $$`);
  await grant('grant create on database %I to');
  const pool = new TenantPool({ connectionString: url, ...asRole('lotse_app'), max: 1 });
  try {
    await prepareJobs({ pgPool: pool, logger: new JobLogger(() => () => undefined) });
  } finally {
    await pool.end();
    await grant('revoke create on database %I from');
  }
}

/** Throws unless the database is exactly at this build's schema. Works with the runtime login. */
export async function requireMigrated(url: string): Promise<void> {
  const known = await knownMigrations();
  const client = clientFor(url, asRole('lotse_app'));
  try {
    await client.connect();
    const { rows: roles } = await client.query<{ unsafe: boolean }>(
      'select rolsuper or rolbypassrls as unsafe from pg_roles where rolname = current_user',
    );
    if (roles[0]?.unsafe)
      throw new DatabaseRefused('The role lotse_app may not be superuser or bypass row-level security.');
    const { rows } = await client.query<{ t: string | null }>(`select to_regclass('platform.migration')::text as t`);
    const applied = rows[0]?.t
      ? (await client.query<{ name: string }>('select name from platform.migration')).rows.map((r) => r.name)
      : [];
    refuseNewer(known, applied);
    if (known.some((name) => !applied.includes(name)))
      throw new DatabaseRefused('The database lacks migrations of this build: run "npm run migrate" first.');
  } catch (error) {
    throw error instanceof DatabaseRefused ? error : explainConnection(error, url);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function refuseWhenNewer(source: DataSource): Promise<void> {
  const found = (await source.query(`select to_regclass('platform.migration') as t`)) as { t: string | null }[];
  if (!found[0]?.t) return;
  const applied = (await source.query('select name from platform.migration')) as { name: string }[];
  refuseNewer(
    await knownMigrations(),
    applied.map(({ name }) => name),
  );
}

async function knownMigrations(): Promise<string[]> {
  const files = await readdir(join(root, 'migrations'));
  // The class of 1764000000000-platform-foundation.ts is PlatformFoundation1764000000000.
  return files
    .filter((file) => /^\d+-[\w-]+\.(ts|js)$/.test(file))
    .map((file) => {
      const [, number = '', words = ''] = /^(\d+)-(.+)\.\w+$/.exec(file) ?? [];
      return words.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase()) + number;
    });
}

function refuseNewer(known: readonly string[], applied: readonly string[]): void {
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0)
    throw new DatabaseRefused(
      `The database was migrated by a newer Lotse (${newer.join(', ')}): start that version, or restore a backup.`,
    );
}
