import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IsoDate, Nested, NestedList, OneOf, Text, Uuid } from '../../../shared/http/fields';
import { Operation } from '../../../shared/http/operation';
import { GuestResultQueries } from '../application/guest-result.queries';
import { AssessmentResultView } from './assessment.views';

export class GuestResultView {
  @Uuid() id: string;
  @Text({ max: 60 }) instrument: string;
  @OneOf(['initial', 'reassessment'], { name: 'AssessmentKind' }) kind: string;
  @IsoDate() completedOn: string;
  @Nested(() => AssessmentResultView) result: AssessmentResultView;
}
export class GuestResultsView {
  @NestedList(() => GuestResultView, { max: 10 }) data: GuestResultView[];
}

/** Assessment results of a case of another organisation that invited yours. */
@ApiTags('joint steering')
@Controller({ path: 'steering-invitations', version: '1' })
export class GuestResultController {
  constructor(private readonly queries: GuestResultQueries) {}

  @Get(':id/assessment-results')
  @Operation({
    id: 'getGuestResults',
    summary: 'Results of the client’s assessments',
    description:
      'The latest ten completed ones, latest first: needs, resources and what else was agreed on, without who answered what. It is read live and never copied; release, time and readers are checked with every reading, and without them the answer is 404. Every reading is in the access log of both organisations.',
    rules: ['ASMT-4', 'CASE-11', 'CONS-2', 'CONS-3'],
    scope: 'steering:read',
    answers: GuestResultsView,
  })
  results(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.results(id);
  }
}
