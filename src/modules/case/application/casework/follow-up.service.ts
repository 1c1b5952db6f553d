import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { InvalidInput, NotFound } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { caseRules } from '../../domain/case/case.refusals';
import { FollowUp } from '../../domain/casework/follow-up.entity';
import { type CaseFacts, CaseReader } from '../case/case.reader';
import { StaffRepository } from '../staff/staff.repository';
import { FollowUpRepository } from './follow-up.repository';

/** Notes, moves and completes follow-ups (CASE-9). */
@Injectable()
export class FollowUpService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: CaseReader,
    private readonly staff: StaffRepository,
    private readonly followUps: FollowUpRepository,
    private readonly access: CaseAccess,
  ) {}

  /** For the responsible case manager unless somebody else is named. */
  note(
    caseId: string,
    given: { assignee?: string; dueOn: string; subject: string; waitsForOthers?: boolean },
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      // A handover at the same time is waited for: nothing is noted for who is no longer responsible.
      await this.followUps.lockCase(caseId);
      const facts = await this.cases.require(caseId);
      if (facts.status === 'closed') throw caseRules.broken('case-closed', { caseId });
      const assignee = given.assignee ?? facts.responsible;
      await this.requireStaff(assignee, facts);
      const followUp = FollowUp.note({ ...given, caseId, assignee }, stampBy(this.clock));
      this.followUps.store(followUp);
      return Receipt.of(followUp);
    });
  }

  complete(id: string, note: string | null, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (followUp, stamp) => followUp.complete(note, stamp));
  }

  reschedule(id: string, dueOn: string, reason: string | null, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (followUp, stamp) => followUp.reschedule(dueOn, reason, stamp));
  }

  /** Whoever it is assigned to may change it, who stands in for them, and everybody who works on its case. */
  private change(id: string, expected: Expected, step: (followUp: FollowUp, stamp: Stamp) => void): Promise<Receipt> {
    return this.uow.run(async () => {
      const { caseId } = await this.followUps.get(id);
      if (caseId === null) await this.uow.lock();
      else await this.followUps.lockCase(caseId);
      const followUp = await this.followUps.get(id);
      const { assignee } = followUp;
      const theirs = assignee === context().user!.subject || (await this.access.standsIn(caseId, assignee));
      if (caseId === null && !theirs) throw new NotFound('follow-up', id);
      if (caseId !== null && (!theirs || (await this.access.restricts(caseId)))) await this.cases.require(caseId);
      this.followUps.requireVersion(followUp, expected);
      step(followUp, stampBy(this.clock));
      this.followUps.store(followUp);
      return Receipt.of(followUp);
    });
  }

  private async requireStaff(assignee: string, { responsible, deputy }: CaseFacts): Promise<void> {
    if (assignee === responsible || assignee === deputy || (await this.staff.findBySubject(assignee))) return;
    throw new InvalidInput([
      {
        pointer: '#/assignee',
        code: 'unknown-staff',
        detail: {
          en: 'Nobody with this subject carries the case or is on record as staff',
          de: 'Zu dieser Kennung ist weder eine Fallführung noch eine Mitarbeiterin oder ein Mitarbeiter erfasst',
        },
      },
    ]);
  }
}
