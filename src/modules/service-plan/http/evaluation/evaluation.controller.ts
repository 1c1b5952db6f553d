import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { EvaluationQueries } from '../../application/evaluation/evaluation.queries';
import { EvaluationService } from '../../application/evaluation/evaluation.service';
import {
  DescribeEvaluationDto,
  EvaluationRow,
  EvaluationView,
  ExplainMissingRatingDto,
  OpenEvaluationDto,
  RateEvaluationDto,
} from './evaluation.dto';

const Id = () => Param('id', ParseUUIDPipe);
const rules = ['PLAN-8'];

@ApiTags('evaluations')
@Controller({ version: '1' })
export class EvaluationController {
  constructor(
    private readonly evaluations: EvaluationService,
    private readonly queries: EvaluationQueries,
  ) {}

  @Post('cases/:caseId/evaluations')
  @Operation({
    id: 'openEvaluation',
    summary: 'Open the evaluation of a plan',
    description: 'Once the case has come to the phase evaluation.',
    rules,
    scope: 'plan:write',
    creates: 'evaluations',
  })
  open(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() { planId }: OpenEvaluationDto) {
    return this.evaluations.open(caseId, planId);
  }

  @Get('cases/:caseId/evaluations')
  @Operation({
    id: 'listEvaluations',
    summary: 'Evaluations of a case',
    rules,
    scope: 'plan:read',
    lists: EvaluationRow,
  })
  ofCase(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: PageQuery) {
    return this.queries.ofCase(caseId, query);
  }

  @Get('evaluations/:id')
  @Operation({ id: 'getEvaluation', summary: 'One evaluation', rules, scope: 'plan:read', answers: EvaluationView })
  byId(@Id() id: string) {
    return this.queries.byId(id);
  }

  @Post('evaluations/:id/ratings')
  @Operation({
    id: 'rateEvaluation',
    summary: 'Rate the help process as a participant',
    description:
      'Clients rate as client, providers with a referral of the case as provider, the case manager as case_manager; the case manager may enter ratings of others with onBehalf. A new rating replaces the earlier one. Send If-Match: * where you cannot read the evaluation.',
    rules,
    scope: 'plan:rate',
    changes: true,
  })
  rate(@Id() id: string, @IfMatch() expected: Expected, @Body() body: RateEvaluationDto) {
    const { side, providerId = null, onBehalf = null, otherHelpNeeded = null, comment = null } = body;
    const { goalsReached, satisfaction, helpEffective, stillNeeded } = body;
    const verdict = { goalsReached, satisfaction, helpEffective, stillNeeded, otherHelpNeeded, comment };
    return this.evaluations.rate(id, expected, { side, providerId, verdict, onBehalf });
  }

  @Post('evaluations/:id/missing-ratings')
  @Operation({
    id: 'explainMissingRating',
    summary: 'Record why a side does not rate',
    rules,
    scope: 'plan:write',
    changes: true,
  })
  explainMissing(
    @Id() id: string,
    @IfMatch() expected: Expected,
    @Body() { side, providerId, reason }: ExplainMissingRatingDto,
  ) {
    return this.evaluations.explainMissing(
      id,
      expected,
      { side, providerId: side === 'provider' ? (providerId ?? null) : null },
      reason,
    );
  }

  @Patch('evaluations/:id')
  @Operation({
    id: 'describeEvaluation',
    summary: 'Write down what came of the help process',
    description:
      'What changed, aftercare, handover to regular structures, lessons for the network, effort, appointment with the client.',
    rules,
    scope: 'plan:write',
    changes: true,
  })
  describe(@Id() id: string, @IfMatch() expected: Expected, @Body() body: DescribeEvaluationDto) {
    return this.evaluations.describe(id, expected, body);
  }

  @Post('evaluations/:id/recording')
  @Operation({
    id: 'recordEvaluation',
    summary: 'Record the evaluation for good',
    description:
      '"unmet" explains what is missing. Effort and goal attainment are fixed with it; nothing of it changes afterwards.',
    rules: ['PLAN-8', 'PLAN-7'],
    scope: 'plan:write',
    changes: true,
  })
  record(@Id() id: string, @IfMatch() expected: Expected) {
    return this.evaluations.recordResults(id, expected);
  }
}
