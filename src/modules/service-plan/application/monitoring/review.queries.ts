import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import type { Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { readOne } from '../../../../shared/http/read-one';
import { planOfReader } from '../plan/plan-access';

/** Reads reviews and the watch on a plan's progress. */
@Injectable()
export class ReviewQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const sql = `select ${this.view(p)}::text as j, t.version, t.case_id from service_plan.review t
      where t.tenant_id = ${p.add(context().tenantId)} and t.id = ${p.add(id)} and ${this.access.visible('t.case_id', p.add)}
        and ${planOfReader('t.plan_id', this.clock.today(), p.add)}`;
    return readOne(this.uow, 'review', id, sql, p);
  }

  /** The reviews of a case, latest due first. */
  async ofCase(caseId: string, query: PageQuery): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    const row = this.view(p);
    const source = `from service_plan.review t where t.tenant_id = ${p.add(context().tenantId)} and t.case_id = ${p.add(caseId)}
      and ${planOfReader('t.plan_id', this.clock.today(), p.add)}`;
    return this.read(row, source, true, { caseId }, query, p);
  }

  /** Reviews that are still to be held in the reader's cases, earliest due first. */
  open({ overdue, ...query }: PageQuery & { overdue?: boolean }): Promise<Page> {
    const p = new Parameters();
    const row = this.view(p);
    const where = [
      `t.tenant_id = ${p.add(context().tenantId)}`,
      `t.status = 'planned'`,
      this.access.visible('t.case_id', p.add),
      planOfReader('t.plan_id', this.clock.today(), p.add),
    ];
    if (overdue) where.push(`t.due_on < ${p.add(this.clock.today())}::date`);
    return this.read(
      row,
      `from service_plan.review t where ${where.join(' and ')}`,
      false,
      { open: true, overdue },
      query,
      p,
    );
  }

  watch(planId: string): Promise<Resource> {
    const p = new Parameters();
    const sql = `select json_build_object('id', t.id, 'version', t.version, 'caseId', t.case_id, 'weeks', t.weeks, 'state', t.state,
        'quietSince', t.quiet_since)::text as j, t.version, t.case_id from service_plan.progress_watch t
      where t.tenant_id = ${p.add(context().tenantId)} and t.id = ${p.add(planId)} and ${this.access.visible('t.case_id', p.add)}
        and ${planOfReader('t.id', this.clock.today(), p.add)}`;
    return readOne(this.uow, 'progress-watch', planId, sql, p);
  }

  private view(p: Parameters): string {
    return `json_build_object('id', t.id, 'version', t.version, 'caseId', t.case_id, 'planId', t.plan_id, 'dueOn', t.due_on,
      'cause', t.cause, 'moves', t.moves, 'status', t.status, 'overdue', t.status = 'planned' and t.due_on < ${p.add(this.clock.today())}::date,
      'heldOn', t.held_on, 'participants', t.participants, 'findings', t.findings, 'decision', t.decision, 'final', t.final,
      'recordedBy', t.recorded_by)`;
  }

  private read(
    row: string,
    source: string,
    descending: boolean,
    filter: object,
    query: PageQuery,
    p: Parameters,
  ): Promise<Page> {
    return this.pages.read(
      {
        row,
        sources: [source],
        keys: [
          { column: 't.due_on', type: 'date' },
          { column: 't.id', type: 'uuid' },
        ],
        descending,
        filter: { list: 'reviews', ...filter },
        subject: { type: 'review', id: 't.id' },
      },
      query,
      p,
    );
  }
}
