import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { ConsentExceptionQueries } from '../application/consent-exception.queries';
import { ConsentExceptionService } from '../application/consent-exception.service';
import {
  ConsentExceptionView,
  ConsentExceptionsQuery,
  EndExceptionDto,
  InformOfExceptionDto,
  InvokeExceptionDto,
} from './consent-exception.dto';

@ApiTags('consent')
@Controller({ version: '1' })
export class ConsentExceptionController {
  constructor(
    private readonly exceptions: ConsentExceptionService,
    private readonly queries: ConsentExceptionQueries,
  ) {}

  @Post('cases/:caseId/consent-exceptions')
  @Operation({
    id: 'invokeConsentException',
    summary: 'Decide to pass data on without consent',
    description:
      'Duty of care or a legal duty: what, to whom, until when, on which norm and why. It counts at once for the flows it names; a second person confirms it within 24 hours, otherwise it lapses.',
    rules: ['CONS-4'],
    scope: 'exception:write',
    creates: 'consent-exceptions',
  })
  invoke(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: InvokeExceptionDto) {
    return this.exceptions.invoke(caseId, body);
  }

  @Get('consent-exceptions')
  @Operation({
    id: 'listConsentExceptions',
    summary: 'Every exception the reader may see, latest first: the audit list',
    rules: ['CONS-4'],
    scope: 'exception:read',
    lists: ConsentExceptionView,
  })
  list(@Query() query: ConsentExceptionsQuery) {
    return this.queries.list(query);
  }

  @Get('consent-exceptions/:id')
  @Operation({
    id: 'getConsentException',
    summary: 'One exception with its reasons and its course',
    rules: ['CONS-4'],
    scope: 'exception:read',
    answers: ConsentExceptionView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Post('consent-exceptions/:id/confirmation')
  @Operation({
    id: 'confirmConsentException',
    summary: 'Confirm an exception as the second person',
    rules: ['CONS-4'],
    scope: 'exception:confirm',
    changes: true,
  })
  confirm(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.exceptions.confirm(id, expected);
  }

  @Post('consent-exceptions/:id/rejection')
  @Operation({
    id: 'rejectConsentException',
    summary: 'Reject an exception as the second person',
    description: 'It stops at once, and what was sent relying on it stops with it. What left before stays on record.',
    rules: ['CONS-4'],
    scope: 'exception:confirm',
    changes: true,
  })
  reject(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: EndExceptionDto) {
    return this.exceptions.reject(id, expected, body.reason);
  }

  @Post('consent-exceptions/:id/end')
  @Operation({
    id: 'endConsentException',
    summary: 'End an exception that is no longer needed',
    rules: ['CONS-4'],
    scope: 'exception:write',
    changes: true,
  })
  end(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: EndExceptionDto) {
    return this.exceptions.end(id, expected, body.reason);
  }

  @Post('consent-exceptions/:id/client-informing')
  @Operation({
    id: 'informClientOfException',
    summary: 'Record that the client was told afterwards, or why not',
    description:
      'Until then a follow-up stays open, and the client’s disclosure register does not show the disclosure.',
    rules: ['CONS-4'],
    scope: 'exception:write',
    changes: true,
  })
  inform(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: InformOfExceptionDto) {
    return this.exceptions.informClient(id, expected, body);
  }
}
