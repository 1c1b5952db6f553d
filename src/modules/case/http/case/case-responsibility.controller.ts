import { Body, Controller, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { CaseResponsibilityService } from '../../application/case/case-responsibility.service';
import { PersonSystemService } from '../../application/case/person-system.service';
import { screeningDraft } from '../intake/case-request.dto';
import {
  HandOverCaseDto,
  PutDeputyDto,
  PutIntensityDto,
  PutMemberDto,
  RemoveMemberDto,
  ReopenCaseDto,
} from './case.dto';

@ApiTags('case')
@Controller({ version: '1' })
export class CaseResponsibilityController {
  constructor(
    private readonly responsibility: CaseResponsibilityService,
    private readonly personSystem: PersonSystemService,
  ) {}

  @Post('cases/:id/handover')
  @Operation({
    id: 'handOverCase',
    summary: 'Make another case manager responsible',
    description:
      'Assigning is a decision of the team lead or the head of the organisation, who keep the caseload within its limit; case managers name a deputy themselves. Everybody who was responsible stays in the record.',
    rules: ['CASE-7'],
    scope: 'case:assign',
    changes: true,
  })
  handOver(@Param('id', ParseUUIDPipe) id: string, @Body() body: HandOverCaseDto, @IfMatch() expected: Expected) {
    return this.responsibility.handOver(id, body, expected);
  }

  @Put('cases/:id/deputy')
  @Operation({
    id: 'nameDeputy',
    summary: 'Name the deputy, or nobody',
    rules: ['CASE-7'],
    scope: 'case:write',
    changes: true,
  })
  nameDeputy(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { deputy, reason }: PutDeputyDto,
    @IfMatch() expected: Expected,
  ) {
    return this.responsibility.nameDeputy(id, deputy, reason, expected);
  }

  @Put('cases/:id/intensity')
  @Operation({
    id: 'weighCase',
    summary: 'Set the weight in the caseload',
    rules: ['CASE-7'],
    scope: 'case:write',
    changes: true,
  })
  weigh(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { intensity, overLimitReason }: PutIntensityDto,
    @IfMatch() expected: Expected,
  ) {
    return this.responsibility.weigh(id, intensity, overLimitReason, expected);
  }

  @Post('cases/:id/reopening')
  @Operation({
    id: 'reopenCase',
    summary: 'Take up a closed case again',
    description:
      'The case goes back to clarification. The re-check answers all six criteria anew and is kept with the edition of the added questions; unless case management is still indicated, the case stays closed. A new agreement, which needs the consent, is signed before anything else.',
    rules: ['CASE-3', 'CASE-10'],
    scope: 'case:write',
    changes: true,
  })
  reopen(@Param('id', ParseUUIDPipe) id: string, @Body() body: ReopenCaseDto, @IfMatch() expected: Expected) {
    const { screening, ...terms } = body;
    const { answers = {} } = screening;
    return this.responsibility.reopen(id, { ...terms, screening: screeningDraft(screening), answers }, expected);
  }

  @Put('cases/:id/members/:personId')
  @Operation({
    id: 'putMember',
    summary: 'Add somebody to the person system, or correct their role',
    rules: ['CASE-5'],
    scope: 'case:write',
    changes: true,
  })
  putMember(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: PutMemberDto,
    @IfMatch() expected: Expected,
  ) {
    return this.personSystem.putMember(id, personId, body, expected);
  }

  @Post('cases/:id/members/:personId/removal')
  @Operation({
    id: 'removeMember',
    summary: 'Take somebody out of the person system',
    description: 'The record keeps that they belonged to it, and why they no longer do.',
    rules: ['CASE-5'],
    scope: 'case:write',
    changes: true,
  })
  removeMember(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() { reason }: RemoveMemberDto,
    @IfMatch() expected: Expected,
  ) {
    return this.personSystem.removeMember(id, personId, reason, expected);
  }
}
