import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Body, Controller, Get, HttpCode, Post, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type JWK, SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import { OneOf, Uuid } from '../http/fields';
import { Public } from '../http/operation';
import { type DemoUser, demoUsers } from './demo-organisation';

/** An issuer of our own for development and tests: one EdDSA key, kept in a file. Never in production (config.ts). */
export class LocalIssuer {
  static readonly issuer = 'urn:lotse:local-issuer';
  static readonly audience = 'lotse-api';

  private constructor(
    private readonly privateJwk: JWK,
    readonly jwks: { keys: JWK[] },
  ) {}

  /** The issuer whose key is in `file`; makes one when there is none. Without a file the key lives in memory. */
  static async open(file?: string): Promise<LocalIssuer> {
    if (file && existsSync(file)) return LocalIssuer.of(JSON.parse(readFileSync(file, 'utf8')) as JWK);
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), alg: 'EdDSA' };
    if (file) writeFileSync(file, JSON.stringify(jwk), { mode: 0o600 });
    return LocalIssuer.of(jwk);
  }

  private static of(jwk: JWK): LocalIssuer {
    const { d: _secret, ...open } = jwk;
    return new LocalIssuer(jwk, { keys: [{ ...open, use: 'sig' }] });
  }

  /** A signed access token in Keycloak's shape, valid for `seconds`. */
  async token(user: Omit<DemoUser, 'key' | 'name'>, seconds = 8 * 3600): Promise<string> {
    const claims = {
      typ: 'Bearer',
      realm_access: { roles: user.roles },
      tenant: user.tenantId,
      team: user.teams ?? [],
      ...(user.providerId ? { provider_id: user.providerId } : {}),
      ...(user.scope ? { scope: user.scope } : {}),
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: this.privateJwk.kid, typ: 'at+jwt' })
      .setIssuer(LocalIssuer.issuer)
      .setAudience(LocalIssuer.audience)
      .setSubject(user.subject)
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .sign(await importJWK(this.privateJwk, 'EdDSA'));
  }
}

class TokenRequest {
  @OneOf(demoUsers.map(({ key }) => key), { description: 'A user of the demo organisation' })
  user: string;
  @Uuid({ optional: true, description: 'The provider a user of role provider speaks for' }) providerId?: string;
}

/** Hands out tokens for the demo organisation's users. Exists only with the local issuer. */
@ApiExcludeController()
@Public()
@Controller({ path: 'dev', version: VERSION_NEUTRAL })
export class LocalIssuerController {
  constructor(private readonly issuer: LocalIssuer) {}

  @Post('token')
  @HttpCode(200)
  async token(@Body() { user, providerId }: TokenRequest): Promise<object> {
    const found = demoUsers.find(({ key }) => key === user)!;
    const access_token = await this.issuer.token({ ...found, ...(providerId ? { providerId } : {}) });
    return { access_token, token_type: 'Bearer', expires_in: 8 * 3600, subject: found.subject, roles: found.roles };
  }

  @Get('jwks.json')
  jwks(): object {
    return this.issuer.jwks;
  }

  @Get('users')
  users(): object {
    return { data: demoUsers.map(({ key, name, roles, subject }) => ({ key, name, roles, subject })) };
  }
}
