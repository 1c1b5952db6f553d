import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { CaseRequest } from '../domain/case-request.entity';

@Injectable()
export class CaseRequestRepository extends AggregateRepository<CaseRequest> {
  protected readonly type = CaseRequest;
}
