import { localDay } from '../../../../shared/domain/local-day';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { ownerOf } from '../../domain/staff/work-policy.values';
import { EmergencyAccessOpened, EmergencyAccessReviewed } from '../../events';
import { CausedFollowUps } from './caused-follow-ups';

/**
 * §6.3: the responsible case manager learns at once that somebody else reads the case, and who answers for the team is
 * to review it. Both are gone with the review.
 */
@Subscription('case.emergency-follow-ups')
export class EmergencyFollowUpListeners {
  constructor(private readonly caused: CausedFollowUps) {}

  @OnEvent(EmergencyAccessOpened)
  async onOpened({ aggregateId, caseId, subject, dueOn, at }: EmergencyAccessOpened): Promise<void> {
    await this.caused.arise('emergency_access', aggregateId, caseId, () => localDay(at));
    await this.caused.arise('emergency_unreviewed', aggregateId, caseId, () => dueOn, {
      // Nobody reviews their own access: where the owner of the team has read, the owner of all is asked.
      assignee: ({ team }, owners) =>
        ownerOf(
          owners.filter((owner) => owner.subject !== subject),
          team,
        ),
    });
  }

  @OnEvent(EmergencyAccessReviewed)
  async onReviewed({ aggregateId }: EmergencyAccessReviewed): Promise<void> {
    await this.caused.vanish('emergency_access', aggregateId);
    await this.caused.vanish('emergency_unreviewed', aggregateId);
  }
}
