import {
  Bool,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  SomeOf,
  Text,
  Uuid,
  UuidList,
} from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';
import { DATA_CATEGORIES } from '../../../consent';
import {
  CASE_FLAGS,
  CASE_STATUSES,
  CLOSURE_REASONS,
  CM_MODELS,
  INFORMED_OF_ROLES,
  MEMBER_ROLES,
  SIGNATORY_ROLES,
} from '../../domain/case/case.values';
import type { AgreementTerms, CaseFlag, CaseStatus, ClosureReason, Member } from '../../domain/case/case.values';
import { PHASES, type Phase } from '../../domain/case/phases';
import { FIELDS_OF_PRACTICE } from '../../domain/intake/intake.words';
import { DraftScreeningDto } from '../intake/case-request.dto';

export const CASE_MANAGER = '5b1f0c52-7a44-4d6e-8f00-000000000001';
const OVER_LIMIT = {
  max: 2000,
  optional: true,
  description:
    'Why the caseload limit is exceeded; counts only when given by somebody who may assign cases (team lead)',
} as const;

export class OpenCaseDto {
  @Uuid({ description: 'The indicated request the case is made of' }) requestId: string;
  @Text({
    optional: true,
    description: 'Subject of the responsible case manager; you when left out. Naming others needs case:assign',
    example: CASE_MANAGER,
  })
  responsible?: string;
  @Text({
    optional: true,
    description: 'Team the case belongs to; your team when you have exactly one',
    example: 'hospital',
  })
  team?: string;
  @Int({
    min: 1,
    max: 5,
    default: 1,
    optional: true,
    description: 'Weight in the caseload: 1 light … 5 very intense',
    example: 2,
  })
  intensity?: number;
  @LongText(OVER_LIMIT) overLimitReason?: string;
}

/** What the client was told before signing. */
export class InformedClient {
  @Bool({ description: 'What case management is; must be true', example: true }) whatCmIs: boolean;
  @Bool({ description: 'Rights and duties of both sides; must be true', example: true }) rightsAndDuties: boolean;
  @Bool({ description: 'How and to whom to complain; must be true', example: true }) complaintWay: boolean;
}

export class AgreementSignatory {
  @Text({ example: 'Mr X' }) name: string;
  @OneOf(SIGNATORY_ROLES, { name: 'SignatoryRole', example: 'client' }) role: (typeof SIGNATORY_ROLES)[number];
}

export class SignAgreementDto implements AgreementTerms {
  @Nested(() => InformedClient) informed: InformedClient;
  @OneOf(CM_MODELS, {
    name: 'CmModel',
    description: 'general: steering only; accompanying: the same professional also delivers a service',
    example: 'general',
  })
  model: (typeof CM_MODELS)[number];
  @LongText({ optional: true, max: 4000, description: 'Accompanying model: which tasks belong to which role' })
  roleSplit?: string;
  @SomeOf(INFORMED_OF_ROLES, {
    optional: true,
    unique: true,
    description: 'Accompanying model: who was told of the two roles; all three are needed',
  })
  roleSplitKnownTo?: (typeof INFORMED_OF_ROLES)[number][];
  @LongText({
    max: 4000,
    description: 'What the case manager is mandated to do',
    example: 'Coordinate the return home after the stroke.',
  })
  mandate: string;
  @IsoDate({ description: 'Not in the future' }) signedOn: string;
  @NestedList(() => AgreementSignatory, {
    min: 1,
    max: 20,
    description: 'At least the client or representative, and the case manager',
  })
  signatories: AgreementSignatory[];
}

export const PARTY_KINDS = ['organisation', 'person'] as const;

export class InformedPartyRecipient {
  @OneOf(PARTY_KINDS, { name: 'PartyKind', example: 'organisation' }) kind: (typeof PARTY_KINDS)[number];
  @Text({
    description: 'Id of the provider in the directory, subject of the staff member, or id of the person',
    example: '0198c2f0-5c1e-7a31-9d55-1f2e3d4c5b6a',
  })
  id: string;
  @Text({ example: 'Family doctor' }) name: string;
}

export class InformPartyDto {
  @Nested(() => InformedPartyRecipient) recipient: InformedPartyRecipient;
  @Text({ optional: true, description: 'What part the party plays', example: 'family doctor' }) role?: string;
  @SomeOf(DATA_CATEGORIES, {
    min: 1,
    unique: true,
    description: 'What the party is told',
    example: ['identity', 'contact'],
  })
  categories: string[];
}

export class ChangePhaseDto {
  @OneOf(PHASES, { name: 'Phase', example: 'assessment' }) to: Phase;
  @LongText({ max: 2000, example: 'Agreement signed, assessment can begin.' }) reason: string;
}

export class RecordUnreachableDto {
  @IsoDate({ description: 'Since when; not in the future' }) since: string;
  @LongText({ max: 4000, description: 'What was tried', example: 'Three calls, two letters, one visit at home.' })
  attempts: string;
}

export class SuspendCaseDto {
  @LongText({ max: 2000, example: 'Rehabilitation away from home.' }) reason: string;
  @IsoDate({ description: 'When the case is taken up again; in the future', example: '2026-06-01' }) resubmitOn: string;
}

export class CloseCaseDto {
  @OneOf(CLOSURE_REASONS, { name: 'ClosureReason', example: 'goals_achieved' }) reason: ClosureReason;
  @LongText({ max: 4000, description: 'How the case ended, and what was handed to whom' }) note: string;
}

export class ReopenCaseDto {
  @LongText({ max: 2000, example: 'Second stroke.' }) reason: string;
  @LongText({ max: 4000, description: 'What the re-check of the indication found' }) recheck: string;
  @Nested(() => DraftScreeningDto, { description: 'The re-check: all six criteria with reasons, competence, lead' })
  screening: DraftScreeningDto;
  @LongText(OVER_LIMIT) overLimitReason?: string;
}

export class HandOverCaseDto {
  @Text({ description: 'Subject of the case manager who takes over', example: CASE_MANAGER }) to: string;
  @LongText({ max: 2000, example: 'Parental leave.' }) reason: string;
  @Text({ optional: true, description: 'Team the case belongs to from now on; unchanged when left out' }) team?: string;
  @LongText(OVER_LIMIT) overLimitReason?: string;
}

export class PutDeputyDto {
  @Text({ nullable: true, description: 'Subject of the deputy; null for nobody', example: CASE_MANAGER }) deputy:
    string | null;
  @LongText({ optional: true, max: 2000 }) reason?: string;
}

export class PutIntensityDto {
  @Int({ min: 1, max: 5, example: 3 }) intensity: number;
  @LongText(OVER_LIMIT) overLimitReason?: string;
}

export class PutMemberDto {
  @OneOf(MEMBER_ROLES, { name: 'MemberRole', example: 'child' }) role: Member['role'];
  @Bool({ description: 'Legal guardian of the client', example: false }) legalGuardian: boolean;
  @LongText({ optional: true, max: 2000, description: 'What a guardian or representative may decide' })
  representationScope?: string;
  @UuidList({
    optional: true,
    unique: true,
    max: 10,
    description: 'Legal guardians of this member: the client or other persons of the person system',
  })
  guardianIds?: string[];
}

export class RemoveMemberDto {
  @LongText({ max: 2000, example: 'Moved out.' }) reason: string;
}

export class CasesQuery extends PageQuery {
  @OneOf(PHASES, { name: 'Phase', optional: true }) phase?: Phase;
  @OneOf(CASE_STATUSES, { name: 'CaseStatus', optional: true }) status?: CaseStatus;
  @Text({ optional: true, description: '`me`, or the subject of a case manager', example: 'me' }) responsible?: string;
  @Text({ optional: true, description: '`me`, or the subject of a deputy', example: 'me' }) deputy?: string;
  @Text({ optional: true, max: 100, example: 'hospital' }) team?: string;
  @OneOf(CASE_FLAGS, {
    name: 'CaseFlag',
    optional: true,
    description:
      'What stands out: something overdue; an acute danger raised at the beginning; carried beyond the caseload limit; no agreement in force; the closing procedure has begun (consent withdrawn, client unreachable)',
    example: 'no_agreement',
  })
  flag?: CaseFlag;
  @IsoDate({ optional: true, description: 'Something is due next on this day or later' }) dueFrom?: string;
  @IsoDate({ optional: true, description: 'Something is due next on this day or before' }) dueUntil?: string;
  @OneOf(['latest', 'oldest', 'due'], {
    optional: true,
    description:
      'By opening, latest first when left out; `due`: those on whose work list something is open, by the day it is due, which is also the order of `dueFrom`, `dueUntil` and `flag=overdue`',
  })
  sort?: 'latest' | 'oldest' | 'due';
  @OneOf(FIELDS_OF_PRACTICE, { name: 'FieldOfPractice', optional: true }) fieldOfPractice?: string;
}

/** What a list of cases is filtered by, with words of the client's name. */
export class SearchCasesDto extends CasesQuery {
  @Text({
    max: 100,
    example: 'Mei',
    description:
      'Words of the client’s name in any order: each a whole name, the beginning of one from three letters on, or from four on one that sounds alike',
  })
  text: string;
}
