import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { ScreeningQuestionSet } from '../../domain/intake/screening-question-set.entity';
import { type QuestionSetInForce, SIX_CRITERIA_ALONE } from '../../domain/intake/screening-questions';

@Injectable()
export class ScreeningQuestionSetRepository extends AggregateRepository<ScreeningQuestionSet> {
  protected readonly type = ScreeningQuestionSet;

  /** What is asked now: the latest edition of the organisation, or the six criteria alone. */
  async inForce(): Promise<QuestionSetInForce> {
    const latest = await this.uow.one<{ id: string; edition: number; questions: QuestionSetInForce['questions'] }>(
      `select id, edition, questions from cases.screening_question_set
       where tenant_id = $1 and edition is not null order by edition desc limit 1`,
      [context().tenantId],
    );
    return latest ?? SIX_CRITERIA_ALONE;
  }

  /** The number of the next edition; publications of an organisation take turns until the end of the transaction. */
  async nextEdition(): Promise<number> {
    await this.uow.lock();
    await this.uow.query(`select pg_advisory_xact_lock(hashtextextended('screening-questions ' || $1, 0))`, [
      context().tenantId,
    ]);
    return (await this.inForce()).edition + 1;
  }
}
