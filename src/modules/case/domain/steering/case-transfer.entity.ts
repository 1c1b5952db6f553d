import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../../shared/domain/errors';
import { InformationPassed } from '../../../consent/events';
import { CaseTransferAccepted, CaseTransferDeclined, CaseTransferProposed, CaseTransferWithdrawn } from '../../events';
import { transferRules } from './case-transfer.refusals';
import {
  type HandoverFacts,
  NEEDED_CATEGORIES,
  TRANSFER_PURPOSE,
  type TransferCategory,
  type TransferCause,
  type TransferStatus,
  type TransferStep,
  type TransferTerms,
  offeredOf,
} from './case-transfer.values';

/** CASE-12: a case offered to another case manager or organisation, with a handover summary; it moves with the acceptance. */
@Entity({ schema: 'cases', name: 'case_transfer' })
@Index('case_transfer_by_case', ['tenantId', 'caseId', 'id'])
@Index('case_transfer_to', { synchronize: false })
@Index('case_transfer_once', { synchronize: false })
@Index('case_transfer_ending', { synchronize: false })
@Index('case_transfer_unanswered', { synchronize: false })
export class CaseTransfer extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  /** Who is responsible for the case while it is offered. */
  @Column({ type: 'text', name: 'from_subject', update: false }) readonly fromSubject: string;
  @Column({ type: 'text', name: 'to_subject', nullable: true, update: false }) readonly toSubject: string | null;
  @Column({ type: 'uuid', name: 'to_organisation_id', nullable: true, update: false })
  readonly toOrganisationId: string | null;
  @Column({ type: 'text', name: 'to_name', nullable: true, update: false }) readonly toName: string | null;
  @Column({ type: 'text', update: false }) readonly reason: string;
  @Column({ type: 'text', update: false }) readonly summary: string;
  @Column({ type: 'jsonb', update: false }) readonly facts: HandoverFacts;
  @Column({ type: 'jsonb', update: false }) readonly categories: readonly TransferCategory[];
  /** The one release an offer to another organisation relies on. */
  @Column({ type: 'uuid', name: 'consent_id', nullable: true, update: false }) readonly consentId: string | null;
  @Column({ type: 'date', name: 'answer_by', update: false }) readonly answerBy: string;
  @Column({ type: 'date', name: 'sender_until', nullable: true, update: false }) readonly senderUntil: string | null;
  /** Nothing is left to be ended on the sender's side. */
  @Column('boolean', { name: 'sender_done' }) senderDone: boolean = false;
  @Column('text') status: TransferStatus = 'proposed';
  @Column('jsonb') private steps: TransferStep[] = [];
  /** The request it became at the organisation that accepted. */
  @Column('uuid', { name: 'request_id', nullable: true }) private requestId: string | null = null;

  private constructor() {
    super();
  }

  /** The case is offered; to another organisation within the release that was just checked (CONS-5: what leaves now is registered). */
  static propose(
    { caseId, responsible }: { caseId: string; responsible: string },
    { recipient, ...terms }: TransferTerms,
    consentId: string | null,
    stamp: Stamp,
  ): CaseTransfer {
    const inHouse = recipient.kind === 'case_manager';
    if (inHouse && recipient.subject === responsible)
      throw transferRules.broken('transfer-to-responsible', { responsible });
    if (inHouse && recipient.subject === stamp.by) throw transferRules.broken('transfer-to-oneself');
    const faults = faultsOf(terms, inHouse, dayOf(stamp));
    if (faults.length > 0) throw new InvalidInput(faults);
    const transfer = new CaseTransfer();
    Object.assign(transfer, { caseId, fromSubject: responsible, ...terms, consentId });
    Object.assign(transfer, {
      toSubject: inHouse ? recipient.subject : null,
      toOrganisationId: inHouse ? null : recipient.id,
      toName: inHouse ? null : recipient.name,
    });
    transfer.step('proposed', stamp);
    transfer.record(
      new CaseTransferProposed(transfer.id, caseId, recipient.kind, transfer.recipientId, terms.answerBy, stamp.at),
    );
    if (!inHouse) transfer.passed(offeredOf(terms.categories), stamp);
    return transfer;
  }

  /** The case manager of the house takes the case over; the sender stays for as long as was offered. */
  acceptInHouse(stamp: Stamp): void {
    this.requireAnswerable(stamp);
    this.senderDone = true;
    this.accepted(stamp);
  }

  /** The other organisation takes the case over, as the request named; now it gets to know who it is. */
  acceptOutside(requestId: string, stamp: Stamp): void {
    this.requireAnswerable(stamp);
    this.requestId = requestId;
    this.senderDone = !this.senderStays(dayOf(stamp));
    this.accepted(stamp);
    this.passed(this.categories, stamp);
  }

  decline(reason: string, stamp: Stamp): void {
    this.requireProposed();
    this.step('declined', stamp, null, reason);
    this.record(new CaseTransferDeclined(this.id, this.caseId, this.recipientId, stamp.at));
  }

  /** The sender takes the offer back, or it ends by itself. */
  withdraw(cause: TransferCause, reason: string | null, stamp: Stamp): void {
    this.requireProposed();
    this.step('withdrawn', stamp, cause, reason);
    this.record(new CaseTransferWithdrawn(this.id, this.caseId, cause, stamp.at));
  }

  /** The sender's last day is over, and its case closed. */
  endSender(): void {
    this.senderDone = true;
  }

  /** Whether the sender still works on the case on that day. */
  senderStays(day: string): boolean {
    return this.senderUntil !== null && this.senderUntil >= day;
  }

  /** Refuses unless it may be accepted now. */
  requireAnswerable(stamp: Stamp): void {
    this.requireProposed();
    if (this.answerBy < dayOf(stamp)) throw transferRules.broken('transfer-time-over', { answerBy: this.answerBy });
  }

  /** Whether the case is still the sender's to give: open, and nobody else's since. */
  isOf({ status, responsible }: { status: string; responsible: string }): boolean {
    return status !== 'closed' && responsible === this.fromSubject;
  }

  /** When it was offered (ISO instant). */
  get offeredAt(): string {
    return this.steps[0]!.at;
  }

  private get recipientId(): string {
    return this.toSubject ?? this.toOrganisationId!;
  }

  private requireProposed(): void {
    if (this.status !== 'proposed')
      throw transferRules.broken('transfer-not-proposed', { transferStatus: this.status });
  }

  private accepted(stamp: Stamp): void {
    this.step('accepted', stamp);
    const kind = this.toSubject === null ? 'organisation' : 'case_manager';
    const untilOn = this.senderStays(dayOf(stamp)) ? this.senderUntil : null;
    this.record(new CaseTransferAccepted(this.id, this.caseId, kind, this.recipientId, untilOn, stamp.at));
  }

  private passed(categories: readonly TransferCategory[], { at }: Stamp): void {
    const { id, caseId, recipientId, consentId } = this;
    this.record(
      new InformationPassed(
        id,
        caseId,
        'case_transfer',
        'organisation',
        recipientId,
        TRANSFER_PURPOSE,
        categories,
        consentId!,
        at,
      ),
    );
  }

  private step(
    status: TransferStatus,
    { at, by }: Stamp,
    cause: TransferCause | null = null,
    reason: string | null = null,
  ): void {
    this.status = status;
    this.steps = [...this.steps, { status, at, by, cause, reason }];
  }
}

function faultsOf(
  { categories, answerBy, senderUntil }: Omit<TransferTerms, 'recipient'>,
  inHouse: boolean,
  today: string,
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (!inHouse && NEEDED_CATEGORIES.some((needed) => !categories.includes(needed)))
    faults.push({ pointer: '#/categories', code: 'category-needed', detail: NEEDED });
  if (inHouse && categories.length > 0)
    faults.push({ pointer: '#/categories', code: 'categories-not-expected', detail: NOT_EXPECTED });
  if (answerBy < today) faults.push({ pointer: '#/answerBy', code: 'day-in-past', detail: IN_PAST });
  if (senderUntil !== null && senderUntil < today)
    faults.push({ pointer: '#/senderUntil', code: 'day-in-past', detail: IN_PAST });
  return faults;
}

const NEEDED = {
  en: 'Without identity and situation the other organisation has nothing to start from; name both.',
  de: 'Ohne Identität und Situation kann die andere Organisation nicht beginnen; nennen Sie beide (identity, situation).',
};
const NOT_EXPECTED = {
  en: 'Within the organisation no categories are named; leave them out.',
  de: 'Innerhalb der Organisation werden keine Datenarten genannt; lassen Sie sie weg.',
};
const IN_PAST = {
  en: 'This day has passed; name today or a later one.',
  de: 'Dieser Tag ist vorbei; nennen Sie heute oder einen späteren.',
};
