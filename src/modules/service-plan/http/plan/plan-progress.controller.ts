import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PlanProgressService } from '../../application/plan/plan-progress.service';
import { ServicePlanQueries } from '../../application/plan/service-plan.queries';
import { EndMeasureDto, RateGoalDto } from './service-plan.dto';
import { GoalAttainmentView } from './service-plan.views';

/** How the measures and goals of the edition in force get on. */
@ApiTags('service plan')
@Controller({ path: 'service-plans/:id', version: '1' })
export class PlanProgressController {
  constructor(
    private readonly progress: PlanProgressService,
    private readonly queries: ServicePlanQueries,
  ) {}

  @Post('measures/:measureId/start')
  @Operation({
    id: 'startMeasure',
    summary: 'A measure begins',
    description: 'Only measures of an agreed edition begin. Measures that a referral serves begin with it.',
    rules: ['PLAN-2', 'PLAN-5'],
    scope: 'plan:write',
    changes: true,
  })
  start(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('measureId', ParseUUIDPipe) measureId: string,
    @IfMatch() expected: Expected,
  ) {
    return this.progress.startMeasure(id, expected, measureId);
  }

  @Post('measures/:measureId/end')
  @Operation({
    id: 'endMeasure',
    summary: 'A measure ends, completed or discontinued',
    rules: ['PLAN-2'],
    scope: 'plan:write',
    changes: true,
  })
  end(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('measureId', ParseUUIDPipe) measureId: string,
    @IfMatch() expected: Expected,
    @Body() body: EndMeasureDto,
  ) {
    return this.progress.endMeasure(id, expected, measureId, body);
  }

  @Post('goal-ratings')
  @Operation({
    id: 'rateGoal',
    summary: 'Rate how far a goal is reached, −2 to +2',
    description:
      'Against the levels described for the goal before the period started. Clients and providers rate from their own side, providers only goals that their measures serve; the case manager records any of them.',
    rules: ['PLAN-7'],
    scope: 'plan:rate',
    creates: 'service-plans',
    changes: true,
  })
  rate(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: RateGoalDto) {
    return this.progress.rate(id, expected, body);
  }

  @Get('goal-attainment')
  @Operation({
    id: 'getGoalAttainment',
    summary: 'Goal attainment: T-score, where each goal stands, and all ratings',
    rules: ['PLAN-7'],
    scope: 'plan:read',
    answers: GoalAttainmentView,
  })
  attainment(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.attainment(id);
  }
}
