import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { CaseReader } from '../../../case';
import type { Effort, RatingSide, Verdict } from '../../domain/evaluation/evaluation-words';
import { Evaluation } from '../../domain/evaluation/evaluation.entity';
import { rules } from '../../domain/evaluation/evaluation.refusals';
import { PlanLookup } from '../plan/plan-lookup';
import { InvolvedProviders } from '../referral/involved-providers';
import { EvaluationRepository } from './evaluation.repository';

/** PLAN-8: the evaluation of a help process, from its opening to the recorded result. */
@Injectable()
export class EvaluationService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly evaluations: EvaluationRepository,
    private readonly cases: CaseReader,
    private readonly access: CaseAccess,
    private readonly plans: PlanLookup,
    private readonly providers: InvolvedProviders,
    private readonly clock: Clock,
  ) {}

  open(caseId: string, planId: string): Promise<Receipt> {
    return this.uow.run(async () => {
      const { phase } = await this.cases.requireActive(caseId);
      await this.plans.ofCase(planId, caseId);
      const evaluation = Evaluation.open({ planId, caseId }, phase, stampBy(this.clock));
      const open = await this.uow.one<{ id: string }>(
        `select id from service_plan.evaluation where tenant_id = $1 and plan_id = $2 and status = 'open'`,
        [context().tenantId, planId],
      );
      if (open) throw rules.broken('evaluation-already-open', { evaluationId: open.id });
      this.evaluations.store(evaluation);
      return Receipt.of(evaluation);
    });
  }

  /** A participant rates; participants who rate at the same time take turns. */
  rate(
    id: string,
    expected: Expected,
    given: RatingSide & { verdict: Verdict; onBehalf: string | null },
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      await this.uow.query('select 1 from service_plan.evaluation where tenant_id = $1 and id = $2 for update', [
        context().tenantId,
        id,
      ]);
      const evaluation = await this.evaluations.get(id);
      const side = await this.sideOf(evaluation, given);
      this.evaluations.requireVersion(evaluation, expected);
      evaluation.rate(side, given.verdict, given.onBehalf, stampBy(this.clock));
      this.evaluations.store(evaluation);
      return Receipt.of(evaluation);
    });
  }

  explainMissing(id: string, expected: Expected, side: RatingSide, reason: string): Promise<Receipt> {
    return this.change(id, expected, async (evaluation) => {
      await this.requireInvolved(evaluation.caseId, side);
      evaluation.explainMissing(side, reason, stampBy(this.clock));
    });
  }

  describe(id: string, expected: Expected, content: Parameters<Evaluation['describe']>[0]): Promise<Receipt> {
    return this.change(id, expected, (evaluation) => evaluation.describe(content));
  }

  /** Fixes the results, with the effort of the journal and the goal attainment of the plan at this moment. */
  recordResults(id: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, async (evaluation) => {
      const { caseId, planId } = evaluation;
      const { tScore } = await this.plans.ofCase(planId, caseId);
      const [summed = { minutes: 0, costCents: 0 }] = await this.uow.query<Effort>(
        'select minutes::float8, cost_cents::float8 as "costCents" from service_plan.case_effort where tenant_id = $1 and case_id = $2',
        [context().tenantId, caseId],
      );
      evaluation.recordResults(
        { providers: await this.providers.helping(caseId), summed, tScore },
        stampBy(this.clock),
      );
    });
  }

  private change(
    id: string,
    expected: Expected,
    change: (evaluation: Evaluation) => Promise<void> | void,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const evaluation = await this.evaluations.get(id);
      await this.access.require(evaluation.caseId);
      this.evaluations.requireVersion(evaluation, expected);
      await change(evaluation);
      this.evaluations.store(evaluation);
      return Receipt.of(evaluation);
    });
  }

  /** Which side the user may rate for; others look as if there were nothing (404), or as not theirs (403). */
  private async sideOf(
    { caseId, id }: Evaluation,
    given: RatingSide & { onBehalf: string | null },
  ): Promise<RatingSide> {
    const { user, relationships } = context();
    const { side } = given;
    if (
      relationships.includes('addressed') &&
      user!.providerId &&
      (await this.providers.isAddressed(caseId, user!.providerId))
    ) {
      if (side === 'provider' && !given.onBehalf && (given.providerId ?? user!.providerId) === user!.providerId)
        return { side, providerId: user!.providerId };
    } else {
      const facts = await this.cases.find(caseId);
      if (!facts || !this.access.allows(facts)) throw new NotFound('evaluation', id);
      const isClient = relationships.includes('own') && facts.clients.includes(user!.subject);
      const own = isClient ? 'client' : 'case_manager';
      if (side === own ? !given.onBehalf : !isClient && given.onBehalf) {
        const rated = { side, providerId: side === 'provider' ? given.providerId : null };
        await this.requireInvolved(caseId, rated);
        return rated;
      }
    }
    throw rules.broken('evaluation-rating-not-yours', { side });
  }

  private async requireInvolved(caseId: string, { side, providerId }: RatingSide): Promise<void> {
    if (side === 'provider' && !(providerId && (await this.providers.isAddressed(caseId, providerId))))
      throw rules.broken('evaluation-provider-not-involved', { providerId });
  }
}
