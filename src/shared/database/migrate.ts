import { join } from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { asRole } from './data-source';

const root = join(__dirname, '../../..');
const LOCK = 4_711_001;

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

/**
 * Brings the database to this build's schema: creates the roles, then runs pending migrations as `lotse_owner`.
 * Processes that start together take turns. Needs a login that may create roles (once) — see docs/operation.md.
 */
export async function migrate(url: string): Promise<string[]> {
  const admin = new pg.Client({ connectionString: url });
  try {
    await admin.connect();
  } catch (error) {
    throw explainConnection(error, url);
  }
  try {
    const version = Number((await admin.query<{ v: string }>(`select current_setting('server_version_num') as v`)).rows[0]!.v);
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
      await refuseNewer(source);
      return (await source.runMigrations()).map(({ name }) => name);
    } finally {
      await source.destroy();
    }
  } catch (error) {
    throw error instanceof DatabaseRefused ? error : explainConnection(error, url);
  } finally {
    await admin.end();
  }
}

/** Throws unless the database is exactly at this build's schema. */
export async function requireMigrated(url: string): Promise<void> {
  let source: DataSource;
  try {
    source = await ownerSource(url).initialize();
  } catch (error) {
    throw explainConnection(error, url);
  }
  try {
    await refuseNewer(source);
    if (await source.showMigrations())
      throw new DatabaseRefused('The database lacks migrations of this build: run "npm run migrate" first.');
  } finally {
    await source.destroy();
  }
}

async function refuseNewer(source: DataSource): Promise<void> {
  const known = new Set(source.migrations.map((m) => m.name ?? m.constructor.name));
  const present = (await source.query(`select to_regclass('platform.migration') as t`)) as { t: string | null }[];
  if (!present[0]?.t) return;
  const applied = (await source.query('select name from platform.migration')) as { name: string }[];
  const newer = applied.filter(({ name }) => !known.has(name));
  if (newer.length > 0)
    throw new DatabaseRefused(
      `The database was migrated by a newer Lotse (${newer.map((m) => m.name).join(', ')}): start that version, or restore a backup.`,
    );
}
