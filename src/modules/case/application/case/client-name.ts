import type { Parameters } from '../../../../shared/database/unit-of-work';

/**
 * The name of a client as SQL over `cases.person_token`, blind: for each word the tokens of which one must be there (see
 * `wordsOf`). `tenant` is an SQL expression.
 */
export class ClientName {
  constructor(readonly words: readonly (readonly string[])[]) {}

  /** The condition that the person (`personId`, an SQL expression) is called so; probed where it stands, never turned round. */
  is(personId: string, tenant: string, add: Parameters['add']): string {
    return this.words
      .map((tokens) => `exists (select 1 ${having(tokens, tenant, add)} and t.person_id = ${personId} offset 0)`)
      .join(' and ');
  }

  /** A row source with everybody who is called so, once, in `person_id`. */
  bearers(tenant: string, add: Parameters['add']): string {
    return `(${this.words.map((tokens) => `select distinct t.person_id ${having(tokens, tenant, add)}`).join(' intersect ')})`;
  }
}

const having = (tokens: readonly string[], tenant: string, add: Parameters['add']): string =>
  `from cases.person_token t where t.tenant_id = ${tenant} and t.token = any(${add(tokens)}::bigint[])`;
