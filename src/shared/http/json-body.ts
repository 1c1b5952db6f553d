import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './problem';

/** No body of the contract is nested deeper. */
const DEPTH = 32;

/** Whether it is nested deeper than any body may be. Level by level: the stack is shorter than what fits in a body. */
function isDeep(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH) return true;
    const next: unknown[] = [];
    for (const value of level)
      if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) next.push(inner);
    level = next;
  }
  return false;
}

/** Takes JSON bodies only: UTF-8, sanely nested, without keys that reach for prototypes. */
export function acceptJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  const malformed = () => new HttpProblem(400, 'malformed-request');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    (req, body: Buffer, done) => {
      if (!isUtf8(body)) return done(malformed());
      void parse(req, body.toString(), (error, value) => (isDeep(value) ? done(malformed()) : done(error, value)));
    },
  );
}
