import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import type { Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { readOne } from '../../../../shared/http/read-one';
import { planOfReader } from '../plan/plan-access';

const VIEW = `json_build_object('id', t.id, 'version', t.version, 'caseId', t.case_id, 'planId', t.plan_id, 'measureId', t.measure_id,
  'goalId', t.goal_id, 'source', t.source, 'on', t.seen_on, 'deliveredAsAgreed', t.delivered_as_agreed, 'effect', t.effect,
  'acceptedByClient', t.accepted_by_client, 'cooperationWorking', t.cooperation_working, 'deviations', t.deviations,
  'deviation', t.deviation, 'decision', t.decision, 'reason', t.reason, 'recordedBy', t.recorded_by)`;

/** Reads what was seen of a plan. */
@Injectable()
export class MonitoringQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const sql = `select ${VIEW}::text as j, t.version, t.case_id from service_plan.monitoring t
      where t.tenant_id = ${p.add(context().tenantId)} and t.id = ${p.add(id)} and ${this.access.visible('t.case_id', p.add)}
        and ${planOfReader('t.plan_id', this.clock.today(), p.add)}`;
    return readOne(this.uow, 'monitoring', id, sql, p);
  }

  /** The records of a plan, latest day first. */
  ofPlan(
    planId: string,
    { goalId, measureId, ...query }: PageQuery & { goalId?: string; measureId?: string },
  ): Promise<Page> {
    const p = new Parameters();
    const where = [
      `t.tenant_id = ${p.add(context().tenantId)}`,
      `t.plan_id = ${p.add(planId)}`,
      this.access.visible('t.case_id', p.add),
      planOfReader('t.plan_id', this.clock.today(), p.add),
    ];
    if (goalId) where.push(`t.goal_id = ${p.add(goalId)}`);
    if (measureId) where.push(`t.measure_id = ${p.add(measureId)}`);
    return this.pages.read(
      {
        row: VIEW,
        sources: [`from service_plan.monitoring t where ${where.join(' and ')}`],
        keys: [
          { column: 't.seen_on', type: 'date' },
          { column: 't.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'monitoring', planId, goalId, measureId },
        subject: { type: 'monitoring', id: 't.id' },
      },
      query,
      p,
    );
  }
}
