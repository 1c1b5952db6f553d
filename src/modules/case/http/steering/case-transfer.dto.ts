import {
  Instant,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  SomeOf,
  Text,
  Uuid,
} from '../../../../shared/http/fields';
import { CASE_STATUSES } from '../../domain/case/case.values';
import {
  TRANSFER_CATEGORIES,
  TRANSFER_CAUSES,
  TRANSFER_STATUSES,
  type TransferCategory,
} from '../../domain/steering/case-transfer.values';
import { FIELDS_OF_PRACTICE, FOLLOW_UP_CAUSES } from '../../domain/intake/intake.words';
import { PHASES } from '../../domain/case/phases';
import { OrganisationView } from './joint-steering.dto';

const VERSION = { min: 1, max: 2_147_483_647 };
const WORDING = 'null in an offer to another organisation, which gets the wording with the acceptance';

const WAITING = 'null for the colleague once the offer is answered or withdrawn, unless they work on the case';

export class ProposeTransferDto {
  @Text({
    optional: true,
    description: 'Subject of a case manager of the house. Give this or organisationId',
    example: '5b1f0c52-7a44-4d6e-8f00-000000000002',
  })
  caseManager?: string;
  @Uuid({
    optional: true,
    description: 'Another organisation; it tells you its id',
    example: '0d7c6f0e-3b0a-4c53-9d55-000000000002',
  })
  organisationId?: string;
  @LongText({
    max: 2000,
    description: 'Why the case is handed over',
    example: 'The client has moved to the next town.',
  })
  reason: string;
  @LongText({
    description:
      'The handover in your words; GET /v1/cases/{caseId}/handover-facts tells how the case stands. Another organisation reads it before it accepts: write it without names',
    example:
      'Home again since March with a walking frame; the neighbours help every day, physiotherapy is about to begin.',
  })
  summary: string;
  @SomeOf(TRANSFER_CATEGORIES, {
    optional: true,
    max: 4,
    unique: true,
    description:
      'What is handed over to another organisation: identity and situation at least. One release must cover all of them. Empty or left out within the house',
    example: [],
  })
  categories?: TransferCategory[];
  @IsoDate({ description: 'The last day to answer', example: '2026-03-31' }) answerBy: string;
  @IsoDate({
    optional: true,
    nullable: true,
    description: 'The last day on which you work on the case; without it that ends with the acceptance',
    example: '2026-03-20',
  })
  senderUntil?: string | null;
}

export class AcceptTransferDto {
  @LongText({ max: 2000, optional: true, description: 'Why the caseload limit is exceeded; only whoever may assign' })
  overLimitReason?: string;
}

export class TransferReasonDto {
  @LongText({ max: 2000, example: 'No room before summer.' }) reason: string;
}

export class HandoverGoalView {
  @Text() level: string;
  @LongText({ nullable: true, description: WORDING }) statement: string | null;
  @IsoDate({ nullable: true }) targetDate: string | null;
}
export class HandoverPlanView {
  @Int(VERSION) edition: number;
  @IsoDate() agreedOn: string;
  @IsoDate() reviewOn: string;
  @NestedList(() => HandoverGoalView) goals: HandoverGoalView[];
}
export class HandoverMeasureView {
  @Text({ max: 500, nullable: true, description: WORDING }) title: string | null;
  @Text({ description: 'planned or running' }) state: string;
  @Text({ nullable: true, description: 'client, informal_helper, provider or case_manager; people are not named' })
  responsible: string | null;
  @Text({ nullable: true, description: 'The provider, where one carries it out' }) provider: string | null;
  @IsoDate({ nullable: true }) endOn: string | null;
}
export class HandoverReferralView {
  @Text({ nullable: true }) provider: string | null;
  @Text() state: string;
  @IsoDate({ nullable: true }) expectedOn: string | null;
}
export class HandoverFollowUpView {
  @IsoDate() dueOn: string;
  @OneOf(FOLLOW_UP_CAUSES, { nullable: true }) cause: string | null;
  @Text({ max: 500, nullable: true, description: 'null towards another organisation' }) subject: string | null;
}
export class HandoverDateView {
  @IsoDate() on: string;
  @Text({ description: 'review, conference or resubmission', example: 'review' }) what: string;
}

/** How a case stands on a day. */
export class HandoverFactsView {
  @IsoDate() asOf: string;
  @OneOf(FIELDS_OF_PRACTICE) fieldOfPractice: string;
  @OneOf(PHASES, { name: 'Phase' }) phase: string;
  @OneOf(CASE_STATUSES, { name: 'CaseStatus' }) caseStatus: string;
  @IsoDate() openedOn: string;
  @IsoDate({ nullable: true }) agreedOn: string | null;
  @NestedList(() => HandoverFollowUpView) followUps: HandoverFollowUpView[];
  @NestedList(() => HandoverPlanView) plans: HandoverPlanView[];
  @NestedList(() => HandoverMeasureView, { max: 1000 }) measures: HandoverMeasureView[];
  @NestedList(() => HandoverReferralView, { max: 1000 }) referrals: HandoverReferralView[];
  @NestedList(() => HandoverDateView, { max: 1000 }) nextDates: HandoverDateView[];
}

export class TransferStepView {
  @OneOf(TRANSFER_STATUSES, { name: 'TransferStatus' }) status: string;
  @Instant() at: string;
  @Text() by: string;
  @OneOf(TRANSFER_CAUSES, { name: 'TransferCause', nullable: true }) cause: string | null;
  @LongText({ nullable: true, max: 2000 }) reason: string | null;
}

export class TransferRow {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @Uuid() caseId: string;
  @Text({ description: 'Subject of whoever was responsible' }) from: string;
  @Text({ nullable: true }) caseManager: string | null;
  @Nested(() => OrganisationView, { nullable: true }) organisation: OrganisationView | null;
  @LongText({ max: 2000 }) reason: string;
  @OneOf(TRANSFER_STATUSES, { name: 'TransferStatus' }) status: string;
  @IsoDate() answerBy: string;
  @IsoDate({ nullable: true }) senderUntil: string | null;
}

export class TransferView extends TransferRow {
  @LongText({ nullable: true, description: WAITING }) summary: string | null;
  @Nested(() => HandoverFactsView, { nullable: true, description: `As of the day it was offered; ${WAITING}` })
  facts: HandoverFactsView | null;
  @SomeOf(TRANSFER_CATEGORIES) categories: string[];
  @Uuid({ nullable: true }) consentId: string | null;
  @NestedList(() => TransferStepView) steps: TransferStepView[];
}

/** A case another organisation offers, as the list shows it. */
export class TransferOfferRow {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @Nested(() => OrganisationView, { description: 'The organisation that offers it' }) organisation: OrganisationView;
  @OneOf(TRANSFER_STATUSES, { name: 'TransferStatus' }) status: string;
  @IsoDate() answerBy: string;
  @Instant() offeredAt: string;
}

export class OfferedHandoverView {
  @LongText() summary: string;
  @Nested(() => HandoverFactsView) facts: HandoverFactsView;
}

export class TransferOfferView extends TransferOfferRow {
  @IsoDate({ nullable: true, description: 'The last day on which the sender works on its case' }) senderUntil:
    string | null;
  @SomeOf(TRANSFER_CATEGORIES, { description: 'What is handed over' }) categories: string[];
  @Uuid({ nullable: true, description: 'Your request it became' }) requestId: string | null;
  @Nested(() => OfferedHandoverView, {
    nullable: true,
    description: 'Without names; while it waits for your answer and the release holds',
  })
  handover: OfferedHandoverView | null;
}

export class ReceivedHandoverView {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @Uuid() requestId: string;
  @Uuid() transferId: string;
  @Nested(() => OrganisationView, { description: 'Where the case comes from' }) organisation: OrganisationView;
  @LongText() summary: string;
  @Nested(() => HandoverFactsView) facts: HandoverFactsView;
  @Text() receivedBy: string;
  @Instant() receivedAt: string;
}
