import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt, Resource } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { policyRules } from '../../domain/staff/work-policy.refusals';
import type { PolicyTerms } from '../../domain/staff/work-policy.values';
import { ReceivedFollowUps } from '../casework/received-follow-ups';
import { WorkPolicyRepository } from './work-policy.repository';

/** What the organisation sets about the work of its case managers (CASE-7). */
@Injectable()
export class WorkPolicyService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly policies: WorkPolicyRepository,
    private readonly received: ReceivedFollowUps,
  ) {}

  /** Starting values, at version 0, where nothing was set yet. */
  async get(): Promise<Resource> {
    const { version, caseloadLimit, weights, bands, owners, days } = await this.policies.current();
    return new Resource(JSON.stringify({ version, caseloadLimit, weights, bands, owners, days }), version, null);
  }

  /** A decision of the head of the organisation: a team lead answers for teams only. */
  set(terms: PolicyTerms, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      if (!context().relationships.includes('organisation')) throw policyRules.broken('organisation-decides');
      await this.uow.lock();
      await this.policies.hold();
      const policy = await this.policies.current();
      this.policies.requireVersion(policy, expected);
      policy.set(terms, stampBy(this.clock));
      this.policies.store(policy);
      await this.received.align(policy);
      return Receipt.of(policy);
    });
  }
}
