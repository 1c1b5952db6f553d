import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres, StartRefused, type EmbeddedServer } from './embedded-postgres';

const SOURCE = path.join(__dirname, 'embedded-postgres.ts');

/** A second process of ours: starts the server, reports it, and stops it when told so through stdin. */
const OWNER = `
const { transformFileSync } = require('@swc/core');
const Module = require('node:module');
const [file, dataDir] = process.argv.slice(1);
const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } };
Module._extensions['.ts'] = (loading, name) => loading._compile(transformFileSync(name, options).code, name);
require(file).startEmbeddedPostgres({ dataDir, durable: false }).then((server) => {
  process.stdout.write(JSON.stringify(server));
  process.stdin.once('data', () => server.stop().then(() => process.exit()));
});`;

describe('embedded PostgreSQL', () => {
  let root: string;
  let dataDir: string;
  const running: EmbeddedServer[] = [];
  const owners: ChildProcess[] = [];

  const start = async (options: { port?: number } = {}): Promise<EmbeddedServer> => {
    const server = await startEmbeddedPostgres({ dataDir, durable: false, ...options });
    running.push(server);
    return server;
  };

  const startInAnotherProcess = async (): Promise<{ owner: ChildProcess; server: EmbeddedServer }> => {
    const owner = spawn(process.execPath, ['-e', OWNER, SOURCE, dataDir], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    owners.push(owner);
    const report = await new Promise<Buffer>((resolve) => owner.stdout.once('data', resolve));
    return { owner, server: JSON.parse(report.toString()) as EmbeddedServer };
  };

  const end = (owner: ChildProcess, how: 'cleanly' | 'SIGKILL'): Promise<unknown> => {
    const exited = new Promise((resolve) => owner.once('exit', resolve));
    if (how === 'cleanly') owner.stdin?.write('stop');
    else owner.kill('SIGKILL');
    return exited;
  };

  const pidFile = (): string => path.join(dataDir, 'server', 'data', 'postmaster.pid');
  const serverPid = (): number => Number(fs.readFileSync(pidFile(), 'utf8').split('\n')[0]);

  beforeAll(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'lotse-embedded-'));
    dataDir = path.join(root, 'shared');
  });

  afterEach(async () => {
    for (const owner of owners.splice(0))
      if (owner.exitCode === null && owner.signalCode === null) owner.kill('SIGKILL');
    for (const server of running.splice(0)) await server.stop();
  });

  afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

  it('starts PostgreSQL 18 on a free local port and asks for its password', async () => {
    const server = await start();

    expect(server.reused).toBe(false);
    expect(await query(server.url, `SELECT current_setting('server_version')`)).toMatch(/^18\./);
    expect(await query(server.url, `SELECT current_setting('listen_addresses')`)).toBe('127.0.0.1');
    const wrong = server.url.replace(/:[^:@]+@/, ':wrong@');
    await expect(query(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(fs.statSync(path.join(dataDir, 'server', 'password')).mode & 0o777).toBe(0o600);
  });

  it('keeps data and port over a stop and a start', async () => {
    const before = await start();
    await query(before.url, `CREATE TABLE kept AS SELECT 'here' AS word`);
    await before.stop();
    expect(fs.existsSync(pidFile())).toBe(false);

    const after = await start();

    expect(after.reused).toBe(false);
    expect(after.url).toBe(before.url);
    expect(await query(after.url, 'SELECT word FROM kept')).toBe('here');
  });

  it('lets two processes share one server, which the last of them stops', async () => {
    const { owner, server: first } = await startInAnotherProcess();
    const second = await start();
    expect(second).toMatchObject({ url: first.url, reused: true });

    await end(owner, 'cleanly');
    expect(await query(second.url, `SELECT 'still there'`)).toBe('still there');

    await second.stop();
    await expect(query(second.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('creates the cluster once when two processes start at the same moment', async () => {
    dataDir = path.join(root, 'race');
    const [one, other] = await Promise.all([startInAnotherProcess(), startInAnotherProcess()]);

    expect(one.server.url).toBe(other.server.url);
    expect([one.server.reused, other.server.reused].sort()).toEqual([false, true]);
    expect(fs.readdirSync(dataDir)).toEqual(['server']);
    await Promise.all([end(one.owner, 'cleanly'), end(other.owner, 'cleanly')]);
    expect(fs.existsSync(pidFile())).toBe(false);
  });

  it('stops the server when its only process is killed', async () => {
    const { owner } = await startInAnotherProcess();

    await end(owner, 'SIGKILL');

    await eventually(() => !fs.existsSync(pidFile()));
  });

  it('leaves the server to the second process when the first one is killed', async () => {
    const { owner } = await startInAnotherProcess();
    const second = await start();

    await end(owner, 'SIGKILL');
    await sleep(1_000);

    expect(await query(second.url, `SELECT 'still there'`)).toBe('still there');
  });

  onLinux('adopts a server that was left behind', async () => {
    const { owner, server: lost } = await startInAnotherProcess();
    const children = fs
      .readFileSync(`/proc/${owner.pid}/task/${owner.pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    const watchdogs = children.filter((pid) => pid !== serverPid());
    expect(watchdogs).toHaveLength(1);
    for (const pid of watchdogs) process.kill(pid, 'SIGKILL');
    await end(owner, 'SIGKILL');

    const adopted = await start();

    expect(adopted).toMatchObject({ url: lost.url, reused: true });
    await adopted.stop();
    expect(fs.existsSync(pidFile())).toBe(false);
  });

  it('cleans the pid file of a dead server, of an unrelated process and of a full disk', async () => {
    for (const content of ['999999999', String(process.pid), '']) {
      fs.writeFileSync(pidFile(), content && `${content}\n${dataDir}\n1\n5432\n\n127.0.0.1\n\nready\n`);
      fs.utimesSync(pidFile(), 0, 0);

      const server = await start();

      expect(server.reused).toBe(false);
      expect(await query(server.url, `SELECT 'clean'`)).toBe('clean');
      await server.stop();
    }
  });

  it('refuses a busy port in one line', async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as net.AddressInfo;

    const refusal = await refused(start({ port }));

    other.close();
    expect(refusal).toMatch(new RegExp(`^port ${port} .* already in use: .*DATABASE_URL`));
  });

  it('refuses a cluster of another version or a damaged one in one line', async () => {
    dataDir = path.join(root, 'foreign');
    const cluster = path.join(dataDir, 'server', 'data');
    fs.mkdirSync(cluster, { recursive: true });
    expect(await refused(start())).toMatch(/is damaged \(no data\/PG_VERSION file\): /);

    fs.writeFileSync(path.join(dataDir, 'server', 'password'), 'secret');
    fs.writeFileSync(path.join(cluster, 'PG_VERSION'), '19\n');
    expect(await refused(start())).toMatch(/made by PostgreSQL 19, the bundled one is 18: /);

    fs.writeFileSync(path.join(cluster, 'PG_VERSION'), '18\n');
    if (process.getuid?.() === 0) fs.chownSync(cluster, 65534, 65534);
    expect(await refused(start())).toMatch(/^PostgreSQL cannot use .*: restore it from a backup /);
  });
});

function onLinux(title: string, test: () => Promise<void>): void {
  (process.platform === 'linux' ? it : it.skip)(title, test);
}

async function query(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

async function refused(starting: Promise<unknown>): Promise<string> {
  const error: unknown = await starting.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StartRefused);
  const { message } = error as StartRefused;
  expect(message).not.toContain('\n');
  return message;
}

async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 100) throw new Error('did not happen within 5 s');
    await sleep(50);
  }
}
