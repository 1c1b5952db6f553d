import { Injectable } from '@nestjs/common';
import { GuestAccess } from '../../../../shared/auth/guest-access';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { ConsentReader } from '../../../consent';
import { CaseRequest } from '../../domain/intake/case-request.entity';
import type { CaseTransfer } from '../../domain/steering/case-transfer.entity';
import { transferRules } from '../../domain/steering/case-transfer.refusals';
import { TRANSFER_PURPOSE, type TransferCategory } from '../../domain/steering/case-transfer.values';
import type { FieldOfPractice } from '../../domain/intake/intake.words';
import { type NewPerson, Person } from '../../domain/persons/person.entity';
import { type Handover, ReceivedHandover } from '../../domain/steering/received-handover.entity';
import { CaseRepository } from '../case/case.repository';
import { CaseRequestRepository } from '../intake/case-request.repository';
import { PersonDuplicates } from '../persons/person.duplicates';
import { PersonRepository } from '../persons/person.repository';
import { CaseTransferRepository, ReceivedHandoverRepository } from './case-transfer.repository';

/** What an organisation takes over: it is made in the sender's organisation and stored in its own, in one transaction. */
type Taken = { person: Person; request: CaseRequest; handover: Handover; receipt: Receipt };

/** The receiver's side of a case that another organisation offers (CASE-12). */
@Injectable()
export class TransferOfferService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly guests: GuestAccess,
    private readonly transfers: CaseTransferRepository,
    private readonly received: ReceivedHandoverRepository,
    private readonly cases: CaseRepository,
    private readonly requests: CaseRequestRepository,
    private readonly persons: PersonRepository,
    private readonly duplicates: PersonDuplicates,
    private readonly consents: ConsentReader,
  ) {}

  /**
   * The organisation gets a request of its own with a person of its own, sealed under its own key; the sender's case is
   * closed, or stays open until the day agreed. Nobody is in between: all of it is there, or nothing.
   */
  accept(id: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const stamp = stampBy(this.clock);
      const { person, request, handover, receipt } = await this.take(id, expected, stamp);
      await this.persons.add(person);
      this.requests.store(request);
      this.received.store(ReceivedHandover.receive(handover, stamp));
      return Object.assign(receipt, { warnings: await this.duplicates.warnings(person) });
    });
  }

  decline(id: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.guests.enter({ kind: 'case_transfer', id, way: 'answer' }, async () => {
      const transfer = await this.transfers.get(id, expected);
      transfer.decline(reason, stampBy(this.clock));
      this.transfers.store(transfer);
      return Receipt.of(transfer);
    });
  }

  /** CONS-3: whether the release the offer relies on carries all that is handed over now; held until the unit ends. */
  async covered({ caseId, toOrganisationId, consentId, categories }: CaseTransfer, personId: string): Promise<boolean> {
    const verdict = await this.consents.check({
      caseId,
      recipient: { kind: 'organisation', id: toOrganisationId! },
      categories,
      purpose: TRANSFER_PURPOSE,
      personId,
      consentId: consentId!,
    });
    return verdict.allowed;
  }

  private take(id: string, expected: Expected, stamp: Stamp): Promise<Taken> {
    return this.guests.enter({ kind: 'case_transfer', id, way: 'answer' }, async (caseId) => {
      const transfer = await this.transfers.get(id, expected);
      transfer.requireAnswerable(stamp);
      const found = await this.cases.findLocked(caseId);
      if (!found || !transfer.isOf(found)) throw transferRules.broken('transfer-case-moved');
      const client = await this.persons.find(found.personId);
      if (!client || !(await this.covered(transfer, found.personId)))
        throw transferRules.broken('transfer-consent-ended');
      const person = Person.record(handedOver(client, transfer.categories), stamp);
      const { summary, facts } = transfer;
      // A case keeps the word of its request.
      const fieldOfPractice = found.fieldOfPractice as FieldOfPractice;
      const asked = { askedBy: 'other', channel: 'interface', acuteDanger: null } as const;
      const request = CaseRequest.record(person.id, { ...asked, concern: summary, fieldOfPractice }, stamp);
      transfer.acceptOutside(request.id, stamp);
      if (transfer.senderDone) {
        found.passOn(transfer.reason, { ...stamp, by: transfer.fromSubject });
        this.cases.store(found);
      }
      this.transfers.store(transfer);
      this.guests.log({ action: 'disclose', resourceType: 'case_transfer', resourceIds: [id, found.personId], caseId });
      const { tenantId: organisationId } = context();
      const organisationName = (await this.guests.organisationName(organisationId))!;
      const handover = { transferId: id, requestId: request.id, organisationId, organisationName, summary, facts };
      return { person, request, handover, receipt: Receipt.of(transfer) };
    });
  }
}

/** What of a person goes with the case; identifiers and the account stay. */
function handedOver(person: Person, categories: readonly TransferCategory[]): NewPerson {
  const { familyName, givenName, birthName, birthDate, gender, languages, interpreterNeeded } = person;
  const { phone, email, addressLines, postalCode, town } = person;
  const contact = categories.includes('contact') ? { phone, email, addressLines, postalCode, town } : {};
  return { familyName, givenName, birthName, birthDate, gender, languages, interpreterNeeded, ...contact };
}
