import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AccessLog } from '../audit/access-log';
import { context } from '../context';
import { OPERATION, type OperationOptions, PUBLIC } from '../http/operation';
import { HttpProblem } from '../http/problem';
import type { CurrentUser } from './current-user';
import { type Purpose, mayReadInEmergency, passageOf, purposesOf, relationshipsFor, rolesWith } from './policies';
import { TokenVerifier } from './token-verifier';

type Route = { isPublic: boolean; operation: OperationOptions | undefined };

/**
 * Who calls, and may they? Known tokens pass at once, new ones go through passport; the tenant of the token becomes
 * the context's. Then role × scope × purpose decide; which cases are meant is decided where they are read (CaseAccess).
 */
@Injectable()
export class AccessGuard extends AuthGuard() implements CanActivate {
  private readonly routes = new Map<unknown, Route>();

  constructor(
    private readonly reflector: Reflector,
    private readonly accessLog: AccessLog,
    verifier: TokenVerifier,
  ) {
    super({ defaultStrategy: verifier.strategy });
  }

  override canActivate(host: ExecutionContext): boolean | Promise<boolean> {
    const { isPublic, operation } = this.routeOf(host);
    if (isPublic) return true;
    const known = context().exchange?.known;
    if (known) return this.admit(known, operation);
    const req = host.switchToHttp().getRequest<FastifyRequest & { user?: CurrentUser }>();
    return (super.canActivate(host) as Promise<boolean>).then(() => this.admit(req.user!, operation));
  }

  override handleRequest<T>(error: unknown, user: T | false): T {
    if (error) throw error;
    if (!user) throw new HttpProblem(401, 'unauthenticated');
    return user;
  }

  private routeOf(host: ExecutionContext): Route {
    const handler = host.getHandler();
    let route = this.routes.get(handler);
    if (!route) {
      const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [handler, host.getClass()]);
      route = { isPublic: isPublic ?? false, operation: this.reflector.get(OPERATION, handler) };
      this.routes.set(handler, route);
    }
    return route;
  }

  private admit(user: CurrentUser, operation: OperationOptions | undefined): true | Promise<never> {
    const current = context();
    current.user = user;
    current.tenantId = user.tenantId;
    const purposes = purposesOf(user);
    current.purpose = purposes[0] ?? '';
    if (!operation) return this.refuse('undeclared', 'forbidden');
    current.operation = operation.id;
    current.scope = operation.scope;
    current.relationships = relationshipsFor(user, operation.scope);
    if (current.relationships.length === 0)
      return this.refuse(operation.id, 'forbidden', {
        requiredScope: operation.scope,
        permittedRoles: rolesWith(operation.scope),
      });
    const wanted = current.exchange?.req.headers['lotse-purpose'] as Purpose | undefined;
    const purpose = wanted ?? operation.purpose ?? purposes[0]!;
    const permitted = operation.purpose ? purposes.filter((known) => known === operation.purpose) : purposes;
    const emergency = purpose === 'emergency' && !operation.purpose && mayReadInEmergency(user, operation.scope);
    if (!emergency && !permitted.includes(purpose))
      return this.refuse(operation.id, 'purpose-not-permitted', { permittedPurposes: permitted });
    current.purpose = purpose;
    const { method } = current.exchange?.req ?? {};
    current.passage = passageOf(operation.scope, purpose, method === 'GET' || method === 'HEAD');
    return true;
  }

  private async refuse(
    operationId: string,
    code: 'forbidden' | 'purpose-not-permitted',
    facts: Readonly<Record<string, unknown>> = {},
  ): Promise<never> {
    await this.accessLog.write({ action: 'refuse', resourceType: operationId, resourceIds: [], caseId: null });
    throw new HttpProblem(403, code, facts);
  }
}
