import {
  Bool,
  Instant,
  IsoDate,
  Nested,
  NestedList,
  OneOf,
  SomeOf,
  Text,
  TextList,
  Uuid,
  UuidList,
  Int,
} from '../../../../shared/http/fields';
import { GENDERS, type Gender } from '../../domain/intake/intake.words';
import { MATCH_REASONS } from '../../domain/persons/person.matching';
import { CommunicationDto, CommunicationView } from './communication.dto';

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const PARTIAL_DATE = /^(19|20|18)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

export class PersonIdentifier {
  @Text({
    description:
      'The system or register the identifier is from: one that Lotse checks (`kvnr`, `rvnr`, `ik`, `customer_number`, `bg_number`, `insurance_number`; FHIR names are understood), or a name of your own',
    example: 'kvnr',
  })
  system: string;
  @Text({
    description:
      'Letters, digits and check digit as the system prints them. Nobody is ever found by a pension insurance number (`rvnr`, SGB IV § 18f)',
    example: 'A123456780',
  })
  value: string;
}

export class MaskedIdentifier {
  @Text({ example: 'kvnr' }) system: string;
  @Text({ description: 'The last three characters', example: '••••780' }) value: string;
}

export class PersonIdentifiers {
  @NestedList(() => PersonIdentifier, { max: 1000 }) data: PersonIdentifier[];
}

export class RecordPersonDto {
  @Text({ example: 'X' }) familyName: string;
  @Text({ optional: true, nullable: true, example: 'Martin' }) givenName?: string | null;
  @Text({ optional: true, nullable: true, description: 'Family name at birth' }) birthName?: string | null;
  @IsoDate({
    optional: true,
    nullable: true,
    description: 'Leave it out while only the year is known',
    example: '1971-04-12',
  })
  birthDate?: string | null;
  @OneOf(GENDERS, { optional: true, nullable: true, example: 'male', description: 'As the person states it' })
  gender?: Gender | null;
  @TextList({
    optional: true,
    nullable: true,
    max: 20,
    length: 35,
    example: ['de'],
    description: 'Languages the person understands, best first (BCP 47)',
  })
  languages?: string[] | null;
  @Bool({ optional: true, nullable: true, description: 'An interpreter is needed' }) interpreterNeeded?: boolean | null;
  @Nested(() => CommunicationDto, { optional: true, nullable: true, description: 'Kept encrypted like the name' })
  communication?: CommunicationDto | null;
  @Text({ optional: true, nullable: true, max: 50, example: '+49 170 0000000' }) phone?: string | null;
  @Text({ optional: true, nullable: true, pattern: EMAIL, example: 'mr.x@example.org' }) email?: string | null;
  @TextList({
    optional: true,
    nullable: true,
    max: 5,
    example: ['Gartenweg 3'],
    description: 'Street and number, additions',
  })
  addressLines?: string[] | null;
  @Text({ optional: true, nullable: true, max: 20, example: '04109' }) postalCode?: string | null;
  @Text({ optional: true, nullable: true, example: 'Leipzig' }) town?: string | null;
  @Text({
    optional: true,
    nullable: true,
    description: 'Token subject of the person’s own account; an account belongs to one person',
  })
  portalSubject?: string | null;
  @NestedList(() => PersonIdentifier, { optional: true, nullable: true, max: 20 }) identifiers?:
    PersonIdentifier[] | null;
}

/** A merge patch (RFC 7396): absent fields stay as they are, null clears. */
export class ChangePersonDto {
  @Text({ optional: true, example: 'X' }) familyName?: string;
  @Text({ optional: true, nullable: true, example: 'Martin' }) givenName?: string | null;
  @Text({ optional: true, nullable: true }) birthName?: string | null;
  @IsoDate({ optional: true, nullable: true, example: '1971-04-12' }) birthDate?: string | null;
  @OneOf(GENDERS, { optional: true, nullable: true }) gender?: Gender | null;
  @TextList({
    optional: true,
    nullable: true,
    max: 20,
    length: 35,
    example: ['de', 'pl'],
    description: 'Replaces the list',
  })
  languages?: string[] | null;
  @Bool({ optional: true, nullable: true }) interpreterNeeded?: boolean | null;
  @Nested(() => CommunicationDto, {
    optional: true,
    nullable: true,
    description: 'Absent fields stay as they are, null clears',
  })
  communication?: CommunicationDto | null;
  @Text({ optional: true, nullable: true, max: 50 }) phone?: string | null;
  @Text({ optional: true, nullable: true, pattern: EMAIL, example: 'mr.x@example.org' }) email?: string | null;
  @TextList({ optional: true, nullable: true, max: 5, description: 'Replaces the list' }) addressLines?:
    string[] | null;
  @Text({ optional: true, nullable: true, max: 20 }) postalCode?: string | null;
  @Text({ optional: true, nullable: true }) town?: string | null;
  @Text({ optional: true, nullable: true }) portalSubject?: string | null;
  @NestedList(() => PersonIdentifier, { optional: true, nullable: true, max: 20, description: 'Replaces the list' })
  identifiers?: PersonIdentifier[] | null;
}

export class MergePersonDto {
  @Uuid({ description: 'The person that stays and takes over' }) survivorId: string;
  @Text({ max: 1000, example: 'Same insurance number, names swapped at the hospital desk' }) reason: string;
}

export class UnmergePersonDto {
  @Text({ max: 1000, example: 'Twin sisters: the insurance numbers differ in the last digit' }) reason: string;
  @UuidList({
    optional: true,
    max: 200,
    unique: true,
    description:
      'Of the requests recorded for the survivor since the merge those that are of the separated person; their cases go along. Needed where there are such requests: an empty list leaves all with the survivor',
  })
  requestIds?: string[];
}

export class SearchPersonsDto {
  @Text({ optional: true, nullable: true, example: 'Meier' }) familyName?: string | null;
  @Text({ optional: true, nullable: true, example: 'Anna' }) givenName?: string | null;
  @Text({
    optional: true,
    nullable: true,
    max: 10,
    pattern: PARTIAL_DATE,
    example: '1971-04',
    description: 'A day (1971-04-12), a month (1971-04) or a year (1971)',
  })
  birthDate?: string | null;
  @Text({ optional: true, nullable: true, max: 20, example: '04109', description: 'Lifts persons who live there' })
  postalCode?: string | null;
  @Nested(() => PersonIdentifier, { optional: true, nullable: true, description: 'Finds the person it belongs to' })
  identifier?: PersonIdentifier | null;
  @Int({ min: 1, max: 50, optional: true, description: 'Hits answered, at most; 20 when absent' }) limit?: number;
}

export class PersonMergeView {
  @Text({ max: 1000 }) reason: string;
  @Text() by: string;
  @Instant() at: string;
}

export class PersonSeparation {
  @Uuid({ description: 'The person it had been merged into' }) survivorId: string;
  @Nested(() => PersonMergeView, { description: 'The merge that was taken back' }) merge: PersonMergeView;
  @Text({ max: 1000 }) reason: string;
  @Text() by: string;
  @Instant() at: string;
}

export class PersonView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Text() familyName: string;
  @Text({ nullable: true }) givenName: string | null;
  @Text({ nullable: true }) birthName: string | null;
  @IsoDate({ nullable: true }) birthDate: string | null;
  @OneOf(GENDERS) gender: Gender;
  @TextList({ max: 100 }) languages: string[];
  @Bool() interpreterNeeded: boolean;
  @Nested(() => CommunicationView) communication: CommunicationView;
  @Text({ nullable: true, max: 50 }) phone: string | null;
  @Text({ nullable: true }) email: string | null;
  @TextList({ max: 5 }) addressLines: string[];
  @Text({ nullable: true, max: 20 }) postalCode: string | null;
  @Text({ nullable: true }) town: string | null;
  @Text({ nullable: true }) portalSubject: string | null;
  @NestedList(() => MaskedIdentifier, { max: 1000 }) identifiers: MaskedIdentifier[];
  @Uuid({ nullable: true, description: 'The person this record was merged into; go on there' }) mergedInto:
    string | null;
  @Nested(() => PersonMergeView, { nullable: true, description: 'Who merged it, when and why' })
  merge: PersonMergeView | null;
  @NestedList(() => PersonSeparation, { max: 1000, description: 'Merges of this record that were taken back' })
  separations: PersonSeparation[];
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

export class PersonRow {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Text() familyName: string;
  @Text({ nullable: true }) givenName: string | null;
  @IsoDate({ nullable: true }) birthDate: string | null;
  @OneOf(GENDERS) gender: Gender;
  @Text({ nullable: true, max: 20 }) postalCode: string | null;
  @Text({ nullable: true }) town: string | null;
}

export class PersonHit extends PersonRow {
  @Int({ min: 0, max: 100, description: 'How well what was asked for fits' }) score: number;
  @SomeOf(MATCH_REASONS, { description: 'What fits, and what does not' }) reasons: string[];
}

export class PersonHits {
  @NestedList(() => PersonHit, { max: 50 }) data: PersonHit[];
}

export class PossibleDuplicate {
  @Uuid() personId: string;
  @Text() familyName: string;
  @Text({ nullable: true }) givenName: string | null;
  @IsoDate({ nullable: true }) birthDate: string | null;
  @Int({ min: 50, max: 100, description: '50 is the border from which records are pointed out' }) score: number;
  @SomeOf(MATCH_REASONS, { description: 'What speaks for it, and against it' }) reasons: string[];
}

export class PossibleDuplicates {
  @NestedList(() => PossibleDuplicate, { max: 10 }) data: PossibleDuplicate[];
}
