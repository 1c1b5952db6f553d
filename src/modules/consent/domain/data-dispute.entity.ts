import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../shared/domain/aggregate-root';
import { DataDisputed, DataDisputeSettled } from '../events';
import { disputeRules as rules } from './data-dispute.refusals';
import type { DisputeState, UpholdingGround } from './data-dispute.words';

/** What is contested: a row that Lotse holds, by its table's name, and its version at that time where it has one. */
export type DisputedRecord = { readonly type: string; readonly id: string; readonly version: number | null };

/** A person says that something on record about them is not true. */
export type DisputeTerms = {
  readonly personId: string;
  /** The file the record is in; both null for a record of the person itself. */
  readonly caseId: string | null;
  readonly requestId: string | null;
  readonly record: DisputedRecord;
  /** What of the record is contested. */
  readonly statement: string;
  /** What the person says instead. */
  readonly counterStatement: string;
  /** The request for rectification or restriction it came with. */
  readonly subjectRequestId: string | null;
};

/** How it ended; what does not belong to its state is null. */
export type DisputeSettlement = {
  readonly as: Exclude<DisputeState, 'open'>;
  /** Why the record stays. */
  readonly ground: UpholdingGround | null;
  readonly reason: string | null;
  /** The version of the record that is right. */
  readonly correctedVersion: number | null;
} & Stamp;

/**
 * CONS-6, GDPR 16, 18, sec. 84 (2) SGB X: while it is open, and for good where the record is upheld, the record is used
 * only with the mark that it is disputed.
 */
@Entity({ schema: 'consent', name: 'data_dispute' })
@Index('data_dispute_by_case', ['tenantId', 'caseId', 'id'])
@Index('data_dispute_by_person', ['tenantId', 'personId', 'id'])
@Index('data_dispute_by_record', ['tenantId', 'recordId', 'id'])
export class DataDispute extends AggregateRoot {
  @Column({ type: 'uuid', name: 'person_id' }) readonly personId: string;
  @Column({ type: 'uuid', name: 'case_id', nullable: true, update: false }) readonly caseId: string | null;
  @Column({ type: 'uuid', name: 'request_id', nullable: true, update: false }) readonly requestId: string | null;
  @Column({ type: 'text', name: 'record_type', update: false }) readonly recordType: string;
  @Column({ type: 'uuid', name: 'record_id', update: false }) readonly recordId: string;
  @Column({ type: 'int', name: 'record_version', nullable: true, update: false }) readonly recordVersion: number | null;
  @Column({ type: 'text', update: false }) readonly statement: string;
  @Column({ type: 'text', name: 'counter_statement', update: false }) readonly counterStatement: string;
  @Column({ type: 'uuid', name: 'subject_request_id', update: false, nullable: true })
  readonly subjectRequestId: string | null;
  @Column({ type: 'text', name: 'recorded_by', update: false }) readonly recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, update: false }) readonly recordedAt: Date;
  @Column('jsonb', { nullable: true }) private settlement: DisputeSettlement | null = null;

  private constructor() {
    super();
  }

  /** The accuracy of a record is contested. */
  static raise({ record, ...terms }: DisputeTerms, stamp: Stamp): DataDispute {
    const dispute = Object.assign(new DataDispute(), terms, {
      ...{ recordType: record.type, recordId: record.id, recordVersion: record.version },
      ...{ recordedBy: stamp.by, recordedAt: new Date(stamp.at) },
    });
    const { id, caseId, personId } = dispute;
    dispute.record(new DataDisputed(id, caseId, personId, record.type, record.id, stamp.at));
    return dispute;
  }

  /** The record was corrected: `version` is its version now, null where records of its kind have none. */
  correct(version: number | null, stamp: Stamp): void {
    this.requireOpen();
    if (version !== null && version === this.recordVersion)
      throw rules.broken('data-dispute-not-corrected', { recordType: this.recordType, recordId: this.recordId });
    this.settle({ as: 'corrected', correctedVersion: version }, stamp);
  }

  /** The record stays as it is, for a reason; what the person says stays with it. */
  uphold({ ground, reason }: { ground: UpholdingGround; reason: string }, stamp: Stamp): void {
    this.requireOpen();
    this.settle({ as: 'upheld', ground, reason }, stamp);
  }

  /** The person does not contest it any more. */
  withdraw(reason: string | null, stamp: Stamp): void {
    this.requireOpen();
    this.settle({ as: 'withdrawn', reason }, stamp);
  }

  /** Whether the record is used only with the mark that it is disputed. */
  get marks(): boolean {
    return this.settlement === null || this.settlement.as === 'upheld';
  }

  private settle(how: Pick<DisputeSettlement, 'as'> & Partial<DisputeSettlement>, { by, at }: Stamp): void {
    this.settlement = { ...{ ground: null, reason: null, correctedVersion: null }, ...how, by, at };
    const { id, caseId, personId, recordType, recordId, subjectRequestId } = this;
    this.record(new DataDisputeSettled(id, caseId, personId, recordType, recordId, how.as, subjectRequestId, at));
  }

  private requireOpen(): void {
    if (this.settlement) throw rules.broken('data-dispute-settled', { state: this.settlement.as });
  }
}
