import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import type { FrozenEdition } from '../../domain/plan/plan-content';
import { canonicalJson } from '../../domain/plan/plan-diff';
import type { ServicePlan } from '../../domain/plan/service-plan.entity';

/** PLAN-3: keeps the editions as they were signed. The table takes new rows only. */
@Injectable()
export class PlanEditions {
  constructor(private readonly uow: UnitOfWork) {}

  /** Adds the edition to the unit of work, with the hash of what was signed. */
  freeze({ id, caseId }: ServicePlan, frozen: FrozenEdition, stamp: Stamp): void {
    const { edition, content, signatures, terms } = frozen;
    this.uow.write({
      sql: (add) => `
        insert into service_plan.plan_edition (tenant_id, plan_id, edition, case_id, content, signatures, terms, hash,
          agreed_by, agreed_at)
        values (${add(context().tenantId)}, ${add(id)}, ${add(edition)}, ${add(caseId)}, ${add(JSON.stringify(content))},
          ${add(JSON.stringify(signatures))}, ${add(JSON.stringify(terms))}, ${add(hashOf(frozen))}, ${add(stamp.by)},
          ${add(stamp.at)})`,
    });
  }
}

/** SHA-256, hexadecimal, over the canonical JSON (RFC 8785) of `{ content, edition, signatures, terms }`. */
export const hashOf = ({ edition, content, signatures, terms }: FrozenEdition): string =>
  createHash('sha256').update(canonicalJson({ edition, content, signatures, terms })).digest('hex');
