import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { Parameters } from '../../../../shared/database/unit-of-work';
import { FollowUp } from '../../domain/casework/follow-up.entity';
import type { FollowUpCause } from '../../domain/intake/intake.words';

@Injectable()
export class FollowUpRepository extends AggregateRepository<FollowUp> {
  protected readonly type = FollowUp;

  /**
   * Follow-ups of a case are made, moved and ended one after the other, and the case is locked before them: what is due
   * next stands with it. Until the end of the unit.
   */
  async lockCase(caseId: string): Promise<void> {
    await this.uow.lock();
    await this.uow.query('select 1 from cases.case where tenant_id = $1 and id = $2 for no key update', [
      context().tenantId,
      caseId,
    ]);
  }

  /** The open follow-up of a cause, or null. */
  openFor(cause: FollowUpCause, reference: string): Promise<FollowUp | null> {
    return this.uow.manager.findOneBy(FollowUp, { tenantId: context().tenantId, cause, reference, status: 'open' });
  }

  /** What a cause made in a case and is open, or was completed by somebody: by its reference. */
  async tendedTo(caseId: string, cause: FollowUpCause): Promise<Map<string, 'open' | 'done'>> {
    const rows = await this.uow.query<{ reference: string; status: 'open' | 'done' }>(
      `select reference, status from cases.follow_up
       where tenant_id = $1 and case_id = $2 and cause = $3 and status in ('open', 'done')`,
      [context().tenantId, caseId, cause],
    );
    return new Map(rows.map(({ reference, status }) => [reference, status]));
  }

  /** What the organisation received from others and is still open: in no case. */
  received(): Promise<FollowUp[]> {
    return this.uow.manager.findBy(FollowUp, { tenantId: context().tenantId, caseId: IsNull(), status: 'open' });
  }

  /** Which of these, received from others, somebody completed although they wait. */
  async doneOf(references: readonly string[]): Promise<string[]> {
    const rows = await this.uow.query<{ reference: string }>(
      `select reference from cases.follow_up
       where tenant_id = $1 and case_id is null and reference = any($2::uuid[]) and status = 'done'`,
      [context().tenantId, references],
    );
    return rows.map(({ reference }) => reference);
  }

  /** What events made in a case and is still open. */
  causedIn(caseId: string): Promise<FollowUp[]> {
    return this.uow.manager.findBy(FollowUp, {
      tenantId: context().tenantId,
      caseId,
      status: 'open',
      cause: Not(IsNull()),
    });
  }

  /**
   * Passes on what somebody who goes still has open: in cases of others to whoever is responsible there (not where they
   * are the deputy: that role is passed on itself), in their own closed cases to the successor. Answers how many were
   * passed on. `visible` is the SQL condition of the cases `c` that may be touched.
   */
  async leave(from: string, successor: string, visible: (add: Parameters['add']) => string): Promise<number> {
    const p = new Parameters();
    const me = p.add(from);
    const rows = await this.uow.query(
      `update cases.follow_up f
       set assignee = case when c.responsible = ${me} then ${p.add(successor)} else c.responsible end, version = f.version + 1
       from cases.case c
       where f.tenant_id = ${p.add(context().tenantId)} and f.assignee = ${me} and f.status = 'open'
         and c.tenant_id = f.tenant_id and c.id = f.case_id and c.deputy is distinct from ${me}
         and (c.responsible <> ${me} or c.status = 'closed') and ${visible(p.add)}
       returning f.id`,
      p.values,
    );
    return rows.length;
  }

  /** Passes what is open in a case from one case manager to another. */
  handOver(caseId: string, from: string, to: string): void {
    this.uow.write({
      sql: (add) => `
        update cases.follow_up set assignee = ${add(to)}, version = version + 1
        where tenant_id = ${add(context().tenantId)} and case_id = ${add(caseId)} and assignee = ${add(from)} and status = 'open'`,
    });
  }
}
