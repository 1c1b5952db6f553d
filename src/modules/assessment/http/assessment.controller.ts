import { Body, Controller, Get, Param, ParseEnumPipe, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { PageQuery } from '../../../shared/http/page';
import { AssessmentQueries } from '../application/assessment.queries';
import { AssessmentService } from '../application/assessment.service';
import { PERSPECTIVES, type PerspectiveKind } from '../domain/perspective';
import {
  CompleteAssessmentDto,
  ExplainMissingPerspectiveDto,
  GivePerspectiveDto,
  RecordAssessmentResultDto,
  StartAssessmentDto,
} from './assessment.dto';
import { AssessmentRow, AssessmentView, ComparisonView } from './assessment.views';

const perspectivePipe = new ParseEnumPipe(Object.fromEntries(PERSPECTIVES.map((p) => [p, p])));

@ApiTags('assessment')
@Controller({ version: '1' })
export class AssessmentController {
  constructor(
    private readonly assessments: AssessmentService,
    private readonly queries: AssessmentQueries,
  ) {}

  @Post('cases/:caseId/assessments')
  @Operation({
    id: 'startAssessment',
    summary: 'Begin an assessment of one person',
    description:
      'Planned and limited in time; each family member may have an own one. The case is in the phase assessment and somebody consents to take part.',
    rules: ['ASMT-2', 'ASMT-3', 'CASE-6'],
    scope: 'assessment:write',
    creates: 'assessments',
  })
  start(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: StartAssessmentDto) {
    return this.assessments.start(caseId, body);
  }

  @Get('cases/:caseId/assessments')
  @Operation({
    id: 'listAssessments',
    summary: 'Assessments of a case, latest first',
    rules: ['ASMT-3'],
    scope: 'assessment:read',
    lists: AssessmentRow,
  })
  list(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: PageQuery) {
    return this.queries.list(caseId, query);
  }

  @Get('assessments/:id')
  @Operation({
    id: 'getAssessment',
    summary: 'An assessment with its perspectives and result',
    rules: ['ASMT-2', 'ASMT-3', 'ASMT-4'],
    scope: 'assessment:read',
    answers: AssessmentView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Get('assessments/:id/comparison')
  @Operation({
    id: 'compareAssessment',
    summary: 'What each side answered, side by side',
    description:
      'Item by item with every side’s own scores. Nothing is averaged across sides: differences are for talking about.',
    rules: ['ASMT-2'],
    scope: 'assessment:read',
    answers: ComparisonView,
  })
  comparison(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.comparison(id);
  }

  @Put('assessments/:id/perspectives/:perspective')
  @ApiParam({ name: 'perspective', enum: [...PERSPECTIVES], description: 'Whose view it is' })
  @Operation({
    id: 'givePerspective',
    summary: 'Answer the instrument from one side',
    description:
      'Replaces earlier answers of the same side. Clients give their own view; staff give the case manager’s, record those of third parties (told apart by `respondent.key`), and write down the client’s answers on the client’s behalf. Questions may be left out.',
    rules: ['ASMT-2'],
    scope: 'assessment:answer',
    changes: true,
  })
  give(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('perspective', perspectivePipe) perspective: PerspectiveKind,
    @IfMatch() expected: Expected,
    @Body() body: GivePerspectiveDto,
  ) {
    return this.assessments.give(id, expected, { perspective, ...body });
  }

  @Post('assessments/:id/missing-perspectives')
  @Operation({
    id: 'explainMissingPerspective',
    summary: 'Record why a side does not answer',
    rules: ['ASMT-2', 'ASMT-5'],
    scope: 'assessment:write',
    changes: true,
  })
  explainMissing(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expected: Expected,
    @Body() body: ExplainMissingPerspectiveDto,
  ) {
    return this.assessments.explainMissing(id, expected, body.perspective, body.reason);
  }

  @Put('assessments/:id/result')
  @Operation({
    id: 'recordAssessmentResult',
    summary: 'Record needs, resources and what else came out',
    description:
      'The whole result is replaced. Keep the ids of needs and resources that stay: the service plan refers to them.',
    rules: ['ASMT-4'],
    scope: 'assessment:write',
    changes: true,
  })
  recordResult(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expected: Expected,
    @Body() body: RecordAssessmentResultDto,
  ) {
    return this.assessments.recordResult(id, expected, body);
  }

  @Post('assessments/:id/completion')
  @Operation({
    id: 'completeAssessment',
    summary: 'Complete an assessment with the client’s agreement',
    description:
      'Everything that is missing is named at once in `unmet`. A completed assessment does not change any more; its needs and resources go to the service plan.',
    rules: ['ASMT-5'],
    scope: 'assessment:write',
    changes: true,
  })
  complete(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: CompleteAssessmentDto) {
    return this.assessments.complete(id, expected, body.clientAgreement);
  }
}
