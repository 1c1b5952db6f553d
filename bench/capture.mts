import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** One statement as Lotse sent it. */
export type Statement = { text: string; values: unknown[] };

const { currentContext } = require('../dist/src/shared/context.js') as {
  currentContext: () => { requestId: string } | undefined;
};

/**
 * Records every statement this process sends for the request of that id while `work` runs, but for setting the
 * tenant; used once before the measurement.
 */
export async function capture(requestId: string, work: () => Promise<void>): Promise<Statement[]> {
  const { Client } = require('pg') as { Client: { prototype: { query: (...args: unknown[]) => unknown } } };
  const original = Client.prototype.query;
  const found: Statement[] = [];
  Client.prototype.query = function (this: unknown, ...args: unknown[]) {
    const [first, second] = args;
    const text = typeof first === 'string' ? first : (first as { text?: string })?.text;
    const values = Array.isArray(second) ? second : ((first as { values?: unknown[] })?.values ?? []);
    if (text && currentContext()?.requestId === requestId && !text.includes('set_config')) found.push({ text, values });
    return original.apply(this, args);
  };
  try {
    await work();
  } finally {
    Client.prototype.query = original;
  }
  return found;
}
