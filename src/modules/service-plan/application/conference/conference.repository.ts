import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { Conference } from '../../domain/conference/conference.entity';

@Injectable()
export class ConferenceRepository extends AggregateRepository<Conference> {
  protected readonly type = Conference;
}
