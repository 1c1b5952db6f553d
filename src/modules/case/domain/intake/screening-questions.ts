import { type FieldFault, InvalidInput, type Localised } from '../../../../shared/domain/errors';
import type { Criterion } from './intake.words';

/** CASE-3: kinds of questions an organisation may add to the six criteria. */
export const QUESTION_TYPES = ['yes_no', 'choice', 'number', 'text'] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

/** CASE-3: a question an organisation adds; it never takes the place of a criterion. */
export type AddedQuestion = {
  readonly code: string;
  readonly type: QuestionType;
  readonly text: Localised;
  /** The answers to choose from; with `choice` only. */
  readonly options: readonly { readonly code: string; readonly text: Localised }[];
  /** Has to be answered before the screening is completed. */
  readonly required: boolean;
  /** Whether a yes supports the indication (true) or speaks against it (false); null where it does neither. */
  readonly yesSupports: boolean | null;
};

/** CASE-3: the questions a screening was done with; edition 0 is the six criteria alone. */
export type QuestionSetInForce = {
  readonly id: string | null;
  readonly edition: number;
  readonly questions: readonly AddedQuestion[];
};
export const SIX_CRITERIA_ALONE: QuestionSetInForce = { id: null, edition: 0, questions: [] };

export type GivenAnswers = Readonly<Record<string, string | number | boolean>>;

/** CASE-3: the answers to added questions, kept with the version of the questions; hints, they decide nothing. */
export type AnsweredQuestions = {
  readonly questionSet: { readonly id: string | null; readonly edition: number };
  readonly answers: GivenAnswers;
  /** Codes of questions whose answer supports the indication. */
  readonly supporting: readonly string[];
  /** Codes of questions whose answer speaks against it. */
  readonly opposing: readonly string[];
  /** Codes of required questions without an answer. */
  readonly unanswered: readonly string[];
};

/** CASE-3: the six criteria as questions (S2 §4.1). No organisation can change or remove one. */
export const CRITERION_TEXTS: Readonly<Record<Criterion, Localised>> = {
  complex_need: {
    en: 'Is the need complex, with problems that act on each other?',
    de: 'Ist die Bedarfslage komplex, wirken mehrere Probleme aufeinander ein?',
  },
  several_providers: {
    en: 'Are there several providers whose help has to be coordinated?',
    de: 'Sind die Hilfen mehrerer Leistungserbringer aufeinander abzustimmen?',
  },
  regular_pathways_insufficient: {
    en: 'Are the regular pathways insufficient, or have they failed repeatedly?',
    de: 'Reichen die Regelpfade nicht aus, oder haben sie wiederholt nicht gegriffen?',
  },
  own_resources_insufficient: {
    en: 'Are the own resources of the person system insufficient to steer the help?',
    de: 'Reichen die eigenen Ressourcen des Personensystems nicht aus, um die Hilfen selbst zu steuern?',
  },
  consent_given_or_developing: {
    en: 'Is consent given, or is it developing?',
    de: 'Liegt eine Einwilligung vor, oder entwickelt sie sich?',
  },
  longer_term: {
    en: 'Will help be needed for a longer time?',
    de: 'Wird die Unterstützung längerfristig gebraucht?',
  },
};

/** Holds answers against the questions in force; `pointer` is where the answers stand. Refuses every answer that fits no question. */
export function answerQuestions(set: QuestionSetInForce, answers: GivenAnswers, pointer: string): AnsweredQuestions {
  const byCode = new Map(set.questions.map((question) => [question.code, question]));
  const faults = Object.entries(answers).flatMap(([code, answer]) =>
    faultOf(byCode.get(code), answer, `${pointer}/${code}`),
  );
  if (faults.length > 0) throw new InvalidInput(faults);
  const yesNo = set.questions.filter(({ code, yesSupports }) => yesSupports !== null && answers[code] !== undefined);
  return {
    questionSet: { id: set.id, edition: set.edition },
    answers,
    supporting: yesNo.filter(({ code, yesSupports }) => answers[code] === yesSupports).map(({ code }) => code),
    opposing: yesNo.filter(({ code, yesSupports }) => answers[code] !== yesSupports).map(({ code }) => code),
    unanswered: set.questions.filter(({ code, required }) => required && !(code in answers)).map(({ code }) => code),
  };
}
export const NO_QUESTIONS: AnsweredQuestions = answerQuestions(SIX_CRITERIA_ALONE, {}, '#');

const EXPECTED: Record<QuestionType, Localised> = {
  yes_no: { en: 'Answer with true or false', de: 'Antworten Sie mit true oder false' },
  choice: {
    en: 'Answer with the code of one of the options',
    de: 'Antworten Sie mit dem Code einer der Möglichkeiten',
  },
  number: { en: 'Answer with a number', de: 'Antworten Sie mit einer Zahl' },
  text: { en: 'Answer in words', de: 'Antworten Sie in Worten' },
};

function faultOf(question: AddedQuestion | undefined, answer: unknown, pointer: string): FieldFault[] {
  if (!question)
    return [
      {
        pointer,
        code: 'unknown-question',
        detail: {
          en: 'The questions in force (GET /v1/screening-questions) do not ask this',
          de: 'In den geltenden Fragen (GET /v1/screening-questions) kommt das nicht vor',
        },
      },
    ];
  const fits: Record<QuestionType, boolean> = {
    yes_no: typeof answer === 'boolean',
    choice: question.options.some(({ code }) => code === answer),
    number: typeof answer === 'number',
    text: typeof answer === 'string' && /\S/.test(answer),
  };
  return fits[question.type] ? [] : [{ pointer, code: 'wrong-answer', detail: EXPECTED[question.type] }];
}
