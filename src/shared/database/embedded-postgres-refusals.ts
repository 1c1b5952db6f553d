import { codeOf, OWN_SERVER, StartRefused } from './embedded-postgres-programs';

/** Refuses a fixed port that somebody else has. */
export function portBusy(port: number): StartRefused {
  return new StartRefused(
    `port ${port} for the embedded PostgreSQL is already in use`,
    `free it, choose another one, or ${OWN_SERVER}`,
  );
}

/** Why PostgreSQL ended, from what it said. */
export function unusable(lines: string[], dataDir: string): StartRefused {
  const worst = lines.find((line) => /\b(FATAL|PANIC):/.test(line)) ?? lines.find((line) => /error:/i.test(line));
  const reason = (worst ?? lines.at(-1) ?? 'it said nothing').replace(/^.*?\b(FATAL|PANIC|error): */, '');
  return (
    diskFull(reason, dataDir) ??
    new StartRefused(
      `PostgreSQL cannot use ${dataDir} (${reason})`,
      `restore it from a backup or move it away to begin empty, or ${OWN_SERVER}`,
    )
  );
}

function diskFull(reason: string, dataDir: string): StartRefused | undefined {
  if (!/No space left on device|ENOSPC|EDQUOT|disk quota exceeded|wrote only \d+ of/i.test(reason)) return undefined;
  return new StartRefused(
    `the disk of ${dataDir} is full (${reason})`,
    'free about 200 MB there or choose a data folder on another disk',
  );
}

/** What the file system refused becomes one line as well; a mistake of ours stays what it is. */
export function asRefusal(error: unknown, dataDir: string): unknown {
  if (error instanceof StartRefused || !(error instanceof Error) || !codeOf(error)) return error;
  return (
    diskFull(error.message, dataDir) ??
    new StartRefused(
      `the embedded PostgreSQL cannot be set up in ${dataDir} (${error.message})`,
      `make sure that this user owns that folder, choose another one, or ${OWN_SERVER}`,
    )
  );
}
