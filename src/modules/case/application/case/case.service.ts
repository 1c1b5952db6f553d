import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { ConsentReader, type Recipient } from '../../../consent';
import type { Case } from '../../domain/case/case.entity';
import { caseRules } from '../../domain/case/case.refusals';
import type { AgreementTerms, ClosureReason } from '../../domain/case/case.values';
import type { Phase } from '../../domain/case/phases';
import { CaseRepository } from './case.repository';

/** A party that is told of the coordinating role. */
export type InformingTerms = { recipient: Recipient & { name: string }; role?: string; categories: readonly string[] };

/** Steers one case: agreement, informed parties, phases and status (CASE-5, CASE-6, CASE-10). */
@Injectable()
export class CaseService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: CaseRepository,
    private readonly consents: ConsentReader,
  ) {}

  /** The participation consent is held until the agreement is stored, so that a withdrawal cannot slip in between. */
  signAgreement(id: string, terms: AgreementTerms, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, async (found, stamp) => {
      const consent = await this.consents.participation(id, found.personId);
      if (!consent) throw caseRules.broken('participation-consent-missing', { caseId: id, personId: found.personId });
      found.signAgreement(terms, consent.consentId, stamp);
    });
  }

  informParty(id: string, { recipient, role, categories }: InformingTerms, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, async (found, stamp) => {
      const purpose = 'coordination';
      const consentId = await this.consents.require({
        caseId: id,
        recipient,
        categories,
        purpose,
        personId: found.personId,
      });
      found.informParty({ recipient, role: role ?? null, categories, consentId }, purpose, stamp);
    });
  }

  changePhase(id: string, to: Phase, reason: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (found, stamp) => found.changePhase(to, reason, stamp));
  }

  recordUnreachable(id: string, since: string, attempts: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (found, stamp) => found.clientUnreachable(since, attempts, stamp));
  }

  recordReached(id: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (found) => found.clientReached());
  }

  suspend(id: string, reason: string, resubmitOn: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (found, stamp) => found.suspend(reason, resubmitOn, stamp));
  }

  resume(id: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (found, stamp) => found.resume(stamp));
  }

  close(id: string, reason: ClosureReason, note: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (found, stamp) => found.close(reason, note, stamp));
  }

  protect(id: string, isProtected: boolean, reason: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (found, stamp) => found.protect(isProtected, reason, stamp));
  }

  private change(
    id: string,
    expected: Expected,
    step: (found: Case, stamp: Stamp) => void | Promise<void>,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.cases.getVisible(id, expected);
      await step(found, stampBy(this.clock));
      this.cases.store(found);
      return Receipt.of(found);
    });
  }
}
