import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport';
import { HttpProblem } from '../http/problem';
import type { CurrentUser } from './current-user';
import { TokenVerifier } from './token-verifier';

/** The token of an `Authorization: Bearer …` header (RFC 6750), or undefined. */
export const bearerToken = (header: string | undefined): string | undefined =>
  /^Bearer ([\w.~+/=-]+)$/i.exec(header ?? '')?.[1];

type Verify = (token: string, done: (error: unknown, user?: CurrentUser | false) => void) => void;

class BearerTokens extends Strategy {
  constructor(
    override readonly name: string,
    private readonly check: Verify,
  ) {
    super();
  }
  override authenticate(req: { headers: object }): void {
    const token = bearerToken((req.headers as Record<string, string | undefined>).authorization);
    if (!token) return this.fail('no bearer token', 401);
    this.check(token, (error, user) => {
      if (user) this.success(user);
      else if (error instanceof HttpProblem) this.error(error);
      else this.fail('invalid_token', 401);
    });
  }
}

/** The passport strategy of the API: bearer tokens of the trusted issuer. */
@Injectable()
export class BearerStrategy extends PassportStrategy(BearerTokens) {
  constructor(private readonly verifier: TokenVerifier) {
    super(verifier.strategy);
  }
  validate(token: string): Promise<CurrentUser> {
    return this.verifier.verify(token);
  }
}
