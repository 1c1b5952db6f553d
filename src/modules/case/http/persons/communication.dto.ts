import { NestedList, OneOf, SomeOf, Text, TextList } from '../../../../shared/http/fields';
import {
  ACCESS_NEEDS,
  COMMUNICATION_SUPPORT,
  CONTACT_WAYS,
  type CommunicationNeeds,
  LANGUAGE_LEVELS,
  WEEKDAYS,
} from '../../domain/persons/communication';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
type Needs<K extends keyof CommunicationNeeds> = CommunicationNeeds[K];

export class LanguageLevelDto {
  @Text({ max: 35, example: 'de' }) language: string;
  @OneOf(LANGUAGE_LEVELS, { name: 'LanguageLevel', example: 'A2' }) spoken: (typeof LANGUAGE_LEVELS)[number];
  @OneOf(LANGUAGE_LEVELS, { name: 'LanguageLevel', optional: true, nullable: true })
  written?: (typeof LANGUAGE_LEVELS)[number] | null;
}

export class ContactTimeDto {
  @SomeOf(WEEKDAYS, { min: 1, max: 7, unique: true, example: ['mon', 'thu'] }) days: (typeof WEEKDAYS)[number][];
  @Text({ max: 5, pattern: TIME, example: '09:00' }) from: string;
  @Text({ max: 5, pattern: TIME, example: '12:00' }) until: string;
}

/** A merge patch as well: absent fields stay as they are, null clears. */
export class CommunicationDto {
  @NestedList(() => LanguageLevelDto, { optional: true, nullable: true, max: 20 })
  languageLevels?: Needs<'languageLevels'> | null;
  @TextList({
    optional: true,
    nullable: true,
    max: 5,
    length: 35,
    description: 'Languages an interpreter is needed for, best first; `gsg` is German Sign Language',
  })
  interpreterLanguages?: string[] | null;
  @SomeOf(COMMUNICATION_SUPPORT, { optional: true, nullable: true, max: 20, unique: true, example: ['easy_language'] })
  support?: Needs<'support'> | null;
  @SomeOf(ACCESS_NEEDS, { optional: true, nullable: true, max: 20, unique: true, example: ['step_free'] })
  access?: Needs<'access'> | null;
  @SomeOf(CONTACT_WAYS, {
    optional: true,
    nullable: true,
    max: 10,
    unique: true,
    description: 'How the person wants to be reached, the preferred way first',
    example: ['phone', 'letter'],
  })
  contactWays?: Needs<'contactWays'> | null;
  @NestedList(() => ContactTimeDto, { optional: true, nullable: true, max: 20 })
  contactTimes?: Needs<'contactTimes'> | null;
  @Text({ optional: true, nullable: true, max: 2000, example: 'Do not speak on the answering machine' })
  note?: string | null;
}

export class CommunicationView {
  @NestedList(() => LanguageLevelDto, { max: 20 }) languageLevels: LanguageLevelDto[];
  @TextList({ max: 5, length: 35 }) interpreterLanguages: string[];
  @SomeOf(COMMUNICATION_SUPPORT, { max: 20 }) support: Needs<'support'>;
  @SomeOf(ACCESS_NEEDS, { max: 20 }) access: Needs<'access'>;
  @SomeOf(CONTACT_WAYS, { max: 10 }) contactWays: Needs<'contactWays'>;
  @NestedList(() => ContactTimeDto, { max: 20 }) contactTimes: ContactTimeDto[];
  @Text({ max: 2000, nullable: true }) note: string | null;
}
