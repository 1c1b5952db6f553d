import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { Daily, type DailyJob } from '../../../../shared/operation/daily-jobs';
import { stampBy } from '../../../../shared/stamp';
import { ConsentWithdrawn } from '../../../consent/events';
import { CaseClosed } from '../../events';
import { CaseReader } from '../case/case.reader';
import { CaseRepository } from '../case/case.repository';
import { CaseTransferRepository } from './case-transfer.repository';
import { TransferOfferService } from './transfer-offer.service';

/** Offers end with the consent they rely on, and with the case (CASE-12, CONS-2). */
@Subscription('case.transfers')
export class CaseTransferEnds {
  constructor(
    private readonly transfers: CaseTransferRepository,
    private readonly offers: TransferOfferService,
    private readonly cases: CaseReader,
  ) {}

  @OnEvent(ConsentWithdrawn)
  async consentWithdrawn({ caseId, at }: ConsentWithdrawn): Promise<void> {
    const open = await this.transfers.openOf(caseId);
    const facts = await this.cases.find(caseId);
    if (!open || !facts || open.consentId === null || (await this.offers.covered(open, facts.personId))) return;
    open.withdraw('consent_withdrawn', null, this.stamp(at));
    this.transfers.store(open);
  }

  @OnEvent(CaseClosed)
  async caseClosed({ caseId, at }: CaseClosed): Promise<void> {
    const open = await this.transfers.openOf(caseId);
    if (!open) return;
    open.withdraw('case_closed', null, this.stamp(at));
    this.transfers.store(open);
  }

  private stamp(at: string): Stamp {
    return { by: context().user!.subject, at };
  }
}

/** Withdraws offers that nobody answered in time, so that both sides know (CASE-12). */
@Injectable()
@Daily('case.transfers-unanswered')
export class CaseTransferLapses implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly transfers: CaseTransferRepository,
  ) {}

  async run(today: string): Promise<void> {
    for (const id of await this.transfers.unansweredBefore(today))
      await this.uow.run(async () => {
        const transfer = await this.transfers.held(id);
        // Answered at the last moment.
        if (transfer.status !== 'proposed') return;
        transfer.withdraw('time_over', null, stampBy(this.clock));
        this.transfers.store(transfer);
      });
  }
}

/** Closes the sender's case after the last day that was agreed with another organisation (CASE-12). */
@Injectable()
@Daily('case.transfer-ends')
export class CaseTransferOver implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly transfers: CaseTransferRepository,
    private readonly cases: CaseRepository,
  ) {}

  async run(today: string): Promise<void> {
    for (const id of await this.transfers.endingBefore(today))
      await this.uow.run(async () => {
        const transfer = await this.transfers.held(id);
        const found = await this.cases.findLocked(transfer.caseId);
        if (found && found.status !== 'closed') {
          found.passOn(transfer.reason, stampBy(this.clock));
          this.cases.store(found);
        }
        transfer.endSender();
        this.transfers.store(transfer);
      });
  }
}
