import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { GatekeepingDecisionQueries } from '../../application/casework/gatekeeping-decision.queries';
import { GatekeepingDecisionService } from '../../application/casework/gatekeeping-decision.service';
import {
  AnnounceGatekeepingDto,
  DecideGatekeepingDto,
  GatekeepingDecisionView,
  ListGatekeepingQuery,
  ReviseGatekeepingDto,
  gatekeepingTerms,
} from './gatekeeping-decision.dto';

@ApiTags('Gatekeeping')
@Controller({ version: '1' })
export class GatekeepingDecisionController {
  constructor(
    private readonly decisions: GatekeepingDecisionService,
    private readonly queries: GatekeepingDecisionQueries,
  ) {}

  @Post('cases/:caseId/gatekeeping-decisions')
  @Operation({
    id: 'decideGatekeeping',
    summary: 'Grant or refuse a collectively funded service',
    description:
      'A refusal offers an alternative; a refusal, also in part, tells how to object, when and how the person was told so. What is granted states its cost.',
    rules: ['CASE-13'],
    scope: 'case:write',
    creates: 'gatekeeping-decisions',
  })
  decide(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: DecideGatekeepingDto) {
    return this.decisions.decide(caseId, gatekeepingTerms(body));
  }

  @Get('cases/:caseId/gatekeeping-decisions')
  @Operation({
    id: 'listGatekeepingDecisions',
    summary: 'The gatekeeping decisions of a case, latest first',
    description: 'A client sees the decisions that were announced to them.',
    rules: ['CASE-13'],
    scope: 'case:read',
    lists: GatekeepingDecisionView,
  })
  list(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: ListGatekeepingQuery) {
    return this.queries.list(caseId, query);
  }

  @Get('gatekeeping-decisions/:id')
  @Operation({
    id: 'getGatekeepingDecision',
    summary: 'A gatekeeping decision',
    rules: ['CASE-13'],
    scope: 'case:read',
    answers: GatekeepingDecisionView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Post('gatekeeping-decisions/:id/revisions')
  @Operation({
    id: 'reviseGatekeepingDecision',
    summary: 'Decide anew in place of an earlier decision',
    description:
      'The earlier decision stays as it was and names the new one; If-Match is its version. Possible after the end of the case, because objections outlive it. The new decision is announced on its own.',
    rules: ['CASE-13'],
    scope: 'case:write',
    creates: 'gatekeeping-decisions',
    changes: true,
  })
  revise(@Param('id', ParseUUIDPipe) id: string, @Body() body: ReviseGatekeepingDto, @IfMatch() expected: Expected) {
    return this.decisions.revise(id, gatekeepingTerms(body), body.revisionReason, expected);
  }

  @Post('gatekeeping-decisions/:id/announcement')
  @Operation({
    id: 'announceGatekeepingDecision',
    summary: 'Record that the client was told',
    description: 'From then on the client can read the decision.',
    rules: ['CASE-13'],
    scope: 'case:write',
    changes: true,
  })
  announce(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { on, way }: AnnounceGatekeepingDto,
    @IfMatch() expected: Expected,
  ) {
    return this.decisions.announce(id, on, way, expected);
  }
}
