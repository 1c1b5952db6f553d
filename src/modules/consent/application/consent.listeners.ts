import { v7 as uuidv7 } from 'uuid';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { OnEvent, Subscription } from '../../../shared/events/on-event';
import {
  DataDisputeSettled,
  InformationPassed,
  ProcessingRestricted,
  ProcessingRestrictionLifted,
  SubjectRequestDecided,
} from '../events';
import { RecipientsToTell } from './recipients-to-tell';

/**
 * CONS-5: writes the disclosure register from what every module says has left, and asks it whom to tell of a correction
 * or restriction (GDPR 19). One cursor for both, so that what left before is in the register when it is asked.
 */
@Subscription('consent.disclosure-register')
export class DisclosureRegister {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly toTell: RecipientsToTell,
  ) {}

  @OnEvent(InformationPassed)
  async passed(event: InformationPassed): Promise<void> {
    this.uow.write({
      sql: (add) => `
        insert into consent.disclosure (tenant_id, id, case_id, flow, source_id, recipient_kind, recipient_id, purpose,
          categories, consent_id, basis, disclosed_at)
        values (${add(context().tenantId)}, ${add(uuidv7())}, ${add(event.caseId)}, ${add(event.flow)}, ${add(event.aggregateId)},
          ${add(event.recipientKind)}, ${add(event.recipientId)}, ${add(event.purpose)}, ${add(JSON.stringify(event.categories))},
          ${add(event.consentId)}, case when exists (select 1 from consent.consent_exception e
            where e.tenant_id = ${add(context().tenantId)} and e.id = ${add(event.consentId)}) then 'exception' else 'consent' end,
          ${add(event.at)})`,
    });
  }

  @OnEvent(SubjectRequestDecided)
  async decided({ aggregateId, kind, result, personId, at }: SubjectRequestDecided): Promise<void> {
    if (kind === 'rectification' && result !== 'refused') await this.toTell.corrected(aggregateId, personId, at);
  }

  /** Also where it came with a request for rectification: that may be decided before, or refused. */
  @OnEvent(DataDisputeSettled)
  async settled({ aggregateId, as, personId, at }: DataDisputeSettled): Promise<void> {
    if (as === 'corrected') await this.toTell.corrected(aggregateId, personId, at);
  }

  @OnEvent(ProcessingRestricted)
  restricted({ aggregateId, personId, at }: ProcessingRestricted): Promise<void> {
    return this.toTell.restricted(aggregateId, personId, at);
  }

  @OnEvent(ProcessingRestrictionLifted)
  lifted({ aggregateId, at }: ProcessingRestrictionLifted): Promise<void> {
    return this.toTell.lifted(aggregateId, at);
  }
}
