import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { InvalidInput } from '../../../shared/domain/errors';
import { Receipt } from '../../../shared/http/answer';
import { stampBy } from '../../../shared/stamp';
import { ProcessingRestriction, type RestrictionTerms } from '../domain/processing-restriction.entity';
import { rules } from '../domain/subject-request.refusals';
import { ProcessingRestrictionRepository } from './processing-restriction.repository';
import { NO_SUCH_PERSON, NO_SUCH_REQUEST } from './subject-request.faults';
import { SubjectRequestRepository } from './subject-request.repository';

/** GDPR 18: restricts the processing of a person's data, and lifts that; effective with the commit. */
@Injectable()
export class ProcessingRestrictionService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly restrictions: ProcessingRestrictionRepository,
    private readonly requests: SubjectRequestRepository,
    private readonly persons: CasePersons,
    private readonly clock: Clock,
  ) {}

  impose({ subjectRequestId, ...terms }: RestrictionTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const personId = await this.persons.surviving(terms.personId);
      if (!personId) throw new InvalidInput([NO_SUCH_PERSON]);
      if (subjectRequestId && (await this.requests.find(subjectRequestId))?.personId !== personId)
        throw new InvalidInput([NO_SUCH_REQUEST]);
      if (await this.persons.restrict(personId, true, terms.ground === 'instead_of_erasure'))
        throw rules.broken('processing-already-restricted', { personId });
      const restriction = ProcessingRestriction.impose({ ...terms, personId, subjectRequestId }, stampBy(this.clock));
      this.restrictions.store(restriction);
      return Receipt.of(restriction);
    });
  }

  lift(id: string, expected: Expected, terms: Parameters<ProcessingRestriction['lift']>[0]): Promise<Receipt> {
    return this.uow.run(async () => {
      const restriction = await this.restrictions.get(id, expected);
      restriction.lift(terms, stampBy(this.clock));
      await this.persons.restrict(restriction.personId, false);
      this.restrictions.store(restriction);
      return Receipt.of(restriction);
    });
  }
}
