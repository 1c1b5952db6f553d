import { randomBytes, randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { bearerToken } from '../auth/bearer.strategy';
import type { TokenVerifier } from '../auth/token-verifier';
import { type Context, currentContext, runInContext } from '../context';
import type { Telemetry } from '../operation/telemetry';
import { acceptJson } from './json-body';
import type { Manners } from './manners';
import { HttpProblem } from './problem';
import { problemDocument, problemOf, sendProblem } from './problem.filter';

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Sent with every answer (OWASP ASVS 5.0, 3.4 and 14.3.2). The API reference at /docs is the only page with scripts. */
const SECURITY = {
  'cache-control': 'no-store',
  vary: 'Authorization, Accept-Language',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Randomness is dear by the call, cheap by the byte. */
let spare = { bytes: Buffer.alloc(0), at: 0 };

/** A new W3C trace: random ids in lower-case hex. */
function newTrace(): string {
  if (spare.at === spare.bytes.length) spare = { bytes: randomBytes(24 * 64), at: 0 };
  const hex = spare.bytes.toString('hex', spare.at, (spare.at += 24));
  return `00-${hex.slice(0, 32)}-${hex.slice(32)}-01`;
}

/** What the server's manners depend on. */
export type ServerSettings = {
  corsOrigins: string[];
  rateLimit: number;
  telemetry: Telemetry;
  /** The base of problem types. */
  publicUrl: () => string;
  manners: Manners;
  verifier: TokenVerifier;
};

const options: FastifyServerOptions = {
  bodyLimit: 1024 * 1024,
  // Personal data belongs in bodies; long URLs are mistakes.
  routerOptions: { maxParamLength: 100, ignoreTrailingSlash: false },
  requestIdHeader: false,
  genReqId: (req: { headers: Record<string, string | string[] | undefined> }) => {
    const given = req.headers['x-request-id'];
    return typeof given === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID();
  },
  // Who sends a request slowly may not hold a connection, or a shutdown, for ever.
  requestTimeout: 60_000,
  forceCloseConnections: 'idle',
  // While the last requests are answered, what comes on their connections is answered too.
  return503OnClosing: false,
  // RFC 9110, 9.1: whoever takes GET takes HEAD.
  exposeHeadRoutes: true,
  // Addresses the router cannot read: no hook and no filter sees them.
  frameworkErrors: (error, req, res) =>
    begin(req, res, () => sendProblem(req, res, problemOf(error), req.server.publicUrl())),
  // What is no HTTP request at all: there is nothing but the socket.
  clientErrorHandler(this: FastifyInstance, error, socket) {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code] ?? 400;
    const body = JSON.stringify(
      problemDocument({ status, code: 'malformed-request' }, { requestId: randomUUID(), publicUrl: this.publicUrl() }),
    );
    const headers = {
      ...SECURITY,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    if (socket.writable) socket.write([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'));
    socket.destroy(error);
  },
};

/** The HTTP server beneath Nest: limits on what may come in at all. */
export const fastifyAdapter = (trustedProxies: string[] = []): FastifyAdapter =>
  new FastifyAdapter({ ...options, trustProxy: trustedProxies.length > 0 ? trustedProxies : false });

/** Gives the request its context and the answer the headers that every answer has. */
function begin(req: FastifyRequest, res: FastifyReply, work: () => void): void {
  const given = req.headers.traceparent;
  const traceparent = typeof given === 'string' && TRACEPARENT.test(given) ? given : newTrace();
  const { manners, verifier } = req.server;
  const token = bearerToken(req.headers.authorization);
  const value: Context = {
    requestId: req.id,
    traceparent,
    tenantId: '',
    purpose: '',
    relationships: [],
    exchange: { req, res, manners, known: token === undefined ? undefined : verifier.known(token) },
    statements: 0,
  };
  res.headers(SECURITY).headers({ 'x-request-id': req.id, traceparent });
  (req as Timed).context = value;
  runInContext(value, work);
}

/** Hooks that every request passes: context, ids, security headers, rate limit, one log line, metrics. */
export async function configureServer(app: NestFastifyApplication, settings: ServerSettings): Promise<void> {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  server.addHook('onRoute', ({ url, method }) => {
    if (url === '*') return;
    const known = routes.get(url) ?? {
      pattern: new RegExp(
        `^${url
          .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
          .replace(/:[^/]+/g, '[^/]+')
          .replace(/\\\*/g, '.*')}$`,
      ),
      methods: new Set(),
    };
    for (const m of [method].flat()) known.methods.add(m);
    routes.set(url, known);
  });

  server.decorate('publicUrl', settings.publicUrl);
  server.decorate('manners', settings.manners as never);
  server.decorate('verifier', settings.verifier as never);
  server.addHook('onRequest', begin);
  // CORS answers preflights; any other OPTIONS is a method like the rest.
  server.addHook('onRequest', (req, res, done) => {
    if (req.method === 'OPTIONS' && !req.headers['access-control-request-method']) res.callNotFound();
    else done();
  });
  await app.register(
    cors as never,
    {
      origin: settings.corsOrigins.length > 0 ? settings.corsOrigins : false,
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: [
        'authorization',
        'content-type',
        'if-match',
        'if-none-match',
        'idempotency-key',
        'lotse-purpose',
        'x-request-id',
        'traceparent',
        'accept-language',
      ],
      exposedHeaders: [
        'etag',
        'location',
        'link',
        'idempotency-replayed',
        'lotse-disputed',
        'ratelimit',
        'ratelimit-policy',
        'retry-after',
        'x-request-id',
      ],
      maxAge: 600,
    } as never,
  );
  await app.register(rateLimit as never, { global: false } as never);
  const check = server.createRateLimit({
    max: settings.rateLimit,
    timeWindow: 60_000,
    // A user is limited with all tokens together, whoever has none that was verified by address: made-up tokens buy nothing.
    keyGenerator: (req) => {
      const user = currentContext()?.exchange?.known;
      return user ? `${user.tenantId} ${user.subject}` : req.ip;
    },
  });
  server.addHook('onRequest', async (req, res) => {
    const limit = await check(req);
    if (limit.isAllowed) return;
    res.headers({
      'ratelimit-policy': `"minute";q=${limit.max};w=60`,
      ratelimit: `"minute";r=${Math.max(0, limit.remaining)};t=${limit.ttlInSeconds}`,
    });
    if (limit.isExceeded)
      throw new HttpProblem(
        429,
        'quota-exceeded',
        { 'violated-policies': ['minute'] },
        { 'retry-after': String(limit.ttlInSeconds) },
      );
  });

  acceptJson(server);
  server.addHook('preParsing', (req, _res, payload, done) => {
    const type = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    const wanted = req.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    if (type === undefined || type === wanted || req.method === 'GET') return done(null, payload);
    const accepted: Record<string, string> = req.method === 'PATCH' ? { 'accept-patch': wanted } : {};
    done(new HttpProblem(415, 'unsupported-media-type', {}, accepted) as unknown as Error);
  });

  // A connection kept open for the next request would hold up a shutdown: the last answers end theirs.
  let closing = false;
  server.addHook('preClose', async () => void (closing = true));
  server.addHook('onSend', (_req, res, _payload, done) => {
    if (closing) res.header('connection', 'close');
    done();
  });

  server.decorate('methodsOf', (url: string) => {
    const path = url.split('?')[0]!;
    return [
      ...new Set([...routes.values()].filter(({ pattern }) => pattern.test(path)).flatMap((r) => [...r.methods])),
    ].sort();
  });
  server.addHook('onResponse', (req, res, done) => {
    settings.telemetry.request(
      req.method,
      req.is404 ? 'unknown' : (req.routeOptions.url ?? 'unknown'),
      res.statusCode,
      res.elapsedTime,
      (req as Timed).context,
    );
    done();
  });
}

type Timed = FastifyRequest & { context?: Context };

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods the address takes; empty for an unknown address. */
    methodsOf(url: string): string[];
    /** The base of problem types. */
    publicUrl(): string;
    manners: Manners;
    verifier: TokenVerifier;
  }
}
