import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { PersonMergeService } from '../../application/persons/person-merge.service';
import { PersonQueries } from '../../application/persons/person.queries';
import { PersonSearch } from '../../application/persons/person.search';
import { PersonService } from '../../application/persons/person.service';
import {
  ChangePersonDto,
  MergePersonDto,
  PersonHits,
  PersonIdentifiers,
  PersonRow,
  PersonView,
  PossibleDuplicates,
  RecordPersonDto,
  SearchPersonsDto,
  UnmergePersonDto,
} from './person.dto';

@ApiTags('Persons')
@Controller({ path: 'persons', version: '1' })
export class PersonController {
  constructor(
    private readonly persons: PersonService,
    private readonly merges: PersonMergeService,
    private readonly queries: PersonQueries,
    private readonly search: PersonSearch,
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
    summary: 'List persons',
    description:
      'The latest recorded first; records merged into others are left out. Names are kept encrypted: look for a person with `searchPersons`.',
    rules: ['CASE-1'],
    scope: 'person:read',
    lists: PersonRow,
  })
  list(@Query() query: PageQuery) {
    return this.queries.list(query);
  }

  @Post('search')
  @Operation({
    id: 'searchPersons',
    summary: 'Find a person by what is known of them',
    description:
      'Names may be misspelt, misheard, incomplete or swapped, the birth date may be a month or a year. `score` is how well what was asked for fits, from 100 down. What is looked for is in the body, never in an address that is logged.',
    rules: ['CASE-1'],
    scope: 'person:read',
    answers: PersonHits,
  })
  find(@Body() body: SearchPersonsDto) {
    return this.search.find(body);
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
      'Records that are likely of the same person: names alike (typing errors, sound, swapped, name at birth), birth date, contact, identifiers. Each with a score from 50 to 100 and what speaks for and against it; at most ten.',
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
      'If-Match is the ETag of the duplicate. What the survivor lacks is taken over, requests follow it, and the duplicate stays readable with everything it held. Cases, consents, assessments and plans follow a moment later. `unmergePerson` takes it back.',
    rules: ['CASE-1'],
    scope: 'person:write',
    changes: true,
  })
  merge(@Param('id', ParseUUIDPipe) id: string, @Body() body: MergePersonDto, @IfMatch() expected: Expected) {
    return this.merges.merge(id, body, expected);
  }

  @Post(':id/unmerge')
  @Operation({
    id: 'unmergePerson',
    summary: 'Take a merge back: they are two persons',
    description:
      'If-Match is the ETag of the merged record. Everything that had followed the merge goes back, in all modules, and the survivor gives back what it had taken over and nobody changed since (`changed-since-merge` names the rest). A case that has nothing else to do with the survivor goes back with all that was recorded in it since; where both belong to a case, what came since stays with the survivor. Requests recorded for the survivor since the merge need a decision (`requestIds`). Merges are taken back in reverse order: not while the survivor is merged itself. The two are not proposed as duplicates again.',
    rules: ['CASE-1'],
    scope: 'person:write',
    changes: true,
  })
  unmerge(@Param('id', ParseUUIDPipe) id: string, @Body() body: UnmergePersonDto, @IfMatch() expected: Expected) {
    return this.merges.unmerge(id, body, expected);
  }
}
