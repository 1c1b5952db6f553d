import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CasePersons } from '../../../../shared/auth/case-persons';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { CaseRequest } from '../../domain/intake/case-request.entity';

/** Requests; one whose person's processing is restricted is not there for whoever may not read it (GDPR 18). */
@Injectable()
export class CaseRequestRepository extends AggregateRepository<CaseRequest> {
  protected readonly type = CaseRequest;

  constructor(
    uow: UnitOfWork,
    @Inject(DataSource) dataSource: DataSource,
    private readonly persons: CasePersons,
  ) {
    super(uow, dataSource);
  }

  /** The request; null as well where processing for the person is restricted (GDPR 18). */
  override async find(id: string): Promise<CaseRequest | null> {
    const request = await super.find(id);
    return request?.personId && (await this.persons.restricts(request.personId)) ? null : request;
  }
}
