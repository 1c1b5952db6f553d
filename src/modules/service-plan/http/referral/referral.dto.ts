import {
  Bool,
  Instant,
  Int,
  IsoDate,
  LongText,
  OneOf,
  SomeOf,
  Text,
  TextList,
  Uuid,
} from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';
import { DATA_CATEGORIES } from '../../../consent';
import {
  CANCEL_REASONS,
  type CancelReason,
  DECLINE_REASONS,
  type DeclineReason,
  DISCONTINUE_REASONS,
  type DiscontinueReason,
  REFERRAL_OUTCOMES,
  REFERRAL_STATES,
  type ReferralOutcome,
} from '../../domain/referral/referral-course';

const PACKAGE =
  'Left the clinic on 28 February after a stroke; walks with a frame; needs exercises at home, mornings preferred.';

export class DraftReferralDto {
  @Uuid({ description: 'The service of the directory the client is referred to' }) serviceId: string;
  @Uuid({ optional: true, description: 'The service plan it serves' }) planId?: string;
  @Uuid({ optional: true, description: 'The measure of that plan; it starts and ends with the help' })
  measureId?: string;
  @Text({ max: 1000, example: 'Physiotherapy at home after discharge' }) purposeText: string;
  @SomeOf(DATA_CATEGORIES, {
    unique: true,
    description: 'Categories of data the information package contains',
    example: ['identity', 'contact', 'health'],
  })
  categories: string[];
  @LongText({ optional: true, description: 'What the provider has to know, and no more', example: PACKAGE })
  informationPackage?: string;
  @IsoDate({ optional: true, description: 'Day the service was explained to the client' }) clientInformedOn?: string;
}

export class AmendReferralDto {
  @Text({ max: 1000, optional: true }) purposeText?: string;
  @SomeOf(DATA_CATEGORIES, { unique: true, optional: true }) categories?: string[];
  @LongText({ optional: true, nullable: true, example: PACKAGE }) informationPackage?: string | null;
  @IsoDate({ optional: true, nullable: true }) clientInformedOn?: string | null;
}

export class SendReferralDto {
  @Text({ max: 1000, optional: true, description: 'Why it is sent although the directory shows no free place' })
  despiteFull?: string;
  @Bool({ optional: true, description: 'A place on the waiting list is asked for' }) forWaitingList?: boolean;
}

/** Taking a referral on. */
export class AcceptReferralDto {
  @LongText({ max: 2000, optional: true, example: 'First visit possible next week' }) note?: string;
}

export class WaitlistReferralDto {
  @IsoDate({ optional: true, description: 'When a place is expected', example: '2026-04-15' }) expectedOn?: string;
  @LongText({ max: 2000, optional: true }) note?: string;
}

export class DeclineReferralDto {
  @OneOf(DECLINE_REASONS, { name: 'DeclineReason', example: 'no_capacity' }) reason: DeclineReason;
  @LongText({ max: 2000, optional: true, description: 'In words' }) text?: string;
}

export class RecordProviderAnswerDto {
  @OneOf(['accepted', 'waitlisted', 'declined'], { description: 'What the provider answered', example: 'accepted' })
  answer: 'accepted' | 'waitlisted' | 'declined';
  @IsoDate({ optional: true, description: 'For waitlisted: when a place is expected', example: '2026-04-15' })
  expectedOn?: string;
  @OneOf(DECLINE_REASONS, { optional: true, description: 'For declined: needed', example: 'no_capacity' })
  reason?: DeclineReason;
  @LongText({
    max: 2000,
    description: 'How and from whom the answer was received',
    example: 'By phone from the front desk, 2 March',
  })
  note: string;
}

export class ArrangeAppointmentDto {
  @Instant() at: string;
  @Text({ max: 500, example: 'At the client’s home' }) place: string;
  @Text({
    max: 500,
    optional: true,
    description: 'Who goes along, where needed',
    example: 'The case manager comes along',
  })
  accompaniment?: string;
}

/** A step that needs nothing but, perhaps, a note. */
export class ReferralNoteDto {
  @LongText({ max: 2000, optional: true }) note?: string;
}

export class CompleteReferralDto {
  @OneOf(REFERRAL_OUTCOMES, { name: 'ReferralOutcome', example: 'achieved' }) outcome: ReferralOutcome;
  @LongText({ max: 2000, optional: true }) note?: string;
}

export class DiscontinueReferralDto {
  @OneOf(DISCONTINUE_REASONS, { name: 'DiscontinueReason', example: 'client_ended' }) reason: DiscontinueReason;
  @LongText({ max: 2000, optional: true, description: 'In words' }) text?: string;
}

export class CancelReferralDto {
  @OneOf(CANCEL_REASONS, { name: 'CancelReason', example: 'no_longer_needed' }) reason: CancelReason;
  @LongText({ max: 2000, optional: true, description: 'In words' }) text?: string;
}

export class AgreeServiceDto {
  @Text({ max: 1000, example: 'Two visits a week of 45 minutes' }) scope: string;
  @TextList({ max: 20, length: 500, example: ['Walks to the garden without help'] }) goals: string[];
  @IsoDate({ example: '2026-03-10' }) periodFrom: string;
  @IsoDate({ optional: true, example: '2026-06-10' }) periodTo?: string;
  @Int({
    min: 0,
    max: 100_000_000,
    description: 'Price of the whole in euro cents; 0 where it costs the organisation nothing',
    example: 48000,
  })
  priceCents: number;
}

export class FollowUpReferralDto {
  @IsoDate() on: string;
  @Bool({ description: 'Whether the help arrived', example: true }) arrived: boolean;
  @LongText({ max: 2000, optional: true }) note?: string;
}

export class ReferralsQuery extends PageQuery {
  @OneOf(REFERRAL_STATES, { optional: true, description: 'Only those in this state' }) state?: string;
}
