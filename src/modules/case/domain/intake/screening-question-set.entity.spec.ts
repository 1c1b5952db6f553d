import { InvalidInput } from '../../../../shared/domain/errors';
import { ScreeningQuestionSet } from './screening-question-set.entity';
import { type AddedQuestion, answerQuestions } from './screening-questions';

const stamp = { by: 'org-admin', at: '2026-03-02T09:00:00.000Z' };
const text = { en: 'x', de: 'x' };
const question = (more: Partial<AddedQuestion> = {}): AddedQuestion => ({
  code: 'lives_alone',
  type: 'yes_no',
  text,
  options: [],
  required: false,
  yesSupports: true,
  ...more,
});
const set = (...questions: AddedQuestion[]) => ScreeningQuestionSet.draft(text, questions, stamp);
const faults = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  return [];
};

it('CASE-3: no added question takes the place of one of the six criteria', () =>
  expect(faults(() => set(question(), question({ code: 'longer_term' })))).toEqual([
    '#/questions/1/code criterion-is-fixed',
  ]));

it('CASE-3: questions fit their type: a choice has options, a hint needs yes or no, codes are unique', () => {
  const options = ['a', 'a'].map((code) => ({ code, text }));
  expect(
    faults(() =>
      set(
        question({ type: 'choice', yesSupports: null }),
        question({ options }),
        question({ code: 'age', type: 'number' }),
      ),
    ),
  ).toEqual([
    '#/questions/0/options options-for-choice',
    '#/questions/1/code repeated',
    '#/questions/1/options options-for-choice',
    '#/questions/1/options repeated',
    '#/questions/2/yesSupports only-yes-no',
  ]);
});

it('CASE-3: what is published never changes', () => {
  const published = set(question());
  published.rewrite(text, [], stamp);
  published.publish(1, stamp);
  expect(published).toMatchObject({ status: 'published', edition: 1, publishedBy: 'org-admin' });
  expect(published.pullEvents()).toMatchObject([{ edition: 1, caseId: null }]);
  expect(() => published.rewrite(text, [question()], stamp)).toThrow('question-set-published');
  expect(() => published.publish(2, stamp)).toThrow('question-set-published');
});

it('CASE-3: every answer fits its question; all that do not are named', () => {
  const options = ['alone', 'with_family'].map((code) => ({ code, text }));
  const inForce = {
    id: 'q',
    edition: 1,
    questions: [
      question(),
      question({ code: 'home', type: 'choice', options, yesSupports: null }),
      question({ code: 'stays', type: 'number', yesSupports: null }),
      question({ code: 'remarks', type: 'text', yesSupports: null }),
    ],
  };
  const answers = (given: Record<string, string | number | boolean>) => () =>
    answerQuestions(inForce, given, '#/answers');
  expect(faults(answers({ lives_alone: 'yes', home: 'tent', stays: '2', remarks: ' ', shoe_size: 42 }))).toEqual([
    '#/answers/lives_alone wrong-answer',
    '#/answers/home wrong-answer',
    '#/answers/stays wrong-answer',
    '#/answers/remarks wrong-answer',
    '#/answers/shoe_size unknown-question',
  ]);
  expect(answers({ lives_alone: true, home: 'alone', stays: 2, remarks: 'None' })()).toMatchObject({
    questionSet: { id: 'q', edition: 1 },
    supporting: ['lives_alone'],
    opposing: [],
  });
});
