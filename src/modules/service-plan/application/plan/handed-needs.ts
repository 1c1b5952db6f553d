import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { FieldFault } from '../../../../shared/domain/errors';
import type { Page } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { CaseReader } from '../../../case';
import type { AssessmentCompleted } from '../../../assessment/events';
import { faultIf } from '../../domain/plan/steering.faults';

/** Which of what was handed over is wanted; without `show` what is open. */
export type HandedFilter = PageQuery & { show?: string; kind?: string };

/** The needs and resources that assessments handed over to the plans of a case (PLAN-1). */
@Injectable()
export class HandedNeeds {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly cases: CaseReader,
  ) {}

  /**
   * Takes over what an assessment found. A later result supersedes an earlier one on the same person, in whichever order
   * they arrive.
   */
  handOver({ aggregateId, caseId, personId, completedOn, at, needs, resources }: AssessmentCompleted): void {
    const { tenantId } = context();
    const handed = [
      ...needs.map(({ id, dimension, severity, urgency }) => ({ id, kind: 'need', dimension, severity, urgency })),
      ...resources.map(({ id, dimension, kind }) => ({ id, kind: 'resource', dimension, resource_kind: kind })),
    ];
    this.uow.write({
      sql: (add) => `
        update service_plan.handed_need set superseded_on = ${add(completedOn)}
        where tenant_id = ${add(tenantId)} and case_id = ${add(caseId)} and person_id = ${add(personId)}
          and superseded_on is null and handed_at < ${add(at)}`,
    });
    this.uow.write({
      sql: (add) => {
        const [tenant, theCase, person, instant] = [
          add(tenantId),
          add(caseId),
          `${add(personId)}::uuid`,
          `${add(at)}::timestamptz`,
        ];
        return `
        insert into service_plan.handed_need (tenant_id, assessment_id, id, case_id, person_id, kind, dimension, severity,
          urgency, resource_kind, handed_on, handed_at, superseded_on)
        select ${tenant}, ${add(aggregateId)}, h.id, ${theCase}, ${person}, h.kind, h.dimension, h.severity, h.urgency, h.resource_kind,
          ${add(completedOn)}::date, ${instant}, (select min(later.handed_on) from service_plan.handed_need later
            where later.tenant_id = ${tenant} and later.case_id = ${theCase}
              and later.person_id = ${person} and later.handed_at > ${instant})
        from jsonb_to_recordset(${add(JSON.stringify(handed))}::jsonb) as h(id uuid, kind text, dimension text, severity int,
          urgency text, resource_kind text)
        on conflict (tenant_id, assessment_id, id) do nothing`;
      },
    });
  }

  /** Whether there are needs to plan for. */
  async arePresent(caseId: string): Promise<boolean> {
    const rows = await this.uow.query(
      `select 1 from service_plan.handed_need
       where tenant_id = $1 and case_id = $2 and kind = 'need' and superseded_on is null limit 1`,
      [context().tenantId, caseId],
    );
    return rows.length > 0;
  }

  /** A fault for each of the needs that was never handed over in the case. */
  async faults(caseId: string, needIds: readonly string[]): Promise<FieldFault[]> {
    if (needIds.length === 0) return [];
    const rows = await this.uow.query<{ id: string }>(
      `select id from service_plan.handed_need where tenant_id = $1 and case_id = $2 and kind = 'need' and id = any($3::uuid[])`,
      [context().tenantId, caseId, needIds],
    );
    const known = new Set(rows.map(({ id }) => id));
    return needIds.flatMap(
      (id, i) =>
        faultIf(
          !known.has(id.toLowerCase()),
          `#/needIds/${i}`,
          'need-unknown',
          'No assessment of this case handed over a need of this id.',
          'Kein Assessment dieses Falls hat einen Bedarf mit dieser Kennung übergeben.',
        ) ?? [],
    );
  }

  /** What was handed over in a case, latest first; to its client only what was found of them (ASMT-2). */
  async list(caseId: string, { show = 'open', kind, ...query }: HandedFilter): Promise<Page> {
    const { personId } = await this.cases.require(caseId);
    const p = new Parameters();
    const conditions = [`h.tenant_id = ${p.add(context().tenantId)}`, `h.case_id = ${p.add(caseId)}`];
    if (context().relationships.every((relationship) => relationship === 'own'))
      conditions.push(`h.person_id = ${p.add(personId)}`);
    if (show === 'open') conditions.push('h.superseded_on is null');
    if (kind) conditions.push(`h.kind = ${p.add(kind)}`);
    return this.pages.read(
      {
        row: `json_build_object('id', h.id, 'assessmentId', h.assessment_id, 'personId', h.person_id, 'kind', h.kind, 'dimension', h.dimension,
          'severity', h.severity, 'urgency', h.urgency, 'resourceKind', h.resource_kind, 'handedOn', h.handed_on,
          'supersededOn', h.superseded_on)`,
        sources: [`from service_plan.handed_need h where ${conditions.join(' and ')}`],
        keys: [
          { column: 'h.handed_on', type: 'date' },
          { column: 'h.assessment_id', type: 'uuid' },
          { column: 'h.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'handed-needs', caseId, show, kind },
        subject: { type: 'handed-need', id: 'h.id' },
      },
      query,
      p,
    );
  }
}
