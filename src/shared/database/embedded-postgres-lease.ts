import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { Client, DatabaseError } from 'pg';
import { environment, OWN_SERVER, program, StartRefused, type Host } from './embedded-postgres-programs';

/**
 * Every process that uses the server holds this advisory lock in shared mode on a connection of its own, the lease. The
 * kernel closes that connection however the process dies, so "does anybody still use it?" needs no pid files: whoever
 * gets the lock exclusively is the last one and stops the server. `postmaster.pid` is read through SQL so that a pid
 * always belongs to the very server that answered.
 */
const LEASE_KEY = '1282372723, 18';
const SERVER_PID = String.raw`split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int AS pid`;
const TAKE_LEASE = `SELECT pg_try_advisory_lock_shared(${LEASE_KEY}) AS granted, ${SERVER_PID}`;
const END_LEASE = `SELECT pg_advisory_unlock_shared(${LEASE_KEY})`;
const CLAIM_STOP = `SELECT pg_try_advisory_lock(${LEASE_KEY}) AS granted, ${SERVER_PID}`;

/**
 * Runs detached, one beside each of our processes. Its stdin ends when that process is gone, even by SIGKILL; it then
 * stops the server unless another process holds the lease. Arguments: path of pg, claim statement, path of pg_ctl.
 */
const WATCHDOG = `
const { spawnSync } = require('node:child_process');
const [pg, claim, pgCtl] = process.argv.slice(1);
let url = '';
process.stdin.on('data', (chunk) => (url += chunk)).on('end', async () => {
  const { Client } = require(pg);
  for (let attempt = 0, refusals = 0; attempt < 20 && refusals < 5; attempt++) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => {});
    try {
      await client.connect();
      const { granted, pid } = (await client.query(claim)).rows[0];
      if (granted) {
        if (process.platform === 'win32') spawnSync(pgCtl, ['kill', 'INT', String(pid)]);
        else process.kill(pid, 'SIGINT');
        process.exit();
      }
      refusals++;
    } catch {}
    await client.end().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  process.exit();
});`;

/** Starts the watchdog. It learns the password through its stdin: arguments are visible to every user of the machine. */
export function guard(url: string, host: Host): ChildProcess {
  const watchdog = spawn(
    process.execPath,
    ['-e', WATCHDOG, require.resolve('pg'), CLAIM_STOP, program(host, 'pg_ctl')],
    {
      env: environment(),
      cwd: path.parse(host.native).root,
      detached: true,
      windowsHide: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  watchdog.on('error', () => undefined);
  watchdog.stdin?.on('error', () => undefined).write(url);
  return watchdog;
}

/** A connection that holds the lease, or nothing while the server starts or stops: then look again. */
export async function takeLease(url: string, pid: number, home: string): Promise<LeaseClient | undefined> {
  const client = newClient(url);
  try {
    await client.connect();
    const { rows } = await client.query<{ granted: boolean; pid: number }>(TAKE_LEASE);
    if (rows[0]?.granted && rows[0].pid === pid) return client;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '28P01') {
      throw new StartRefused(
        `the password in ${path.join(home, 'password')} is not the one of this cluster`,
        `restore that file, move ${home} away to begin empty, or ${OWN_SERVER}`,
      );
    }
  }
  await client.end().catch(() => undefined);
  return undefined;
}

/** The types of pg leave these two out. */
export type LeaseClient = Client & { ref(): void; unref(): void };

function newClient(url: string): LeaseClient {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'lotse lease' });
  return client.on('error', () => undefined) as LeaseClient;
}

/** Gives the lease up. When nobody else holds one: the session that now keeps others from taking it. */
export async function claimStop(lease: LeaseClient, url: string, pid: number): Promise<LeaseClient | undefined> {
  const isOurs = async (client: LeaseClient): Promise<boolean> => {
    const { rows } = await client.query<{ granted: boolean; pid: number }>(CLAIM_STOP);
    return rows[0]?.granted === true && rows[0].pid === pid;
  };
  try {
    // First while still holding the lease, so that nobody slips in between. Two that stop at the same moment both fail
    // at this; the second question, without a lease, has a winner.
    if (await isOurs(lease)) return lease;
    await lease.query(END_LEASE);
    return (await isOurs(lease)) ? lease : undefined;
  } catch {
    // The lease was lost when a session crashed and is not renewed yet: ask on a new connection.
    const client = newClient(url);
    try {
      await client.connect();
      if (await isOurs(client)) return client;
    } catch {
      // No server is left to stop.
    }
    await client.end().catch(() => undefined);
    return undefined;
  }
}
