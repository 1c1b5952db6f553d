import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { ProgressWatch } from '../../domain/monitoring/progress-watch.entity';

@Injectable()
export class ProgressWatchRepository extends AggregateRepository<ProgressWatch> {
  protected readonly type = ProgressWatch;
}
