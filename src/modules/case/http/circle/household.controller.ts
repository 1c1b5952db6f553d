import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { HouseholdQueries } from '../../application/circle/household.queries';
import { HouseholdService } from '../../application/circle/household.service';
import { HouseholdMemberDto, HouseholdView, Households, LeaveHouseholdDto, RecordHouseholdDto } from './household.dto';
import { RevokeEntryDto } from './person-relation.dto';

@ApiTags('Persons')
@Controller({ version: '1' })
export class HouseholdController {
  constructor(
    private readonly households: HouseholdService,
    private readonly queries: HouseholdQueries,
  ) {}

  @Post('households')
  @Operation({
    id: 'recordHousehold',
    summary: 'Record who lives together',
    description:
      'A person may live in two households, as children of separated parents do. A household has no name: show those of its members.',
    rules: ['CASE-1'],
    scope: 'person:write',
    creates: 'households',
  })
  record(@Body() { members }: RecordHouseholdDto) {
    return this.households.record(members);
  }

  @Get('households/:id')
  @Operation({
    id: 'getHousehold',
    summary: 'A household, with those who live there and who did',
    description: 'Persons whose processing is restricted are left out.',
    rules: ['CASE-1'],
    scope: 'person:read',
    answers: HouseholdView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Get('persons/:id/households')
  @Operation({
    id: 'getHouseholdsOfPerson',
    summary: 'Where a person lives and lived, and with whom',
    rules: ['CASE-1'],
    scope: 'person:read',
    answers: Households,
  })
  ofPerson(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.ofPerson(id);
  }

  @Post('households/:id/members')
  @Operation({
    id: 'joinHousehold',
    summary: 'Somebody moves in',
    rules: ['CASE-1'],
    scope: 'person:write',
    changes: true,
  })
  join(@Param('id', ParseUUIDPipe) id: string, @Body() body: HouseholdMemberDto, @IfMatch() expected: Expected) {
    return this.households.join(id, body, expected);
  }

  @Post('households/:id/departures')
  @Operation({
    id: 'leaveHousehold',
    summary: 'Somebody moves out, or has died',
    rules: ['CASE-1'],
    scope: 'person:write',
    changes: true,
  })
  leave(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { personId, on }: LeaveHouseholdDto,
    @IfMatch() expected: Expected,
  ) {
    return this.households.leave(id, personId, on, expected);
  }

  @Post('households/:id/members/:personId/revocation')
  @Operation({
    id: 'revokeHouseholdMember',
    summary: 'Revoke that somebody lives there, recorded by mistake',
    description: 'What was recorded last of this person in this household counts for nothing.',
    rules: ['CASE-1', 'CONS-6'],
    scope: 'person:write',
    changes: true,
  })
  revoke(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() { reason }: RevokeEntryDto,
    @IfMatch() expected: Expected,
  ) {
    return this.households.revoke(id, personId, reason, expected);
  }
}
