import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { RecipientNoticeQueries } from '../application/recipient-notice.queries';
import { RecipientNoticeService } from '../application/recipient-notice.service';
import {
  RecipientNoticeView,
  RecipientNoticesQuery,
  TellRecipientDto,
  WaiveRecipientNoticeDto,
} from './recipient-notice.dto';

@ApiTags('data subjects')
@Controller({ path: 'recipient-notices', version: '1' })
export class RecipientNoticeController {
  constructor(
    private readonly notices: RecipientNoticeService,
    private readonly queries: RecipientNoticeQueries,
  ) {}

  @Get()
  @Operation({
    id: 'listRecipientNotices',
    summary: 'Recipients to be told of a correction, restriction or erasure, those due first before the others',
    description:
      'GDPR 19: a notice for everybody whom the disclosure register names, when a request for rectification is granted (wholly or partly), a restriction begins, one they were told of ends, or the file of a case is erased. With `open=true` the work list of the data protection officer. Persons see the recipients of their own data; of an erasure the notice names nobody.',
    rules: ['CONS-6', 'CONS-5'],
    scope: 'subject-request:read',
    lists: RecipientNoticeView,
  })
  list(@Query() query: RecipientNoticesQuery) {
    return this.queries.list(query);
  }

  @Get(':id')
  @Operation({
    id: 'getRecipientNotice',
    summary: 'One notice to a recipient',
    rules: ['CONS-6'],
    scope: 'subject-request:read',
    answers: RecipientNoticeView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Post(':id/telling')
  @Operation({
    id: 'tellRecipient',
    summary: 'Record that the recipient was told',
    rules: ['CONS-6'],
    scope: 'subject-request:process',
    changes: true,
  })
  tell(@Param('id', ParseUUIDPipe) id: string, @Body() body: TellRecipientDto, @IfMatch() expected: Expected) {
    return this.notices.tell(id, expected, body);
  }

  @Post(':id/waiver')
  @Operation({
    id: 'waiveRecipientNotice',
    summary: 'Record why the recipient is not told',
    description: 'Only where it proves impossible or would take an effort out of all proportion (GDPR 19).',
    rules: ['CONS-6'],
    scope: 'subject-request:process',
    changes: true,
  })
  waive(@Param('id', ParseUUIDPipe) id: string, @Body() body: WaiveRecipientNoticeDto, @IfMatch() expected: Expected) {
    return this.notices.waive(id, expected, body);
  }
}
