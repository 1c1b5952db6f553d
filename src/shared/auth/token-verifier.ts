import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type JWTPayload, type JWTVerifyGetKey, errors, jwtVerify } from 'jose';
import { HttpProblem } from '../http/problem';
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
/** The only name of a user that logs and events carry: short, printable. */
const SUBJECT = /^[\x20-\x7e]{1,200}$/;
const CACHED_TOKENS = 20_000;

/** Whoever cannot be asked proves nothing about the token: the caller may try again (503), not sign in again (401). */
const unavailable = () => new HttpProblem(503, 'unavailable', {}, { 'retry-after': '2' });
const UNREACHABLE_KEYS: readonly string[] = [errors.JWKSTimeout.code, errors.JOSEError.code];

/**
 * Verifies bearer tokens: signature against the JWKS, algorithm allow-list, issuer, audience, expiry, token type.
 * Verified tokens are kept until they expire, because verification is the dearest step of a small request.
 */
@Injectable()
export class TokenVerifier {
  private readonly verified = new Map<string, { user: CurrentUser; until: number }>();

  /** Passport knows strategies by name, process-wide: two instances in one process must not share one. */
  readonly strategy = `bearer-${randomUUID()}`;

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
    const { payload, protectedHeader } = await jwtVerify(token, this.keys, {
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
    const isKnown = await this.trusted.knowsTenant(user.tenantId).catch(() => {
      throw unavailable();
    });
    if (!isKnown) throw new Error('unknown organisation');
    if (this.verified.size >= CACHED_TOKENS) this.verified.delete(this.verified.keys().next().value!);
    this.verified.set(token, { user, until: payload.exp! * 1000 });
    return user;
  }

  private readonly keys: JWTVerifyGetKey = async (header, token) => {
    try {
      return await this.trusted.keys(header, token);
    } catch (error) {
      if (error instanceof errors.JOSEError && !UNREACHABLE_KEYS.includes(error.code)) throw error;
      throw unavailable();
    }
  };

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
    if (!SUBJECT.test(payload.sub!)) throw new Error('the token names nobody');
    const [providerId] = list(claim(claims.provider));
    return {
      subject: payload.sub!,
      tenantId: tenantId.toLowerCase(),
      roles: list(claim(claims.roles)).filter((role): role is Role => (ROLES as readonly string[]).includes(role)),
      teams: list(claim(claims.teams)),
      scopes: (typeof payload.scope === 'string' ? payload.scope.split(' ') : []).filter((s): s is Scope =>
        Object.hasOwn(SCOPES, s),
      ),
      providerId: providerId && UUID.test(providerId) ? providerId.toLowerCase() : null,
    };
  }
}
