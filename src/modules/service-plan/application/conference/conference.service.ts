import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { type CaseFacts, CaseReader, SteeringGuests } from '../../../case';
import { ConsentReader } from '../../../consent';
import { InformationPassed } from '../../../consent/events';
import type {
  ConferenceKind,
  ConferenceMinutes,
  ConferencePlan,
  ConferenceRecipient,
  PlanPart,
} from '../../domain/conference/conference-words';
import { Conference } from '../../domain/conference/conference.entity';
import { rules } from '../../domain/conference/conference.refusals';
import { PlanLookup } from '../plan/plan-lookup';
import { ConferenceRepository } from './conference.repository';

/** PLAN-4: conferences from the planning to the decisions taken over. */
@Injectable()
export class ConferenceService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly conferences: ConferenceRepository,
    private readonly cases: CaseReader,
    private readonly access: CaseAccess,
    private readonly plans: PlanLookup,
    private readonly consents: ConsentReader,
    private readonly guests: SteeringGuests,
    private readonly clock: Clock,
  ) {}

  plan(caseId: string, kind: ConferenceKind, jointWith: readonly string[], plan: ConferencePlan): Promise<Receipt> {
    return this.uow.run(async () => {
      const { linkedCaseIds } = await this.cases.requireActive(caseId);
      for (const other of jointWith) if (await this.access.restricts(other)) throw new NotFound('case', other);
      const conference = Conference.plan({ caseId, linkedCaseIds, jointWith }, kind, plan, stampBy(this.clock));
      this.conferences.store(conference);
      this.uow.write({
        sql: (add) => `insert into service_plan.conference_case (tenant_id, case_id, conference_id)
          select ${add(context().tenantId)}, unnest(${add(conference.caseIds)}::uuid[]), ${add(conference.id)}`,
      });
      return Receipt.of(conference);
    });
  }

  rearrange(id: string, expected: Expected, change: Partial<ConferencePlan>): Promise<Receipt> {
    return this.change(id, expected, (conference) => conference.rearrange(change));
  }

  /**
   * PLAN-4, CONS-3: an invitation leaves only with a release in every case. The case managers need none, nor does a client
   * in the own case; of a linked case a client learns as little as anybody.
   */
  invite(
    id: string,
    expected: Expected,
    invitation: { recipient: ConferenceRecipient; role: string; categories: readonly string[] },
  ): Promise<Receipt> {
    return this.change(id, expected, async (conference, facts) => {
      const { recipient, role, categories } = invitation;
      const steering = facts.flatMap(({ responsible, deputy }) => [responsible, deputy]);
      const isInsider = ({ clients }: CaseFacts) =>
        recipient.kind === 'person' && [...steering, ...clients].includes(recipient.id);
      const stamp = stampBy(this.clock);
      const consents: { caseId: string; consentId: string }[] = [];
      for (const { caseId, personId } of facts.filter((f) => !isInsider(f))) {
        const to = { kind: recipient.kind, id: recipient.id };
        const purpose = 'conference';
        const consentId = await this.consents.require({ caseId, recipient: to, categories, purpose, personId });
        consents.push({ caseId, consentId });
        this.uow.record(
          new InformationPassed(
            id,
            caseId,
            'conference_invitation',
            to.kind,
            to.id,
            'conference',
            categories,
            consentId,
            stamp.at,
          ),
        );
      }
      conference.invite({ recipient, role, categories, consents }, stamp);
    });
  }

  answer(
    id: string,
    expected: Expected,
    invitationId: string,
    answer: Parameters<Conference['answer']>[1],
  ): Promise<Receipt> {
    return this.change(id, expected, (conference) => conference.answer(invitationId, answer, stampBy(this.clock)));
  }

  /** CASE-11: a guest brings something in to a conference held for the one case they are invited to. */
  contribute(steeringId: string, id: string, text: string): Promise<Receipt> {
    return this.guests.contribute(steeringId, 'conference', async ({ facts, guestId, by }) => {
      const conference = await this.conferences.get(id);
      if (conference.caseIds.some((caseId) => caseId !== facts.caseId)) throw new NotFound('conference', id);
      conference.contribute(text, { steeringId, guestId }, { by, at: this.clock.now() });
      this.conferences.store(conference);
      return Receipt.of(conference);
    });
  }

  recordMinutes(id: string, expected: Expected, minutes: ConferenceMinutes): Promise<Receipt> {
    return this.change(id, expected, (conference) => conference.hold(minutes, stampBy(this.clock)));
  }

  cancel(id: string, expected: Expected, reason: string): Promise<Receipt> {
    return this.change(id, expected, (conference) => conference.cancel(reason, stampBy(this.clock)));
  }

  takeOver(id: string, expected: Expected, decisionId: string, part: PlanPart): Promise<Receipt> {
    return this.change(id, expected, async (conference) => {
      const { planId, goalId, measureId } = part;
      await this.plans.ofCase(planId, ...conference.caseIds);
      const known = goalId
        ? this.plans.has(planId, 'goals', goalId)
        : measureId !== null && this.plans.has(planId, 'measures', measureId);
      if (!(await known) || (goalId && measureId)) throw rules.broken('conference-decision-not-for-plan', { ...part });
      conference.takeOver(decisionId, part, stampBy(this.clock));
    });
  }

  /** Whoever may work on one of its cases may work on the conference; nobody where one of them is restricted (GDPR 18). */
  private change(
    id: string,
    expected: Expected,
    change: (conference: Conference, facts: readonly CaseFacts[]) => Promise<void> | void,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const conference = await this.conferences.get(id);
      const facts: CaseFacts[] = [];
      for (const caseId of conference.caseIds) {
        const found = await this.cases.find(caseId);
        if (found) facts.push(found);
      }
      const free = context().passage === 'all' || !facts.some(({ restricted }) => restricted);
      if (!free || !facts.some((found) => this.access.allows(found))) throw new NotFound('conference', id);
      this.conferences.requireVersion(conference, expected);
      await change(conference, facts);
      this.conferences.store(conference);
      return Receipt.of(conference);
    });
  }
}
