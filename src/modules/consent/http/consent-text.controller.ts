import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { ConsentTextQueries } from '../application/consent-text.queries';
import { ConsentTextService } from '../application/consent-text.service';
import { ConsentTextView, ConsentTextsQuery, PublishConsentTextDto } from './consent-text.dto';

@ApiTags('consent')
@Controller({ path: 'consent-texts', version: '1' })
export class ConsentTextController {
  constructor(
    private readonly texts: ConsentTextService,
    private readonly queries: ConsentTextQueries,
  ) {}

  @Post()
  @Operation({
    id: 'publishConsentText',
    summary: 'Publish the wording of a consent',
    description:
      'A published text is never changed; another wording is another version. As soon as texts for a kind and purpose are kept here, a consent of that kind and purpose names one of them by its version and language, and stores its hash.',
    rules: ['CONS-1'],
    scope: 'consent-text:write',
    creates: 'consent-texts',
  })
  publish(@Body() body: PublishConsentTextDto) {
    return this.texts.publish(body);
  }

  @Get()
  @Operation({
    id: 'listConsentTexts',
    summary: 'The consent texts of the organisation, latest first',
    rules: ['CONS-1'],
    scope: 'consent-text:read',
    lists: ConsentTextView,
  })
  list(@Query() query: ConsentTextsQuery) {
    return this.queries.list(query);
  }

  @Get(':id')
  @Operation({
    id: 'getConsentText',
    summary: 'One consent text, as it was shown',
    rules: ['CONS-1'],
    scope: 'consent-text:read',
    answers: ConsentTextView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Post(':id/retirement')
  @Operation({
    id: 'retireConsentText',
    summary: 'Show a text to nobody any more',
    description: 'Consents given on it stay as they are.',
    rules: ['CONS-1'],
    scope: 'consent-text:write',
    changes: true,
  })
  retire(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.texts.retire(id, expected);
  }
}
