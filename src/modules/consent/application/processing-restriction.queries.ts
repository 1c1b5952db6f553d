import { Injectable } from '@nestjs/common';
import { ownOrAll } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';

/** Which restrictions are wanted. */
export type RestrictionFilter = PageQuery & { personId?: string; inForce?: boolean };

const ROW = `json_build_object('id', r.id, 'version', r.version, 'personId', r.person_id, 'subjectRequestId', r.subject_request_id,
  'ground', r.ground, 'reason', r.reason, 'restrictedBy', r.restricted_by, 'restrictedAt', ${instant('r.restricted_at')},
  'lifting', r.lifting)`;

/** Reads restrictions of processing: all of them for who works on them, their own for persons with an account. */
@Injectable()
export class ProcessingRestrictionQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
  ) {}

  async byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ j: string; version: number }>(
      `select ${ROW}::text as j, r.version from consent.processing_restriction r
       where r.tenant_id = ${p.add(context().tenantId)} and r.id = ${p.add(id)} and ${ownOrAll('r.person_id', p.add)}`,
      p.values,
    );
    if (!found) throw new NotFound('processing restriction', id);
    const subject = { resourceType: 'processing_restriction', resourceIds: [id], caseId: null };
    return new Resource(found.j, found.version, subject);
  }

  /** The latest first. */
  list({ personId, inForce, ...query }: RestrictionFilter): Promise<Page> {
    const p = new Parameters();
    const conditions = [
      `r.tenant_id = ${p.add(context().tenantId)}`,
      ownOrAll('r.person_id', p.add),
      ...(personId ? [`r.person_id = ${p.add(personId)}`] : []),
      ...(inForce === undefined ? [] : [`r.lifting is ${inForce ? '' : 'not'} null`]),
    ];
    return this.pages.read(
      {
        row: ROW,
        sources: [`from consent.processing_restriction r where ${conditions.join(' and ')}`],
        keys: [{ column: 'r.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'processing-restrictions', personId, inForce },
        subject: { type: 'processing_restriction', id: 'r.id' },
      },
      query,
      p,
    );
  }
}
