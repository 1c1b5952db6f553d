import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { PersonQueries } from '../application/person.queries';
import { PersonService } from '../application/person.service';
import {
  ChangePersonDto,
  ListPersonsQuery,
  MergePersonDto,
  PersonIdentifiers,
  PersonRow,
  PersonView,
  PossibleDuplicates,
  RecordPersonDto,
} from './person.dto';

@ApiTags('Persons')
@Controller({ path: 'persons', version: '1' })
export class PersonController {
  constructor(
    private readonly persons: PersonService,
    private readonly queries: PersonQueries,
  ) {}

  @Post()
  @Operation({
    id: 'recordPerson',
    summary: 'Record a person',
    description:
      'Persons that may be the same one are pointed out in the receipt (`possible-duplicate`); the person is recorded all the same.',
    rules: ['CASE-1'],
    scope: 'person:write',
    creates: 'persons',
  })
  record(@Body() body: RecordPersonDto) {
    return this.persons.record(body);
  }

  @Get()
  @Operation({
    id: 'listPersons',
    summary: 'Find persons by name or birth date',
    description: 'Ordered by family name; records merged into others are left out.',
    rules: ['CASE-1'],
    scope: 'person:read',
    lists: PersonRow,
  })
  list(@Query() query: ListPersonsQuery) {
    return this.queries.list(query);
  }

  @Get(':id')
  @Operation({
    id: 'getPerson',
    summary: 'A person',
    description: 'A merged record stays readable; `mergedInto` names the person to go on with.',
    rules: ['CASE-1'],
    scope: 'person:read',
    answers: PersonView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Get(':id/identifiers')
  @Operation({
    id: 'getPersonIdentifiers',
    summary: 'The identifiers of a person in full',
    description:
      'All other answers mask them. Every call is in the access log under a resource type of its own, `person_identifiers`.',
    rules: ['CASE-1', 'QA-9'],
    scope: 'person:read',
    answers: PersonIdentifiers,
  })
  identifiers(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.identifiers(id);
  }

  @Patch(':id')
  @Operation({
    id: 'changePerson',
    summary: 'Correct or complete a person',
    description:
      'A JSON merge patch (RFC 7396): absent fields stay as they are, null clears a field, a list replaces the list. An identifier given back masked stays as it is on record.',
    rules: ['CASE-1'],
    scope: 'person:write',
    changes: true,
  })
  change(@Param('id', ParseUUIDPipe) id: string, @Body() body: ChangePersonDto, @IfMatch() expected: Expected) {
    return this.persons.correct(id, body, expected);
  }

  @Get(':id/duplicates')
  @Operation({
    id: 'listPossibleDuplicates',
    summary: 'Persons that may be the same one',
    description:
      'Same birth date and same names (also swapped, ä as ae, ß as ss), or a shared identifier. At most ten.',
    rules: ['CASE-1'],
    scope: 'person:read',
    answers: PossibleDuplicates,
  })
  duplicates(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.possibleDuplicates(id);
  }

  @Post(':id/merge')
  @Operation({
    id: 'mergePerson',
    summary: 'Merge a duplicate into the person that stays',
    description:
      'If-Match is the ETag of the duplicate. What the survivor lacks is taken over, requests follow it, and the duplicate stays readable with everything it held.',
    rules: ['CASE-1'],
    scope: 'person:write',
    changes: true,
  })
  merge(@Param('id', ParseUUIDPipe) id: string, @Body() body: MergePersonDto, @IfMatch() expected: Expected) {
    return this.persons.merge(id, body, expected);
  }
}
