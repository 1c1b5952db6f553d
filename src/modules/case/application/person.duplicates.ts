import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Warning } from '../../../shared/http/answer';

/** What another person is compared by. */
export type Recognisable = {
  id: string;
  matchKey: string | null;
  familyKey: string;
  identifierKeys: readonly string[];
};

/** A person that may be the same one, and why. */
export type Duplicate = {
  personId: string;
  familyName: string;
  givenName: string | null;
  birthDate: string | null;
  reasons: string[];
};

const LIMIT = 10;

/** Finds persons that may be the same one (CASE-1), by index probes on stored keys. */
@Injectable()
export class PersonDuplicates {
  constructor(private readonly uow: UnitOfWork) {}

  /** Up to ten possible duplicates; one statement, or none when there is nothing to compare. */
  async of(person: Recognisable): Promise<Duplicate[]> {
    const { id, matchKey, familyKey, identifierKeys } = person;
    if (matchKey === null && identifierKeys.length === 0) return [];
    return this.uow.query<Duplicate>(
      `select p.id as "personId", p.family_name as "familyName", p.given_name as "givenName", p.birth_date::text as "birthDate", d.reasons
       from (
         select id, array_agg(distinct reason order by reason) as reasons from (
           select n.id, case when n.family_key = $3 then 'name_and_birth_date' else 'swapped_name_and_birth_date' end as reason
           from cases.person n where n.tenant_id = $1 and n.match_key = $2 and n.merged_into is null
           union all
           select i.person_id, 'identifier' from cases.person_identifier i where i.tenant_id = $1 and i.key = any($4::text[])
         ) hit where id <> $5 group by id
       ) d join cases.person p on p.tenant_id = $1 and p.id = d.id and p.merged_into is null
       order by p.id limit ${LIMIT}`,
      [context().tenantId, matchKey, familyKey, identifierKeys, id],
    );
  }

  /** The possible duplicates as a warning for the receipt. */
  async warnings(person: Recognisable): Promise<Warning[]> {
    const found = await this.of(person);
    if (found.length === 0) return [];
    const list = found.map(({ personId, reasons }) => `${personId} (${reasons.join(', ')})`).join('; ');
    const detail = `Possibly already on record: ${list}. Compare them, and merge if it is the same person.`;
    return [Object.assign(new Warning(), { code: 'possible-duplicate', detail })];
  }
}
