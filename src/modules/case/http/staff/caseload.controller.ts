import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { BulkHandoverService } from '../../application/staff/bulk-handover.service';
import { CaseloadQueries } from '../../application/staff/caseload.queries';
import { WorkPolicyService } from '../../application/staff/work-policy.service';
import { BulkHandoverView, CaseloadRow, CaseloadView, HandOverCaseloadDto, ListCaseloadsQuery } from './caseload.dto';
import { PutWorkPolicyDto, WorkPolicyView } from './work-policy.dto';

@ApiTags('Staff')
@Controller({ version: '1' })
export class CaseloadController {
  constructor(
    private readonly caseloads: CaseloadQueries,
    private readonly policy: WorkPolicyService,
    private readonly bulk: BulkHandoverService,
  ) {}

  @Get('staff/:subject/caseload')
  @Operation({
    id: 'getCaseload',
    summary: 'What a case manager carries',
    description:
      'Weight against limit, the band this falls into, and the cases behind it, as far as you may see them; a case taken on beyond the limit carries the reason and who confirmed it.',
    rules: ['CASE-7'],
    scope: 'staff:read',
    answers: CaseloadView,
  })
  get(@Param('subject') subject: string) {
    return this.caseloads.get(subject);
  }

  @Post('staff/:subject/handover')
  @Operation({
    id: 'handOverCaseload',
    summary: 'Hand over the cases of somebody who is away or leaves',
    description:
      'All open cases of the case manager that you may assign, oldest first and up to 500 at a time, or those named. Each follows the rules of a single handover, the caseload limit of the receiver included; the answer tells for each what became of it. Those refused stay where they are. Given again it changes nothing more. Where no cases are named, the deputy roles go to the successor too, and follow-ups in the cases of others to who is responsible there; absences in which they stand in and teams they answer for are warned of.',
    rules: ['CASE-7'],
    scope: 'case:assign',
    answers: BulkHandoverView,
  })
  handOver(@Param('subject') subject: string, @Body() body: HandOverCaseloadDto) {
    return this.bulk.handOver(subject, body);
  }

  @Get('caseloads')
  @Operation({
    id: 'listCaseloads',
    summary: 'What the case managers on record carry',
    rules: ['CASE-7'],
    scope: 'staff:read',
    lists: CaseloadRow,
  })
  list(@Query() query: ListCaseloadsQuery) {
    return this.caseloads.list(query);
  }

  @Get('work-policy')
  @Operation({
    id: 'getWorkPolicy',
    summary: 'What the organisation has set about caseload',
    rules: ['CASE-7'],
    scope: 'staff:read',
    answers: WorkPolicyView,
  })
  getPolicy() {
    return this.policy.get();
  }

  @Put('work-policy')
  @Operation({
    id: 'putWorkPolicy',
    summary: 'Set limit, weights and bands of the caseload',
    description:
      'For the head of the organisation. As long as nothing was set the version is 0. Cases already assigned stay where they are, even if they go beyond a lower limit.',
    rules: ['CASE-7'],
    scope: 'case:assign',
    changes: true,
  })
  putPolicy(@Body() body: PutWorkPolicyDto, @IfMatch() expected: Expected) {
    return this.policy.set(body, expected);
  }
}
