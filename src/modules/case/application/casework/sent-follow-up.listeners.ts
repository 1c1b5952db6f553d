import { addDays } from '../../../../shared/domain/days';
import { localDay } from '../../../../shared/domain/local-day';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import {
  CaseTransferAccepted,
  CaseTransferDeclined,
  CaseTransferProposed,
  CaseTransferWithdrawn,
  JointSteeringAgreed,
  JointSteeringDeclined,
  JointSteeringEnded,
  JointSteeringProposed,
} from '../../events';
import { CausedFollowUps } from './caused-follow-ups';

/**
 * CASE-9, CASE-11, CASE-12: whoever invited or offered waits for the answer, and sees when there is none or it is no.
 * A case manager of the house has the offer on their own work list.
 */
@Subscription('case.sent-follow-ups')
export class SentFollowUpListeners {
  constructor(private readonly caused: CausedFollowUps) {}

  @OnEvent(JointSteeringProposed)
  async onInvited({ aggregateId, caseId, untilOn, at }: JointSteeringProposed): Promise<void> {
    await this.caused.vanishIn('steering_not_taken_up', caseId);
    await this.caused.arise('steering_unanswered', aggregateId, caseId, ({ invitationAnswer }) => {
      const inTime = addDays(at, invitationAnswer);
      return untilOn < inTime ? untilOn : inTime;
    });
  }

  @OnEvent(JointSteeringAgreed)
  onAgreed({ aggregateId }: JointSteeringAgreed): Promise<void> {
    return this.caused.vanish('steering_unanswered', aggregateId);
  }

  @OnEvent(JointSteeringDeclined)
  async onSteeringDeclined({ aggregateId, caseId, at }: JointSteeringDeclined): Promise<void> {
    await this.caused.vanish('steering_unanswered', aggregateId);
    await this.caused.arise('steering_not_taken_up', aggregateId, caseId, () => localDay(at));
  }

  /** An invitation that was never answered is over with its last day. */
  @OnEvent(JointSteeringEnded)
  async onSteeringEnded({ aggregateId, caseId, cause, remaining, at }: JointSteeringEnded): Promise<void> {
    if (remaining.length > 0) return;
    const unanswered = await this.caused.waits('steering_unanswered', aggregateId);
    await this.caused.vanish('steering_unanswered', aggregateId);
    if (unanswered && cause === 'time_over')
      await this.caused.arise('steering_not_taken_up', aggregateId, caseId, () => localDay(at));
  }

  @OnEvent(CaseTransferProposed)
  async onOffered(offer: CaseTransferProposed): Promise<void> {
    const { aggregateId, caseId, recipientKind, recipientId, dueOn } = offer;
    await this.caused.vanishIn('transfer_not_taken_up', caseId);
    await this.caused.arise('transfer_unanswered', aggregateId, caseId, () => dueOn);
    if (recipientKind === 'case_manager')
      await this.caused.arise('transfer_offered', aggregateId, caseId, () => dueOn, { assignee: () => recipientId });
  }

  @OnEvent(CaseTransferAccepted)
  onAccepted({ aggregateId }: CaseTransferAccepted): Promise<void> {
    return this.answered(aggregateId);
  }

  @OnEvent(CaseTransferDeclined)
  async onTransferDeclined({ aggregateId, caseId, at }: CaseTransferDeclined): Promise<void> {
    await this.answered(aggregateId);
    await this.caused.arise('transfer_not_taken_up', aggregateId, caseId, () => localDay(at));
  }

  @OnEvent(CaseTransferWithdrawn)
  async onWithdrawn({ aggregateId, caseId, cause, at }: CaseTransferWithdrawn): Promise<void> {
    await this.answered(aggregateId);
    if (cause === 'time_over')
      await this.caused.arise('transfer_not_taken_up', aggregateId, caseId, () => localDay(at));
  }

  private async answered(transferId: string): Promise<void> {
    await this.caused.vanish('transfer_unanswered', transferId);
    await this.caused.vanish('transfer_offered', transferId);
  }
}
