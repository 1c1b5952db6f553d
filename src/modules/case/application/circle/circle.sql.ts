import { freePerson } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { Parameters, type UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';

/**
 * Relations and households keep the record they were made for. Who that is today is asked with every read: a merge and
 * its undoing need no writes here, whatever their order.
 */

/** SQL of the record that stays of a person (`id`, SQL). */
export const survivor = (id: string, add: Parameters['add']): string =>
  `cases.survivor_of(${add(context().tenantId)}, ${id})`;

/** SQL array of the person (`id`, SQL) with all records merged into it. */
export const records = (id: string, add: Parameters['add']): string =>
  `cases.records_of(${add(context().tenantId)}, ${id})`;

/** The SQL condition that the person on record `alias` may be known to the user: not restricted (GDPR 18). */
export const knowable = (alias: string, add: Parameters['add']): string => freePerson(`${alias}.id`, add);

/** The SQL condition that the row of `alias` counts today. */
export const holdsOn = (alias: string, today: string): string =>
  `(${alias}.revoked is null and (${alias}.valid_from is null or ${alias}.valid_from <= ${today})
    and (${alias}.valid_until is null or ${alias}.valid_until >= ${today}))`;

/** What the vault needs of the person on record `alias`. */
export const sealedPerson = (alias: string): string =>
  `${alias}.id, ${alias}.sealed, ${alias}.key_no as "keyNo", ${alias}.wrapped_key as "wrappedKey"`;

/** What is shown of somebody next to another person; where to reach them stands with themselves. */
export const named = <
  T extends { id: string; familyName: string; givenName: string | null; birthDate: string | null },
>({
  id,
  familyName,
  givenName,
  birthDate,
}: T) => ({ id, familyName, givenName, birthDate });

/** NotFound unless the person is on record and may be known to the user. */
export async function requireKnown(uow: UnitOfWork, personId: string): Promise<void> {
  const p = new Parameters();
  const known = await uow.query(
    `select 1 from cases.person p where p.tenant_id = ${p.add(context().tenantId)} and p.id = ${p.add(personId)} and ${knowable('p', p.add)}`,
    p.values,
  );
  if (known.length === 0) throw new NotFound('person', personId);
}
