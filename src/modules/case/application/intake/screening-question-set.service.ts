import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import type { Localised } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { ScreeningQuestionSet } from '../../domain/intake/screening-question-set.entity';
import type { AddedQuestion } from '../../domain/intake/screening-questions';
import { ScreeningQuestionSetRepository } from './screening-question-set.repository';

/** Keeps the questions an organisation adds to the six criteria (CASE-3). */
@Injectable()
export class ScreeningQuestionSetService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly sets: ScreeningQuestionSetRepository,
  ) {}

  draft(title: Localised, questions: readonly AddedQuestion[]): Promise<Receipt> {
    return this.uow.run(async () => {
      const set = ScreeningQuestionSet.draft(title, questions, stampBy(this.clock));
      this.sets.store(set);
      return Receipt.of(set);
    });
  }

  rewrite(id: string, title: Localised, questions: readonly AddedQuestion[], expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const set = await this.sets.get(id, expected);
      set.rewrite(title, questions, stampBy(this.clock));
      this.sets.store(set);
      return Receipt.of(set);
    });
  }

  publish(id: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const edition = await this.sets.nextEdition();
      const set = await this.sets.get(id, expected);
      set.publish(edition, stampBy(this.clock));
      this.sets.store(set);
      return Receipt.of(set);
    });
  }
}
