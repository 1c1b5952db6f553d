import type { Role, Scope } from './policies';

/** Who calls, as the verified token says. */
export type CurrentUser = {
  /** The token's `sub`: a pseudonymous id, the only name of a user that logs and events carry. */
  readonly subject: string;
  readonly tenantId: string;
  readonly roles: readonly Role[];
  /** Teams (organisational units) the user leads or belongs to. */
  readonly teams: readonly string[];
  /** Scopes granted to a machine client (role `system`); people get theirs from their roles. */
  readonly scopes: readonly Scope[];
  /** The provider organisation a user of role `provider` speaks for. */
  readonly providerId: string | null;
};
