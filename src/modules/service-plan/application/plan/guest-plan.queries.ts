import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Answer, type Page } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { SteeringGuests } from '../../../case';

type Plan = { id: string };

/** Measures without the names of people; an organisation that provides is named. */
const MEASURES = `(select coalesce(jsonb_agg(m || jsonb_build_object('responsible', case
      when m->'responsible'->>'kind' is null then null
      else jsonb_build_object('kind', m->'responsible'->'kind',
        'name', case when m->'responsible'->>'kind' = 'provider' then m->'responsible'->'name' end) end) order by n), '[]')
    from jsonb_array_elements(e.content->'measures') with ordinality as measure(m, n))`;

/** What a guest reads of plan and conferences: without the names of other people (CASE-11). */
@Injectable()
export class GuestPlanQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly guests: SteeringGuests,
    private readonly pages: Pages,
  ) {}

  /** The client's own plans as signed in the edition in force. */
  plans(id: string): Promise<Answer<{ data: Plan[] }>> {
    return this.guests.read(id, 'plan', async ({ facts: { caseId, personId } }) => {
      const data = await this.uow.query<Plan>(
        `select s.id, e.edition, e.terms->>'agreedOn' as "agreedOn", e.terms->>'reviewOn' as "reviewOn",
           e.content->>'planningMode' as "planningMode", e.content->>'horizon' as horizon, e.content->'goals' as goals,
           ${MEASURES} as measures
         from service_plan.service_plan s
         join service_plan.plan_edition e on e.tenant_id = s.tenant_id and e.plan_id = s.id
           and e.edition = (s.in_force->>'edition')::int
         where s.tenant_id = $1 and s.case_id = $2 and s.person_id = $3 and s.state <> 'ended' order by s.id desc`,
        [context().tenantId, caseId, personId],
      );
      return new Answer({ data }, { resourceType: 'service_plan', resourceIds: data.map((plan) => plan.id), caseId });
    });
  }

  /** Conferences for this case alone: when, about what, and the record of those held. One for several cases is theirs too. */
  conferences(id: string, query: PageQuery): Promise<Page> {
    return this.guests.read(id, 'conference', ({ facts: { caseId } }) => {
      const p = new Parameters();
      return this.pages.read(
        {
          row: `json_build_object('id', t.id, 'kind', t.kind, 'status', t.status, 'plannedOn', t.planned_on, 'heldOn', t.held_on,
            'agenda', t.agenda, 'minutes', t.minutes, 'dissent', (select coalesce(jsonb_agg(d->'what' order by n), '[]')
              from jsonb_array_elements(t.dissent) with ordinality as dissent(d, n)),
            'decisions', (select coalesce(jsonb_agg(jsonb_build_object('id', d->'id', 'text', d->'text', 'becomes', d->'becomes')
              order by n), '[]') from jsonb_array_elements(t.decisions) with ordinality as decision(d, n)),
            'contributions', t.contributions)`,
          sources: [
            `from service_plan.conference_case cc
             join service_plan.conference t on t.tenant_id = cc.tenant_id and t.id = cc.conference_id
             where cc.tenant_id = ${p.add(context().tenantId)} and cc.case_id = ${p.add(caseId)} and t.status <> 'cancelled'
               and jsonb_array_length(t.case_ids) = 1`,
          ],
          keys: [{ column: 'cc.conference_id', type: 'uuid' }],
          descending: true,
          filter: { list: 'steering-conferences', id },
          subject: { type: 'conference', id: 't.id' },
        },
        query,
        p,
      );
    });
  }
}
