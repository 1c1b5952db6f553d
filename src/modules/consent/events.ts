import { DomainEvent } from '../../shared/domain/domain-event';

/** The published language of the consent module. */

/** CONS-1: the client or the legal representative consented. */
export class ConsentGiven extends DomainEvent {
  static readonly type = 'consent.given';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly kind: 'participation' | 'data_processing' | 'disclosure',
    readonly purpose: string,
    readonly categories: readonly string[],
    readonly recipientIds: readonly string[],
    readonly validFrom: string,
    readonly validUntil: string | null,
    readonly at: string,
    /** Whose data it is about: the client, or another person of the case. */
    readonly personId: string,
  ) {
    super();
  }
}

/**
 * CONS-2: a consent was withdrawn, whole or for the recipients and categories named (an empty list with
 * `whole: false` means "all of them" on that side).
 */
export class ConsentWithdrawn extends DomainEvent {
  static readonly type = 'consent.withdrawn';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly kind: 'participation' | 'data_processing' | 'disclosure',
    readonly whole: boolean,
    readonly recipientIds: readonly string[],
    readonly categories: readonly string[],
    readonly at: string,
    /** Whose consent it was: only the client's own participation carries the case. */
    readonly personId: string,
  ) {
    super();
  }
}

/**
 * CONS-5: data left for a recipient. Every outward flow of every module records it in the transaction in which the
 * consent was checked; the disclosure register is made from it.
 */
export class InformationPassed extends DomainEvent {
  static readonly type = 'consent.information_passed';
  constructor(
    /** The referral, conference, case or plan the data left with. */
    readonly aggregateId: string,
    readonly caseId: string,
    readonly flow:
      | 'referral'
      | 'conference_invitation'
      | 'informed_party'
      | 'linked_case'
      | 'plan_copy'
      | 'joint_steering'
      | 'case_transfer',
    readonly recipientKind: 'organisation' | 'person',
    readonly recipientId: string,
    readonly purpose: string,
    readonly categories: readonly string[],
    /** The consent relied on. */
    readonly consentId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-4: somebody decided to pass data on without consent; it counts until `lapsesAt`, then only if confirmed. */
export class ConsentExceptionInvoked extends DomainEvent {
  static readonly type = 'consent.exception_invoked';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly kind: string,
    readonly legalBasis: string,
    readonly categories: readonly string[],
    readonly recipientId: string,
    readonly validUntil: string,
    readonly lapsesAt: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-4: a second person confirmed it. */
export class ConsentExceptionConfirmed extends DomainEvent {
  static readonly type = 'consent.exception_confirmed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-4: it carries nothing any more: rejected by the second person, not confirmed in time, or ended. */
export class ConsentExceptionEnded extends DomainEvent {
  static readonly type = 'consent.exception_ended';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly as: 'rejected' | 'lapsed' | 'ended',
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-4: the client was told of it afterwards, or why not was recorded. */
export class ClientInformedOfException extends DomainEvent {
  static readonly type = 'consent.exception_client_informed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string,
    readonly informed: boolean,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: a person asks about their own data; it is to be answered by `dueOn`. */
export class SubjectRequestReceived extends DomainEvent {
  static readonly type = 'consent.subject_request_received';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly kind: string,
    readonly dueOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: the time to answer was extended, and the person told so. */
export class SubjectRequestExtended extends DomainEvent {
  static readonly type = 'consent.subject_request_extended';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly dueOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: the request was answered. */
export class SubjectRequestDecided extends DomainEvent {
  static readonly type = 'consent.subject_request_decided';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly kind: string,
    readonly result: 'granted' | 'partly' | 'refused',
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: the data of a person, and of the cases of which they are the client, is kept and not used (GDPR 18). */
export class ProcessingRestricted extends DomainEvent {
  static readonly type = 'consent.processing_restricted';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly ground: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: the data may be used again; the person was told before. */
export class ProcessingRestrictionLifted extends DomainEvent {
  static readonly type = 'consent.processing_restriction_lifted';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: a copy of everything held on a person lies ready until `expiresAt`. */
export class PersonalDataExportReady extends DomainEvent {
  static readonly type = 'consent.personal_data_export_ready';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly expiresAt: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: it could not be made; ask for it anew once the cause is gone. */
export class PersonalDataExportFailed extends DomainEvent {
  static readonly type = 'consent.personal_data_export_failed';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6, GDPR 19: a recipient of data has to be told of what happened to it; of an erasure nobody is named. */
export class RecipientNoticeArisen extends DomainEvent {
  static readonly type = 'consent.recipient_notice_arisen';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string | null,
    readonly occasion: 'rectification' | 'restriction' | 'restriction_lifted' | 'erasure',
    readonly occasionId: string,
    readonly dueOn: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6, GDPR 19: the recipient was told, or is not told for a reason on record. */
export class RecipientNoticeSettled extends DomainEvent {
  static readonly type = 'consent.recipient_notice_settled';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly personId: string | null,
    readonly occasion: 'rectification' | 'restriction' | 'restriction_lifted' | 'erasure',
    readonly as: 'told' | 'not_told' | 'overtaken',
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6, GDPR 16, 18: the accuracy of a record is contested; from now on it is used with that mark. */
export class DataDisputed extends DomainEvent {
  static readonly type = 'consent.data_disputed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string | null,
    readonly personId: string,
    readonly kind: string,
    readonly recordId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: the record was corrected, is upheld with the mark, or is not contested any more. */
export class DataDisputeSettled extends DomainEvent {
  static readonly type = 'consent.data_dispute_settled';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string | null,
    readonly personId: string,
    readonly kind: string,
    readonly recordId: string,
    readonly as: 'corrected' | 'upheld' | 'withdrawn',
    /** The request of the person that it came with; what follows from that is decided there. */
    readonly subjectRequestId: string | null,
    readonly at: string,
  ) {
    super();
  }
}
