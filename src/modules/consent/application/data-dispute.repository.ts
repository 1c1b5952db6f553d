import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { DataDispute } from '../domain/data-dispute.entity';

@Injectable()
export class DataDisputeRepository extends AggregateRepository<DataDispute> {
  protected readonly type = DataDispute;
}
