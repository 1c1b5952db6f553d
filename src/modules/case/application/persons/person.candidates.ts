import { Injectable } from '@nestjs/common';
import { restrictedPersons } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Identity } from '../../domain/persons/person.entity';
import type { Gender } from '../../domain/intake/intake.words';
import type { Look } from '../../domain/persons/person.tokens';
import { PersonTokens } from './person.blinding';
import { PersonVault, type SealedPerson } from './person.vault';

/** A person on record that shares tokens with what is looked for. */
export type Candidate = Identity & { id: string; version: number; gender: Gender };

/**
 * The statement that chooses candidates: for each token one index scan of the primary key of cases.person_token, also
 * under row-level security, as equality of uuid and bigint is leakproof. Restricted persons are left out, whoever looks (GDPR 18). $1 tenant,
 * $2 tokens, $3 their weights, $4 how many, $5 rows of a token, $6 whether common tokens count.
 */
export const CANDIDATES = `
  select p.id, p.version, p.gender, p.sealed, p.key_no as "keyNo", p.wrapped_key as "wrappedKey"
  from (
    select h.person_id, sum(q.weight) as weight
    from unnest($2::bigint[], $3::int[]) q(token, weight)
    cross join lateral (
      select array_agg(r.person_id) as persons from (
        select t.person_id from cases.person_token t where t.tenant_id = $1 and t.token = q.token limit $5
      ) r
    ) s cross join lateral unnest(s.persons) h(person_id)
    where cardinality(s.persons) < $5 or $6 group by h.person_id order by weight desc, h.person_id limit $4
  ) c join cases.person p on p.tenant_id = $1 and p.id = c.person_id and p.merged_into is null
    and p.id <> all(${restrictedPersons('$1')})
  order by c.weight desc, p.id`;

/** Finds persons on record that may be meant, by blind tokens; one statement. */
@Injectable()
export class PersonCandidates {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly blinding: PersonTokens,
    private readonly vault: PersonVault,
  ) {}

  async of({ tokens: plain, most, rows: perToken, common }: Look): Promise<Candidate[]> {
    const tokens = await this.blinding.blind(plain);
    const rows = await this.uow.query<SealedPerson & { version: number; gender: Gender }>(CANDIDATES, [
      context().tenantId,
      tokens.map(({ token }) => token),
      tokens.map(({ weight }) => weight),
      most,
      perToken,
      common,
    ]);
    return this.vault.read(rows);
  }
}
