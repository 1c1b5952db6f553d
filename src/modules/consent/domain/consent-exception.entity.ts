import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../shared/domain/errors';
import { localDay } from '../../../shared/domain/local-day';
import {
  ClientInformedOfException,
  ConsentExceptionConfirmed,
  ConsentExceptionEnded,
  ConsentExceptionInvoked,
} from '../events';
import type { NamedRecipient } from './consent-terms';
import { rules } from './exception.refusals';
import { type ExceptionTerms, exceptionFaults } from './exception-terms';
import type { ExceptionKind, LegalBasis } from './exception-words';
import type { Recipient } from './words';

/** Hours within which a second person confirms; then the exception lapses. */
export const CONFIRM_WITHIN_HOURS = 24;

/** When the client was told afterwards; null where that was decided against. */
export type Informing = { informedOn: string | null; by: string; at: string };

/** What was put in free words: suspicions, illness, danger, of people who may not know of it. Stored sealed. */
export type ExceptionWording = {
  readonly facts: string;
  readonly milderMeans: string;
  readonly specialistNote: string | null;
  readonly priorNoticeReason: string | null;
  readonly endReason: string | null;
  /** How the client was told, or why not. */
  readonly informedHow: string | null;
  readonly informedReason: string | null;
};

/**
 * CONS-4: data may go out without consent, because a life, a child or a duty weighs more. It counts at once, since danger
 * does not wait; a second person confirms within a day, or it lapses. The client is told afterwards.
 */
@Entity({ schema: 'consent', name: 'consent_exception' })
@Index('consent_exception_by_case', ['tenantId', 'caseId', 'id'])
export class ConsentException extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column({ type: 'uuid', name: 'person_id' }) readonly personId: string;
  @Column({ type: 'text', update: false }) readonly kind: ExceptionKind;
  @Column({ type: 'text', name: 'legal_basis', update: false }) readonly legalBasis: LegalBasis;
  @Column({ type: 'jsonb', name: 'assessed_with', update: false }) readonly assessedWith: readonly string[];
  @Column({ type: 'jsonb', update: false, nullable: true }) readonly specialist: Omit<
    NonNullable<ExceptionTerms['specialist']>,
    'note'
  > | null;
  @Column({ type: 'jsonb', name: 'prior_notice', update: false }) readonly priorNotice: { readonly given: boolean };
  @Column({ type: 'text', update: false }) readonly purpose: string;
  @Column({ type: 'jsonb', update: false }) readonly categories: readonly string[];
  @Column({ type: 'jsonb', update: false }) readonly recipient: NamedRecipient;
  @Column({ type: 'date', name: 'valid_until', update: false }) readonly validUntil: string;
  @Column({ type: 'text', name: 'invoked_by', update: false }) readonly invokedBy: string;
  @Column({ type: 'timestamptz', name: 'invoked_at', precision: 3, update: false }) readonly invokedAt: Date;
  @Column({ type: 'timestamptz', name: 'confirm_by', precision: 3, update: false }) readonly confirmBy: Date;
  @Column('text', { name: 'confirmed_by', nullable: true }) private confirmedBy: string | null = null;
  @Column({ type: 'timestamptz', name: 'confirmed_at', precision: 3, nullable: true })
  private confirmedAt: Date | null = null;
  @Column('text', { name: 'ended_as', nullable: true }) private endedAs: 'rejected' | 'lapsed' | 'ended' | null = null;
  @Column('text', { name: 'ended_by', nullable: true }) private endedBy: string | null = null;
  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true }) private endedAt: Date | null = null;
  @Column('jsonb', { nullable: true }) private informing: Informing | null = null;
  @Column('bytea') readonly sealed: Buffer;
  /** The person whose key opens it; `personId` follows merges, this does not. */
  @Column({ type: 'uuid', name: 'sealed_for', update: false }) readonly sealedFor: string;
  /** What is sealed, where it was opened. */
  wording: ExceptionWording | null = null;

  private constructor() {
    super();
  }

  /** Decides to pass data on without consent; names every field that does not fit. */
  static invoke(caseId: string, terms: ExceptionTerms, stamp: Stamp): ConsentException {
    const faults = exceptionFaults(terms, localDay(stamp.at));
    if (faults.length > 0) throw new InvalidInput(faults);
    const { facts, milderMeans, specialist, priorNotice, ...open } = terms;
    const exception = Object.assign(new ConsentException(), open, {
      caseId,
      specialist: specialist ? { consulted: specialist.consulted, pseudonymised: specialist.pseudonymised } : null,
      priorNotice: { given: priorNotice.given },
      sealedFor: terms.personId,
      wording: {
        facts,
        milderMeans,
        specialistNote: specialist?.note ?? null,
        priorNoticeReason: priorNotice.reason ?? null,
        endReason: null,
        informedHow: null,
        informedReason: null,
      },
      invokedBy: stamp.by,
      invokedAt: new Date(stamp.at),
      confirmBy: new Date(Date.parse(stamp.at) + CONFIRM_WITHIN_HOURS * 3_600_000),
    });
    const { id, kind, legalBasis, categories, recipient, validUntil, confirmBy } = exception;
    exception.record(
      new ConsentExceptionInvoked(
        id,
        caseId,
        kind,
        legalBasis,
        categories,
        recipient.id,
        validUntil,
        confirmBy.toISOString(),
        stamp.at,
      ),
    );
    return exception;
  }

  /** A second person confirms within the time. */
  confirm(stamp: Stamp): void {
    this.requireSecondPerson(stamp);
    this.confirmedBy = stamp.by;
    this.confirmedAt = new Date(stamp.at);
    this.record(new ConsentExceptionConfirmed(this.id, this.caseId, stamp.at));
  }

  /** A second person does not share the decision; it stops at once. */
  reject(reason: string, stamp: Stamp): void {
    this.requireSecondPerson(stamp);
    this.finish('rejected', reason, stamp);
  }

  /** It is no longer needed. */
  end(reason: string, stamp: Stamp): void {
    this.requireOpen(stamp);
    this.finish('ended', reason, stamp);
  }

  /** Nobody confirmed in time. Nothing to do where somebody did, or where it ended before. */
  lapse(stamp: Stamp): void {
    if (!this.endedAs && this.isOverdue(stamp.at)) this.finish('lapsed', null, stamp);
  }

  /** The client is told afterwards, or why not is recorded; a reason may be followed by the telling. */
  informClient(told: { informedOn?: string; how?: string; reason?: string }, stamp: Stamp): void {
    const { informedOn = null, how = null, reason = null } = told;
    if (this.informing?.informedOn) throw rules.broken('exception-client-informed', { exceptionId: this.id });
    if (informedOn === null ? reason === null : how === null || informedOn > localDay(stamp.at))
      throw new InvalidInput([INFORMED_OR_WHY_NOT]);
    this.informing = { informedOn, ...stamp };
    this.word({ informedHow: how, informedReason: reason });
    this.record(new ClientInformedOfException(this.id, this.caseId, informedOn !== null, stamp.at));
  }

  /** Whether all of it may go to that recipient for that purpose at that instant. */
  carries(recipient: Recipient, categories: readonly string[], purpose: string, now: string): boolean {
    const { kind, id } = this.recipient;
    return (
      this.isOpen(now) &&
      this.purpose === purpose &&
      kind === recipient.kind &&
      id === recipient.id &&
      categories.every((category) => this.categories.includes(category))
    );
  }

  /** Whether the client knows of it. */
  get clientTold(): boolean {
    return Boolean(this.informing?.informedOn);
  }

  /** The last day on which it carries, as things stand: unconfirmed, not beyond the time to confirm it. */
  get carriesUntil(): string {
    const confirmUntil = localDay(this.confirmBy);
    return this.confirmedAt === null && confirmUntil < this.validUntil ? confirmUntil : this.validUntil;
  }

  private isOverdue(now: string): boolean {
    return this.confirmedAt === null && this.confirmBy.toISOString() < now;
  }

  private isOpen(now: string): boolean {
    return this.endedAs === null && !this.isOverdue(now) && this.validUntil >= localDay(now);
  }

  private requireOpen({ at }: Stamp): void {
    if (!this.isOpen(at)) throw rules.broken('exception-not-open', { exceptionId: this.id });
  }

  private requireSecondPerson(stamp: Stamp): void {
    this.requireOpen(stamp);
    if (this.confirmedAt) throw rules.broken('exception-confirmed', { exceptionId: this.id });
    if (stamp.by === this.invokedBy) throw rules.broken('exception-second-person', { exceptionId: this.id });
  }

  private word(more: Partial<ExceptionWording>): void {
    if (!this.wording) throw new Error('What was put in words is opened before something is added to it');
    this.wording = { ...this.wording, ...more };
  }

  private finish(as: 'rejected' | 'lapsed' | 'ended', reason: string | null, stamp: Stamp): void {
    Object.assign(this, { endedAs: as, endedBy: stamp.by, endedAt: new Date(stamp.at) });
    if (reason !== null) this.word({ endReason: reason });
    this.record(new ConsentExceptionEnded(this.id, this.caseId, as, stamp.at));
  }
}

const INFORMED_OR_WHY_NOT = {
  pointer: '#/informedOn',
  code: 'informed-or-why-not',
  detail: {
    en: 'Say on which day (not in the future) and how the client was told, or give the reason why not.',
    de: 'Nennen Sie den Tag (nicht in der Zukunft) und die Art der Information, oder den Grund, warum sie unterblieb.',
  },
};
