import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../shared/domain/aggregate-root';
import { PersonalDataExportFailed, PersonalDataExportReady } from '../events';
import { rules } from './subject-request.refusals';

/** Days for which the files of an export are kept. */
export const EXPORT_KEPT_DAYS = 7;
/** How often an export is tried before it is given up. */
export const EXPORT_TRIES = 5;

/**
 * GDPR 15, 20: a copy of everything held on a person, made in the background. Its files lie encrypted with the person's key,
 * for a week.
 */
@Entity({ schema: 'consent', name: 'personal_data_export' })
@Index('personal_data_export_by_request', ['tenantId', 'subjectRequestId', 'id'])
@Index('personal_data_export_waiting', { synchronize: false })
export class PersonalDataExport extends AggregateRoot {
  @Column({ type: 'uuid', name: 'person_id', update: false }) readonly personId: string;
  @Column({ type: 'uuid', name: 'subject_request_id', update: false }) readonly subjectRequestId: string;
  @Column({ type: 'text', name: 'asked_by', update: false }) readonly askedBy: string;
  @Column({ type: 'timestamptz', name: 'asked_at', precision: 3, update: false }) readonly askedAt: Date;
  @Column('text') readonly status: 'waiting' | 'ready' | 'failed' | 'expired' = 'waiting';
  /** Whoever works on it has it until then; written by `claim` in the repository alone. */
  @Column({ type: 'timestamptz', name: 'claimed_until', precision: 3, nullable: true, update: false })
  readonly claimedUntil: Date | null = null;
  @Column({ type: 'int', update: false }) readonly tries: number = 0;
  @Column({ type: 'timestamptz', name: 'ready_at', precision: 3, nullable: true }) private readyAt: Date | null = null;
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, nullable: true }) private expiresAt: Date | null =
    null;

  private constructor() {
    super();
  }

  static ask(personId: string, subjectRequestId: string, stamp: Stamp): PersonalDataExport {
    return Object.assign(new PersonalDataExport(), {
      ...{ personId, subjectRequestId },
      askedBy: stamp.by,
      askedAt: new Date(stamp.at),
    });
  }

  /** Its files are there. */
  complete(stamp: Stamp): void {
    const readyAt = new Date(stamp.at);
    const expiresAt = new Date(readyAt.getTime() + EXPORT_KEPT_DAYS * 86_400_000);
    Object.assign(this, { status: 'ready', readyAt, expiresAt });
    this.record(new PersonalDataExportReady(this.id, this.personId, expiresAt.toISOString(), stamp.at));
  }

  /** It could not be made, however often it was tried. What somebody else has finished meanwhile stays. */
  giveUp(stamp: Stamp): void {
    if (this.status !== 'waiting') return;
    Object.assign(this, { status: 'failed' });
    this.record(new PersonalDataExportFailed(this.id, this.personId, stamp.at));
  }

  /** Its files are gone. */
  expire(): void {
    Object.assign(this, { status: 'expired' });
  }

  /** Refuses what is not there to be read at that instant. */
  requireReadable(now: string): void {
    if (this.status === 'expired' || (this.expiresAt && this.expiresAt.toISOString() <= now))
      throw rules.broken('personal-data-export-expired', { personalDataExportId: this.id });
    if (this.status !== 'ready')
      throw rules.broken('personal-data-export-not-ready', { personalDataExportId: this.id });
  }
}
