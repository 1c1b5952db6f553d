import {
  Bool,
  Instant,
  Int,
  IsoDate,
  LongText,
  Nested,
  OneOf,
  SomeOf,
  Text,
  TextList,
  Uuid,
} from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import type { ExceptionKind, LegalBasis } from '../domain/exception-words';
import { EXCEPTION_KINDS, EXCEPTION_STATES, LEGAL_BASES } from '../domain/exception-words';
import type { ConsentPurpose, DataCategory } from '../domain/words';
import { CONSENT_PURPOSES, DATA_CATEGORIES } from '../domain/words';
import { ConsentRecipient } from './consent.dto';

/** Consultation of a specialist for child protection. */
export class SpecialistConsultation {
  @Bool({ example: true }) consulted: boolean;
  @Bool({ description: 'Asked without names (sec. 4 (2) KKG)', example: true }) pseudonymised: boolean;
  @LongText({ optional: true, max: 2000, description: 'What came of it, or why nobody was consulted' }) note?: string;
}

/** Whether those concerned were told before. */
export class PriorNotice {
  @Bool({ example: true }) given: boolean;
  @LongText({ optional: true, max: 2000, description: 'Why not; for instance because it would endanger the child' })
  reason?: string;
}

export class InvokeExceptionDto {
  @Uuid({ description: 'Whose data it is: the client, or a person of the person system' }) personId: string;
  @OneOf(EXCEPTION_KINDS, { name: 'ExceptionKind', example: 'child_abuse' }) kind: ExceptionKind;
  @OneOf(LEGAL_BASES, { name: 'LegalBasis', example: 'KKG_4_3', description: 'The norm it rests on' })
  legalBasis: LegalBasis;
  @LongText({ description: 'What was seen or heard', example: 'Bruises on two visits; the child tells of blows.' })
  facts: string;
  @LongText({
    max: 4000,
    description: 'Why the consent could not be had, and which milder means were considered',
    example: 'Talked with both parents, who refuse any help.',
  })
  milderMeans: string;
  @TextList({ min: 1, max: 20, description: 'Who else assessed the danger', example: ['Team lead'] })
  assessedWith: string[];
  @Nested(() => SpecialistConsultation, { optional: true, description: 'Needed for child abuse' })
  specialist?: SpecialistConsultation;
  @Nested(() => PriorNotice) priorNotice: PriorNotice;
  @OneOf(CONSENT_PURPOSES, { name: 'ConsentPurpose', example: 'coordination' }) purpose: ConsentPurpose;
  @SomeOf(DATA_CATEGORIES, {
    min: 1,
    unique: true,
    description: 'As little as serves',
    example: ['identity', 'situation'],
  })
  categories: DataCategory[];
  @Nested(() => ConsentRecipient) recipient: ConsentRecipient;
  @IsoDate({ description: 'Last day; at most 90 days from today' }) validUntil: string;
}

export class EndExceptionDto {
  @LongText({ max: 2000, example: 'The danger is averted.' }) reason: string;
}

export class InformOfExceptionDto {
  @IsoDate({ optional: true, description: 'The day on which the client was told' }) informedOn?: string;
  @LongText({ optional: true, max: 2000, description: 'How; needed with the day', example: 'In a talk at home' })
  how?: string;
  @LongText({ optional: true, max: 2000, description: 'Why the client is not told; instead of the day' })
  reason?: string;
}

export class InformingView {
  @IsoDate({ nullable: true }) informedOn: string | null;
  @LongText({ nullable: true }) how: string | null;
  @LongText({ nullable: true }) reason: string | null;
  @Text() by: string;
  @Instant() at: string;
}

export class ConsentExceptionView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @OneOf(EXCEPTION_STATES, { name: 'ExceptionState', description: 'What it is worth now' }) state: string;
  @Uuid() caseId: string;
  @Uuid() personId: string;
  @OneOf(EXCEPTION_KINDS, { name: 'ExceptionKind' }) kind: string;
  @OneOf(LEGAL_BASES, { name: 'LegalBasis' }) legalBasis: string;
  @LongText({ nullable: true, description: 'null: the person was erased, and nothing opens it any more' })
  facts: string | null;
  @LongText({ nullable: true }) milderMeans: string | null;
  @TextList() assessedWith: string[];
  @Nested(() => SpecialistConsultation, { nullable: true }) specialist: SpecialistConsultation | null;
  @Nested(() => PriorNotice) priorNotice: PriorNotice;
  @OneOf(CONSENT_PURPOSES, { name: 'ConsentPurpose' }) purpose: string;
  @SomeOf(DATA_CATEGORIES) categories: string[];
  @Nested(() => ConsentRecipient) recipient: ConsentRecipient;
  @IsoDate() validUntil: string;
  @Text({ description: 'Subject of whoever invoked it' }) invokedBy: string;
  @Instant() invokedAt: string;
  @Instant({ description: 'Until when a second person has to confirm it' }) confirmBy: string;
  @Text({ nullable: true }) confirmedBy: string | null;
  @Instant({ nullable: true }) confirmedAt: string | null;
  @Text({ nullable: true }) endedBy: string | null;
  @Instant({ nullable: true }) endedAt: string | null;
  @LongText({ nullable: true }) endReason: string | null;
  @Nested(() => InformingView, { nullable: true, description: 'null: the client is still to be told' })
  informing: InformingView | null;
}

export class ConsentExceptionsQuery extends PageQuery {
  @Uuid({ optional: true }) caseId?: string;
  @OneOf(EXCEPTION_STATES, { name: 'ExceptionState', optional: true, description: 'What they are worth now' })
  state?: string;
  @Bool({ optional: true, description: 'false: where the client is still to be told' }) clientInformed?: boolean;
}
