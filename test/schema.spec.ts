import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/shared/database/data-source';
import { admin, cloneDatabase, prepareTemplate } from './support/database';

let database: { url: string; drop: () => Promise<void> };
beforeAll(async () => {
  database = await cloneDatabase(process.env.LOTSE_TEST_SERVER!, process.env.LOTSE_TEST_TEMPLATE!);
});
afterAll(() => database.drop());

it('migrations make exactly the tables that the aggregates describe', async () => {
  const source = await new DataSource({ ...dataSourceOptions(database.url), extra: {} } as never).initialize();
  try {
    const drift = await source.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  } finally {
    await source.destroy();
  }
});

it('no relation leaves the schema of its module, and every aggregate has its tenant in the key', async () => {
  const source = await new DataSource({ ...dataSourceOptions(database.url), extra: {} } as never).initialize();
  try {
    expect(source.entityMetadatas.length).toBeGreaterThan(10);
    for (const entity of source.entityMetadatas) {
      expect(entity.relations).toEqual([]);
      expect(entity.primaryColumns.map(({ databaseName }) => databaseName)).toEqual(['tenant_id', 'id']);
    }
  } finally {
    await source.destroy();
  }
});

it('every table with a tenant stands behind forced row-level security, and the runtime role owns nothing of it', async () => {
  const tables = await admin(database.url, (c) =>
    c.query<{ name: string; on: boolean; forced: boolean; policies: string; owner: string; by: string }>(`
      select n.nspname || '.' || t.relname as name, t.relrowsecurity as on, t.relforcerowsecurity as forced,
        (select count(*) from pg_policy p where p.polrelid = t.oid or p.polrelid in (select inhparent from pg_inherits where inhrelid = t.oid)) as policies,
        pg_get_userbyid(t.relowner) as owner, t.relkind as by
      from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where t.relkind in ('r', 'p') and exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id')`),
  );
  expect(tables.rows.length).toBeGreaterThan(25);
  for (const { name, on, forced, policies, owner } of tables.rows)
    expect({ name, on, forced, guarded: Number(policies) > 0, owner }).toEqual({
      name,
      on: true,
      forced: true,
      guarded: true,
      owner: 'lotse_owner',
    });
});

it('the runtime role can neither change nor remove what the logs hold', async () => {
  const { rows } = await admin(database.url, (c) =>
    c.query<{ table_name: string; privilege_type: string }>(`
      select table_schema || '.' || table_name as table_name, privilege_type from information_schema.role_table_grants
      where grantee in ('lotse_app', 'lotse_relay') and table_schema || '.' || table_name
        in ('platform.event', 'platform.access_log', 'consent.disclosure', 'service_plan.plan_edition', 'service_plan.goal_rating', 'quality_audit.audit_result')
        and privilege_type not in ('SELECT', 'INSERT')`),
  );
  expect(rows).toEqual([]);
});

it('every migration can be taken back and run again', async () => {
  const files = readdirSync(join(__dirname, '../migrations'));
  for (const file of files)
    expect(readFileSync(join(__dirname, '../migrations', file), 'utf8')).toMatch(/async down\(/);
  const template = await prepareTemplate(process.env.LOTSE_TEST_SERVER!);
  const again = await cloneDatabase(process.env.LOTSE_TEST_SERVER!, template);
  // Rights on the database itself are not part of a template.
  await admin(again.url, (c) =>
    c.query(`grant create on database ${new URL(again.url).pathname.slice(1)} to lotse_owner`),
  );
  try {
    const source = await new DataSource({
      type: 'postgres',
      url: again.url,
      schema: 'platform',
      extra: { options: '-c role=lotse_owner' },
      migrations: [join(__dirname, '../migrations/*.ts')],
      migrationsTableName: 'migration',
      migrationsTransactionMode: 'each',
      installExtensions: false,
    }).initialize();
    try {
      // All but the platform's own, whose schema holds the list of migrations.
      for (let i = 1; i < files.length; i += 1) await source.undoLastMigration({ transaction: 'each' });
      expect(await source.runMigrations()).toHaveLength(files.length - 1);
    } finally {
      await source.destroy();
    }
  } finally {
    await again.drop();
  }
});
