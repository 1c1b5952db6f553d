import {
  Answers,
  Bool,
  Instant,
  Int,
  LongText,
  Nested,
  NestedList,
  OneOf,
  SomeOf,
  Text,
  TextList,
  Uuid,
} from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';
import {
  ASKERS,
  type Asker,
  CHANNELS,
  CRITERIA,
  CRITERION_ANSWERS,
  type Channel,
  type Criterion,
  type CriterionAnswer,
  DANGERS,
  DANGER_STATES,
  DECLINE_REASONS,
  type DangerKind,
  type DeclineReason,
  FIELDS_OF_PRACTICE,
  type FieldOfPractice,
  REQUEST_STATUSES,
} from '../../domain/intake/intake.words';
import type { ScreeningDraft } from '../../domain/intake/screening';
import { RecordPersonDto } from '../persons/person.dto';
import { QuestionSetUsed } from './screening-question-set.dto';

const VERSION = { min: 1, max: 2_147_483_647 };
const AGAINST = [...CRITERIA, 'not_competent', 'other_lead'];

export class RaiseDangerDto {
  @OneOf(DANGERS, { example: 'child' }) kind: DangerKind;
  @Text({ max: 2000, optional: true, nullable: true, description: 'What was noticed' }) note?: string | null;
}

export class RecordRequestDto {
  @OneOf(ASKERS, { description: 'Who asks', example: 'hospital' }) askedBy: Asker;
  @OneOf(CHANNELS, { example: 'phone' }) channel: Channel;
  @Instant({ optional: true, description: 'Default is now' }) receivedAt?: string;
  @LongText({
    description: 'The concern, in the asker’s words',
    example: 'Discharge after a stroke; nobody at home can care for him.',
  })
  concern: string;
  @OneOf(FIELDS_OF_PRACTICE, { example: 'health' }) fieldOfPractice: FieldOfPractice;
  @Uuid({ optional: true, description: 'For whom: a person on record. Give this or `person`' }) personId?: string;
  @Nested(() => RecordPersonDto, { optional: true, description: 'For whom: recorded together with the request' })
  person?: RecordPersonDto;
  @Nested(() => RaiseDangerDto, { optional: true, nullable: true, description: 'An acute danger noticed at once' })
  acuteDanger?: RaiseDangerDto | null;
}

export class RecordCrisisInterventionDto {
  @LongText({
    description: 'What was done',
    example: 'Took the boy to the emergency shelter together with the youth office',
  })
  measures: string;
  @Text({ description: 'Who did it', example: 'Youth office, standby service' }) doneBy: string;
  @Instant({ optional: true, description: 'When; default is now' }) at?: string;
  @Bool({ description: 'The danger is averted or in other hands' }) addressed: boolean;
  @Text({ optional: true, nullable: true, description: 'Who has taken over' }) handedTo?: string | null;
}

export class CriterionDto {
  @OneOf(CRITERIA, { example: 'complex_need' }) criterion: Criterion;
  @OneOf(CRITERION_ANSWERS, { example: 'met' }) answer: CriterionAnswer;
  @Text({
    max: 2000,
    optional: true,
    nullable: true,
    description: 'Needed before completion',
    example: 'Stroke, debts and a truant son act on each other',
  })
  reason?: string | null;
}
export class CompetenceDto {
  @Bool({ description: 'This organisation is competent for the request' }) answer: boolean;
  @Text({ max: 2000, optional: true, nullable: true, description: 'Needed before completion' }) reason?: string | null;
}
export class OtherLeadDto {
  @Text({ description: 'The service that already leads the case', example: 'Social psychiatric service' }) who: string;
  @TextList({
    max: 20,
    description: 'What was offered to it instead of duplicating its work',
    example: ['Debt advice'],
  })
  offeredServices: string[];
}
export class DraftScreeningDto {
  @NestedList(() => CriterionDto, { max: 6, description: 'The six criteria, as far as they are answered' })
  criteria: CriterionDto[];
  @Nested(() => CompetenceDto, { optional: true, nullable: true }) competent?: CompetenceDto | null;
  @Nested(() => OtherLeadDto, { optional: true, nullable: true, description: 'null when no other service leads' })
  otherLead?: OtherLeadDto | null;
  @Answers({
    optional: true,
    description: 'Answers to the questions your organisation added, by code (GET /v1/screening-questions)',
    example: {},
  })
  answers?: Record<string, string | number | boolean>;
}

export class DeclineRequestDto {
  @OneOf(DECLINE_REASONS, { example: 'not_indicated' }) reason: DeclineReason;
  @LongText({ max: 2000, description: 'What the person was told' }) explanation: string;
  @Text({
    max: 500,
    optional: true,
    nullable: true,
    description: 'Where the person was referred on to',
    example: 'Debt advice of the city',
  })
  referredOnTo?: string | null;
  @Bool({ description: 'Must be true: the way to complain was explained to the person' })
  complaintProcedureExplained: boolean;
  @Text({
    optional: true,
    nullable: true,
    description: 'Subject of the team lead who shall confirm; needed for `earlier_history` unless a team lead declines',
  })
  confirmedBy?: string | null;
}
export class ConfirmDeclineDto {
  @Bool({ description: 'false takes the decline back; the request goes on where it was' }) confirmed: boolean;
  @Text({ max: 2000, optional: true, nullable: true }) note?: string | null;
}

export class ListRequestsQuery extends PageQuery {
  @OneOf(REQUEST_STATUSES, { optional: true, example: 'open' }) status?: string;
  @OneOf(FIELDS_OF_PRACTICE, { optional: true }) fieldOfPractice?: string;
  @OneOf(DANGER_STATES, { optional: true, description: '`unaddressed` lists what comes first', example: 'unaddressed' })
  acuteDanger?: string;
  @Uuid({ optional: true }) personId?: string;
}

export class RequestRow {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @Uuid() personId: string;
  @OneOf(ASKERS) askedBy: string;
  @OneOf(CHANNELS) channel: string;
  @Instant() receivedAt: string;
  @OneOf(FIELDS_OF_PRACTICE) fieldOfPractice: string;
  @OneOf(REQUEST_STATUSES) status: string;
  @OneOf(DANGER_STATES) acuteDanger: string;
  @Uuid({ nullable: true, description: 'The case it became' }) caseId: string | null;
}

export class DangerView {
  @OneOf(DANGERS) kind: string;
  @Text({ max: 2000, nullable: true }) note: string | null;
  @Text() by: string;
  @Instant() at: string;
}
export class CrisisInterventionView {
  @LongText() measures: string;
  @Text() doneBy: string;
  @Instant() at: string;
  @Bool() addressed: boolean;
  @Text({ nullable: true }) handedTo: string | null;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}
export class CriterionView {
  @OneOf(CRITERIA) criterion: string;
  @OneOf(CRITERION_ANSWERS) answer: string;
  @Text({ max: 2000, nullable: true }) reason: string | null;
}
export class CompetenceView {
  @Bool() answer: boolean;
  @Text({ max: 2000, nullable: true }) reason: string | null;
}
export class ScreeningOutcomeView {
  @OneOf(['indicated', 'not_indicated']) outcome: string;
  @SomeOf(AGAINST, { description: 'What speaks against case management here' }) unmetCriteria: string[];
  @Text() by: string;
  @Instant() at: string;
}
/** A screening with the edition of the added questions it was done with. */
export class AnsweredScreeningView {
  @NestedList(() => CriterionView, { max: 6 }) criteria: CriterionView[];
  @Nested(() => CompetenceView, { nullable: true }) competent: CompetenceView | null;
  @Nested(() => OtherLeadDto, { nullable: true }) otherLead: OtherLeadDto | null;
  @Nested(() => QuestionSetUsed, { description: 'The edition of the added questions it was done with' })
  questionSet: QuestionSetUsed;
  @Answers({ description: 'Answers to the added questions, by code' }) answers: Record<
    string,
    string | number | boolean
  >;
  @TextList({ max: 50, description: 'Added questions whose answer supports the indication' }) supporting: string[];
  @TextList({ max: 50, description: 'Added questions whose answer speaks against it' }) opposing: string[];
  @TextList({ max: 50, description: 'Required added questions without an answer' }) unanswered: string[];
}
export class ScreeningView extends AnsweredScreeningView {
  @Nested(() => ScreeningOutcomeView, { nullable: true, description: 'null while it is a draft' })
  completed: ScreeningOutcomeView | null;
}
export class DeclineConfirmationView {
  @Bool() confirmed: boolean;
  @Text({ max: 2000, nullable: true }) note: string | null;
  @Text() by: string;
  @Instant() at: string;
}
export class DeclineView {
  @OneOf(DECLINE_REASONS) reason: string;
  @LongText({ max: 2000 }) explanation: string;
  @Text({ max: 500, nullable: true }) referredOnTo: string | null;
  @Bool() complaintProcedureExplained: boolean;
  @Text({ nullable: true, description: 'The team lead who confirmed, or is asked to' }) confirmedBy: string | null;
  @Nested(() => DeclineConfirmationView, { nullable: true }) confirmation: DeclineConfirmationView | null;
  @Text() by: string;
  @Instant() at: string;
}
export class RequestView extends RequestRow {
  @LongText() concern: string;
  @NestedList(() => DangerView, { max: 1000 }) dangers: DangerView[];
  @NestedList(() => CrisisInterventionView, { max: 1000 }) crisisInterventions: CrisisInterventionView[];
  @Nested(() => ScreeningView, { nullable: true }) screening: ScreeningView | null;
  @Nested(() => DeclineView, { nullable: true }) decline: DeclineView | null;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

/** The six criteria of a body with everything left out said to be null. */
export const screeningDraft = ({ criteria, competent, otherLead }: DraftScreeningDto): ScreeningDraft => ({
  criteria: criteria.map(({ criterion, answer, reason }) => ({ criterion, answer, reason: reason ?? null })),
  competent: competent ? { answer: competent.answer, reason: competent.reason ?? null } : null,
  otherLead: otherLead ?? null,
});
