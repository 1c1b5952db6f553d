import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';

const ROW = `json_build_object('id', s.id, 'version', s.version, 'subject', s.subject, 'displayName', s.display_name, 'team', s.team,
  'caseloadLimit', s.caseload_limit, 'qualification', s.qualification, 'recordedBy', s.recorded_by, 'recordedAt', s.recorded_at)::text`;

/** Reads staff records. */
@Injectable()
export class StaffQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
  ) {}

  async get(subject: string): Promise<Resource> {
    const row = await this.uow.one<{ json: string; version: number; id: string }>(
      `select ${ROW} as json, s.version, s.id from cases.staff_member s where s.tenant_id = $1 and s.subject = $2`,
      [context().tenantId, subject],
    );
    if (!row) throw new NotFound('staff member');
    return new Resource(row.json, row.version, { resourceType: 'staff_member', resourceIds: [row.id], caseId: null });
  }

  list(query: PageQuery & { team?: string }): Promise<Page> {
    const p = new Parameters();
    const tenant = `s.tenant_id = ${p.add(context().tenantId)}`;
    const team = query.team === undefined ? '' : ` and s.team = ${p.add(query.team)}`;
    return this.pages.read(
      {
        row: ROW,
        sources: [`from cases.staff_member s where ${tenant}${team}`],
        keys: [{ column: 's.subject', type: 'text' }],
        descending: false,
        filter: { list: 'staff', team: query.team },
        subject: { type: 'staff_member', id: 's.id' },
      },
      query,
      p,
    );
  }
}
