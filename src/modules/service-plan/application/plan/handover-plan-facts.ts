import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { HandoverFactsReader, type PlanFacts } from '../../../case';
import { NetworkReader } from '../../../network';
import { OPEN_STATES } from '../../domain/referral/referral-course';

type Referral = Omit<PlanFacts['referrals'][number], 'provider'> & { providerId: string };

/** Tells the case module what is planned and under way in a case that is handed over (CASE-12). People are not named. */
@Injectable()
export class HandoverPlanFacts {
  constructor(
    facts: HandoverFactsReader,
    private readonly uow: UnitOfWork,
    private readonly network: NetworkReader,
  ) {
    facts.planFacts = (caseId, personId, known) => this.of(caseId, personId, known);
  }

  private async of(caseId: string, personId: string, known: boolean): Promise<PlanFacts> {
    const found = await this.uow.one<Omit<PlanFacts, 'referrals'> & { referrals: Referral[] }>(
      `with plan as (
         select s.id, s.progress, e.edition, e.content, e.terms from service_plan.service_plan s
         join service_plan.plan_edition e on e.tenant_id = s.tenant_id and e.plan_id = s.id and e.edition = (s.in_force->>'edition')::int
         where s.tenant_id = $1 and s.case_id = $2 and s.person_id = $3 and s.state <> 'ended')
       select
         coalesce((select json_agg(json_build_object('edition', p.edition, 'agreedOn', p.terms->'agreedOn', 'reviewOn', p.terms->'reviewOn',
             'goals', (select coalesce(json_agg(json_build_object('level', g->'level', 'statement', g->'statement',
               'targetDate', g->'targetDate') order by n), '[]') from jsonb_array_elements(p.content->'goals') with ordinality as goal(g, n)))
           order by p.id) from plan p), '[]') as plans,
         coalesce((select json_agg(json_build_object('title', m->'title', 'state', coalesce(p.progress->(m->>'id')->>'state', 'planned'),
             'responsible', m->'responsible'->'kind', 'endOn', m->'endOn',
             'provider', case when m->'responsible'->>'kind' = 'provider' then m->'responsible'->'name' end) order by p.id, n)
           from plan p, jsonb_array_elements(p.content->'measures') with ordinality as measure(m, n)
           where coalesce(p.progress->(m->>'id')->>'state', 'planned') in ('planned', 'running')), '[]') as measures,
         coalesce((select json_agg(json_build_object('providerId', r.provider_id, 'state', r.state, 'expectedOn', r.expected_on) order by r.id)
           from service_plan.referral r where r.tenant_id = $1 and r.case_id = $2 and r.state = any($4)
             and (r.concealed_by is null or not $5::boolean)), '[]') as referrals,
         coalesce((select json_agg(json_build_object('on', d.day, 'what', d.what) order by d.day) from (
           select v.due_on as day, 'review' as what from service_plan.review v
           where v.tenant_id = $1 and v.case_id = $2 and v.status = 'planned'
           union all
           select t.planned_on, 'conference' from service_plan.conference_case cc
           join service_plan.conference t on t.tenant_id = cc.tenant_id and t.id = cc.conference_id
           where cc.tenant_id = $1 and cc.case_id = $2 and t.status = 'planned') d), '[]') as "nextDates"`,
      [context().tenantId, caseId, personId, OPEN_STATES, known],
    );
    const referrals: PlanFacts['referrals'] = [];
    for (const { providerId, ...referral } of found!.referrals) {
      const provider = await this.network.provider(providerId);
      referrals.push({ ...referral, provider: provider && !provider.informal ? provider.name : null });
    }
    return { ...found!, referrals };
  }
}
