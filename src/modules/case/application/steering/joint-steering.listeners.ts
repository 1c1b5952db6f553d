import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { Daily, type DailyJob } from '../../../../shared/operation/daily-jobs';
import { ConsentReader } from '../../../consent';
import { ConsentWithdrawn } from '../../../consent/events';
import { CaseClosed } from '../../events';
import { CaseReader } from '../case/case.reader';
import { JointSteeringRepository } from './joint-steering.repository';

const stamp = (at: string): Stamp => ({ by: context().user!.subject, at });

/** Records that joint steering has ended with consent or case. Guests read nothing from the withdrawal on, delivered or not. */
@Subscription('case.joint-steering')
export class JointSteeringEnds {
  constructor(
    private readonly steerings: JointSteeringRepository,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
  ) {}

  @OnEvent(ConsentWithdrawn)
  async consentWithdrawn(event: ConsentWithdrawn): Promise<void> {
    const { caseId, kind, at } = event;
    const { tenantId } = context();
    const running = await this.steerings.runningOf(caseId);
    if (running.length === 0) return;
    const clientLeft = kind === 'participation' && !(await this.clientTakesPart(caseId));
    for (const steering of running)
      if (
        clientLeft
          ? steering.expire('consent_withdrawn', tenantId, stamp(at))
          : steering.withdraw(event, tenantId, stamp(at))
      )
        this.steerings.store(steering);
  }

  @OnEvent(CaseClosed)
  async caseClosed({ caseId, at }: CaseClosed): Promise<void> {
    for (const steering of await this.steerings.runningOf(caseId))
      if (steering.expire('case_closed', context().tenantId, stamp(at))) this.steerings.store(steering);
  }

  private async clientTakesPart(caseId: string): Promise<boolean> {
    const facts = await this.cases.find(caseId);
    return facts !== null && (await this.consents.participation(caseId, facts.personId)) !== null;
  }
}

/** Records that the time of a joint steering is over. Guests read nothing from the day after on, recorded or not. */
@Injectable()
@Daily('case.joint-steering-over')
export class JointSteeringOver implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly steerings: JointSteeringRepository,
  ) {}

  async run(today: string): Promise<void> {
    for (const id of await this.steerings.overBefore(today))
      await this.uow.run(async () => {
        const steering = await this.steerings.held(id);
        if (steering.expire('time_over', context().tenantId, stamp(this.clock.now()))) this.steerings.store(steering);
      });
  }
}
