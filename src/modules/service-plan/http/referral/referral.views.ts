import {
  Bool,
  Instant,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  SomeOf,
  Text,
  TextList,
  Uuid,
} from '../../../../shared/http/fields';
import { DATA_CATEGORIES } from '../../../consent';
import { REFERRAL_STATES } from '../../domain/referral/referral-course';

export class ReferralAppointmentView {
  @Instant() at: string;
  @Text({ max: 500 }) place: string;
  @Text({ max: 500, nullable: true }) accompaniment: string | null;
}

export class ServiceAgreementView {
  @Text({ max: 1000 }) scope: string;
  @TextList({ max: 20, length: 500 }) goals: string[];
  @IsoDate() periodFrom: string;
  @IsoDate({ nullable: true }) periodTo: string | null;
  @Int({ min: 0, max: 100_000_000, description: 'Euro cents' }) priceCents: number;
}

export class ReferralApprovalView {
  @Text({ description: 'Subject of the lead' }) by: string;
  @Instant() at: string;
}

export class ReferralFollowUpView {
  @IsoDate() on: string;
  @Bool() arrived: boolean;
  @LongText({ max: 2000, nullable: true }) note: string | null;
  @Text() by: string;
  @Instant() at: string;
}

export class ReferralMoveView {
  @Text({ example: 'sent' }) from: string;
  @Text({ example: 'accepted' }) to: string;
  @Instant() at: string;
  @Text({ description: 'Subject of whoever took the step' }) by: string;
  @Text({ nullable: true, description: 'Code of the reason or outcome' }) reason: string | null;
  @LongText({ max: 2000, nullable: true }) note: string | null;
  @Text({ nullable: true, description: 'provider, when somebody else entered the provider’s answer' }) recordedFor:
    string | null;
}

/** A referral in a list. The provider sees no case; after the end of its access, only how it stands. */
export class ReferralRow {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @OneOf(REFERRAL_STATES, { name: 'ReferralState' }) state: string;
  @Uuid({ nullable: true }) caseId: string | null;
  @Uuid() serviceId: string;
  @Uuid() providerId: string;
  @Uuid({ nullable: true }) measureId: string | null;
  @Text({ max: 1000, nullable: true }) purposeText: string | null;
  @IsoDate({ nullable: true }) expectedOn: string | null;
  @Nested(() => ReferralAppointmentView, { nullable: true }) appointment: ReferralAppointmentView | null;
  @Instant({ nullable: true }) sentAt: string | null;
}

/** A referral. What is null for a provider is none of its business, or no longer. */
export class ReferralView extends ReferralRow {
  @Uuid({ nullable: true }) planId: string | null;
  @SomeOf(DATA_CATEGORIES) categories: string[];
  @LongText({ nullable: true }) informationPackage: string | null;
  @IsoDate({ nullable: true }) clientInformedOn: string | null;
  @Text({ max: 1000, nullable: true }) despiteFull: string | null;
  @Uuid({ nullable: true, description: 'The release that carries the provider’s access' }) consentId: string | null;
  @Instant({ nullable: true, description: 'Since when the provider no longer sees what was passed' }) accessEndedAt:
    string | null;
  @IsoDate({ nullable: true, description: 'Last day on which the release lets the provider see what was passed' })
  accessUntil: string | null;
  @Text({ nullable: true, description: 'achieved, partly_achieved or not_achieved' }) outcome: string | null;
  @Nested(() => ServiceAgreementView, { nullable: true }) serviceAgreement: ServiceAgreementView | null;
  @Nested(() => ReferralApprovalView, { nullable: true }) approval: ReferralApprovalView | null;
  @NestedList(() => ReferralFollowUpView, { max: 1000 }) followUps: ReferralFollowUpView[];
  @NestedList(() => ReferralMoveView, { max: 1000, description: 'Every step with time, actor and reason' })
  history: ReferralMoveView[];
  @Uuid({ nullable: true, description: 'The open evaluation of the case, which the provider may rate' }) evaluationId:
    string | null;
}
