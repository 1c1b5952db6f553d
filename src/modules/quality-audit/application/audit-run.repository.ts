import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { AuditRun } from '../domain/audit-run.entity';

@Injectable()
export class AuditRunRepository extends AggregateRepository<AuditRun> {
  protected readonly type = AuditRun;
}
