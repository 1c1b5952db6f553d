import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { type Localised, Stale } from '../../../../shared/domain/errors';
import { Answer, Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { rules } from '../../domain/intake/case-request.refusals';
import { ComplaintWay } from '../../domain/intake/complaint-way.entity';
import { DeclineLetter, type LetterTerms } from '../../domain/intake/decline-letter.entity';
import { type LetterLanguage, declineLetter } from '../../domain/intake/decline-letter.text';
import { CaseRequestRepository } from './case-request.repository';
import { ComplaintWayRepository, DeclineLetterRepository } from './decline-letter.repositories';

/** Writes the letters about declines, and keeps the complaint way they name (CASE-4). */
@Injectable()
export class DeclineLetterService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly requests: CaseRequestRepository,
    private readonly letters: DeclineLetterRepository,
    private readonly ways: ComplaintWayRepository,
  ) {}

  /** The text as it would be given now; nothing is stored. */
  async preview(requestId: string, language: LetterLanguage): Promise<Answer<object>> {
    const request = await this.requests.get(requestId, '*');
    const markdown = declineLetter(request.declineFacts, await this.complaintWay(), language, null);
    return new Answer({ language, markdown }, { resourceType: 'case_request', resourceIds: [requestId], caseId: null });
  }

  give(requestId: string, terms: LetterTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const request = await this.requests.get(requestId, '*');
      const letter = DeclineLetter.give(request, await this.complaintWay(), terms, stampBy(this.clock));
      this.letters.store(letter);
      return Receipt.of(letter);
    });
  }

  /** Records the complaint way when nothing is expected (null), changes it when the caller names what they saw; Stale otherwise. */
  putComplaintWay(organisation: string, text: Localised, expected: Expected | null): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.ways.current();
      const asExpected = expected === '*' ? found !== null : (found?.version ?? null) === expected;
      if (!asExpected) throw new Stale('complaint way');
      const way = found ?? ComplaintWay.record(organisation, text, stampBy(this.clock));
      if (found) way.change(organisation, text, stampBy(this.clock));
      this.ways.store(way);
      return Receipt.of(way);
    });
  }

  private async complaintWay(): Promise<ComplaintWay> {
    const way = await this.ways.current();
    if (!way) throw rules.broken('complaint-way-missing');
    return way;
  }
}
