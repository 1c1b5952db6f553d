import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { CaseLinkQueries } from '../../application/steering/case-link.queries';
import { CaseLinkService } from '../../application/steering/case-link.service';
import {
  CaseLinkView,
  EndLinkDto,
  LinkedCasesView,
  OpenLinkPartDto,
  ProposeLinkDto,
  ShareLinkPartsDto,
} from './case-link.dto';

@ApiTags('case')
@Controller({ version: '1' })
export class CaseLinkController {
  constructor(
    private readonly links: CaseLinkService,
    private readonly queries: CaseLinkQueries,
  ) {}

  @Post('cases/:id/links')
  @Operation({
    id: 'proposeLink',
    summary: 'Propose to link a case of the same family or household',
    description:
      'The case manager of the other case accepts it. Until then neither side sees anything of the other but the proposal.',
    rules: ['CASE-11'],
    scope: 'case:write',
    creates: 'case-links',
  })
  propose(@Param('id', ParseUUIDPipe) id: string, @Body() body: ProposeLinkDto) {
    return this.links.propose(id, body);
  }

  @Get('cases/:id/linked-cases')
  @Operation({
    id: 'listLinkedCases',
    summary: 'Linked cases and which of their parts are open to you',
    description:
      'A part is open when the other side shares it, has opened it to the responsible case manager of this case, the consent it relies on holds today, and both cases are open. Their deputy reads no part: the release names one person.',
    rules: ['CASE-11', 'CONS-3'],
    scope: 'case:read',
    answers: LinkedCasesView,
  })
  linkedCases(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.linkedCases(id);
  }

  @Get('case-links/:id')
  @Operation({
    id: 'getLink',
    summary: 'One link, for either side',
    rules: ['CASE-11'],
    scope: 'case:read',
    answers: CaseLinkView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Post('case-links/:id/acceptance')
  @Operation({
    id: 'acceptLink',
    summary: 'Agree to a proposed link',
    rules: ['CASE-11'],
    scope: 'case:write',
    changes: true,
  })
  accept(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { caseId, sharedParts }: ShareLinkPartsDto,
    @IfMatch() expected: Expected,
  ) {
    return this.links.accept(id, caseId, sharedParts, expected);
  }

  @Put('case-links/:id/shared-parts')
  @Operation({
    id: 'shareLinkParts',
    summary: 'Change what your side shares',
    description: 'What is no longer shared is closed at once.',
    rules: ['CASE-11'],
    scope: 'case:write',
    changes: true,
  })
  share(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { caseId, sharedParts }: ShareLinkPartsDto,
    @IfMatch() expected: Expected,
  ) {
    return this.links.share(id, caseId, sharedParts, expected);
  }

  @Post('case-links/:id/openings')
  @Operation({
    id: 'openLinkPart',
    summary: 'Open a part of your case to the other side',
    description:
      'Needs a release of your client for the purpose `joint_steering` that names the responsible case manager of the other case, who alone may read it then: after a handover it is opened anew. It is entered in the disclosure register; a withdrawal closes the part.',
    rules: ['CASE-11', 'CONS-2', 'CONS-3', 'CONS-5'],
    scope: 'case:write',
    changes: true,
  })
  open(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { caseId, part }: OpenLinkPartDto,
    @IfMatch() expected: Expected,
  ) {
    return this.links.open(id, caseId, part, expected);
  }

  @Post('case-links/:id/ending')
  @Operation({
    id: 'endLink',
    summary: 'End the link',
    description: 'Everything that was open is closed.',
    rules: ['CASE-11'],
    scope: 'case:write',
    changes: true,
  })
  end(@Param('id', ParseUUIDPipe) id: string, @Body() { caseId, reason }: EndLinkDto, @IfMatch() expected: Expected) {
    return this.links.end(id, caseId, reason, expected);
  }
}
