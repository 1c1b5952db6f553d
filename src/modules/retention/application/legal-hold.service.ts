import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { Receipt } from '../../../shared/http/answer';
import { Eraser } from '../../../shared/privacy/eraser';
import { stampBy } from '../../../shared/stamp';
import type { HoldKind } from '../domain/erasure.words';
import { type HoldTerms, LegalHold } from '../domain/legal-hold.entity';
import { LegalHoldRepository } from './repositories';
import { Scheduling } from './scheduling';

/** Holds: what is needed for claims or proceedings is not erased (CONS-6). */
@Injectable()
export class LegalHoldService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly holds: LegalHoldRepository,
    private readonly eraser: Eraser,
    private readonly scheduling: Scheduling,
  ) {}

  /**
   * Either the data are there and stay, or they were erased before and this is refused. The files of a record that was
   * merged are those of the person that stays, who is on hold as well.
   */
  place(kind: HoldKind, subjectId: string, terms: HoldTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.scheduling.takeTurns();
      if (!(await this.eraser.exists(kind, subjectId))) throw new NotFound(kind, subjectId);
      const hold = LegalHold.place(kind, subjectId, terms, stampBy(this.clock));
      this.holds.store(hold);
      const stays = kind === 'person' ? await this.eraser.survivorOf(subjectId) : null;
      if (stays && stays !== subjectId) this.holds.store(hold.carryTo(stays, stampBy(this.clock)));
      return Receipt.of(hold);
    });
  }

  lift(id: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const hold = await this.holds.get(id, expected);
      hold.lift(reason, stampBy(this.clock));
      this.holds.store(hold);
      return Receipt.of(hold);
    });
  }
}
