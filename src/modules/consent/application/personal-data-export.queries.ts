import { Injectable } from '@nestjs/common';
import { ownOrAll } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';

const ROW = `json_build_object('id', x.id, 'version', x.version, 'personId', x.person_id, 'subjectRequestId', x.subject_request_id,
  'status', x.status, 'askedBy', x.asked_by, 'askedAt', ${instant('x.asked_at')}, 'readyAt', ${instant('x.ready_at')},
  'expiresAt', ${instant('x.expires_at')})`;

/**
 * Reads exports, not their files: all of them for who works on requests; persons theirs once the request is answered, as
 * somebody has to look through it before.
 */
@Injectable()
export class PersonalDataExportQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
  ) {}

  async byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ j: string; version: number }>(
      `select ${ROW}::text as j, x.version from consent.personal_data_export x
       where x.tenant_id = ${p.add(context().tenantId)} and x.id = ${p.add(id)} and ${this.readable(p)}`,
      p.values,
    );
    if (!found) throw new NotFound('personal data export', id);
    const subject = { resourceType: 'personal_data_export', resourceIds: [id], caseId: null };
    return new Resource(found.j, found.version, subject);
  }

  /** Of one request, the latest first. */
  list(subjectRequestId: string, query: PageQuery): Promise<Page> {
    const p = new Parameters();
    return this.pages.read(
      {
        row: ROW,
        sources: [
          `from consent.personal_data_export x where x.tenant_id = ${p.add(context().tenantId)}
           and x.subject_request_id = ${p.add(subjectRequestId)} and ${this.readable(p)}`,
        ],
        keys: [{ column: 'x.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'personal-data-exports', subjectRequestId },
        subject: { type: 'personal_data_export', id: 'x.id' },
      },
      query,
      p,
    );
  }

  private readable(p: Parameters): string {
    if (context().relationships.includes('organisation')) return 'true';
    return `${ownOrAll('x.person_id', p.add)} and exists (select 1 from consent.subject_request r where r.tenant_id = x.tenant_id
      and r.id = x.subject_request_id and r.decision->>'result' in ('granted', 'partly'))`;
  }
}
