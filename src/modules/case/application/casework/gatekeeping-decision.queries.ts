import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { staffOnly } from '../case/staff-only';

/** Reads gatekeeping decisions. The client of the case reads those that were announced to them. */
@Injectable()
export class GatekeepingDecisionQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const staff = staffOnly('g.case_id', p.add);
    const row = await this.uow.one<{ json: string; version: number; case_id: string }>(
      `select g.version, g.case_id, ${jsonOf(staff)} as json from cases.gatekeeping_decision g
       where g.tenant_id = ${p.add(context().tenantId)} and g.id = ${p.add(id)}
         and ${this.access.visible('g.case_id', p.add)} and (g.announcement is not null or ${staff})`,
      p.values,
    );
    if (!row) throw new NotFound('gatekeeping decision', id);
    return new Resource(row.json, row.version, {
      resourceType: 'gatekeeping_decision',
      resourceIds: [id],
      caseId: row.case_id,
    });
  }

  /** The decisions of a case, the latest first. */
  async list(caseId: string, { decision, ...query }: PageQuery & { decision?: string }): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    const staff = staffOnly('g.case_id', p.add);
    const conditions = [`g.tenant_id = ${p.add(context().tenantId)}`, `g.case_id = ${p.add(caseId)}`];
    if (decision !== undefined) conditions.push(`g.decision = ${p.add(decision)}`);
    conditions.push(`(g.announcement is not null or ${staff})`);
    return this.pages.read(
      {
        row: jsonOf(staff),
        sources: [`from cases.gatekeeping_decision g where ${conditions.join(' and ')}`],
        keys: [
          { column: 'g.decided_on', type: 'date' },
          { column: 'g.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'gatekeeping-decisions', caseId, decision },
        subject: { type: 'gatekeeping_decision', id: 'g.id' },
      },
      query,
      p,
    );
  }
}

/** `staff`: the condition under which a decision not yet announced may be named as the one that revises this. */
const jsonOf = (staff: string) =>
  `json_build_object('id', g.id, 'version', g.version, 'caseId', g.case_id, 'service', g.service, 'decision', g.decision,
    'grantedPart', g.granted_part, 'decidedOn', g.decided_on, 'criteria', g.criteria, 'information', g.information,
    'alternative', g.alternative, 'cost', g.cost, 'payer', g.payer, 'appeal', g.appeal, 'reasons', g.reasons,
    'announcement', g.announcement, 'revisesId', g.revises_id, 'revisionReason', g.revision_reason,
    'revisedById', case when ${staff} or exists (select 1 from cases.gatekeeping_decision r
      where r.tenant_id = g.tenant_id and r.id = g.revised_by_id and r.announcement is not null) then g.revised_by_id end,
    'recordedBy', g.recorded_by, 'recordedAt', g.recorded_at)::text`;
