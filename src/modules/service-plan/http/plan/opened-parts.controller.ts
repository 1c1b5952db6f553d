import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../../shared/http/operation';
import { OpenedPartsQueries } from '../../application/plan/opened-parts.queries';
import { OpenedPartsView } from './opened-parts.views';

/** What linked cases see of each other's plans and conferences. */
@ApiTags('service plan')
@Controller({ version: '1' })
export class OpenedPartsController {
  constructor(private readonly openedParts: OpenedPartsQueries) {}

  @Get('cases/:caseId/opened-parts')
  @Operation({
    id: 'getOpenedParts',
    summary: 'What a linked case has opened to you',
    description:
      'For the responsible case manager of the other case, to whom a part was opened (POST /v1/case-links/{id}/openings): the edition of the plan in force, its goals alone, or the record of conferences held, each only while open. The release each part relies on and the participation of the client are checked with every reading; without them, and where nothing is open to you, the answer is 404. The deputy reads nothing here: the release names one person. Every reading is in the access log of the case read.',
    rules: ['CASE-11', 'CONS-2', 'CONS-3'],
    scope: 'plan:read',
    answers: OpenedPartsView,
  })
  ofCase(@Param('caseId', ParseUUIDPipe) caseId: string) {
    return this.openedParts.ofCase(caseId);
  }
}
