import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { dayText } from '../../../shared/database/sql';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import type { HandoverFacts, PlanFacts, TransferCategory } from '../domain/case-transfer.values';
import type { CaseFacts } from './case.reader';

const NO_PLAN: PlanFacts = { plans: [], measures: [], referrals: [], nextDates: [] };

type Course = {
  fieldOfPractice: string;
  openedOn: string;
  followUps: HandoverFacts['followUps'];
  resubmitOn: string | null;
};

/** Gathers how a case stands, for the summary of its handover (CASE-12). */
@Injectable()
export class HandoverFactsReader {
  /** Agreed plan, measures, referrals and dates of a client. Set by the service-plan module, whose tables say it. */
  planFacts: (caseId: string, personId: string) => Promise<PlanFacts> = async () => NO_PLAN;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** For another organisation (`categories`) only what the release covers, without free text about follow-ups. */
  async of(facts: CaseFacts, categories: readonly TransferCategory[] | null): Promise<HandoverFacts> {
    const { caseId, personId, phase, status, agreedOn } = facts;
    const [course] = await this.uow.query<Course>(
      `select c.field_of_practice as "fieldOfPractice", ${dayText('c.opened_at')} as "openedOn",
         c.suspension->>'resubmitOn' as "resubmitOn",
         coalesce((select json_agg(json_build_object('dueOn', f.due_on, 'cause', f.cause, 'subject', f.subject) order by f.due_on, f.id)
           from (select * from cases.follow_up f where f.tenant_id = $1 and f.case_id = $2 and f.status = 'open'
             order by f.due_on, f.id limit 100) f), '[]') as "followUps"
       from cases.case c where c.tenant_id = $1 and c.id = $2`,
      [context().tenantId, caseId],
    );
    const { resubmitOn, followUps, ...begun } = course!;
    const withPlan = categories === null || categories.includes('service_plan');
    const plan = withPlan ? await this.planFacts(caseId, personId) : NO_PLAN;
    const dates = [...plan.nextDates, ...(resubmitOn ? [{ on: resubmitOn, what: 'resubmission' }] : [])];
    return {
      asOf: this.clock.today(),
      ...begun,
      phase,
      caseStatus: status,
      agreedOn,
      followUps: categories === null ? followUps : followUps.map((one) => ({ ...one, subject: null })),
      ...plan,
      nextDates: dates.sort((a, b) => a.on.localeCompare(b.on)),
    };
  }
}
