import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { RepresentationQueries } from '../../application/circle/representation.queries';
import { RepresentationService } from '../../application/circle/representation.service';
import {
  EndRepresentationDto,
  RecordRepresentationDto,
  RepresentationView,
  Representations,
} from './representation.dto';

@ApiTags('Persons')
@Controller({ version: '1' })
export class RepresentationController {
  constructor(
    private readonly representations: RepresentationService,
    private readonly queries: RepresentationQueries,
  ) {}

  @Post('persons/:id/representations')
  @Operation({
    id: 'recordRepresentation',
    summary: 'Record who may decide for a person',
    description:
      'Legal guardians, attorneys and those who have custody, with the matters they decide in, court, file number and evidence. It holds in every case of the person: a consent given by a representative names one who is on record, and whose matters cover the data (CONS-1).',
    rules: ['CASE-1', 'CONS-1'],
    scope: 'person:write',
    creates: 'representations',
  })
  record(@Param('id', ParseUUIDPipe) id: string, @Body() body: RecordRepresentationDto) {
    return this.representations.record(id, body);
  }

  @Get('persons/:id/representations')
  @Operation({
    id: 'listRepresentations',
    summary: 'Who may decide for a person, and who could once',
    rules: ['CASE-1'],
    scope: 'person:read',
    answers: Representations,
  })
  list(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.ofPerson(id);
  }

  @Get('representations/:id')
  @Operation({
    id: 'getRepresentation',
    summary: 'A representation',
    rules: ['CASE-1'],
    scope: 'person:read',
    answers: RepresentationView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Post('representations/:id/end')
  @Operation({
    id: 'endRepresentation',
    summary: 'End a representation',
    description:
      'From the day after nobody consents on this ground. Consents given before go on binding the person (BGB § 164) until they are withdrawn; each comes up on the work list (`representation_ended`), so that the person, or whoever decides now, is asked anew.',
    rules: ['CASE-1', 'CONS-1'],
    scope: 'person:write',
    changes: true,
  })
  end(@Param('id', ParseUUIDPipe) id: string, @Body() body: EndRepresentationDto, @IfMatch() expected: Expected) {
    return this.representations.end(id, body, expected);
  }
}
