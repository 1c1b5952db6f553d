import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../../shared/domain/errors';
import { localDay } from '../../../../shared/domain/local-day';
import {
  AcuteDangerRaised,
  CrisisInterventionRecorded,
  RequestDeclined,
  RequestRecorded,
  ScreeningCompleted,
} from '../../events';
import { rules } from './case-request.refusals';
import {
  type CrisisIntervention,
  type Danger,
  type Decline,
  type DeclineFacts,
  type NewRequest,
  type RecordedDecline,
  type RecordedIntervention,
  pastInstant,
} from './case-request.values';
import type { Asker, Channel, DangerState, FieldOfPractice, RequestStatus } from './intake.words';
import {
  NO_ANSWERS,
  type Screening,
  type ScreeningDraft,
  counterIndications,
  openPoints,
  requireEachOnce,
} from './screening';
import { type AnsweredQuestions, NO_QUESTIONS } from './screening-questions';

/** CASE-1: a first contact that may become a case. */
@Entity({ schema: 'cases', name: 'case_request' })
@Index('case_request_by_time', ['tenantId', 'receivedAt', 'id'])
@Index('case_request_by_status', ['tenantId', 'status', 'receivedAt', 'id'])
@Index('case_request_in_danger', { synchronize: false })
@Index('case_request_by_person', ['tenantId', 'personId'])
export class CaseRequest extends AggregateRoot {
  /** For whom help is asked. Follows when a duplicate is merged. */
  @Column({ type: 'uuid', name: 'person_id', update: false }) readonly personId: string;
  @Column({ type: 'text', name: 'asked_by', update: false }) readonly askedBy: Asker;
  @Column({ type: 'text', update: false }) readonly channel: Channel;
  @Column({ type: 'timestamptz', name: 'received_at', precision: 3, update: false }) readonly receivedAt: Date;
  @Column({ type: 'text', update: false }) readonly concern: string;
  @Column({ type: 'text', name: 'field_of_practice', update: false }) readonly fieldOfPractice: FieldOfPractice;
  @Column('text') readonly status: RequestStatus = 'open';
  @Column({ type: 'text', name: 'acute_danger' }) private acuteDanger: DangerState = 'none';
  @Column('jsonb') private dangers: (Danger & { by: string; at: string })[] = [];
  @Column({ type: 'jsonb', name: 'crisis_interventions' }) private crisisInterventions: RecordedIntervention[] = [];
  @Column({ type: 'jsonb', nullable: true }) private screening: Screening | null = null;
  @Column({ type: 'jsonb', nullable: true }) private decline: RecordedDecline | null = null;
  @Column({ type: 'uuid', name: 'case_id', nullable: true }) readonly caseId: string | null = null;
  @Column({ type: 'text', name: 'recorded_by', update: false }) private readonly recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, update: false }) private readonly recordedAt: Date;

  private constructor() {
    super();
  }

  /** CASE-1: records who asks, how, when, for whom and what for; CASE-2: an acute danger may come with it. */
  static record(personId: string, given: NewRequest, stamp: Stamp): CaseRequest {
    const { askedBy, channel, concern, fieldOfPractice, acuteDanger } = given;
    const receivedAt = pastInstant(given.receivedAt, stamp, '#/receivedAt');
    const request = new CaseRequest();
    Object.assign(request, { personId, askedBy, channel, concern, fieldOfPractice, receivedAt: new Date(receivedAt) });
    Object.assign(request, { recordedBy: stamp.by, recordedAt: new Date(stamp.at) });
    request.record(new RequestRecorded(request.id, personId, fieldOfPractice, channel, acuteDanger !== null, stamp.at));
    if (acuteDanger) request.raiseDanger(acuteDanger, stamp);
    return request;
  }

  /** CASE-2: somebody is in acute danger; until it is addressed, nothing else is completed. */
  raiseDanger({ kind, note }: Danger, stamp: Stamp): void {
    this.requireNotFinished();
    this.dangers = [...this.dangers, { kind, note, ...stamp }];
    this.acuteDanger = 'unaddressed';
    this.record(new AcuteDangerRaised(this.id, kind, stamp.at));
  }

  /** CASE-2: what was done; also on a finished request, because what was done for a person in danger is always on record. */
  recordCrisisIntervention(given: CrisisIntervention, stamp: Stamp): void {
    if (this.acuteDanger === 'none') throw rules.broken('no-danger-raised');
    const at = pastInstant(given.at, stamp, '#/at');
    this.crisisInterventions = [
      ...this.crisisInterventions,
      { ...given, at, recordedBy: stamp.by, recordedAt: stamp.at },
    ];
    if (given.addressed) this.acuteDanger = 'addressed';
    this.record(new CrisisInterventionRecorded(this.id, given.addressed, stamp.at));
  }

  /** CASE-3: keeps the screening as far as it got, with the answers to the questions the organisation added. */
  draftScreening(draft: ScreeningDraft, added: AnsweredQuestions = NO_QUESTIONS): void {
    this.requireUnscreened();
    requireEachOnce(draft, '#');
    this.screening = { ...draft, ...added, completed: null };
  }

  /**
   * CASE-3: all six criteria are answered with a reason; indicated only if all are met, we are competent and nobody
   * else leads; added questions must be answered, but decide nothing. Returns the codes of what speaks against it.
   */
  completeScreening(stamp: Stamp): readonly string[] {
    this.requireUnscreened();
    if (this.acuteDanger === 'unaddressed') throw rules.broken('danger-unaddressed');
    const draft = this.screening ?? NO_ANSWERS;
    const unmet = openPoints(draft);
    if (unmet.length > 0)
      throw rules.broken('screening-incomplete', { unmet, unansweredQuestions: this.screening?.unanswered ?? [] });
    const unmetCriteria = counterIndications(draft);
    const outcome = unmetCriteria.length === 0 ? 'indicated' : 'not_indicated';
    this.screening = { ...draft, completed: { outcome, unmetCriteria, ...stamp } };
    this.moveTo(outcome);
    this.record(new ScreeningCompleted(this.id, outcome, unmetCriteria, stamp.at));
    return unmetCriteria;
  }

  /** CASE-4: declines well. For earlier history a team lead has to confirm: at once when one declines, later otherwise. */
  declineWith(decline: Decline, by: { isTeamLead: boolean }, stamp: Stamp): void {
    this.requireUnfinished();
    if (this.acuteDanger === 'unaddressed') throw rules.broken('danger-unaddressed');
    if (!decline.complaintProcedureExplained) throw rules.broken('complaint-procedure-not-explained');
    if (decline.reason === 'not_indicated' && this.status !== 'not_indicated')
      throw rules.broken('decline-without-screening');
    const needsLead = decline.reason === 'earlier_history';
    const lead = decline.confirmedBy ?? (by.isTeamLead ? stamp.by : null);
    if (needsLead && lead === null)
      throw new InvalidInput([
        {
          pointer: '#/confirmedBy',
          code: 'team-lead-needed',
          detail: {
            en: 'Name the team lead who shall confirm it',
            de: 'Nennen Sie die Teamleitung, die es bestätigen soll',
          },
        },
      ]);
    this.decline = {
      ...decline,
      confirmedBy: needsLead ? lead : null,
      statusBefore: this.status,
      ...stamp,
      confirmation: null,
    };
    if (!needsLead) return this.finishDecline(stamp);
    this.moveTo('decline_to_confirm');
    if (by.isTeamLead && lead === stamp.by) this.confirmDecline({ confirmed: true, note: null }, by, stamp);
  }

  /** CASE-4: a team lead confirms the decline, or takes it back: then the request goes on where it was. */
  confirmDecline(
    { confirmed, note }: { confirmed: boolean; note: string | null },
    by: { isTeamLead: boolean },
    stamp: Stamp,
  ): void {
    if (this.status !== 'decline_to_confirm' || !this.decline)
      throw rules.broken('no-decline-to-confirm', { currentStatus: this.status });
    if (!by.isTeamLead) throw rules.broken('decline-needs-team-lead', { confirmedBy: this.decline.confirmedBy });
    if (confirmed && this.acuteDanger === 'unaddressed') throw rules.broken('danger-unaddressed');
    this.decline = { ...this.decline, confirmation: { confirmed, note, ...stamp } };
    if (!confirmed) return this.moveTo(this.decline.statusBefore);
    this.decline = { ...this.decline, confirmedBy: stamp.by };
    this.finishDecline(stamp);
  }

  /** CASE-5: the indicated request became the case `caseId`, which tells it (CaseOpened). */
  accept(caseId: string): void {
    const { unmetCriteria } = this.completedScreening();
    if (this.status !== 'indicated')
      throw rules.broken('request-not-indicated', { currentStatus: this.status, unmetCriteria });
    Object.assign(this, { caseId });
    this.moveTo('accepted');
  }

  /** What the case must know of the way here (QA rules request-screened, danger-addressed-first); only after the screening. */
  get screeningFacts(): {
    criteriaMetAndReasoned: boolean;
    acuteDanger: boolean;
    dangerAddressedAt: string | null;
    screenedAt: string;
  } {
    const { outcome, at } = this.completedScreening();
    return {
      criteriaMetAndReasoned: outcome === 'indicated' && openPoints(this.screening!).length === 0,
      acuteDanger: this.acuteDanger !== 'none',
      dangerAddressedAt: this.dangerAddressedAt,
      screenedAt: at,
    };
  }

  /** CASE-4: what a letter about the decline tells; only of a declined request. */
  get declineFacts(): DeclineFacts {
    const { decline, screening } = this;
    if (this.status !== 'declined' || !decline)
      throw rules.broken('request-not-declined', { currentStatus: this.status });
    return {
      receivedOn: localDay(this.receivedAt),
      declinedOn: localDay(decline.confirmation?.at ?? decline.at),
      reason: decline.reason,
      explanation: decline.explanation,
      referredOnTo: decline.referredOnTo,
      unmetCriteria: screening?.completed?.unmetCriteria ?? [],
      otherLead: screening?.otherLead?.who ?? null,
      confirmed: decline.confirmation?.confirmed ?? false,
    };
  }

  /** When the acute danger was addressed; null while it is not, or when there was none. */
  private get dangerAddressedAt(): string | null {
    if (this.acuteDanger !== 'addressed') return null;
    return this.crisisInterventions.findLast(({ addressed }) => addressed)?.at ?? null;
  }

  private finishDecline(stamp: Stamp): void {
    const { reason, referredOnTo, complaintProcedureExplained, confirmation } = this.decline!;
    this.moveTo('declined');
    this.record(
      new RequestDeclined(
        this.id,
        reason,
        referredOnTo !== null,
        complaintProcedureExplained,
        confirmation?.confirmed ?? false,
        stamp.at,
      ),
    );
  }

  /** The outcome of the screening of a request that is still to be decided on. */
  private completedScreening(): NonNullable<Screening['completed']> {
    this.requireUnfinished();
    if (this.screening?.completed) return this.screening.completed;
    const unmet = openPoints(this.screening ?? NO_ANSWERS);
    throw rules.broken('screening-not-completed', { currentStatus: this.status, unmet });
  }

  private requireUnscreened(): void {
    this.requireUnfinished();
    if (this.screening?.completed)
      throw rules.broken('screening-completed', { outcome: this.screening.completed.outcome });
  }

  private requireNotFinished(): void {
    if (this.status === 'declined' || this.status === 'accepted')
      throw rules.broken('request-finished', { currentStatus: this.status, caseId: this.caseId });
  }

  private requireUnfinished(): void {
    this.requireNotFinished();
    if (this.status === 'decline_to_confirm')
      throw rules.broken('decline-to-confirm', { confirmedBy: this.decline?.confirmedBy ?? null });
  }

  private moveTo(status: RequestStatus): void {
    Object.assign(this, { status });
  }
}
