import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CurrentUser } from './auth/current-user';
import type { Relationship, Scope } from './auth/policies';
import type { Passage } from './auth/restriction';
import type { Manners } from './http/manners';

/** What is known about the work in hand: one per request, per delivered event and per job. */
export type Context = {
  requestId: string;
  /** W3C trace context, `00-<trace>-<span>-<flags>`. */
  traceparent: string;
  /** The organisation whose rows may be seen; the connection is set to it. Empty until the token is verified. */
  tenantId: string;
  user?: CurrentUser;
  /** The request being answered, with who the token was verified to speak for before; absent for events and jobs. */
  exchange?: Exchange;
  /** Why the data is used (GDPR 5): from the `Lotse-Purpose` header or the operation's default. */
  purpose: string;
  /** The operationId of the operation called. */
  operation?: string;
  /** The scope the operation declares and how the user relates to what may be touched under it. */
  scope?: Scope;
  relationships: readonly Relationship[];
  /** What of data whose processing is restricted may still be touched; nothing where absent. */
  passage?: Passage;
  /** SQL statements sent so far. */
  statements: number;
};

export type Exchange = { req: FastifyRequest; res: FastifyReply; manners: Manners; known: CurrentUser | undefined };

const storage = new AsyncLocalStorage<Context>();

/** The context in force, or undefined outside a request, event or job. */
export const currentContext = (): Context | undefined => storage.getStore();

/** The context in force; throws where there is none, because nothing may touch data without one. */
export function context(): Context {
  const found = storage.getStore();
  if (!found) throw new Error('This needs a context: a request, an event or a job');
  return found;
}

/** Runs `work` in a context of its own. */
export const runInContext = <T>(value: Context, work: () => T): T => storage.run(value, work);

/** A context for work that no user asked for: `who` names the listener or job. */
export const systemContext = (tenantId: string, who: string, purpose: string, traceparent = ''): Context => ({
  requestId: who,
  traceparent,
  tenantId,
  user: { subject: `system:${who}`, tenantId, roles: [], teams: [], scopes: [], providerId: null },
  purpose,
  relationships: ['organisation'],
  passage: 'all',
  statements: 0,
});
