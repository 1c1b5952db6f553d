import { Injectable } from '@nestjs/common';
import { freeCase } from '../../../shared/auth/restriction';
import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';
import type { AuditResult } from '../domain/rule';

/** Which results of a run are wanted. */
export type ResultFilter = PageQuery & { rule?: string; result?: AuditResult; caseId?: string };

const RUN = `json_build_object('id', r.id, 'version', r.version, 'status', r.status, 'scope', r.scope,
  'catalogueVersion', r.catalogue_version, 'asOf', r.as_of, 'dataTime', r.data_time, 'cases', r.cases, 'summary', r.summary,
  'startedBy', r.started_by, 'startedAt', r.started_at, 'completedAt', r.completed_at)`;
const RESULT = `json_build_object('caseId', r.case_id, 'rule', r.rule, 'result', r.result, 'evidence', r.evidence,
  'factsHash', encode(r.facts_hash, 'hex'))`;

/** Reads audit runs and their results (QA-3). */
@Injectable()
export class AuditRunQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
  ) {}

  /** Counts only, nothing of a single case. */
  async one(id: string): Promise<Resource> {
    const found = await this.uow.one<{ json: string; version: number }>(
      `select ${RUN}::text as json, r.version from quality_audit.audit_run r where r.tenant_id = $1 and r.id = $2`,
      [context().tenantId, id],
    );
    if (!found) throw new NotFound('audit run', id);
    return new Resource(found.json, found.version, null);
  }

  /** The latest first. */
  list(query: PageQuery): Promise<Page> {
    const p = new Parameters();
    return this.pages.read(
      {
        row: RUN,
        sources: [`from quality_audit.audit_run r where r.tenant_id = ${p.add(context().tenantId)}`],
        keys: [{ column: 'r.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'audit-runs' },
        subject: null,
      },
      query,
      p,
    );
  }

  /** By case and rule. */
  async results(runId: string, query: ResultFilter): Promise<Page> {
    await this.one(runId);
    const { rule, result, caseId } = query;
    const p = new Parameters();
    const where = [
      `r.tenant_id = ${p.add(context().tenantId)}`,
      `r.run_id = ${p.add(runId)}`,
      freeCase('r.case_id', p.add),
    ];
    if (caseId) where.push(`r.case_id = ${p.add(caseId)}`);
    if (rule) where.push(`r.rule = ${p.add(rule)}`);
    // Written out, so that the partial index of findings fits.
    if (result === 'not_met') where.push(`r.result = 'not_met'`);
    else if (result) where.push(`r.result = ${p.add(result)}`);
    return this.pages.read(
      {
        row: RESULT,
        sources: [`from quality_audit.audit_result r where ${where.join(' and ')}`],
        keys: [
          { column: 'r.case_id', type: 'uuid' },
          { column: 'r.rule', type: 'text' },
        ],
        descending: false,
        filter: { list: 'audit-results', runId, rule, result, caseId },
        subject: { type: 'case', id: 'r.case_id' },
      },
      query,
      p,
    );
  }
}
