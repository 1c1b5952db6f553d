import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../shared/auth/case-access';
import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import type { Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';
import { readOne } from './steering';

const ROW = `json_build_object('id', t.id, 'version', t.version, 'kind', t.kind, 'status', t.status, 'caseIds', t.case_ids,
  'plannedOn', t.planned_on, 'heldOn', t.held_on, 'place', t.place)`;
const VIEW = `json_build_object('id', t.id, 'version', t.version, 'kind', t.kind, 'status', t.status, 'caseId', t.case_id,
  'caseIds', t.case_ids, 'plannedOn', t.planned_on, 'place', t.place, 'agenda', t.agenda, 'invitations', t.invitations, 'contributions', t.contributions,
  'heldOn', t.held_on, 'participants', t.participants, 'minutes', t.minutes, 'decisions', t.decisions, 'dissent', t.dissent,
  'cancelReason', t.cancel_reason, 'plannedBy', t.planned_by, 'minutesBy', t.minutes_by)`;

/** Reads conferences; a joint one is visible from each of its cases. Clients see those they were invited to. */
@Injectable()
export class ConferenceQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
  ) {}

  byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const sql = `select ${VIEW}::text as j, t.version, t.case_id from service_plan.conference t
      where t.tenant_id = ${p.add(context().tenantId)} and t.id = ${p.add(id)} and exists (
        select 1 from service_plan.conference_case cc where cc.tenant_id = t.tenant_id and cc.conference_id = t.id
          and ${this.access.visible('cc.case_id', p.add)}) and ${this.invited(p)}`;
    return readOne(this.uow, 'conference', id, sql, p);
  }

  /** The conferences held for a case, latest planned first. */
  async ofCase(caseId: string, query: PageQuery): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    return this.pages.read(
      {
        row: ROW,
        sources: [
          `from service_plan.conference_case cc
           join service_plan.conference t on t.tenant_id = cc.tenant_id and t.id = cc.conference_id
           where cc.tenant_id = ${p.add(context().tenantId)} and cc.case_id = ${p.add(caseId)} and ${this.invited(p)}`,
        ],
        keys: [{ column: 'cc.conference_id', type: 'uuid' }],
        descending: true,
        filter: { list: 'conferences', caseId },
        subject: { type: 'conference', id: 't.id' },
      },
      query,
      p,
    );
  }

  private invited(p: Parameters): string {
    const { user, relationships } = context();
    if (relationships.some((relationship) => relationship !== 'own')) return 'true';
    return `t.invitations @> ${p.add(JSON.stringify([{ recipient: { kind: 'person', id: user!.subject } }]))}::jsonb`;
  }
}
