import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../shared/domain/errors';
import { SubjectRequestDecided, SubjectRequestExtended, SubjectRequestReceived } from '../events';
import { rules } from './subject-request.refusals';
import {
  type Asker,
  type DecisionTerms,
  type SubjectRequestTerms,
  decisionFaults,
  monthsAfter,
  receivingFaults,
} from './subject-request.terms';
import type { IdentityProof, SubjectRequestChannel, SubjectRequestKind } from './subject-request.words';

/** How it was made sure who asks. */
export type IdentityCheck = { proof: IdentityProof; note: string | null } & Stamp;
/** Two months more, and that the person was told so. */
export type Extension = { reason: string; toldOn: string; dueBefore: string } & Stamp;
/** One step of the work on a request. */
export type RequestStep = { what: string } & Stamp;
export type Decision = Omit<DecisionTerms, 'reasons' | 'grounds'> & {
  reasons: string | null;
  grounds: NonNullable<DecisionTerms['grounds']>;
} & Stamp;

/**
 * CONS-6: what a person asks about their own data, to be answered within a month (GDPR 12 (3)). Kept after the decision:
 * it proves that the right was granted, and why not where it was not.
 */
@Entity({ schema: 'consent', name: 'subject_request' })
@Index('subject_request_by_due', ['tenantId', 'dueOn', 'id'])
@Index('subject_request_by_person', ['tenantId', 'personId', 'id'])
export class SubjectRequest extends AggregateRoot {
  @Column({ type: 'uuid', name: 'person_id' }) readonly personId: string;
  @Column({ type: 'text', update: false }) readonly kind: SubjectRequestKind;
  @Column({ type: 'date', name: 'received_on', update: false }) readonly receivedOn: string;
  @Column({ type: 'text', update: false }) readonly channel: SubjectRequestChannel;
  @Column({ type: 'jsonb', update: false }) readonly asker: Asker;
  @Column({ type: 'text', update: false }) readonly wish: string;
  @Column({ type: 'text', name: 'recorded_by', update: false }) readonly recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, update: false }) readonly recordedAt: Date;
  @Column({ type: 'date', name: 'due_on' }) readonly dueOn: string;
  @Column('jsonb', { nullable: true }) private identity: IdentityCheck | null = null;
  @Column('jsonb', { nullable: true }) private extension: Extension | null = null;
  @Column('jsonb') private steps: readonly RequestStep[] = [];
  @Column('jsonb', { nullable: true }) private decision: Decision | null = null;

  private constructor() {
    super();
  }

  /** A request came in; from its own account the person is known already. */
  static receive(terms: SubjectRequestTerms, stamp: Stamp, fromOwnAccount = false): SubjectRequest {
    const faults = receivingFaults(terms, dayOf(stamp));
    if (faults.length > 0) throw new InvalidInput(faults);
    const { personId, kind, receivedOn, channel, asker, wish } = terms;
    const request = Object.assign(new SubjectRequest(), {
      ...{ personId, kind, receivedOn, channel, wish },
      asker: { kind: asker.kind, personId: asker.personId ?? null, name: asker.name ?? null },
      dueOn: monthsAfter(receivedOn, 1),
      recordedBy: stamp.by,
      recordedAt: new Date(stamp.at),
    });
    if (fromOwnAccount) request.identity = { proof: 'portal_account', note: null, ...stamp };
    request.record(new SubjectRequestReceived(request.id, personId, kind, request.dueOn, stamp.at));
    return request;
  }

  /** It is made sure that the request comes from the person, or from somebody who may act for them. */
  confirmIdentity(proof: IdentityProof, note: string | null, stamp: Stamp): void {
    this.requireOpen();
    if (this.identity) throw rules.broken('subject-request-identity-checked', { subjectRequestId: this.id });
    this.identity = { proof, note, ...stamp };
  }

  /** GDPR 12 (3): two months more, once, and only if the person is told within the first. */
  extend(reason: string, toldOn: string, stamp: Stamp): void {
    this.requireOpen();
    if (this.extension) throw rules.broken('subject-request-extended', { dueOn: this.dueOn });
    if (dayOf(stamp) > this.dueOn) throw rules.broken('subject-request-too-late-to-extend', { dueOn: this.dueOn });
    if (toldOn < this.receivedOn || toldOn > dayOf(stamp))
      throw new InvalidInput([
        {
          pointer: '#/toldOn',
          code: 'day-out-of-range',
          detail: {
            en: 'The person is told between the day the request came in and today.',
            de: 'Die Person wird zwischen dem Eingang des Antrags und heute unterrichtet.',
          },
        },
      ]);
    this.extension = { reason, toldOn, dueBefore: this.dueOn, ...stamp };
    Object.assign(this, { dueOn: monthsAfter(this.receivedOn, 3) });
    this.record(new SubjectRequestExtended(this.id, this.personId, this.dueOn, stamp.at));
  }

  /** Puts a step of the work on record. */
  addStep(what: string, stamp: Stamp): void {
    this.requireOpen();
    this.steps = [...this.steps, { what, ...stamp }];
  }

  /**
   * The request is answered. `undone` are the codes of what would have to be done before it is granted; refusals and
   * parts of it carry their grounds, and the person is told.
   */
  decide(terms: DecisionTerms, undone: readonly string[], stamp: Stamp): void {
    this.requireOpen();
    const { result, reasons = null, grounds = [], toldOn, toldHow, remediesExplained } = terms;
    if (!this.identity && !(result === 'refused' && grounds.includes('identity_not_established')))
      throw rules.broken('subject-request-identity-open', { subjectRequestId: this.id });
    const faults = decisionFaults(this.kind, terms, this.receivedOn, dayOf(stamp));
    if (faults.length > 0) throw new InvalidInput(faults);
    if (result === 'granted' && undone.length > 0)
      throw rules.broken('subject-request-not-carried-out', { subjectRequestId: this.id, unmet: undone });
    this.decision = { result, reasons, grounds, toldOn, toldHow, remediesExplained, ...stamp };
    this.record(new SubjectRequestDecided(this.id, this.personId, this.kind, result, stamp.at));
  }

  /** Refuses where no copy of the data is made for this request: of another kind, or from somebody unknown. */
  requireCopyable(): void {
    if (this.kind !== 'access') throw rules.broken('export-only-for-access', { subjectRequestId: this.id });
    if (!this.identity) throw rules.broken('subject-request-identity-open', { subjectRequestId: this.id });
  }

  get decided(): boolean {
    return this.decision !== null;
  }

  private requireOpen(): void {
    if (this.decision) throw rules.broken('subject-request-decided', { subjectRequestId: this.id });
  }
}
