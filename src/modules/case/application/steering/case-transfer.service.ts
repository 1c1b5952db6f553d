import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { GuestAccess } from '../../../../shared/auth/guest-access';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { InvalidInput, NotFound } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { ConsentReader } from '../../../consent';
import { CaseTransfer } from '../../domain/steering/case-transfer.entity';
import { transferRules } from '../../domain/steering/case-transfer.refusals';
import {
  TRANSFER_PURPOSE,
  type TransferCategory,
  type TransferRecipient,
  type TransferTerms,
} from '../../domain/steering/case-transfer.values';
import { caseRules } from '../../domain/case/case.refusals';
import { CaseRepository } from '../case/case.repository';
import { type CaseFacts, CaseReader } from '../case/case.reader';
import { Caseload } from '../staff/caseload';
import { CaseTransferRepository } from './case-transfer.repository';
import { HandoverFactsReader } from './handover-facts.reader';

/** An offer as it comes in: to a case manager of the house (subject) or to another organisation (id). */
export type TransferOffer = Omit<TransferTerms, 'recipient' | 'facts'> & {
  caseManager?: string;
  organisationId?: string;
};

/** Hands cases over with acceptance (CASE-12): the sender's side, and the receiver's within the house. */
@Injectable()
export class CaseTransferService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly access: CaseAccess,
    private readonly guests: GuestAccess,
    private readonly transfers: CaseTransferRepository,
    private readonly cases: CaseRepository,
    private readonly reader: CaseReader,
    private readonly facts: HandoverFactsReader,
    private readonly caseload: Caseload,
    private readonly consents: ConsentReader,
  ) {}

  /** One offer at a time; to another organisation on one release that covers all that is handed over (CONS-3). */
  propose(caseId: string, { caseManager, organisationId, ...terms }: TransferOffer): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.reader.require(caseId);
      if (found.status === 'closed') throw caseRules.broken('case-closed', { caseId });
      const recipient = await this.recipient(caseManager, organisationId);
      await this.makeWay(caseId);
      const outside = recipient.kind === 'organisation';
      const consentId = outside ? await this.release(found, recipient.id, terms.categories) : null;
      const facts = await this.facts.kept(found, outside ? terms.categories : null);
      const transfer = CaseTransfer.propose(found, { ...terms, recipient, facts }, consentId, stampBy(this.clock));
      this.transfers.store(transfer);
      return Receipt.of(transfer);
    });
  }

  withdraw(id: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const transfer = await this.transfers.held(id);
      await this.reader.require(transfer.caseId);
      this.transfers.requireVersion(transfer, expected);
      transfer.withdraw('sender', reason, stampBy(this.clock));
      this.transfers.store(transfer);
      return Receipt.of(transfer);
    });
  }

  /** CASE-7: the acceptance makes the user responsible, within their caseload; the sender's access ends as offered. */
  accept(id: string, overLimitReason: string | undefined, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const stamp = stampBy(this.clock);
      const { caseId } = await this.offeredToMe(id, expected);
      const found = await this.cases.findLocked(caseId);
      // Read again, as the case is held now: who answered at the same moment is told so.
      const transfer = await this.offeredToMe(id, expected);
      transfer.requireAnswerable(stamp);
      if (!found || !transfer.isOf(found)) throw transferRules.broken('transfer-case-moved', { caseId });
      const { teams } = context().user!;
      const team = found.team !== null && teams.includes(found.team) ? found.team : (teams[0] ?? found.team);
      const over = await this.caseload.makeRoom(stamp.by, found.intensity, overLimitReason);
      transfer.acceptInHouse(stamp);
      found.handOver(stamp.by, team, transfer.reason, over, stamp);
      this.cases.store(found);
      this.transfers.store(transfer);
      const today = this.clock.today();
      if (transfer.senderStays(today))
        this.access.accompany(id, {
          caseId: found.id,
          by: transfer.fromSubject,
          responsible: stamp.by,
          fromOn: today,
          untilOn: transfer.senderUntil!,
        });
      return Receipt.of(transfer, await this.caseload.qualificationWarnings(stamp.by));
    });
  }

  decline(id: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const transfer = await this.offeredToMe(id, expected);
      transfer.decline(reason, stampBy(this.clock));
      this.transfers.store(transfer);
      return Receipt.of(transfer);
    });
  }

  private async offeredToMe(id: string, expected: Expected): Promise<CaseTransfer> {
    await this.uow.lock();
    const transfer = await this.transfers.get(id);
    if (transfer.toSubject !== context().user!.subject || (await this.access.restricts(transfer.caseId)))
      throw new NotFound('case transfer', id);
    this.transfers.requireVersion(transfer, expected);
    return transfer;
  }

  /** An offer that was not answered in time makes way; one that waits does not. */
  private async makeWay(caseId: string): Promise<void> {
    const open = await this.transfers.openOf(caseId);
    if (!open) return;
    if (open.answerBy >= this.clock.today())
      throw transferRules.broken('transfer-already-proposed', { caseId, transferId: open.id });
    open.withdraw('time_over', null, stampBy(this.clock));
    this.transfers.store(open);
    await this.uow.flush();
  }

  private async recipient(subject: string | undefined, id: string | undefined): Promise<TransferRecipient> {
    if ((subject === undefined) === (id === undefined))
      throw new InvalidInput(
        ['#/caseManager', '#/organisationId'].map((pointer) => ({ pointer, code: 'one-of-both', detail: ONE_OF_BOTH })),
      );
    if (subject !== undefined) return { kind: 'case_manager', subject };
    const name = id === context().tenantId ? null : await this.guests.organisationName(id!);
    if (name === null)
      throw new InvalidInput([{ pointer: '#/organisationId', code: 'organisation-unknown', detail: UNKNOWN }]);
    return { kind: 'organisation', id: id!, name };
  }

  private async release(
    { caseId, personId, status, agreedOn }: CaseFacts,
    id: string,
    categories: readonly TransferCategory[],
  ): Promise<string> {
    if (status === 'suspended') throw caseRules.broken('case-suspended', { caseId });
    if (!agreedOn) throw caseRules.broken('agreement-missing', { caseId });
    const recipient = { kind: 'organisation', id } as const;
    const purpose = TRANSFER_PURPOSE;
    const carrier = await this.consents.requireCarrier({ caseId, recipient, categories, purpose, personId });
    if (carrier.basis === 'exception') throw transferRules.broken('transfer-not-by-exception', { caseId, categories });
    return carrier.consentId;
  }
}

const ONE_OF_BOTH = {
  en: 'Give either caseManager or organisationId',
  de: 'Geben Sie entweder caseManager oder organisationId an',
};
const UNKNOWN = {
  en: 'There is no other organisation of this id on this instance. Ask the organisation for its id.',
  de: 'Eine andere Organisation mit dieser Kennung gibt es hier nicht. Fragen Sie die Organisation nach ihrer Kennung.',
};
