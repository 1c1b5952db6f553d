import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../shared/auth/case-access';
import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import type { Stamp } from '../../../shared/domain/aggregate-root';
import { Clock } from '../../../shared/domain/clock';
import { Stale } from '../../../shared/domain/errors';
import { Receipt, type Warning } from '../../../shared/http/answer';
import { Consent, type WithdrawalTerms } from '../domain/consent.entity';
import type { ConsentTerms } from '../domain/consent-terms';
import { ConsentRepository } from './consent.repository';

/** Records and withdraws consents. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly consents: ConsentRepository,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  /** CONS-1. Possible at any time of a case: consent comes before the agreement, and after a reopening. */
  give(caseId: string, terms: ConsentTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.access.require(caseId);
      const consent = Consent.give(caseId, terms, this.stamp());
      this.consents.store(consent);
      return Receipt.of(consent, consent.ageGroup === 'unchecked' ? [AGE_UNCHECKED] : []);
    });
  }

  /** CONS-2: effective with the commit; whoever relies on the consent at that moment finishes first or is refused. */
  withdraw(id: string, expected: Expected, terms: WithdrawalTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const consent = await this.consents.get(id);
      await this.access.require(consent.caseId);
      if (expected !== '*' && consent.version !== expected) throw new Stale('consent');
      consent.withdraw(terms, this.stamp());
      this.consents.store(consent);
      return Receipt.of(consent);
    });
  }

  private stamp(): Stamp {
    return { by: context().user!.subject, at: this.clock.now() };
  }
}

const AGE_UNCHECKED: Warning = {
  code: 'age-not-checked',
  detail:
    'The consent is recorded. Without the birth date of the person Lotse could not check whether the right people gave it: for a child under 14 the guardian consents, from 14 to 17 both consent together. Find out the age, and give personBirthDate with the next consent.',
};
