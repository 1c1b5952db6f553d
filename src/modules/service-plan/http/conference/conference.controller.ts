import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { ConferenceQueries } from '../../application/conference/conference.queries';
import { ConferenceService } from '../../application/conference/conference.service';
import {
  AnswerInvitationDto,
  CancelConferenceDto,
  ConferenceMinutesDto,
  ConferenceRow,
  ConferenceView,
  InviteDto,
  PlanConferenceDto,
  RearrangeConferenceDto,
  TakeOverDecisionDto,
} from './conference.dto';

const Id = () => Param('id', ParseUUIDPipe);

@ApiTags('conferences')
@Controller({ version: '1' })
export class ConferenceController {
  constructor(
    private readonly conferences: ConferenceService,
    private readonly queries: ConferenceQueries,
  ) {}

  @Post('cases/:caseId/conferences')
  @Operation({
    id: 'planConference',
    summary: 'Plan a conference',
    description: 'Joint when further linked cases are named: the case managers of all of them see and steer it.',
    rules: ['PLAN-4', 'CASE-11'],
    scope: 'plan:write',
    creates: 'conferences',
  })
  plan(
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() { kind, plannedOn, place, agenda, caseIds }: PlanConferenceDto,
  ) {
    return this.conferences.plan(caseId, kind, caseIds ?? [], { plannedOn, place: place ?? null, agenda });
  }

  @Get('cases/:caseId/conferences')
  @Operation({
    id: 'listConferences',
    summary: 'Conferences held for a case',
    rules: ['PLAN-4'],
    scope: 'plan:read',
    lists: ConferenceRow,
  })
  ofCase(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: PageQuery) {
    return this.queries.ofCase(caseId, query);
  }

  @Get('conferences/:id')
  @Operation({
    id: 'getConference',
    summary: 'One conference with its minutes',
    rules: ['PLAN-4'],
    scope: 'plan:read',
    answers: ConferenceView,
  })
  byId(@Id() id: string) {
    return this.queries.byId(id);
  }

  @Patch('conferences/:id')
  @Operation({
    id: 'rearrangeConference',
    summary: 'Change day, place or agenda',
    rules: ['PLAN-4'],
    scope: 'plan:write',
    changes: true,
  })
  rearrange(@Id() id: string, @IfMatch() expected: Expected, @Body() body: RearrangeConferenceDto) {
    return this.conferences.rearrange(id, expected, body);
  }

  @Post('conferences/:id/invitations')
  @Operation({
    id: 'inviteToConference',
    summary: 'Invite somebody',
    description:
      'Needs a release from confidentiality for the purpose conference in every case it is held for; the case managers of these cases need none, nor does a client in the own case. The invitation enters the disclosure register.',
    rules: ['PLAN-4', 'CONS-3', 'CONS-5'],
    scope: 'plan:write',
    changes: true,
  })
  invite(@Id() id: string, @IfMatch() expected: Expected, @Body() body: InviteDto) {
    return this.conferences.invite(id, expected, body);
  }

  @Post('conferences/:id/invitations/:invitationId/answer')
  @Operation({
    id: 'answerInvitation',
    summary: 'Record whether somebody invited comes',
    description:
      'Until every answer is there, or the conference was held or called off, the case manager finds it among what waits for others (`invitation_unanswered`).',
    rules: ['PLAN-4', 'CASE-9'],
    scope: 'plan:write',
    changes: true,
  })
  answer(
    @Id() id: string,
    @Param('invitationId', ParseUUIDPipe) invitationId: string,
    @IfMatch() expected: Expected,
    @Body() { answer, note }: AnswerInvitationDto,
  ) {
    return this.conferences.answer(id, expected, invitationId, { answer, note: note ?? null });
  }

  @Post('conferences/:id/minutes')
  @Operation({
    id: 'recordMinutes',
    summary: 'Record the minutes: participants, decisions and dissent',
    description: 'From then on the conference is held and its record fixed.',
    rules: ['PLAN-4'],
    scope: 'plan:write',
    changes: true,
  })
  recordMinutes(@Id() id: string, @IfMatch() expected: Expected, @Body() body: ConferenceMinutesDto) {
    const decisions = body.decisions.map(({ text, becomes, responsible }) => ({
      text,
      becomes,
      responsible: responsible ?? null,
    }));
    return this.conferences.recordMinutes(id, expected, { ...body, decisions, dissent: body.dissent ?? [] });
  }

  @Post('conferences/:id/cancellation')
  @Operation({
    id: 'cancelConference',
    summary: 'Call the conference off',
    rules: ['PLAN-4'],
    scope: 'plan:write',
    changes: true,
  })
  cancel(@Id() id: string, @IfMatch() expected: Expected, @Body() { reason }: CancelConferenceDto) {
    return this.conferences.cancel(id, expected, reason);
  }

  @Post('conferences/:id/decisions/:decisionId/takeover')
  @Operation({
    id: 'takeOverDecision',
    summary: 'Note which goal or measure a decision became',
    rules: ['PLAN-4'],
    scope: 'plan:write',
    changes: true,
  })
  takeOver(
    @Id() id: string,
    @Param('decisionId', ParseUUIDPipe) decisionId: string,
    @IfMatch() expected: Expected,
    @Body() { planId, goalId, measureId }: TakeOverDecisionDto,
  ) {
    return this.conferences.takeOver(id, expected, decisionId, {
      planId,
      goalId: goalId ?? null,
      measureId: measureId ?? null,
    });
  }
}
