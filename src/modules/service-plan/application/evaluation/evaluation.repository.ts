import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { Evaluation } from '../../domain/evaluation/evaluation.entity';

@Injectable()
export class EvaluationRepository extends AggregateRepository<Evaluation> {
  protected readonly type = Evaluation;
}
