import { Injectable } from '@nestjs/common';
import { type CasePerson, CasePersons } from '../../../shared/auth/case-persons';
import { Clock } from '../../../shared/domain/clock';
import type { Consent } from '../domain/consent.entity';
import { type Anew, whyAnew } from '../domain/giver-standing';
import { representationsOn } from '../domain/representation';
import { ConsentRepository } from './consent.repository';

/** Tells which consents are to be asked for anew, because those who gave them may no longer decide alone (CONS-1). */
@Injectable()
export class ConsentsAnew {
  constructor(
    private readonly consents: ConsentRepository,
    private readonly persons: CasePersons,
    private readonly clock: Clock,
  ) {}

  /**
   * Those of the case, with why and from which day; `ahead` days before a majority. Left out are those that are covered by
   * a consent of the persons themselves, or of who may decide now.
   */
  async of(caseId: string, ahead: number): Promise<({ consentId: string } & Anew)[]> {
    const today = this.clock.today();
    const valid = (await this.consents.allOf(caseId)).filter((consent) => consent.reasonAgainst(today) === null);
    const persons = await this.persons.of(caseId);
    const found = new Map<Consent, Anew[]>();
    for (const consent of valid) {
      const person = persons.find(consent.personId);
      if (!person || consent.givenBy.kind === 'client' || consent.alsoBy?.kind === 'client') continue;
      const anew = whyAnew(consent, await this.subject(person), { today, ahead });
      if (anew.length > 0) found.set(consent, anew);
    }
    return [...found].flatMap(([consent, anew]) =>
      valid.some((other) => !found.has(other) && other.covers(consent))
        ? []
        : anew.map((one) => ({ consentId: consent.id, ...one })),
    );
  }

  /** The cases with consents that somebody else gave: for one person, or for anybody. */
  cases(personId: string | null = null): Promise<string[]> {
    return this.consents.casesByOthers(personId);
  }

  /** Who may decide for the person today. */
  private async subject({ personId, guardians: inCase, representatives: all }: CasePerson) {
    const { guardians, representatives } = representationsOn(this.clock.today(), all);
    const birthDate = await this.persons.birthDates(personId);
    return { birthDate, guardians: [...inCase, ...guardians], representatives };
  }
}
