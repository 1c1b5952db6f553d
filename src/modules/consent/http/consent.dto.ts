import {
  Bool,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  SomeOf,
  Text,
  TextList,
  Uuid,
} from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import type {
  ConsentForm,
  ConsentKind,
  ConsentPurpose,
  DataCategory,
  EvidenceKind,
  GiverKind,
  Recipient,
} from '../domain/words';
import {
  CONSENT_FORMS,
  CONSENT_KINDS,
  CONSENT_PURPOSES,
  DATA_CATEGORIES,
  EVIDENCE_KINDS,
  GIVER_KINDS,
  RECIPIENT_KINDS,
} from '../domain/words';

/** A language tag. */
export const BCP47 = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const PROVIDER_ID = '0198c2f0-5c1e-7a31-9d55-1f2e3d4c5b6a';

/** Who consented. */
export class ConsentGiver {
  @OneOf(GIVER_KINDS, { name: 'GiverKind', example: 'client' }) kind: GiverKind;
  @Text({ example: 'Mr X' }) name: string;
  @Text({
    optional: true,
    max: 500,
    description:
      'Why this person may consent for the client; needed for representatives, and for guardians who are not on record',
    example: 'custody',
  })
  basis?: string;
  @Uuid({
    optional: true,
    description:
      'The person of the guardian or representative; needed as soon as the person system of the case or a representation on record names some, and then it has to be one of them',
  })
  personId?: string;
}

/** A recipient by id. */
export class ConsentRecipientRef {
  @OneOf(RECIPIENT_KINDS, { name: 'RecipientKind', example: 'organisation' }) kind: Recipient['kind'];
  @Text({
    description:
      'Id of the provider in the directory or of another organisation of this instance, subject of the staff member, or id of the person',
    example: PROVIDER_ID,
  })
  id: string;
}

/** A recipient as the consent names it. */
export class ConsentRecipient extends ConsentRecipientRef {
  @Text({ example: 'Rehabilitation clinic' }) name: string;
}

/** Where the proof is. */
export class ConsentEvidence {
  @OneOf(EVIDENCE_KINDS, { name: 'EvidenceKind', example: 'scan' }) kind: EvidenceKind;
  @Text({ max: 500, description: 'Where it is kept', example: 'file 2026/17, sheet 3' }) reference: string;
  @Text({
    optional: true,
    min: 64,
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
    description: 'SHA-256 of the file, hexadecimal',
  })
  sha256?: string;
}

export class GiveConsentDto {
  @Uuid({ description: 'Whose data it is about: the client, or a person of the person system' }) personId: string;
  @OneOf(CONSENT_KINDS, { name: 'ConsentKind', example: 'disclosure' }) kind: ConsentKind;
  @OneOf(CONSENT_PURPOSES, { name: 'ConsentPurpose', example: 'referral' }) purpose: ConsentPurpose;
  @SomeOf(DATA_CATEGORIES, {
    optional: true,
    unique: true,
    description: 'Needed unless the kind is participation',
    example: ['identity', 'contact', 'health'],
  })
  categories?: DataCategory[];
  @NestedList(() => ConsentRecipient, {
    optional: true,
    description: 'Needed for disclosure, refused for participation',
  })
  recipients?: ConsentRecipient[];
  @OneOf(CONSENT_FORMS, { name: 'ConsentForm', example: 'written' }) form: ConsentForm;
  @Text({ optional: true, description: 'Name of the witness of an oral consent' }) witness?: string;
  @LongText({
    optional: true,
    max: 2000,
    description: 'Why consent to health data could only be given orally (sec. 67b (2) SGB X)',
  })
  specialCircumstances?: string;
  @Text({ max: 35, pattern: BCP47, description: 'Language it was explained in, BCP 47', example: 'de' })
  language: string;
  @Text({
    max: 60,
    description:
      'Version of the text that was explained; one of `GET /v1/consent-texts` in that language, as soon as the organisation keeps texts for the kind and purpose there',
    example: 'release-2026-01',
  })
  textVersion: string;
  @Nested(() => ConsentGiver) givenBy: ConsentGiver;
  @Nested(() => ConsentGiver, {
    optional: true,
    description: 'The second person, where two consent together (14 to 17 years)',
  })
  alsoBy?: ConsentGiver;
  @IsoDate({
    optional: true,
    description: 'Used to check who has to consent where the person’s record has no birth date; not stored',
    example: '1968-05-04',
  })
  personBirthDate?: string;
  @Bool({ description: 'What happens without the consent was explained; must be true', example: true })
  consequencesExplained: boolean;
  @Bool({ description: 'That it can be withdrawn at any time was explained; must be true', example: true })
  withdrawalExplained: boolean;
  @IsoDate({ optional: true, description: 'First day; today when left out' }) validFrom?: string;
  @IsoDate({ optional: true, description: 'Last day; open when left out', example: '2027-02-28' }) validUntil?: string;
  @Nested(() => ConsentEvidence) evidence: ConsentEvidence;
}

export class WithdrawConsentDto {
  @TextList({ optional: true, min: 1, unique: true, description: 'Only for these recipients' }) recipientIds?: string[];
  @SomeOf(DATA_CATEGORIES, { optional: true, min: 1, unique: true, description: 'Only for these categories' })
  categories?: DataCategory[];
  @LongText({ optional: true, max: 2000, description: 'Nobody has to give a reason' }) reason?: string;
}

export class CheckConsentDto {
  @Uuid({ optional: true, description: 'Whose data it is; the client of the case when left out' }) personId?: string;
  @Nested(() => ConsentRecipientRef) recipient: ConsentRecipientRef;
  @SomeOf(DATA_CATEGORIES, { min: 1, unique: true, example: ['identity', 'health'] }) categories: DataCategory[];
  @OneOf(CONSENT_PURPOSES, { name: 'ConsentPurpose', example: 'referral' }) purpose: ConsentPurpose;
}

export const CONSENT_STATES = ['valid', 'not_yet_valid', 'expired', 'came_of_age', 'withdrawn'] as const;

export class ConsentsQuery extends PageQuery {
  @OneOf(CONSENT_KINDS, { name: 'ConsentKind', optional: true }) kind?: ConsentKind;
  @OneOf(CONSENT_STATES, { name: 'ConsentState', optional: true, description: 'What they are worth today' })
  state?: string;
}
