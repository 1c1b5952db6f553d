import type { FieldFault } from '../../../../shared/domain/errors';

/** How well somebody speaks or writes a language: the European framework of reference, or from childhood on. */
export const LANGUAGE_LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native'] as const;
/** What makes talking and reading possible. */
export const COMMUNICATION_SUPPORT = [
  'easy_language',
  'pictures',
  'sign_language',
  'lip_reading',
  'written_interpreting',
  'tactile_signing',
  'talker',
  'large_print',
  'braille',
  'audio',
  'reading_help',
  'writing_help',
  'more_time',
] as const;
/** What makes coming possible. */
export const ACCESS_NEEDS = [
  'step_free',
  'wheelchair',
  'lift',
  'accessible_toilet',
  'hearing_loop',
  'quiet_room',
  'companion',
  'assistance_dog',
  'home_visit',
] as const;
/** How the person wants to be reached. */
export const CONTACT_WAYS = [
  'phone',
  'text_message',
  'messenger',
  'email',
  'letter',
  'in_person',
  'trusted_person',
] as const;
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

type Word<T extends readonly string[]> = T[number];
export type LanguageLevel = {
  readonly language: string;
  readonly spoken: Word<typeof LANGUAGE_LEVELS>;
  readonly written?: Word<typeof LANGUAGE_LEVELS> | null;
};
/** When the person can be reached; times of day HH:MM, local. */
export type ContactTime = {
  readonly days: readonly Word<typeof WEEKDAYS>[];
  readonly from: string;
  readonly until: string;
};

/** What is needed to understand one another and to meet. It may tell of a disability: it is sealed like the identity. */
export type CommunicationNeeds = {
  readonly languageLevels: readonly LanguageLevel[];
  /** Languages an interpreter is needed for, sign languages as well (`gsg`), best first. */
  readonly interpreterLanguages: readonly string[];
  readonly support: readonly Word<typeof COMMUNICATION_SUPPORT>[];
  readonly access: readonly Word<typeof ACCESS_NEEDS>[];
  /** The preferred first. */
  readonly contactWays: readonly Word<typeof CONTACT_WAYS>[];
  readonly contactTimes: readonly ContactTime[];
  readonly note: string | null;
};
/** A merge patch (RFC 7396): absent stays, null clears. */
export type CommunicationPatch = { readonly [K in keyof CommunicationNeeds]?: CommunicationNeeds[K] | null };

export const NO_NEEDS: CommunicationNeeds = {
  languageLevels: [],
  interpreterLanguages: [],
  support: [],
  access: [],
  contactWays: [],
  contactTimes: [],
  note: null,
};
const FIELDS = Object.keys(NO_NEEDS) as (keyof CommunicationNeeds)[];

/** BCP 47. */
export const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** The needs with the patch applied; always with all fields, in the same order. */
export const changedNeeds = (now: CommunicationNeeds, patch: CommunicationPatch): CommunicationNeeds =>
  Object.fromEntries(
    FIELDS.map((field) => [field, patch[field] === undefined ? now[field] : (patch[field] ?? NO_NEEDS[field])]),
  ) as CommunicationNeeds;

/** Every field that does not fit; `interpreterNeeded` as it will be stored. */
export function communicationFaults(
  needs: CommunicationNeeds,
  interpreterNeeded: boolean,
  pointer: string,
): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (field: string, code: string, en: string, de: string) =>
    faults.push({ pointer: `${pointer}/${field}`, code, detail: { en, de } });
  const tag = (field: string) =>
    fault(
      field,
      'language-tag',
      'Use a language tag such as "de", "pl" or "gsg" for German Sign Language (BCP 47)',
      'Verwenden Sie ein Sprachkürzel wie „de“, „pl“ oder „gsg“ für Deutsche Gebärdensprache (BCP 47)',
    );
  needs.languageLevels.forEach(({ language }, i) => {
    if (!LANGUAGE_TAG.test(language)) tag(`languageLevels/${i}/language`);
    if (needs.languageLevels.findIndex((known) => known.language === language) !== i)
      fault(
        `languageLevels/${i}/language`,
        'repeated',
        'The level of this language is given twice',
        'Für diese Sprache ist das Niveau doppelt angegeben',
      );
  });
  needs.interpreterLanguages.forEach((language, i) => {
    if (!LANGUAGE_TAG.test(language)) tag(`interpreterLanguages/${i}`);
  });
  if (needs.interpreterLanguages.length > 0 && !interpreterNeeded)
    fault(
      'interpreterLanguages',
      'interpreter-not-needed',
      'Say with interpreterNeeded that an interpreter is needed, or leave the languages out',
      'Geben Sie mit interpreterNeeded an, dass gedolmetscht werden muss, oder lassen Sie die Sprachen weg',
    );
  needs.contactTimes.forEach(({ from, until }, i) => {
    if (until <= from)
      fault(
        `contactTimes/${i}/until`,
        'ends-before-start',
        'The time ends before it begins',
        'Die Zeit endet, bevor sie beginnt',
      );
  });
  return faults;
}
