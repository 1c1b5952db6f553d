import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../shared/auth/case-access';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';

/** Which exceptions are wanted. */
export type ExceptionFilter = PageQuery & { caseId?: string; state?: string; clientInformed?: boolean };

/** Reads exceptions: the audit list of CONS-4, as far as the reader may see the cases. */
@Injectable()
export class ConsentExceptionQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  async byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const [found] = await this.uow.query<{ j: string; version: number; case_id: string }>(
      `select ${this.row(p)}::text as j, e.version, e.case_id from consent.consent_exception e
       where e.tenant_id = ${p.add(context().tenantId)} and e.id = ${p.add(id)} and ${this.access.visible('e.case_id', p.add)}`,
      p.values,
    );
    if (!found) throw new NotFound('consent exception', id);
    const subject = { resourceType: 'consent-exception', resourceIds: [id], caseId: found.case_id };
    return new Resource(found.j, found.version, subject);
  }

  list({ caseId, state, clientInformed, ...query }: ExceptionFilter): Promise<Page> {
    const p = new Parameters();
    const row = this.row(p);
    const conditions = [
      `e.tenant_id = ${p.add(context().tenantId)}`,
      this.access.visible('e.case_id', p.add),
      ...(caseId ? [`e.case_id = ${p.add(caseId)}`] : []),
      ...(state ? [`${this.state(p)} = ${p.add(state)}`] : []),
      ...(clientInformed === undefined ? [] : [`e.informing is ${clientInformed ? 'not' : ''} null`]),
    ];
    return this.pages.read(
      {
        row,
        sources: [`from consent.consent_exception e where ${conditions.join(' and ')}`],
        keys: [{ column: 'e.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'consent-exceptions', caseId, state, clientInformed },
        subject: { type: 'consent-exception', id: 'e.id' },
      },
      query,
      p,
    );
  }

  /** What an exception is worth now: an SQL expression. */
  private state(p: Parameters): string {
    const now = p.add(this.clock.now());
    return `(case when e.ended_as is not null then e.ended_as
      when e.confirmed_at is null and e.confirm_by < ${now}::timestamptz then 'lapsed'
      when e.valid_until < ${p.add(this.clock.today())}::date then 'expired'
      when e.confirmed_at is null then 'unconfirmed' else 'confirmed' end)`;
  }

  private row(p: Parameters): string {
    return `json_build_object('id', e.id, 'version', e.version, 'state', ${this.state(p)}, 'caseId', e.case_id,
      'personId', e.person_id, 'kind', e.kind, 'legalBasis', e.legal_basis, 'facts', e.facts, 'milderMeans', e.milder_means,
      'assessedWith', e.assessed_with, 'specialist', e.specialist, 'priorNotice', e.prior_notice, 'purpose', e.purpose,
      'categories', e.categories, 'recipient', e.recipient, 'validUntil', e.valid_until, 'invokedBy', e.invoked_by,
      'invokedAt', ${instant('e.invoked_at')}, 'confirmBy', ${instant('e.confirm_by')}, 'confirmedBy', e.confirmed_by,
      'confirmedAt', ${instant('e.confirmed_at')}, 'endedBy', e.ended_by, 'endedAt', ${instant('e.ended_at')},
      'endReason', e.end_reason, 'informing', e.informing)`;
  }
}
