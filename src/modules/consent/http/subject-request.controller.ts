import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { SubjectRequestQueries } from '../application/subject-request.queries';
import { SubjectRequestService } from '../application/subject-request.service';
import {
  ConfirmIdentityDto,
  DecideSubjectRequestDto,
  ExtendSubjectRequestDto,
  FileSubjectRequestDto,
  SubjectRequestStepDto,
  SubjectRequestView,
  SubjectRequestsQuery,
} from './subject-request.dto';

@ApiTags('data subjects')
@Controller({ path: 'subject-requests', version: '1' })
export class SubjectRequestController {
  constructor(
    private readonly requests: SubjectRequestService,
    private readonly queries: SubjectRequestQueries,
  ) {}

  @Post()
  @Operation({
    id: 'fileSubjectRequest',
    summary: 'File a request of a person about their own data',
    description:
      'Access (GDPR 15), rectification (16), restriction (18), erasure (17) or objection (21), as it came in, by whomever. From the own account only kind and wish are needed, and the identity counts as checked. It is to be answered within a month.',
    rules: ['CONS-6'],
    scope: 'subject-request:file',
    creates: 'subject-requests',
  })
  file(@Body() body: FileSubjectRequestDto) {
    return this.requests.file(body);
  }

  @Get()
  @Operation({
    id: 'listSubjectRequests',
    summary: 'Requests about own data, those due first before the others',
    description: 'With `open=true` the work list of the data protection officer. Persons see their own.',
    rules: ['CONS-6'],
    scope: 'subject-request:read',
    lists: SubjectRequestView,
  })
  list(@Query() query: SubjectRequestsQuery) {
    return this.queries.list(query);
  }

  @Get(':id')
  @Operation({
    id: 'getSubjectRequest',
    summary: 'One request about own data',
    rules: ['CONS-6'],
    scope: 'subject-request:read',
    answers: SubjectRequestView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Post(':id/identity-check')
  @Operation({
    id: 'confirmIdentityOfAsker',
    summary: 'Record how it was made sure who asks',
    rules: ['CONS-6'],
    scope: 'subject-request:process',
    changes: true,
  })
  identity(@Param('id', ParseUUIDPipe) id: string, @Body() body: ConfirmIdentityDto, @IfMatch() expected: Expected) {
    return this.requests.confirmIdentity(id, expected, body.proof, body.note ?? null);
  }

  @Post(':id/extension')
  @Operation({
    id: 'extendSubjectRequest',
    summary: 'Take two months more',
    description: 'Once, and only if the person was told of it and of the reason within the first month (GDPR 12 (3)).',
    rules: ['CONS-6'],
    scope: 'subject-request:process',
    changes: true,
  })
  extend(@Param('id', ParseUUIDPipe) id: string, @Body() body: ExtendSubjectRequestDto, @IfMatch() expected: Expected) {
    return this.requests.extend(id, expected, body);
  }

  @Post(':id/steps')
  @Operation({
    id: 'addSubjectRequestStep',
    summary: 'Put a step of the work on record',
    rules: ['CONS-6'],
    scope: 'subject-request:process',
    changes: true,
  })
  step(@Param('id', ParseUUIDPipe) id: string, @Body() body: SubjectRequestStepDto, @IfMatch() expected: Expected) {
    return this.requests.addStep(id, expected, body.what);
  }

  @Post(':id/decision')
  @Operation({
    id: 'decideSubjectRequest',
    summary: 'Answer the request: granted, partly or refused',
    description:
      'What is not granted carries its grounds and reasons, and the person is told of the supervisory authority and the courts (GDPR 12 (4), sec. 83 (3) SGB X). The identity has to be checked before.',
    rules: ['CONS-6'],
    scope: 'subject-request:process',
    changes: true,
  })
  decide(@Param('id', ParseUUIDPipe) id: string, @Body() body: DecideSubjectRequestDto, @IfMatch() expected: Expected) {
    return this.requests.decide(id, expected, body);
  }
}
