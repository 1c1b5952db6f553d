import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { GatekeepingDecision } from '../../domain/casework/gatekeeping-decision.entity';
import type { GatekeepingTerms, Way } from '../../domain/casework/gatekeeping.values';
import { CaseReader } from '../case/case.reader';
import { GatekeepingDecisionRepository } from './gatekeeping-decision.repository';

/** Decides on collectively funded services (CASE-13). */
@Injectable()
export class GatekeepingDecisionService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: CaseReader,
    private readonly decisions: GatekeepingDecisionRepository,
  ) {}

  decide(caseId: string, terms: GatekeepingTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const decided = GatekeepingDecision.decide(await this.cases.require(caseId), terms, stampBy(this.clock));
      this.decisions.store(decided);
      return Receipt.of(decided);
    });
  }

  /** Both are stored together; of two revisions at once the second finds the earlier decision changed. */
  revise(id: string, terms: GatekeepingTerms, reason: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const earlier = await this.visible(id, expected);
      const later = earlier.revise(terms, reason, stampBy(this.clock));
      this.decisions.store(earlier);
      this.decisions.store(later);
      return Receipt.of(later);
    });
  }

  announce(id: string, on: string, way: Way, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const decision = await this.visible(id, expected);
      decision.announce(on, way, stampBy(this.clock));
      this.decisions.store(decision);
      return Receipt.of(decision);
    });
  }

  private async visible(id: string, expected: Expected): Promise<GatekeepingDecision> {
    const decision = await this.decisions.get(id, '*');
    await this.cases.require(decision.caseId);
    this.decisions.requireVersion(decision, expected);
    return decision;
  }
}
