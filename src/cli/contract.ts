import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module';
import { readConfig } from '../config';
import { configureApp } from '../configure-app';
import { LocalIssuer } from '../shared/auth/local-issuer';
import { openApiDocument } from '../shared/http/openapi';
import { fastifyAdapter } from '../shared/http/server';
import { makeLogger } from '../shared/operation/logger';

/** `npm run contract`: writes docs/openapi.json and docs/openapi-3.0.json; with `--check` it fails when they differ. */
async function main(): Promise<void> {
  const config = readConfig({});
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.for({
      config,
      databaseUrl: 'postgres://nobody@127.0.0.1/none',
      secret: 'the contract needs no secret at all',
      logger: makeLogger('silent'),
      localIssuer: await LocalIssuer.open(),
      offline: true,
    }),
    fastifyAdapter(),
    { bodyParser: false, logger: ['error'] },
  );
  const files = {
    'docs/openapi.json': await configureApp(app, config),
    'docs/openapi-3.0.json': openApiDocument(app, '3.0.3'),
  };
  const check = process.argv.includes('--check');
  const differing = Object.entries(files).filter(([file, document]) => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    const differs = !existsSync(file) || readFileSync(file, 'utf8') !== text;
    if (differs && !check) {
      mkdirSync('docs', { recursive: true });
      writeFileSync(file, text);
    }
    return differs;
  });
  for (const [file] of differing)
    console.log(check ? `${file} is not what the code says: run "npm run contract"` : `${file} written`);
  process.exit(check && differing.length > 0 ? 1 : 0);
}

void main();
