import { VersioningType } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config';
import { TokenVerifier } from './shared/auth/token-verifier';
import { ContractPipe } from './shared/http/contract.pipe';
import { Manners } from './shared/http/manners';
import { openApiDocument, requireUniqueOperations } from './shared/http/openapi';
import { ProblemFilter } from './shared/http/problem.filter';
import { configureServer } from './shared/http/server';
import { Telemetry } from './shared/operation/telemetry';

/** Everything the HTTP app needs, used by main and by the end-to-end tests alike. Returns the contract (3.1). */
export async function configureApp(app: NestFastifyApplication, config: Config): Promise<OpenAPIObject> {
  const publicUrl = () => config.publicUrl ?? `http://${config.host}:${config.port}`;
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  app.useGlobalFilters(new ProblemFilter(publicUrl));
  const pipe = app.get(ContractPipe);
  app.useGlobalPipes(pipe);
  await configureServer(app, {
    corsOrigins: config.corsOrigins,
    rateLimit: config.rateLimit,
    telemetry: app.get(Telemetry),
    publicUrl,
    manners: app.get(Manners),
    verifier: app.get(TokenVerifier),
  });
  const document = openApiDocument(app, '3.1.0');
  requireUniqueOperations(document);
  pipe.learn(document);
  serveContract(app, document, openApiDocument(app, '3.0.3'));
  return document;
}

function serveContract(app: NestFastifyApplication, document: OpenAPIObject, older: OpenAPIObject): void {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const serve = (path: string, value: OpenAPIObject) => {
    const text = JSON.stringify(value);
    server.get(path, (_req, res) => res.type('application/json; charset=utf-8').send(text));
  };
  server.get('/', (_req, res) => res.redirect('/docs'));
  serve('/openapi.json', document);
  serve('/openapi-3.0.json', older);
  SwaggerModule.setup('docs', app, document, {
    swaggerUiEnabled: true,
    raw: false,
    customSiteTitle: 'Lotse API reference',
    swaggerOptions: {
      persistAuthorization: true,
      docExpansion: 'list',
      filter: true,
      validatorUrl: null,
      url: undefined,
    },
  });
}
