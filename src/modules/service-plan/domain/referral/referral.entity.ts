import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { ReferralMoved } from '../../events';
import { notBefore, notInFuture, requireValid } from '../plan/steering.faults';
import {
  type CancelReason,
  type CarrierLoss,
  type DeclineReason,
  type DiscontinueReason,
  OPEN_STATES,
  REFERRAL_COURSE,
  type ReferralOutcome,
  type ReferralState,
  type ReferralStep,
  allowedSteps,
} from './referral-course';
import type {
  AnswerNote,
  Carrier,
  RecordedAgreement,
  ReferralAppointment,
  ReferralContent,
  ReferralFollowUp,
  ReferralMove,
  ReferralTarget,
  SendingTerms,
  ServiceAgreement,
  ServiceState,
  Why,
} from './referral-words';
import { rules } from './referral.refusals';

/** PLAN-5: the closed loop from asking a provider to confirmed help. */
@Entity({ schema: 'service_plan', name: 'referral' })
@Index('referral_by_case', ['tenantId', 'caseId', 'id'])
@Index('referral_by_provider', ['tenantId', 'providerId', 'id'])
export class Referral extends AggregateRoot implements ReferralTarget, ReferralContent {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column({ type: 'uuid', name: 'plan_id', nullable: true, update: false }) readonly planId: string | null;
  @Column({ type: 'uuid', name: 'measure_id', nullable: true, update: false }) readonly measureId: string | null;
  @Column({ type: 'uuid', name: 'service_id', update: false }) readonly serviceId: string;
  @Column({ type: 'uuid', name: 'provider_id', update: false }) readonly providerId: string;
  @Column('text') readonly state: ReferralState = 'draft';
  @Column('text', { name: 'purpose_text' }) readonly purposeText: string;
  @Column('jsonb') readonly categories: readonly string[];
  @Column('text', { name: 'information_package', nullable: true }) readonly informationPackage: string | null;
  @Column('date', { name: 'client_informed_on', nullable: true }) readonly clientInformedOn: string | null;
  @Column('text', { name: 'despite_full', nullable: true }) private despiteFull: string | null = null;
  /** The release that carries the provider's access: the one it was sent on, or the one that took over from it. */
  @Column('uuid', { name: 'consent_id', nullable: true }) readonly consentId: string | null = null;
  /** From here on the provider sees it; null for a draft. */
  @Column({ type: 'timestamptz', name: 'sent_at', precision: 3, nullable: true }) private sentAt: Date | null = null;
  /** CONS-4: the exception it went out on, until the client is told of it; the client does not see the referral before. */
  @Column({ type: 'uuid', name: 'concealed_by', nullable: true }) private concealedBy: string | null = null;
  /** From here on the provider no longer sees what was passed: consent withdrawn, declined or called off (CONS-2). */
  @Column({ type: 'timestamptz', name: 'access_ended_at', precision: 3, nullable: true })
  private accessEndedAt: Date | null = null;
  /** The last day on which the release lets the provider see what was passed; null while it is open-ended (CONS-7). */
  @Column('date', { name: 'access_until', nullable: true }) private accessUntil: string | null = null;
  @Column('date', { name: 'expected_on', nullable: true }) private expectedOn: string | null = null;
  @Column('jsonb', { nullable: true }) private appointment: ReferralAppointment | null = null;
  @Column('text', { nullable: true }) private outcome: ReferralOutcome | null = null;
  @Column('jsonb', { name: 'service_agreement', nullable: true }) private serviceAgreement: RecordedAgreement | null =
    null;
  @Column('jsonb', { nullable: true }) private approval: { by: string; at: string } | null = null;
  @Column('jsonb', { name: 'follow_ups' }) private followUps: readonly ReferralFollowUp[] = [];
  @Column('jsonb') readonly history: readonly ReferralMove[] = [];

  private constructor() {
    super();
  }

  /** Begins a referral; nothing leaves the organisation yet. */
  static draft(target: ReferralTarget, content: ReferralContent, service: ServiceState, stamp: Stamp): Referral {
    if (service.status !== 'active')
      throw rules.broken('referral-service-unavailable', { serviceId: target.serviceId, currentState: service.status });
    const referral = new Referral();
    Object.assign(referral, target);
    referral.write(content, stamp);
    referral.enter('none', 'draft', stamp, {});
    return referral;
  }

  /** Completes a draft; what is absent stays. */
  amend(patch: Partial<ReferralContent>, stamp: Stamp): void {
    this.requireStep('sending');
    const { purposeText, categories, informationPackage, clientInformedOn } = this;
    this.write({ purposeText, categories, informationPackage, clientInformedOn, ...patch }, stamp);
  }

  /** What is still missing before it may go out, as codes; the consent is asked for by the service. */
  missing(service: ServiceState | null, { despiteFull, forWaitingList, urgent }: SendingTerms): string[] {
    this.requireStep('sending');
    const full = service?.freePlaces === 0 && !despiteFull && !forWaitingList;
    return [
      ...(this.clientInformedOn || urgent ? [] : ['referral-client-not-informed']),
      ...(service?.status === 'active' ? [] : ['referral-service-unavailable']),
      ...(full ? ['referral-service-full'] : []),
      ...(this.informationPackage && this.categories.length > 0 ? [] : ['referral-information-missing']),
    ];
  }

  /** Goes out to the provider, relying on that release. */
  send(
    { consentId, until, concealed }: Carrier,
    service: ServiceState | null,
    terms: SendingTerms,
    stamp: Stamp,
  ): void {
    const unmet = this.missing(service, terms);
    if (unmet.length > 0) throw rules.broken('referral-not-ready', { unmet });
    Object.assign(this, { sentAt: new Date(stamp.at), despiteFull: terms.despiteFull });
    this.relyOn({ consentId, until });
    this.concealedBy = concealed ? consentId : null;
    this.move('sending', stamp, { note: terms.despiteFull });
  }

  /** CONS-7: a release that counts now carries the provider's access from here on. */
  relyOn({ consentId, until }: Carrier): void {
    Object.assign(this, { consentId, accessUntil: until });
  }

  /** CONS-4: the client was told of the exception. */
  reveal(): void {
    this.concealedBy = null;
  }

  /** CONS-4: it went out on an exception of which the client was not told yet. */
  get isConcealed(): boolean {
    return this.concealedBy !== null;
  }

  /** When the help began and, where it did, how and when it ended; null before. */
  get help(): { began: Stamp; ended: { outcome: 'completed' | 'discontinued'; stamp: Stamp } | null } | null {
    const began = this.history.find(({ to }) => to === 'started');
    const ended = this.history.find(({ from }) => from === 'started');
    const outcome = ended?.to === 'completed' ? 'completed' : 'discontinued';
    return began ? { began, ended: ended ? { outcome, stamp: ended } : null } : null;
  }

  /** The provider takes the client on. */
  accept(answer: AnswerNote, stamp: Stamp): void {
    this.move('acceptance', stamp, answer);
    this.expectedOn = null;
  }

  /** The provider puts the client on its waiting list. */
  waitlist(expectedOn: string | null, answer: AnswerNote, stamp: Stamp): void {
    this.move('waitlisting', stamp, answer);
    this.expectedOn = expectedOn;
  }

  /** The provider does not take the client on. */
  decline(reason: DeclineReason, answer: AnswerNote, stamp: Stamp): void {
    this.move('declination', stamp, { ...answer, reason });
    this.expectedOn = null;
    this.endAccess(stamp);
  }

  /** A date is agreed, or another one after a missed date. */
  arrange(appointment: ReferralAppointment, stamp: Stamp): void {
    this.move('appointment', stamp, {});
    this.appointment = appointment;
  }

  /** The help begins; what costs money has to be approved before. */
  start(note: string | null, stamp: Stamp): void {
    this.requireStep('start');
    if (this.serviceAgreement && this.serviceAgreement.priceCents > 0 && !this.approval)
      throw rules.broken('referral-purchase-not-approved', { priceCents: this.serviceAgreement.priceCents });
    this.move('start', stamp, { note });
  }

  /** The client did not come to the appointment. */
  miss(note: string | null, stamp: Stamp): void {
    this.move('no-show', stamp, { note });
  }

  /** The help was carried through. */
  complete(outcome: ReferralOutcome, note: string | null, stamp: Stamp): void {
    this.move('completion', stamp, { reason: outcome, note });
    this.outcome = outcome;
  }

  /** The help was broken off. */
  discontinue(reason: DiscontinueReason, note: string | null, stamp: Stamp): void {
    this.move('discontinuation', stamp, { reason, note });
  }

  /** The referral is taken back before help began. */
  cancel(reason: CancelReason, note: string | null, stamp: Stamp): void {
    this.move('cancellation', stamp, { reason, note });
    this.endAccess(stamp);
  }

  /** CONS-2, CONS-4: what carried it is gone: what is open stops, and the provider no longer sees what was passed. A draft stays. */
  loseCarrier(reason: CarrierLoss, stamp: Stamp): void {
    this.endAccess(stamp);
    if (this.isOpen) this.move('carrier-loss', stamp, { reason });
  }

  /** Records or replaces the agreement on a bought service; a new one needs a new approval. */
  agreeService(agreement: ServiceAgreement, stamp: Stamp): void {
    if (!allowedSteps(this.state).includes('cancellation'))
      throw rules.broken('referral-agreement-fixed', { state: this.state });
    requireValid([notBefore('#/periodTo', agreement.periodTo, agreement.periodFrom)]);
    this.serviceAgreement = { ...agreement, by: stamp.by, at: stamp.at };
    this.approval = null;
  }

  /** PLAN-5: a lead approves the cost; a second pair of eyes. */
  approve(stamp: Stamp): void {
    if (!this.serviceAgreement || this.serviceAgreement.priceCents === 0 || this.approval)
      throw rules.broken('referral-nothing-to-approve', { state: this.state });
    if (this.serviceAgreement.by === stamp.by) throw rules.broken('referral-approval-own');
    this.approval = { by: stamp.by, at: stamp.at };
  }

  /** Records whether the help arrived. */
  followUp({ on, arrived, note }: Pick<ReferralFollowUp, 'on' | 'arrived' | 'note'>, stamp: Stamp): void {
    if (['draft', 'declined', 'cancelled'].includes(this.state))
      throw rules.broken('referral-follow-up-too-early', { state: this.state });
    requireValid([notInFuture('#/on', on, dayOf(stamp))]);
    this.followUps = [...this.followUps, { on, arrived, note, by: stamp.by, at: stamp.at }];
  }

  /** Whether something is under way with the provider. */
  get isOpen(): boolean {
    return OPEN_STATES.includes(this.state);
  }

  /** CONS-7: refuses the provider once the release has expired. */
  requireCarried(day: string): void {
    if (this.accessUntil !== null && this.accessUntil < day)
      throw rules.broken('referral-release-expired', { accessUntil: this.accessUntil });
  }

  /** Whether `other` would carry the access longer than what carries it now. */
  gainsFrom(other: Carrier): boolean {
    return this.accessUntil !== null && (other.until === null || other.until > this.accessUntil);
  }

  /** Whether it was sent to that provider. */
  isAddressedTo(providerId: string | null): boolean {
    return this.sentAt !== null && this.providerId === providerId;
  }

  /** Whether that consent carried the sending, and the withdrawn part of it is used here (empty lists mean all). */
  reliesOn(consentId: string, withdrawn: { recipientIds: readonly string[]; categories: readonly string[] }): boolean {
    const { recipientIds, categories } = withdrawn;
    return (
      this.consentId === consentId &&
      (recipientIds.length === 0 || recipientIds.includes(this.providerId)) &&
      (categories.length === 0 || this.categories.some((category) => categories.includes(category)))
    );
  }

  private write(content: ReferralContent, stamp: Stamp): void {
    requireValid([notInFuture('#/clientInformedOn', content.clientInformedOn, dayOf(stamp))]);
    Object.assign(this, content);
  }

  private endAccess(stamp: Stamp): void {
    if (this.sentAt && !this.accessEndedAt) this.accessEndedAt = new Date(stamp.at);
  }

  private requireStep(step: ReferralStep): void {
    if (!REFERRAL_COURSE[step].from.includes(this.state))
      throw rules.broken('referral-step-not-possible', { step, state: this.state, allowed: allowedSteps(this.state) });
  }

  private move(step: ReferralStep, stamp: Stamp, why: Why): void {
    this.requireStep(step);
    this.enter(this.state, REFERRAL_COURSE[step].to, stamp, why);
  }

  private enter(from: ReferralMove['from'], to: ReferralState, { by, at }: Stamp, why: Why): void {
    const { reason = null, note = null, recordedFor = null } = why;
    Object.assign(this, { state: to, history: [...this.history, { from, to, at, by, reason, note, recordedFor }] });
    this.record(new ReferralMoved(this.id, this.caseId, this.providerId, this.measureId, from, to, reason, at));
  }
}
