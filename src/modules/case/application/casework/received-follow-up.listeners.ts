import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { GuestAccessChanged } from '../../events';
import { ReceivedFollowUps } from './received-follow-ups';

/** CASE-9: what was received from other organisations. */
@Subscription('case.received-follow-ups')
export class ReceivedFollowUpListeners {
  constructor(private readonly received: ReceivedFollowUps) {}

  @OnEvent(GuestAccessChanged)
  onChanged(_: GuestAccessChanged): Promise<void> {
    return this.received.align();
  }
}
