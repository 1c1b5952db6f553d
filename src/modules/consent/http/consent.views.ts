import {
  Bool,
  Instant,
  Int,
  IsoDate,
  Nested,
  NestedList,
  OneOf,
  SomeOf,
  Text,
  TextList,
  Uuid,
} from '../../../shared/http/fields';
import {
  CONSENT_FORMS,
  CONSENT_KINDS,
  CONSENT_PURPOSES,
  DATA_CATEGORIES,
  MISSING_REASONS,
  RECIPIENT_KINDS,
} from '../domain/words';
import { CONSENT_STATES, ConsentEvidence, ConsentGiver, ConsentRecipient } from './consent.dto';

/** One withdrawal; empty lists mean "all of them" on that side. */
export class WithdrawalView {
  @Instant() at: string;
  @Text({ description: 'Subject of whoever withdrew' }) by: string;
  @Bool({ description: 'Nothing of the consent is left' }) whole: boolean;
  @TextList() recipientIds: string[];
  @TextList() categories: string[];
  @Text({ nullable: true, max: 2000 }) reason: string | null;
}

export class ConsentView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() caseId: string;
  @Uuid() personId: string;
  @OneOf(CONSENT_KINDS, { name: 'ConsentKind' }) kind: string;
  @OneOf(CONSENT_STATES, {
    name: 'ConsentState',
    description: 'What it is worth today; parts may be withdrawn although it is valid',
  })
  state: string;
  @OneOf(CONSENT_PURPOSES, { name: 'ConsentPurpose' }) purpose: string;
  @SomeOf(DATA_CATEGORIES) categories: string[];
  @NestedList(() => ConsentRecipient) recipients: ConsentRecipient[];
  @OneOf(CONSENT_FORMS, { name: 'ConsentForm' }) form: string;
  @Text({ nullable: true }) witness: string | null;
  @Text({ nullable: true, max: 2000 }) specialCircumstances: string | null;
  @Text({ max: 35 }) language: string;
  @Text({ max: 60 }) textVersion: string;
  @Uuid({ nullable: true, description: 'The text that was shown; null where the organisation keeps it elsewhere' })
  textId: string | null;
  @Text({ nullable: true, min: 64, max: 64, description: 'SHA-256 of the text that was shown' }) textSha256:
    string | null;
  @Nested(() => ConsentGiver) givenBy: ConsentGiver;
  @Nested(() => ConsentGiver, { nullable: true }) alsoBy: ConsentGiver | null;
  @OneOf(['guardian_alone', 'together', 'adult', 'unchecked'], {
    name: 'AgeGroup',
    description: 'The age rule it was given under',
  })
  ageGroup: string;
  @Bool() consequencesExplained: boolean;
  @Bool() withdrawalExplained: boolean;
  @IsoDate() validFrom: string;
  @IsoDate({ nullable: true, example: '2027-02-28' }) validUntil: string | null;
  @Nested(() => ConsentEvidence) evidence: ConsentEvidence;
  @Text({ description: 'Subject of whoever obtained it' }) obtainedBy: string;
  @Instant() obtainedAt: string;
  @NestedList(() => WithdrawalView, { max: 1000 }) withdrawals: WithdrawalView[];
}

export class MissingCategory {
  @OneOf(DATA_CATEGORIES, { name: 'DataCategory' }) category: string;
  @OneOf(MISSING_REASONS, { name: 'MissingReason', example: 'expired' }) reason: string;
}

/** The same sentence in both languages. */
export class ConsentExplanation {
  @Text({ max: 1000 }) en: string;
  @Text({ max: 1000 }) de: string;
}

export class ConsentCheckView {
  @Bool() allowed: boolean;
  @Uuid({ description: 'Whose data the answer is about' }) personId: string;
  @Uuid({ nullable: true, description: 'The release relied on; null when the answer is no' }) consentId: string | null;
  @Uuid({ nullable: true, description: 'The exception relied on instead (CONS-4)' }) exceptionId: string | null;
  @IsoDate({ nullable: true, description: 'Last day on which the yes counts; null while it is open-ended, or a no' })
  until: string | null;
  @NestedList(() => MissingCategory) missing: MissingCategory[];
  @Nested(() => ConsentExplanation) explanation: ConsentExplanation;
}

const DISCLOSURE_FLOWS = [
  ...['referral', 'conference_invitation', 'informed_party', 'linked_case', 'plan_copy'],
  ...['joint_steering', 'case_transfer'],
];

/** Whom it went to; the name is the one the consent uses. */
export class DisclosureRecipient {
  @OneOf(RECIPIENT_KINDS, { name: 'RecipientKind' }) kind: string;
  @Text() id: string;
  @Text({ nullable: true }) name: string | null;
}

export class DisclosureView {
  @Uuid() id: string;
  @Uuid() caseId: string;
  @OneOf(DISCLOSURE_FLOWS, { name: 'DisclosureFlow' }) flow: string;
  @Uuid({ description: 'The referral, conference, case or plan the data left with' }) sourceId: string;
  @Nested(() => DisclosureRecipient) recipient: DisclosureRecipient;
  @OneOf(CONSENT_PURPOSES, { name: 'ConsentPurpose' }) purpose: string;
  @SomeOf(DATA_CATEGORIES) categories: string[];
  @OneOf(['consent', 'exception'], { name: 'DisclosureBasis' }) basis: string;
  @Uuid({ nullable: true }) consentId: string | null;
  @Uuid({ nullable: true }) exceptionId: string | null;
  @Instant() disclosedAt: string;
}
