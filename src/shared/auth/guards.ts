import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AccessLog } from '../audit/access-log';
import { context } from '../context';
import { OPERATION, type OperationOptions, PUBLIC } from '../http/operation';
import { HttpProblem } from '../http/problem';
import { bearerToken } from './bearer.strategy';
import type { CurrentUser } from './current-user';
import { type Purpose, purposesOf, relationshipsFor } from './policies';
import { TokenVerifier } from './token-verifier';

/** Who calls? Known tokens pass at once, new ones go through passport; the tenant of the token becomes the context's. */
@Injectable()
export class BearerGuard extends AuthGuard() {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
  ) {
    super({ defaultStrategy: verifier.strategy });
  }

  override canActivate(host: ExecutionContext): boolean | Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [host.getHandler(), host.getClass()])) return true;
    const req = host.switchToHttp().getRequest<FastifyRequest & { user?: CurrentUser }>();
    const enter = (user: CurrentUser) => {
      Object.assign(context(), { user, tenantId: user.tenantId });
      return true;
    };
    const known = this.verifier.known(bearerToken(req.headers.authorization) ?? '');
    return known ? enter(known) : (super.canActivate(host) as Promise<boolean>).then(() => enter(req.user!));
  }

  override handleRequest<T>(error: unknown, user: T | false): T {
    if (error) throw error;
    if (!user) throw new HttpProblem(401, 'unauthenticated');
    return user;
  }
}

/** May they? Decides role × scope × purpose; which cases are meant is decided where they are read (CaseAccess). */
@Injectable()
export class PolicyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly accessLog: AccessLog,
  ) {}

  canActivate(host: ExecutionContext): boolean | Promise<never> {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [host.getHandler(), host.getClass()])) return true;
    const operation = this.reflector.get<OperationOptions | undefined>(OPERATION, host.getHandler());
    const current = context();
    const user = current.user!;
    const relationships = operation ? relationshipsFor(user, operation.scope) : [];
    Object.assign(current, { scope: operation?.scope, relationships });
    if (!operation || relationships.length === 0) return this.refuse(operation, 'forbidden');
    const wanted = host.switchToHttp().getRequest<FastifyRequest>().headers['lotse-purpose'] as Purpose | undefined;
    const purposes = purposesOf(user);
    const purpose = wanted ?? operation.purpose ?? purposes[0]!;
    if (!purposes.includes(purpose) || (operation.purpose && purpose !== operation.purpose))
      return this.refuse(operation, 'purpose-not-permitted');
    current.purpose = purpose;
    return true;
  }

  private async refuse(
    operation: OperationOptions | undefined,
    code: 'forbidden' | 'purpose-not-permitted',
  ): Promise<never> {
    await this.accessLog.write({
      action: 'refuse',
      resourceType: operation?.id ?? 'undeclared',
      resourceIds: [],
      caseId: null,
    });
    throw new HttpProblem(403, code);
  }
}
