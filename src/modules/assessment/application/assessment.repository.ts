import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { Assessment } from '../domain/assessment.entity';

@Injectable()
export class AssessmentRepository extends AggregateRepository<Assessment> {
  protected readonly type = Assessment;
}
