import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** One statement as Lotse sent it. */
export type Statement = { text: string; values: unknown[] };

// The relay polls in the background, and what only our side does is not part of "the same SQL".
const NOT_THE_HANDLERS = /access_log|set_config|platform\.subscription|parked_event|graphile_worker|pg_type|jobs/;

/** Records every statement the process sends while `work` runs; used once before the measurement. */
export async function capture(work: () => Promise<void>): Promise<Statement[]> {
  const { Client } = require('pg') as { Client: { prototype: { query: (...args: unknown[]) => unknown } } };
  const original = Client.prototype.query;
  const found: Statement[] = [];
  Client.prototype.query = function (this: unknown, ...args: unknown[]) {
    const [first, second] = args;
    const text = typeof first === 'string' ? first : (first as { text?: string })?.text;
    const values = Array.isArray(second) ? second : ((first as { values?: unknown[] })?.values ?? []);
    if (text && !NOT_THE_HANDLERS.test(text)) found.push({ text, values });
    return original.apply(this, args);
  };
  try {
    await work();
  } finally {
    Client.prototype.query = original;
  }
  return found;
}
