import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { freeCase } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { staffOnly } from '../case/staff-only';

/** What a follow-up is about: the thing that is its cause, or else the case. */
const LINK = `case f.cause when 'plan_review' then '/v1/reviews/' || f.reference when 'referral_unanswered' then '/v1/referrals/' || f.reference
  when 'assessment_overrun' then '/v1/assessments/' || f.reference
  when 'emergency_access' then '/v1/emergency-accesses/' || f.reference when 'emergency_unreviewed' then '/v1/emergency-accesses/' || f.reference
  when 'steering_unanswered' then '/v1/joint-steerings/' || f.reference when 'steering_not_taken_up' then '/v1/joint-steerings/' || f.reference
  when 'steering_invited' then '/v1/steering-invitations/' || f.reference
  when 'transfer_unanswered' then '/v1/transfers/' || f.reference when 'transfer_not_taken_up' then '/v1/transfers/' || f.reference
  when 'transfer_offered' then case when f.case_id is null then '/v1/transfer-offers/' else '/v1/transfers/' end || f.reference
  when 'invitation_unanswered' then '/v1/conferences/' || f.reference
  when 'plan_unsigned' then case when f.reference = f.case_id then '/v1/cases/' else '/v1/service-plans/' end || f.reference
  when 'consent_ending' then '/v1/consents/' || f.reference when 'client_came_of_age' then '/v1/consents/' || f.reference
  when 'minor_has_own_say' then '/v1/consents/' || f.reference when 'representation_ended' then '/v1/consents/' || f.reference when 'exception_ending' then '/v1/consent-exceptions/' || f.reference
  when 'exception_unconfirmed' then '/v1/consent-exceptions/' || f.reference when 'exception_client_uninformed' then '/v1/consent-exceptions/' || f.reference else '/v1/cases/' || f.case_id end`;
const MORE = `'link', ${LINK}, 'waitsForOthers', f.waits_for_others, 'escalatedTo', f.escalated_to, 'escalatedOn', f.escalated_on`;
const ROW = `json_build_object('id', f.id, 'version', f.version, 'caseId', f.case_id, 'assignee', f.assignee, 'dueOn', f.due_on,
  'subject', f.subject, 'cause', f.cause, 'reference', f.reference, 'status', f.status, ${MORE})::text`;
const COMPARE = { today: '=', overdue: '<', upcoming: '>' } as const;

/** When something is due, seen from today. */
export type DueWhen = keyof typeof COMPARE;

/** Reads follow-ups and the own work list. */
@Injectable()
export class FollowUpQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const { tenantId, user } = context();
    const row = await this.uow.one<{ json: string; version: number; case_id: string | null }>(
      `select f.version, f.case_id, json_build_object('id', f.id, 'version', f.version, 'caseId', f.case_id, 'assignee', f.assignee,
         'dueOn', f.due_on, 'subject', f.subject, 'cause', f.cause, 'reference', f.reference, 'status', f.status, ${MORE}, 'moves', f.moves,
         'ended', f.ended, 'recordedBy', f.recorded_by, 'recordedAt', f.recorded_at)::text as json
       from cases.follow_up f where f.tenant_id = ${p.add(tenantId)} and f.id = ${p.add(id)}
         and (${p.add(user!.subject)} in (f.assignee, f.escalated_to) or ${this.standsIn(p)} or ${this.access.visible('f.case_id', p.add)}) and ${staffOnly('f.case_id', p.add)}
         and ${freeCase('f.case_id', p.add)}`,
      p.values,
    );
    if (!row) throw new NotFound('follow-up', id);
    return new Resource(row.json, row.version, { resourceType: 'follow_up', resourceIds: [id], caseId: row.case_id });
  }

  /** The follow-ups of a case by due date; not for its client. */
  async ofCase(caseId: string, query: PageQuery & { status?: string }): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    const conditions = [
      `f.tenant_id = ${p.add(context().tenantId)}`,
      `f.case_id = ${p.add(caseId)}`,
      staffOnly('f.case_id', p.add),
    ];
    if (query.status !== undefined) conditions.push(`f.status = ${p.add(query.status)}`);
    return this.page([conditions], { list: 'follow-ups', caseId, status: query.status }, query, p);
  }

  /** What is open and assigned to the user, or to somebody absent for whom they stand in, by due date: one index scan each. */
  worklist(query: PageQuery & { due?: DueWhen; waiting?: boolean }): Promise<Page> {
    const p = new Parameters();
    const { tenantId, user } = context();
    const conditions = [`f.tenant_id = ${p.add(tenantId)}`, `f.status = 'open'`];
    const today = this.clock.today();
    if (query.due) conditions.push(`f.due_on ${COMPARE[query.due]} ${p.add(today)}::date`);
    if (query.waiting !== undefined) conditions.push(`f.waits_for_others = ${p.add(query.waiting)}`);
    const whose = [`f.assignee = ${p.add(user!.subject)}`, this.standsIn(p)];
    conditions.push(freeCase('f.case_id', p.add));
    const sources = whose.map((one) => [...conditions, one]);
    return this.page(
      sources,
      { list: 'worklist', me: user!.subject, due: query.due, waiting: query.waiting },
      query,
      p,
    );
  }

  /** What was brought before the user because it is overdue for long, by due date: one index scan. */
  escalated(query: PageQuery): Promise<Page> {
    const p = new Parameters();
    const { tenantId, user } = context();
    const me = p.add(user!.subject);
    const conditions = [
      `f.tenant_id = ${p.add(tenantId)}`,
      `f.status = 'open'`,
      `f.escalated_to = ${me}`,
      freeCase('f.case_id', p.add),
    ];
    return this.page([conditions], { list: 'escalated', me: user!.subject }, query, p);
  }

  /** The condition that the user stands in today for the absent one to whom the follow-up is assigned. */
  private standsIn(p: Parameters): string {
    return `(f.assignee = any(${this.access.absentOnes(p.add)})
      and ${p.add(context().user!.subject)} = any(${this.access.standIns('f.assignee collate "default"', 'f.case_id', p.add)}))`;
  }

  private page(sources: readonly string[][], filter: object, query: PageQuery, p: Parameters): Promise<Page> {
    return this.pages.read(
      {
        row: ROW,
        alias: 'f',
        sources: sources.map((conditions) => `from cases.follow_up f where ${conditions.join(' and ')}`),
        keys: [
          { column: 'f.due_on', type: 'date' },
          { column: 'f.id', type: 'uuid' },
        ],
        descending: false,
        filter,
        subject: { type: 'follow_up', id: 'f.id' },
      },
      query,
      p,
    );
  }
}
