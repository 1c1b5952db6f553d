import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { JointSteeringQueries } from '../../application/steering/joint-steering.queries';
import { JointSteeringService } from '../../application/steering/joint-steering.service';
import { InviteToSteeringDto, JointSteeringView, RecallSteeringDto } from './joint-steering.dto';

/** The owner's side of joint steering with another organisation. */
@ApiTags('joint steering')
@Controller({ version: '1' })
export class JointSteeringController {
  constructor(
    private readonly steerings: JointSteeringService,
    private readonly queries: JointSteeringQueries,
  ) {}

  @Post('cases/:caseId/joint-steerings')
  @Operation({
    id: 'inviteToSteering',
    summary: 'Invite another organisation to steer a case jointly',
    description:
      'For the parts named, until the day named, relying on one release of the client for the purpose `joint_steering` whose recipient is the organisation (kind `organisation`, its id) and that covers the data category of every part: identity → `identity`, plan → `service_plan`, conference → `conference_minutes`, notes → `journal`, assessment_result → `assessment_result`. Nothing is open before it accepts. It ends at once with that release, with the client’s participation, with the case, after the last day, and when either side ends it.',
    rules: ['CASE-11', 'CONS-3'],
    scope: 'case:write',
    creates: 'joint-steerings',
  })
  invite(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: InviteToSteeringDto) {
    return this.steerings.invite(caseId, { ...body, contributions: body.contributions ?? [] });
  }

  @Get('cases/:caseId/joint-steerings')
  @Operation({
    id: 'listJointSteerings',
    summary: 'Organisations that steer a case jointly, or did',
    rules: ['CASE-11'],
    scope: 'case:read',
    lists: JointSteeringView,
  })
  ofCase(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: PageQuery) {
    return this.queries.ofCase(caseId, query);
  }

  @Get('joint-steerings/:id')
  @Operation({
    id: 'getJointSteering',
    summary: 'One joint steering of an own case',
    rules: ['CASE-11'],
    scope: 'case:read',
    answers: JointSteeringView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Post('joint-steerings/:id/recall')
  @Operation({
    id: 'recallSteering',
    summary: 'Take the invitation back, or end the joint steering',
    description:
      'From this moment on the other organisation reads nothing more; a reading under way is finished first.',
    rules: ['CASE-11'],
    scope: 'case:write',
    changes: true,
  })
  recall(@Param('id', ParseUUIDPipe) id: string, @Body() { reason }: RecallSteeringDto, @IfMatch() expected: Expected) {
    return this.steerings.recall(id, reason, expected);
  }
}
