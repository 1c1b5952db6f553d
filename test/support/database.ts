import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { demoTenants } from '../../src/shared/auth/demo-organisation';
import { migrate } from '../../src/shared/database/migrate';

const migrations = join(__dirname, '../../migrations');

/** The same server, another database. */
export const inDatabase = (url: string, name: string): string =>
  Object.assign(new URL(url), { pathname: `/${name}` }).href;

/** Runs `work` on one superuser connection. */
export async function admin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The migrated template of this state of the migrations; made when it is not there yet. */
export async function prepareTemplate(serverUrl: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of readdirSync(migrations).sort()) hash.update(file).update(readFileSync(join(migrations, file)));
  const name = `lotse_template_${hash.digest('hex').slice(0, 12)}`;
  const there = await admin(serverUrl, (c) =>
    c.query('select 1 from pg_database where datname = $1 and datistemplate', [name]),
  );
  if (there.rowCount) return name;
  await admin(serverUrl, async (c) => {
    await c.query(`drop database if exists ${name} with (force)`);
    await c.query(`create database ${name}`);
  });
  await migrate(inDatabase(serverUrl, name));
  await admin(inDatabase(serverUrl, name), async (c) => {
    for (const { id, name: title } of demoTenants)
      await c.query('insert into platform.tenant (tenant_id, name) values ($1, $2)', [id, title]);
  });
  await admin(serverUrl, (c) => c.query(`alter database ${name} is_template true`));
  return name;
}

/** A database of its own, cloned from the template. */
export async function cloneDatabase(
  serverUrl: string,
  template: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `lotse_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await admin(serverUrl, (c) => c.query(`create database ${name} template ${template} strategy file_copy`));
  return {
    url: inDatabase(serverUrl, name),
    drop: () => admin(serverUrl, (c) => c.query(`drop database if exists ${name} with (force)`)).then(() => undefined),
  };
}
