import { Column, Entity } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../../shared/domain/errors';
import { HouseholdEntryRevoked, HouseholdJoined, HouseholdLeft } from '../../events';
import { type Period, type Revocation, endFault, fault, mayEnd, overlap, periodFaults } from './circle.values';
import { householdRules as rules } from './household.refusals';

/** Who moves in and since when, as far as that is known (YYYY-MM-DD). */
export type NewMember = { personId: string; validFrom?: string | null };

/** Somebody who lives in a household, or did. */
export type HouseholdMember = Period & {
  readonly id: string;
  readonly personId: string;
  readonly revoked: Revocation | null;
  readonly addedBy: string;
  readonly addedAt: string;
};

/**
 * CASE-1: persons who live together, whatever cases they have. Somebody may live in two households, as children of
 * separated parents do. It has no name of its own: that would be a copy of somebody's.
 */
@Entity({ schema: 'cases', name: 'household' })
export class Household extends AggregateRoot {
  @Column({ type: 'text', name: 'recorded_by', update: false }) private readonly recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, update: false }) private readonly recordedAt: Date;
  /** Rows of their own (cases.household_member), so that a person can be found, and erased. */
  members: readonly HouseholdMember[] = [];

  private constructor() {
    super();
  }

  /** Records who lives together; names every field that does not fit. */
  static record(members: readonly NewMember[], stamp: Stamp): Household {
    const household = new Household();
    Object.assign(household, { recordedBy: stamp.by, recordedAt: new Date(stamp.at) });
    const faults = members.flatMap(({ personId, validFrom = null }, i) => [
      ...(members.findIndex((one) => one.personId === personId) === i ? [] : [namedTwice(i)]),
      ...periodFaults({ validFrom, validUntil: null }, dayOf(stamp), `members/${i}/`),
    ]);
    if (faults.length > 0) throw new InvalidInput(faults);
    for (const member of members) household.add(member, stamp);
    return household;
  }

  /** Somebody moves in. */
  join(member: NewMember, stamp: Stamp): void {
    const period = { validFrom: member.validFrom ?? null, validUntil: null };
    const faults = periodFaults(period, dayOf(stamp));
    if (faults.length > 0) throw new InvalidInput(faults);
    if (this.of(member.personId).some((one) => overlap(one, period)))
      throw rules.broken('already-in-household', { householdId: this.id, personId: member.personId });
    this.add(member, stamp);
  }

  /** Somebody moves out, or has died; `on` is the last day. */
  leave(personId: string, on: string, stamp: Stamp): void {
    const staying = this.of(personId).filter(({ validUntil }) => validUntil === null);
    if (staying.length === 0) throw rules.broken('not-in-household', { householdId: this.id, personId });
    if (!staying.every((one) => mayEnd(one, on, dayOf(stamp)))) throw new InvalidInput([endFault()]);
    this.members = this.members.map((one) => (staying.includes(one) ? { ...one, validUntil: on } : one));
    this.record(new HouseholdLeft(this.id, personId, on, stamp.at));
  }

  /** The person never lived there: what was recorded last of them in this household counts for nothing. */
  revoke(personId: string, reason: string, stamp: Stamp): void {
    const last = this.of(personId).at(-1);
    if (!last) throw rules.broken('not-in-household', { householdId: this.id, personId });
    this.members = this.members.map((one) => (one === last ? { ...one, revoked: { reason, ...stamp } } : one));
    this.record(new HouseholdEntryRevoked(this.id, personId, stamp.at));
  }

  private of(personId: string): HouseholdMember[] {
    return this.members.filter((one) => one.personId === personId && one.revoked === null);
  }

  private add({ personId, validFrom = null }: NewMember, { by, at }: Stamp): void {
    const member = { id: uuidv7(), personId, validFrom, validUntil: null, revoked: null, addedBy: by, addedAt: at };
    this.members = [...this.members, member];
    this.record(new HouseholdJoined(this.id, personId, validFrom, at));
  }
}

const namedTwice = (i: number) =>
  fault(
    `members/${i}/personId`,
    'person-named-twice',
    'This person is named twice',
    'Diese Person ist doppelt genannt',
  );
