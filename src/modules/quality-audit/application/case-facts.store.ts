import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import type { AuditScope } from '../domain/audit-run.entity';
import { type CaseFacts, NO_FACTS } from '../domain/case-facts';
import { dayOf } from '../domain/days';

/** The facts of one case as a run reads them; `hash` is the SHA-256 of the stored facts, hexadecimal. */
export type ExaminedCase = { caseId: string; facts: CaseFacts; hash: string };

/** Cases read into memory at once. */
const BATCH = 500;

/** Keeps the facts of cases (`quality_audit.case_facts`). */
@Injectable()
export class CaseFactsStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** Replaces the facts of the case by what `change` makes of them; the row stays locked until the transaction ends. */
  async change(caseId: string, now: string, change: (facts: CaseFacts) => CaseFacts): Promise<void> {
    const { tenantId } = context();
    const rows = await this.uow.query<{ facts: CaseFacts }>(
      `insert into quality_audit.case_facts as c (tenant_id, case_id, facts, updated_at) values ($1, $2, $3, $4)
       on conflict (tenant_id, case_id) do update set updated_at = excluded.updated_at returning c.facts`,
      [tenantId, caseId, JSON.stringify(NO_FACTS), now],
    );
    const facts = change({ ...NO_FACTS, ...rows[0]!.facts });
    this.uow.write({
      sql: (add) => `
        update quality_audit.case_facts set facts = ${add(JSON.stringify(facts))}, opened_on = ${add(facts.opening && dayOf(facts.opening.at))},
          closed_on = ${add(facts.closed && dayOf(facts.closed.at))}, responsible = ${add(facts.responsible)}, team = ${add(facts.team)}
        where tenant_id = ${add(tenantId)} and case_id = ${add(caseId)}`,
    });
  }

  /**
   * The cases of the scope in the order of their ids, in batches from one cursor: one statement, one snapshot. Needs an
   * open transaction.
   */
  async *inScope({ period, responsible, team, sample }: AuditScope): AsyncGenerator<ExaminedCase[]> {
    const p = new Parameters();
    const where = [`tenant_id = ${p.add(context().tenantId)}`];
    if (period?.to) where.push(`opened_on <= ${p.add(period.to)}`);
    if (period?.from) where.push(`(closed_on is null or closed_on >= ${p.add(period.from)})`);
    if (responsible) where.push(`responsible = ${p.add(responsible)}`);
    if (team) where.push(`team = ${p.add(team)}`);
    const drawn = sample
      ? `order by sha256(convert_to(${p.add(sample.seed)}::text || case_id, 'UTF8')) limit ${p.add(sample.size)}`
      : '';
    await this.uow.query(
      `declare audited_cases no scroll cursor for
       select case_id as "caseId", facts, encode(sha256(convert_to(facts::text, 'UTF8')), 'hex') as hash
       from (select case_id, facts from quality_audit.case_facts where ${where.join(' and ')} ${drawn}) c order by case_id`,
      p.values,
    );
    for (;;) {
      const batch = await this.uow.query<ExaminedCase>(`fetch ${BATCH} from audited_cases`);
      if (batch.length === 0) break;
      yield batch.map((row) => ({ ...row, facts: { ...NO_FACTS, ...row.facts } }));
    }
    await this.uow.query('close audited_cases');
  }
}
