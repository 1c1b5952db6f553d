import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { PageQuery } from '../../../../shared/http/page';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { FollowUpQueries } from '../../application/casework/follow-up.queries';
import { FollowUpService } from '../../application/casework/follow-up.service';
import {
  CompleteFollowUpDto,
  FollowUpRow,
  FollowUpView,
  ListFollowUpsQuery,
  NoteFollowUpDto,
  RescheduleFollowUpDto,
  WorklistQuery,
} from './follow-up.dto';

@ApiTags('Follow-ups')
@Controller({ version: '1' })
export class FollowUpController {
  constructor(
    private readonly followUps: FollowUpService,
    private readonly queries: FollowUpQueries,
  ) {}

  @Post('cases/:caseId/follow-ups')
  @Operation({
    id: 'noteFollowUp',
    summary: 'Note a follow-up',
    rules: ['CASE-9'],
    scope: 'case:write',
    creates: 'follow-ups',
  })
  note(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: NoteFollowUpDto) {
    return this.followUps.note(caseId, body);
  }

  @Get('cases/:caseId/follow-ups')
  @Operation({
    id: 'listFollowUps',
    summary: 'The follow-ups of a case by due date',
    description: 'An internal list: clients see none of it.',
    rules: ['CASE-9'],
    scope: 'case:read',
    lists: FollowUpRow,
  })
  list(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: ListFollowUpsQuery) {
    return this.queries.ofCase(caseId, query);
  }

  @Get('follow-ups/:id')
  @Operation({
    id: 'getFollowUp',
    summary: 'A follow-up',
    rules: ['CASE-9'],
    scope: 'case:read',
    answers: FollowUpView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Post('follow-ups/:id/completion')
  @Operation({
    id: 'completeFollowUp',
    summary: 'Complete a follow-up',
    rules: ['CASE-9'],
    scope: 'case:write',
    changes: true,
  })
  complete(@Param('id', ParseUUIDPipe) id: string, @Body() body: CompleteFollowUpDto, @IfMatch() expected: Expected) {
    return this.followUps.complete(id, body.note ?? null, expected);
  }

  @Post('follow-ups/:id/reschedule')
  @Operation({
    id: 'rescheduleFollowUp',
    summary: 'Move a follow-up to another day',
    rules: ['CASE-9'],
    scope: 'case:write',
    changes: true,
  })
  reschedule(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: RescheduleFollowUpDto,
    @IfMatch() expected: Expected,
  ) {
    return this.followUps.reschedule(id, body.dueOn, body.reason ?? null, expected);
  }

  @Get('worklist')
  @Operation({
    id: 'getWorklist',
    summary: 'My open follow-ups by due date',
    description:
      'Own ones, those that events made (`cause`) and that close themselves when their cause is gone, and those of an absent colleague you stand in for. Invitations and offered cases of other organisations come before who answers for the organisation (`getWorkPolicy`, `owners`), and have no case. "Mine today" is `due=today&waiting=false`, what waits for others `waiting=true`. "Today" is the calendar day in Germany.',
    rules: ['CASE-9', 'CASE-11', 'CASE-12'],
    scope: 'case:read',
    lists: FollowUpRow,
  })
  worklist(@Query() query: WorklistQuery) {
    return this.queries.worklist(query);
  }

  @Get('worklist/escalated')
  @Operation({
    id: 'getEscalatedWork',
    summary: 'What was brought before me because it is overdue for long',
    description:
      'Once a day, what is overdue for longer than the organisation allows (`getWorkPolicy`, `days.escalation`) is brought before the owner of the team, once. It stays with whom it is assigned to.',
    rules: ['CASE-9'],
    scope: 'case:read',
    lists: FollowUpRow,
  })
  escalated(@Query() query: PageQuery) {
    return this.queries.escalated(query);
  }
}
