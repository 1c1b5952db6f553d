import { Bool, Instant, Int, Nested, NestedList, OneOf, Text, Uuid } from '../../../../shared/http/fields';
import { CRITERIA } from '../../domain/intake/intake.words';
import { type AddedQuestion, QUESTION_TYPES, type QuestionType } from '../../domain/intake/screening-questions';

const VERSION = { min: 1, max: 2_147_483_647 };
const CODE = { max: 60, pattern: /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/ };
const STATUSES = ['draft', 'published'];

export class WordingDto {
  @Text({ max: 500, example: 'Has the person been in hospital within the last year?' }) en: string;
  @Text({ max: 500, example: 'War die Person im letzten Jahr im Krankenhaus?' }) de: string;
}
export class QuestionOptionDto {
  @Text({ ...CODE, example: 'alone' }) code: string;
  @Nested(() => WordingDto) text: WordingDto;
}
export class AddedQuestionDto {
  @Text({ ...CODE, description: 'Unique in the set; none of the six criteria', example: 'hospital_last_year' })
  code: string;
  @OneOf(QUESTION_TYPES, { example: 'yes_no' }) type: QuestionType;
  @Nested(() => WordingDto) text: WordingDto;
  @NestedList(() => QuestionOptionDto, {
    max: 30,
    optional: true,
    description: 'With `choice` only: what to choose from, at least two',
    example: [],
  })
  options?: QuestionOptionDto[];
  @Bool({ optional: true, description: 'Must be answered before completion; default false' }) required?: boolean;
  @Bool({
    optional: true,
    nullable: true,
    description:
      'With `yes_no` only: a yes supports the indication (true) or speaks against it (false). A hint: only the six criteria decide',
  })
  yesSupports?: boolean | null;
}
export class WriteQuestionSetDto {
  @Nested(() => WordingDto, { description: 'What the set is for' }) title: WordingDto;
  @NestedList(() => AddedQuestionDto, {
    max: 50,
    description: 'Asked beside the six criteria, never instead; empty to ask the six alone',
  })
  questions: AddedQuestionDto[];
}

export class AddedQuestionView {
  @Text({ max: 60 }) code: string;
  @OneOf(QUESTION_TYPES) type: string;
  @Nested(() => WordingDto) text: WordingDto;
  @NestedList(() => QuestionOptionDto, { max: 30 }) options: QuestionOptionDto[];
  @Bool() required: boolean;
  @Bool({ nullable: true }) yesSupports: boolean | null;
}
export class QuestionSetView {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @OneOf(STATUSES) status: string;
  @Int({ ...VERSION, nullable: true, description: 'null while it is a draft; the highest is in force' })
  edition: number | null;
  @Nested(() => WordingDto) title: WordingDto;
  @NestedList(() => AddedQuestionView, { max: 50 }) questions: AddedQuestionView[];
  @Text() writtenBy: string;
  @Instant() writtenAt: string;
  @Text({ nullable: true }) publishedBy: string | null;
  @Instant({ nullable: true }) publishedAt: string | null;
}

export class QuestionSetUsed {
  @Uuid({ nullable: true, description: 'null for the six criteria alone' }) id: string | null;
  @Int({ min: 0, max: 2_147_483_647, description: '0 for the six criteria alone' }) edition: number;
}
export class CriterionQuestion {
  @OneOf(CRITERIA) criterion: string;
  @Nested(() => WordingDto) text: WordingDto;
}
export class ScreeningQuestionsView {
  @Nested(() => QuestionSetUsed) questionSet: QuestionSetUsed;
  @NestedList(() => CriterionQuestion, { min: 6, max: 6, description: 'Always these six; all must be met' })
  criteria: CriterionQuestion[];
  @NestedList(() => AddedQuestionView, { max: 50, description: 'What the organisation asks beside them' })
  questions: AddedQuestionView[];
}

/** The questions with everything left out said. */
export const addedQuestions = (questions: readonly AddedQuestionDto[]): AddedQuestion[] =>
  questions.map(({ code, type, text, options = [], required = false, yesSupports = null }) => ({
    code,
    type,
    text: { en: text.en, de: text.de },
    options: options.map((option) => ({ code: option.code, text: { en: option.text.en, de: option.text.de } })),
    required,
    yesSupports,
  }));
