import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { Receipt } from '../../../shared/http/answer';
import { stampBy } from '../../../shared/stamp';
import { type ErasureItem, ErasureRun } from '../domain/erasure-run.entity';
import type { DiscardReason } from '../domain/erasure.words';
import { rules } from '../domain/refusals';
import { DueErasures } from './due-erasures';
import { ErasureDecisions } from './erasure-decisions';
import { ErasureRunRepository } from './repositories';
import { Scheduling } from './scheduling';

/** Erasures are proposed by one and released by another (CONS-6). */
@Injectable()
export class ErasureRunService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly runs: ErasureRunRepository,
    private readonly due: DueErasures,
    private readonly decisions: ErasureDecisions,
    private readonly scheduling: Scheduling,
  ) {}

  /** Proposes everything that is due and not proposed yet. */
  proposeDue(): Promise<Receipt> {
    return this.propose(null, () => this.due.items());
  }

  /** CONS-6: the person asks for erasure: proposes what no duty stands against. */
  proposeFor(personId: string): Promise<Receipt> {
    return this.propose(personId, async () => {
      const open = await this.runs.openFor(personId);
      if (open) throw rules.broken('erasure-under-way', { erasureRunId: open.id, currentStatus: open.state });
      return this.decisions.itemsOf(await this.decisions.of(personId));
    });
  }

  release(id: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (run) => run.release(stampBy(this.clock)));
  }

  discard(id: string, reason: DiscardReason, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (run) => run.discard(reason, stampBy(this.clock)));
  }

  private propose(personId: string | null, items: () => Promise<readonly ErasureItem[]>): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.scheduling.takeTurns();
      const run = ErasureRun.propose(await items(), personId, stampBy(this.clock));
      this.runs.store(run);
      return Receipt.of(run);
    });
  }

  private change(id: string, expected: Expected, how: (run: ErasureRun) => void): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.scheduling.takeTurns();
      const run = await this.runs.get(id, expected);
      how(run);
      this.runs.store(run);
      return Receipt.of(run);
    });
  }
}
