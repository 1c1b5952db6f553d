import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { SubjectRequest } from '../domain/subject-request.entity';

@Injectable()
export class SubjectRequestRepository extends AggregateRepository<SubjectRequest> {
  protected readonly type = SubjectRequest;
}
