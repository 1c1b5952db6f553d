import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { relationshipsFor } from '../../../../shared/auth/policies';
import { context, runInContext } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';

const ROW = `'id', a.id, 'version', a.version, 'subject', a.subject, 'fromOn', a.from_on, 'untilOn', a.until_on,
  'deputy', a.deputy, 'deputyBy', a.deputy_by, 'status', a.status`;

/** Reads absences (CASE-7). */
@Injectable()
export class AbsenceQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CaseAccess,
    private readonly pages: Pages,
  ) {}

  /** Of the cases with a deputy of their own those are named that the user may read. */
  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const { tenantId, user } = context();
    const relationships = relationshipsFor(user!, 'case:read');
    const readable = runInContext({ ...context(), relationships }, () =>
      relationships.length > 0 ? this.access.visible(`(d->>'caseId')::uuid`, p.add) : 'false',
    );
    const row = await this.uow.one<{ json: string; version: number }>(
      `select a.version, json_build_object(${ROW}, 'steps', a.steps, 'cases', coalesce((
         select json_agg(d order by i) from jsonb_array_elements(a.case_deputies) with ordinality t(d, i) where ${readable}), '[]'))::text as json
       from cases.absence a where a.tenant_id = ${p.add(tenantId)} and a.id = ${p.add(id)}`,
      p.values,
    );
    if (!row) throw new NotFound('absence', id);
    return new Resource(row.json, row.version, { resourceType: 'absence', resourceIds: [id], caseId: null });
  }

  /** Latest first. */
  list(query: PageQuery & { subject?: string }): Promise<Page> {
    const p = new Parameters();
    const conditions = [`a.tenant_id = ${p.add(context().tenantId)}`];
    if (query.subject !== undefined) conditions.push(`a.subject = ${p.add(query.subject)}`);
    return this.pages.read(
      {
        row: `json_build_object(${ROW})::text`,
        sources: [`from cases.absence a where ${conditions.join(' and ')}`],
        keys: [
          { column: 'a.from_on', type: 'date' },
          { column: 'a.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'absences', subject: query.subject },
        subject: { type: 'absence', id: 'a.id' },
      },
      query,
      p,
    );
  }
}
