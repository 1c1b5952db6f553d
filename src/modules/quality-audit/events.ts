import { DomainEvent } from '../../shared/domain/domain-event';

/** The published language of the quality-audit module. */

/** QA-3: an audit run has its results. */
export class AuditRunCompleted extends DomainEvent {
  static readonly type = 'quality_audit.run_completed';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly catalogueVersion: string,
    readonly cases: number,
    readonly findings: number,
    readonly at: string,
  ) {
    super();
  }
}
