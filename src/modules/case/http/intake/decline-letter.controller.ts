import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { Operation, OptionalIfMatch } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { DeclineLetterQueries } from '../../application/intake/decline-letter.queries';
import { DeclineLetterService } from '../../application/intake/decline-letter.service';
import {
  ComplaintWayView,
  DeclineLetterQuery,
  DeclineLetterText,
  DeclineLetterView,
  GiveDeclineLetterDto,
  PutComplaintWayDto,
} from './decline-letter.dto';

@ApiTags('Requests')
@Controller({ version: '1' })
export class DeclineLetterController {
  constructor(
    private readonly letters: DeclineLetterService,
    private readonly queries: DeclineLetterQueries,
  ) {}

  @Get('case-requests/:id/decline-letter-text')
  @ApiResponse({
    status: 409,
    description: 'The request is not declined, or the organisation has not said how to complain',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  @Operation({
    id: 'previewDeclineLetter',
    summary: 'The letter about a decline, as it would be given now',
    description:
      'Made of the recorded reasons, where the person was referred on to, and the complaint way of the organisation. The explanation stands in the language it was recorded in.',
    rules: ['CASE-4'],
    scope: 'request:read',
    answers: DeclineLetterText,
  })
  preview(@Param('id', ParseUUIDPipe) id: string, @Query() { language = 'de' }: DeclineLetterQuery) {
    return this.letters.preview(id, language);
  }

  @Post('case-requests/:id/decline-letters')
  @Operation({
    id: 'giveDeclineLetter',
    summary: 'Record that a letter about the decline was given',
    description: 'Its text is fixed with it: whatever is recorded later, the letter stays as it was given.',
    rules: ['CASE-4'],
    scope: 'request:write',
    creates: 'decline-letters',
  })
  give(@Param('id', ParseUUIDPipe) id: string, @Body() { recipient, language, givenOn, way }: GiveDeclineLetterDto) {
    return this.letters.give(id, { recipient, language, givenOn, way });
  }

  @Get('case-requests/:id/decline-letters')
  @Operation({
    id: 'listDeclineLetters',
    summary: 'The letters given about a decline, latest first',
    rules: ['CASE-4'],
    scope: 'request:read',
    lists: DeclineLetterView,
  })
  list(@Param('id', ParseUUIDPipe) id: string, @Query() query: PageQuery) {
    return this.queries.list(id, query);
  }

  @Get('decline-letters/:id')
  @Operation({
    id: 'getDeclineLetter',
    summary: 'A letter as it was given',
    rules: ['CASE-4'],
    scope: 'request:read',
    answers: DeclineLetterView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Get('complaint-way')
  @Operation({
    id: 'getComplaintWay',
    summary: 'How one complains about the organisation',
    rules: ['CASE-4'],
    scope: 'intake:read',
    answers: ComplaintWayView,
  })
  complaintWay() {
    return this.queries.complaintWay();
  }

  @Put('complaint-way')
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description:
      'The ETag you last saw, or *, to change it. Without it the complaint way is recorded for the first time; 412 when there is one already',
    schema: { type: 'string', minLength: 1, maxLength: 20, pattern: '^(\\*|"\\d+")$', example: '"3"' },
  })
  @Operation({
    id: 'putComplaintWay',
    summary: 'Set how one complains about the organisation',
    description: 'Every decline letter given from now on names it; letters already given stay as they were.',
    rules: ['CASE-4'],
    scope: 'intake:configure',
  })
  putComplaintWay(@Body() { organisation, text }: PutComplaintWayDto, @OptionalIfMatch() expected: Expected | null) {
    return this.letters.putComplaintWay(organisation, { en: text.en, de: text.de }, expected);
  }
}
