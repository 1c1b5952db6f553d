import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { instant } from '../../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Answer, type Page, type Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { readOne } from '../../../../shared/http/read-one';
import type { FrozenEdition } from '../../domain/plan/plan-content';
import { type EditionDiff, diffOf } from '../../domain/plan/plan-diff';
import { planOfReader } from './plan-access';

/** Reads of service plans, their editions and their goal attainment. */
@Injectable()
export class ServicePlanQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  /** The plan as it stands: the draft where there is one. */
  byId(id: string): Promise<Resource> {
    return this.one(id, PLAN, PLAN_SOURCE);
  }

  /** PLAN-7: the T-score, where each goal stands, and all ratings, latest first. */
  attainment(id: string): Promise<Resource> {
    return this.one(id, ATTAINMENT, PLAN_SOURCE);
  }

  /** PLAN-3: an edition as it was signed. */
  async edition(id: string, edition: number): Promise<Resource> {
    requireEdition(id, edition);
    return this.one(id, EDITION, EDITION_SOURCE, edition);
  }

  async ofCase(caseId: string, query: PageQuery): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    return this.pages.read(
      {
        row: PLAN_ROW,
        sources: [
          `${PLAN_SOURCE} where s.tenant_id = ${p.add(context().tenantId)} and s.case_id = ${p.add(caseId)}
             and ${planOfReader('s.id', this.clock.today(), p.add)}`,
        ],
        keys: [{ column: 's.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'service-plans', caseId },
        subject: { type: 'service-plan', id: 's.id' },
      },
      query,
      p,
    );
  }

  async editions(id: string, query: PageQuery): Promise<Page> {
    await this.byId(id);
    const p = new Parameters();
    return this.pages.read(
      {
        row: EDITION_ROW,
        sources: [
          `from service_plan.plan_edition e where e.tenant_id = ${p.add(context().tenantId)} and e.plan_id = ${p.add(id)}`,
        ],
        keys: [{ column: 'e.edition', type: 'int' }],
        descending: true,
        filter: { list: 'plan-editions', id },
        subject: { type: 'service-plan', id: 'e.plan_id' },
      },
      query,
      p,
    );
  }

  /** PLAN-3: what the edition changes against the one before. */
  async diff(id: string, edition: number): Promise<Answer<EditionDiff>> {
    requireEdition(id, edition);
    const p = new Parameters();
    const rows = await this.uow.query<FrozenEdition & { caseId: string }>(
      `select e.edition, e.content, e.signatures, e.terms, e.case_id as "caseId" from service_plan.plan_edition e
       where e.tenant_id = ${p.add(context().tenantId)} and e.plan_id = ${p.add(id)}
         and e.edition in (${p.add(edition)}, ${p.add(edition - 1)}) and ${this.access.visible('e.case_id', p.add)}
         and ${planOfReader('e.plan_id', this.clock.today(), p.add)}`,
      p.values,
    );
    const found = rows.find((row) => row.edition === edition);
    if (!found) throw new NotFound('plan edition', id);
    const before = rows.find((row) => row.edition !== edition) ?? null;
    return new Answer(diffOf(found, before), { resourceType: 'service-plan', resourceIds: [id], caseId: found.caseId });
  }

  private one(id: string, row: string, source: string, edition?: number): Promise<Resource> {
    const p = new Parameters();
    return readOne(
      this.uow,
      'service-plan',
      id,
      `select ${row}::text as j, s.version, s.case_id ${source} where s.tenant_id = ${p.add(context().tenantId)}
         and s.id = ${p.add(id)} ${edition === undefined ? '' : `and e.edition = ${p.add(edition)}`}
         and ${this.access.visible('s.case_id', p.add)} and ${planOfReader('s.id', this.clock.today(), p.add)}`,
      p,
    );
  }
}

/** No edition has a number beyond what the column holds. */
function requireEdition(id: string, edition: number): void {
  if (edition < 1 || edition > 2_147_483_647) throw new NotFound('plan edition', id);
}

const PLAN_SOURCE = 'from service_plan.service_plan s';
const EDITION_SOURCE = `${PLAN_SOURCE} join service_plan.plan_edition e on e.tenant_id = s.tenant_id and e.plan_id = s.id`;

const PLANNED = `'{"state": "planned", "startedOn": null, "endedOn": null, "note": null}'::jsonb`;

const PLAN = `json_build_object('id', s.id, 'version', s.version, 'caseId', s.case_id, 'personId', s.person_id,
  'state', s.state, 'edition', s.edition, 'planningMode', s.planning_mode, 'horizon', s.horizon,
  'subsidiarityReason', s.subsidiarity_reason, 'revisionReason', s.revision_reason, 'goals', s.goals,
  'measures', (select coalesce(jsonb_agg(m || coalesce(s.progress -> (m->>'id'), ${PLANNED}) order by n), '[]')
    from jsonb_array_elements(s.measures) with ordinality as measure(m, n)),
  'removed', s.removed, 'signatures', s.signatures,
  'inForce', (s.in_force -> 'terms') || jsonb_build_object('edition', s.in_force -> 'edition'),
  'tScore', s.t_score, 'openedBy', s.opened_by, 'openedAt', ${instant('s.opened_at')})`;

const PLAN_ROW = `json_build_object('id', s.id, 'version', s.version, 'caseId', s.case_id, 'personId', s.person_id,
  'state', s.state, 'edition', s.edition, 'planningMode', s.planning_mode, 'horizon', s.horizon,
  'agreedOn', s.in_force #> '{terms,agreedOn}', 'reviewOn', s.in_force #> '{terms,reviewOn}', 'tScore', s.t_score,
  'goals', jsonb_array_length(s.goals), 'measures', jsonb_array_length(s.measures))`;

const ATTAINMENT = `json_build_object('planId', s.id, 'edition', s.in_force -> 'edition', 'tScore', s.t_score,
  'goals', (select coalesce(jsonb_agg(jsonb_build_object('goalId', g->'id', 'statement', g->'statement', 'weight', g->'weight',
      'scale', g->'scale', 'since', s.in_force->'since'->(g->>'id'), 'level', s.attainment->(g->>'id')->'level',
      'ratedOn', s.attainment->(g->>'id')->'on', 'ratedBy', s.attainment->(g->>'id')->'ratedBy') order by n), '[]')
    from jsonb_array_elements(s.in_force -> 'goals') with ordinality as goal(g, n) where g->>'level' = 'outcome'),
  'history', (select coalesce(json_agg(json_build_object('id', r.id, 'goalId', r.goal_id, 'edition', r.edition,
      'level', r.level, 'on', r.rated_on, 'ratedBy', r.rated_by, 'note', r.note, 'tScore', r.t_score,
      'recordedBy', r.recorded_by, 'recordedAt', ${instant('r.recorded_at')}) order by r.id desc), '[]')
    from (select * from service_plan.goal_rating r where r.tenant_id = s.tenant_id and r.plan_id = s.id
      order by r.id desc limit 1000) r))`;

const EDITION = `json_build_object('planId', e.plan_id, 'caseId', e.case_id, 'edition', e.edition, 'content', e.content,
  'signatures', e.signatures, 'terms', e.terms, 'hash', e.hash, 'agreedBy', e.agreed_by, 'agreedAt', ${instant('e.agreed_at')})`;

const EDITION_ROW = `json_build_object('planId', e.plan_id, 'edition', e.edition, 'agreedOn', e.terms -> 'agreedOn',
  'reviewOn', e.terms -> 'reviewOn', 'revisionReason', e.content -> 'revisionReason', 'hash', e.hash,
  'agreedBy', e.agreed_by, 'agreedAt', ${instant('e.agreed_at')})`;
