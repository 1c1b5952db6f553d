import type { FieldFault } from '../../../shared/domain/errors';
import { type AnswerProblem, type Answers, type Instrument, checkAnswers } from './instrument';

/** ASMT-2: who answers. */
export const PERSPECTIVES = ['client', 'case_manager', 'third_party'] as const;
export type PerspectiveKind = (typeof PERSPECTIVES)[number];

/** Longest own words to one item, in characters. */
const LONGEST_ANSWER = 4000;

/** Who answered; `relation` is how they know the client. */
export type Respondent = { name: string; relation?: string };

/** One side's answers. There is one per `client` and `case_manager`, and one per `key` of third parties. */
export type Perspective = {
  perspective: PerspectiveKind;
  /** The perspective, or `third_party:` and the word that tells third parties apart. */
  key: string;
  respondent: Respondent;
  answeredOn: string;
  answers: Answers;
  /** Somebody else wrote down what the respondent said. */
  onBehalf: boolean;
  recordedBy: string;
  recordedAt: string;
};

/** Answers as they come in. `key` tells third parties apart and is only for them. */
export type GivenPerspective = {
  perspective: PerspectiveKind;
  respondent: Respondent & { key?: string };
  answeredOn: string;
  answers: Answers;
};

/** ASMT-2: why a perspective is missing. */
export type MissingPerspective = {
  perspective: PerspectiveKind;
  reason: string;
  recordedBy: string;
  recordedAt: string;
};

const PROBLEMS: Record<AnswerProblem['problem'] | 'too_long', FieldFault['detail']> = {
  unknown_item: { en: 'The instrument has no such item.', de: 'Diese Frage gibt es im Instrument nicht.' },
  out_of_range: { en: 'The value is not a step of this scale.', de: 'Der Wert ist keine Stufe dieser Skala.' },
  wrong_type: { en: 'The item takes another kind of answer.', de: 'Diese Frage verlangt eine andere Art von Antwort.' },
  too_long: {
    en: `Own words may have up to ${LONGEST_ANSWER} characters.`,
    de: `Eigene Worte dürfen bis zu ${LONGEST_ANSWER} Zeichen haben.`,
  },
};

/** Every wrong field of the answers given (ASMT-1, ASMT-2). */
export function perspectiveFaults(given: GivenPerspective, instrument: Instrument, today: string): FieldFault[] {
  const { perspective, respondent, answeredOn, answers } = given;
  const faults: FieldFault[] = [];
  if ((perspective === 'third_party') !== (respondent.key !== undefined))
    faults.push({
      pointer: '#/respondent/key',
      code: perspective === 'third_party' ? 'key-missing' : 'key-not-expected',
      detail: {
        en: 'Third parties, and only they, carry a key that tells them apart, for example "school".',
        de: 'Dritte, und nur sie, tragen einen Schlüssel, der sie unterscheidet, zum Beispiel „school“.',
      },
    });
  if (answeredOn > today)
    faults.push({
      pointer: '#/answeredOn',
      code: 'in-the-future',
      detail: { en: 'Answers are given today or earlier.', de: 'Geantwortet wurde heute oder früher.' },
    });
  if (Object.keys(answers).length === 0)
    faults.push({
      pointer: '#/answers',
      code: 'no-answer',
      detail: {
        en: 'At least one item is answered. If somebody cannot or will not answer, record the reason as a missing perspective.',
        de: 'Mindestens eine Frage ist beantwortet. Kann oder will jemand nicht antworten, erfassen Sie den Grund als fehlende Perspektive.',
      },
    });
  const wrong: { item: string; problem: keyof typeof PROBLEMS }[] = [
    ...checkAnswers(instrument, answers),
    ...Object.entries(answers).flatMap(([item, answer]) =>
      typeof answer === 'string' && answer.length > LONGEST_ANSWER ? [{ item, problem: 'too_long' as const }] : [],
    ),
  ];
  const escape = (item: string) => encodeURIComponent(item.replaceAll('~', '~0').replaceAll('/', '~1'));
  return [
    ...faults,
    ...wrong.map(({ item, problem }) => ({
      pointer: `#/answers/${escape(item)}`,
      code: problem.replaceAll('_', '-'),
      detail: PROBLEMS[problem],
    })),
  ];
}
