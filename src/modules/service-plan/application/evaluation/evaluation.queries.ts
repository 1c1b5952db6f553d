import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { instant } from '../../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import type { Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { readOne } from '../../../../shared/http/read-one';
import { planOfReader } from '../plan/plan-access';

const ROW = `json_build_object('id', t.id, 'version', t.version, 'caseId', t.case_id, 'planId', t.plan_id, 'status', t.status,
  'appointmentOn', t.appointment_on, 'tScore', t.t_score, 'recordedAt', ${instant('t.recorded_at')})`;

/** CONS-4: a provider that the client is not to know of yet: all that went to it in the case went out on exceptions. */
const CONCEALED = `exists (select 1 from service_plan.referral r where r.tenant_id = t.tenant_id and r.case_id = t.case_id
    and r.provider_id::text = side->>'providerId' and r.concealed_by is not null)
  and not exists (select 1 from service_plan.referral r where r.tenant_id = t.tenant_id and r.case_id = t.case_id
    and r.provider_id::text = side->>'providerId' and r.sent_at is not null and r.concealed_by is null)`;

/** Of a list of sides what the reader may see; `client` is the condition of reading as the client. */
const sides = (list: string, client: string, more = 'true') =>
  client === 'false'
    ? list
    : `(select coalesce(jsonb_agg(side order by n), '[]') from jsonb_array_elements(${list}) with ordinality as given(side, n)
        where not ${client} or (${more} and not (${CONCEALED})))`;

/** While it is open, a client reads the own rating only, so that each side rates for itself. */
const view = (
  client: string,
) => `json_build_object('id', t.id, 'version', t.version, 'caseId', t.case_id, 'planId', t.plan_id,
  'status', t.status, 'ratings', ${sides('t.ratings', client, `(t.status = 'recorded' or side->>'side' = 'client')`)},
  'notRated', ${sides('t.not_rated', client)}, 'whatChanged', t.what_changed, 'aftercare', t.aftercare,
  'handoverToRegular', t.handover_to_regular, 'lessonsForNetwork', t.lessons_for_network, 'appointmentOn', t.appointment_on,
  'appointmentNotHeldReason', t.appointment_not_held_reason,
  'effort', coalesce(t.effort, (select jsonb_build_object('minutes', e.minutes, 'costCents', e.cost_cents)
     from service_plan.case_effort e where e.tenant_id = t.tenant_id and e.case_id = t.case_id), '{"minutes": 0, "costCents": 0}'),
  'tScore', t.t_score, 'openedBy', t.opened_by, 'recordedBy', t.recorded_by, 'recordedAt', ${instant('t.recorded_at')})`;

/** Reads evaluations. */
@Injectable()
export class EvaluationQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const sql = `select ${view(this.access.readsAsClient('t.case_id', p.add))}::text as j, t.version, t.case_id from service_plan.evaluation t
      where t.tenant_id = ${p.add(context().tenantId)} and t.id = ${p.add(id)} and ${this.access.visible('t.case_id', p.add)}
        and ${planOfReader('t.plan_id', this.clock.today(), p.add)}`;
    return readOne(this.uow, 'evaluation', id, sql, p);
  }

  /** The evaluations of a case, latest first. */
  async ofCase(caseId: string, query: PageQuery): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    return this.pages.read(
      {
        row: ROW,
        sources: [
          `from service_plan.evaluation t where t.tenant_id = ${p.add(context().tenantId)} and t.case_id = ${p.add(caseId)}
             and ${planOfReader('t.plan_id', this.clock.today(), p.add)}`,
        ],
        keys: [{ column: 't.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'evaluations', caseId },
        subject: { type: 'evaluation', id: 't.id' },
      },
      query,
      p,
    );
  }
}
