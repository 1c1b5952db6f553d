import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

// What the benchmarks have in common: instances of Lotse on data of their own, and the load on them.
const require = createRequire(import.meta.url);
export const here = fileURLToPath(new URL('.', import.meta.url));

type Instance = { url: string; app: { get(type: unknown): never }; stop(): Promise<void> };
type Environment = Record<string, string | undefined>;

const { boot } = require('../dist/src/boot.js') as { boot: (config: object) => Promise<Instance> };
export const { startEmbeddedPostgres } = require('../dist/src/shared/database/embedded-postgres.js') as {
  startEmbeddedPostgres: (options: { dataDir: string }) => Promise<{ url: string; stop(): Promise<void> }>;
};
const { readConfig } = require('../dist/src/config.js') as { readConfig: (env: object) => object };
const { demoUsers } = require('../dist/src/shared/auth/demo-organisation.js') as {
  demoUsers: { key: string; subject: string; tenantId: string }[];
};
const { DataSource } = require('typeorm') as { DataSource: unknown };

/** The case manager who sends all requests. */
export const user = demoUsers.find(({ key }) => key === 'miss-cm')!;

/** The settings of an instance on a new, empty data directory below `.data`. */
export function emptyGround(name: string): { dataDir: string; env: Environment } {
  const dataDir = join(here, '../.data', name);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const env: Environment = {
    ...process.env,
    LOTSE_DATA_DIR: dataDir,
    PORT: '0',
    RATE_LIMIT: '10000000',
    LOG_LEVEL: 'error',
  };
  for (const key of Object.keys(env)) if (/^(DATABASE_|OIDC_|NODE_ENV)/.test(key)) delete env[key];
  return { dataDir, env };
}

/** An instance in this process, and the superuser's address of its database. */
export async function bootHere(env: Environment): Promise<Instance & { databaseUrl: string }> {
  const instance = await boot(readConfig(env));
  const { options } = instance.app.get(DataSource) as { options: { url: string } };
  return Object.assign(instance, { databaseUrl: options.url });
}

const children: ChildProcess[] = [];
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** Starts a child and waits for the address it prints. */
export function start(name: string, args: string[], env: Environment): Promise<string> {
  const child = spawn(process.execPath, args, { env: env as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const url = /listens on (http:\S+)/.exec((output += chunk))?.[1];
      if (url) resolve(url);
    });
    child.on('exit', (code) => reject(new Error(`${name} ended with ${code}: ${output}`)));
  });
}

/** An instance in a process of its own. */
export const startLotse = (env: Environment) => start('Lotse', [join(here, '../dist/src/main.js')], env);

export async function tokenFrom(url: string): Promise<string> {
  const answer = await fetch(`${url}/dev/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: user.key }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export const headersFor = (token: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  'idempotency-key': `"${randomUUID()}"`,
});

export type Load = {
  url: string;
  method: 'GET' | 'POST';
  /** Of each request; that of `url` where absent. */
  path?: () => string;
  body?: () => object;
  headers: () => Record<string, string>;
  connections: number;
  seconds: number;
};

/** Requests answered per second; fails when one is refused. */
export async function load({ url, method, path, body, headers, connections, seconds }: Load): Promise<number> {
  const result = await autocannon({
    url,
    method,
    connections,
    duration: seconds,
    // Milliseconds to which the duration is rounded up.
    sampleInt: 100,
    requests: [
      {
        method,
        setupRequest: (request) => ({
          ...request,
          headers: headers(),
          ...(path ? { path: path() } : {}),
          ...(body ? { body: JSON.stringify(body()) } : {}),
        }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${method} ${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return result['2xx'] / result.duration;
}

export const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

const SYLLABLES = 'ba le mi ro stu ken wal ter hag spr and ing os vel dor nie kam fritz bur gen'.split(' ');
/** One of 20^parts names. */
export const nameOf = (parts: number) => {
  const name = Array.from({ length: parts }, () => SYLLABLES[Math.floor(Math.random() * SYLLABLES.length)]).join('');
  return name[0]!.toUpperCase() + name.slice(1);
};

/** A new person's request for help. */
export const requestBody = (person: object) => ({
  askedBy: 'hospital',
  channel: 'phone',
  concern: 'Discharge after a stroke; nobody at home can care for him, and there are debts.',
  fieldOfPractice: 'health',
  person: { languages: ['de'], ...person },
});
