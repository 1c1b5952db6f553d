import { DomainEvent } from '../../shared/domain/domain-event';

/** The published language of the retention module. Instants are ISO 8601 UTC, days YYYY-MM-DD. */

/** CONS-6: the organisation set how long a kind of data is kept. */
export class RetentionRuleSet extends DomainEvent {
  static readonly type = 'retention.rule_set';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly kind: string,
    readonly edition: number,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: a file is kept by another rule than its field of practice says. */
export class FileClassified extends DomainEvent {
  static readonly type = 'retention.file_classified';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string | null,
    readonly kind: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: a file or person may not be erased until this is lifted. */
export class LegalHoldPlaced extends DomainEvent {
  static readonly type = 'retention.legal_hold_placed';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string | null,
    readonly subjectId: string,
    readonly kind: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: the reason to keep it beyond its time is over. */
export class LegalHoldLifted extends DomainEvent {
  static readonly type = 'retention.legal_hold_lifted';
  constructor(
    readonly aggregateId: string,
    readonly caseId: string | null,
    readonly subjectId: string,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: files are proposed for erasure; a second person decides. */
export class ErasureProposed extends DomainEvent {
  static readonly type = 'retention.erasure_proposed';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly kind: string,
    readonly items: number,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: a second person released the erasure. */
export class ErasureReleased extends DomainEvent {
  static readonly type = 'retention.erasure_released';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly items: number,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: a part of the run is done; the next one follows. */
export class ErasureAdvanced extends DomainEvent {
  static readonly type = 'retention.erasure_advanced';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly left: number,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: everything released is erased, or left out with a reason. */
export class ErasureCompleted extends DomainEvent {
  static readonly type = 'retention.erasure_completed';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly erased: number,
    readonly leftOut: number,
    readonly at: string,
  ) {
    super();
  }
}

/** CONS-6: the proposal was not followed. */
export class ErasureDiscarded extends DomainEvent {
  static readonly type = 'retention.erasure_discarded';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly reason: string,
    readonly at: string,
  ) {
    super();
  }
}
