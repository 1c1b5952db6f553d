import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/shared/database/embedded-postgres';
import { prepareTemplate } from './database';

/** One server for all workers — `DATABASE_URL`, or an embedded one — with a migrated template to clone from. */
export default async function globalSetup(): Promise<void> {
  let url = process.env.DATABASE_URL;
  if (!url) {
    const server = await startEmbeddedPostgres({ dataDir: join(process.cwd(), '.data/test'), durable: false });
    (globalThis as { lotseServer?: typeof server }).lotseServer = server;
    url = server.url;
  }
  process.env.LOTSE_TEST_SERVER = url;
  process.env.LOTSE_TEST_TEMPLATE = await prepareTemplate(url);
}
