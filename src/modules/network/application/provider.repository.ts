import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { Provider } from '../domain/provider.entity';

@Injectable()
export class ProviderRepository extends AggregateRepository<Provider> {
  protected readonly type = Provider;
}
