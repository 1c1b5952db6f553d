import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput, type Localised } from '../../../../shared/domain/errors';
import { ScreeningQuestionsPublished } from '../../events';
import { CRITERIA } from './intake.words';
import type { AddedQuestion, QuestionSetInForce } from './screening-questions';
import { rules } from './screening-question-set.refusals';

export const QUESTION_SET_STATUSES = ['draft', 'published'] as const;

/**
 * CASE-3: what an organisation asks in a screening beyond the six criteria. It can only add: the criteria are no part
 * of it, and its questions decide nothing. The published set with the highest edition is in force.
 */
@Entity({ schema: 'cases', name: 'screening_question_set' })
@Index('screening_question_set_by_edition', { synchronize: false })
export class ScreeningQuestionSet extends AggregateRoot {
  @Column('text') readonly status: (typeof QUESTION_SET_STATUSES)[number] = 'draft';
  /** 1 for the first published; null while it is a draft. */
  @Column('int', { nullable: true }) readonly edition: number | null = null;
  @Column('jsonb') readonly title: Localised;
  @Column('jsonb') readonly questions: readonly AddedQuestion[];
  @Column('text', { name: 'written_by' }) private readonly writtenBy: string;
  @Column({ type: 'timestamptz', name: 'written_at', precision: 3 }) private readonly writtenAt: Date;
  @Column('text', { name: 'published_by', nullable: true }) private readonly publishedBy: string | null = null;
  @Column({ type: 'timestamptz', name: 'published_at', precision: 3, nullable: true })
  private readonly publishedAt: Date | null = null;

  private constructor() {
    super();
  }

  static draft(title: Localised, questions: readonly AddedQuestion[], stamp: Stamp): ScreeningQuestionSet {
    const set = new ScreeningQuestionSet();
    set.rewrite(title, questions, stamp);
    return set;
  }

  /** Replaces a draft. */
  rewrite(title: Localised, questions: readonly AddedQuestion[], stamp: Stamp): void {
    this.requireDraft();
    const faults = questions.flatMap((question, i) => faultsOf(question, questions.slice(0, i), `#/questions/${i}`));
    if (faults.length > 0) throw new InvalidInput(faults);
    Object.assign(this, { title, questions, writtenBy: stamp.by, writtenAt: new Date(stamp.at) });
  }

  /** Puts the set into force as `edition`; it never changes again. */
  publish(edition: number, stamp: Stamp): void {
    this.requireDraft();
    const publication = { publishedBy: stamp.by, publishedAt: new Date(stamp.at) };
    Object.assign(this, { status: 'published', edition, ...publication });
    this.record(new ScreeningQuestionsPublished(this.id, edition, stamp.at));
  }

  /** What a screening is done with. */
  get inForce(): QuestionSetInForce {
    return { id: this.id, edition: this.edition!, questions: this.questions };
  }

  private requireDraft(): void {
    if (this.status === 'published') throw rules.broken('question-set-published', { edition: this.edition });
  }
}

function faultsOf(
  { code, type, options, yesSupports }: AddedQuestion,
  before: readonly AddedQuestion[],
  pointer: string,
): FieldFault[] {
  const checks: [boolean, string, string, Localised][] = [
    [
      (CRITERIA as readonly string[]).includes(code),
      'code',
      'criterion-is-fixed',
      {
        en: 'This is one of the six criteria, which are always asked and cannot be replaced',
        de: 'Das ist eines der sechs Kriterien; sie werden immer geprüft und lassen sich nicht ersetzen',
      },
    ],
    [
      before.some((other) => other.code === code),
      'code',
      'repeated',
      { en: 'Two questions have this code', de: 'Zwei Fragen haben diesen Code' },
    ],
    [
      type === 'choice' ? options.length < 2 : options.length > 0,
      'options',
      'options-for-choice',
      {
        en: 'A choice has at least two options; other questions have none',
        de: 'Eine Auswahlfrage hat mindestens zwei Möglichkeiten, andere Fragen haben keine',
      },
    ],
    [
      new Set(options.map((option) => option.code)).size < options.length,
      'options',
      'repeated',
      { en: 'Two options have the same code', de: 'Zwei Möglichkeiten haben denselben Code' },
    ],
    [
      yesSupports !== null && type !== 'yes_no',
      'yesSupports',
      'only-yes-no',
      {
        en: 'Only a question to be answered with yes or no can support the indication or speak against it',
        de: 'Nur eine Ja-Nein-Frage kann die Indikation stützen oder gegen sie sprechen',
      },
    ],
  ];
  return checks
    .filter(([wrong]) => wrong)
    .map(([, field, fault, detail]) => ({ pointer: `${pointer}/${field}`, code: fault, detail }));
}
