import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Answer } from '../../../../shared/http/answer';
import { LinkedCaseReader, type OpenParts, type SharedPart } from '../../../case';

type Identified = { id: string };
/** By part what was opened of it, latest first; null where the part is not open to the reader. */
export type OpenedParts = { caseId: string } & Record<SharedPart, readonly Identified[] | null>;

/** CASE-11: reads of a linked case exactly what it opened to the reader, within the consent of the moment. */
@Injectable()
export class OpenedPartsQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly linked: LinkedCaseReader,
  ) {}

  ofCase(caseId: string): Promise<Answer<OpenedParts>> {
    return this.uow.run(async () => {
      const open = await this.linked.require(caseId);
      const p = new Parameters();
      const columns = open.parts.map((part) => `(select ${CONTENT[part](open, p.add)}) as "${part}"`);
      const found = await this.uow.one<Partial<OpenedParts>>(`select ${columns.join(', ')}`, p.values);
      const body: OpenedParts = { caseId, plan: null, goals: null, conference: null, ...found };
      const ids = open.parts.flatMap((part) => (body[part] ?? []).map(({ id }) => id));
      return new Answer(body, { resourceType: 'opened-parts', resourceIds: [...new Set(ids)], caseId });
    });
  }
}

type Content = (open: OpenParts, add: Parameters['add']) => string;

/** The client's own plans as signed in the edition in force: plans of other members of the family need their release. */
const editions =
  (more: string): Content =>
  ({ caseId, personId }, add) =>
    `coalesce(json_agg(json_build_object('id', s.id, 'edition', e.edition, 'agreedOn', e.terms->'agreedOn',
      'reviewOn', e.terms->'reviewOn', 'goals', e.content->'goals' ${more}) order by s.id desc), '[]')
    from service_plan.service_plan s
    join service_plan.plan_edition e on e.tenant_id = s.tenant_id and e.plan_id = s.id
      and e.edition = (s.in_force->>'edition')::int
    where s.tenant_id = ${add(context().tenantId)} and s.case_id = ${add(caseId)}
      and s.person_id = ${add(personId)} and s.state <> 'ended'`;

/** The record of conferences held; one held jointly with a third case is that case's as well, and not shown. */
const minutes: Content = ({ caseId, readFrom }, add) =>
  `coalesce(json_agg(json_build_object('id', t.id, 'kind', t.kind, 'heldOn', t.held_on, 'participants', t.participants,
      'minutes', t.minutes, 'dissent', t.dissent, 'decisions', (select coalesce(jsonb_agg(d - 'takenOver' order by n), '[]')
        from jsonb_array_elements(t.decisions) with ordinality as decision(d, n))) order by t.id desc), '[]')
  from (select t.* from service_plan.conference_case cc
    join service_plan.conference t on t.tenant_id = cc.tenant_id and t.id = cc.conference_id
    where cc.tenant_id = ${add(context().tenantId)} and cc.case_id = ${add(caseId)} and t.status = 'held'
      and t.case_ids <@ ${add(JSON.stringify([caseId, ...readFrom]))}::jsonb
    order by t.id desc limit 100) t`;

const CONTENT: Record<SharedPart, Content> = {
  goals: editions(''),
  plan: editions(`, 'planningMode', e.content->'planningMode', 'horizon', e.content->'horizon',
      'subsidiarityReason', e.content->'subsidiarityReason', 'measures', e.content->'measures'`),
  conference: minutes,
};
