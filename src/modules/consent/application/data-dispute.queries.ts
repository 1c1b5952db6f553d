import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../shared/auth/case-access';
import { ownOrAll } from '../../../shared/auth/case-persons';
import { freePerson } from '../../../shared/auth/restriction';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';

/** Which disputes are wanted; `marking`: those whose record carries the mark. */
export type DataDisputeFilter = PageQuery & {
  caseId?: string;
  personId?: string;
  recordId?: string;
  open?: boolean;
  marking?: boolean;
};

const STATE = `coalesce(d.settlement->>'as', 'open')`;
const ROW = `json_build_object('id', d.id, 'version', d.version, 'personId', d.person_id, 'caseId', d.case_id,
  'requestId', d.request_id, 'record', json_build_object('type', d.record_type, 'id', d.record_id, 'version', d.record_version),
  'statement', d.statement, 'counterStatement', d.counter_statement, 'subjectRequestId', d.subject_request_id, 'state', ${STATE},
  'recordedBy', d.recorded_by, 'recordedAt', ${instant('d.recorded_at')}, 'settlement', d.settlement)`;

/** Reads disputes: whoever works on a case those of the case, persons with an account their own. */
@Injectable()
export class DataDisputeQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
  ) {}

  async byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ j: string; version: number; case_id: string | null }>(
      `select ${ROW}::text as j, d.version, d.case_id from consent.data_dispute d
       where d.tenant_id = ${p.add(context().tenantId)} and d.id = ${p.add(id)} and ${this.visible(p)}`,
      p.values,
    );
    if (!found) throw new NotFound('data dispute', id);
    const subject = { resourceType: 'data_dispute', resourceIds: [id], caseId: found.case_id };
    return new Resource(found.j, found.version, subject);
  }

  /** The latest first. */
  list({ caseId, personId, recordId, open, marking, ...query }: DataDisputeFilter): Promise<Page> {
    const p = new Parameters();
    const conditions = [
      `d.tenant_id = ${p.add(context().tenantId)}`,
      this.visible(p),
      ...(caseId ? [`d.case_id = ${p.add(caseId)}`] : []),
      ...(personId ? [`d.person_id = ${p.add(personId)}`] : []),
      ...(recordId ? [`d.record_id = ${p.add(recordId)}`] : []),
      ...(open === undefined ? [] : [`d.settlement is ${open ? '' : 'not'} null`]),
      ...(marking === undefined ? [] : [`(${STATE} in ('open', 'upheld')) = ${p.add(marking)}`]),
    ];
    return this.pages.read(
      {
        row: ROW,
        sources: [`from consent.data_dispute d where ${conditions.join(' and ')}`],
        keys: [{ column: 'd.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'data-disputes', caseId, personId, recordId, open, marking },
        subject: { type: 'data_dispute', id: 'd.id' },
      },
      query,
      p,
    );
  }

  private visible(p: Parameters): string {
    const { relationships } = context();
    if (!relationships.some((relationship) => relationship !== 'own')) return ownOrAll('d.person_id', p.add);
    return `case when d.case_id is null then ${freePerson('d.person_id', p.add)} else ${this.access.visible('d.case_id', p.add)} end`;
  }
}
