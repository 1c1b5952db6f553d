import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import type { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import type { AggregateRoot, Stamp } from '../../../shared/domain/aggregate-root';
import type { Clock } from '../../../shared/domain/clock';
import { NotFound, Stale } from '../../../shared/domain/errors';
import { Resource } from '../../../shared/http/answer';

/** The user of the context, now. */
export const stampBy = (clock: Clock): Stamp => ({ by: context().user!.subject, at: clock.now() });

/** Throws Stale unless the aggregate is at the version expected; asked only after it was found to be visible. */
export function requireVersion(aggregate: AggregateRoot, expected: Expected, what: string): void {
  if (expected !== '*' && aggregate.version !== expected) throw new Stale(what);
}

/** The day so many days later. */
export function daysAfter(day: string, days: number): string {
  const date = new Date(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Reads one thing: `sql` selects `j` (JSON text), `version` and `case_id`; NotFound where there is none that may be seen. */
export async function readOne(
  uow: UnitOfWork,
  what: string,
  id: string,
  sql: string,
  p: Parameters,
): Promise<Resource> {
  const [found] = await uow.query<{ j: string; version: number; case_id: string }>(sql, p.values);
  if (!found) throw new NotFound(what, id);
  return new Resource(found.j, found.version, { resourceType: what, resourceIds: [id], caseId: found.case_id });
}
