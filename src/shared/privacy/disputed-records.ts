import { Injectable } from '@nestjs/common';
import { context } from '../context';
import { UnitOfWork } from '../database/unit-of-work';

/**
 * Which records are used only with the mark that they are disputed (GDPR 16, 18; sec. 84 (2) SGB X). Every answer with such
 * a record in it says so in the header `Lotse-Disputed`: the access log looks the mark up with the entry it writes anyway.
 */
@Injectable()
export class DisputedRecords {
  constructor(private readonly uow: UnitOfWork) {}

  /** Sets or takes away the mark of one dispute with this unit of work; another one of the same record keeps its own. */
  mark(dispute: { id: string; recordId: string; marks: boolean }): void {
    const { tenantId } = context();
    this.uow.write({
      sql: (add) =>
        dispute.marks
          ? `insert into platform.disputed_record (tenant_id, record_id, dispute_id)
             values (${add(tenantId)}, ${add(dispute.recordId)}, ${add(dispute.id)}) on conflict do nothing`
          : `delete from platform.disputed_record where tenant_id = ${add(tenantId)}
             and record_id = ${add(dispute.recordId)} and dispute_id = ${add(dispute.id)}`,
    });
  }
}
