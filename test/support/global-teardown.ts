import type { EmbeddedServer } from '../../src/shared/database/embedded-postgres';

export default async function globalTeardown(): Promise<void> {
  await (globalThis as { lotseServer?: EmbeddedServer }).lotseServer?.stop();
}
