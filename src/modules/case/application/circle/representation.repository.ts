import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { Representation } from '../../domain/circle/representation.entity';

@Injectable()
export class RepresentationRepository extends AggregateRepository<Representation> {
  protected readonly type = Representation;
}
