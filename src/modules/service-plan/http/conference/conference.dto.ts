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
  TextList,
  Uuid,
  UuidList,
} from '../../../../shared/http/fields';
import { DATA_CATEGORIES } from '../../../consent';
import {
  CONFERENCE_KINDS,
  CONFERENCE_STATUS,
  type ConferenceKind,
  DECISION_BECOMES,
  INVITATION_ANSWERS,
  RECIPIENT_KINDS,
} from '../../domain/conference/conference-words';

const agenda = { max: 50, length: 500, example: ['How the discharge is prepared', 'Help for the children'] };

export class PlanConferenceDto {
  @OneOf(CONFERENCE_KINDS, { name: 'ConferenceKind', example: 'aid' }) kind: ConferenceKind;
  @IsoDate() plannedOn: string;
  @Text({ max: 500, optional: true, example: 'Hospital, room 2.14' }) place?: string;
  @TextList(agenda) agenda: string[];
  @UuidList({
    optional: true,
    max: 20,
    unique: true,
    description: 'Linked cases it is held for as well; a joint conference',
  })
  caseIds?: string[];
}

export class RearrangeConferenceDto {
  @IsoDate({ optional: true }) plannedOn?: string;
  @Text({ max: 500, optional: true, nullable: true }) place?: string | null;
  @TextList({ ...agenda, optional: true }) agenda?: string[];
}

export class ConferenceRecipientDto {
  @OneOf(RECIPIENT_KINDS, { example: 'organisation' }) kind: 'organisation' | 'person';
  @Text({
    description: 'Id of the provider in the directory, subject of the staff member or client, or id of the person',
  })
  id: string;
  @Text({ example: 'Youth office' }) name: string;
}

export class InviteDto {
  @Nested(() => ConferenceRecipientDto) recipient: ConferenceRecipientDto;
  @Text({ example: 'Family support' }) role: string;
  @SomeOf(DATA_CATEGORIES, {
    min: 1,
    unique: true,
    description: 'Categories of data they get to know',
    example: ['identity', 'situation'],
  })
  categories: string[];
}

export class AnswerInvitationDto {
  @OneOf(INVITATION_ANSWERS, { name: 'InvitationAnswerWord', example: 'accepted' }) answer: 'accepted' | 'declined';
  @Text({ max: 1000, optional: true, nullable: true, example: 'Mrs M comes in her place' }) note?: string | null;
}

export class DecisionDto {
  @Text({ max: 2000, example: 'The youth office arranges supervision for the son' }) text: string;
  @OneOf(DECISION_BECOMES, { description: 'What it becomes in the service plan', example: 'measure' }) becomes:
    'goal' | 'measure' | 'none';
  @Text({ optional: true, example: 'Youth office' }) responsible?: string;
}

export class DissentDto {
  @Text({ example: 'Mr X' }) who: string;
  @Text({ max: 2000, example: 'Would rather have the son stay at home' }) what: string;
}

export class ConferenceMinutesDto {
  @IsoDate() heldOn: string;
  @TextList({ min: 1, example: ['Mr X', 'Miss X', 'Miss CM', 'Mr CM', 'Youth office'] }) participants: string[];
  @LongText({ max: 50_000 }) minutes: string;
  @NestedList(() => DecisionDto) decisions: DecisionDto[];
  @NestedList(() => DissentDto, { optional: true }) dissent?: DissentDto[];
}

export class CancelConferenceDto {
  @Text({ max: 1000, example: 'The client is in hospital' }) reason: string;
}

export class TakeOverDecisionDto {
  @Uuid() planId: string;
  @Uuid({ optional: true, description: 'Where it becomes a goal' }) goalId?: string;
  @Uuid({ optional: true, description: 'Where it becomes a measure' }) measureId?: string;
}

/** A conference in a list. */
export class ConferenceRow {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @OneOf(CONFERENCE_KINDS, { name: 'ConferenceKind' }) kind: string;
  @OneOf(CONFERENCE_STATUS, { name: 'ConferenceStatus' }) status: string;
  @UuidList({ description: 'The cases it is held for' }) caseIds: string[];
  @IsoDate() plannedOn: string;
  @IsoDate({ nullable: true }) heldOn: string | null;
  @Text({ max: 500, nullable: true }) place: string | null;
}

export class InvitationConsentView {
  @Uuid() caseId: string;
  @Uuid() consentId: string;
}

export class InvitationAnswerView {
  @OneOf(INVITATION_ANSWERS, { name: 'InvitationAnswerWord' }) answer: string;
  @Text({ max: 1000, nullable: true }) note: string | null;
  @Text({ description: 'Who recorded the answer' }) by: string;
  @Instant() at: string;
}

export class InvitationView {
  @Uuid() id: string;
  @Nested(() => ConferenceRecipientDto) recipient: ConferenceRecipientDto;
  @Text() role: string;
  @SomeOf(DATA_CATEGORIES) categories: string[];
  @NestedList(() => InvitationConsentView, {
    description: 'The release relied on in each case; none for the client and the case managers',
  })
  consents: InvitationConsentView[];
  @Instant() invitedAt: string;
  @Text() invitedBy: string;
  @Nested(() => InvitationAnswerView, { nullable: true, description: 'null while it is waited for' })
  answer: InvitationAnswerView | null;
}

export class TakenOverView {
  @Uuid() planId: string;
  @Uuid({ nullable: true }) goalId: string | null;
  @Uuid({ nullable: true }) measureId: string | null;
  @Text() by: string;
  @Instant() at: string;
}

export class DecisionView {
  @Uuid() id: string;
  @Text({ max: 2000 }) text: string;
  @OneOf(DECISION_BECOMES) becomes: string;
  @Text({ nullable: true }) responsible: string | null;
  @Nested(() => TakenOverView, { nullable: true }) takenOver: TakenOverView | null;
}

/** What another organisation that steers jointly brings in before the conference (CASE-11). */
export class ConferenceContributionView {
  @Uuid() id: string;
  @LongText() text: string;
  @Text({ description: 'Subject of whoever said it' }) by: string;
  @Uuid({ description: 'Their organisation' }) guestId: string;
  @Instant() at: string;
}

export class ConferenceView extends ConferenceRow {
  @Uuid({ description: 'The case it was called for' }) caseId: string;
  @TextList({ max: 50, length: 500 }) agenda: string[];
  @NestedList(() => InvitationView) invitations: InvitationView[];
  @NestedList(() => ConferenceContributionView) contributions: ConferenceContributionView[];
  @TextList() participants: string[];
  @LongText({ max: 50_000, nullable: true }) minutes: string | null;
  @NestedList(() => DecisionView) decisions: DecisionView[];
  @NestedList(() => DissentDto) dissent: DissentDto[];
  @Text({ max: 1000, nullable: true }) cancelReason: string | null;
  @Text() plannedBy: string;
  @Text({ nullable: true }) minutesBy: string | null;
}
