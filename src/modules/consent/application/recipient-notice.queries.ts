import { Injectable } from '@nestjs/common';
import { ownOrAll } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';

/** Which notices are wanted; `open` is the work list. */
export type RecipientNoticeFilter = PageQuery & {
  open?: boolean;
  overdue?: boolean;
  occasion?: string;
  occasionId?: string;
  personId?: string;
};

/** CONS-4: a passage (`s`) on an exception that the client was not told of is not shown to them (sec. 83 (1) SGB X). */
const KNOWN = `not exists (select 1 from consent.consent_exception e where e.tenant_id = n.tenant_id
  and e.id = (s->>'consentId')::uuid and (e.informing is null or e.informing->>'informedOn' is null))`;

/** Reads notices to recipients: all of them for who works on them, those about themselves for persons with an account. */
@Injectable()
export class RecipientNoticeQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  async byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const row = this.row(p);
    const found = await this.uow.one<{ j: string; version: number }>(
      `select ${row}::text as j, n.version from consent.recipient_notice n
       where n.tenant_id = ${p.add(context().tenantId)} and n.id = ${p.add(id)} and ${this.visible(p)}`,
      p.values,
    );
    if (!found) throw new NotFound('recipient notice', id);
    return new Resource(found.j, found.version, { resourceType: 'recipient_notice', resourceIds: [id], caseId: null });
  }

  /** The one due first comes first. */
  list({ open, overdue, occasion, occasionId, personId, ...query }: RecipientNoticeFilter): Promise<Page> {
    const p = new Parameters();
    const row = this.row(p);
    const conditions = [
      `n.tenant_id = ${p.add(context().tenantId)}`,
      this.visible(p),
      ...(open === undefined ? [] : [`n.settlement is ${open ? '' : 'not'} null`]),
      ...(overdue === undefined ? [] : [`${this.overdue(p)} = ${p.add(overdue)}`]),
      ...(occasion ? [`n.occasion = ${p.add(occasion)}`] : []),
      ...(occasionId ? [`n.occasion_id = ${p.add(occasionId)}`] : []),
      ...(personId ? [`n.person_id = ${p.add(personId)}`] : []),
    ];
    return this.pages.read(
      {
        row,
        sources: [`from consent.recipient_notice n where ${conditions.join(' and ')}`],
        keys: [
          { column: 'n.due_on', type: 'date' },
          { column: 'n.id', type: 'uuid' },
        ],
        descending: false,
        filter: { list: 'recipient-notices', open, overdue, occasion, occasionId, personId },
        subject: { type: 'recipient_notice', id: 'n.id' },
      },
      query,
      p,
    );
  }

  private get readsOwn(): boolean {
    return !context().relationships.includes('organisation');
  }

  private visible(p: Parameters): string {
    const own = ownOrAll('n.person_id', p.add);
    return this.readsOwn ? `${own} and exists (select 1 from jsonb_array_elements(n.passages) s where ${KNOWN})` : own;
  }

  private overdue(p: Parameters): string {
    return `(n.settlement is null and n.due_on < ${p.add(this.clock.today())}::date)`;
  }

  private row(p: Parameters): string {
    const passages = this.readsOwn
      ? `(select coalesce(json_agg(s order by o), '[]') from jsonb_array_elements(n.passages) with ordinality x(s, o) where ${KNOWN})`
      : 'n.passages';
    return `json_build_object('id', n.id, 'version', n.version, 'personId', n.person_id, 'occasion', n.occasion,
      'occasionId', n.occasion_id, 'recipient', n.recipient, 'passages', ${passages}, 'state', coalesce(n.settlement->>'as', 'open'),
      'arisenAt', ${instant('n.arisen_at')}, 'dueOn', n.due_on, 'overdue', ${this.overdue(p)}, 'settlement', n.settlement)`;
  }
}
