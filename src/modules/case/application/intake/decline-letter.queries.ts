import { Injectable } from '@nestjs/common';
import { freePerson } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';

const ROW = `json_build_object('id', l.id, 'version', l.version, 'requestId', l.request_id, 'recipient', l.recipient,
  'language', l.language, 'markdown', l.markdown, 'givenOn', l.given_on, 'way', l.way, 'recordedBy', l.recorded_by,
  'recordedAt', l.recorded_at)::text`;

/** Letters to persons whose data is restricted are left out (GDPR 18). */
const free = (p: Parameters): string => `not exists (select 1 from cases.case_request r
  where r.tenant_id = l.tenant_id and r.id = l.request_id and not ${freePerson('r.person_id', p.add)})`;

/** Reads letters about declines and the complaint way. */
@Injectable()
export class DeclineLetterQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const row = await this.uow.one<{ json: string; version: number }>(
      `select ${ROW} as json, l.version from cases.decline_letter l
       where l.tenant_id = ${p.add(context().tenantId)} and l.id = ${p.add(id)} and ${free(p)}`,
      p.values,
    );
    if (!row) throw new NotFound('decline letter', id);
    return new Resource(row.json, row.version, { resourceType: 'decline_letter', resourceIds: [id], caseId: null });
  }

  /** The letters about one request, the latest first. */
  list(requestId: string, query: PageQuery): Promise<Page> {
    const p = new Parameters();
    return this.pages.read(
      {
        row: ROW,
        sources: [
          `from cases.decline_letter l where l.tenant_id = ${p.add(context().tenantId)} and l.request_id = ${p.add(requestId)} and ${free(p)}`,
        ],
        keys: [
          { column: 'l.given_on', type: 'date' },
          { column: 'l.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'decline-letters', requestId },
        subject: { type: 'decline_letter', id: 'l.id' },
      },
      query,
      p,
    );
  }

  async complaintWay(): Promise<Resource> {
    const row = await this.uow.one<{ json: string; version: number }>(
      `select w.version, json_build_object('id', w.id, 'version', w.version, 'organisation', w.organisation, 'text', w.text,
         'writtenBy', w.written_by, 'writtenAt', w.written_at)::text as json
       from cases.complaint_way w where w.tenant_id = $1`,
      [context().tenantId],
    );
    if (!row) throw new NotFound('complaint way');
    return new Resource(row.json, row.version, null);
  }
}
