import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../../shared/domain/errors';
import { DeclineLetterGiven } from '../../events';
import type { Way } from '../casework/gatekeeping.values';
import type { CaseRequest } from './case-request.entity';
import type { ComplaintWay } from './complaint-way.entity';
import { type LetterLanguage, declineLetter } from './decline-letter.text';

export type LetterRecipient = { readonly name: string; readonly addressLines: readonly string[] };
/** CASE-4: to whom, in which language, when and how a letter was given. */
export type LetterTerms = {
  readonly recipient: LetterRecipient;
  readonly language: LetterLanguage;
  /** YYYY-MM-DD. */
  readonly givenOn: string;
  readonly way: Way;
};

/** CASE-4: a letter about a decline as it was given; it never changes, whatever is recorded later. */
@Entity({ schema: 'cases', name: 'decline_letter' })
@Index('decline_letter_by_request', ['tenantId', 'requestId', 'givenOn', 'id'])
export class DeclineLetter extends AggregateRoot {
  @Column({ type: 'uuid', name: 'request_id', update: false }) readonly requestId: string;
  @Column({ type: 'jsonb', update: false }) private readonly recipient: LetterRecipient;
  @Column({ type: 'text', update: false }) private readonly language: LetterLanguage;
  @Column({ type: 'text', update: false }) readonly markdown: string;
  @Column({ type: 'date', name: 'given_on', update: false }) private readonly givenOn: string;
  @Column({ type: 'text', update: false }) private readonly way: Way;
  @Column({ type: 'text', name: 'recorded_by', update: false }) private readonly recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, update: false }) private readonly recordedAt: Date;

  private constructor() {
    super();
  }

  /** CASE-4: fixes the text and records the giving; only for a declined request, not before the decline nor in the future. */
  static give(request: CaseRequest, complaint: ComplaintWay, terms: LetterTerms, stamp: Stamp): DeclineLetter {
    const facts = request.declineFacts;
    if (terms.givenOn > dayOf(stamp) || terms.givenOn < facts.declinedOn)
      throw new InvalidInput([
        {
          pointer: '#/givenOn',
          code: 'given-after-decline',
          detail: {
            en: 'A letter is given on the day of the decline or later, and not in the future',
            de: 'Ein Brief wird am Tag der Ablehnung oder später übergeben, nicht in der Zukunft',
          },
        },
      ]);
    const letter = new DeclineLetter();
    const markdown = declineLetter(facts, complaint, terms.language, terms.recipient.name);
    Object.assign(letter, terms, { requestId: request.id, markdown });
    Object.assign(letter, { recordedBy: stamp.by, recordedAt: new Date(stamp.at) });
    letter.record(new DeclineLetterGiven(letter.id, request.id, terms.givenOn, stamp.at));
    return letter;
  }
}
