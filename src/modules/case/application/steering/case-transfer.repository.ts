import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GuestAccess } from '../../../../shared/auth/guest-access';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { localDay } from '../../../../shared/domain/local-day';
import { CaseTransfer } from '../../domain/steering/case-transfer.entity';
import { ReceivedHandover } from '../../domain/steering/received-handover.entity';

/** Offered cases; with an offer to another organisation goes what lets it in (`GuestAccess`). */
@Injectable()
export class CaseTransferRepository extends AggregateRepository<CaseTransfer> {
  protected readonly type = CaseTransfer;

  constructor(
    uow: UnitOfWork,
    @Inject(DataSource) dataSource: DataSource,
    private readonly guests: GuestAccess,
  ) {
    super(uow, dataSource);
  }

  override store(transfer: CaseTransfer): void {
    super.store(transfer);
    const { toOrganisationId: guestId } = transfer;
    if (guestId === null) return;
    this.guests.write(transfer.id, () => ({
      kind: 'case_transfer',
      version: transfer.version + 1,
      caseId: transfer.caseId,
      guestId,
      parts: [],
      contributions: [],
      readers: [],
      status: transfer.status,
      fromOn: localDay(transfer.offeredAt),
      untilOn: transfer.answerBy,
      invitedAt: transfer.offeredAt,
    }));
  }

  /** The offer, its grant locked first, as the organisation that answers it does. */
  async held(id: string): Promise<CaseTransfer> {
    await this.uow.lock();
    await this.guests.hold(id);
    return this.get(id);
  }

  /** The offer of the case that waits for its answer, held; null where there is none. */
  async openOf(caseId: string): Promise<CaseTransfer | null> {
    const row = await this.uow.one<{ id: string }>(
      `select id from cases.case_transfer where tenant_id = $1 and case_id = $2 and status = 'proposed'`,
      [context().tenantId, caseId],
    );
    return row ? this.held(row.id) : null;
  }

  /** Ids of those that wait for an answer although the day to answer by lies before `day`, at most 1,000. */
  async unansweredBefore(day: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from cases.case_transfer
       where tenant_id = $1 and answer_by < $2::date and status = 'proposed' order by answer_by, id limit 1000`,
      [context().tenantId, day],
    );
    return rows.map(({ id }) => id);
  }

  /** Ids of accepted ones whose sender's last day lies before `day`, at most 1,000. */
  async endingBefore(day: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from cases.case_transfer
       where tenant_id = $1 and sender_until < $2::date and status = 'accepted' and not sender_done
       order by sender_until, id limit 1000`,
      [context().tenantId, day],
    );
    return rows.map(({ id }) => id);
  }
}

/** Handovers of others, kept in the organisation that took the case over: written once, with its request. */
@Injectable()
export class ReceivedHandoverRepository extends AggregateRepository<ReceivedHandover> {
  protected readonly type = ReceivedHandover;
}
