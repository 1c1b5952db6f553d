import { context } from '../../../../shared/context';
import type { Parameters } from '../../../../shared/database/unit-of-work';

/**
 * The SQL condition that the user does not read as the client of the case (`caseId`, an SQL expression): clients see
 * of the journal only what is shared with them, and nothing of the work list of their case manager.
 */
export function staffOnly(caseId: string, add: Parameters['add']): string {
  const { tenantId, user, relationships } = context();
  if (!relationships.includes('own')) return 'true';
  return `not exists (select 1 from platform.case_access mine where mine.tenant_id = ${add(tenantId)}
    and mine.case_id = ${caseId} and ${add(user!.subject)} = any(mine.clients))`;
}
