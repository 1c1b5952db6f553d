import { addDays } from '../../../../shared/domain/days';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { AssessmentCompleted, AssessmentStarted } from '../../../assessment/events';
import { EvaluationRecorded } from '../../../service-plan/events';
import { CONTACTS } from '../../domain/intake/intake.words';
import {
  AgreementSigned,
  CaseClosed,
  CaseOpened,
  CaseReopened,
  CaseResumed,
  CaseSuspended,
  JournalEntryRecorded,
  PhaseChanged,
} from '../../events';
import { CausedFollowUps } from './caused-follow-ups';

/** CASE-9: what the course of a case makes due, and what takes it off the work list again. */
@Subscription('case.course-follow-ups')
export class CaseFollowUpListeners {
  constructor(private readonly caused: CausedFollowUps) {}

  @OnEvent(CaseOpened)
  onOpened({ caseId, at }: CaseOpened): Promise<void> {
    return this.agreementDue(caseId, at);
  }

  @OnEvent(CaseReopened)
  onReopened({ caseId, at }: CaseReopened): Promise<void> {
    return this.agreementDue(caseId, at);
  }

  @OnEvent(AgreementSigned)
  async onAgreementSigned({ caseId, signedOn }: AgreementSigned): Promise<void> {
    await this.caused.vanish('agreement_missing', caseId);
    await this.contactOn(caseId, signedOn);
  }

  @OnEvent(JournalEntryRecorded)
  async onJournalEntry({ caseId, kind, on }: JournalEntryRecorded): Promise<void> {
    if (CONTACTS.includes(kind)) await this.contactOn(caseId, on);
  }

  @OnEvent(CaseSuspended)
  async onSuspended({ caseId, resubmitOn }: CaseSuspended): Promise<void> {
    await this.caused.vanish('no_contact', caseId);
    await this.caused.arise('case_resubmission', caseId, caseId, () => resubmitOn);
  }

  @OnEvent(CaseResumed)
  async onResumed({ caseId, at }: CaseResumed): Promise<void> {
    await this.caused.vanish('case_resubmission', caseId);
    await this.contactOn(caseId, at);
  }

  @OnEvent(PhaseChanged)
  async onPhaseChanged({ caseId, to, at }: PhaseChanged): Promise<void> {
    if (to === 'evaluation')
      await this.caused.arise('evaluation_missing', caseId, caseId, (days) => addDays(at, days.evaluation));
    else await this.caused.vanish('evaluation_missing', caseId);
  }

  @OnEvent(EvaluationRecorded)
  onEvaluationRecorded({ caseId }: EvaluationRecorded): Promise<void> {
    return this.caused.vanish('evaluation_missing', caseId);
  }

  /** Overdue from the day after the planned end. */
  @OnEvent(AssessmentStarted)
  onAssessmentStarted({ aggregateId, caseId, plannedEnd }: AssessmentStarted): Promise<void> {
    return this.caused.arise('assessment_overrun', aggregateId, caseId, () => plannedEnd);
  }

  @OnEvent(AssessmentCompleted)
  onAssessmentCompleted({ aggregateId }: AssessmentCompleted): Promise<void> {
    return this.caused.vanish('assessment_overrun', aggregateId);
  }

  @OnEvent(CaseClosed)
  onClosed({ caseId }: CaseClosed): Promise<void> {
    return this.caused.vanishAll(caseId);
  }

  private agreementDue(caseId: string, at: string): Promise<void> {
    return this.caused.arise('agreement_missing', caseId, caseId, (days) => addDays(at, days.agreement));
  }

  /** An entry recorded late does not bring the next contact forward. */
  private contactOn(caseId: string, on: string): Promise<void> {
    return this.caused.arise('no_contact', caseId, caseId, (days) => addDays(on, days.contact), { later: true });
  }
}
