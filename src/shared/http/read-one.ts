import type { Parameters, UnitOfWork } from '../database/unit-of-work';
import { NotFound } from '../domain/errors';
import { Resource } from './answer';

/** Reads one thing: `sql` selects `j` (JSON text), `version` and `case_id`; NotFound where there is none that may be seen. */
export async function readOne(
  uow: UnitOfWork,
  what: string,
  id: string,
  sql: string,
  p: Parameters,
): Promise<Resource> {
  const found = await uow.one<{ j: string; version: number; case_id: string }>(sql, p.values);
  if (!found) throw new NotFound(what, id);
  return new Resource(found.j, found.version, { resourceType: what, resourceIds: [id], caseId: found.case_id });
}
