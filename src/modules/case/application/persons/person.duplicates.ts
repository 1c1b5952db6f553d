import { Injectable } from '@nestjs/common';
import type { Warning } from '../../../../shared/http/answer';
import {
  type Comparable,
  DUPLICATE_BITS,
  type MatchReason,
  comparedWith,
  scoreOf,
} from '../../domain/persons/person.matching';
import { duplicates } from '../../domain/persons/person.tokens';
import { PersonCandidates } from './person.candidates';

/** A person that may be the same one, how likely (0–100, from 50) and why. */
export type Duplicate = {
  personId: string;
  familyName: string;
  givenName: string | null;
  birthDate: string | null;
  score: number;
  reasons: readonly MatchReason[];
};

/** Most possible duplicates that are answered; the likeliest. */
const LIMIT = 10;

/** Finds persons that may be the same one (CASE-1). */
@Injectable()
export class PersonDuplicates {
  constructor(private readonly candidates: PersonCandidates) {}

  /** Up to ten possible duplicates, the likeliest first; one statement. */
  async of(person: Comparable & { id: string }): Promise<Duplicate[]> {
    const candidates = await this.candidates.of(duplicates(person));
    const compared = comparedWith(person);
    return candidates
      .filter(({ id }) => id !== person.id)
      .map((candidate) => ({ candidate, match: compared(candidate) }))
      .filter(({ match }) => match.weight >= DUPLICATE_BITS)
      .sort((a, b) => b.match.weight - a.match.weight)
      .slice(0, LIMIT)
      .map(({ candidate: { id, familyName, givenName, birthDate }, match }) => ({
        personId: id,
        familyName,
        givenName,
        birthDate,
        score: scoreOf(match),
        reasons: match.reasons,
      }));
  }

  /** The possible duplicates as a warning for the receipt: ids and reasons, no names. */
  async warnings(person: Comparable & { id: string }): Promise<Warning[]> {
    const found = await this.of(person);
    if (found.length === 0) return [];
    const most = found.slice(0, 3);
    const list = (of: string) =>
      most.map(({ personId, score, reasons }) => `${personId} (${score} ${of} 100: ${reasons.join(', ')})`).join('; ');
    return [
      {
        code: 'possible-duplicate',
        detail: {
          en: `Possibly already on record: ${list('of')}. Compare them, and merge if it is the same person.`,
          de: `Vielleicht schon erfasst: ${list('von')}. Vergleichen Sie, und führen Sie zusammen, wenn es dieselbe Person ist.`,
        },
      },
    ];
  }
}
