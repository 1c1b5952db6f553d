import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../shared/auth/case-access';
import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { Answer, type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';
import { type Comparison, compare } from '../domain/comparison';
import { instrumentOf } from '../domain/instruments';
import type { Perspective } from '../domain/perspective';

/** Reads of assessments. Clients see those about themselves. */
@Injectable()
export class AssessmentQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  async byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ j: string; version: number; case_id: string }>(
      `select json_build_object(${this.head(p)}, 'instrumentVersion', a.instrument_version, 'previousId', a.previous_id,
         'startedBy', a.started_by, 'perspectives', a.perspectives, 'missingPerspectives', a.missing_perspectives,
         'result', a.result, 'clientAgreement', a.client_agreement, 'stopped', a.stopped)::text as j, a.version, a.case_id
       from assessment.assessment a where ${this.visible(p, id)}`,
      p.values,
    );
    if (!found) throw new NotFound('assessment', id);
    return new Resource(found.j, found.version, {
      resourceType: 'assessment',
      resourceIds: [id],
      caseId: found.case_id,
    });
  }

  async list(caseId: string, query: PageQuery): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    return this.pages.read(
      {
        row: `json_build_object(${this.head(p)}, 'perspectives', jsonb_path_query_array(a.perspectives, '$[*].key'),
          'needs', coalesce(jsonb_array_length(a.result->'needs'), 0))`,
        sources: [
          `from assessment.assessment a where a.tenant_id = ${p.add(context().tenantId)} and a.case_id = ${p.add(caseId)} and ${aboutMe()}`,
        ],
        keys: [{ column: 'a.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'assessments', caseId },
        subject: { type: 'assessment', id: 'a.id' },
      },
      query,
      p,
    );
  }

  /** ASMT-2: the perspectives side by side. */
  async comparison(
    id: string,
  ): Promise<Answer<Comparison & { assessmentId: string; instrument: string; instrumentVersion: string }>> {
    const p = new Parameters();
    const found = await this.uow.one<{
      case_id: string;
      instrument: string;
      instrument_version: string;
      perspectives: Perspective[];
    }>(
      `select a.case_id, a.instrument, a.instrument_version, a.perspectives from assessment.assessment a where ${this.visible(p, id)}`,
      p.values,
    );
    if (!found) throw new NotFound('assessment', id);
    const { case_id: caseId, instrument, instrument_version: instrumentVersion, perspectives } = found;
    const comparison = compare(instrumentOf(instrument, instrumentVersion)!, perspectives);
    return new Answer(
      { assessmentId: id, instrument, instrumentVersion, ...comparison },
      { resourceType: 'assessment', resourceIds: [id], caseId },
    );
  }

  private visible(p: Parameters, id: string): string {
    return `a.tenant_id = ${p.add(context().tenantId)} and a.id = ${p.add(id)} and ${aboutMe()} and ${this.access.visible('a.case_id', p.add)}`;
  }

  /** What list and single view share; `overrun` is the plan not kept (ASMT-3). */
  private head(p: Parameters): string {
    return `'id', a.id, 'version', a.version, 'caseId', a.case_id, 'personId', a.person_id, 'ofClient', a.of_client,
      'instrument', a.instrument, 'kind', a.kind, 'status', a.status, 'startOn', a.start_on, 'plannedEnd', a.planned_end,
      'completedOn', a.completed_on, 'overrun', a.status = 'open' and a.planned_end < ${p.add(this.clock.today())}::date`;
  }
}

/** Whoever relates to the case only as its client sees the assessments about the client. */
const aboutMe = () => (context().relationships.some((relationship) => relationship !== 'own') ? 'true' : 'a.of_client');
