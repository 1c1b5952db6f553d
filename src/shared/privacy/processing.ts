import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { PURPOSES, type Purpose, ROLES, type Role, SCOPES, type Scope, grants, purposesOf } from '../auth/policies';
import { OPERATION, type OperationOptions } from '../http/operation';

/** Who uses data for one purpose, with which rights, through operations of which modules. */
export type Use = {
  readonly purpose: Purpose;
  readonly roles: readonly Role[];
  readonly scopes: readonly { readonly scope: Scope; readonly allows: string }[];
  readonly modules: readonly string[];
};

const moduleName = (type: string) =>
  type === 'SharedModule'
    ? 'platform'
    : type
        .replace(/Module$/, '')
        .replace(/(?<!^)([A-Z])/g, '-$1')
        .toLowerCase();

/** What data are used for, as the policies and the operations of the running application say (GDPR 30). */
@Injectable()
export class Processing {
  constructor(private readonly discovery: DiscoveryService) {}

  uses(): Use[] {
    const reach = this.reach();
    return PURPOSES.map((purpose) => {
      const roles = ROLES.filter((role) =>
        purposesOf({ subject: role, tenantId: '', roles: [role], teams: [], scopes: [], providerId: null }).includes(
          purpose,
        ),
      );
      const scopes = [...new Set(grants().flatMap(({ role, scope }) => (roles.includes(role) ? [scope] : [])))].sort();
      return {
        purpose,
        roles,
        scopes: scopes.map((scope) => ({ scope, allows: SCOPES[scope] })),
        modules: [...new Set(scopes.flatMap((scope) => [...(reach.get(scope) ?? [])]))].sort(),
      };
    });
  }

  /** The modules whose operations ask for a scope. */
  private reach(): Map<Scope, Set<string>> {
    const found = new Map<Scope, Set<string>>();
    for (const { metatype, host } of this.discovery.getControllers()) {
      const prototype = (metatype as { prototype: Record<string, unknown> }).prototype;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const handler = Object.getOwnPropertyDescriptor(prototype, name)?.value as object | undefined;
        const operation = handler && (Reflect.getMetadata(OPERATION, handler) as OperationOptions | undefined);
        if (!operation) continue;
        const modules = found.get(operation.scope) ?? new Set();
        found.set(operation.scope, modules.add(moduleName(host?.metatype.name ?? '')));
      }
    }
    return found;
  }
}
