import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { InvalidInput } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { CaseReader } from '../../../case';
import { ConsentReader } from '../../../consent';
import { InformationPassed } from '../../../consent/events';
import { NetworkReader } from '../../../network';
import { faultIf } from '../../domain/plan/steering.faults';
import type { ReferralContent, SendingTerms, ServiceAgreement } from '../../domain/referral/referral-words';
import { Referral } from '../../domain/referral/referral.entity';
import { rules } from '../../domain/referral/referral.refusals';
import { PlanLookup } from '../plan/plan-lookup';
import { outflowOf } from './referral-access';
import { ReferralRepository } from './referral.repository';

export type NewReferral = {
  serviceId: string;
  planId: string | null;
  measureId: string | null;
  content: ReferralContent;
};

/** PLAN-5: referrals up to their sending, and the purchase of services. */
@Injectable()
export class ReferralService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly referrals: ReferralRepository,
    private readonly cases: CaseReader,
    private readonly access: CaseAccess,
    private readonly plans: PlanLookup,
    private readonly network: NetworkReader,
    private readonly consents: ConsentReader,
    private readonly clock: Clock,
  ) {}

  draft(caseId: string, { serviceId, planId, measureId, content }: NewReferral): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.cases.requireActive(caseId);
      await this.requireMeasure(caseId, planId, measureId);
      const service = await this.network.service(serviceId);
      if (!service) throw new InvalidInput([UNKNOWN_SERVICE]);
      const target = { caseId, planId, measureId, serviceId, providerId: service.providerId };
      const referral = Referral.draft(target, content, service, stampBy(this.clock));
      this.referrals.store(referral);
      return Receipt.of(referral);
    });
  }

  amend(id: string, expected: Expected, patch: Partial<ReferralContent>): Promise<Receipt> {
    return this.change(id, expected, (referral) => referral.amend(patch, stampBy(this.clock)));
  }

  /**
   * PLAN-5, CONS-3: sends the referral. The consents relied on stay locked until the sending is stored, so a withdrawal
   * at the same time either comes first and is seen here, or comes after and finds the sent referral to cancel.
   */
  send(id: string, expected: Expected, terms: SendingTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      // The same order of locks as the listener of withdrawals: first the referral, then the consents.
      await this.uow.query('select 1 from service_plan.referral where tenant_id = $1 and id = $2 for update', [
        context().tenantId,
        id,
      ]);
      const referral = await this.referrals.get(id);
      const { personId } = await this.cases.requireActive(referral.caseId);
      this.referrals.requireVersion(referral, expected);
      const { caseId, providerId, categories } = referral;
      const outflow = outflowOf(referral, personId);
      const service = await this.network.service(referral.serviceId);
      const verdict = await this.consents.check(outflow);
      // Where life or a child is in danger the client may be told afterwards (CONS-4).
      const urgent = verdict.allowed && verdict.basis === 'exception';
      const unmet = referral.missing(service, { ...terms, urgent });
      if (!urgent && !(await this.consents.participation(caseId, personId)))
        unmet.push('referral-participation-missing');
      if (unmet.length > 0) {
        if (!verdict.allowed && verdict.reasons.some(({ reason }) => reason !== 'participation-missing'))
          unmet.push('referral-consent-missing');
        throw rules.broken('referral-not-ready', { unmet });
      }
      const carrier = await this.consents.requireCarrier(outflow);
      const stamp = stampBy(this.clock);
      referral.send(carrier, service, { ...terms, urgent }, stamp);
      this.uow.record(
        new InformationPassed(
          id,
          caseId,
          'referral',
          'organisation',
          providerId,
          'referral',
          categories,
          carrier.consentId,
          stamp.at,
        ),
      );
      this.referrals.store(referral);
      return Receipt.of(referral);
    });
  }

  agreeService(id: string, expected: Expected, agreement: ServiceAgreement): Promise<Receipt> {
    return this.change(id, expected, (referral) => referral.agreeService(agreement, stampBy(this.clock)));
  }

  /** PLAN-5: approval of the cost by a lead of the case's team or of the organisation. */
  approve(id: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (referral) => referral.approve(stampBy(this.clock)));
  }

  followUp(id: string, expected: Expected, answer: Parameters<Referral['followUp']>[0]): Promise<Receipt> {
    return this.change(id, expected, (referral) => referral.followUp(answer, stampBy(this.clock)));
  }

  private change(id: string, expected: Expected, change: (referral: Referral) => void): Promise<Receipt> {
    return this.uow.run(async () => {
      const referral = await this.referrals.get(id);
      await this.access.require(referral.caseId);
      this.referrals.requireVersion(referral, expected);
      change(referral);
      this.referrals.store(referral);
      return Receipt.of(referral);
    });
  }

  private async requireMeasure(caseId: string, planId: string | null, measureId: string | null): Promise<void> {
    if (!planId && !measureId) return;
    if (planId) await this.plans.ofCase(planId, caseId);
    if (!planId || (measureId && !(await this.plans.has(planId, 'measures', measureId))))
      throw rules.broken('referral-measure-not-of-plan', { planId, measureId });
  }
}

const UNKNOWN_SERVICE = faultIf(
  true,
  '#/serviceId',
  'service-unknown',
  'The directory has no service of this id. Search the directory and name one it lists.',
  'Das Verzeichnis führt kein Angebot mit dieser Kennung. Suchen Sie im Verzeichnis und nennen Sie ein geführtes.',
)!;
