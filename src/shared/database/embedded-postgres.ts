import { spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimStop, guard, takeLease, type LeaseClient } from './embedded-postgres-lease';
import { exists, isServer, readLock, removeForeignLock } from './embedded-postgres-lock';
import {
  codeOf,
  ended,
  findHost,
  linesOf,
  MAJOR,
  OWN_SERVER,
  program,
  spawnOn,
  StartRefused,
  type Host,
} from './embedded-postgres-programs';
import { asRefusal, portBusy, unusable } from './embedded-postgres-refusals';

export { StartRefused };

/** A running embedded PostgreSQL, possibly shared with other processes. */
export type EmbeddedServer = {
  /** Connection string of the superuser; its password is unique to this cluster. */
  url: string;
  port: number;
  /** Gives the server back. The last process that uses it stops it; a second call does nothing more. */
  stop(): Promise<void>;
  /** True when a server that was already running on this data folder was taken over. */
  reused: boolean;
};

/** Where and how the embedded PostgreSQL runs. */
export type EmbeddedOptions = {
  /** Folder of the cluster, its password and its port; created when missing. */
  dataDir: string;
  /** Fixed port; without it a free one is picked and kept over restarts while it stays free. */
  port?: number;
  /** False trades crash safety for speed: for tests and throw-away data only. */
  durable?: boolean;
  /** Receives every line the server writes to its log. */
  log?: (line: string) => void;
};

const START_TIMEOUT = 120_000;
const FAST_STOP_TIMEOUT = 10_000;

const SCRATCH = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'];

/** PostgreSQL's own default of 128 MB is meant to start anywhere; memory that is not needed is not taken. A container's limit counts. */
const MEMORY = Math.min(os.totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20;
const SHARED_BUFFERS = `shared_buffers=${Math.min(8192, Math.max(128, Math.floor(MEMORY / 8)))}MB`;

/**
 * Starts PostgreSQL on `dataDir`, or joins the one that already runs there: left over from a crash or in use by another
 * of our processes. Listens on 127.0.0.1 only.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dataDir = path.resolve(options.dataDir);
  try {
    return await start(dataDir, options);
  } catch (error) {
    throw asRefusal(error, dataDir);
  }
}

async function start(dataDir: string, options: EmbeddedOptions): Promise<EmbeddedServer> {
  const home = path.join(dataDir, 'server');
  const cluster = path.join(home, 'data');
  checkLayout(dataDir, home);
  const host = findHost(cluster, options.log);
  const deadline = Date.now() + START_TIMEOUT;
  let launch: Launch | undefined;

  try {
    for (;;) {
      const lock = readLock(cluster);
      const alive = lock !== undefined && isServer(lock.pid, cluster);

      if (alive && lock.ready) {
        const url = urlOf(home, lock.port);
        const lease = await takeLease(url, lock.pid, home);
        if (lease) return share({ url, port: lock.port, pid: lock.pid, home, host, lease, launch });
      } else if (launch?.exited) {
        const refusal = explain(launch, dataDir, options.port);
        if (refusal) throw refusal;
        launch = undefined;
        await sleep(200);
      } else if (!alive && !launch) {
        if (options.port && !(await isFree(options.port))) throw portBusy(options.port);
        if (!fs.existsSync(home)) await createCluster(home, host, options.durable ?? true);
        if (lock) removeForeignLock(cluster, lock);
        launch = await launchServer(home, host, options);
      }

      if (Date.now() > deadline) {
        throw new StartRefused(
          `the embedded PostgreSQL on ${dataDir} did not answer within ${START_TIMEOUT / 1000} s`,
          `stop process ${lock?.pid ?? 'postgres'} if it hangs, or ${OWN_SERVER}`,
        );
      }
      await sleep(20);
    }
  } catch (error) {
    launch?.child.kill('SIGINT');
    launch?.watchdog.kill();
    throw error;
  }
}

/** Makes the cluster aside and moves it in place whole, so neither a crash nor a race leaves half of one. */
async function createCluster(home: string, host: Host, durable: boolean): Promise<void> {
  fs.mkdirSync(path.dirname(home), { recursive: true, mode: 0o700 });
  removeAbandoned(home);
  const staging = fs.mkdtempSync(`${home}.new-${process.pid}-`);
  try {
    const password = path.join(staging, 'password');
    fs.writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (host.user) for (const entry of [staging, password]) fs.chownSync(entry, host.user.uid, host.user.gid);

    const initdb = spawnOn(staging, host, 'initdb', (folder) => [
      `--pgdata=${path.join(folder, 'data')}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${path.join(folder, 'password')}`,
      '--encoding=UTF8',
      '--locale=C',
      ...(durable ? [] : ['--no-sync']),
    ]);
    const lines = linesOf(initdb, staging);
    const code = await ended(initdb);
    if (code !== 0) throw unusable(lines, path.dirname(home));
    fs.renameSync(staging, home);
  } catch (error) {
    fs.rmSync(staging, { recursive: true, force: true });
    if (!fs.existsSync(home)) throw error;
  }
}

function removeAbandoned(home: string): void {
  const pattern = new RegExp(`^${path.basename(home)}\\.new-(\\d+)-`);
  for (const name of fs.readdirSync(path.dirname(home))) {
    const pid = pattern.exec(name)?.[1];
    if (pid && !exists(Number(pid))) fs.rmSync(path.join(path.dirname(home), name), { recursive: true, force: true });
  }
}

function checkLayout(dataDir: string, home: string): void {
  const elsewhere = `move it away or choose another data folder, or ${OWN_SERVER}`;
  if (fs.existsSync(path.join(dataDir, 'PG_VERSION'))) {
    throw new StartRefused(`${dataDir} is the data folder of another PostgreSQL`, elsewhere);
  }
  if (!fs.existsSync(home)) return;
  const cluster = path.join(home, 'data');
  const versionFile = path.join(cluster, 'PG_VERSION');
  const major = fs.existsSync(versionFile) ? fs.readFileSync(versionFile, 'utf8').trim() : '';
  if (!major || !fs.existsSync(path.join(home, 'password'))) {
    throw new StartRefused(
      `${home} is damaged (no ${major ? 'password' : 'data/PG_VERSION'} file)`,
      `restore it from a backup or ${elsewhere}`,
    );
  }
  if (major !== MAJOR) {
    throw new StartRefused(`${cluster} was made by PostgreSQL ${major}, the bundled one is ${MAJOR}`, elsewhere);
  }
}

function urlOf(home: string, port: number): string {
  return `postgres://postgres:${fs.readFileSync(path.join(home, 'password'), 'utf8').trim()}@127.0.0.1:${port}/postgres`;
}

/** A server process of ours on its way up, with what it said so far. */
type Launch = { child: ChildProcess; watchdog: ChildProcess; lines: string[]; exited: boolean };

async function launchServer(home: string, host: Host, options: EmbeddedOptions): Promise<Launch> {
  const port = options.port ?? (await pickPort(home));
  const settings = (options.durable === false ? SCRATCH : [SHARED_BUFFERS]).flatMap((setting) => ['-c', setting]);
  const child = spawnOn(home, host, 'postgres', (folder) => [
    ...['-D', path.join(folder, 'data'), '-p', String(port), '-h', '127.0.0.1', '-k', ''],
    ...settings,
  ]);
  const watchdog = guard(urlOf(home, port), host);
  const launch: Launch = { child, watchdog, lines: linesOf(child, home, options.log), exited: false };
  void ended(child).then(
    () => (launch.exited = true),
    (error: Error) => {
      launch.lines.unshift(`FATAL: ${error.message}`);
      launch.exited = true;
    },
  );
  return launch;
}

/** Nothing when it is worth another try, else why not. */
function explain({ lines, watchdog }: Launch, dataDir: string, port?: number): StartRefused | undefined {
  watchdog.kill();
  const said = lines.join('\n');
  if (/Address already in use|could not create any TCP\/IP sockets/.test(said))
    return port ? portBusy(port) : undefined;
  // Another process started or stopped the server at the same moment, or children of a killed one are still leaving.
  if (/lock file ".*" already exists|pre-existing shared memory block|received .* shutdown request/.test(said)) {
    return undefined;
  }
  return unusable(lines, dataDir);
}

/** The port of last time when it is still free, so that saved connection strings keep working. */
async function pickPort(home: string): Promise<number> {
  const file = path.join(home, 'port');
  const remembered = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0;
  if (remembered > 0 && (await isFree(remembered))) return remembered;
  const port = await listenOnce(0);
  fs.writeFileSync(file, String(port));
  return port;
}

async function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as net.AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}

type Running = {
  url: string;
  port: number;
  pid: number;
  home: string;
  host: Host;
  lease: LeaseClient;
  launch?: Launch;
};

function share({ url, port, pid, home, host, lease, launch }: Running): EmbeddedServer {
  const cluster = path.join(home, 'data');
  const started = launch?.child.pid === pid;
  if (launch && !started) launch.watchdog.kill();
  const watchdog = started && launch ? launch.watchdog : guard(url, host);
  let stopped: Promise<void> | undefined;

  // Nothing here keeps a process alive that has no other work left.
  for (const child of [watchdog, launch?.child]) {
    child?.unref();
    for (const stream of [child?.stdin, child?.stderr]) (stream as net.Socket | null | undefined)?.unref();
  }

  // PostgreSQL ends all sessions when one of them crashes; the server lives on and the lease has to be taken again.
  const hold = (client: LeaseClient): void => {
    lease = client;
    lease.unref();
    lease.once('end', () => void renew());
  };
  const renew = async (): Promise<void> => {
    while (!stopped && isServer(pid, cluster)) {
      const renewed = await takeLease(url, pid, home).catch(() => undefined);
      if (renewed && !stopped) return hold(renewed);
      await renewed?.end();
      await sleep(200, undefined, { ref: false });
    }
  };
  hold(lease);

  const stop = async (): Promise<void> => {
    lease.ref();
    const claim = await claimStop(lease, url, pid);
    if (claim) await stopServer(pid, cluster, host);
    watchdog.kill();
    for (const client of [claim, lease]) await client?.end().catch(() => undefined);
  };
  return { url, port, reused: !started, stop: () => (stopped ??= stop()) };
}

async function stopServer(pid: number, cluster: string, host: Host): Promise<void> {
  // After SIGQUIT PostgreSQL itself kills what has not left within 5 s.
  for (const [signal, patience] of [
    ['INT', FAST_STOP_TIMEOUT],
    ['QUIT', 8_000],
  ] as const) {
    send(signal, pid, host);
    for (const until = Date.now() + patience; Date.now() < until; await sleep(10)) {
      if (!isServer(pid, cluster)) return;
    }
  }
}

function send(signal: 'INT' | 'QUIT', pid: number, host: Host): void {
  try {
    if (process.platform === 'win32')
      spawnSync(program(host, 'pg_ctl'), ['kill', signal, String(pid)], { windowsHide: true });
    else process.kill(pid, `SIG${signal}`);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
