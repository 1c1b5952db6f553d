import { Column, Entity, Index } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../../shared/domain/errors';
import { PersonMerged, PersonUnmerged } from '../../events';
import type { Gender } from '../intake/intake.words';
import { type CommunicationNeeds, LANGUAGE_TAG, NO_NEEDS, changedNeeds, communicationFaults } from './communication';
import {
  BLANK,
  type Demographics,
  type DemographicsPatch,
  FIELDS,
  type Identity,
  type NewPerson,
} from './person.demographics';
import { type Identifier, readIdentifiers } from './person.identifiers';
import { type MergeRecord, type Separation, type TakenField, giveBack, givenInAll, takeOver } from './person.merge';
import { rules } from './person.refusals';

export type { Demographics, DemographicsPatch, Identity, NewPerson } from './person.demographics';

const EARLIEST_BIRTH = '1880-01-01';

/** Anyone the organisation holds data on; the client is the person a case is about. */
@Entity({ schema: 'cases', name: 'person' })
@Index('person_by_time', { synchronize: false })
@Index('person_by_key', { synchronize: false })
@Index('person_unchecked', { synchronize: false })
@Index('person_by_portal_subject', { synchronize: false })
@Index('person_by_survivor', { synchronize: false })
export class Person extends AggregateRoot implements Demographics {
  readonly familyName: string;
  readonly givenName: string | null;
  readonly birthName: string | null;
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly addressLines: string[];
  readonly postalCode: string | null;
  readonly town: string | null;
  readonly identifiers: Identifier[];
  readonly communication: CommunicationNeeds = NO_NEEDS;
  /** The identity above, sealed, with the person's key that opens it: application/person.repository.ts. */
  @Column('bytea') readonly sealed: Buffer;
  @Column({ type: 'int', name: 'key_no', update: false }) readonly keyNo: number;
  @Column({ type: 'bytea', name: 'wrapped_key', update: false }) readonly wrappedKey: Buffer;
  @Column('text') readonly gender: Gender;
  @Column({ type: 'text', array: true }) readonly languages: string[];
  @Column({ type: 'boolean', name: 'interpreter_needed' }) readonly interpreterNeeded: boolean;
  @Column({ type: 'text', name: 'portal_subject', nullable: true }) readonly portalSubject: string | null;
  @Column({ type: 'uuid', name: 'merged_into', nullable: true }) readonly mergedInto: string | null = null;
  @Column({ type: 'jsonb', nullable: true }) private merge: MergeRecord | null = null;
  @Column('jsonb', { default: () => "'[]'" }) private separations: Separation[] = [];
  /** The version that was last compared with all others (duplicate-candidates.job.ts). */
  @Column({ type: 'int', name: 'checked_version', update: false }) readonly checkedVersion: number = 0;
  @Column({ type: 'text', name: 'recorded_by', update: false }) private readonly recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, update: false }) private readonly recordedAt: Date;

  private constructor() {
    super();
  }

  /** CASE-1: puts a person on record. `pointer` is where the data stands in the request body. */
  static record(given: NewPerson, stamp: Stamp, pointer = '#'): Person {
    const person = new Person();
    Object.assign(person, BLANK, { recordedBy: stamp.by, recordedAt: new Date(stamp.at) });
    person.take(given, dayOf(stamp), pointer);
    return person;
  }

  /** CASE-1: corrects or completes what is known; absent fields stay, null clears. */
  correct(patch: DemographicsPatch, stamp: Stamp): void {
    this.requireNotMerged();
    this.take(patch, dayOf(stamp), '#');
  }

  /**
   * CASE-1: this record turned out to be a duplicate of `survivor`, which takes over what it lacks. Where both know
   * something different, the survivor's value stays, and the other remains readable here; nothing is deleted.
   */
  mergeInto(survivor: Person, reason: string, stamp: Stamp): void {
    this.requireNotMerged();
    if (survivor.id === this.id) throw rules.broken('merge-into-itself', { personId: this.id });
    if (survivor.mergedInto !== null)
      throw rules.broken('survivor-merged', { personId: survivor.id, survivorId: survivor.mergedInto });
    const { changes, gave } = takeOver(survivor, this);
    survivor.settle(changes);
    Object.assign(this, { mergedInto: survivor.id });
    this.merge = { id: uuidv7(), reason, ...stamp, gave };
    this.record(new PersonMerged(this.id, survivor.id, stamp.at, this.merge.id));
  }

  /** The merge that this record is in; refused where it is in none. */
  requireMerge(): { survivorId: string; mergeId: string } {
    if (this.mergedInto === null || !this.merge) throw rules.broken('person-not-merged', { personId: this.id });
    return { survivorId: this.mergedInto, mergeId: this.merge.id };
  }

  /**
   * CASE-1: the merge was a mistake. The survivor gives back what it had taken over, unless it was changed since: these
   * fields are answered. What it lacks then it gets from `others`, the records still merged into it, oldest merge first.
   * `caseIds` are the cases of requests that go back.
   */
  unmergeFrom(
    survivor: Person,
    others: readonly Person[],
    { reason, caseIds }: { reason: string; caseIds: readonly string[] },
    stamp: Stamp,
  ): readonly TakenField[] {
    const { survivorId, mergeId } = this.requireMerge();
    if (survivor.mergedInto !== null)
      throw rules.broken('survivor-merged-since', { personId: survivor.id, survivorId: survivor.mergedInto });
    const { id: _id, gave, ...merge } = this.merge!;
    const { changes, lost, kept } = giveBack(survivor, this, gave);
    survivor.settle(changes);
    for (const other of others) {
      const more = takeOver(survivor, other, lost);
      survivor.settle(more.changes);
      other.merge = { ...other.merge!, gave: givenInAll(other.merge!.gave, more.gave) };
    }
    this.separations = [...this.separations, { survivorId, merge, reason, ...stamp }];
    Object.assign(this, { mergedInto: null, merge: null });
    this.record(new PersonUnmerged(this.id, survivorId, mergeId, caseIds, stamp.at));
    return kept;
  }

  /** What says who the person is. */
  get identity(): Identity {
    const { familyName, givenName, birthName, birthDate, phone, email } = this;
    const { addressLines, postalCode, town, identifiers, communication } = this;
    return {
      familyName,
      givenName,
      birthName,
      birthDate,
      phone,
      email,
      addressLines,
      postalCode,
      town,
      identifiers,
      communication,
    };
  }

  private requireNotMerged(): void {
    if (this.mergedInto !== null)
      throw rules.broken('person-merged', { personId: this.id, survivorId: this.mergedInto });
  }

  private take(patch: DemographicsPatch, today: string, pointer: string): void {
    const { identifiers, faults: wrong } = readIdentifiers(
      patch.identifiers ?? [],
      this.identifiers,
      `${pointer}/identifiers`,
    );
    const interpreterNeeded = (patch.interpreterNeeded === undefined ? this : patch).interpreterNeeded ?? false;
    const communication =
      patch.communication === null ? NO_NEEDS : changedNeeds(this.communication, patch.communication ?? {});
    const faults = [
      ...faultsOf(patch, today, pointer),
      ...wrong,
      ...communicationFaults(communication, interpreterNeeded, `${pointer}/communication`),
    ];
    if (faults.length > 0) throw new InvalidInput(faults);
    const known: DemographicsPatch = { ...patch, ...(patch.identifiers ? { identifiers } : {}), communication };
    const given = FIELDS.filter((field) => known[field] !== undefined);
    this.settle(Object.fromEntries(given.map((field) => [field, known[field] ?? BLANK[field as keyof typeof BLANK]])));
  }

  private settle(changes: Partial<Demographics>): void {
    Object.assign(this, changes);
  }
}

function faultsOf({ birthDate, languages }: DemographicsPatch, today: string, pointer: string): FieldFault[] {
  const faults: FieldFault[] = [];
  if (birthDate && (birthDate > today || birthDate < EARLIEST_BIRTH))
    faults.push({
      pointer: `${pointer}/birthDate`,
      code: 'birth-date-impossible',
      detail: {
        en: 'A living person cannot be born on that day',
        de: 'An diesem Tag kann kein lebender Mensch geboren sein',
      },
    });
  languages?.forEach((language, i) => {
    if (!LANGUAGE_TAG.test(language))
      faults.push({
        pointer: `${pointer}/languages/${i}`,
        code: 'language-tag',
        detail: {
          en: 'Use a language tag such as "de" or "pl" (BCP 47)',
          de: 'Verwenden Sie ein Sprachkürzel wie „de“ oder „pl“ (BCP 47)',
        },
      });
  });
  return faults;
}
