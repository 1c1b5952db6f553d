import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { freeCase } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { readOne } from '../../../../shared/http/read-one';
import { ConsentConditions } from '../../../consent';

const ROW = `json_build_object('id', t.id, 'version', t.version, 'kind', t.kind, 'status', t.status, 'caseIds', t.case_ids,
  'plannedOn', t.planned_on, 'heldOn', t.held_on, 'place', t.place)`;
/** `invitations`: those the reader may know of. */
const view = (
  invitations: string,
) => `json_build_object('id', t.id, 'version', t.version, 'kind', t.kind, 'status', t.status, 'caseId', t.case_id,
  'caseIds', t.case_ids, 'plannedOn', t.planned_on, 'place', t.place, 'agenda', t.agenda, 'invitations', ${invitations}, 'contributions', t.contributions,
  'heldOn', t.held_on, 'participants', t.participants, 'minutes', t.minutes, 'decisions', t.decisions, 'dissent', t.dissent,
  'cancelReason', t.cancel_reason, 'plannedBy', t.planned_by, 'minutesBy', t.minutes_by)`;

/** Reads conferences; a joint one is visible from each of its cases. Clients see those they were invited to. */
@Injectable()
export class ConferenceQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly consents: ConsentConditions,
  ) {}

  byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const sql = `select ${view(this.known(p))}::text as j, t.version, t.case_id from service_plan.conference t
      where t.tenant_id = ${p.add(context().tenantId)} and t.id = ${p.add(id)} and exists (
        select 1 from service_plan.conference_case cc where cc.tenant_id = t.tenant_id and cc.conference_id = t.id
          and ${this.access.visible('cc.case_id', p.add)}) and ${this.invited(p)} and ${this.free(p)}`;
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
           where cc.tenant_id = ${p.add(context().tenantId)} and cc.case_id = ${p.add(caseId)} and ${this.invited(p)}
             and ${this.free(p)}`,
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

  /** CONS-4: clients do not see who was invited on an exception that they were not told of yet. */
  private known(p: Parameters): string {
    const relied = `(select (c->>'consentId')::uuid as id from jsonb_array_elements(entry->'consents') c)`;
    return this.consents.known('t.invitations', this.asClient(p), relied, p.add);
  }

  /** What was held jointly is of every case in it: restricted for one, it is for all (GDPR 18), but for the clients. */
  private free(p: Parameters): string {
    if (context().relationships.every((relationship) => relationship === 'own')) return 'true';
    return `not exists (select 1 from service_plan.conference_case rc where rc.tenant_id = t.tenant_id
      and rc.conference_id = t.id and not ${freeCase('rc.case_id', p.add)})`;
  }

  private invited(p: Parameters): string {
    const client = this.asClient(p);
    if (client === 'false') return 'true';
    const me = JSON.stringify([{ recipient: { kind: 'person', id: context().user!.subject } }]);
    return `(not ${client} or t.invitations @> ${p.add(me)}::jsonb)`;
  }

  /** Whether the reader is the client of one of its cases. */
  private asClient(p: Parameters): string {
    const client = this.access.readsAsClient('own.case_id', p.add);
    if (client === 'false') return client;
    return `exists (select 1 from service_plan.conference_case own where own.tenant_id = t.tenant_id
      and own.conference_id = t.id and ${client})`;
  }
}
