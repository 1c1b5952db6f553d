import { Body, Controller, Delete, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { HandedNeeds } from '../../application/plan/handed-needs';
import { ServicePlanQueries } from '../../application/plan/service-plan.queries';
import { ServicePlanService } from '../../application/plan/service-plan.service';
import {
  GoalDto,
  GoalReceipt,
  HandedNeedsQuery,
  MeasureDto,
  MeasureReceipt,
  OpenPlanDto,
  PlanFrameDto,
  RemovalQuery,
} from './service-plan.dto';
import { HandedNeedRow, ServicePlanRow, ServicePlanView } from './service-plan.views';

/** Service plans and what their drafts say: goals and measures. */
@ApiTags('service plan')
@Controller({ version: '1' })
export class ServicePlanController {
  constructor(
    private readonly plans: ServicePlanService,
    private readonly queries: ServicePlanQueries,
    private readonly needs: HandedNeeds,
  ) {}

  @Get('cases/:caseId/handed-needs')
  @Operation({
    id: 'listHandedNeeds',
    summary: 'Needs and resources that assessments handed over, latest first',
    description: 'A reassessment takes the place of the result before; `show=all` answers these too.',
    rules: ['PLAN-1', 'ASMT-5', 'ASMT-6'],
    scope: 'plan:read',
    lists: HandedNeedRow,
  })
  handedNeeds(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: HandedNeedsQuery) {
    return this.needs.list(caseId, query);
  }

  @Post('cases/:caseId/service-plans')
  @Operation({
    id: 'openServicePlan',
    summary: 'Open a service plan',
    description:
      'The case is in service planning, linking or monitoring, and an assessment has handed over needs. One open plan per person of the case.',
    rules: ['PLAN-1'],
    scope: 'plan:write',
    creates: 'service-plans',
  })
  open(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: OpenPlanDto) {
    return this.plans.open(caseId, body);
  }

  @Get('cases/:caseId/service-plans')
  @Operation({
    id: 'listServicePlans',
    summary: 'Service plans of a case, latest first',
    rules: ['PLAN-1'],
    scope: 'plan:read',
    lists: ServicePlanRow,
  })
  list(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: PageQuery) {
    return this.queries.ofCase(caseId, query);
  }

  @Get('service-plans/:id')
  @Operation({
    id: 'getServicePlan',
    summary: 'A service plan as it stands: the draft where there is one',
    rules: ['PLAN-1', 'PLAN-2', 'PLAN-3'],
    scope: 'plan:read',
    answers: ServicePlanView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Put('service-plans/:id')
  @Operation({
    id: 'changePlanFrame',
    summary: 'Set planning mode, horizon and the reason of subsidiarity of a draft',
    rules: ['PLAN-1', 'PLAN-2'],
    scope: 'plan:write',
    changes: true,
  })
  changeFrame(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: PlanFrameDto) {
    return this.plans.changeFrame(id, expected, body);
  }

  @Post('service-plans/:id/goals')
  @Operation({
    id: 'addGoal',
    summary: 'Add a goal to the draft',
    description:
      'A draft may leave open what the agreement asks for. Signatures on the draft are taken back by every change.',
    rules: ['PLAN-1', 'PLAN-7'],
    scope: 'plan:write',
    creates: 'service-plans',
    changes: true,
    answers: GoalReceipt,
  })
  addGoal(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: GoalDto) {
    return this.plans.addGoal(id, expected, body);
  }

  @Put('service-plans/:id/goals/:goalId')
  @Operation({
    id: 'changeGoal',
    summary: 'Word a goal of the draft anew',
    rules: ['PLAN-1'],
    scope: 'plan:write',
    changes: true,
  })
  changeGoal(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('goalId', ParseUUIDPipe) goalId: string,
    @IfMatch() expected: Expected,
    @Body() body: GoalDto,
  ) {
    return this.plans.changeGoal(id, expected, goalId, body);
  }

  @Delete('service-plans/:id/goals/:goalId')
  @Operation({
    id: 'removeGoal',
    summary: 'Take a goal out of the draft',
    description: 'Goals and measures that served it are detached from it and have to be placed anew.',
    rules: ['PLAN-1', 'PLAN-3'],
    scope: 'plan:write',
    changes: true,
  })
  removeGoal(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('goalId', ParseUUIDPipe) goalId: string,
    @IfMatch() expected: Expected,
    @Query() { reason }: RemovalQuery,
  ) {
    return this.plans.removeGoal(id, expected, goalId, reason);
  }

  @Post('service-plans/:id/measures')
  @Operation({
    id: 'addMeasure',
    summary: 'Add a measure to the draft',
    description: 'One responsible party: the client, an informal helper, a provider or the case manager.',
    rules: ['PLAN-2'],
    scope: 'plan:write',
    creates: 'service-plans',
    changes: true,
    answers: MeasureReceipt,
  })
  addMeasure(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: MeasureDto) {
    return this.plans.addMeasure(id, expected, body);
  }

  @Put('service-plans/:id/measures/:measureId')
  @Operation({
    id: 'changeMeasure',
    summary: 'Word a measure of the draft anew',
    rules: ['PLAN-2'],
    scope: 'plan:write',
    changes: true,
  })
  changeMeasure(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('measureId', ParseUUIDPipe) measureId: string,
    @IfMatch() expected: Expected,
    @Body() body: MeasureDto,
  ) {
    return this.plans.changeMeasure(id, expected, measureId, body);
  }

  @Delete('service-plans/:id/measures/:measureId')
  @Operation({
    id: 'removeMeasure',
    summary: 'Take a measure out of the draft',
    description: 'A running measure is ended first.',
    rules: ['PLAN-2', 'PLAN-3'],
    scope: 'plan:write',
    changes: true,
  })
  removeMeasure(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('measureId', ParseUUIDPipe) measureId: string,
    @IfMatch() expected: Expected,
    @Query() { reason }: RemovalQuery,
  ) {
    return this.plans.removeMeasure(id, expected, measureId, reason);
  }
}
