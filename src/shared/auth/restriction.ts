import { context } from '../context';
import type { Parameters } from '../database/unit-of-work';

/**
 * Restriction of processing (GDPR 18, sec. 84 SGB X): data of a person, and of the cases of which the person is the
 * client, is kept but not used. Who is restricted stands in `platform.person_facts`; every read and every command that
 * asks CaseAccess, CasePersons or the persons' repository passes here. To a caller what is restricted is not there;
 * that it is there, but restricted, the manners find out (shared/http/manners.ts).
 *
 * `all` passes: the work on requests of data subjects, legal claims, listeners and jobs (they keep, and disclose
 * nothing). `own`: the persons themselves, reading what is theirs or withdrawing a consent.
 */
export type Passage = 'all' | 'own';

/** SQL array of the persons of an organisation (`tenant`, SQL) who are restricted; of no row of a statement, so made once. */
export const restrictedPersons = (tenant: string): string =>
  `array(select rp.person_id from platform.person_facts rp where rp.tenant_id = ${tenant} and rp.restricted)`;

/** Those of them whose data is not erased either; a restriction made in place of an erasure waits for it (sec. 84 SGB X). */
export const heldPersons = (tenant: string): string =>
  `array(select rp.person_id from platform.person_facts rp where rp.tenant_id = ${tenant} and rp.restricted and not rp.awaits_erasure)`;

const persons = (add: Parameters['add']): string => restrictedPersons(add(context().tenantId));

/** The SQL condition that the person (`personId`, an SQL expression that is never null) may be dealt with. */
export const freePerson = (personId: string, add: Parameters['add']): string =>
  context().passage === 'all' ? 'true' : `${personId} <> all(${persons(add)})`;

/** The SQL condition that the case (`caseId`, an SQL expression) may be dealt with. */
export const freeCase = (caseId: string, add: Parameters['add']): string =>
  context().passage === 'all'
    ? 'true'
    : `(${caseId} is null or ${caseId} <> all(array(select ra.case_id from platform.person_facts rp
        join platform.case_access ra on ra.tenant_id = rp.tenant_id and ra.person_id = rp.person_id
        where rp.tenant_id = ${add(context().tenantId)} and rp.restricted)))`;

/** Whether the client of a case (`personId`, an SQL expression) is restricted, as SQL: for those who decide in memory. */
export const isRestricted = (personId: string, add: Parameters['add']): string =>
  `(${personId} = any(${persons(add)}))`;
