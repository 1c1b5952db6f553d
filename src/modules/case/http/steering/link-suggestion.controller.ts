import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../../shared/http/operation';
import { RelatedCases } from '../../application/steering/related-cases';
import { LinkSuggestions } from './link-suggestion.dto';

@ApiTags('case')
@Controller({ version: '1' })
export class LinkSuggestionController {
  constructor(private readonly related: RelatedCases) {}

  @Get('cases/:id/link-suggestions')
  @Operation({
    id: 'getLinkSuggestions',
    summary: 'Cases of the same family or household that are not linked yet',
    description:
      'Open cases that you may see, of persons who are related to the client, live with them today, or belong to the person system as family or household. The receipts of `openCase` and `proposeLink` point them out as well (`related-case`).',
    rules: ['CASE-11'],
    scope: 'case:read',
    answers: LinkSuggestions,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.related.suggestions(id);
  }
}
