import { Body, Controller, Get, Param, ParseIntPipe, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { PlanAgreementService } from '../../application/plan/plan-agreement.service';
import { ServicePlanQueries } from '../../application/plan/service-plan.queries';
import { AgreePlanDto, RevisePlanDto, SignPlanDto } from './plan-agreement.dto';
import { EditionDiffView, PlanEditionRow, PlanEditionView } from './plan-edition.views';

/** From the signatures on a draft to the frozen edition, and on to the next one. */
@ApiTags('service plan')
@Controller({ path: 'service-plans/:id', version: '1' })
export class PlanAgreementController {
  constructor(
    private readonly agreements: PlanAgreementService,
    private readonly queries: ServicePlanQueries,
  ) {}

  @Post('signatures')
  @Operation({
    id: 'signPlan',
    summary: 'Sign the draft, or record a signature given on paper',
    description:
      'Clients sign for themselves, electronically. The case manager signs, and records what client or representative signed on paper, with the place where the paper is kept. The ETag is that of the draft that was read.',
    rules: ['PLAN-3'],
    scope: 'plan:sign',
    changes: true,
  })
  sign(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: SignPlanDto) {
    return this.agreements.sign(id, expected, body);
  }

  @Post('agreement')
  @Operation({
    id: 'agreePlan',
    summary: 'Agree the signed draft: freeze it as the edition in force',
    description:
      'Refused with everything that is missing in `unmet` and the goals and measures concerned in `faults`. Rolling planning asks only for the goals of the next step. Whoever is named in knownTo is informed within consent.',
    rules: ['PLAN-1', 'PLAN-2', 'PLAN-3', 'CONS-3', 'CONS-5'],
    scope: 'plan:write',
    changes: true,
  })
  agree(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: AgreePlanDto) {
    return this.agreements.agree(id, expected, body);
  }

  @Post('revision')
  @Operation({
    id: 'revisePlan',
    summary: 'Begin a new edition of an agreed plan',
    description: 'The edition before stays in force until the new one is signed and agreed.',
    rules: ['PLAN-3'],
    scope: 'plan:write',
    changes: true,
  })
  revise(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() { reason }: RevisePlanDto) {
    return this.agreements.revise(id, expected, reason);
  }

  @Get('editions')
  @Operation({
    id: 'listPlanEditions',
    summary: 'Editions agreed so far, latest first',
    rules: ['PLAN-3'],
    scope: 'plan:read',
    lists: PlanEditionRow,
  })
  editions(@Param('id', ParseUUIDPipe) id: string, @Query() query: PageQuery) {
    return this.queries.editions(id, query);
  }

  @Get('editions/:edition')
  @Operation({
    id: 'getPlanEdition',
    summary: 'An edition as it was signed',
    rules: ['PLAN-3'],
    scope: 'plan:read',
    answers: PlanEditionView,
  })
  edition(@Param('id', ParseUUIDPipe) id: string, @Param('edition', ParseIntPipe) edition: number) {
    return this.queries.edition(id, edition);
  }

  @Get('editions/:edition/diff')
  @Operation({
    id: 'getPlanEditionDiff',
    summary: 'What an edition changes against the one before',
    description:
      'Goals and measures added, removed with their reason, and changed field by field. The first edition is compared with nothing.',
    rules: ['PLAN-3'],
    scope: 'plan:read',
    answers: EditionDiffView,
  })
  diff(@Param('id', ParseUUIDPipe) id: string, @Param('edition', ParseIntPipe) edition: number) {
    return this.queries.diff(id, edition);
  }
}
