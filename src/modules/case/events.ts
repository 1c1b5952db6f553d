import { DomainEvent } from '../../shared/domain/domain-event';

/** The published language of the case module. Instants are ISO 8601 UTC, days YYYY-MM-DD. */

/** CASE-1: somebody asked for help for a person. */
export class RequestRecorded extends DomainEvent {
  static readonly type = 'case.request_recorded';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly fieldOfPractice: string,
    readonly channel: string,
    readonly acuteDanger: boolean,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-2: a request was found to carry an acute danger. */
export class AcuteDangerRaised extends DomainEvent {
  static readonly type = 'case.acute_danger_raised';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly kind: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-2: what was done against the acute danger; `addressed` says whether it is averted or in other hands. */
export class CrisisInterventionRecorded extends DomainEvent {
  static readonly type = 'case.crisis_intervention_recorded';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly addressed: boolean,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-3: the six criteria were answered. */
export class ScreeningCompleted extends DomainEvent {
  static readonly type = 'case.screening_completed';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly outcome: 'indicated' | 'not_indicated',
    readonly unmetCriteria: readonly string[],
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-4: a request was declined. */
export class RequestDeclined extends DomainEvent {
  static readonly type = 'case.request_declined';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly reason: string,
    readonly referredOn: boolean,
    readonly complaintExplained: boolean,
    readonly confirmedByTeamLead: boolean,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-3, CASE-5: an indicated request became a case in the phase clarification. */
export class CaseOpened extends DomainEvent {
  static readonly type = 'case.opened';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly requestId: string,
    readonly personId: string,
    readonly fieldOfPractice: string,
    readonly responsible: string,
    readonly team: string | null,
    /** All six criteria were met and each carries a reason (QA rule request-screened). */
    readonly criteriaMetAndReasoned: boolean,
    /** An acute danger had been raised (QA rule danger-addressed-first). */
    readonly acuteDanger: boolean,
    /** When the danger was addressed, null when there was none. */
    readonly dangerAddressedAt: string | null,
    readonly screenedAt: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-5: client and case manager signed the agreement; relies on the participation consent named. */
export class AgreementSigned extends DomainEvent {
  static readonly type = 'case.agreement_signed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly consentId: string,
    readonly model: string,
    readonly signedOn: string,
  ) {
    super();
  }
}

/** CASE-6: the case entered another phase. */
export class PhaseChanged extends DomainEvent {
  static readonly type = 'case.phase_changed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly from: string,
    readonly to: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-10: the case rests until the resubmission date. */
export class CaseSuspended extends DomainEvent {
  static readonly type = 'case.suspended';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly resubmitOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-10: a suspended case goes on. */
export class CaseResumed extends DomainEvent {
  static readonly type = 'case.resumed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-2, CASE-6: the end of the help process has begun (consent withdrawn, client unreachable). */
export class ClosingStarted extends DomainEvent {
  static readonly type = 'case.closing_started';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly reason: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-10: the case is closed. */
export class CaseClosed extends DomainEvent {
  static readonly type = 'case.closed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly reason: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-10: a closed case was taken up again. */
export class CaseReopened extends DomainEvent {
  static readonly type = 'case.reopened';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-7: another case manager is responsible now. */
export class ResponsibilityHandedOver extends DomainEvent {
  static readonly type = 'case.responsibility_handed_over';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly from: string,
    readonly to: string,
    readonly team: string | null,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-7: another deputy stands beside the responsible case manager, or nobody. */
export class DeputyChanged extends DomainEvent {
  static readonly type = 'case.deputy_changed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly from: string | null,
    readonly to: string | null,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-7: a case manager is absent, and others stand in; recorded again when either changes. */
export class AbsenceNoted extends DomainEvent {
  static readonly type = 'case.absence_noted';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly subject: string,
    readonly fromOn: string,
    readonly untilOn: string,
    /** Subjects of those who stand in. */
    readonly deputyIds: readonly string[],
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-7: the absent one is back, or never went: nobody stands in any more. */
export class AbsenceRecalled extends DomainEvent {
  static readonly type = 'case.absence_recalled';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly subject: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-9: a follow-up was overdue for so long that it was brought before the one who answers for the team. */
export class FollowUpEscalated extends DomainEvent {
  static readonly type = 'case.follow_up_escalated';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string | null,
    /** Subject of the owner. */
    readonly to: string,
    readonly dueOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-11: two cases of one family or household are linked. */
export class CasesLinked extends DomainEvent {
  static readonly type = 'case.linked';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly otherCaseId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-8: an activity was recorded in the journal. */
export class JournalEntryRecorded extends DomainEvent {
  static readonly type = 'case.journal_entry_recorded';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly kind: string,
    readonly servedFunction: string,
    readonly minutes: number,
    /** Cost in euro cents. */
    readonly costCents: number,
    readonly on: string,
  ) {
    super();
  }
}

/** CASE-8: an entry got a new version; the difference counts. */
export class JournalEntryCorrected extends DomainEvent {
  static readonly type = 'case.journal_entry_corrected';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly minutesBefore: number,
    readonly minutes: number,
    readonly costCentsBefore: number,
    readonly costCents: number,
  ) {
    super();
  }
}

/** CASE-1: a duplicate person was merged into the one that stays. */
export class PersonMerged extends DomainEvent {
  static readonly type = 'case.person_merged';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly survivorId: string,
    readonly at: string,
    /** What followed it is remembered under this id. */
    readonly mergeId: string,
  ) {
    super();
  }
}

/** CASE-1: a merge was a mistake and is taken back; whatever followed it goes back. */
export class PersonUnmerged extends DomainEvent {
  static readonly type = 'case.person_unmerged';
  readonly caseId = null;
  constructor(
    /** The person that is on its own again. */
    readonly aggregateId: string,
    readonly survivorId: string,
    readonly mergeId: string,
    /** Cases of requests that go back to the person. */
    readonly caseIds: readonly string[],
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-1: after a merge was taken back, a case and everything in it speak of the person again and not of the survivor. */
export class CasePersonRestored extends DomainEvent {
  static readonly type = 'case.person_restored';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly personId: string,
    readonly survivorId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-1, CONS-1: somebody may decide for a person, in the matters named. */
export class RepresentationRecorded extends DomainEvent {
  static readonly type = 'case.representation_recorded';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly representativeId: string,
    readonly kind: string,
    readonly tasks: readonly string[],
    readonly validFrom: string,
    readonly validUntil: string | null,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-1: a representation ended; `endedOn` is the last day it counted. */
export class RepresentationEnded extends DomainEvent {
  static readonly type = 'case.representation_ended';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly representativeId: string,
    readonly endedOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-1: two persons are related; `kind` is what the other one is to the person. */
export class PersonsRelated extends DomainEvent {
  static readonly type = 'case.persons_related';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly otherPersonId: string,
    readonly kind: string,
    readonly validFrom: string | null,
    readonly validUntil: string | null,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-1: a relation between two persons ended; `endedOn` is the last day it counted. */
export class PersonRelationEnded extends DomainEvent {
  static readonly type = 'case.person_relation_ended';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly otherPersonId: string,
    readonly endedOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-1: a relation between two persons had been recorded by mistake. */
export class PersonRelationRevoked extends DomainEvent {
  static readonly type = 'case.person_relation_revoked';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly otherPersonId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-1: somebody lives in a household. */
export class HouseholdJoined extends DomainEvent {
  static readonly type = 'case.household_joined';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly validFrom: string | null,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-1: somebody no longer lives in a household; `leftOn` is the last day. */
export class HouseholdLeft extends DomainEvent {
  static readonly type = 'case.household_left';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly leftOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-1: that somebody lives in a household had been recorded by mistake. */
export class HouseholdEntryRevoked extends DomainEvent {
  static readonly type = 'case.household_entry_revoked';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-7, QA-8: qualification and caseload limit of a case manager were recorded. */
export class StaffRecorded extends DomainEvent {
  static readonly type = 'case.staff_recorded';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly subject: string,
    readonly qualificationValidUntil: string | null,
    /** Null where the limit of the organisation holds. */
    readonly caseloadLimit: number | null,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-13: access to a collectively funded service was granted, granted in part or refused. */
export class GatekeepingDecided extends DomainEvent {
  static readonly type = 'case.gatekeeping_decided';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    /** granted, partly_granted or refused. */
    readonly decision: string,
    /** The earlier decision in whose place it stands. */
    readonly revisesId: string | null,
    readonly alternativeOffered: boolean,
    readonly appealExplained: boolean,
    /** Euro cents. */
    readonly costCents: number | null,
    readonly decidedOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-13: the client was told of a gatekeeping decision. */
export class GatekeepingDecisionAnnounced extends DomainEvent {
  static readonly type = 'case.gatekeeping_decision_announced';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly announcedOn: string,
  ) {
    super();
  }
}

/** CASE-14: a medication need was noted; what it is stays in the case. */
export class MedicationNoted extends DomainEvent {
  static readonly type = 'case.medication_noted';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-14: a medication note got a new version. */
export class MedicationNoteCorrected extends DomainEvent {
  static readonly type = 'case.medication_note_corrected';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-14: a medication was administered or handed over. */
export class MedicationHandedOut extends DomainEvent {
  static readonly type = 'case.medication_handed_out';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    /** The medication note it stands under. */
    readonly medicationId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-14: the entry of a handout got a new version. */
export class MedicationHandoutCorrected extends DomainEvent {
  static readonly type = 'case.medication_handout_corrected';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    /** The medication note it stands under. */
    readonly medicationId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-3: an organisation put a new edition of its added screening questions into force. */
export class ScreeningQuestionsPublished extends DomainEvent {
  static readonly type = 'case.screening_questions_published';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly edition: number,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-4: the person was given a letter with the reasons of the decline and the way to complain. */
export class DeclineLetterGiven extends DomainEvent {
  static readonly type = 'case.decline_letter_given';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly requestId: string,
    readonly givenOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-7: a case was put under protection (a colleague's, a publicly known person's), or that was lifted. */
export class CaseProtectionChanged extends DomainEvent {
  static readonly type = 'case.protection_changed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly isProtected: boolean,
    readonly at: string,
  ) {
    super();
  }
}

/** §6.3: somebody asks for a protected case that is not theirs; a second person has to approve it. */
export class EmergencyAccessAwaitsApproval extends DomainEvent {
  static readonly type = 'case.emergency_access_awaits_approval';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    /** Who asks. */
    readonly subject: string,
    readonly at: string,
  ) {
    super();
  }
}

/** §6.3: somebody reads from now on, for some hours, a case that is not theirs. */
export class EmergencyAccessOpened extends DomainEvent {
  static readonly type = 'case.emergency_access_opened';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    /** Who reads. */
    readonly subject: string,
    /** Code of the reason. */
    readonly kind: string,
    readonly endsAt: string,
    /** Last day for the review by somebody else. */
    readonly dueOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** §6.3: an emergency access was closed before its time. */
export class EmergencyAccessEnded extends DomainEvent {
  static readonly type = 'case.emergency_access_ended';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** §6.3: somebody else looked at an emergency access. */
export class EmergencyAccessReviewed extends DomainEvent {
  static readonly type = 'case.emergency_access_reviewed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly outcome: 'justified' | 'unjustified',
    readonly at: string,
  ) {
    super();
  }
}

/** §6.3: nobody reviewed an emergency access in time. */
export class EmergencyReviewOverdue extends DomainEvent {
  static readonly type = 'case.emergency_review_overdue';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly dueOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-11: another organisation was invited to parts of a case. */
export class JointSteeringProposed extends DomainEvent {
  static readonly type = 'case.joint_steering_proposed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    /** Id of the organisation invited. */
    readonly guestId: string,
    readonly parts: readonly string[],
    readonly untilOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-11: the organisation invited accepted; from now on its readers see the parts named. */
export class JointSteeringAgreed extends DomainEvent {
  static readonly type = 'case.joint_steering_agreed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly guestId: string,
    readonly parts: readonly string[],
    /** Subjects of the guest's staff. */
    readonly readerIds: readonly string[],
    readonly untilOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-11: the organisation invited declined. */
export class JointSteeringDeclined extends DomainEvent {
  static readonly type = 'case.joint_steering_declined';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly guestId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-11, CONS-2: parts are no longer open to the guest; without `remaining` ones it has ended. */
export class JointSteeringEnded extends DomainEvent {
  static readonly type = 'case.joint_steering_ended';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly guestId: string,
    /** consent_withdrawn, time_over, recalled, left or case_closed. */
    readonly cause: string,
    readonly remaining: readonly string[],
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-11: staff of another organisation added something to the case. */
export class GuestContributed extends DomainEvent {
  static readonly type = 'case.guest_contributed';
  constructor(
    /** The journal entry or conference. */
    readonly aggregateId: string,
    readonly caseId: string,
    readonly steeringId: string,
    readonly guestId: string,
    /** Subject of the guest's staff. */
    readonly subject: string,
    readonly part: string,
    readonly at: string,
  ) {
    super();
  }
}

/**
 * CASE-11, CASE-12: an invitation to joint steering, or an offer of a case, by another organisation has come, or stands
 * otherwise now. The database puts it into the log of the organisation that received it (docs/adr/0015).
 */
export class GuestAccessChanged extends DomainEvent {
  static readonly type = 'case.guest_access_changed';
  readonly caseId = null;
  constructor(
    /** The invitation or offer. */
    readonly aggregateId: string,
    /** joint_steering or case_transfer. */
    readonly kind: string,
    /** How it stands now. */
    readonly to: string,
  ) {
    super();
  }
}

/** CASE-12: a case was offered to another case manager or organisation. */
export class CaseTransferProposed extends DomainEvent {
  static readonly type = 'case.transfer_proposed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    /** case_manager or organisation. */
    readonly recipientKind: string,
    /** Subject or organisation. */
    readonly recipientId: string,
    /** The last day to answer. */
    readonly dueOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-12: the offer was accepted; `untilOn` is the last day of the sender, null where it ended with the acceptance. */
export class CaseTransferAccepted extends DomainEvent {
  static readonly type = 'case.transfer_accepted';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly recipientKind: string,
    readonly recipientId: string,
    readonly untilOn: string | null,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-12: the offer was declined. */
export class CaseTransferDeclined extends DomainEvent {
  static readonly type = 'case.transfer_declined';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly recipientId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CASE-12: the offer does not stand any more. */
export class CaseTransferWithdrawn extends DomainEvent {
  static readonly type = 'case.transfer_withdrawn';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    /** sender, consent_withdrawn, case_closed or time_over. */
    readonly cause: string,
    readonly at: string,
  ) {
    super();
  }
}
