import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { InvalidInput, NotFound } from '../../../shared/domain/errors';
import { Receipt, type Warning } from '../../../shared/http/answer';
import { stampBy } from '../../../shared/stamp';
import { Consent, type WithdrawalTerms } from '../domain/consent.entity';
import type { ConsentTerms, DataSubject } from '../domain/consent-terms';
import { representationsOn } from '../domain/representation';
import { NOT_IN_CASE } from './consent.faults';
import { ConsentRepository } from './consent.repository';
import { ConsentTextService } from './consent-text.service';

/** Records and withdraws consents. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly consents: ConsentRepository,
    private readonly texts: ConsentTextService,
    private readonly persons: CasePersons,
    private readonly clock: Clock,
  ) {}

  /**
   * CONS-1, for a person of the case. Possible at any time of a case: consent comes before the agreement, and after a
   * reopening.
   */
  give(caseId: string, terms: ConsentTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const { persons } = await this.persons.require(caseId);
      const person = persons.find(terms.personId);
      if (!person) throw new InvalidInput([NOT_IN_CASE]);
      const { guardians, representatives } = representationsOn(this.clock.today(), person.representatives);
      const subject = {
        birthDate: await this.persons.birthDates(person.personId),
        guardians: [...person.guardians, ...guardians],
        representatives,
      };
      const shown = await this.texts.shown(terms);
      const consent = Consent.give(caseId, terms, stampBy(this.clock), subject, shown);
      this.consents.store(consent);
      return Receipt.of(consent, warnings(terms, consent, subject));
    });
  }

  /**
   * CONS-2: clients withdraw what is theirs, guardians that of the child. Effective with the commit; whoever relies on the
   * consent at that moment finishes first or is refused.
   */
  withdraw(id: string, expected: Expected, terms: WithdrawalTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const consent = await this.consents.get(id);
      const { mine } = await this.persons.require(consent.caseId);
      if (mine && !mine.includes(consent.personId)) throw new NotFound('consent', id);
      this.consents.requireVersion(consent, expected);
      consent.withdraw(terms, stampBy(this.clock));
      this.consents.store(consent);
      return Receipt.of(consent);
    });
  }
}

function warnings({ personBirthDate: told }: ConsentTerms, consent: Consent, subject: DataSubject): Warning[] {
  const { ageGroup, givenBy, alsoBy } = consent;
  const guarded = [givenBy, alsoBy].some((giver) => giver?.kind === 'guardian');
  const represented = [givenBy, alsoBy].some((giver) => giver?.kind === 'representative');
  return [
    ...(ageGroup === 'unchecked' ? [AGE_UNCHECKED] : []),
    ...(told && subject.birthDate && told !== subject.birthDate ? [BIRTH_DATE_DIFFERS] : []),
    ...(guarded && subject.guardians.length === 0 ? [GUARDIAN_UNRECORDED] : []),
    ...(represented && !subject.representatives?.length ? [REPRESENTATIVE_UNRECORDED] : []),
  ];
}

const BIRTH_DATE_DIFFERS: Warning = {
  code: 'birth-date-differs',
  detail: {
    en: 'The birth date given is not the one on record. The age rule went by the record; correct whichever is wrong.',
    de: 'Das angegebene Geburtsdatum ist ein anderes als das erfasste. Geprüft wurde nach dem erfassten; berichtigen Sie das falsche.',
  },
};

const GUARDIAN_UNRECORDED: Warning = {
  code: 'guardian-not-on-record',
  detail: {
    en: 'The person system of the case names no guardian for this person, so it was not checked who may consent. Record the guardians there (PUT /v1/cases/{id}/members/{personId}).',
    de: 'Das Personensystem des Falls nennt für diese Person keine sorgeberechtigte Person; deshalb wurde nicht geprüft, wer einwilligen darf. Tragen Sie die Sorgeberechtigten dort ein (PUT /v1/cases/{id}/members/{personId}).',
  },
};

const REPRESENTATIVE_UNRECORDED: Warning = {
  code: 'representative-not-on-record',
  detail: {
    en: 'Nobody is on record as representing this person, so it was not checked in which matters. Record the representation (POST /v1/persons/{id}/representations).',
    de: 'Für diese Person ist keine rechtliche Vertretung erfasst; deshalb wurde nicht geprüft, für welche Angelegenheiten sie gilt. Erfassen Sie sie (POST /v1/persons/{id}/representations).',
  },
};

const AGE_UNCHECKED: Warning = {
  code: 'age-not-checked',
  detail: {
    en: 'The consent is recorded. Without the birth date of the person Lotse could not check whether the right people gave it: for a child under 14 a guardian consents, from 14 to 17 both consent together. Find out the age, and give personBirthDate with the next consent.',
    de: 'Die Einwilligung ist erfasst. Ohne Geburtsdatum konnte Lotse nicht prüfen, ob die Richtigen eingewilligt haben: Für Kinder unter 14 Jahren willigt eine sorgeberechtigte Person ein, von 14 bis 17 Jahren beide gemeinsam. Klären Sie das Alter und geben Sie bei der nächsten Einwilligung personBirthDate an.',
  },
};
