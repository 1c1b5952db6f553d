import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { isHeld } from './repositories';
import { type Keyset, type PageQuery, Pages } from '../../../shared/http/page';

const HOLD = `json_build_object('id', t.id, 'version', t.version, 'kind', t.kind, 'subjectId', t.subject_id, 'reason', t.reason,
  'until', t.until, 'reviewOn', t.review_on, 'placedBy', t.placed_by, 'placedAt', ${instant('t.placed_at')}, 'lifted', t.lifted)::text`;
const RUN = `json_build_object('id', t.id, 'version', t.version, 'occasion', t.occasion, 'state', t.state, 'personId', t.person_id,
  'items', t.items, 'protocol', t.protocol, 'proposedBy', t.proposed_by, 'proposedAt', ${instant('t.proposed_at')},
  'decision', t.decision, 'doneAt', ${instant('t.done_at')})::text`;

/** Which files are wanted. */
export type FileFilter = PageQuery & { dueBefore?: string };

/** Reads files as retention sees them, holds and erasures (CONS-6). */
@Injectable()
export class RetentionQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  file(id: string): Promise<Resource> {
    return this.one('file', 'retention-file', id, (p) => this.fileRow(p));
  }

  /** Files in the order in which something of them becomes due. */
  files({ dueBefore, ...query }: FileFilter): Promise<Page> {
    const p = new Parameters();
    const row = this.fileRow(p);
    const due = dueBefore ? ` and t.due_on < ${p.add(dueBefore)}::date` : '';
    return this.list('file', 'retention-file', row, `t.due_on is not null${due}`, query, p, { dueBefore }, [
      { column: 't.due_on', type: 'date' },
      { column: 't.id', type: 'uuid' },
    ]);
  }

  hold(id: string): Promise<Resource> {
    return this.one('legal_hold', 'legal-hold', id, () => HOLD);
  }

  holds({ active, ...query }: PageQuery & { active?: boolean }): Promise<Page> {
    const p = new Parameters();
    const today = p.add(this.clock.today());
    const holds = `(t.lifted is null and (t.until is null or t.until >= ${today}::date))`;
    const which = active === undefined ? `${today} <> ''` : active ? holds : `not ${holds}`;
    return this.list('legal_hold', 'legal-hold', HOLD, which, query, p, { active });
  }

  run(id: string): Promise<Resource> {
    return this.one('erasure_run', 'erasure-run', id, () => RUN);
  }

  runs({ state, ...query }: PageQuery & { state?: string }): Promise<Page> {
    const p = new Parameters();
    const which = state ? `t.state = ${p.add(state)}` : 'true';
    return this.list('erasure_run', 'erasure-run', RUN, which, query, p, { state });
  }

  private async one(
    table: string,
    resourceType: string,
    id: string,
    row: (p: Parameters) => string,
  ): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ json: string; version: number }>(
      `select t.version, ${row(p)} as json from retention.${table} t where t.tenant_id = ${p.add(context().tenantId)} and t.id = ${p.add(id)}`,
      p.values,
    );
    if (!found) throw new NotFound(resourceType.replaceAll('-', ' '), id);
    return new Resource(found.json, found.version, { resourceType, resourceIds: [id], caseId: null });
  }

  private list(
    table: string,
    type: string,
    row: string,
    which: string,
    query: PageQuery,
    p: Parameters,
    filter: object,
    keys: Keyset['keys'] = [{ column: 't.id', type: 'uuid' }],
  ): Promise<Page> {
    const sources = [`from retention.${table} t where t.tenant_id = ${p.add(context().tenantId)} and ${which}`];
    const descending = table !== 'file';
    return this.pages.read(
      { row, sources, keys, descending, filter: { list: type, ...filter }, subject: { type, id: 't.id' } },
      query,
      p,
    );
  }

  private fileRow(p: Parameters): string {
    const today = p.add(this.clock.today());
    return `json_build_object('id', t.id, 'version', t.version, 'of', t.kind, 'personId', t.person_id, 'fieldOfPractice', t.field_of_practice,
      'endedOn', t.ended_on, 'classification', t.classification, 'kinds', (select coalesce(json_agg(json_build_object('kind', k->>'kind',
        'edition', (k->>'edition')::int, 'keptUntil', k->>'keptUntil', 'erased', k->>'kind' = any(t.erased))), '[]') from jsonb_array_elements(t.terms) k),
      'dueOn', t.due_on, 'onHold', ${isHeld('t', today)})::text`;
  }
}
