import type { FieldFault } from '../../../shared/domain/errors';
import { MAJORITY } from '../../../shared/domain/majority';
import { type RepresentativeOnRecord, basisOf, representativeFaults } from './representation';
import type { ConsentForm, ConsentKind, EvidenceKind, GiverKind, Recipient } from './words';
import { HEALTH_CATEGORIES } from './words';

/**
 * From which age a person consents (CONS-1). Under `together` years the guardian consents alone; from then until
 * `adult` the young person and the guardian consent together; adults consent themselves or through a representative.
 * No statute fixes 14: it is the practice of youth welfare, and an organisation may set another age here.
 */
export const AGE_RULE = { together: 14, adult: MAJORITY } as const;

/**
 * Who consented; `basis` says why somebody may consent for another: court order, custody, power of attorney. A guardian
 * who is recorded in the person system is named by id.
 */
export type Giver = { kind: GiverKind; name: string; basis?: string | null; personId?: string | null };

/** What the case knows of the person whose data it is about, for the age rule. */
export type DataSubject = {
  /** YYYY-MM-DD; null where it is not on record. */
  birthDate: string | null;
  /** The guardians on record; where there are some, nobody else consents as guardian. */
  guardians: readonly { personId: string; scope: string | null }[];
  /** Who may decide for an adult today; where there are some, nobody else consents as representative. */
  representatives?: readonly RepresentativeOnRecord[];
};
export const UNKNOWN_SUBJECT: DataSubject = { birthDate: null, guardians: [] };

/** A recipient as the consent names it. */
export type NamedRecipient = Recipient & { name: string };

/** Where the proof of the consent is; `sha256` of the file where there is one. */
export type Evidence = { kind: EvidenceKind; reference: string; sha256?: string | null };

/** What somebody consents to, and how it was obtained. Dates are YYYY-MM-DD, both ends included. */
export type ConsentTerms = {
  personId: string;
  kind: ConsentKind;
  purpose: string;
  categories?: readonly string[];
  recipients?: readonly NamedRecipient[];
  form: ConsentForm;
  witness?: string;
  specialCircumstances?: string;
  language: string;
  textVersion: string;
  givenBy: Giver;
  alsoBy?: Giver;
  /** Used for the age rule where none is on record, and not kept. */
  personBirthDate?: string;
  consequencesExplained: boolean;
  withdrawalExplained: boolean;
  validFrom?: string;
  validUntil?: string;
  evidence: Evidence;
};

/** Which age rule the consent was given under; `unchecked` when the birth date was not told. */
export type AgeGroup = 'guardian_alone' | 'together' | 'adult' | 'unchecked';

/** The age group of somebody born on `birthDate` on the day `today`. */
export function ageGroupOf(birthDate: string | undefined, today: string): AgeGroup {
  if (birthDate === undefined) return 'unchecked';
  const birthday = today.slice(5) >= birthDate.slice(5) ? 0 : 1;
  const age = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - birthday;
  return age < AGE_RULE.together ? 'guardian_alone' : age < AGE_RULE.adult ? 'together' : 'adult';
}

const fault = (pointer: string, code: string, en: string, de: string): FieldFault => ({
  pointer: `#/${pointer}`,
  code,
  detail: { en, de },
});

/** Every field of the terms that does not fit the others (CONS-1); empty when the consent can be recorded. */
export const faultsOf = (terms: ConsentTerms, today: string, subject: DataSubject = UNKNOWN_SUBJECT): FieldFault[] => [
  ...scopeFaults(terms),
  ...formFaults(terms),
  ...guardianFaults(terms, subject),
  ...representativeFaults(terms, subject.representatives ?? []),
  ...giverFaults(terms, today, subject),
  ...explanationFaults(terms),
  ...periodFaults(terms, today),
];

function scopeFaults({ kind, categories = [], recipients = [] }: ConsentTerms): FieldFault[] {
  const faults: FieldFault[] = [];
  if (kind !== 'participation' && categories.length === 0)
    faults.push(
      fault(
        'categories',
        'categories-missing',
        'Name the kinds of data this consent is about.',
        'Nennen Sie die Arten von Daten, um die es geht.',
      ),
    );
  if (kind === 'participation' && recipients.length > 0)
    faults.push(
      fault(
        'recipients',
        'recipients-not-expected',
        'Participation passes nothing on. Record a consent of the kind disclosure for recipients.',
        'Mit der Teilnahme wird nichts weitergegeben. Erfassen Sie für Empfänger eine Schweigepflichtentbindung (disclosure).',
      ),
    );
  if (kind === 'disclosure' && recipients.length === 0)
    faults.push(
      fault(
        'recipients',
        'recipients-missing',
        'A release from confidentiality names every recipient.',
        'Eine Schweigepflichtentbindung nennt jeden Empfänger.',
      ),
    );
  recipients.forEach(({ id }, i) => {
    if (recipients.findIndex((r) => r.id === id) !== i)
      faults.push(
        fault(
          `recipients/${i}/id`,
          'recipient-named-twice',
          'This recipient is named twice.',
          'Dieser Empfänger ist doppelt genannt.',
        ),
      );
  });
  return faults;
}

function formFaults({ form, witness, categories = [], specialCircumstances }: ConsentTerms): FieldFault[] {
  if (form !== 'oral_with_witness') return [];
  const faults: FieldFault[] = [];
  if (!witness)
    faults.push(
      fault(
        'witness',
        'witness-missing',
        'Name the witness of an oral consent.',
        'Nennen Sie die Zeugin oder den Zeugen der mündlichen Einwilligung.',
      ),
    );
  if (!specialCircumstances && categories.some((category) => HEALTH_CATEGORIES.includes(category)))
    faults.push(
      fault(
        'form',
        'health-data-in-writing',
        'Consent to health data is written or electronic. If that is not possible, say why in specialCircumstances.',
        'In Gesundheitsdaten wird schriftlich oder elektronisch eingewilligt. Geht das nicht, begründen Sie es in specialCircumstances.',
      ),
    );
  return faults;
}

/** The consenting guardian is one of those that the person system names, as soon as it names some. */
function guardianFaults({ givenBy, alsoBy }: ConsentTerms, { guardians }: DataSubject): FieldFault[] {
  const known = guardians.map(({ personId }) => personId);
  return giversOf({ givenBy, alsoBy }).flatMap(([field, giver]) => {
    const named = giver.personId ?? undefined;
    if (giver.kind === 'representative') return [];
    const fits = giver.kind === 'guardian' ? (named ? known.includes(named) : known.length === 0) : !named;
    return fits
      ? []
      : [
          fault(
            `${field}/personId`,
            'guardian-not-recorded',
            'Name a guardian whom the person system of the case records for this person, or complete the person system first.',
            'Nennen Sie eine sorgeberechtigte Person, die das Personensystem des Falls für diese Person führt, oder ergänzen Sie zuerst das Personensystem.',
          ),
        ];
  });
}

const giversOf = ({ givenBy, alsoBy }: Pick<ConsentTerms, 'givenBy' | 'alsoBy'>) => [
  ['givenBy', givenBy] as const,
  ...(alsoBy ? [['alsoBy', alsoBy] as const] : []),
];

/** The giver as it is kept: a guardian on record acts on the scope that is recorded. */
export function keptGiver(giver: Giver, { guardians, representatives = [] }: DataSubject): Giver {
  const scope = guardians.find(({ personId }) => personId === giver.personId)?.scope ?? basisOf(giver, representatives);
  return giver.basis || !scope ? giver : { ...giver, basis: scope };
}

function giverFaults(
  { givenBy, alsoBy, personBirthDate: told }: ConsentTerms,
  today: string,
  { birthDate, guardians, representatives = [] }: DataSubject,
): FieldFault[] {
  const faults: FieldFault[] = [];
  const personBirthDate = birthDate ?? told;
  for (const [field, giver] of giversOf({ givenBy, alsoBy }))
    if (
      giver.kind !== 'client' &&
      !giver.basis &&
      ![...guardians, ...representatives].some(({ personId }) => personId === giver.personId)
    )
      faults.push(
        fault(
          `${field}/basis`,
          'basis-missing',
          'Say on what basis this person may consent for the client: custody, court order, power of attorney.',
          'Nennen Sie, worauf sich die rechtliche Vertretung stützt: Sorgerecht, Gerichtsbeschluss, Vollmacht.',
        ),
      );
  if (personBirthDate !== undefined && personBirthDate > today)
    return [
      ...faults,
      fault(
        'personBirthDate',
        'in-the-future',
        'The birth date lies in the future.',
        'Das Geburtsdatum liegt in der Zukunft.',
      ),
    ];
  const kinds = [givenBy.kind, ...(alsoBy ? [alsoBy.kind] : [])];
  const group = ageGroupOf(personBirthDate, today);
  if (group === 'guardian_alone' && givenBy.kind !== 'guardian')
    faults.push(
      fault(
        'givenBy/kind',
        'guardian-required',
        `Under ${AGE_RULE.together} years a guardian consents.`,
        `Unter ${AGE_RULE.together} Jahren willigt eine sorgeberechtigte Person ein.`,
      ),
    );
  if (group === 'together' && !(kinds.includes('client') && kinds.includes('guardian')))
    faults.push(
      fault(
        'alsoBy',
        'both-required',
        `From ${AGE_RULE.together} to ${AGE_RULE.adult - 1} years the young person and a guardian consent together; record the second one in alsoBy.`,
        `Von ${AGE_RULE.together} bis ${AGE_RULE.adult - 1} Jahren willigen der junge Mensch und eine sorgeberechtigte Person gemeinsam ein; erfassen Sie die zweite Person in alsoBy.`,
      ),
    );
  if (group === 'adult' && givenBy.kind === 'guardian')
    faults.push(
      fault(
        'givenBy/kind',
        'adult-consents',
        'An adult consents in person or through a representative with a basis.',
        'Eine volljährige Person willigt selbst ein oder durch eine rechtliche Vertretung; nennen Sie deren Grundlage.',
      ),
    );
  return faults;
}

function explanationFaults({ consequencesExplained, withdrawalExplained }: ConsentTerms): FieldFault[] {
  const faults: FieldFault[] = [];
  if (!consequencesExplained)
    faults.push(
      fault(
        'consequencesExplained',
        'not-explained',
        'Explain first what happens without the consent; only then does it count.',
        'Erklären Sie zuerst, was ohne die Einwilligung geschieht; erst dann zählt sie.',
      ),
    );
  if (!withdrawalExplained)
    faults.push(
      fault(
        'withdrawalExplained',
        'not-explained',
        'Explain first that the consent can be withdrawn at any time; only then does it count.',
        'Erklären Sie zuerst, dass die Einwilligung jederzeit widerrufen werden kann; erst dann zählt sie.',
      ),
    );
  return faults;
}

function periodFaults({ validFrom, validUntil }: ConsentTerms, today: string): FieldFault[] {
  if (validUntil === undefined || validUntil >= (validFrom ?? today)) return [];
  return [
    fault(
      'validUntil',
      'ends-before-start',
      'The consent would end before it begins.',
      'Die Einwilligung würde enden, bevor sie beginnt.',
    ),
  ];
}
