import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../shared/auth/case-access';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { InvalidInput, NotFound } from '../../../shared/domain/errors';
import { Receipt } from '../../../shared/http/answer';
import { DisputedRecords } from '../../../shared/privacy/disputed-records';
import { type HeldRecord, HeldRecords } from '../../../shared/privacy/held-records';
import { stampBy } from '../../../shared/stamp';
import { DataDispute } from '../domain/data-dispute.entity';
import { NO_SUCH_RECORD, NO_SUCH_TYPE } from './data-dispute.faults';
import { DataDisputeRepository } from './data-dispute.repository';
import { NO_OWN_PERSON, NO_SUCH_PERSON, NO_SUCH_REQUEST } from './subject-request.faults';
import { SubjectRequestRepository } from './subject-request.repository';

/** What is contested, as it is recorded; from the own account the person goes without saying. */
export type DisputeRecorded = {
  personId?: string;
  record: { type: string; id: string };
  statement: string;
  counterStatement: string;
  subjectRequestId?: string;
};

/** CONS-6, GDPR 16, 18: records that somebody contests the accuracy of what is on record, and how that ended. */
@Injectable()
export class DataDisputeService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly disputes: DataDisputeRepository,
    private readonly requests: SubjectRequestRepository,
    private readonly records: HeldRecords,
    private readonly disputed: DisputedRecords,
    private readonly persons: CasePersons,
    private readonly access: CaseAccess,
    private readonly clock: Clock,
  ) {}

  record({ record, statement, counterStatement, subjectRequestId, ...named }: DisputeRecorded): Promise<Receipt> {
    return this.uow.run(async () => {
      const personId = await this.person(named.personId);
      if (subjectRequestId && (await this.requests.find(subjectRequestId))?.personId !== personId)
        throw new InvalidInput([NO_SUCH_REQUEST]);
      if (!this.records.isHeld(record.type)) throw new InvalidInput([NO_SUCH_TYPE]);
      const found = await this.records.find(record.type, record.id);
      const place = await this.placeOf(found, { id: record.id, personId });
      const { type, id } = record;
      const terms = { statement, counterStatement, subjectRequestId: subjectRequestId ?? null };
      const contested = { type, id, version: found?.version ?? null };
      return this.put(DataDispute.raise({ personId, ...place, record: contested, ...terms }, stampBy(this.clock)));
    });
  }

  correct(id: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, async (dispute) => {
      const found = await this.records.find(dispute.recordType, dispute.recordId);
      dispute.correct(found?.version ?? null, stampBy(this.clock));
    });
  }

  uphold(id: string, expected: Expected, terms: Parameters<DataDispute['uphold']>[0]): Promise<Receipt> {
    return this.change(id, expected, (dispute) => dispute.uphold(terms, stampBy(this.clock)));
  }

  withdraw(id: string, expected: Expected, reason: string | null): Promise<Receipt> {
    return this.change(id, expected, (dispute) => dispute.withdraw(reason, stampBy(this.clock)));
  }

  /** Whose data it is: one's own from the own account, or that of somebody one decides for. */
  private async person(named?: string): Promise<string> {
    const own = this.isStaff ? null : await this.persons.ofAccount(context().user!.subject);
    if (own && (named ?? own) === own) return own;
    if (!named) throw new InvalidInput([NO_OWN_PERSON]);
    const personId = await this.persons.surviving(named);
    if (personId) return personId;
    // Who is restricted is not found either.
    if (await this.persons.restricts(named)) throw new NotFound('person', named);
    throw new InvalidInput([NO_SUCH_PERSON]);
  }

  /** The file in which the record stands. What the user may not see is not there; what is of somebody else is a fault. */
  private async placeOf(found: HeldRecord | null, { id, personId }: { id: string; personId: string }) {
    if (found && found.caseIds.length > 0) {
      const seen = await Promise.all(found.caseIds.map((caseId) => this.persons.require(caseId).catch(unlessFound)));
      if (seen.every((one) => one === null)) throw new NotFound('record', id);
      const place = seen.find((one) => one?.persons.find(personId) && (!one.mine || one.mine.includes(personId)));
      if (!place) throw new InvalidInput([NO_SUCH_RECORD]);
      return { caseId: place.persons.caseId, requestId: null };
    }
    const whose = found?.personId === personId ? personId : await this.survivorOf(found);
    if (!found || !whose || !(await this.seesPerson(whose))) throw new NotFound('record', id);
    if (whose !== personId) throw new InvalidInput([NO_SUCH_RECORD]);
    return { caseId: null, requestId: found.requestId };
  }

  private async survivorOf(found: HeldRecord | null): Promise<string | null> {
    return found?.personId ? this.persons.surviving(found.personId) : null;
  }

  private change(
    id: string,
    expected: Expected,
    step: (dispute: DataDispute) => void | Promise<void>,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.disputes.find(id);
      if (!found || !(await this.sees(found))) throw new NotFound('data dispute', id);
      const dispute = await this.disputes.get(id, expected);
      await step(dispute);
      return this.put(dispute);
    });
  }

  private async sees({ personId, caseId }: DataDispute): Promise<boolean> {
    if (caseId === null) return this.seesPerson(personId);
    if (this.isStaff) return (await this.access.require(caseId).catch(unlessFound)) !== null;
    const seen = await this.persons.require(caseId).catch(unlessFound);
    return seen?.mine?.includes(personId) ?? (await this.seesPerson(personId));
  }

  /** What is in no case: all staff of the organisation see it, and the person. */
  private async seesPerson(personId: string): Promise<boolean> {
    if (this.isStaff) return !(await this.persons.restricts(personId));
    return (await this.persons.ofAccount(context().user!.subject)) === personId;
  }

  private put(dispute: DataDispute): Receipt {
    this.disputes.store(dispute);
    this.disputed.mark(dispute);
    return Receipt.of(dispute);
  }

  private get isStaff(): boolean {
    return context().relationships.some((relationship) => relationship !== 'own');
  }
}

function unlessFound(error: unknown): null {
  if (error instanceof NotFound) return null;
  throw error;
}
