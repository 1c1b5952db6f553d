import 'reflect-metadata';
import { WrongSetting, readDatabaseUrls } from '../config';
import { DatabaseRefused, migrate } from '../shared/database/migrate';

/** `npm run migrate`: brings the database of DATABASE_OWNER_URL or DATABASE_URL to this build's schema. */
async function main(): Promise<void> {
  const { databaseUrl, databaseOwnerUrl } = readDatabaseUrls();
  if (!databaseUrl) throw new WrongSetting('Set DATABASE_URL: the embedded database is migrated at every start.');
  const applied = await migrate(databaseOwnerUrl ?? databaseUrl);
  console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to do: the database is up to date.');
}

main().catch((error: unknown) => {
  console.error(error instanceof DatabaseRefused || error instanceof WrongSetting ? error.message : error);
  process.exit(1);
});
