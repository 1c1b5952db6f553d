import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { Daily, type DailyJob } from '../../../../shared/operation/daily-jobs';
import { ConsentsAnew } from '../../../consent';
import { ConsentGiven, ConsentWithdrawn } from '../../../consent/events';
import type { FollowUpCause } from '../../domain/intake/intake.words';
import { CaseReopened, RepresentationEnded, RepresentationRecorded } from '../../events';
import { WorkPolicyRepository } from '../staff/work-policy.repository';
import { CausedFollowUps } from './caused-follow-ups';
import { FollowUpRepository } from './follow-up.repository';

/** What is put on the work list for each reason to ask for a consent anew. */
const CAUSES = {
  came_of_age: 'client_came_of_age',
  own_say: 'minor_has_own_say',
  representation_ended: 'representation_ended',
} as const satisfies Record<string, FollowUpCause>;

/**
 * CONS-1: where somebody else consented for a person, the case manager is reminded when that person is to be asked
 * themselves, or who decides now. It goes when they consent, or when the consent is withdrawn; what somebody has dealt
 * with does not come back for the same reason.
 */
@Injectable()
export class OwnConsents {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly consents: ConsentsAnew,
    private readonly followUps: FollowUpRepository,
    private readonly caused: CausedFollowUps,
    private readonly policies: WorkPolicyRepository,
  ) {}

  /** Every consent of the case, because one that is given may make others superfluous. */
  lookAgain(caseId: string): Promise<void> {
    return this.uow.run(async () => {
      const today = this.clock.today();
      const { days } = await this.policies.current();
      const asked = (await this.consents.of(caseId, days.consentEnding)).map(({ why, ...one }) => ({
        ...one,
        cause: CAUSES[why],
      }));
      for (const cause of Object.values(CAUSES)) {
        const known = await this.followUps.tendedTo(caseId, cause);
        const due = asked.filter((one) => one.cause === cause);
        for (const [consentId, status] of known)
          if (status === 'open' && !due.some((one) => one.consentId === consentId))
            await this.caused.vanish(cause, consentId);
        for (const { consentId, from } of due)
          if (!known.has(consentId))
            await this.caused.arise(cause, consentId, caseId, () => (from < today ? today : from));
      }
    });
  }
}

/** CONS-1: looks again where consents or representations change. */
@Subscription('case.own-consents')
export class OwnConsentListeners {
  constructor(
    private readonly consents: ConsentsAnew,
    private readonly own: OwnConsents,
  ) {}

  @OnEvent(ConsentGiven)
  onGiven({ caseId }: ConsentGiven): Promise<void> {
    return this.own.lookAgain(caseId);
  }

  @OnEvent(ConsentWithdrawn)
  onWithdrawn({ caseId }: ConsentWithdrawn): Promise<void> {
    return this.own.lookAgain(caseId);
  }

  @OnEvent(CaseReopened)
  onReopened({ caseId }: CaseReopened): Promise<void> {
    return this.own.lookAgain(caseId);
  }

  @OnEvent(RepresentationRecorded)
  onRecorded({ personId }: RepresentationRecorded): Promise<void> {
    return this.ofPerson(personId);
  }

  @OnEvent(RepresentationEnded)
  onEnded({ personId }: RepresentationEnded): Promise<void> {
    return this.ofPerson(personId);
  }

  private async ofPerson(personId: string): Promise<void> {
    for (const caseId of await this.consents.cases(personId)) await this.own.lookAgain(caseId);
  }
}

/** CONS-1: representations run out and birthdays come without anybody doing anything. */
@Daily('case.own-consents')
@Injectable()
export class OwnConsentJob implements DailyJob {
  constructor(
    private readonly consents: ConsentsAnew,
    private readonly own: OwnConsents,
  ) {}

  async run(): Promise<void> {
    for (const caseId of await this.consents.cases()) await this.own.lookAgain(caseId);
  }
}
