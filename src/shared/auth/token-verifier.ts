import { Injectable } from '@nestjs/common';
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { CurrentUser } from './current-user';
import { ROLES, type Role, SCOPES, type Scope } from './policies';

/** What the verifier must know about the issuer it trusts. */
export class TrustedIssuer {
  constructor(
    readonly issuer: string,
    readonly audience: string,
    /** Finds the key of a token; an unknown `kid` refetches the JWKS, with a cooldown. */
    readonly keys: JWTVerifyGetKey,
    readonly claims: { roles: string; tenant: string; teams: string; provider: string },
    /** Whether the organisation exists here. */
    readonly knowsTenant: (tenantId: string) => Promise<boolean>,
  ) {}
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CACHED_TOKENS = 20_000;

/**
 * Verifies bearer tokens: signature against the JWKS, algorithm allow-list, issuer, audience, expiry, token type.
 * Verified tokens are kept until they expire, because verification is the dearest step of a small request.
 */
@Injectable()
export class TokenVerifier {
  private readonly verified = new Map<string, { user: CurrentUser; until: number }>();

  constructor(private readonly trusted: TrustedIssuer) {}

  /** The user of a token verified before, or undefined. */
  known(token: string): CurrentUser | undefined {
    const found = this.verified.get(token);
    if (!found) return undefined;
    if (found.until > Date.now()) return found.user;
    this.verified.delete(token);
    return undefined;
  }

  /** The user the token speaks for; throws when it proves nothing. */
  async verify(token: string): Promise<CurrentUser> {
    const { payload, protectedHeader } = await jwtVerify(token, this.trusted.keys, {
      issuer: this.trusted.issuer,
      audience: this.trusted.audience,
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      clockTolerance: 60,
      requiredClaims: ['exp', 'sub'],
    });
    // RFC 9068 access tokens, or Keycloak's; anything else (an ID token above all) is no key to this API.
    const type = protectedHeader.typ?.toLowerCase();
    if (type !== 'at+jwt' && type !== 'application/at+jwt' && payload.typ !== 'Bearer')
      throw new Error('not an access token');
    const user = this.userOf(payload);
    if (!(await this.trusted.knowsTenant(user.tenantId))) throw new Error('unknown organisation');
    if (this.verified.size >= CACHED_TOKENS) this.verified.delete(this.verified.keys().next().value!);
    this.verified.set(token, { user, until: payload.exp! * 1000 });
    return user;
  }

  private userOf(payload: JWTPayload): CurrentUser {
    const claim = (path: string): unknown =>
      path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], payload);
    const list = (value: unknown): string[] =>
      (Array.isArray(value) ? value : typeof value === 'string' ? [value] : []).filter(
        (v): v is string => typeof v === 'string',
      );
    const { claims } = this.trusted;
    const [tenantId] = list(claim(claims.tenant));
    if (!tenantId || !UUID.test(tenantId)) throw new Error('the token names no organisation');
    const [providerId] = list(claim(claims.provider));
    return {
      subject: payload.sub!.slice(0, 200),
      tenantId: tenantId.toLowerCase(),
      roles: list(claim(claims.roles)).filter((role): role is Role => (ROLES as readonly string[]).includes(role)),
      teams: list(claim(claims.teams)),
      scopes: (typeof payload.scope === 'string' ? payload.scope.split(' ') : []).filter(
        (s): s is Scope => s in SCOPES,
      ),
      providerId: providerId && UUID.test(providerId) ? providerId.toLowerCase() : null,
    };
  }
}
