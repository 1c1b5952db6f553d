import { type KeyObject, createHmac, createSecretKey } from 'node:crypto';
import { isIP } from 'node:net';
import { isAbsolute, join } from 'node:path';

/** Settings of one running instance. Read from the environment once, here and nowhere else. */
export type Config = {
  production: boolean;
  host: string;
  port: number;
  /** Where the embedded database and the local issuer keep their files. */
  dataDir: string;
  /** An existing PostgreSQL (15 or newer); undefined starts the embedded one. */
  databaseUrl?: string;
  /** A separate login for migrations; without it `databaseUrl` is used for both, with different roles. */
  databaseOwnerUrl?: string;
  poolSize: number;
  /** Root of all keys (cursors, stored answers, keys of organisations); at least 32 characters. */
  secret?: string;
  /** Secrets before it: what they wrapped is opened, and wrapped anew by the one in force. */
  formerSecrets: string[];
  oidc?: { issuer: string; audience: string; jwksUrl: string };
  /** Dotted paths of the claims that carry roles, organisation, teams and provider (default: Keycloak's shape). */
  claims: { roles: string; tenant: string; teams: string; provider: string };
  corsOrigins: string[];
  /** Addresses (or CIDR ranges) of proxies whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** Requests a user may make per minute. */
  rateLimit: number;
  logLevel: string;
  /** Public base URL, used in problem types and links; default is the address listened on. */
  publicUrl?: string;
};

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** A setting that cannot work; its message is one line for the person who starts Lotse. */
export class WrongSetting extends Error {}

function url(name: string, value: string | undefined, protocols: string[]): string | undefined {
  if (!value) return undefined;
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
    throw new WrongSetting(`${name} must be a URL that starts with ${protocols.join('// or ')}//.`);
  return value;
}

function whole(name: string, value: string | undefined, standard: number, min: number, max: number): number {
  const number = value === undefined || value === '' ? standard : Number(value);
  if (!Number.isInteger(number) || number < min || number > max)
    throw new WrongSetting(`${name} must be a whole number from ${min} to ${max}.`);
  return number;
}

const listOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function addresses(name: string, value: string | undefined): string[] {
  const list = listOf(value);
  const isAddress = (text: string) => /^[^/]+(\/\d{1,3})?$/.test(text) && isIP(text.split('/')[0]!) > 0;
  if (!list.every(isAddress)) throw new WrongSetting(`${name} must list IP addresses or CIDR ranges.`);
  return list;
}

/** Where the database is: the login of the running service and, where it is another, that of migrations. */
export function readDatabaseUrls(
  env: NodeJS.ProcessEnv = process.env,
): Pick<Config, 'databaseUrl' | 'databaseOwnerUrl'> {
  return {
    databaseUrl: url('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:']),
    databaseOwnerUrl: url('DATABASE_OWNER_URL', env.DATABASE_OWNER_URL, ['postgres:', 'postgresql:']),
  };
}

/** Reads and checks all settings; throws WrongSetting with one clear line. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const production = env.NODE_ENV === 'production';
  const { databaseUrl, databaseOwnerUrl } = readDatabaseUrls(env);
  const issuer = url('OIDC_ISSUER', env.OIDC_ISSUER, ['https:', 'http:']);
  if (env.LOTSE_SECRET !== undefined && env.LOTSE_SECRET.length < 32)
    throw new WrongSetting('LOTSE_SECRET must have at least 32 characters.');
  if (databaseUrl && !env.LOTSE_SECRET)
    throw new WrongSetting('LOTSE_SECRET (32 characters or more) is needed when DATABASE_URL is set.');
  if (issuer && !env.OIDC_AUDIENCE)
    throw new WrongSetting('OIDC_AUDIENCE is needed when OIDC_ISSUER is set: the audience tokens must name.');
  if (production && !issuer)
    throw new WrongSetting(
      'NODE_ENV=production needs OIDC_ISSUER and OIDC_AUDIENCE: the local issuer is for development only.',
    );
  if (databaseUrl && !issuer)
    throw new WrongSetting(
      'DATABASE_URL needs OIDC_ISSUER and OIDC_AUDIENCE: the local issuer exists on the embedded database only.',
    );
  const logLevel = env.LOG_LEVEL || 'info';
  if (!LOG_LEVELS.includes(logLevel)) throw new WrongSetting(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);
  const dataDir = env.LOTSE_DATA_DIR || '.data';
  return {
    production,
    host: env.HOST || '127.0.0.1',
    port: whole('PORT', env.PORT, 3000, 0, 65535),
    dataDir: isAbsolute(dataDir) ? dataDir : join(process.cwd(), dataDir),
    databaseUrl,
    databaseOwnerUrl,
    poolSize: whole('DATABASE_POOL', env.DATABASE_POOL, 10, 2, 200),
    secret: env.LOTSE_SECRET,
    formerSecrets: (env.LOTSE_FORMER_SECRETS ?? '').split(',').filter(Boolean),
    oidc: issuer
      ? {
          issuer,
          audience: env.OIDC_AUDIENCE!,
          jwksUrl:
            url('OIDC_JWKS_URL', env.OIDC_JWKS_URL, ['https:', 'http:']) ??
            `${issuer.replace(/\/$/, '')}/protocol/openid-connect/certs`,
        }
      : undefined,
    claims: {
      roles: env.CLAIM_ROLES || 'realm_access.roles',
      tenant: env.CLAIM_TENANT || 'tenant',
      teams: env.CLAIM_TEAMS || 'team',
      provider: env.CLAIM_PROVIDER || 'provider_id',
    },
    corsOrigins: listOf(env.CORS_ORIGINS),
    trustedProxies: addresses('TRUSTED_PROXIES', env.TRUSTED_PROXIES),
    rateLimit: whole('RATE_LIMIT', env.RATE_LIMIT, 1200, 1, 10_000_000),
    logLevel,
    publicUrl: url('PUBLIC_URL', env.PUBLIC_URL, ['https:', 'http:']),
  };
}

/** A key for one purpose, derived from the instance's secret, so that no key serves two purposes. */
export const keyFor = (secret: string, purpose: string): KeyObject =>
  createSecretKey(createHmac('sha256', secret).update(`lotse:${purpose}`).digest());
