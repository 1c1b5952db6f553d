import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { createLocalJWKSet, createRemoteJWKSet } from 'jose';
import type { Logger } from 'pino';
import { type Config, keyFor } from './config';
import { LocalIssuer, LocalIssuerController } from './shared/auth/local-issuer';
import { TrustedIssuer } from './shared/auth/token-verifier';
import { asRole, dataSourceOptions } from './shared/database/data-source';
import { ReadLines } from './shared/database/read-lines';
import { RelayPool, RelaySettings } from './shared/events/event-relay.settings';
import { AnswerKey } from './shared/http/idempotency';
import { CursorKey } from './shared/http/page';
import { Telemetry } from './shared/operation/telemetry';
import { RootKeys } from './shared/vault/tenant-keys';

/** What makes one instance: its database, its keys, the issuer it trusts. */
export type Instance = {
  config: Config;
  databaseUrl: string;
  secret: string;
  logger: Logger;
  /** Present instead of `config.oidc` on the embedded database and in tests. */
  localIssuer?: LocalIssuer;
  /** Do not connect to the database: only the contract is wanted. */
  offline?: boolean;
};

@Global()
@Module({})
export class InstanceModule {
  static for({ config, databaseUrl, secret, logger, localIssuer, offline }: Instance): DynamicModule {
    const relayPool = new RelayPool({ connectionString: databaseUrl, ...asRole('lotse_relay'), max: 4 });
    // An idle connection that breaks is replaced by the pool; the next query tells.
    relayPool.on('error', () => undefined);
    const knowsTenant = async (id: string) =>
      (await relayPool.query('select 1 from platform.tenant where tenant_id = $1', [id])).rowCount === 1;
    const trusted = localIssuer
      ? new TrustedIssuer(
          LocalIssuer.issuer,
          LocalIssuer.audience,
          createLocalJWKSet(localIssuer.jwks),
          config.claims,
          knowsTenant,
        )
      : new TrustedIssuer(
          config.oidc!.issuer,
          config.oidc!.audience,
          createRemoteJWKSet(new URL(config.oidc!.jwksUrl), { cooldownDuration: 30_000, timeoutDuration: 5_000 }),
          config.claims,
          knowsTenant,
        );
    const values = [
      { provide: RelayPool, useValue: relayPool },
      {
        provide: ReadLines,
        useValue: new ReadLines({ connectionString: databaseUrl, ...asRole('lotse_app'), application_name: 'lotse' }),
      },
      { provide: TrustedIssuer, useValue: trusted },
      { provide: CursorKey, useValue: new CursorKey(keyFor(secret, 'cursor')) },
      { provide: AnswerKey, useValue: new AnswerKey(keyFor(secret, 'stored-answer')) },
      {
        provide: RootKeys,
        useValue: new RootKeys([secret, ...config.formerSecrets].map((s) => keyFor(s, 'tenant-keys'))),
      },
      { provide: RelaySettings, useValue: new RelaySettings() },
      { provide: Telemetry, useValue: new Telemetry(logger) },
      ...(localIssuer ? [{ provide: LocalIssuer, useValue: localIssuer }] : []),
    ];
    return {
      module: InstanceModule,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions(databaseUrl, config.poolSize),
          retryAttempts: 0,
          manualInitialization: offline ?? false,
        }),
      ],
      controllers: localIssuer ? [LocalIssuerController] : [],
      providers: values,
      exports: values.map(({ provide }) => provide),
    };
  }
}
