import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { GatekeepingDecision } from '../../domain/casework/gatekeeping-decision.entity';

@Injectable()
export class GatekeepingDecisionRepository extends AggregateRepository<GatekeepingDecision> {
  protected readonly type = GatekeepingDecision;
}
