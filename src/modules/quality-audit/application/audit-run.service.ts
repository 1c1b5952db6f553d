import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { Receipt } from '../../../shared/http/answer';
import { stampBy } from '../../../shared/stamp';
import { AuditRun, type AuditScope } from '../domain/audit-run.entity';
import { examine } from '../domain/rules';
import { AuditRunRepository } from './audit-run.repository';
import { CaseFactsStore } from './case-facts.store';

type ExaminedRow = { case_id: string; hash: string; verdicts: ReturnType<typeof examine> };

/** Carries out audit runs (QA-3). */
@Injectable()
export class AuditRunService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly facts: CaseFactsStore,
    private readonly runs: AuditRunRepository,
  ) {}

  /** Examines every case of the scope and stores run and results together: all of it or nothing. */
  run(scope: AuditScope): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      const run = AuditRun.start(scope, stampBy(this.clock));
      for await (const batch of this.facts.inScope(scope)) {
        const rows = batch.map(({ caseId, facts, hash }) => {
          const verdicts = examine(facts, caseId, run.asOf);
          run.count(verdicts, facts.lastEventAt);
          return { case_id: caseId, hash, verdicts };
        });
        await this.insert(run.id, rows);
      }
      run.complete(stampBy(this.clock));
      this.runs.store(run);
      return Receipt.of(run);
    });
  }

  private async insert(runId: string, rows: readonly ExaminedRow[]): Promise<void> {
    await this.uow.query(
      `insert into quality_audit.audit_result (tenant_id, run_id, case_id, rule, result, evidence, facts_hash)
       select $1, $2, c.case_id, v.rule, v.result, v.evidence, decode(c.hash, 'hex')
       from jsonb_to_recordset($3::jsonb) as c(case_id uuid, hash text, verdicts jsonb),
         jsonb_to_recordset(c.verdicts) as v(rule text, result text, evidence jsonb)`,
      [context().tenantId, runId, JSON.stringify(rows)],
    );
  }
}
