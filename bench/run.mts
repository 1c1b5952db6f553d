import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { BareRoute } from './bare.mts';
import { type Statement, capture } from './capture.mts';
import { CASES, CASE_MANAGERS, seed } from './seed.mts';
import {
  bootHere,
  emptyGround,
  headersFor,
  here,
  load,
  median,
  nameOf,
  requestBody,
  start,
  startEmbeddedPostgres,
  startLotse,
  tokenFrom,
  user,
} from './support.mts';

// `npm run bench`: throughput of Lotse beside a bare node:http + pg handler, in one run. Writes are promised against the very
// same SQL; reads against the columns one would select by hand, and are shown against the very same SQL beside it.
const quick = process.argv.includes('--quick');
/**
 * Many short rounds: the speed of a shared machine changes within seconds, and who is measured side by side shares it. Not
 * too short: what a round cuts off at its end, answers that wait for their entry in the access log among them, counts for nobody.
 */
const ROUNDS = quick ? 6 : 40;
const SECONDS = quick ? 0.9 : 1.5;
/** Seconds for code to be compiled and caches to be filled: before that, Node spends three times as much on a request. */
const WARM_UP = quick ? 3 : 12;
/** Some fifty case managers at work: a browser that opens a page keeps six connections to one host, and stores one thing at a time. */
const CONNECTIONS = { GET: 256, POST: 50 };

type Path = {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  body?: () => object;
  /** Whom each request is about, where that differs; `path` and the statements are about the first. */
  about?: () => string;
  /** The ratio we promise against the bare handler. */
  least: number;
  /**
   * The read as a bare handler has it: columns, made JSON by Node. Lotse lets PostgreSQL make the JSON; the bare
   * handler with that very statement is measured too. Writes have one reference: the very statements Lotse sends.
   */
  rows?: Statement;
};

async function send(url: string, token: string, { method, path, body }: Path, requestId = 'warm-up'): Promise<void> {
  const answer = await fetch(url + path, {
    method,
    headers: { ...headersFor(token), 'x-request-id': requestId },
    body: body ? JSON.stringify(body()) : undefined,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
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

const started = Date.now();
const { dataDir, env } = emptyGround('bench');

// One instance in this process: it prepares the database, and shows which statements each request sends.
const recorder = await bootHere(env);
const { databaseUrl } = recorder;
const { caseIds } = await seed(databaseUrl, user);
const caseId = caseIds[0]!;
const anyCase = () => caseIds[Math.floor(Math.random() * caseIds.length)]!;
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
    about: anyCase,
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
  { name: 'POST case request', method: 'POST', path: '/v1/case-requests', least: 0.5, body: newRequest },
  {
    name: 'POST journal entry',
    method: 'POST',
    path: `/v1/cases/${caseId}/journal-entries`,
    about: anyCase,
    least: 0.5,
    body: journalBody,
  },
];

const token = await tokenFrom(recorder.url);
const recorded: BareRoute[] = [];
for (const [i, path] of paths.entries()) {
  await send(recorder.url, token, path);
  const [first, second] = await recordTwice((id) => send(recorder.url, token, path, id));
  const route = { method: path.method, ...(path.about ? { about: caseId } : {}) };
  recorded.push({ ...route, name: `${i}`, first, second });
  if (path.rows) recorded.push({ ...route, name: `${i}-rows`, first: [path.rows], second: [path.rows] });
}
await recorder.stop();
// While nobody is connected: a database in use cannot be copied.
const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') });
const copy = await copyOf(databaseUrl);
await server.stop();
const file = join(dataDir, 'statements.json');
writeFileSync(file, JSON.stringify(recorded));

const ours = await startLotse(env);
// The embedded server keeps its port while it stays free; the superuser of its address sees no tenant wall. The bare
// handler writes to a copy: what it makes up could not be opened by Lotse.
const bare = await start('bare', [join(here, 'bare.mts'), file, copy], env);
const ourToken = await tokenFrom(ours);

const watcher = new pg.Client({ connectionString: databaseUrl });
await watcher.connect();

let kept = true;
console.log(
  `\n${ROUNDS} rounds of ${SECONDS} s each, alternating; ${CONNECTIONS.GET} connections that read, ${CONNECTIONS.POST} that write\n`,
);
console.log(
  '| path | bare req/s | Lotse req/s | ratio | promised | ratio to the very same statement | statements of one request | left over: bare, Lotse |',
);
console.log('|---|---|---|---|---|---|---|---|');
for (const [i, { name, method, path, body, about, least, rows }] of paths.entries()) {
  const bareHeaders = () => ({ 'content-type': 'application/json', 'idempotency-key': `"${randomUUID()}"` });
  const how = { method, body, connections: CONNECTIONS[method], seconds: SECONDS };
  const ofBare = (route: string) => ({
    ...how,
    url: bare + route,
    headers: bareHeaders,
    ...(about ? { path: () => `${route}?${about()}` } : {}),
  });
  const ofLotse = {
    ...how,
    url: ours + path,
    headers: () => headersFor(ourToken),
    ...(about ? { path: () => path.replace(caseId, about()) } : {}),
  };
  const contenders = {
    bare: (more = {}) => load({ ...ofBare(rows ? `/${i}-rows` : `/${i}`), ...more }),
    same: (more = {}) => load({ ...ofBare(`/${i}`), ...more }),
    lotse: (more = {}) => load({ ...ofLotse, ...more }),
  };
  await contenders.bare({ seconds: WARM_UP / 4 });
  if (rows) await contenders.same({ seconds: WARM_UP / 4 });
  // The first path warms up what all share as well.
  await contenders.lotse({ seconds: i === 0 ? 2 * WARM_UP : WARM_UP });
  await settled();
  const measured: { bare: number; lotse: number; same?: number }[] = [];
  const left: Record<keyof (typeof measured)[number], number[]> = { bare: [], lotse: [], same: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const figures: (typeof measured)[number] = { bare: 0, lotse: 0 };
    // Nothing is promised against the very same statement of a read: every other round tells enough.
    const order: (keyof typeof figures)[] = rows && round % 2 === 0 ? ['bare', 'lotse', 'same'] : ['bare', 'lotse'];
    // Who comes next finds the processor busy with what the one before has left, so everybody comes first in turn.
    for (const [turn] of order.entries()) {
      const which = order[(turn + Math.floor(round / (rows ? 2 : 1))) % order.length]!;
      figures[which] = await contenders[which]();
      left[which].push(await settled());
    }
    measured.push(rows ? figures : { ...figures, same: figures.bare });
  }
  const of = (figure: (m: (typeof measured)[number]) => number) =>
    median(measured.map(figure).filter((n) => !Number.isNaN(n)));
  const ratio = of((m) => m.lotse / m.bare);
  if (!(ratio >= least)) kept = false;
  console.log(
    `| ${name} | ${of((m) => m.bare).toFixed(0)} | ${of((m) => m.lotse).toFixed(0)} | ${ratio.toFixed(2)} | ${least.toFixed(2)} ${ratio >= least ? 'kept' : 'MISSED'} | ${of((m) => m.lotse / (m.same ?? NaN)).toFixed(2)} | ${recorded.find((r) => r.name === `${i}`)!.first.length} | ${median(left.bare).toFixed(0)} ms, ${median(left.lotse).toFixed(0)} ms |`,
  );
}
console.log(`\n${((Date.now() - started) / 1000).toFixed(0)} s in all`);
process.exit(kept ? 0 : 1);

/**
 * Waits until PostgreSQL has nothing to do for anybody, and says for how many milliseconds: a round ends with as many
 * requests under way as there are connections, and what they and their events still cost would burden whoever comes next.
 */
async function settled(): Promise<number> {
  const since = performance.now();
  for (let quiet = 0; quiet < 3; await sleep(10)) {
    if (performance.now() - since > 60_000) throw new Error('PostgreSQL is still busy a minute after a round');
    const { rows } = await watcher.query<{ busy: boolean }>(
      `select count(*) > 0 as busy from pg_stat_activity where backend_type = 'client backend' and state <> 'idle' and pid <> pg_backend_pid()`,
    );
    quiet = rows[0]!.busy ? 0 : quiet + 1;
  }
  return performance.now() - since;
}

/** A database with the same content, for the bare handler alone. */
async function copyOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href });
  await client.connect();
  const name = new URL(url).pathname.slice(1);
  await client.query(`create database bare template ${name} strategy file_copy`);
  await client.end();
  return Object.assign(new URL(url), { pathname: '/bare' }).href;
}

function newRequest(): object {
  const birthDate = new Date(Date.UTC(1930, 0, 1 + Math.floor(Math.random() * 27_000))).toISOString().slice(0, 10);
  return requestBody({ familyName: nameOf(3), givenName: nameOf(2), birthDate });
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
