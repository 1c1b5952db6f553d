import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PersonRelationQueries } from '../../application/circle/person-relation.queries';
import { PersonRelationService } from '../../application/circle/person-relation.service';
import { EndRelationDto, RecordRelationDto, RelationView, Relations, RevokeEntryDto } from './person-relation.dto';

@ApiTags('Persons')
@Controller({ version: '1' })
export class PersonRelationController {
  constructor(
    private readonly relations: PersonRelationService,
    private readonly queries: PersonRelationQueries,
  ) {}

  @Post('persons/:id/relations')
  @Operation({
    id: 'relatePersons',
    summary: 'Record how two persons are related',
    description:
      'Family and others close to the person, whatever cases they have. It is recorded once and read from both sides. Who lives together is a household (`recordHousehold`); who may decide for the person is a representation (`recordRepresentation`); who belongs to one case is its person system.',
    rules: ['CASE-1'],
    scope: 'person:write',
    creates: 'person-relations',
  })
  record(@Param('id', ParseUUIDPipe) id: string, @Body() body: RecordRelationDto) {
    return this.relations.record(id, body);
  }

  @Get('persons/:id/relations')
  @Operation({
    id: 'getRelations',
    summary: 'Who is related to a person, and who was once',
    description:
      'Those that hold today first. Persons whose processing is restricted are left out. After a merge the relations of both records are those of the person that stays.',
    rules: ['CASE-1'],
    scope: 'person:read',
    answers: Relations,
  })
  list(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.ofPerson(id);
  }

  @Get('person-relations/:id')
  @Operation({
    id: 'getRelation',
    summary: 'A relation between two persons',
    rules: ['CASE-1'],
    scope: 'person:read',
    answers: RelationView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Post('person-relations/:id/end')
  @Operation({
    id: 'endRelation',
    summary: 'End a relation',
    description: 'A separation, a foster care that is over, another emergency contact. It stays on record.',
    rules: ['CASE-1'],
    scope: 'person:write',
    changes: true,
  })
  end(@Param('id', ParseUUIDPipe) id: string, @Body() { on }: EndRelationDto, @IfMatch() expected: Expected) {
    return this.relations.end(id, on, expected);
  }

  @Post('person-relations/:id/revocation')
  @Operation({
    id: 'revokeRelation',
    summary: 'Revoke a relation that was recorded by mistake',
    description: 'It is no longer told with the persons; that it was recorded and revoked stays readable here.',
    rules: ['CASE-1', 'CONS-6'],
    scope: 'person:write',
    changes: true,
  })
  revoke(@Param('id', ParseUUIDPipe) id: string, @Body() { reason }: RevokeEntryDto, @IfMatch() expected: Expected) {
    return this.relations.revoke(id, reason, expected);
  }
}
