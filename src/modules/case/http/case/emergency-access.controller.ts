import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { CaseService } from '../../application/case/case.service';
import { EmergencyAccessQueries } from '../../application/case/emergency-access.queries';
import { EmergencyAccessService } from '../../application/case/emergency-access.service';
import {
  AskForEmergencyAccessDto,
  EmergencyAccessView,
  ListEmergencyAccessesQuery,
  PutCaseProtectionDto,
  ReviewEmergencyAccessDto,
} from './emergency-access.dto';

@ApiTags('Emergency access')
@Controller({ version: '1' })
export class EmergencyAccessController {
  constructor(
    private readonly accesses: EmergencyAccessService,
    private readonly queries: EmergencyAccessQueries,
    private readonly cases: CaseService,
  ) {}

  @Post('cases/:caseId/emergency-accesses')
  @Operation({
    id: 'askForEmergencyAccess',
    summary: 'Read a case in an emergency that is not yours',
    description:
      'Opens any case of the organisation at once, for at most four hours and for reading only: consents, assessments, plan, referrals, medication and journal with it. Use it by sending `Lotse-Purpose: emergency` with the reads; each is entered in the access log with that purpose. The responsible case manager finds it on the work list at once, and somebody else reviews it within three working days. A protected case opens only when a second person approves (warning `approval-needed`).',
    rules: ['QA-9'],
    scope: 'case:emergency',
    creates: 'emergency-accesses',
  })
  ask(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: AskForEmergencyAccessDto) {
    const { reasonCode, justification, minutes } = body;
    return this.accesses.ask(caseId, { reasonCode, justification, minutes });
  }

  @Get('emergency-accesses')
  @Operation({
    id: 'listEmergencyAccesses',
    summary: 'Emergency accesses, latest first',
    description:
      'Your own, and those to cases you answer for; the data protection officer sees all. The monthly list is `month=2026-03`, what is still to be reviewed `review=open` and `review=overdue`.',
    rules: ['QA-9'],
    scope: 'emergency:read',
    lists: EmergencyAccessView,
  })
  list(@Query() query: ListEmergencyAccessesQuery) {
    return this.queries.list(query);
  }

  @Get('emergency-accesses/:id')
  @Operation({
    id: 'getEmergencyAccess',
    summary: 'An emergency access',
    rules: ['QA-9'],
    scope: 'emergency:read',
    answers: EmergencyAccessView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Post('emergency-accesses/:id/approval')
  @Operation({
    id: 'approveEmergencyAccess',
    summary: 'Let somebody into a protected case',
    description: 'By a second person, within four hours; the minutes count from now on.',
    rules: ['QA-9'],
    scope: 'emergency:review',
    changes: true,
  })
  approve(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.accesses.approve(id, expected);
  }

  @Post('emergency-accesses/:id/review')
  @Operation({
    id: 'reviewEmergencyAccess',
    summary: 'Say whether an emergency access was right',
    description:
      'By somebody who neither read nor approved; due within three working days. One that was not right is over at once.',
    rules: ['QA-9'],
    scope: 'emergency:review',
    changes: true,
  })
  review(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { outcome, note }: ReviewEmergencyAccessDto,
    @IfMatch() expected: Expected,
  ) {
    return this.accesses.review(id, outcome, note, expected);
  }

  @Post('emergency-accesses/:id/ending')
  @Operation({
    id: 'endEmergencyAccess',
    summary: 'Close an emergency access before its time',
    description: 'By who reads, or by who may review it.',
    rules: ['QA-9'],
    scope: 'emergency:read',
    changes: true,
  })
  end(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.accesses.end(id, expected);
  }

  @Put('cases/:id/protection')
  @Operation({
    id: 'putCaseProtection',
    summary: 'Protect a case, or lift its protection',
    description:
      'For the case of a colleague, or of somebody publicly known: nobody reads it in an emergency without the approval of a second person. Emergency accesses that are open stay so.',
    rules: ['CASE-7'],
    scope: 'case:assign',
    changes: true,
  })
  protect(@Param('id', ParseUUIDPipe) id: string, @Body() body: PutCaseProtectionDto, @IfMatch() expected: Expected) {
    return this.cases.protect(id, body.protected, body.reason, expected);
  }
}
