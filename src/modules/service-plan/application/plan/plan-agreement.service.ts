import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { ConsentReader } from '../../../consent';
import { InformationPassed } from '../../../consent/events';
import type { AgreementTerms, SignatureTerms } from '../../domain/plan/plan-agreement';
import type { InformedParty } from '../../domain/plan/plan-content';
import { rules } from '../../domain/plan/service-plan.refusals';
import { PlanAccess, isClient } from './plan-access';
import { PlanEditions } from './plan-editions';
import { ServicePlanRepository } from './service-plan.repository';

const PURPOSE = 'coordination';
const CATEGORIES = ['service_plan'];

/** Signs, agrees and revises plans (PLAN-3). */
@Injectable()
export class PlanAgreementService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: ServicePlanRepository,
    private readonly access: PlanAccess,
    private readonly editions: PlanEditions,
    private readonly consents: ConsentReader,
    private readonly clock: Clock,
  ) {}

  sign(id: string, expected: Expected, terms: SignatureTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const { plan, facts } = await this.access.forPlanning(id, expected);
      if (isClient(facts) && expected === '*') throw rules.broken('sign-what-was-read', { planId: id });
      plan.sign(terms, isClient(facts) ? 'client' : 'case_manager', stampBy(this.clock));
      this.plans.store(plan);
      return Receipt.of(plan);
    });
  }

  /** Freezes the edition and makes it known; without the consents for that nothing is agreed. */
  agree(id: string, expected: Expected, terms: AgreementTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const { plan, facts } = await this.access.forPlanning(id, expected);
      const { caseId } = plan;
      if (!(await this.consents.participation(caseId, facts.personId)))
        throw rules.broken('plan-closing', { caseId, reason: 'consent_withdrawn' });
      const stamp = stampBy(this.clock);
      const frozen = plan.agree({ ...terms, knownTo: distinct(terms.knownTo) }, stamp);
      for (const { kind, id: recipientId } of frozen.terms.knownTo) {
        const outflow = {
          caseId,
          personId: plan.personId,
          recipient: { kind, id: recipientId },
          categories: CATEGORIES,
          purpose: PURPOSE,
        };
        const consentId = await this.consents.require(outflow);
        this.uow.record(
          new InformationPassed(
            plan.id,
            caseId,
            'plan_copy',
            kind,
            recipientId,
            PURPOSE,
            CATEGORIES,
            consentId,
            stamp.at,
          ),
        );
      }
      this.editions.freeze(plan, frozen, stamp);
      this.plans.store(plan);
      return Receipt.of(plan);
    });
  }

  revise(id: string, expected: Expected, reason: string): Promise<Receipt> {
    return this.uow.run(async () => {
      const { plan } = await this.access.forPlanning(id, expected);
      plan.revise(reason, stampBy(this.clock));
      this.plans.store(plan);
      return Receipt.of(plan);
    });
  }
}

const distinct = (parties: readonly InformedParty[]): InformedParty[] => [
  ...new Map(parties.map((party) => [`${party.kind} ${party.id}`, party])).values(),
];
