import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { WrongSetting, readDatabaseUrls } from '../config';
import { asRole } from '../shared/database/data-source';
import { DatabaseRefused, explainConnection } from '../shared/database/migrate';

const UNIQUE_VIOLATION = '23505';

/** `node dist/src/cli/organisation.js "Name" [id]`: adds an organisation and prints its id, the value of the tenant claim. */
async function main(): Promise<void> {
  const [name, id = randomUUID()] = process.argv.slice(2);
  const { databaseUrl, databaseOwnerUrl } = readDatabaseUrls();
  const url = databaseOwnerUrl ?? databaseUrl;
  if (!name) throw new WrongSetting('Say the name: organisation.js "Name of the organisation" [id]');
  if (!url) throw new WrongSetting('Set DATABASE_URL: the embedded database has its demo organisations already.');
  const client = new pg.Client({ connectionString: url, ...asRole('lotse_owner') });
  try {
    await client.connect();
    await client.query('insert into platform.tenant (tenant_id, name) values ($1, $2)', [id, name]);
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION)
      throw new WrongSetting(`There is an organisation with the id ${id} already; nothing was added or changed.`);
    throw explainConnection(error, url);
  } finally {
    await client.end().catch(() => undefined);
  }
  console.log(id);
}

main().catch((error: unknown) => {
  console.error(error instanceof DatabaseRefused || error instanceof WrongSetting ? error.message : error);
  process.exit(1);
});
