import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { ConferenceService } from '../../application/conference/conference.service';
import { GuestPlanQueries } from '../../application/plan/guest-plan.queries';
import { ContributeDto, GuestConferenceView, GuestPlansView } from './guest-plan.views';

const Id = () => Param('id', ParseUUIDPipe);
const LIVE =
  'It is read live and never copied; release, time and readers are checked with every reading, and without them the answer is 404. Every reading is in the access log of both organisations.';

/** Plan and conferences of a case of another organisation that invited yours. */
@ApiTags('joint steering')
@Controller({ path: 'steering-invitations', version: '1' })
export class GuestPlanController {
  constructor(
    private readonly queries: GuestPlanQueries,
    private readonly conferences: ConferenceService,
  ) {}

  @Get(':id/plan')
  @Operation({
    id: 'getGuestPlan',
    summary: 'The client’s agreed plan',
    description: `The edition in force; people who carry out measures are not named. ${LIVE}`,
    rules: ['CASE-11', 'CONS-2', 'CONS-3'],
    scope: 'steering:read',
    answers: GuestPlansView,
  })
  plan(@Id() id: string) {
    return this.queries.plans(id);
  }

  @Get(':id/conferences')
  @Operation({
    id: 'listGuestConferences',
    summary: 'Conferences planned and held for the case',
    description: `Held for this case alone; those who took part are not named. ${LIVE}`,
    rules: ['CASE-11', 'PLAN-4', 'CONS-2', 'CONS-3'],
    scope: 'steering:read',
    lists: GuestConferenceView,
  })
  list(@Id() id: string, @Query() query: PageQuery) {
    return this.queries.conferences(id, query);
  }

  @Post(':id/conferences/:conferenceId/contributions')
  @Operation({
    id: 'contributeToConference',
    summary: 'Bring something in to a planned conference',
    description: 'By your name and organisation, until it is held. The address in Location is that of the owner.',
    rules: ['CASE-11', 'PLAN-4'],
    scope: 'steering:write',
    creates: 'conferences',
  })
  contribute(
    @Id() id: string,
    @Param('conferenceId', ParseUUIDPipe) conferenceId: string,
    @Body() { text }: ContributeDto,
  ) {
    return this.conferences.contribute(id, conferenceId, text);
  }
}
