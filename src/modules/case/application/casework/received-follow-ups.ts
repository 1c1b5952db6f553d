import { Injectable } from '@nestjs/common';
import { GuestAccess, type GrantKind } from '../../../../shared/auth/guest-access';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { addDays } from '../../../../shared/domain/days';
import { stampBy } from '../../../../shared/stamp';
import { FollowUp } from '../../domain/casework/follow-up.entity';
import type { FollowUpCause } from '../../domain/intake/intake.words';
import { type PolicyTerms, receiverOf } from '../../domain/staff/work-policy.values';
import { WorkPolicyRepository } from '../staff/work-policy.repository';
import { FollowUpRepository } from './follow-up.repository';

const CAUSES: Record<GrantKind, FollowUpCause> = {
  joint_steering: 'steering_invited',
  case_transfer: 'transfer_offered',
};

/**
 * CASE-9, CASE-11, CASE-12: what other organisations invite to or offer stands on the work list of who answers for the
 * organisation until it is answered, recalled or over. Where nobody is named it waits for who will be.
 */
@Injectable()
export class ReceivedFollowUps {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly guests: GuestAccess,
    private readonly followUps: FollowUpRepository,
    private readonly policies: WorkPolicyRepository,
  ) {}

  /** Makes the work list agree with what waits, and with who answers for the organisation; of no effect when it does. */
  align(policy?: Pick<PolicyTerms, 'owners' | 'days'>): Promise<void> {
    return this.uow.run(async () => {
      await this.uow.lock();
      await this.policies.hold();
      const { owners, days } = policy ?? (await this.policies.current());
      const receiver = receiverOf(owners);
      const waiting = await this.guests.waiting();
      const open = await this.followUps.received();
      const stamp = stampBy(this.clock);
      for (const one of open) {
        if (!waiting.some(({ id }) => id === one.reference)) one.close(stamp);
        else if (receiver !== null && one.assignee !== receiver) one.passTo(receiver);
        else continue;
        this.followUps.store(one);
      }
      if (receiver === null) return;
      const done = await this.followUps.doneOf(waiting.map(({ id }) => id));
      for (const { id, kind, invitedAt, untilOn } of waiting) {
        if (done.includes(id) || open.some(({ reference }) => reference === id)) continue;
        const inTime = addDays(invitedAt.toISOString(), days.invitationAnswer);
        const dueOn = kind === 'case_transfer' || untilOn < inTime ? untilOn : inTime;
        const due = { caseId: null, assignee: receiver, dueOn, cause: CAUSES[kind], reference: id };
        this.followUps.store(FollowUp.because(due, stamp));
      }
    });
  }
}
