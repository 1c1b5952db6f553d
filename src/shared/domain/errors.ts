/** Errors the domain may raise. Their HTTP shape lives in shared/http/problem.filter.ts. */

/** A text in both languages of the API. */
export type Localised = { readonly en: string; readonly de: string };

/** What a refusal says: a short title, and a detail that tells what to do next. `status` defaults to 409. */
export type RefusalText = { readonly title: Localised; readonly detail: Localised; readonly status?: 403 | 409 | 422 };

/** The standard members of a problem document (RFC 9457) and ours: a fact of that name would never be seen. */
type Reserved = 'type' | 'title' | 'status' | 'detail' | 'instance' | 'code' | 'traceId' | 'errors';

/** Facts that go with a refusal: codes, ids, numbers and dates, never personal data. */
export type Facts = Readonly<Record<string, unknown>> & { readonly [K in Reserved]?: never } & {
  /** Codes of the conditions that are not met; each is explained in words in the problem document. */
  readonly unmet?: readonly string[];
};

const catalogue = new Map<string, RefusalText>();

/** Every refusal known to this process, by code: the problem pages and the contract are made from it. */
export const knownRefusals: ReadonlyMap<string, RefusalText> = catalogue;

/**
 * Declares the refusals of a module and returns the only way to raise them:
 * `throw rules.broken('agreement-missing', { caseId })`.
 */
export function refusals<const T extends Record<string, RefusalText>>(texts: T) {
  for (const [code, text] of Object.entries(texts)) {
    if (catalogue.has(code) && catalogue.get(code) !== text) throw new Error(`The refusal ${code} is declared twice`);
    catalogue.set(code, text);
  }
  return { broken: (code: keyof T & string, facts: Facts = {}) => new RuleBroken(code, facts) };
}

/** The thing is not there, or not visible to the asker: both look the same from outside (404). */
export class NotFound extends Error {
  constructor(
    readonly what: string,
    readonly id?: string,
  ) {
    super(`${what} not found`);
  }
}

/** Somebody else changed the thing since the caller read it (412). */
export class Stale extends Error {
  constructor(readonly what: string) {
    super(`${what} was changed by someone else`);
  }
}

/** A rule of the domain forbids the step; `code` is one of the declared refusals. */
export class RuleBroken extends Error {
  constructor(
    readonly code: string,
    readonly facts: Facts = {},
  ) {
    super(code);
  }
}

/** One wrong field that only the domain can see (422): `pointer` as in RFC 9457, `#/goals/0/targetDate`. */
export type FieldFault = { pointer: string; code: string; detail: Localised };

/** Input that is well-formed but not valid in this context; names every wrong field. */
export class InvalidInput extends Error {
  constructor(readonly faults: readonly FieldFault[]) {
    super('invalid input');
  }
}
