import { randomUUID } from 'node:crypto';
import type { DynamicModule, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import pg from 'pg';
import supertest from 'supertest';
import { AppModule } from '../../src/app.module';
import { readConfig } from '../../src/config';
import { configureApp } from '../../src/configure-app';
import { type DemoUser, demoUsers } from '../../src/shared/auth/demo-organisation';
import { LocalIssuer } from '../../src/shared/auth/local-issuer';
import { Clock } from '../../src/shared/domain/clock';
import { EventRelay } from '../../src/shared/events/event-relay';
import { RelaySettings } from '../../src/shared/events/event-relay.settings';
import { fastifyAdapter } from '../../src/shared/http/server';
import { NestLogger, makeLogger } from '../../src/shared/operation/logger';
import { Contract } from './contract';
import { cloneDatabase } from './database';

/** A clock that tests can set; it stands still at an instant; null lets it follow the real time again. */
export class TestClock extends Clock {
  private fixed: string | null = null;
  set(instant: string | null): void {
    this.fixed = instant;
  }
  override now(): string {
    return this.fixed ?? super.now();
  }
}

export type Reply = {
  status: number;
  // Bodies are checked against the contract; tests read them freely.
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  headers: Record<string, string>;
  /** The version in the ETag. */
  version: number;
};
type Options = { ifMatch?: number | '*'; key?: string | null; headers?: Record<string, string> };
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A user at the API: every answer is held against the contract. */
export class ApiClient {
  constructor(
    private readonly server: string,
    private readonly contract: Contract,
    readonly token: string,
    readonly subject: string,
  ) {}

  get = (path: string, options: Options = {}) => this.send('get', path, undefined, options);
  post = (path: string, body: object = {}, options: Options = {}) => this.send('post', path, body, options);
  put = (path: string, body: object, options: Options = {}) => this.send('put', path, body, options);
  patch = (path: string, body: object, options: Options = {}) => this.send('patch', path, body, options);
  delete = (path: string, body?: object, options: Options = {}) => this.send('delete', path, body, options);

  /** Sends, expects success and returns the body. */
  async ok(method: Method, path: string, body?: object, options: Options = {}): Promise<Reply['body']> {
    const reply = await this.send(method, path, body, options);
    if (reply.status >= 300)
      throw new Error(`${method.toUpperCase()} ${path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  private async send(
    method: Method,
    path: string,
    body: object | undefined,
    { ifMatch, key, headers }: Options,
  ): Promise<Reply> {
    let request = supertest(this.server)[method](path).set('authorization', `Bearer ${this.token}`);
    if (ifMatch !== undefined) request = request.set('if-match', ifMatch === '*' ? '*' : `"${ifMatch}"`);
    if (method === 'post' && key !== null) request = request.set('idempotency-key', `"${key ?? randomUUID()}"`);
    for (const [name, value] of Object.entries(headers ?? {})) request = request.set(name, value);
    if (body !== undefined && method !== 'get')
      request = request
        .set(
          'content-type',
          headers?.['content-type'] ?? (method === 'patch' ? 'application/merge-patch+json' : 'application/json'),
        )
        .send(JSON.stringify(body));
    const reply = await request;
    const type = reply.headers['content-type'] ?? '';
    const parsed: unknown = type.includes('json') ? JSON.parse(reply.text) : reply.text;
    const fault = this.contract.fault(method, path, reply.status, type, parsed);
    if (fault) throw new Error(`Against the contract: ${fault}`);
    if (reply.status === 500) throw new Error(`500 from ${method.toUpperCase()} ${path}`);
    return {
      status: reply.status,
      body: parsed,
      headers: reply.headers as Record<string, string>,
      version: Number(/\d+/.exec(reply.headers.etag ?? '')?.[0]),
    };
  }
}

/** A running Lotse on a database of its own. */
export type Lotse = {
  app: NestFastifyApplication;
  document: OpenAPIObject;
  url: string;
  databaseUrl: string;
  issuer: LocalIssuer;
  clock: TestClock;
  relay: EventRelay;
  /** A user of the demo organisation by key. */
  as(key: string, more?: Partial<DemoUser>): Promise<ApiClient>;
  asUser(user: Omit<DemoUser, 'key' | 'name'>): Promise<ApiClient>;
  /** Sets the clock; null lets it follow real time. */
  at(instant: string | null): void;
  /** Waits until every event is delivered. */
  settled(): Promise<void>;
  /** SQL as superuser, beyond row-level security. */
  sql<R = Record<string, unknown>>(text: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
};

type StartOptions = {
  /** An existing database instead of a fresh one. */
  databaseUrl?: string;
  env?: Record<string, string>;
  /** The instance's secret. */
  secret?: string;
  /** Modules of the test itself: controllers and listeners that exist for it alone. */
  modules?: (Type | DynamicModule)[];
};

/** Starts the real application on a fresh clone of the migrated template. */
export async function startLotse(options: StartOptions = {}): Promise<Lotse> {
  const clone = options.databaseUrl
    ? { url: options.databaseUrl, drop: async () => undefined }
    : await cloneDatabase(process.env.LOTSE_TEST_SERVER!, process.env.LOTSE_TEST_TEMPLATE!);
  const config = readConfig({ RATE_LIMIT: '1000000', LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent', ...options.env });
  const issuer = await LocalIssuer.open();
  const clock = new TestClock();
  const logger = makeLogger(config.logLevel);
  const relaySettings = Object.assign(new RelaySettings(), { poll: 100, backoff: () => 10 });
  const module = await Test.createTestingModule({
    imports: [
      AppModule.for({
        config,
        databaseUrl: clone.url,
        secret: options.secret ?? 'a-secret-for-tests-only-0123456789',
        logger,
        localIssuer: issuer,
      }),
      ...(options.modules ?? []),
    ],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(RelaySettings)
    .useValue(relaySettings)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(fastifyAdapter(), {
    bodyParser: false,
    logger: new NestLogger(logger),
  });
  const document = await configureApp(app, config);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const contract = new Contract(document);
  const superuser = new pg.Pool({ connectionString: clone.url, max: 2 });
  superuser.on('error', () => undefined);
  const relay = app.get(EventRelay);
  const asUser: Lotse['asUser'] = async (user) => new ApiClient(url, contract, await issuer.token(user), user.subject);
  return {
    app,
    document,
    url,
    databaseUrl: clone.url,
    issuer,
    clock,
    relay,
    asUser,
    as: async (key, more = {}) => {
      const user = demoUsers.find((u) => u.key === key);
      if (!user) throw new Error(`There is no demo user ${key}`);
      return asUser({ ...user, ...more });
    },
    at: (instant) => clock.set(instant),
    settled: () => relay.drain(),
    sql: async <R>(text: string, values: unknown[] = []) => (await superuser.query(text, values)).rows as R[],
    close: async () => {
      await app.close();
      await superuser.end();
      await clone.drop();
    },
  };
}
