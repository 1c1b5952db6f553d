import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { relationshipsFor } from '../../../../shared/auth/policies';
import { context, runInContext } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Answer, type Page } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { caseloadOf } from './caseload';

type Carried = { caseId: string };
type Figures = { subject: string; limit: number; load: number; band: string; cases: number; carried: Carried[] };
const FIGURES = `'subject', w.subject, 'limit', l."limit", 'limitOf', l."limitOf", 'load', l.load, 'band', l.band, 'cases', l.cases`;

/** Reads what case managers carry (CASE-7). */
@Injectable()
export class CaseloadQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CaseAccess,
    private readonly pages: Pages,
  ) {}

  /** How much is told to everybody who may read staff records; which cases that are, only to those who may read them. */
  async get(subject: string): Promise<Answer<Figures>> {
    const p = new Parameters();
    const { tenantId, user } = context();
    const tenant = p.add(tenantId);
    const relationships = relationshipsFor(user!, 'case:read');
    const readable = runInContext({ ...context(), relationships }, () => this.access.condition('c', 'c.id', p.add));
    const row = await this.uow.one<{ j: Figures }>(
      `select json_build_object(${FIGURES}, 'carried', coalesce((
         select json_agg(json_build_object('caseId', c.id, 'phase', c.phase, 'status', c.status, 'intensity', c.intensity,
           'weight', l.weights[c.intensity], 'overLimit', (
             select json_build_object('reason', r->>'overLimitReason', 'by', r->>'by', 'at', r->>'from')
             from jsonb_array_elements(c.responsibilities) r
             where r->>'role' = 'responsible' and r->>'until' is null and r->>'overLimitReason' is not null))
           order by c.opened_at, c.id)
         from cases.case c where c.tenant_id = ${tenant} and c.responsible = w.subject and c.status <> 'closed' and ${readable}
       ), '[]')) as j
       from (select ${p.add(subject)}::text as subject) w cross join lateral (${caseloadOf('w.subject', tenant, p.add)}) l`,
      p.values,
    );
    const body = row!.j;
    const about = { resourceType: 'case', resourceIds: body.carried.map(({ caseId }) => caseId), caseId: null };
    return new Answer(body, body.carried.length > 0 ? about : null);
  }

  /** Everybody on record, by subject. */
  list(query: PageQuery & { team?: string; band?: string }): Promise<Page> {
    const p = new Parameters();
    const tenant = p.add(context().tenantId);
    const conditions = [`w.tenant_id = ${tenant}`];
    if (query.team !== undefined) conditions.push(`w.team = ${p.add(query.team)}`);
    if (query.band !== undefined) conditions.push(`l.band = ${p.add(query.band)}`);
    return this.pages.read(
      {
        row: `json_build_object(${FIGURES})::text`,
        sources: [
          `from cases.staff_member w cross join lateral (${caseloadOf('w.subject', tenant, p.add)}) l where ${conditions.join(' and ')}`,
        ],
        keys: [{ column: 'w.subject', type: 'text' }],
        descending: false,
        filter: { list: 'caseloads', team: query.team, band: query.band },
        subject: { type: 'staff_member', id: 'w.id' },
      },
      query,
      p,
    );
  }
}
