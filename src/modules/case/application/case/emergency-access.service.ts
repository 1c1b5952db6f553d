import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { relationshipsFor } from '../../../../shared/auth/policies';
import { context, runInContext } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Receipt, type Warning } from '../../../../shared/http/answer';
import { Daily, type DailyJob } from '../../../../shared/operation/daily-jobs';
import { stampBy } from '../../../../shared/stamp';
import { EmergencyAccess, type EmergencyTerms } from '../../domain/case/emergency-access.entity';
import { emergencyRules } from '../../domain/case/emergency-access.refusals';
import type { EmergencyOutcome } from '../../domain/case/emergency.words';
import { type CaseFacts, CaseReader } from './case.reader';
import { EmergencyAccessRepository } from './emergency-access.repository';

/** Opens cases in an emergency to people who do not work on them, and has that looked at (standards §6.3). */
@Injectable()
@Daily('case.emergency-reviews')
export class EmergencyAccessService implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: CaseReader,
    private readonly access: CaseAccess,
    private readonly accesses: EmergencyAccessRepository,
  ) {}

  /** Any case of the organisation, whether the user may see it or not. */
  ask(caseId: string, terms: EmergencyTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const stamp = stampBy(this.clock);
      await this.accesses.lockFor(caseId, stamp.by);
      const facts = await this.cases.find(caseId);
      if (!facts || (await this.access.restricts(caseId))) throw new NotFound('case', caseId);
      if (this.mayReadAnyway(facts)) throw emergencyRules.broken('emergency-not-needed', { caseId });
      const standing = await this.accesses.standing(caseId, stamp.by, stamp.at);
      if (standing)
        throw emergencyRules.broken('emergency-already-open', {
          emergencyAccessId: standing.id,
          untilAt: standing.untilAt,
        });
      const asked = EmergencyAccess.ask(caseId, terms, await this.accesses.isProtected(caseId), stamp);
      return this.put(asked, asked.needsApproval ? [APPROVAL_NEEDED] : []);
    });
  }

  approve(id: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (found, stamp) => found.approve(stamp));
  }

  review(id: string, outcome: EmergencyOutcome, note: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (found, stamp) => found.review(outcome, note, stamp));
  }

  /** By who reads, and by who could review it. */
  end(id: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.accesses.find(id);
      const { user } = context();
      const relationships = relationshipsFor(user!, 'emergency:review');
      const reviews = async () => {
        const facts = await this.cases.find(found!.caseId);
        return facts !== null && runInContext({ ...context(), relationships }, () => this.access.allows(facts));
      };
      if (!found || (found.subject !== user!.subject && !(await reviews()))) throw new NotFound('emergency access', id);
      this.accesses.requireVersion(found, expected);
      found.end(stampBy(this.clock));
      return this.put(found);
    });
  }

  /** Reports reviews that are overdue, once each. */
  async run(today: string): Promise<void> {
    for (const id of await this.accesses.unreported(today))
      await this.uow.run(async () => {
        const found = await this.accesses.get(id);
        found.remind(stampBy(this.clock));
        this.accesses.store(found);
      });
  }

  private change(
    id: string,
    expected: Expected,
    step: (found: EmergencyAccess, stamp: Stamp) => void,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.accesses.find(id);
      const facts = found && (await this.cases.find(found.caseId));
      if (!facts || !this.access.allows(facts)) throw new NotFound('emergency access', id);
      this.accesses.requireVersion(found, expected);
      step(found, stampBy(this.clock));
      return this.put(found);
    });
  }

  /** What CaseAccess decides by goes with every store. */
  private put(found: EmergencyAccess, warnings: Warning[] = []): Receipt {
    const { id, caseId, subject, fromAt, untilAt } = found;
    this.accesses.store(found);
    if (fromAt && untilAt) this.access.writeEmergency(id, { caseId, subject, fromAt, untilAt });
    return Receipt.of(found, warnings);
  }

  private mayReadAnyway(facts: CaseFacts): boolean {
    const relationships = relationshipsFor(context().user!, 'case:read');
    return runInContext({ ...context(), relationships }, () => this.access.allows(facts));
  }
}

const APPROVAL_NEEDED: Warning = {
  code: 'approval-needed',
  detail: {
    en: 'The case is protected: it opens when a team lead or the data protection officer approves. Call one of them; the request lapses after four hours.',
    de: 'Der Fall ist geschützt: Er öffnet sich, sobald eine Teamleitung oder die oder der Datenschutzbeauftragte den Zugriff freigibt. Rufen Sie dort an; nach vier Stunden verfällt die Anforderung.',
  },
};
