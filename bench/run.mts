import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import pg from 'pg';
import { type Statement, capture } from './capture.mts';
import { CASES, CASE_MANAGERS, seed } from './seed.mts';

// `npm run bench`: throughput of Lotse beside a bare node:http + pg handler that sends the very same SQL, in one run.
const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL('.', import.meta.url));
const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 5 : 12;
const SECONDS = quick ? 1 : 4;
const CONNECTIONS = 128;

type Path = {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  body?: () => object;
  /** The ratio we promise against the bare handler. */
  least: number;
  /**
   * The read as a bare handler has it: columns, made JSON by Node. Lotse lets PostgreSQL make the JSON; the bare
   * handler with that very statement is measured too. Writes have one reference: the very statements Lotse sends.
   */
  rows?: Statement;
};

const dataDir = join(here, '../.data/bench');
rmSync(dataDir, { recursive: true, force: true });
mkdirSync(dataDir, { recursive: true });
const env: Record<string, string | undefined> = {
  ...process.env,
  LOTSE_DATA_DIR: dataDir,
  PORT: '0',
  RATE_LIMIT: '10000000',
  LOG_LEVEL: 'error',
};
for (const name of Object.keys(env)) if (/^(DATABASE_|OIDC_|NODE_ENV)/.test(name)) delete env[name];

const { boot } = require('../dist/src/boot.js') as {
  boot: (
    config: object,
  ) => Promise<{ url: string; app: { get(type: unknown): unknown; close(): Promise<void> }; stop(): Promise<void> }>;
};
const { readConfig } = require('../dist/src/config.js') as { readConfig: (env: object) => object };
const { demoUsers } = require('../dist/src/shared/auth/demo-organisation.js') as {
  demoUsers: { key: string; subject: string; tenantId: string }[];
};
const { DataSource } = require('typeorm') as { DataSource: unknown };

const children: ChildProcess[] = [];
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** Starts a child and waits for the address it prints. */
function start(name: string, args: string[], more: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, args, {
    env: { ...env, ...more } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
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

async function tokenFrom(url: string): Promise<string> {
  const answer = await fetch(`${url}/dev/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'miss-cm' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

const headersFor = (token: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  'idempotency-key': `"${randomUUID()}"`,
});

async function send(url: string, token: string, { method, path, body }: Path, requestId = 'warm-up'): Promise<void> {
  const answer = await fetch(url + path, {
    method,
    headers: { ...headersFor(token), 'x-request-id': requestId },
    body: body ? JSON.stringify(body()) : undefined,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
}

async function load(
  url: string,
  path: string,
  method: Path['method'],
  body: (() => object) | undefined,
  headers: () => Record<string, string>,
): Promise<number> {
  const result = await autocannon({
    url: url + path,
    method,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [
      {
        method,
        setupRequest: (request) => ({
          ...request,
          headers: headers(),
          ...(body ? { body: JSON.stringify(body()) } : {}),
        }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${method} ${url}${path}: ${result.non2xx} refused, ${result.errors} failed`);
  return result['2xx'] / result.duration;
}

/** The statements of two equal requests; repeated when listeners at work in the background hid one of them. */
async function recordTwice(request: (id: string) => Promise<void>): Promise<[Statement[], Statement[]]> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const [first, second] = [
      await capture(`first-${attempt}`, () => request(`first-${attempt}`)),
      await capture(`second-${attempt}`, () => request(`second-${attempt}`)),
    ];
    if (first.length > 0 && first.map(({ text }) => text).join() === second.map(({ text }) => text).join())
      return [first, second];
  }
  throw new Error('The statements of a request cannot be recorded');
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** A name of some thousands, as people have. */
const SYLLABLES = 'ba le mi ro stu ken wal ter hag spr and ing os vel dor nie kam fritz bur gen'.split(' ');
const nameOf = (parts: number) => {
  const name = Array.from({ length: parts }, () => SYLLABLES[Math.floor(Math.random() * SYLLABLES.length)]).join('');
  return name[0]!.toUpperCase() + name.slice(1);
};

const started = Date.now();
const user = demoUsers.find(({ key }) => key === 'miss-cm')!;

// One instance in this process: it prepares the database, and shows which statements each request sends.
const recorder = await boot(readConfig(env));
const databaseUrl = (recorder.app.get(DataSource) as { options: { url: string } }).options.url;
const { caseId } = await seed(databaseUrl, user);
console.log(
  `${CASES.toLocaleString('en')} cases of ${CASE_MANAGERS} case managers seeded in ${((Date.now() - started) / 1000).toFixed(0)} s`,
);

const COLUMNS = `c.id, c.person_id as "personId", c.phase, c.status, c.field_of_practice as "fieldOfPractice", c.responsible, c.deputy,
  c.team, c.intensity, c.opened_at as "openedAt", c.agreed_on as "agreedOn"`;
const mine = (column: string) => `(select ${COLUMNS} from cases.case c where c.tenant_id = $1 and c.${column} = $2
  order by c.opened_at desc, c.id desc limit 51)`;

const paths: Path[] = [
  {
    name: 'GET case',
    method: 'GET',
    path: `/v1/cases/${caseId}`,
    least: 0.75,
    rows: {
      text: `select ${COLUMNS}, c.version, c.request_id as "requestId", c.agreements, c.phases, c.milestones, c.running_measures as "runningMeasures",
        c.responsibilities, c.members, c.informed_parties as "informedParties", c.suspension, c.closing, c.closure, c.reopenings
        from cases.case c where c.tenant_id = $1 and c.id = $2 and (c.responsible = $3 or c.deputy = $3)`,
      values: [user.tenantId, caseId, user.subject],
    },
  },
  {
    name: 'GET restricted case list (50 rows)',
    method: 'GET',
    path: '/v1/cases?limit=50',
    least: 0.8,
    rows: {
      text: `select * from (select distinct on ("openedAt", id) * from (${mine('responsible')} union all ${mine('deputy')}) u
        order by "openedAt" desc, id desc) d order by "openedAt" desc, id desc limit 50`,
      values: [user.tenantId, user.subject],
    },
  },
  { name: 'POST case request', method: 'POST', path: '/v1/case-requests', least: 0.5, body: requestBody },
  {
    name: 'POST journal entry',
    method: 'POST',
    path: `/v1/cases/${caseId}/journal-entries`,
    least: 0.5,
    body: journalBody,
  },
];

const token = await tokenFrom(recorder.url);
const recorded: { name: string; method: string; first: Statement[]; second: Statement[] }[] = [];
for (const [i, path] of paths.entries()) {
  await send(recorder.url, token, path);
  const [first, second] = await recordTwice((id) => send(recorder.url, token, path, id));
  recorded.push({ name: `${i}`, method: path.method, first, second });
  if (path.rows) recorded.push({ name: `${i}-rows`, method: path.method, first: [path.rows], second: [path.rows] });
}
await recorder.app.close();
const copy = await copyOf(databaseUrl);
await recorder.stop();
const file = join(dataDir, 'statements.json');
writeFileSync(file, JSON.stringify(recorded));

const ours = await start('Lotse', [join(here, '../dist/src/main.js')]);
// The embedded server keeps its port while it stays free; the superuser of its address sees no tenant wall. The bare
// handler writes to a copy: what it makes up could not be opened by Lotse.
const bare = await start('bare', [join(here, 'bare.mts'), file, copy]);
const ourToken = await tokenFrom(ours);

let kept = true;
console.log(`\n${ROUNDS} rounds of ${SECONDS} s each, alternating, ${CONNECTIONS} connections\n`);
console.log('| path | bare req/s | Lotse req/s | ratio | promised | ratio to the very same statement | statements |');
console.log('|---|---|---|---|---|---|---|');
for (const [i, { name, method, path, body, least, rows }] of paths.entries()) {
  const bareHeaders = () => ({ 'content-type': 'application/json', 'idempotency-key': `"${randomUUID()}"` });
  const contenders = {
    bare: () => load(bare, rows ? `/${i}-rows` : `/${i}`, method, body, bareHeaders),
    same: () => load(bare, `/${i}`, method, body, bareHeaders),
    lotse: () => load(ours, path, method, body, () => headersFor(ourToken)),
  };
  const measured: { bare: number; same: number; lotse: number }[] = [];
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [first, lotse] = [await contenders.bare(), await contenders.lotse()];
    measured.push({ bare: first, lotse, same: rows ? await contenders.same() : first });
  }
  measured.shift();
  const of = (figure: (m: (typeof measured)[number]) => number) => median(measured.map(figure));
  const ratio = of((m) => m.lotse / m.bare);
  if (!(ratio >= least)) kept = false;
  console.log(
    `| ${name} | ${of((m) => m.bare).toFixed(0)} | ${of((m) => m.lotse).toFixed(0)} | ${ratio.toFixed(2)} | ${least.toFixed(2)} ${ratio >= least ? 'kept' : 'MISSED'} | ${of((m) => m.lotse / m.same).toFixed(2)} | ${recorded.find((r) => r.name === `${i}`)!.first.length} |`,
  );
}
console.log(`\n${((Date.now() - started) / 1000).toFixed(0)} s in all`);
process.exit(kept ? 0 : 1);

/** A database with the same content, for the bare handler alone. */
async function copyOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href });
  await client.connect();
  const name = new URL(url).pathname.slice(1);
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  await client.query(`create database bare template ${name} strategy file_copy`);
  await client.end();
  return Object.assign(new URL(url), { pathname: '/bare' }).href;
}

function requestBody(): object {
  const day = new Date(Date.UTC(1930, 0, 1 + Math.floor(Math.random() * 27_000))).toISOString().slice(0, 10);
  return {
    askedBy: 'hospital',
    channel: 'phone',
    concern: 'Discharge after a stroke; nobody at home can care for him, and there are debts.',
    fieldOfPractice: 'health',
    person: { familyName: nameOf(3), givenName: nameOf(2), birthDate: day, languages: ['de'] },
  };
}

function journalBody(): object {
  return {
    kind: 'contact_phone',
    function: 'coordination',
    participants: ['Client', 'Debt advice'],
    minutes: 25,
    costCents: 0,
    on: '2026-03-01',
    text: 'Agreed on the next appointment and what to bring along.',
    sharedWithClient: true,
  };
}
