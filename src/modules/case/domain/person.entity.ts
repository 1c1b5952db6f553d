import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../shared/domain/errors';
import { PersonMerged } from '../events';
import type { Gender } from './intake.words';
import { type Identifier, identifierKey, readIdentifiers } from './person.identifiers';
import { rules } from './person.refusals';

/** What is known of a person (CASE-1); only the family name is needed, everything else may come later. */
export type Demographics = {
  familyName: string;
  givenName: string | null;
  birthName: string | null;
  /** YYYY-MM-DD; null while not known, also when only the year is. */
  birthDate: string | null;
  gender: Gender;
  /** Languages the person understands, BCP 47 (`de`, `pl`), best first. */
  languages: readonly string[];
  interpreterNeeded: boolean;
  phone: string | null;
  email: string | null;
  addressLines: readonly string[];
  postalCode: string | null;
  town: string | null;
  /** The token subject of the person's own account, once there is one. */
  portalSubject: string | null;
  identifiers: readonly Identifier[];
};
/** What says who a person is: in the database it stands sealed only. */
export type Identity = Pick<
  Demographics,
  | 'familyName'
  | 'givenName'
  | 'birthName'
  | 'birthDate'
  | 'phone'
  | 'email'
  | 'addressLines'
  | 'postalCode'
  | 'town'
  | 'identifiers'
>;
/** A merge patch (RFC 7396): absent stays, null clears. */
export type DemographicsPatch = { readonly [K in keyof Demographics]?: Demographics[K] | null };
/** What is given when a person is recorded. */
export type NewPerson = DemographicsPatch & { readonly familyName: string };

/** What a cleared or never given field holds. */
const BLANK: Omit<Demographics, 'familyName'> = {
  givenName: null,
  birthName: null,
  birthDate: null,
  gender: 'not_stated',
  languages: [],
  interpreterNeeded: false,
  phone: null,
  email: null,
  addressLines: [],
  postalCode: null,
  town: null,
  portalSubject: null,
  identifiers: [],
};
const FIELDS = ['familyName', ...Object.keys(BLANK)] as (keyof Demographics)[];
const EARLIEST_BIRTH = '1880-01-01';
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** Anyone the organisation holds data on; the client is the person a case is about. */
@Entity({ schema: 'cases', name: 'person' })
@Index('person_by_time', { synchronize: false })
@Index('person_by_key', { synchronize: false })
@Index('person_unchecked', { synchronize: false })
@Index('person_by_portal_subject', { synchronize: false })
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
  /** The identity above, sealed, with the person's key that opens it: application/person.repository.ts. */
  @Column('bytea') readonly sealed: Buffer;
  @Column({ type: 'int', name: 'key_no', nullable: true, update: false }) readonly keyNo: number | null = null;
  @Column({ type: 'bytea', name: 'wrapped_key', nullable: true, update: false }) readonly wrappedKey: Buffer | null =
    null;
  @Column('text') readonly gender: Gender;
  @Column({ type: 'text', array: true }) readonly languages: string[];
  @Column({ type: 'boolean', name: 'interpreter_needed' }) readonly interpreterNeeded: boolean;
  @Column({ type: 'text', name: 'portal_subject', nullable: true }) readonly portalSubject: string | null;
  @Column({ type: 'uuid', name: 'merged_into', nullable: true }) readonly mergedInto: string | null = null;
  @Column({ type: 'jsonb', nullable: true }) private merge: { reason: string; by: string; at: string } | null = null;
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
   * CASE-1: takes over what this record lacks from a duplicate. Where both know something different, this record's
   * value stays, and the other remains readable on the duplicate.
   */
  absorb(duplicate: Person): void {
    if (this.mergedInto !== null)
      throw rules.broken('survivor-merged', { personId: this.id, survivorId: this.mergedInto });
    const hasAddress = this.addressLines.length > 0 || this.postalCode !== null || this.town !== null;
    const { addressLines, postalCode, town } = hasAddress ? this : duplicate;
    const known = new Set(this.identifiers.map(identifierKey));
    const lacking = (['givenName', 'birthName', 'birthDate', 'phone', 'email', 'portalSubject'] as const).filter(
      (f) => this[f] === null,
    );
    this.settle({
      ...Object.fromEntries(lacking.map((field) => [field, duplicate[field]])),
      gender: this.gender === 'not_stated' ? duplicate.gender : this.gender,
      languages: [...new Set([...this.languages, ...duplicate.languages])],
      interpreterNeeded: this.interpreterNeeded || duplicate.interpreterNeeded,
      addressLines,
      postalCode,
      town,
      identifiers: [...this.identifiers, ...duplicate.identifiers.filter((i) => !known.has(identifierKey(i)))],
    });
  }

  /** CASE-1: this record turned out to be a duplicate of `survivor`, which takes over; nothing is deleted. */
  mergeInto(survivor: Person, reason: string, stamp: Stamp): void {
    this.requireNotMerged();
    if (survivor.id === this.id) throw rules.broken('merge-into-itself', { personId: this.id });
    survivor.absorb(this);
    Object.assign(this, { mergedInto: survivor.id });
    this.merge = { reason, ...stamp };
    this.record(new PersonMerged(this.id, survivor.id, stamp.at));
  }

  /** What says who the person is. */
  get identity(): Identity {
    const { familyName, givenName, birthName, birthDate, phone, email } = this;
    const { addressLines, postalCode, town, identifiers } = this;
    return { familyName, givenName, birthName, birthDate, phone, email, addressLines, postalCode, town, identifiers };
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
    const faults = [...faultsOf(patch, today, pointer), ...wrong];
    if (faults.length > 0) throw new InvalidInput(faults);
    const known = patch.identifiers ? { ...patch, identifiers } : patch;
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
    if (!LANGUAGE.test(language))
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
