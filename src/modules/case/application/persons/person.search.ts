import { Injectable } from '@nestjs/common';
import { type FieldFault, InvalidInput } from '../../../../shared/domain/errors';
import { Answer } from '../../../../shared/http/answer';
import { type Identifier, canonical, evidenceOf } from '../../domain/persons/person.identifiers';
import { nameParts } from '../../domain/persons/person.names';
import { type MatchReason, comparedWith } from '../../domain/persons/person.matching';
import { search } from '../../domain/persons/person.tokens';
import { PersonCandidates } from './person.candidates';

/** What is known of the person looked for; the birth date may be a month (1971-04) or a year (1971). */
export type Wanted = {
  familyName?: string | null;
  givenName?: string | null;
  birthDate?: string | null;
  postalCode?: string | null;
  identifier?: Identifier | null;
};

/** A person found, how well it fits (0–100 of what was asked) and why. */
export type Hit = {
  id: string;
  version: number;
  familyName: string;
  givenName: string | null;
  birthDate: string | null;
  gender: string;
  postalCode: string | null;
  town: string | null;
  score: number;
  reasons: readonly MatchReason[];
};

/** Hits below are left out. */
const LEAST_SCORE = 25;

/** Finds persons by what is half known of them: misspelt, misheard, swapped or partial (CASE-1). */
@Injectable()
export class PersonSearch {
  constructor(private readonly candidates: PersonCandidates) {}

  /** The best first, up to `limit`; merged records are left out. One statement, two where all that is known is common. */
  async find({ limit = 20, ...wanted }: Wanted & { limit?: number }): Promise<Answer<{ data: Hit[] }>> {
    const { familyName = null, givenName = null, birthDate = null, postalCode = null } = wanted;
    const identifiers = wanted.identifier ? [canonical(wanted.identifier)] : [];
    const sought = { familyName, givenName, birthDate, postalCode, identifiers };
    requireEnough(sought);
    const compared = comparedWith(sought);
    const best = compared(sought).weight;
    const look = search(sought);
    let found = await this.candidates.of(look);
    if (found.length === 0 && !look.common) found = await this.candidates.of({ ...look, common: true });
    const data = found
      .map((person) => ({ person, match: compared(person) }))
      .map(({ person, match }) => ({
        id: person.id,
        version: person.version,
        familyName: person.familyName,
        givenName: person.givenName,
        birthDate: person.birthDate,
        gender: person.gender,
        postalCode: person.postalCode,
        town: person.town,
        score: Math.max(0, Math.round((100 * match.weight) / best)),
        reasons: match.reasons,
      }))
      .filter(({ score }) => score >= LEAST_SCORE)
      .sort((a, b) => b.score - a.score)
      .slice(0, limit);
    return new Answer({ data }, { resourceType: 'person', resourceIds: data.map(({ id }) => id), caseId: null });
  }
}

function requireEnough({
  familyName,
  givenName,
  birthDate,
  identifiers,
}: {
  familyName: string | null;
  givenName: string | null;
  birthDate: string | null;
  identifiers: readonly Identifier[];
}): void {
  const faults: FieldFault[] = [];
  if (identifiers.some((identifier) => evidenceOf(identifier) !== 'person'))
    faults.push({
      pointer: '#/identifier/system',
      code: 'not-searchable',
      detail: {
        en: 'Nobody may be looked for by this number (pension number: SGB IV § 18f), or it is not that of a person',
        de: 'Nach dieser Nummer darf niemand gesucht werden (Rentenversicherungsnummer: § 18f SGB IV), oder sie ist nicht die einer Person',
      },
    });
  const named = [familyName, givenName].some((name) => nameParts(name).length > 0);
  if (!named && birthDate?.length !== 10 && identifiers.length === 0)
    faults.push({
      pointer: '#',
      code: 'search-too-wide',
      detail: {
        en: 'Give a name, a full birth date or an identifier',
        de: 'Geben Sie einen Namen, ein vollständiges Geburtsdatum oder eine Kennung an',
      },
    });
  if (faults.length > 0) throw new InvalidInput(faults);
}
