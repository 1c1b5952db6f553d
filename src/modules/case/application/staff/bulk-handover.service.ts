import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { RuleBroken } from '../../../../shared/domain/errors';
import { Answer, type Warning } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import type { Case } from '../../domain/case/case.entity';
import { caseRules } from '../../domain/case/case.refusals';
import type { HandoverTerms } from '../case/case-responsibility.service';
import { CaseRepository } from '../case/case.repository';
import { FollowUpRepository } from '../casework/follow-up.repository';
import { Caseload, type Room } from './caseload';
import { StaffDuties } from './staff-duties';

/** Most cases one command takes. */
const MOST = 500;

export type CaseHandover = {
  caseId: string;
  result: 'handed_over' | 'already_done' | 'refused';
  /** The code of the refusal. */
  code: string | null;
};
/**
 * What became of each case; the cases in which the deputy changed, and how many follow-ups of other cases went to who is
 * responsible there. `more` says that others are left for a further command.
 */
export type BulkHandover = {
  to: string;
  results: CaseHandover[];
  deputyIn: string[];
  followUps: number;
  more: boolean;
  warnings: Warning[];
};

/** Hands over the cases of a case manager who is away or leaves, in one command (CASE-7). */
@Injectable()
export class BulkHandoverService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly access: CaseAccess,
    private readonly cases: CaseRepository,
    private readonly caseload: Caseload,
    private readonly followUps: FollowUpRepository,
    private readonly duties: StaffDuties,
  ) {}

  /**
   * All open cases of `from` that the user may assign, oldest first, or those named; each by the rules of a single handover.
   * What a rule forbids stays where it is and is named with its code; given again it changes nothing more. Where no cases
   * are named, nothing else of `from` waits unseen either: deputy roles go to the successor, follow-ups in the cases of
   * others to who is responsible there.
   */
  handOver(
    from: string,
    { caseIds, ...terms }: HandoverTerms & { caseIds?: readonly string[] },
  ): Promise<Answer<BulkHandover>> {
    return this.uow.run(async () => {
      const { to } = terms;
      if (to === from) throw caseRules.broken('already-responsible', { responsible: to });
      const room = await this.caseload.roomOf(to);
      const ids = await this.lock(from, caseIds);
      const found = await this.cases.ofIds(ids.slice(0, MOST));
      const chosen = caseIds ?? ids.slice(0, MOST).filter((id) => found.get(id)?.deputy !== from);
      const results: CaseHandover[] = chosen.map((caseId) => {
        const one = found.get(caseId);
        return one ? this.handOverOne(one, from, terms, room) : { caseId, result: 'refused', code: 'not-found' };
      });
      const deputyIn = caseIds ? [] : this.replaceDeputy([...found.values()], from, terms);
      const followUps = caseIds
        ? 0
        : await this.followUps.leave(from, to, (add) => this.access.condition('c', 'c.id', add));
      const warnings = [
        ...(await this.caseload.qualificationWarnings(to)),
        ...(caseIds ? [] : await this.duties.left(from)),
      ];
      const about = { resourceType: 'case', resourceIds: [...found.keys()], caseId: null };
      const answer = { to, results, deputyIn, followUps, more: ids.length > MOST, warnings };
      return new Answer(answer, found.size > 0 ? about : null);
    });
  }

  /** The successor stands where `from` was deputy; nobody where the successor is the responsible one. */
  private replaceDeputy(found: readonly Case[], from: string, { to, reason }: HandoverTerms): string[] {
    const stamp = stampBy(this.clock);
    const theirs = found.filter(({ deputy }) => deputy === from);
    for (const one of theirs) {
      one.nameDeputy(one.responsible === to ? null : to, reason, stamp);
      this.cases.store(one);
    }
    return theirs.map(({ id }) => id);
  }

  private handOverOne(found: Case, from: string, terms: HandoverTerms, room: Room): CaseHandover {
    const { to, team, reason, overLimitReason } = terms;
    const { id: caseId, responsible } = found;
    if (responsible === to) return { caseId, result: 'already_done', code: null };
    try {
      if (responsible !== from) throw caseRules.broken('not-responsible', { caseId });
      if (found.status === 'closed') throw caseRules.broken('case-closed', { caseId });
      const over = room.take(found.intensity, overLimitReason);
      found.handOver(to, team ?? found.team, reason, over, stampBy(this.clock));
    } catch (error) {
      if (error instanceof RuleBroken) return { caseId, result: 'refused', code: error.code };
      throw error;
    }
    this.cases.store(found);
    return { caseId, result: 'handed_over', code: null };
  }

  /** The ids of the cases meant, their rows locked in order; one more than a command takes shows that there are others. */
  private async lock(from: string, caseIds: readonly string[] | undefined): Promise<string[]> {
    const p = new Parameters();
    const which = caseIds
      ? `c.id = any(${p.add(caseIds)}::uuid[])`
      : `(c.responsible = ${p.add(from)} or c.deputy = ${p.add(from)}) and c.status <> 'closed'`;
    const rows = await this.uow.query<{ id: string }>(
      `select c.id from cases.case c where c.tenant_id = ${p.add(context().tenantId)} and ${which}
         and ${this.access.condition('c', 'c.id', p.add)} order by c.opened_at, c.id limit ${MOST + 1} for update of c`,
      p.values,
    );
    return rows.map(({ id }) => id);
  }
}
