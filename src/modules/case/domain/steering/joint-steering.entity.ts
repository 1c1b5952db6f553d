import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../../shared/domain/errors';
import { type ConsentWithdrawn, InformationPassed } from '../../../consent/events';
import { JointSteeringAgreed, JointSteeringDeclined, JointSteeringEnded, JointSteeringProposed } from '../../events';
import { steeringRules } from './joint-steering.refusals';
import {
  type Contribution,
  type EndingCause,
  STEERING_PURPOSE,
  type SteeringPart,
  type SteeringStatus,
  type SteeringStep,
  type SteeringTerms,
  categoriesOf,
} from './joint-steering.values';

/**
 * CASE-11: another organisation steers a case jointly: for named parts, purpose and time, on one release of the client.
 * It belongs to the organisation that invites; the guest answers it there.
 */
@Entity({ schema: 'cases', name: 'joint_steering' })
@Index('joint_steering_by_case', ['tenantId', 'caseId', 'id'])
@Index('joint_steering_running', { synchronize: false })
export class JointSteering extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column({ type: 'uuid', name: 'guest_id', update: false }) readonly guestId: string;
  @Column({ type: 'text', name: 'guest_name', update: false }) readonly guestName: string;
  @Column('jsonb') parts: readonly SteeringPart[];
  @Column('jsonb') contributions: readonly Contribution[];
  @Column({ type: 'text', update: false }) readonly purpose: string;
  @Column({ type: 'date', name: 'from_on', update: false }) readonly fromOn: string;
  @Column({ type: 'date', name: 'until_on', update: false }) readonly untilOn: string;
  /** The one release it relies on: when that is withdrawn, no other stands in for it. */
  @Column({ type: 'uuid', name: 'consent_id', update: false }) readonly consentId: string;
  @Column('text') status: SteeringStatus = 'proposed';
  /** Subjects of the guest's staff who may read. */
  @Column('jsonb') readers: readonly string[] = [];
  @Column('jsonb') private steps: SteeringStep[] = [];

  private constructor() {
    super();
  }

  /** The owner invites, relying on a consent that was just checked and covers every part. */
  static invite(caseId: string, ownerId: string, terms: SteeringTerms, consentId: string, stamp: Stamp): JointSteering {
    const faults = faultsOf(terms, dayOf(stamp));
    if (faults.length > 0) throw new InvalidInput(faults);
    const { guest, parts, contributions, purpose, fromOn, untilOn } = terms;
    const steering = new JointSteering();
    Object.assign(steering, { caseId, guestId: guest.id, guestName: guest.name });
    Object.assign(steering, { parts, contributions, purpose, fromOn, untilOn, consentId });
    steering.step('proposed', ownerId, stamp);
    steering.record(new JointSteeringProposed(steering.id, caseId, guest.id, parts, untilOn, stamp.at));
    return steering;
  }

  /** The guest accepts and names who reads; CONS-5: from here on the parts are open, and the register says so. */
  accept(readers: readonly string[], stamp: Stamp): void {
    this.requireProposed();
    if (this.untilOn < dayOf(stamp)) throw steeringRules.broken('steering-time-over', { untilOn: this.untilOn });
    this.readers = readers;
    this.step('agreed', this.guestId, stamp);
    const { id, caseId, guestId, parts, untilOn, consentId } = this;
    this.record(new JointSteeringAgreed(id, caseId, guestId, parts, readers, untilOn, stamp.at));
    this.record(
      new InformationPassed(
        id,
        caseId,
        'joint_steering',
        'organisation',
        guestId,
        STEERING_PURPOSE,
        categoriesOf(parts),
        consentId,
        stamp.at,
      ),
    );
  }

  /** The guest declines with a reason. */
  decline(reason: string, stamp: Stamp): void {
    this.requireProposed();
    this.step('declined', this.guestId, stamp, null, reason);
    this.record(new JointSteeringDeclined(this.id, this.caseId, this.guestId, stamp.at));
  }

  /** The guest names others of its staff as readers; whoever is left out reads nothing more. */
  nameReaders(readers: readonly string[]): void {
    if (this.status !== 'agreed') throw steeringRules.broken('steering-not-agreed', { steeringStatus: this.status });
    this.readers = readers;
  }

  /** The guest steps out. */
  leave(reason: string, stamp: Stamp): void {
    if (this.status !== 'agreed') throw steeringRules.broken('steering-not-agreed', { steeringStatus: this.status });
    this.end('left', this.guestId, stamp, reason);
  }

  /** The owner takes the invitation back, answered or not. */
  recall(ownerId: string, reason: string, stamp: Stamp): void {
    if (!this.running) throw steeringRules.broken('steering-ended', { steeringStatus: this.status });
    this.end('recalled', ownerId, stamp, reason);
  }

  /** It ends by itself: consent, time or case. Says whether it was running. */
  expire(cause: EndingCause, ownerId: string, stamp: Stamp): boolean {
    if (!this.running) return false;
    this.end(cause, ownerId, stamp, null);
    return true;
  }

  /** CONS-2: parts whose category was withdrawn are closed; without any left it ends. Says whether anything changed. */
  withdraw(
    event: Pick<ConsentWithdrawn, 'aggregateId' | 'whole' | 'recipientIds' | 'categories'>,
    ownerId: string,
    stamp: Stamp,
  ): boolean {
    const { aggregateId, whole, recipientIds, categories } = event;
    const named = (list: readonly string[], value: string) => whole || list.length === 0 || list.includes(value);
    if (!this.running || aggregateId !== this.consentId || !named(recipientIds, this.guestId)) return false;
    const left = this.parts.filter((part) => !named(categories, categoriesOf([part])[0]!));
    if (left.length === this.parts.length) return false;
    if (left.length === 0) return this.expire('consent_withdrawn', ownerId, stamp);
    this.parts = left;
    this.contributions = this.contributions.filter((part) => left.includes(part));
    this.note({ status: 'narrowed', ...stamp, organisationId: ownerId, cause: 'consent_withdrawn', reason: null });
    this.record(new JointSteeringEnded(this.id, this.caseId, this.guestId, 'consent_withdrawn', left, stamp.at));
    return true;
  }

  /** When it was proposed (ISO instant). */
  get invitedAt(): string {
    return this.steps[0]!.at;
  }

  private get running(): boolean {
    return this.status === 'proposed' || this.status === 'agreed';
  }

  private requireProposed(): void {
    if (this.status !== 'proposed')
      throw steeringRules.broken('steering-not-proposed', { steeringStatus: this.status });
  }

  private end(cause: EndingCause, organisationId: string, stamp: Stamp, reason: string | null): void {
    this.step('ended', organisationId, stamp, cause, reason);
    this.record(new JointSteeringEnded(this.id, this.caseId, this.guestId, cause, [], stamp.at));
  }

  private step(
    status: SteeringStatus,
    organisationId: string,
    { at, by }: Stamp,
    cause: EndingCause | null = null,
    reason: string | null = null,
  ): void {
    this.status = status;
    this.note({ status, at, by, organisationId, cause, reason });
  }

  private note(step: SteeringStep): void {
    this.steps = [...this.steps, step];
  }
}

function faultsOf({ parts, contributions, fromOn, untilOn }: SteeringTerms, today: string): FieldFault[] {
  const faults: FieldFault[] = [];
  if (fromOn < today) faults.push({ pointer: '#/fromOn', code: 'day-in-past', detail: IN_PAST });
  if (untilOn < fromOn || untilOn < today)
    faults.push({ pointer: '#/untilOn', code: 'ends-before-start', detail: ENDS_BEFORE_START });
  contributions.forEach((part, i) => {
    if (!parts.includes(part))
      faults.push({ pointer: `#/contributions/${i}`, code: 'part-not-opened', detail: PART_NOT_OPENED });
  });
  return faults;
}

const IN_PAST = {
  en: 'Joint steering begins today or later.',
  de: 'Die gemeinsame Steuerung beginnt frühestens heute.',
};
const ENDS_BEFORE_START = {
  en: 'It would end before it begins; name a later day.',
  de: 'Sie würde enden, bevor sie beginnt; nennen Sie einen späteren Tag.',
};
const PART_NOT_OPENED = {
  en: 'Whoever is to contribute to a part must be able to read it; name it under parts as well.',
  de: 'Wer zu einem Teil beitragen soll, muss ihn lesen können; nennen Sie ihn auch unter parts.',
};
