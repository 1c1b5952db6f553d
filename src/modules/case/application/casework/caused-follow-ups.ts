import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { stampBy } from '../../../../shared/stamp';
import { FollowUp } from '../../domain/casework/follow-up.entity';
import { type FollowUpCause, LASTING_CAUSES } from '../../domain/intake/intake.words';
import type { Owner, WorkDays } from '../../domain/staff/work-policy.values';
import { type CaseFacts, CaseReader } from '../case/case.reader';
import { WorkPolicyRepository } from '../staff/work-policy.repository';
import { FollowUpRepository } from './follow-up.repository';

type Arising = { later?: boolean; assignee?: (facts: CaseFacts, owners: readonly Owner[]) => string | null };

/** Makes follow-ups of what happened, and closes them when their cause is gone (CASE-9). */
@Injectable()
export class CausedFollowUps {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: CaseReader,
    private readonly followUps: FollowUpRepository,
    private readonly policies: WorkPolicyRepository,
  ) {}

  /**
   * The open follow-up of the cause is due that day, or a new one for the responsible case manager, or for whom
   * `assignee` names; `later` only puts it off.
   */
  arise(
    cause: FollowUpCause,
    reference: string,
    caseId: string,
    due: (days: WorkDays) => string,
    { later = false, assignee = () => null }: Arising = {},
  ): Promise<void> {
    return this.uow.run(async () => {
      const { days, owners } = await this.policies.current();
      const dueOn = due(days);
      // Whoever takes the case over waits: the follow-up then goes along with the others.
      await this.followUps.lockCase(caseId);
      const open = await this.followUps.openFor(cause, reference);
      if (open) {
        if (later && dueOn <= open.dueOn) return;
        open.follow(dueOn, stampBy(this.clock));
        return this.followUps.store(open);
      }
      const facts = await this.cases.find(caseId);
      if (!facts || (facts.status === 'closed' && !LASTING_CAUSES.includes(cause))) return;
      if (cause === 'no_contact' && (!facts.agreedOn || facts.status === 'suspended')) return;
      this.followUps.store(
        FollowUp.because(
          { caseId, assignee: assignee(facts, owners) ?? facts.responsible, dueOn, cause, reference },
          stampBy(this.clock),
        ),
      );
    });
  }

  vanish(cause: FollowUpCause, reference: string): Promise<void> {
    return this.uow.run(async () => {
      const found = await this.followUps.openFor(cause, reference);
      if (!found) return;
      if (found.caseId !== null) await this.followUps.lockCase(found.caseId);
      const open = await this.followUps.openFor(cause, reference);
      if (open) this.close(open);
    });
  }

  /** The same in a case, whatever it refers to. */
  vanishIn(cause: FollowUpCause, caseId: string): Promise<void> {
    return this.closeIn(caseId, (open) => open.cause === cause);
  }

  /** Whatever made something due in the case is gone with the case, save what lasts. */
  vanishAll(caseId: string): Promise<void> {
    return this.closeIn(caseId, (open) => !LASTING_CAUSES.includes(open.cause!));
  }

  /** Whether it is open. */
  async waits(cause: FollowUpCause, reference: string): Promise<boolean> {
    return (await this.followUps.openFor(cause, reference)) !== null;
  }

  private closeIn(caseId: string, which: (open: FollowUp) => boolean): Promise<void> {
    return this.uow.run(async () => {
      await this.followUps.lockCase(caseId);
      for (const open of await this.followUps.causedIn(caseId)) if (which(open)) this.close(open);
    });
  }

  private close(open: FollowUp): void {
    open.close(stampBy(this.clock));
    this.followUps.store(open);
  }
}
