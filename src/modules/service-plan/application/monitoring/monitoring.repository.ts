import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { MonitoringRecord } from '../../domain/monitoring/monitoring.entity';

@Injectable()
export class MonitoringRepository extends AggregateRepository<MonitoringRecord> {
  protected readonly type = MonitoringRecord;
}
