import { addDays } from '../../../../shared/domain/days';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import {
  ConferenceCancelled,
  ConferenceHeld,
  ConferenceInvited,
  InvitationAnswered,
  PlanAgreed,
  PlanRevised,
} from '../../../service-plan/events';
import { PhaseChanged } from '../../events';
import { CausedFollowUps } from './caused-follow-ups';

/** CASE-9: what the planning waits for: signatures under the service plan, and answers to invitations. */
@Subscription('case.planning-follow-ups')
export class PlanningFollowUpListeners {
  constructor(private readonly caused: CausedFollowUps) {}

  /** PLAN-3: whoever plans is to come to a signed plan; the first one has no plan to point at yet. */
  @OnEvent(PhaseChanged)
  async onPhaseChanged({ caseId, from, to, at }: PhaseChanged): Promise<void> {
    if (to === 'service_planning')
      await this.caused.arise('plan_unsigned', caseId, caseId, ({ plan }) => addDays(at, plan));
    else if (from === 'service_planning') await this.caused.vanish('plan_unsigned', caseId);
  }

  @OnEvent(PlanRevised)
  onPlanRevised({ aggregateId, caseId, at }: PlanRevised): Promise<void> {
    return this.caused.arise('plan_unsigned', aggregateId, caseId, ({ plan }) => addDays(at, plan));
  }

  @OnEvent(PlanAgreed)
  async onPlanAgreed({ aggregateId, caseId }: PlanAgreed): Promise<void> {
    await this.caused.vanish('plan_unsigned', caseId);
    await this.caused.vanish('plan_unsigned', aggregateId);
  }

  /** PLAN-4: at the latest on the day of the conference, which is when the answers are no longer worth anything. */
  @OnEvent(ConferenceInvited)
  onInvited({ aggregateId, caseId, plannedOn, at }: ConferenceInvited): Promise<void> {
    return this.caused.arise('invitation_unanswered', aggregateId, caseId, ({ invitationAnswer }) => {
      const inTime = addDays(at, invitationAnswer);
      return plannedOn < inTime ? plannedOn : inTime;
    });
  }

  @OnEvent(InvitationAnswered)
  async onAnswered({ aggregateId, awaited }: InvitationAnswered): Promise<void> {
    if (awaited === 0) await this.caused.vanish('invitation_unanswered', aggregateId);
  }

  @OnEvent(ConferenceHeld)
  onHeld({ aggregateId }: ConferenceHeld): Promise<void> {
    return this.caused.vanish('invitation_unanswered', aggregateId);
  }

  @OnEvent(ConferenceCancelled)
  onCancelled({ aggregateId }: ConferenceCancelled): Promise<void> {
    return this.caused.vanish('invitation_unanswered', aggregateId);
  }
}
