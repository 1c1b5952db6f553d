import { Check, Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../../shared/domain/errors';
import { StaffRecorded } from '../../events';

/** CASE-7, QA-8: the proof that somebody may work as a case manager; days are YYYY-MM-DD. */
export type Qualification = {
  readonly title: string;
  /** Last day it is valid; null when it does not end. */
  readonly validUntil: string | null;
  readonly lastTrainingOn: string | null;
};
/** What is recorded about a member of staff. */
export type StaffData = {
  readonly displayName: string;
  readonly team: string | null;
  /** Weight of the cases; null for the limit of the organisation. */
  readonly caseloadLimit: number | null;
  readonly qualification: Qualification | null;
};

/** CASE-7: somebody who carries cases: how much they may carry and by which qualification. */
@Entity({ schema: 'cases', name: 'staff_member' })
@Check('staff_member_caseload_limit', 'caseload_limit between 1 and 500')
@Index('staff_member_by_subject', ['tenantId', 'subject'], { unique: true })
export class StaffMember extends AggregateRoot {
  /** The subject of the user's token. */
  @Column({ type: 'text', collation: 'C', update: false }) readonly subject: string;
  @Column({ type: 'text', name: 'display_name' }) readonly displayName: string;
  @Column({ type: 'text', nullable: true }) readonly team: string | null;
  @Column({ type: 'int', name: 'caseload_limit', nullable: true }) readonly caseloadLimit: number | null;
  @Column({ type: 'jsonb', nullable: true }) readonly qualification: Qualification | null;
  @Column({ type: 'text', name: 'recorded_by' }) private recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3 }) private recordedAt: Date;

  private constructor() {
    super();
  }

  /** CASE-7: puts a member of staff on record. */
  static employ(subject: string, data: StaffData, stamp: Stamp): StaffMember {
    const member = new StaffMember();
    Object.assign(member, { subject });
    member.change(data, stamp);
    return member;
  }

  /** CASE-7: replaces what is recorded; without a limit of their own the one of the organisation holds. */
  change({ displayName, team, caseloadLimit, qualification }: StaffData, stamp: Stamp): void {
    const faults = faultsOf(qualification, dayOf(stamp));
    if (faults.length > 0) throw new InvalidInput(faults);
    Object.assign(this, { displayName, team, caseloadLimit, qualification });
    this.recordedBy = stamp.by;
    this.recordedAt = new Date(stamp.at);
    this.record(new StaffRecorded(this.id, this.subject, qualification?.validUntil ?? null, caseloadLimit, stamp.at));
  }

  /** CASE-7: whether the qualification is on record and valid on that day (YYYY-MM-DD). */
  isQualifiedOn(day: string): boolean {
    return this.qualification !== null && (this.qualification.validUntil ?? day) >= day;
  }
}

function faultsOf(qualification: Qualification | null, today: string): FieldFault[] {
  if (!qualification?.lastTrainingOn || qualification.lastTrainingOn <= today) return [];
  return [
    {
      pointer: '#/qualification/lastTrainingOn',
      code: 'date-in-future',
      detail: {
        en: 'A training that is still to come does not count yet',
        de: 'Eine Fortbildung, die noch bevorsteht, zählt noch nicht',
      },
    },
  ];
}
