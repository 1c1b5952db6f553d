import { Injectable } from '@nestjs/common';
import { ownOrAll } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';

/** Which requests are wanted; `open` is the work list. */
export type SubjectRequestFilter = PageQuery & { open?: boolean; kind?: string; personId?: string; overdue?: boolean };

const STATE = `case when r.decision is not null then 'decided' when r.identity is null then 'identity_open' else 'in_work' end`;

/** Reads requests of data subjects: all of them for who works on them, their own for persons with an account. */
@Injectable()
export class SubjectRequestQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  async byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ j: string; version: number }>(
      `select ${this.row(p)}::text as j, r.version from consent.subject_request r
       where r.tenant_id = ${p.add(context().tenantId)} and r.id = ${p.add(id)} and ${ownOrAll('r.person_id', p.add)}`,
      p.values,
    );
    if (!found) throw new NotFound('subject request', id);
    return new Resource(found.j, found.version, { resourceType: 'subject_request', resourceIds: [id], caseId: null });
  }

  /** The one due first comes first. */
  list({ open, kind, personId, overdue, ...query }: SubjectRequestFilter): Promise<Page> {
    const p = new Parameters();
    const row = this.row(p);
    const conditions = [
      `r.tenant_id = ${p.add(context().tenantId)}`,
      ownOrAll('r.person_id', p.add),
      ...(open === undefined ? [] : [`r.decision is ${open ? '' : 'not'} null`]),
      ...(kind ? [`r.kind = ${p.add(kind)}`] : []),
      ...(personId ? [`r.person_id = ${p.add(personId)}`] : []),
      ...(overdue === undefined ? [] : [`${this.overdue(p)} = ${p.add(overdue)}`]),
    ];
    return this.pages.read(
      {
        row,
        sources: [`from consent.subject_request r where ${conditions.join(' and ')}`],
        keys: [
          { column: 'r.due_on', type: 'date' },
          { column: 'r.id', type: 'uuid' },
        ],
        descending: false,
        filter: { list: 'subject-requests', open, kind, personId, overdue },
        subject: { type: 'subject_request', id: 'r.id' },
      },
      query,
      p,
    );
  }

  private overdue(p: Parameters): string {
    return `(r.decision is null and r.due_on < ${p.add(this.clock.today())}::date)`;
  }

  private row(p: Parameters): string {
    return `json_build_object('id', r.id, 'version', r.version, 'personId', r.person_id, 'kind', r.kind, 'state', ${STATE},
      'receivedOn', r.received_on, 'channel', r.channel, 'asker', r.asker, 'wish', r.wish, 'dueOn', r.due_on,
      'overdue', ${this.overdue(p)}, 'identity', r.identity, 'extension', r.extension, 'steps', r.steps,
      'decision', r.decision, 'recordedBy', r.recorded_by, 'recordedAt', ${instant('r.recorded_at')})`;
  }
}
