import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { codeOf } from './embedded-postgres-programs';

/** What PostgreSQL writes into `postmaster.pid`; `age` in milliseconds. */
type Lock = { text: string; pid: number; port: number; ready: boolean; age: number };

/** What the running, or the last, server wrote about itself. */
export function readLock(cluster: string): Lock | undefined {
  const file = path.join(cluster, 'postmaster.pid');
  try {
    const text = fs.readFileSync(file, 'utf8');
    const lines = text.split('\n');
    const ready = lines[7]?.trim() === 'ready';
    return { text, pid: Number(lines[0]), port: Number(lines[3]), ready, age: Date.now() - fs.statSync(file).mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * PostgreSQL clears the lock file of a dead process by itself. It gives up when the file is empty (crash on a full disk)
 * or when its pid meanwhile belongs to an unrelated process (reboot, container restart); only those are removed here.
 */
export function removeForeignLock(cluster: string, lock: Lock): void {
  const foreign = lock.pid > 0 ? exists(lock.pid) : lock.age > 5_000;
  if (foreign && readLock(cluster)?.text === lock.text)
    fs.rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
}

/** Whether `pid` is a live PostgreSQL server on this very cluster (where the system lets us see that much). */
export function isServer(pid: number, cluster: string): boolean {
  if (!(pid > 0) || !exists(pid)) return false;
  if (process.platform === 'linux') {
    try {
      const [seen, own] = [fs.statSync(`/proc/${pid}/cwd`), fs.statSync(cluster)];
      return seen.ino === own.ino && seen.dev === own.dev;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      // Root without CAP_SYS_PTRACE, as in a container, may not look; the name has to do.
      return isNamedPostgres(pid);
    }
  }
  const [command, args] =
    process.platform === 'win32'
      ? (['tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']] as const)
      : (['ps', ['-p', String(pid), '-o', 'comm=']] as const);
  return spawnSync(command, args, { encoding: 'utf8', windowsHide: true }).stdout?.includes('postgres') ?? true;
}

function isNamedPostgres(pid: number): boolean {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.includes('(postgres)') && !stat.includes(') Z ');
  } catch {
    return false;
  }
}

/** Whether a process of that id is alive. */
export function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
