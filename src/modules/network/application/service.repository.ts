import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { Service } from '../domain/service.entity';

@Injectable()
export class ServiceRepository extends AggregateRepository<Service> {
  protected readonly type = Service;
}
