import { Int, IsoDate, LongText, Nested, NestedList, OneOf, Text } from '../../../../shared/http/fields';
import { PARTIES, type Party, SIGNATURE_FORMS, type SignatureForm } from '../../domain/plan/plan-content';

const PROVIDER_ID = '0198c2f0-5c1e-7a31-9d55-1f2e3d4c5b6a';
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export class SignPlanDto {
  @OneOf(PARTIES, { name: 'SigningParty', example: 'client' }) party: Party;
  @OneOf(SIGNATURE_FORMS, { name: 'SignatureForm', example: 'written' }) form: SignatureForm;
  @Text({ description: 'Name of the person who signs', example: 'Mr X' }) name: string;
  @IsoDate() signedOn: string;
  @Text({
    optional: true,
    nullable: true,
    max: 500,
    description: 'Where the signed paper is kept; needed when somebody else’s signature is recorded',
    example: 'file 2026/17, sheet 9',
  })
  evidence?: string | null;
}

/** The client's copy. */
export class PlanCopyDto {
  @IsoDate() on: string;
  @Text({ max: 35, pattern: LANGUAGE, description: 'Language the client understands, BCP 47', example: 'de' })
  language: string;
}

/** Somebody who is informed of the plan. */
export class InformedPartyDto {
  @OneOf(['organisation', 'person'], { name: 'RecipientKind', example: 'organisation' }) kind:
    'organisation' | 'person';
  @Text({
    description: 'Id of the provider in the directory, subject of the staff member, or id of the person',
    example: PROVIDER_ID,
  })
  id: string;
}

export class AgreePlanDto {
  @IsoDate({
    optional: true,
    nullable: true,
    description: 'Review of the plan; six months after the agreement when left out, never later',
    example: '2026-08-31',
  })
  reviewOn?: string | null;
  @Int({ min: 1, max: 26, description: 'Contact every so many weeks', example: 2 }) contactEveryWeeks: number;
  @Nested(() => PlanCopyDto) copyHandedOver: PlanCopyDto;
  @NestedList(() => InformedPartyDto, {
    max: 50,
    description: 'Who is informed now; each within a consent for coordination that covers the service plan',
  })
  knownTo: InformedPartyDto[];
}

export class RevisePlanDto {
  @LongText({ max: 2000, description: 'Why the plan changes', example: 'Housing is secured; debt advice moves up' })
  reason: string;
}
