import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { CaseReader } from '../../../case';
import type { MeasureOutcome } from '../../domain/plan/plan-content';
import type {
  CancelReason,
  CarrierLoss,
  DeclineReason,
  DiscontinueReason,
  ReferralOutcome,
} from '../../domain/referral/referral-course';
import type { AnswerNote, ReferralAppointment } from '../../domain/referral/referral-words';
import type { Referral } from '../../domain/referral/referral.entity';
import { PlanLookup } from '../plan/plan-lookup';
import { ReferralRepository } from './referral.repository';

/** What a provider answers. */
export type ProviderAnswer =
  | { answer: 'accepted' }
  | { answer: 'waitlisted'; expectedOn: string | null }
  | { answer: 'declined'; reason: DeclineReason };

/** PLAN-5: the course of a sent referral: the provider's answer, the appointment, the help, its end. */
@Injectable()
export class ReferralCourseService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly referrals: ReferralRepository,
    private readonly cases: CaseReader,
    private readonly access: CaseAccess,
    private readonly plans: PlanLookup,
    private readonly clock: Clock,
  ) {}

  /** The provider itself answers; only to what was sent to it. */
  answer(id: string, expected: Expected, answer: ProviderAnswer, note: string | null): Promise<Receipt> {
    return this.uow.run(async () => {
      const referral = await this.referrals.find(id);
      if (!referral?.isAddressedTo(context().user!.providerId) || (await this.access.restricts(referral.caseId)))
        throw new NotFound('referral', id);
      this.referrals.requireVersion(referral, expected);
      referral.requireCarried(this.clock.today());
      return this.store(referral, (stamp) => take(referral, answer, { note }, stamp));
    });
  }

  /** The case manager records what the provider answered by phone or letter. */
  recordAnswer(id: string, expected: Expected, answer: ProviderAnswer, note: string | null): Promise<Receipt> {
    return this.step(id, expected, (referral, stamp) =>
      take(referral, answer, { note, recordedFor: 'provider' }, stamp),
    );
  }

  arrange(id: string, expected: Expected, appointment: ReferralAppointment): Promise<Receipt> {
    return this.step(id, expected, (referral, stamp) => referral.arrange(appointment, stamp));
  }

  /**
   * The help begins, and with it the measure of the plan it serves. What the client is not to know of yet leaves no trace
   * in the plan, which is theirs as well (CONS-4): the measure begins when they are told.
   */
  start(id: string, expected: Expected, note: string | null): Promise<Receipt> {
    return this.step(id, expected, async (referral, stamp) => {
      referral.start(note, stamp);
      if (referral.planId && referral.measureId && !referral.isConcealed)
        await this.plans.startMeasure(referral.planId, referral.measureId, stamp);
    });
  }

  miss(id: string, expected: Expected, note: string | null): Promise<Receipt> {
    return this.closing(id, expected, (referral, stamp) => referral.miss(note, stamp));
  }

  complete(id: string, expected: Expected, outcome: ReferralOutcome, note: string | null): Promise<Receipt> {
    return this.closing(id, expected, async (referral, stamp) => {
      referral.complete(outcome, note, stamp);
      await this.endMeasure(referral, 'completed', stamp);
    });
  }

  discontinue(id: string, expected: Expected, reason: DiscontinueReason, note: string | null): Promise<Receipt> {
    return this.closing(id, expected, async (referral, stamp) => {
      referral.discontinue(reason, note, stamp);
      await this.endMeasure(referral, 'discontinued', stamp);
    });
  }

  cancel(id: string, expected: Expected, reason: CancelReason, note: string | null): Promise<Receipt> {
    return this.closing(id, expected, (referral, stamp) => referral.cancel(reason, note, stamp));
  }

  /** CONS-2, CONS-4: stops what is open and ends the help that ran on it. */
  async loseCarrier(referral: Referral, reason: CarrierLoss): Promise<void> {
    await this.store(referral, async (stamp) => {
      const running = referral.state === 'started';
      referral.loseCarrier(reason, stamp);
      if (running) await this.endMeasure(referral, 'discontinued', stamp);
    });
  }

  /** CONS-4: the client was told: they see the referral, and the plan what came of it. */
  async reveal(referral: Referral): Promise<void> {
    referral.reveal();
    this.referrals.store(referral);
    const { planId, measureId, help } = referral;
    if (planId && measureId && help) await this.plans.catchUp(planId, measureId, help);
  }

  /** A step that carries the case on: the case has to be active. */
  private step(id: string, expected: Expected, take: Step): Promise<Receipt> {
    return this.change(id, expected, (caseId) => this.cases.requireActive(caseId), take);
  }

  /** A step that brings something to its end: possible also while the case rests or is closed. */
  private closing(id: string, expected: Expected, take: Step): Promise<Receipt> {
    return this.change(id, expected, (caseId) => this.cases.require(caseId), take);
  }

  private change(
    id: string,
    expected: Expected,
    require: (caseId: string) => Promise<unknown>,
    take: Step,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const referral = await this.referrals.get(id);
      await require(referral.caseId);
      this.referrals.requireVersion(referral, expected);
      return this.store(referral, (stamp) => take(referral, stamp));
    });
  }

  private async store(referral: Referral, take: (stamp: Stamp) => Promise<void> | void): Promise<Receipt> {
    await take(stampBy(this.clock));
    this.referrals.store(referral);
    return Receipt.of(referral);
  }

  private async endMeasure(referral: Referral, outcome: MeasureOutcome, stamp: Stamp): Promise<void> {
    const { planId, measureId, isConcealed } = referral;
    if (planId && measureId && !isConcealed) await this.plans.endMeasure(planId, measureId, outcome, stamp);
  }
}

type Step = (referral: Referral, stamp: Stamp) => Promise<void> | void;

function take(referral: Referral, answer: ProviderAnswer, note: AnswerNote, stamp: Stamp): void {
  if (answer.answer === 'accepted') referral.accept(note, stamp);
  else if (answer.answer === 'waitlisted') referral.waitlist(answer.expectedOn, note, stamp);
  else referral.decline(answer.reason, note, stamp);
}
