import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../../shared/http/operation';
import { MonitoringQueries } from '../../application/monitoring/monitoring.queries';
import { MonitoringService } from '../../application/monitoring/monitoring.service';
import { MonitoringQuery, MonitoringView, RecordMonitoringDto } from './monitoring.dto';

@ApiTags('monitoring')
@Controller({ version: '1' })
export class MonitoringController {
  constructor(
    private readonly monitoring: MonitoringService,
    private readonly queries: MonitoringQueries,
  ) {}

  @Post('service-plans/:planId/monitoring')
  @Operation({
    id: 'recordMonitoring',
    summary: 'Record how a measure or goal stands',
    description:
      'Delivered as agreed? Does it help? Accepted by the client? Does the cooperation work? A deviation leads to a reasoned decision.',
    rules: ['PLAN-6'],
    scope: 'plan:write',
    creates: 'monitoring',
  })
  record(@Param('planId', ParseUUIDPipe) planId: string, @Body() body: RecordMonitoringDto) {
    const { source, on } = body;
    const { measureId = null, goalId = null, deliveredAsAgreed = null, effect = null, acceptedByClient = null } = body;
    const { cooperationWorking = null, deviation = null, decision = null, reason = null } = body;
    return this.monitoring.record(planId, {
      ...{ source, on, measureId, goalId, deliveredAsAgreed, effect, acceptedByClient },
      ...{ cooperationWorking, deviation, decision, reason },
    });
  }

  @Get('service-plans/:planId/monitoring')
  @Operation({
    id: 'listMonitoring',
    summary: 'What was seen of a plan, latest first',
    rules: ['PLAN-6'],
    scope: 'plan:read',
    lists: MonitoringView,
  })
  ofPlan(@Param('planId', ParseUUIDPipe) planId: string, @Query() query: MonitoringQuery) {
    return this.queries.ofPlan(planId, query);
  }

  @Get('monitoring/:id')
  @Operation({
    id: 'getMonitoring',
    summary: 'One monitoring record',
    rules: ['PLAN-6'],
    scope: 'plan:read',
    answers: MonitoringView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }
}
