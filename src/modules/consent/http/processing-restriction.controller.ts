import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { ProcessingRestrictionQueries } from '../application/processing-restriction.queries';
import { ProcessingRestrictionService } from '../application/processing-restriction.service';
import {
  LiftRestrictionDto,
  ProcessingRestrictionView,
  ProcessingRestrictionsQuery,
  RestrictProcessingDto,
} from './processing-restriction.dto';

@ApiTags('data subjects')
@Controller({ path: 'processing-restrictions', version: '1' })
export class ProcessingRestrictionController {
  constructor(
    private readonly restrictions: ProcessingRestrictionService,
    private readonly queries: ProcessingRestrictionQueries,
  ) {}

  @Post()
  @Operation({
    id: 'restrictProcessing',
    summary: 'Restrict the processing of a person’s data',
    description:
      'GDPR 18: from now on the person’s record and requests, and everything of the cases of which the person is the client, is kept and not used. Reading or changing one thing is answered 409 `processing-restricted`; lists and searches leave it out; nothing goes out. Left open: requests of data subjects, reading for `Lotse-Purpose: legal_claims` (team_lead, data_protection_officer) or `data_protection`, and what the persons read of their own.',
    rules: ['CONS-6'],
    scope: 'subject-request:process',
    creates: 'processing-restrictions',
  })
  restrict(@Body() body: RestrictProcessingDto) {
    return this.restrictions.impose(body);
  }

  @Get()
  @Operation({
    id: 'listProcessingRestrictions',
    summary: 'Restrictions of processing, latest first',
    description: 'Persons see their own.',
    rules: ['CONS-6'],
    scope: 'subject-request:read',
    lists: ProcessingRestrictionView,
  })
  list(@Query() query: ProcessingRestrictionsQuery) {
    return this.queries.list(query);
  }

  @Get(':id')
  @Operation({
    id: 'getProcessingRestriction',
    summary: 'One restriction of processing',
    rules: ['CONS-6'],
    scope: 'subject-request:read',
    answers: ProcessingRestrictionView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Post(':id/lifting')
  @Operation({
    id: 'liftProcessingRestriction',
    summary: 'Lift a restriction, once the person was told',
    description: 'The data may be used again at once. The person is told before (GDPR 18 (3)).',
    rules: ['CONS-6'],
    scope: 'subject-request:process',
    changes: true,
  })
  lift(@Param('id', ParseUUIDPipe) id: string, @Body() body: LiftRestrictionDto, @IfMatch() expected: Expected) {
    return this.restrictions.lift(id, expected, body);
  }
}
