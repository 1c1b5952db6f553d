import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../shared/auth/case-access';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';
import { openWording } from './consent-exception.repository';

/** Which exceptions are wanted. */
export type ExceptionFilter = PageQuery & { caseId?: string; state?: string; clientInformed?: boolean };

/** A row as PostgreSQL makes it. */
type Stored = {
  id: string;
  sealed: string;
  sealedFor: string;
  specialist: object | null;
  priorNotice: object;
  informing: object | null;
};

/** Reads exceptions: the audit list of CONS-4, as far as the reader may see the cases. */
@Injectable()
export class ConsentExceptionQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
    private readonly persons: CasePersons,
  ) {}

  async byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ j: string; version: number; case_id: string }>(
      `select ${this.row(p)}::text as j, e.version, e.case_id from consent.consent_exception e
       where e.tenant_id = ${p.add(context().tenantId)} and e.id = ${p.add(id)} and ${this.access.visible('e.case_id', p.add)}`,
      p.values,
    );
    if (!found) throw new NotFound('consent exception', id);
    const subject = { resourceType: 'consent-exception', resourceIds: [id], caseId: found.case_id };
    const [view] = await this.opened(found.j);
    return new Resource(JSON.stringify(view), found.version, subject);
  }

  async list({ caseId, state, clientInformed, ...query }: ExceptionFilter): Promise<Page> {
    const p = new Parameters();
    const row = this.row(p);
    const conditions = [
      `e.tenant_id = ${p.add(context().tenantId)}`,
      this.access.visible('e.case_id', p.add),
      ...(caseId ? [`e.case_id = ${p.add(caseId)}`] : []),
      ...(state ? [`${this.state(p)} = ${p.add(state)}`] : []),
      ...(clientInformed === undefined ? [] : [`e.informing is ${clientInformed ? 'not' : ''} null`]),
    ];
    const { data, limit, next, prev, subject } = await this.pages.read(
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
    const views = (await this.opened(data)).map((view) => JSON.stringify(view));
    return new Page(views.join(','), limit, next, prev, subject);
  }

  /** Rows as they are answered: PostgreSQL gives what was put in words sealed. One statement. */
  private async opened(rows: string): Promise<object[]> {
    const stored = JSON.parse(`[${rows}]`) as Stored[];
    if (stored.length === 0) return [];
    const keys = await this.persons.keysOf(stored.map(({ sealedFor }) => sealedFor));
    return stored.map(({ sealed, sealedFor, specialist, priorNotice, informing, ...view }) => {
      const key = keys.get(sealedFor);
      const words = key ? openWording(Buffer.from(sealed, 'base64'), key, view.id) : null;
      const { specialistNote: note, priorNoticeReason: reason } = words ?? {};
      return {
        ...view,
        facts: words?.facts ?? null,
        milderMeans: words?.milderMeans ?? null,
        specialist: specialist && { ...specialist, ...(note ? { note } : {}) },
        priorNotice: { ...priorNotice, ...(reason ? { reason } : {}) },
        endReason: words?.endReason ?? null,
        informing: informing && {
          ...informing,
          how: words?.informedHow ?? null,
          reason: words?.informedReason ?? null,
        },
      };
    });
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
      'personId', e.person_id, 'kind', e.kind, 'legalBasis', e.legal_basis,
      'sealed', encode(e.sealed, 'base64'), 'sealedFor', e.sealed_for, 'assessedWith', e.assessed_with, 'specialist', e.specialist, 'priorNotice', e.prior_notice, 'purpose', e.purpose,
      'categories', e.categories, 'recipient', e.recipient, 'validUntil', e.valid_until, 'invokedBy', e.invoked_by,
      'invokedAt', ${instant('e.invoked_at')}, 'confirmBy', ${instant('e.confirm_by')}, 'confirmedBy', e.confirmed_by,
      'confirmedAt', ${instant('e.confirmed_at')}, 'endedBy', e.ended_by, 'endedAt', ${instant('e.ended_at')},
      'informing', e.informing)`;
  }
}
