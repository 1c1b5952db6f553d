import { Column, Entity, Index } from 'typeorm';
import { type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { InvalidInput, NotFound } from '../../../../shared/domain/errors';
import { InformationPassed } from '../../../consent/events';
import {
  AgreementSigned,
  CaseClosed,
  CaseOpened,
  CasePersonRestored,
  CaseProtectionChanged,
  CaseReopened,
  CaseResumed,
  CaseSuspended,
  DeputyChanged,
  ResponsibilityHandedOver,
} from '../../events';
import { type IndicationRecheck, confirmIndication } from '../intake/indication-recheck';
import { type CaseMerge, follow, goBack, turnAll } from './case-merges';
import { CaseCourse, requireNotLater } from './case-course';
import { caseRules } from './case.refusals';
import {
  type Agreement,
  type AgreementTerms,
  type Closure,
  type ClosureReason,
  type InformedParty,
  type Member,
  type Opening,
  type Reopening,
  type Responsibility,
  type Suspension,
  agreementOf,
  missingFromAgreement,
  personsOf,
} from './case.values';

/** The problematic life situation that is steered: its phases, mandate, responsibility and person system. */
@Entity({ schema: 'cases', name: 'case' })
@Index('case_by_request', ['tenantId', 'requestId'], { unique: true })
@Index('case_by_person', ['tenantId', 'personId'])
@Index('case_by_opening', { synchronize: false })
@Index('case_by_responsible', { synchronize: false })
@Index('case_by_deputy', { synchronize: false })
@Index('case_by_team', { synchronize: false })
@Index('case_carried', { synchronize: false })
@Index('case_by_phase', { synchronize: false })
@Index('case_by_status', { synchronize: false })
@Index('case_by_field', { synchronize: false })
@Index('case_by_due', { synchronize: false })
@Index('case_by_due_responsible', { synchronize: false })
@Index('case_by_due_deputy', { synchronize: false })
@Index('case_by_due_team', { synchronize: false })
@Index('case_in_danger', { synchronize: false })
@Index('case_over_limit', { synchronize: false })
@Index('case_not_agreed', { synchronize: false })
@Index('case_closing', { synchronize: false })
export class Case extends CaseCourse {
  @Column({ type: 'uuid', name: 'request_id', update: false }) readonly requestId: string;
  @Column('uuid', { name: 'person_id' }) personId: string;
  @Column({ type: 'text', name: 'field_of_practice', update: false }) readonly fieldOfPractice: string;
  @Column('int') intensity: number;
  @Column('text') responsible: string;
  @Column('text', { nullable: true }) deputy: string | null = null;
  @Column('text', { nullable: true }) team: string | null;
  @Column('text', { array: true }) clients: string[];
  @Column({ type: 'timestamptz', name: 'opened_at', precision: 3, update: false }) readonly openedAt: Date;
  /** CASE-2: an acute danger had been raised before it was opened. */
  @Column({ type: 'boolean', name: 'acute_danger', default: false, update: false }) readonly acuteDanger: boolean;
  /** CASE-7: whoever is responsible carries it beyond their limit, with a reason. */
  @Column({ type: 'boolean', name: 'over_limit', default: false }) private overLimit: boolean = false;
  /** The earliest day something on its work list is due; kept by the database with the follow-ups. */
  @Column({ type: 'date', name: 'next_due_on', nullable: true, insert: false, update: false })
  readonly nextDueOn: string | null;
  @Column('jsonb') private agreements: Agreement[] = [];
  @Column('jsonb') private responsibilities: Responsibility[] = [];
  @Column('jsonb') private members: Member[] = [];
  @Column('jsonb', { name: 'informed_parties' }) private informedParties: InformedParty[] = [];
  @Column('jsonb', { nullable: true }) private suspension: Suspension | null = null;
  @Column('jsonb', { nullable: true }) private closure: Closure | null = null;
  @Column('jsonb') private reopenings: Reopening[] = [];
  @Column('jsonb', { default: () => "'[]'" }) private merges: CaseMerge[] = [];
  /** Why nobody reads it in an emergency without a second person; null for any other case. */
  @Column('jsonb', { nullable: true }) private protection: { reason: string; by: string; at: string } | null = null;

  private constructor() {
    super();
  }

  /** CASE-3, CASE-5: an indicated request becomes a case in the phase of clarification. */
  static open(opening: Opening, stamp: Stamp): Case {
    const { requestId, personId, fieldOfPractice, responsible, team, clients, intensity } = opening;
    const opened = new Case();
    const { acuteDanger } = opening;
    Object.assign(opened, { requestId, personId, fieldOfPractice, responsible, team, intensity, acuteDanger });
    Object.assign(opened, { clients: [...clients], openedAt: new Date(stamp.at) });
    opened.phases.push({
      phase: 'clarification',
      enteredAt: stamp.at,
      leftAt: null,
      by: stamp.by,
      cause: 'opening',
      reason: null,
    });
    opened.assign('responsible', responsible, stamp, null, opening.overLimitReason);
    opened.record(
      new CaseOpened(
        opened.id,
        opened.id,
        requestId,
        personId,
        fieldOfPractice,
        responsible,
        team,
        opening.criteriaMetAndReasoned,
        opening.acuteDanger,
        opening.dangerAddressedAt,
        opening.screenedAt,
        stamp.at,
      ),
    );
    return opened;
  }

  /** CASE-5: client and case manager sign; `consentId` is the valid participation consent. */
  signAgreement(terms: AgreementTerms, consentId: string, stamp: Stamp): void {
    this.requireRunning();
    if (this.agreedOn && this.closing?.reason !== 'consent_withdrawn')
      throw caseRules.broken('agreement-already-signed', { agreedOn: this.agreedOn });
    const unmet = missingFromAgreement(terms);
    if (unmet.length > 0) throw caseRules.broken('agreement-incomplete', { unmet });
    requireNotLater(terms.signedOn, stamp, '#/signedOn');
    this.agreements.push(agreementOf(terms, consentId, stamp));
    this.agreedOn = terms.signedOn;
    this.status = 'active';
    if (this.closing?.reason === 'consent_withdrawn') this.closing = null;
    this.record(new AgreementSigned(this.id, this.id, consentId, terms.model, terms.signedOn));
  }

  /** CASE-5: a party already involved was told of the coordinating role, relying on the consent named. */
  informParty(party: Omit<InformedParty, 'informedAt' | 'by'>, purpose: string, stamp: Stamp): void {
    this.requireRunning();
    if (!this.agreedOn) throw caseRules.broken('agreement-missing');
    const { recipient, categories, consentId } = party;
    this.informedParties.push({ ...party, informedAt: stamp.at, by: stamp.by });
    this.record(
      new InformationPassed(
        this.id,
        this.id,
        'informed_party',
        recipient.kind,
        recipient.id,
        purpose,
        categories,
        consentId,
        stamp.at,
      ),
    );
  }

  /** CASE-10: the case rests until a day in the future. */
  suspend(reason: string, resubmitOn: string, stamp: Stamp): void {
    this.requireRunning();
    if (resubmitOn <= dayOf(stamp))
      throw new InvalidInput([
        {
          pointer: '#/resubmitOn',
          code: 'dateInFuture',
          detail: {
            en: 'the resubmission date must lie in the future',
            de: 'Die Wiedervorlage muss in der Zukunft liegen',
          },
        },
      ]);
    this.status = 'suspended';
    this.suspension = { reason, resubmitOn, suspendedAt: stamp.at, by: stamp.by };
    this.record(new CaseSuspended(this.id, this.id, resubmitOn, stamp.at));
  }

  /** CASE-10: a suspended case goes on. */
  resume(stamp: Stamp): void {
    if (this.status !== 'suspended') throw caseRules.broken('case-not-suspended', { caseStatus: this.status });
    this.status = this.agreedOn || this.reopenings.length === 0 ? 'active' : 'reopened';
    this.suspension = null;
    this.record(new CaseResumed(this.id, this.id, stamp.at));
    this.moveOn(stamp.by);
  }

  /** CASE-6, CASE-10: closed after the evaluation; without one only on death or when nothing was ever agreed. */
  close(reason: ClosureReason, note: string, stamp: Stamp): void {
    if (this.status === 'closed') throw caseRules.broken('case-closed');
    const exempt = reason === 'deceased' || !this.agreedOn;
    if (!exempt && !this.counts('evaluationRecorded'))
      throw caseRules.broken('evaluation-missing', { phase: this.phase });
    if (reason === 'goals_achieved' && !this.agreedOn) throw caseRules.broken('goals-without-agreement');
    this.finish(reason, note, stamp);
  }

  /** CASE-12: another organisation has taken the case over. The help goes on there, and its evaluation with it. */
  passOn(note: string, stamp: Stamp): void {
    this.requireNotClosed();
    this.finish('handed_over', note, stamp);
  }

  private finish(reason: ClosureReason, note: string, stamp: Stamp): void {
    this.status = 'closed';
    this.suspension = null;
    this.closure = { reason, note, closedAt: stamp.at, by: stamp.by };
    this.leavePhase(stamp.at);
    this.record(new CaseClosed(this.id, this.id, reason, stamp.at));
  }

  /** CASE-10: taken up again: the indication is re-checked now, the consent when a new agreement is signed. */
  reopen(reason: string, recheck: IndicationRecheck, overLimitReason: string | null, stamp: Stamp): void {
    if (this.status !== 'closed' || !this.closure)
      throw caseRules.broken('case-not-closed', { caseStatus: this.status });
    const screening = confirmIndication(recheck);
    const { finding } = recheck;
    this.reopenings.push({
      reason,
      recheck: finding,
      screening,
      reopenedAt: stamp.at,
      by: stamp.by,
      closure: this.closure,
    });
    Object.assign(this, { status: 'reopened', closure: null, closing: null, agreedOn: null, runningMeasures: [] });
    this.enter('clarification', 'reopening', reason, stamp);
    if (overLimitReason) this.assign('responsible', this.responsible, stamp, reason, overLimitReason);
    this.record(new CaseReopened(this.id, this.id, stamp.at));
  }

  /** CASE-7: another case manager becomes responsible; the one before stays in the record. */
  handOver(to: string, team: string | null, reason: string, overLimitReason: string | null, stamp: Stamp): void {
    this.requireNotClosed();
    const from = this.responsible;
    if (to === from) throw caseRules.broken('already-responsible', { responsible: to });
    if (to === this.deputy) this.nameDeputy(null, reason, stamp);
    this.responsible = to;
    this.team = team;
    this.assign('responsible', to, stamp, reason, overLimitReason);
    this.record(new ResponsibilityHandedOver(this.id, this.id, from, to, team, stamp.at));
  }

  /** CASE-7: somebody stands in for the responsible case manager; null for nobody. */
  nameDeputy(subject: string | null, reason: string | null, stamp: Stamp): void {
    this.requireNotClosed();
    if (subject === this.responsible) throw caseRules.broken('deputy-is-responsible', { responsible: subject });
    const from = this.deputy;
    if (subject === from) return;
    this.deputy = subject;
    if (subject) this.assign('deputy', subject, stamp, reason, null);
    else this.unassign('deputy', stamp);
    this.record(new DeputyChanged(this.id, this.id, from, subject, stamp.at));
  }

  /** CASE-7: how much of the caseload the case takes from now on (1 to 5). */
  weigh(intensity: number, overLimitReason: string | null, stamp: Stamp): void {
    this.requireNotClosed();
    this.intensity = intensity;
    if (overLimitReason) this.assign('responsible', this.responsible, stamp, null, overLimitReason);
  }

  /** CASE-7: a case of a colleague or of somebody publicly known is protected, or no longer. */
  protect(isProtected: boolean, reason: string, { by, at }: Stamp): void {
    const changes = isProtected !== (this.protection !== null);
    this.protection = isProtected ? { reason, by, at } : null;
    if (changes) this.record(new CaseProtectionChanged(this.id, this.id, isProtected, at));
  }

  /** Adds somebody to the person system, or corrects their role. */
  putMember(
    member: Pick<Member, 'personId' | 'role' | 'legalGuardian' | 'representationScope' | 'guardianIds'>,
    stamp: Stamp,
  ): void {
    this.requireNotClosed();
    if (member.personId === this.personId) throw caseRules.broken('member-is-client');
    this.requireGuardiansKnown(member);
    const present = this.members.find(({ personId, removedAt }) => personId === member.personId && removedAt === null);
    if (present) Object.assign(present, member);
    else
      this.members.push({
        ...member,
        addedAt: stamp.at,
        addedBy: stamp.by,
        removedAt: null,
        removedBy: null,
        removalReason: null,
      });
  }

  /** Everybody the case is about now, and who may decide for them. */
  get persons() {
    return personsOf(this.personId, this.members);
  }

  /** Takes somebody out of the person system; they stay in the record. */
  removeMember(personId: string, reason: string, stamp: Stamp): void {
    this.requireNotClosed();
    const present = this.members.find((member) => member.personId === personId && member.removedAt === null);
    if (!present) throw new NotFound('member', personId);
    Object.assign(present, { removedAt: stamp.at, removedBy: stamp.by, removalReason: reason });
  }

  /** CASE-1: a duplicate was merged; the case now speaks of the person that stays, and remembers what followed. */
  followMerge(merge: { mergeId: string; merged: string; survivor: string }): void {
    const followed = follow(this.concerned, merge);
    if (followed) this.merges.push(followed);
  }

  /**
   * CASE-1: a merge was taken back. A case that had nothing to do with the survivor is about the separated person again
   * in everything, also in what came since; in others goes back what had followed. A case without memory of the merge
   * was opened since, from a request that goes back (`given`).
   */
  followUnmerge(
    { mergeId, merged, survivor }: { mergeId: string; merged: string; survivor: string },
    given: boolean,
    at: string,
  ): void {
    const own = this.merges.find((merge) => merge.mergeId === mergeId);
    this.merges = this.merges.filter((merge) => merge !== own);
    const alone = own ? !own.shared && this.merges.every((merge) => merge.survivor !== survivor) : given;
    if (alone) {
      turnAll(this.concerned, survivor, merged);
      this.record(new CasePersonRestored(this.id, this.id, merged, survivor, at));
    } else if (own) goBack(this.concerned, own, merged);
  }

  /** The portal users who are the client. */
  knowClients(subjects: readonly string[]): void {
    this.clients = [...subjects];
  }

  /** Client and members; they are changed in place. */
  private get concerned(): { personId: string; members: Member[] } {
    return this as unknown as { personId: string; members: Member[] };
  }

  private requireGuardiansKnown({ personId, guardianIds = [] }: Pick<Member, 'personId' | 'guardianIds'>): void {
    const known = this.persons.map((person) => person.personId).filter((id) => id !== personId);
    const faults = guardianIds.flatMap((id, i) =>
      known.includes(id)
        ? []
        : [
            {
              pointer: `#/guardianIds/${i}`,
              code: 'guardian-not-in-case',
              detail: {
                en: 'A guardian is the client or another person of the person system. Add them first.',
                de: 'Sorgeberechtigt ist die Klientin, der Klient oder eine andere Person des Personensystems. Nehmen Sie sie zuerst auf.',
              },
            },
          ],
    );
    if (faults.length > 0) throw new InvalidInput(faults);
  }

  private assign(
    role: Responsibility['role'],
    subject: string,
    stamp: Stamp,
    reason: string | null,
    overLimitReason: string | null,
  ): void {
    this.unassign(role, stamp);
    if (role === 'responsible') this.overLimit = overLimitReason !== null;
    this.responsibilities.push({ role, subject, from: stamp.at, until: null, by: stamp.by, reason, overLimitReason });
  }

  private unassign(role: Responsibility['role'], { at }: Stamp): void {
    for (const entry of this.responsibilities) if (entry.role === role) entry.until ??= at;
  }
}
