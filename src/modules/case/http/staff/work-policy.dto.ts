import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsDefined, IsInt, Max, Min } from 'class-validator';
import { Int, Nested, NestedList, Text } from '../../../../shared/http/fields';
import { DEFAULT_POLICY } from '../../domain/staff/work-policy.values';

const TEAM_LEAD = '5b1f0c52-7a44-4d6e-8f00-000000000003';

/** What a case of intensity 1 … 5 weighs. */
const Weights = () =>
  applyDecorators(
    ApiProperty({
      type: 'array',
      items: { type: 'integer', format: 'int32', minimum: 1, maximum: 100 },
      minItems: 5,
      maxItems: 5,
      description: 'What a case of intensity 1, 2, 3, 4 and 5 weighs; never falling',
      example: DEFAULT_POLICY.weights,
    }),
    IsDefined(),
    IsArray(),
    ArrayMinSize(5),
    ArrayMaxSize(5),
    IsInt({ each: true }),
    Min(1, { each: true }),
    Max(100, { each: true }),
  );

export class CaseloadBand {
  @Text({ max: 40, pattern: /^[a-z][a-z_]*$/, description: 'Name of the band', example: 'free' }) band: string;
  @Int({
    min: 1,
    max: 1000,
    nullable: true,
    description: 'Up to and including this share of the limit, in percent; null for the last band',
    example: 80,
  })
  upToPercent: number | null;
}

export class WorkOwner {
  @Text({
    max: 100,
    nullable: true,
    description: 'Team; null: all teams that have no owner of their own',
    example: 'hospital',
  })
  team: string | null;
  @Text({ description: 'Subject of the team lead, or of another member of staff', example: TEAM_LEAD }) subject: string;
}

const within = (description: string, example: number) => ({ min: 1, max: 366, description, example });

export class WorkDaysDto {
  @Int(within('From the opening of a case to the signed agreement', 14)) agreement: number;
  @Int(within('From the sending of a referral to its answer', 14)) referralAnswer: number;
  @Int(within('Between two contacts with the client', 30)) contact: number;
  @Int(within('From the beginning of the planning, or of a change of the plan, to the signed service plan', 28))
  plan: number;
  @Int(within('From the invitation to a conference to the answer', 7)) invitationAnswer: number;
  @Int(within('From the beginning of the evaluation to its record', 14)) evaluation: number;
  @Int(within('Before the last day of a consent that nothing takes over from', 30)) consentEnding: number;
  @Int(within('How long work may be overdue before the owner of the team learns of it', 7)) escalation: number;
}

export class PutWorkPolicyDto {
  @Int({
    min: 1,
    max: 500,
    description: 'Weight a case manager may carry where the staff record sets no other',
    example: 40,
  })
  caseloadLimit: number;
  @Weights() weights: number[];
  @NestedList(() => CaseloadBand, {
    min: 1,
    max: 10,
    description: 'Bands of the caseload, lowest first',
    example: DEFAULT_POLICY.bands,
  })
  bands: CaseloadBand[];
  @NestedList(() => WorkOwner, {
    max: 200,
    description:
      'Who answers where nobody is named: for an absence without a deputy, for work that is overdue for long, and for what other organisations invite to or offer (the one of the organisation, or else of the first team)',
  })
  owners: WorkOwner[];
  @Nested(() => WorkDaysDto, { description: 'After how many days work is due, or brought before the owner' })
  days: WorkDaysDto;
}

export class WorkPolicyView extends PutWorkPolicyDto {
  @Int({ min: 0, max: 2_147_483_647, description: '0: nothing was set yet, these are the starting values' })
  version: number;
}
