import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type Server, createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Server as TcpServer, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import pg from 'pg';
import { admin, cloneDatabase, inDatabase } from './support/database';

const root = join(__dirname, '..');
const server = process.env.LOTSE_TEST_SERVER!;
const template = process.env.LOTSE_TEST_TEMPLATE!;
const AUDIENCE = 'lotse-api';
const SECRET = 'a-secret-for-tests-only-0123456789';
const scratch = mkdtempSync(join(tmpdir(), 'lotse-boot-'));

type Env = Record<string, string>;
type Ended = { code: number | null; signal: string | null };

/** Every process started here; what is left of them when the tests end is ended. */
const children = new Set<ChildProcess>();

/** A program of the build as a user runs it, with nothing in its environment but what is said. */
function run(file: string, env: Env, ...args: string[]) {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [join('dist/src', file), ...args], {
    cwd: root,
    env: { PATH, LOTSE_DATA_DIR: join(scratch, 'unused'), NODE_COMPILE_CACHE: join(scratch, 'compiled'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let [said, complained] = ['', ''];
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (complained += chunk));
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => {
      children.delete(child);
      resolve({ code, signal });
    }),
  );
  return { child, ended, said: () => said, complained: () => complained };
}

/** Starts Lotse and waits until it says where it listens. */
async function start(env: Env) {
  const lotse = run('main.js', { PORT: '0', ...env });
  const listening = (): string | undefined => /^Lotse listens on (\S+)$/m.exec(lotse.said())?.[1];
  let over: Ended | undefined;
  void lotse.ended.then((how) => (over = how));
  while (!listening() && !over) await sleep(20);
  const url = listening();
  if (!url) throw new Error(`Lotse did not start: ${lotse.said()}${lotse.complained()}`);
  return {
    ...lotse,
    url,
    status: async (path: string, init?: RequestInit) => (await fetch(url + path, init)).status,
    /** Asks it to end, as a service manager (or Ctrl+C) does, and says how it ended. */
    stop: async (signal: NodeJS.Signals = 'SIGTERM') => {
      lotse.child.kill(signal);
      return lotse.ended;
    },
  };
}

const listen = async <S extends TcpServer | Server>(one: S): Promise<S> => {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return one;
};
const portOf = (one: TcpServer | Server) => (one.address() as AddressInfo).port;
const close = (one: TcpServer | Server) => new Promise((resolve) => one.close(resolve));

/** An issuer somewhere else, as Keycloak would be. */
async function identityProvider() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA', use: 'sig' }] });
  const http = await listen(
    createHttpServer((_req, res) => res.setHeader('content-type', 'application/json').end(keys)),
  );
  const issuer = `http://127.0.0.1:${portOf(http)}/realms/lotse`;
  return {
    settings: { OIDC_ISSUER: issuer, OIDC_AUDIENCE: AUDIENCE },
    token: (tenant: string) =>
      new SignJWT({ realm_access: { roles: ['case_manager'] }, tenant })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'one', typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject('somebody')
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey),
    close: () => close(http),
  };
}

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let idp: Awaited<ReturnType<typeof identityProvider>>;
/** Settings that work on a server of one's own. */
let good: Env;
beforeAll(async () => {
  const main = join(root, 'dist/src/main.js');
  const written = existsSync(main) ? statSync(main).mtimeMs : 0;
  if (written < Math.max(newest(join(root, 'src')), newest(join(root, 'migrations'))))
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, shell: process.platform === 'win32' });
  clone = await cloneDatabase(server, template);
  idp = await identityProvider();
  good = { DATABASE_URL: clone.url, LOTSE_SECRET: SECRET, ...idp.settings };
}, 300_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await idp?.close();
  await clone?.drop();
  rmSync(scratch, { recursive: true, force: true });
});

/** A database of its own with nothing in it. */
async function emptyDatabase() {
  const name = `lotse_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await admin(server, (c) => c.query(`create database ${name}`));
  return {
    url: inDatabase(server, name),
    drop: () => admin(server, (c) => c.query(`drop database if exists ${name} with (force)`)),
  };
}

/** Runs a program that must refuse: exit code 1, one line, nothing for programmers. Answers the line. */
async function refused(file: string, env: Env, ...args: string[]): Promise<string> {
  const program = run(file, env, ...args);
  const { code } = await program.ended;
  const complained = program.complained();
  expect({ code, complained }).toEqual({ code: 1, complained: expect.stringMatching(/^[^\n]+\n$/) });
  expect(complained + program.said()).not.toMatch(/\bat \S+ \(|\bat (file:|\/)|node_modules|\[object|undefined/);
  return complained.trimEnd();
}

const without = (env: Env, ...names: string[]): Env =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
const at = (url: string, more: Partial<URL>): string => Object.assign(new URL(url), more).href;

describe('a start that cannot work ends with one line that says why', () => {
  it.each<[string, (env: Env) => Env, RegExp]>([
    ['DATABASE_URL is no URL', (e) => ({ ...e, DATABASE_URL: 'localhost' }), /DATABASE_URL must be a URL/],
    [
      'DATABASE_URL is another database',
      (e) => ({ ...e, DATABASE_URL: 'mysql://localhost/x' }),
      /DATABASE_URL must be/,
    ],
    [
      'DATABASE_URL has an impossible port',
      (e) => ({ ...e, DATABASE_URL: 'postgres://h:99999/x' }),
      /DATABASE_URL must/,
    ],
    [
      'DATABASE_URL names a certificate that is not there',
      (e) => ({ ...e, DATABASE_URL: `${e.DATABASE_URL}?sslrootcert=/no/such/file` }),
      /Cannot use the database: .*no such file/,
    ],
    ['DATABASE_URL without LOTSE_SECRET', (e) => without(e, 'LOTSE_SECRET'), /LOTSE_SECRET .* is needed/],
    ['a short LOTSE_SECRET', (e) => ({ ...e, LOTSE_SECRET: 'x'.repeat(31) }), /LOTSE_SECRET must have at least 32/],
    [
      'DATABASE_URL without OIDC_ISSUER',
      (e) => without(e, 'OIDC_ISSUER', 'OIDC_AUDIENCE'),
      /DATABASE_URL needs OIDC_ISSUER/,
    ],
    ['OIDC_ISSUER without OIDC_AUDIENCE', (e) => without(e, 'OIDC_AUDIENCE'), /OIDC_AUDIENCE is needed/],
    ['OIDC_ISSUER is no URL', (e) => ({ ...e, OIDC_ISSUER: 'keycloak' }), /OIDC_ISSUER must be a URL/],
    ['NODE_ENV=production without issuer', () => ({ NODE_ENV: 'production' }), /NODE_ENV=production needs OIDC_ISSUER/],
    ['PORT is no number', (e) => ({ ...e, PORT: 'http' }), /PORT must be a whole number from 0 to 65535/],
    ['PORT is no port', (e) => ({ ...e, PORT: '65536' }), /PORT must be a whole number from 0 to 65535/],
    ['DATABASE_POOL is too small', (e) => ({ ...e, DATABASE_POOL: '1' }), /DATABASE_POOL must be a whole number/],
    ['TRUSTED_PROXIES are no addresses', (e) => ({ ...e, TRUSTED_PROXIES: 'proxy' }), /TRUSTED_PROXIES must list IP/],
    ['LOG_LEVEL is no level', (e) => ({ ...e, LOG_LEVEL: 'loud' }), /LOG_LEVEL must be/],
    ['HOST is not of this machine', (e) => ({ ...e, PORT: '0', HOST: '192.0.2.1' }), /HOST 192\.0\.2\.1 is no address/],
  ])('%s', async (_, change, says) => {
    const line = await refused('main.js', change(good));
    expect(line).toMatch(/^Lotse cannot start: /);
    expect(line).toMatch(says);
    expect(line).not.toContain(SECRET);
  });

  it('the server is not there', async () => {
    const gone = await listen(createServer());
    const port = portOf(gone);
    await close(gone);
    for (const host of ['127.0.0.1', 'localhost'])
      expect(await refused('main.js', { ...good, DATABASE_URL: `postgres://me@${host}:${port}/lotse` })).toBe(
        `Lotse cannot start: Cannot use the database: no PostgreSQL answers at ${host}:${port}.`,
      );
  });

  it.each([
    ['speaks another language', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['says nothing', null],
  ])('the server %s', async (_, says) => {
    const other = await listen(
      createServer((socket) => {
        socket.on('error', () => undefined).resume();
        if (says) socket.end(says);
      }),
    );
    const DATABASE_URL = `postgres://me@127.0.0.1:${portOf(other)}/lotse`;
    const line = await refused('main.js', { ...good, DATABASE_URL });
    expect(line).toMatch(/^Lotse cannot start: Cannot use the database: /);
    await close(other);
  });

  it('the database is not there', async () => {
    expect(await refused('main.js', { ...good, DATABASE_URL: inDatabase(server, 'no_such_database') })).toBe(
      'Lotse cannot start: Cannot use the database: the database no_such_database does not exist.',
    );
  });

  // A server that trusts every local user has no password to get wrong.
  (new URL(server).password ? it : it.skip)('the password is wrong (needs a server with passwords)', async () => {
    const line = await refused('main.js', { ...good, DATABASE_URL: at(clone.url, { password: 'guessed-password' }) });
    expect(line).toMatch(/user name or password is wrong\.$/);
    expect(line).not.toContain('guessed-password');
  });

  it('PORT is taken', async () => {
    const other = await listen(createServer());
    const line = await refused('main.js', { ...good, PORT: String(portOf(other)) });
    expect(line).toContain(`Port ${portOf(other)} is in use`);
    await close(other);
  });

  it('the database has no migrations', async () => {
    const empty = await emptyDatabase();
    const line = await refused('main.js', { ...good, DATABASE_URL: empty.url });
    expect(line).toMatch(/lacks migrations of this build: run "npm run migrate" first/);
    await empty.drop();
  });

  it('the database lacks the last migration', async () => {
    const older = await cloneDatabase(server, template);
    await admin(older.url, (c) =>
      c.query('delete from platform.migration where id = (select max(id) from platform.migration)'),
    );
    expect(await refused('main.js', { ...good, DATABASE_URL: older.url })).toMatch(/lacks migrations of this build/);
    await older.drop();
  });

  it('the database was migrated by a newer Lotse', async () => {
    const newer = await cloneDatabase(server, template);
    await admin(newer.url, (c) =>
      c.query(`insert into platform.migration ("timestamp", name) values (4102444800000, 'Tomorrow4102444800000')`),
    );
    for (const program of ['main.js', 'cli/migrate.js'])
      expect(await refused(program, { ...good, DATABASE_URL: newer.url })).toMatch(
        /migrated by a newer Lotse \(Tomorrow4102444800000\): start that version/,
      );
    await newer.drop();
  });

  it('so do the other programs', async () => {
    expect(await refused('cli/migrate.js', {})).toMatch(/^Set DATABASE_URL/);
    expect(await refused('cli/migrate.js', { DATABASE_URL: 'x' })).toMatch(/^DATABASE_URL must be a URL/);
    expect(await refused('cli/organisation.js', { DATABASE_URL: clone.url })).toMatch(/^Say the name/);
    expect(await refused('cli/organisation.js', { DATABASE_URL: clone.url }, 'Name', 'no-uuid')).toMatch(/no-uuid/);
    const id = randomUUID();
    const once = run('cli/organisation.js', { DATABASE_URL: clone.url }, 'Once', id);
    expect([(await once.ended).code, once.said()]).toEqual([0, `${id}\n`]);
    expect(await refused('cli/organisation.js', { DATABASE_URL: clone.url }, 'Twice', id)).toBe(
      `There is an organisation with the id ${id} already; nothing was added or changed.`,
    );
    expect(await refused('cli/organisation.js', { DATABASE_URL: inDatabase(server, 'nowhere') }, 'Name')).toMatch(
      /the database nowhere does not exist/,
    );
  });
});

describe('on a server of one’s own', () => {
  it('an empty database is migrated, gets an organisation, and serves its users', async () => {
    const { url, drop } = await emptyDatabase();
    const env = { ...good, DATABASE_URL: url };
    const migrated = run('cli/migrate.js', { DATABASE_URL: url });
    expect([await migrated.ended, migrated.complained()]).toEqual([{ code: 0, signal: null }, '']);
    expect(migrated.said()).toMatch(/^Applied: PlatformFoundation\d+, /);
    const again = run('cli/migrate.js', { DATABASE_URL: url });
    expect([await again.ended, again.said()]).toEqual([
      { code: 0, signal: null },
      'Nothing to do: the database is up to date.\n',
    ]);

    const lotse = await start(env);
    expect(await (await fetch(`${lotse.url}/health/ready`)).json()).toEqual({ status: 'ok' });
    expect(lotse.said()).not.toContain('dev/token');
    const added = run('cli/organisation.js', { DATABASE_URL: url }, 'Beratungsstelle am Hafen');
    expect([await added.ended, added.complained()]).toEqual([{ code: 0, signal: null }, '']);
    const tenant = added.said().trim();
    const get = async (organisation: string) =>
      lotse.status('/v1/cases', { headers: { authorization: `Bearer ${await idp.token(organisation)}` } });
    expect([await get(tenant), await get(randomUUID())]).toEqual([200, 401]);
    const { rows } = await admin(url, (c) => c.query('select tenant_id, name from platform.tenant'));
    expect(rows).toEqual([{ tenant_id: tenant, name: 'Beratungsstelle am Hafen' }]);
    const jobs = await admin(url, (c) =>
      c.query('select identifier from graphile_worker._private_known_crontabs order by 1'),
    );
    expect(jobs.rows).toEqual([{ identifier: 'daily' }, { identifier: 'sweep' }]);

    expect(await lotse.stop()).toEqual({ code: 0, signal: null });
    expect(lotse.complained()).toBe('');
    const open = await admin(server, (c) =>
      c.query('select 1 from pg_stat_activity where datname = $1', [new URL(url).pathname.slice(1)]),
    );
    expect(open.rowCount).toBe(0);
    await drop();
  });
});

describe('on the embedded database', () => {
  const LOTSE_DATA_DIR = join(scratch, 'data');
  const home = join(LOTSE_DATA_DIR, 'postgres/server');
  const json = { 'content-type': 'application/json' };

  /** A superuser's connection to the embedded database. */
  async function connect(): Promise<pg.Client> {
    const port = readFileSync(join(home, 'port'), 'utf8').trim();
    const password = readFileSync(join(home, 'password'), 'utf8').trim();
    const client = new pg.Client({ connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/lotse` });
    // The server ends under it.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
  const serverPid = () => Number(readFileSync(join(home, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
  /** Whether the process runs; one that has ended and waits for its parent to notice does not. */
  const exists = (pid: number): boolean => {
    try {
      const stat = `/proc/${pid}/stat`;
      return process.kill(pid, 0) && !(existsSync(stat) && readFileSync(stat, 'utf8').includes(') Z '));
    } catch {
      return false;
    }
  };
  /** Processes that work in the data folder, where the system shows them. */
  const inside = (): string[] =>
    (existsSync('/proc/self/cwd') ? readdirSync('/proc') : []).filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(realpathSync(home));
      } catch {
        return false;
      }
    });
  const expectGone = (pid: number) => {
    expect([exists(pid), existsSync(join(home, 'data/postmaster.pid')), inside()]).toEqual([false, false, []]);
  };
  const tokenOf = async (url: string, user: string): Promise<string> => {
    const res = await fetch(`${url}/dev/token`, { method: 'POST', headers: json, body: JSON.stringify({ user }) });
    return ((await res.json()) as { access_token: string }).access_token;
  };
  let token: string;
  let person: string;

  it('SIGTERM lets the request at work be answered, then ends everything with exit code 0', async () => {
    const lotse = await start({ LOTSE_DATA_DIR });
    expect(lotse.said()).toContain(`${lotse.url}/dev/token`);
    token = await tokenOf(lotse.url, 'miss-cm');
    const headers = { ...json, authorization: `Bearer ${token}` };
    const recorded = await fetch(`${lotse.url}/v1/persons`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': randomUUID() },
      body: JSON.stringify({ familyName: 'Before' }),
    });
    expect(recorded.status).toBe(201);
    person = `/v1/persons/${((await recorded.json()) as { id: string }).id}`;

    const locker = await connect();
    await locker.query('begin');
    await locker.query('select 1 from cases.person for update');
    const change = fetch(lotse.url + person, {
      method: 'PATCH',
      headers: { ...headers, 'content-type': 'application/merge-patch+json', 'if-match': '"1"' },
      body: JSON.stringify({ familyName: 'After' }),
    });
    const waiting = async () =>
      (await locker.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = 'lotse'`))
        .rowCount;
    while (!(await waiting())) await sleep(20);
    const pid = serverPid();
    expect([exists(pid), process.platform !== 'linux' || inside().length > 0]).toEqual([true, true]);

    const ended = lotse.stop();
    expect(await Promise.race([ended, change, sleep(500, 'both still there')])).toBe('both still there');
    await expect(fetch(`${lotse.url}/health/live`)).rejects.toThrow();
    await locker.query('commit');
    const released = performance.now();
    const answer = await change;
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await ended).toEqual({ code: 0, signal: null });
    // A connection that the client would keep open for more requests holds nobody up.
    expect(performance.now() - released).toBeLessThan(30_000);
    expect(lotse.complained()).toBe('');
    expectGone(pid);
    await locker.end().catch(() => undefined);
  }, 120_000);

  it('what was recorded is there after the next start, and the token of before still opens it', async () => {
    const lotse = await start({ LOTSE_DATA_DIR });
    const found = await fetch(lotse.url + person, { headers: { authorization: `Bearer ${token}` } });
    expect([found.status, found.headers.get('etag'), await found.json()]).toEqual([
      200,
      '"2"',
      expect.objectContaining({ familyName: 'After' }),
    ]);
    const pid = serverPid();
    expect(await lotse.stop('SIGINT')).toEqual({ code: 0, signal: null });
    expectGone(pid);
  }, 120_000);

  it.each<Env>([{}, { NODE_ENV: 'production' }])(
    'with OIDC_ISSUER there is no local issuer %j',
    async (more: Env) => {
      const lotse = await start({ LOTSE_DATA_DIR, ...idp.settings, ...more });
      const post = { method: 'POST', headers: json, body: '{"user":"miss-cm"}' };
      expect([
        await lotse.status('/health/ready'),
        await lotse.status('/dev/token', post),
        await lotse.status('/dev/users'),
        await lotse.status('/dev/jwks.json'),
        await lotse.status(person, { headers: { authorization: `Bearer ${token}` } }),
      ]).toEqual([200, 404, 404, 404, 401]);
      expect(lotse.said()).not.toContain('dev/');
      expect(await lotse.stop()).toEqual({ code: 0, signal: null });
    },
    120_000,
  );

  it('a refused start leaves no server behind', async () => {
    const other = await listen(createServer());
    const line = await refused('main.js', { LOTSE_DATA_DIR, PORT: String(portOf(other)) });
    expect(line).toContain(`Port ${portOf(other)} is in use`);
    expect([existsSync(join(home, 'data/postmaster.pid')), inside()]).toEqual([false, []]);
    await close(other);
  }, 120_000);

  it('a data folder that cannot be one is refused', async () => {
    const file = join(scratch, 'a-file');
    writeFileSync(file, '');
    expect(await refused('main.js', { LOTSE_DATA_DIR: file })).toContain('cannot be set up in');
  });
});
