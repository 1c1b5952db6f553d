import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { freeCase } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { beginningOf, instant } from '../../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { EMERGENCY_MINUTES } from '../../domain/case/emergency.words';

/** Which emergency accesses are wanted; `month` is YYYY-MM. */
export type EmergencyFilter = PageQuery & {
  caseId?: string;
  subject?: string;
  state?: string;
  review?: string;
  month?: string;
};

/** Reads emergency accesses (standards §6.3): one's own, and those to cases one answers for. */
@Injectable()
export class EmergencyAccessQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const row = await this.uow.one<{ j: string; version: number; case_id: string }>(
      `select ${this.row(p)}::text as j, e.version, e.case_id from cases.emergency_access e
       where e.tenant_id = ${p.add(context().tenantId)} and e.id = ${p.add(id)} and ${this.mine(p)}`,
      p.values,
    );
    if (!row) throw new NotFound('emergency access', id);
    const subject = { resourceType: 'emergency_access', resourceIds: [id], caseId: row.case_id };
    return new Resource(row.j, row.version, subject);
  }

  /** Latest first. */
  list({ caseId, subject, state, review, month, ...query }: EmergencyFilter): Promise<Page> {
    const p = new Parameters();
    const row = this.row(p);
    const conditions = [`e.tenant_id = ${p.add(context().tenantId)}`, this.mine(p)];
    if (caseId) conditions.push(`e.case_id = ${p.add(caseId)}`);
    if (subject) conditions.push(`e.subject = ${p.add(subject)}`);
    if (state) conditions.push(`${this.state(p)} = ${p.add(state)}`);
    if (review) conditions.push(`${this.reviewState(p)} = ${p.add(review)}`);
    if (month) {
      const first = `${p.add(`${month}-01`)}::date`;
      conditions.push(
        `e.requested_at >= ${beginningOf(first)} and e.requested_at < ${beginningOf(`(${first} + interval '1 month')`)}`,
      );
    }
    return this.pages.read(
      {
        row: `${row}::text`,
        sources: [`from cases.emergency_access e where ${conditions.join(' and ')}`],
        keys: [{ column: 'e.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'emergency-accesses', caseId, subject, state, review, month },
        subject: { type: 'emergency_access', id: 'e.id' },
      },
      query,
      p,
    );
  }

  private mine(p: Parameters): string {
    const own = `(e.subject = ${p.add(context().user!.subject)} and ${freeCase('e.case_id', p.add)})`;
    return `(${own} or ${this.access.visible('e.case_id', p.add)})`;
  }

  private state(p: Parameters): string {
    const now = `${p.add(this.clock.now())}::timestamptz`;
    return `(case when e.until_at > ${now} then 'active' when e.until_at is not null then 'over'
      when e.requested_at > ${now} - interval '${EMERGENCY_MINUTES} minutes' then 'awaiting_approval' else 'lapsed' end)`;
  }

  private reviewState(p: Parameters): string {
    return `(case when e.review is not null then 'done' when e.review_due_on is null then 'none'
      when e.review_due_on < ${p.add(this.clock.today())}::date then 'overdue' else 'open' end)`;
  }

  private row(p: Parameters): string {
    return `json_build_object('id', e.id, 'version', e.version, 'caseId', e.case_id, 'subject', e.subject,
      'reasonCode', e.reason_code, 'justification', e.justification, 'minutes', e.minutes, 'state', ${this.state(p)},
      'requestedAt', ${instant('e.requested_at')}, 'needsApproval', e.needs_approval, 'approvedBy', e.approved_by,
      'fromAt', ${instant('e.from_at')}, 'untilAt', ${instant('e.until_at')}, 'endedBy', e.ended_by,
      'reviewState', ${this.reviewState(p)}, 'reviewDueOn', e.review_due_on, 'review', e.review)`;
  }
}
