import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { dayText } from '../../../../shared/database/sql';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import type { FollowUpCause } from '../../domain/intake/intake.words';
import type { HandoverFacts, PlanFacts, TransferCategory } from '../../domain/steering/case-transfer.values';
import type { CaseFacts } from '../case/case.reader';

const NO_PLAN: PlanFacts = { plans: [], measures: [], referrals: [], nextDates: [] };

/** Causes of follow-ups that say what a client may not know yet (CONS-4), or who looked into the case (§6.3). */
const STAYS: readonly (string | null)[] = [
  'exception_unconfirmed',
  'exception_client_uninformed',
  'exception_ending',
  'emergency_access',
  'emergency_unreviewed',
] satisfies FollowUpCause[];

type Course = {
  fieldOfPractice: string;
  openedOn: string;
  followUps: HandoverFacts['followUps'];
  resubmitOn: string | null;
};

/** Gathers how a case stands, for the summary of its handover (CASE-12). */
@Injectable()
export class HandoverFactsReader {
  /**
   * Agreed plan, measures, referrals and dates of a client; `known`: without referrals the client is not to know of yet
   * (CONS-4). Set by the service-plan module, whose tables say it.
   */
  planFacts: (caseId: string, personId: string, known: boolean) => Promise<PlanFacts> = async () => NO_PLAN;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** All of it, for those who work on the case. */
  now(facts: CaseFacts): Promise<HandoverFacts> {
    return this.of(facts, true, false);
  }

  /**
   * To be kept with an offer: without what stays with those who work on the case (exceptions, emergency accesses). For
   * another organisation (`categories`) only what the release covers, without free text about follow-ups.
   */
  async kept(facts: CaseFacts, categories: readonly TransferCategory[] | null): Promise<HandoverFacts> {
    const found = await this.of(facts, categories === null || categories.includes('service_plan'), true);
    const followUps = found.followUps
      .filter(({ cause }) => !STAYS.includes(cause))
      .map((one) => (categories === null ? one : { ...one, subject: null }));
    return { ...found, followUps };
  }

  private async of(facts: CaseFacts, withPlan: boolean, known: boolean): Promise<HandoverFacts> {
    const { caseId, personId, phase, status, agreedOn } = facts;
    const course = await this.uow.one<Course>(
      `select c.field_of_practice as "fieldOfPractice", ${dayText('c.opened_at')} as "openedOn",
         c.suspension->>'resubmitOn' as "resubmitOn",
         coalesce((select json_agg(json_build_object('dueOn', f.due_on, 'cause', f.cause, 'subject', f.subject) order by f.due_on, f.id)
           from (select * from cases.follow_up f where f.tenant_id = $1 and f.case_id = $2 and f.status = 'open'
             order by f.due_on, f.id limit 100) f), '[]') as "followUps"
       from cases.case c where c.tenant_id = $1 and c.id = $2`,
      [context().tenantId, caseId],
    );
    const { resubmitOn, followUps, ...begun } = course!;
    const plan = withPlan ? await this.planFacts(caseId, personId, known) : NO_PLAN;
    const dates = [...plan.nextDates, ...(resubmitOn ? [{ on: resubmitOn, what: 'resubmission' }] : [])];
    return {
      asOf: this.clock.today(),
      ...begun,
      phase,
      caseStatus: status,
      agreedOn,
      followUps,
      ...plan,
      nextDates: dates.sort((a, b) => a.on.localeCompare(b.on)),
    };
  }
}
