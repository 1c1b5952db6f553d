import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { AppModule } from './app.module';
import type { Config } from './config';
import { configureApp } from './configure-app';
import { demoTenants } from './shared/auth/demo-organisation';
import { LocalIssuer } from './shared/auth/local-issuer';
import { StartRefused, startEmbeddedPostgres } from './shared/database/embedded-postgres';
import { DatabaseRefused, migrate, requireMigrated } from './shared/database/migrate';
import { fastifyAdapter } from './shared/http/server';
import { DailyJobs } from './shared/operation/daily-jobs';
import { NestLogger, makeLogger } from './shared/operation/logger';

export { DatabaseRefused, StartRefused };

/** A running instance. */
export type Running = { app: NestFastifyApplication; url: string; localIssuer: boolean; stop: () => Promise<void> };

type Ground = { databaseUrl: string; secret: string; localIssuer?: LocalIssuer; stop: () => Promise<void> };

/** Starts one instance on its database; throws an error with one clear line when it cannot. */
export async function boot(config: Config): Promise<Running> {
  const logger = makeLogger(config.logLevel);
  const ground = config.databaseUrl ? await onServer(config, config.databaseUrl) : await embedded(config);
  try {
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.for({ config, logger, ...ground }),
      fastifyAdapter(config.trustedProxies),
      { bodyParser: false, logger: new NestLogger(logger), abortOnError: false },
    );
    await configureApp(app, config);
    await listen(app, config);
    await app.get(DailyJobs).start();
    const { port } = app.getHttpServer().address() as { port: number };
    config.port = port;
    const stop = async () => {
      await app.close();
      await ground.stop();
    };
    return { app, url: `http://${config.host}:${port}`, localIssuer: ground.localIssuer !== undefined, stop };
  } catch (error) {
    await ground.stop();
    throw error;
  }
}

async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<void> {
  try {
    // Not by app.listen, which logs the reason before it is known to be told in one line.
    await app.init();
    await (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).listen({ port, host });
  } catch (error) {
    const { code } = error as { code?: string };
    await app.close();
    if (code === 'EADDRINUSE')
      throw new StartRefused(`Port ${port} is in use`, 'stop what listens there, or set PORT to another one.');
    if (code === 'EACCES')
      throw new StartRefused(`This user may not listen on port ${port}`, 'set PORT to one above 1023.');
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new StartRefused(`HOST ${host} is no address of this machine`, 'use one of its own, 127.0.0.1 or 0.0.0.0.');
    throw error;
  }
}

async function onServer({ secret }: Config, databaseUrl: string): Promise<Ground> {
  await requireMigrated(databaseUrl);
  return { databaseUrl, secret: secret!, stop: async () => undefined };
}

/** The embedded database, migrated, with the demo organisations; the local issuer unless one is configured. */
async function embedded(config: Config): Promise<Ground> {
  const server = await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres') });
  try {
    const databaseUrl = await database(server.url, 'lotse');
    await migrate(databaseUrl);
    if (!config.oidc) await withDemoTenants(databaseUrl);
    return {
      databaseUrl,
      secret: config.secret ?? keptSecret(config.dataDir),
      localIssuer: config.oidc ? undefined : await LocalIssuer.open(join(config.dataDir, 'local-issuer.json')),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function database(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    // Two processes that start together both see none; the second create fails and that is fine.
    if (!rowCount)
      await client.query(`create database ${name}`).catch((error: { code?: string }) => {
        if (error.code !== '42P04' && error.code !== '23505') throw error;
      });
  } finally {
    await client.end();
  }
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
}

async function withDemoTenants(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const { id, name } of demoTenants)
      await client.query('insert into platform.tenant (tenant_id, name) values ($1, $2) on conflict do nothing', [
        id,
        name,
      ]);
  } finally {
    await client.end();
  }
}

function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
