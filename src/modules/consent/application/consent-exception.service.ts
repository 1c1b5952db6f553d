import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import type { Stamp } from '../../../shared/domain/aggregate-root';
import { Clock } from '../../../shared/domain/clock';
import { InvalidInput, NotFound, Stale } from '../../../shared/domain/errors';
import { Receipt } from '../../../shared/http/answer';
import { Daily, type DailyJob } from '../../../shared/operation/daily-jobs';
import { ConsentException } from '../domain/consent-exception.entity';
import type { ExceptionTerms } from '../domain/exception-terms';
import { ConsentExceptionRepository } from './consent-exception.repository';
import { NOT_IN_CASE } from './consent.faults';

/** CONS-4: exceptions from the invoking to the client's being told; a daily job closes those nobody confirmed. */
@Injectable()
@Daily('consent.exceptions')
export class ConsentExceptionService implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly exceptions: ConsentExceptionRepository,
    private readonly persons: CasePersons,
    private readonly clock: Clock,
  ) {}

  invoke(caseId: string, terms: ExceptionTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const { persons, mine } = await this.persons.require(caseId);
      if (mine) throw new NotFound('case', caseId);
      if (!persons.find(terms.personId)) throw new InvalidInput([NOT_IN_CASE]);
      const exception = ConsentException.invoke(caseId, terms, this.stamp());
      await this.exceptions.add(exception);
      return Receipt.of(exception);
    });
  }

  confirm(id: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (exception) => exception.confirm(this.stamp()));
  }

  reject(id: string, expected: Expected, reason: string): Promise<Receipt> {
    return this.change(id, expected, (exception) => exception.reject(reason, this.stamp()));
  }

  end(id: string, expected: Expected, reason: string): Promise<Receipt> {
    return this.change(id, expected, (exception) => exception.end(reason, this.stamp()));
  }

  informClient(id: string, expected: Expected, told: Parameters<ConsentException['informClient']>[0]) {
    return this.change(id, expected, (exception) => exception.informClient(told, this.stamp()));
  }

  /** Records the lapse of what nobody confirmed; it carried nothing from its hour on anyway. */
  async run(): Promise<void> {
    for (const id of await this.exceptions.overdue(this.clock.now()))
      await this.uow.run(async () => {
        const exception = await this.exceptions.get(id);
        exception.lapse(this.stamp());
        this.exceptions.store(exception);
      });
  }

  private change(id: string, expected: Expected, step: (exception: ConsentException) => void): Promise<Receipt> {
    return this.uow.run(async () => {
      const exception = await this.exceptions.get(id);
      const { mine } = await this.persons.require(exception.caseId);
      if (mine) throw new NotFound('consent exception', id);
      if (expected !== '*' && exception.version !== expected) throw new Stale('consent exception');
      await this.exceptions.open(exception);
      step(exception);
      this.exceptions.store(exception);
      return Receipt.of(exception);
    });
  }

  private stamp(): Stamp {
    return { by: context().user!.subject, at: this.clock.now() };
  }
}
