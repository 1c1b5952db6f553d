import { Column, Entity } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { NotFound } from '../../../../shared/domain/errors';
import { GuestContributed } from '../../../case/events';
import { ConferenceCancelled, ConferenceHeld, ConferenceInvited, InvitationAnswered } from '../../events';
import { notInFuture, requireValid } from '../plan/steering.faults';
import type {
  ConferenceContribution,
  ConferenceDecision,
  ConferenceInvitation,
  ConferenceKind,
  ConferenceMinutes,
  ConferencePlan,
  ConferenceStatus,
  Dissent,
  InvitationAnswer,
  PlanPart,
} from './conference-words';
import { rules } from './conference.refusals';

/** PLAN-4: a planning meeting of all parties; joint when held for several linked cases (CASE-11). */
@Entity({ schema: 'service_plan', name: 'conference' })
export class Conference extends AggregateRoot {
  /** The case it was called for. */
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  /** All cases it is held for, the calling one first. */
  @Column({ type: 'jsonb', name: 'case_ids', update: false }) readonly caseIds: readonly string[];
  @Column({ type: 'text', update: false }) readonly kind: ConferenceKind;
  @Column('text') readonly status: ConferenceStatus = 'planned';
  @Column('date', { name: 'planned_on' }) private plannedOn: string;
  @Column('text', { nullable: true }) private place: string | null;
  @Column('jsonb') private agenda: readonly string[];
  @Column('jsonb') private invitations: readonly ConferenceInvitation[] = [];
  @Column('jsonb') private contributions: readonly ConferenceContribution[] = [];
  @Column('date', { name: 'held_on', nullable: true }) private heldOn: string | null = null;
  @Column('jsonb') private participants: readonly string[] = [];
  @Column('text', { nullable: true }) private minutes: string | null = null;
  @Column('jsonb') private decisions: readonly ConferenceDecision[] = [];
  @Column('jsonb') private dissent: readonly Dissent[] = [];
  @Column('text', { name: 'cancel_reason', nullable: true }) private cancelReason: string | null = null;
  @Column({ type: 'text', name: 'planned_by', update: false }) private plannedBy: string;
  @Column('text', { name: 'minutes_by', nullable: true }) private minutesBy: string | null = null;

  private constructor() {
    super();
  }

  /** Plans a conference for a case and, when joint, for cases linked to it. */
  static plan(
    cases: { caseId: string; linkedCaseIds: readonly string[]; jointWith: readonly string[] },
    kind: ConferenceKind,
    plan: ConferencePlan,
    stamp: Stamp,
  ): Conference {
    const others = [...new Set(cases.jointWith)].filter((id) => id !== cases.caseId);
    const foreign = others.filter((id) => !cases.linkedCaseIds.includes(id));
    if (foreign.length > 0) throw rules.broken('conference-cases-not-linked', { caseIds: foreign });
    const conference = new Conference();
    const { caseId } = cases;
    Object.assign(conference, { caseId, caseIds: [caseId, ...others], kind, plannedBy: stamp.by, ...plan });
    return conference;
  }

  /** Puts it on another day, at another place or under another agenda; what is absent stays. */
  rearrange(change: Partial<ConferencePlan>): void {
    this.requirePlanned();
    Object.assign(this, change);
  }

  /** Invites somebody; what they get to know was released in every case, as the consents named say. */
  invite(invitation: Omit<ConferenceInvitation, 'id' | 'invitedAt' | 'invitedBy' | 'answer'>, stamp: Stamp): void {
    this.requirePlanned();
    const { kind, id } = invitation.recipient;
    if (this.invitations.some(({ recipient }) => recipient.kind === kind && recipient.id === id))
      throw rules.broken('conference-already-invited', { recipientId: id });
    const made = { id: uuidv7(), ...invitation, invitedAt: stamp.at, invitedBy: stamp.by, answer: null };
    this.invitations = [...this.invitations, made];
    this.record(new ConferenceInvited(this.id, this.caseId, made.id, this.plannedOn, stamp.at));
  }

  /** PLAN-4: records whether an invited party comes; who thinks better of it answers anew. */
  answer(invitationId: string, { answer, note }: Pick<InvitationAnswer, 'answer' | 'note'>, { by, at }: Stamp): void {
    this.requirePlanned();
    if (!this.invitations.some(({ id }) => id === invitationId)) throw new NotFound('invitation', invitationId);
    this.invitations = this.invitations.map((one) =>
      one.id === invitationId ? { ...one, answer: { answer, note, by, at } } : one,
    );
    const awaited = this.invitations.filter((one) => one.answer === null).length;
    this.record(new InvitationAnswered(this.id, this.caseId, invitationId, answer, awaited, at));
  }

  /** CASE-11: staff of another organisation brings something in before it is held, by name and organisation. */
  contribute(text: string, { steeringId, guestId }: { steeringId: string; guestId: string }, { by, at }: Stamp): void {
    this.requirePlanned();
    this.contributions = [...this.contributions, { id: uuidv7(), text, by, guestId, at }];
    this.record(new GuestContributed(this.id, this.caseId, steeringId, guestId, by, 'conference', at));
  }

  /** PLAN-4: records what was talked about and decided; from here on nothing of it changes. */
  hold({ heldOn, participants, minutes, decisions, dissent }: ConferenceMinutes, stamp: Stamp): void {
    this.requirePlanned();
    requireValid([notInFuture('#/heldOn', heldOn, dayOf(stamp))]);
    const numbered = decisions.map((decision) => ({ id: uuidv7(), ...decision, takenOver: null }));
    Object.assign(this, {
      status: 'held',
      heldOn,
      participants,
      minutes,
      decisions: numbered,
      dissent,
      minutesBy: stamp.by,
    });
    this.record(new ConferenceHeld(this.id, this.caseId, this.kind, heldOn, this.caseIds, stamp.at));
  }

  /** Calls it off. */
  cancel(reason: string, stamp: Stamp): void {
    this.requirePlanned();
    Object.assign(this, { status: 'cancelled', cancelReason: reason });
    this.record(new ConferenceCancelled(this.id, this.caseId, stamp.at));
  }

  /** PLAN-4: notes which goal or measure a decision became; the minutes stay as they are. */
  takeOver(decisionId: string, part: PlanPart, stamp: Stamp): void {
    if (this.status !== 'held') throw rules.broken('conference-not-held', { currentState: this.status });
    const decision = this.decisions.find(({ id }) => id === decisionId);
    if (!decision) throw new NotFound('decision', decisionId);
    const becomes = part.goalId ? 'goal' : 'measure';
    if (decision.takenOver || decision.becomes !== becomes)
      throw rules.broken('conference-decision-not-for-plan', {
        becomes: decision.becomes,
        takenOver: decision.takenOver !== null,
      });
    const takenOver = { ...part, by: stamp.by, at: stamp.at };
    this.decisions = this.decisions.map((d) => (d.id === decisionId ? { ...d, takenOver } : d));
  }

  private requirePlanned(): void {
    if (this.status !== 'planned') throw rules.broken('conference-not-planned', { currentState: this.status });
  }
}
