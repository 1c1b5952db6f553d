import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { addDays } from '../../../../shared/domain/days';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { ConsentReader } from '../../../consent';
import { ConsentGiven, ConsentWithdrawn } from '../../../consent/events';
import { CaseReopened } from '../../events';
import { CausedFollowUps } from './caused-follow-ups';
import { FollowUpRepository } from './follow-up.repository';

/**
 * CONS-7: a consent that ends comes up in time, so that the client can be asked whether it is to go on. It goes when
 * the consent is withdrawn, or when another one takes over; one that has run out stays until somebody has dealt with it.
 */
@Subscription('case.consent-ends')
export class ConsentEndListeners {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly consents: ConsentReader,
    private readonly followUps: FollowUpRepository,
    private readonly caused: CausedFollowUps,
  ) {}

  @OnEvent(ConsentGiven)
  onGiven({ caseId }: ConsentGiven): Promise<void> {
    return this.lookAgain(caseId);
  }

  @OnEvent(ConsentWithdrawn)
  onWithdrawn({ caseId }: ConsentWithdrawn): Promise<void> {
    return this.lookAgain(caseId);
  }

  @OnEvent(CaseReopened)
  onReopened({ caseId }: CaseReopened): Promise<void> {
    return this.lookAgain(caseId);
  }

  /** Every consent of the case, because one that is given or withdrawn may take over, or no longer take over, from others. */
  private lookAgain(caseId: string): Promise<void> {
    return this.uow.run(async () => {
      const today = this.clock.today();
      const ending = await this.consents.ending(caseId);
      const known = await this.followUps.tendedTo(caseId, 'consent_ending');
      for (const [consentId, status] of known)
        if (status === 'open' && !ending.some((one) => one.consentId === consentId))
          await this.caused.vanish('consent_ending', consentId);
      for (const { consentId, until } of ending) {
        if (until < today || known.has(consentId)) continue;
        await this.caused.arise('consent_ending', consentId, caseId, ({ consentEnding }) => {
          const inTime = addDays(until, -consentEnding);
          return inTime < today ? today : inTime;
        });
      }
    });
  }
}
