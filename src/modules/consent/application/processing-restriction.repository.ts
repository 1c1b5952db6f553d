import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { ProcessingRestriction } from '../domain/processing-restriction.entity';

@Injectable()
export class ProcessingRestrictionRepository extends AggregateRepository<ProcessingRestriction> {
  protected readonly type = ProcessingRestriction;

  /** Whether one for the person is in force. */
  async inForce(personId: string): Promise<boolean> {
    const rows = await this.uow.query(
      'select 1 from consent.processing_restriction where tenant_id = $1 and person_id = $2 and lifting is null limit 1',
      [context().tenantId, personId],
    );
    return rows.length > 0;
  }
}
