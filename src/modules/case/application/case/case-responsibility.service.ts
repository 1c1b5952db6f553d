import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import type { ScreeningDraft } from '../../domain/intake/screening';
import { type GivenAnswers, answerQuestions } from '../../domain/intake/screening-questions';
import { Caseload } from '../staff/caseload';
import { ScreeningQuestionSetRepository } from '../intake/screening-question-set.repository';
import { CaseRepository } from './case.repository';

/** Who takes over, why, and in which team. */
export type HandoverTerms = { to: string; reason: string; team?: string; overLimitReason?: string };

/** Why a case is taken up again, and the re-check of its indication. */
export type ReopeningTerms = {
  reason: string;
  recheck: string;
  screening: ScreeningDraft;
  answers: GivenAnswers;
  overLimitReason?: string;
};

/** Assigns cases to people and keeps them within the caseload limit (CASE-7, CASE-10). */
@Injectable()
export class CaseResponsibilityService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: CaseRepository,
    private readonly caseload: Caseload,
    private readonly questions: ScreeningQuestionSetRepository,
  ) {}

  handOver(id: string, { to, reason, team, overLimitReason }: HandoverTerms, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.cases.getVisible(id, expected);
      const over = to === found.responsible ? null : await this.caseload.makeRoom(to, found.intensity, overLimitReason);
      found.handOver(to, team ?? found.team, reason, over, stampBy(this.clock));
      this.cases.store(found);
      return Receipt.of(found, await this.caseload.qualificationWarnings(to));
    });
  }

  nameDeputy(id: string, deputy: string | null, reason: string | undefined, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.cases.getVisible(id, expected);
      found.nameDeputy(deputy, reason ?? null, stampBy(this.clock));
      this.cases.store(found);
      return Receipt.of(found);
    });
  }

  weigh(id: string, intensity: number, overLimitReason: string | undefined, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.cases.getVisible(id, expected);
      const more = intensity > found.intensity;
      const over = more
        ? await this.caseload.makeRoom(found.responsible, intensity, overLimitReason, found.intensity)
        : null;
      found.weigh(intensity, over, stampBy(this.clock));
      this.cases.store(found);
      return Receipt.of(found);
    });
  }

  /** A reopened case weighs again on who is responsible for it. */
  reopen(
    id: string,
    { reason, recheck, screening, answers, overLimitReason }: ReopeningTerms,
    expected: Expected,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.cases.getVisible(id, expected);
      const over =
        found.status === 'closed'
          ? await this.caseload.makeRoom(found.responsible, found.intensity, overLimitReason)
          : null;
      const added = answerQuestions(await this.questions.inForce(), answers, '#/screening/answers');
      found.reopen(reason, { finding: recheck, screening, added }, over, stampBy(this.clock));
      this.cases.store(found);
      return Receipt.of(found, await this.caseload.qualificationWarnings(found.responsible));
    });
  }
}
