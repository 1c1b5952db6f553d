import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../../shared/domain/errors';
import { GuestContributed, JournalEntryCorrected, JournalEntryRecorded } from '../../events';
import type { Activity, CmFunction } from '../intake/intake.words';
import { rules } from './journal-entry.refusals';

/** CASE-8: what an entry says. */
export type EntryContent = {
  readonly kind: Activity;
  /** The case management function the activity served. */
  readonly function: CmFunction;
  readonly participants: readonly string[];
  readonly minutes: number;
  /** Euro cents. */
  readonly costCents: number;
  /** Day of the activity, YYYY-MM-DD. */
  readonly on: string;
  readonly text: string;
  readonly sharedWithClient: boolean;
  /** Organisations that steer the case jointly and were given the notes read it (CASE-11). */
  readonly sharedInSteering: boolean;
};
/** Staff of another organisation who was invited to write (CASE-11). */
export type EntryGuest = { steeringId: string; guestId: string };
type EarlierVersion = EntryContent & { version: number; writtenBy: string; writtenAt: string; reason: string | null };

/** CASE-8: an activity in a case. A correction is a new version; every earlier one stays readable. */
@Entity({ schema: 'cases', name: 'journal_entry' })
@Index('journal_entry_by_case', ['tenantId', 'caseId', 'on', 'id'])
export class JournalEntry extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column('text') private readonly kind: Activity;
  @Column('text', { name: 'served_function' }) private readonly function: CmFunction;
  @Column('text', { array: true }) private readonly participants: string[];
  @Column('int') private readonly minutes: number;
  @Column('int', { name: 'cost_cents' }) private readonly costCents: number;
  @Column('date', { name: 'happened_on' }) private readonly on: string;
  @Column('text') private readonly text: string;
  @Column('boolean', { name: 'shared_with_client' }) private readonly sharedWithClient: boolean;
  @Column('boolean', { name: 'shared_in_steering' }) private readonly sharedInSteering: boolean;
  /** The organisation of whoever wrote it, where that is another one (CASE-11). */
  @Column({ type: 'uuid', name: 'guest_id', nullable: true, update: false }) private readonly guestId: string | null =
    null;
  @Column('text', { name: 'written_by' }) private readonly writtenBy: string;
  @Column({ type: 'timestamptz', name: 'written_at', precision: 3 }) private readonly writtenAt: Date;
  /** Why this version was written; null for the first. */
  @Column('text', { name: 'correction_reason', nullable: true }) private readonly correctionReason: string | null =
    null;
  @Column('jsonb') private earlier: EarlierVersion[] = [];

  private constructor() {
    super();
  }

  /** CASE-8: records an activity. After the end of a case only documentation is left to record. */
  static write(kase: { caseId: string; status: string }, content: EntryContent, stamp: Stamp): JournalEntry {
    if (kase.status === 'closed' && content.kind !== 'documentation')
      throw rules.broken('journal-closed', { caseId: kase.caseId });
    const entry = new JournalEntry();
    Object.assign(entry, { caseId: kase.caseId });
    entry.say(content, null, stamp);
    const { kind, function: served, minutes, costCents, on } = content;
    entry.record(new JournalEntryRecorded(entry.id, kase.caseId, kind, served, minutes, costCents, on));
    return entry;
  }

  /** CASE-11: a guest records an activity by name and organisation; everybody who steers the case jointly reads it. */
  static writeAsGuest(
    kase: { caseId: string; status: string },
    content: EntryContent,
    { steeringId, guestId }: EntryGuest,
    stamp: Stamp,
  ): JournalEntry {
    const entry = JournalEntry.write(kase, { ...content, sharedInSteering: true }, stamp);
    Object.assign(entry, { guestId });
    entry.record(new GuestContributed(entry.id, kase.caseId, steeringId, guestId, stamp.by, 'notes', stamp.at));
    return entry;
  }

  /** CASE-8: replaces the fields given by a new version with a reason; what stood before stays readable. */
  correct(correction: Partial<EntryContent>, reason: string, stamp: Stamp): void {
    const before = this.content;
    const given = Object.entries(correction).filter(([, value]) => value !== undefined);
    const content: EntryContent = { ...before, ...Object.fromEntries(given) };
    if (JSON.stringify(content) === JSON.stringify(before)) throw rules.broken('nothing-corrected');
    const { version, writtenBy, writtenAt, correctionReason } = this;
    this.earlier = [
      ...this.earlier,
      { ...before, version, writtenBy, writtenAt: writtenAt.toISOString(), reason: correctionReason },
    ];
    this.say(content, reason, stamp);
    this.record(
      new JournalEntryCorrected(
        this.id,
        this.caseId,
        before.minutes,
        content.minutes,
        before.costCents,
        content.costCents,
      ),
    );
  }

  private get content(): EntryContent {
    const { kind, participants, minutes, costCents, on, text, sharedWithClient, sharedInSteering } = this;
    const shared = { sharedWithClient, sharedInSteering };
    return { kind, function: this.function, participants, minutes, costCents, on, text, ...shared };
  }

  private say(content: EntryContent, correctionReason: string | null, stamp: Stamp): void {
    if (content.on > dayOf(stamp))
      throw new InvalidInput([
        {
          pointer: '#/on',
          code: 'date-in-future',
          detail: {
            en: 'An activity is recorded after it took place; note a follow-up for what is planned',
            de: 'Eine Aktivität wird festgehalten, nachdem sie stattgefunden hat; für Geplantes legen Sie eine Wiedervorlage an',
          },
        },
      ]);
    Object.assign(this, content, { correctionReason, writtenBy: stamp.by, writtenAt: new Date(stamp.at) });
  }
}
