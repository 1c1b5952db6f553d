import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { DataDisputeQueries } from '../application/data-dispute.queries';
import { DataDisputeService } from '../application/data-dispute.service';
import {
  DataDisputeView,
  DataDisputesQuery,
  DisputeDataDto,
  UpholdRecordDto,
  WithdrawDisputeDto,
} from './data-dispute.dto';

@ApiTags('data subjects')
@Controller({ path: 'data-disputes', version: '1' })
export class DataDisputeController {
  constructor(
    private readonly disputes: DataDisputeService,
    private readonly queries: DataDisputeQueries,
  ) {}

  @Post()
  @Operation({
    id: 'disputeData',
    summary: 'Contest the accuracy of a record',
    description:
      'GDPR 16, 18: any record held about the person, by whoever works on its case, by the data protection officer, or from the own account. From now on every answer with this record in it names it in the header `Lotse-Disputed`.',
    rules: ['CONS-6'],
    scope: 'dispute:write',
    creates: 'data-disputes',
  })
  record(@Body() body: DisputeDataDto) {
    return this.disputes.record(body);
  }

  @Get()
  @Operation({
    id: 'listDataDisputes',
    summary: 'Contested records, the latest first',
    description:
      'With `caseId` those of a case, with `recordId` what is said against one record. Persons see their own.',
    rules: ['CONS-6'],
    scope: 'dispute:read',
    lists: DataDisputeView,
  })
  list(@Query() query: DataDisputesQuery) {
    return this.queries.list(query);
  }

  @Get(':id')
  @Operation({
    id: 'getDataDispute',
    summary: 'One contested record and what the person says instead',
    rules: ['CONS-6'],
    scope: 'dispute:read',
    answers: DataDisputeView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Post(':id/correction')
  @Operation({
    id: 'settleDisputeByCorrection',
    summary: 'The record was corrected: the mark goes',
    description:
      'Correct the record first. The version with the correction is put on record, and whoever was given data of the person is to be told (GDPR 19), unless a request for rectification takes care of that.',
    rules: ['CONS-6'],
    scope: 'dispute:settle',
    changes: true,
  })
  correct(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.disputes.correct(id, expected);
  }

  @Post(':id/upholding')
  @Operation({
    id: 'upholdDisputedRecord',
    summary: 'The record stays as it is: the mark and the counter statement stay with it',
    description:
      'Shown to be true, or the truth cannot be found out; then it may be used with the mark alone (sec. 84 (2) SGB X).',
    rules: ['CONS-6'],
    scope: 'dispute:settle',
    changes: true,
  })
  uphold(@Param('id', ParseUUIDPipe) id: string, @Body() body: UpholdRecordDto, @IfMatch() expected: Expected) {
    return this.disputes.uphold(id, expected, body);
  }

  @Post(':id/withdrawal')
  @Operation({
    id: 'withdrawDataDispute',
    summary: 'The person does not contest the record any more: the mark goes',
    rules: ['CONS-6'],
    scope: 'dispute:write',
    changes: true,
  })
  withdraw(@Param('id', ParseUUIDPipe) id: string, @Body() body: WithdrawDisputeDto, @IfMatch() expected: Expected) {
    return this.disputes.withdraw(id, expected, body.reason ?? null);
  }
}
