import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import pg from 'pg';
import type { Statement } from './capture.mts';

/** What the bare handler does for one kind of request: the very statements Lotse sends for a lone one, with fresh ids. */
export type BareRoute = {
  name: string;
  method: string;
  first: Statement[];
  second: Statement[];
  /** The id in whose place, in all parameters, the query string of the address goes. */
  about?: string;
};

// node:http and pg, nothing else: no token, no tenant wall, no validation, no access log. The practical limit.
// Besides ids, the numbered names of the seed differ from request to request.
const VARYING = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|bench\d+/gi;
const [file = '', databaseUrl = '', port = '0'] = process.argv.slice(2);
const routes = JSON.parse(readFileSync(file, 'utf8'), (_key, value: unknown) =>
  (value as { type?: string })?.type === 'Buffer' ? Buffer.from((value as { data: number[] }).data) : value,
) as BareRoute[];
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });

type Part = (fresh: (id: string) => string, about: string | undefined) => unknown;

/** Blind tokens are shared by many persons, as names are: a fresh one is one of that many. */
const TOKENS = 2000;

/** A parameter that stays, or one that gets fresh ids where the two recordings differ. */
function partOf(first: unknown, second: unknown): Part {
  if (Buffer.isBuffer(first)) return first.equals(second as Buffer) ? () => first : () => randomBytes(first.length);
  if (Array.isArray(first) && JSON.stringify(first) !== JSON.stringify(second))
    return (fresh) => (first as string[]).map((token) => (/^-?\d+$/.test(token) ? fresh(`token${token}`) : token));
  if (typeof first !== 'string' || first === second) return () => first;
  const others = new Set((second as string).match(VARYING));
  const varying = [...new Set(first.match(VARYING))].filter((id) => !others.has(id));
  if (varying.length === 0) return () => first;
  const pieces = first.split(new RegExp(`(${varying.join('|')})`));
  return (fresh) => pieces.map((piece, i) => (i % 2 === 1 ? fresh(piece) : piece)).join('');
}

let counter = 0;
/** A fresh time-ordered UUID; cheap on purpose, so that the reference is not slowed by it. */
function uuid(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const n = (counter++ & 0xffffffff).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomTail.slice(0, 3)}-8${randomTail.slice(3, 6)}-${n}`;
}
const randomTail = randomBytes(4).toString('hex');

const handlers = new Map(
  routes.map(({ name, method, first, second, about }, r) => [
    `${method} /${name}`,
    first.map(({ text, values }, s) => ({
      query: `r${r}s${s}`,
      text,
      parts: values.map<Part>((value, i) => {
        const part = partOf(value, second[s]!.values[i]);
        if (about === undefined || typeof value !== 'string' || !value.includes(about)) return part;
        return (fresh, given) => (part(fresh, given) as string).replaceAll(about, given ?? about);
      }),
    })),
  ]),
);

createServer((req, res) => {
  const [route, about] = req.url!.split('?');
  const statements = handlers.get(`${req.method} ${route}`);
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    void (async () => {
      if (chunks.length > 0) JSON.parse(Buffer.concat(chunks).toString());
      const ids = new Map<string, string>();
      const made = (id: string) =>
        id.startsWith('token')
          ? String(BigInt.asIntN(64, BigInt(id.slice(5)) + BigInt(Math.floor(Math.random() * TOKENS))))
          : id.includes('-')
            ? uuid()
            : id.replace(/\d+/, String(counter++));
      const fresh = (id: string) => ids.get(id) ?? (ids.set(id, made(id)), ids.get(id)!);
      let rows: { j?: string; data?: string }[] = [];
      for (const { query, text, parts } of statements!)
        ({ rows } = await pool.query({ name: query, text, values: parts.map((part) => part(fresh, about)) }));
      const [row] = rows;
      // JSON made by PostgreSQL goes through; plain rows are turned into JSON here.
      const body =
        row?.j ??
        (row?.data === undefined ? JSON.stringify(rows.length === 1 ? row : { data: rows }) : `{"data":[${row.data}]}`);
      res.writeHead(req.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' }).end(body);
    })().catch((error: unknown) => {
      console.error(error);
      res.writeHead(500).end();
    });
  });
}).listen(Number(port), '127.0.0.1', function (this: { address(): unknown }) {
  console.log(`bare listens on http://127.0.0.1:${(this.address() as { port: number }).port}`);
});
