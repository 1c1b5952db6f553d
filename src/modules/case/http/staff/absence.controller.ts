import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { AbsenceQueries } from '../../application/staff/absence.queries';
import { AbsenceService } from '../../application/staff/absence.service';
import { AbsenceRow, AbsenceView, ListAbsencesQuery, NoteAbsenceDto, PutAbsenceDto } from './absence.dto';

@ApiTags('Staff')
@Controller({ path: 'absences', version: '1' })
export class AbsenceController {
  constructor(
    private readonly absences: AbsenceService,
    private readonly queries: AbsenceQueries,
  ) {}

  @Post()
  @Operation({
    id: 'noteAbsence',
    summary: 'Note an absence and who stands in',
    description:
      'From the first to the last day whoever stands in sees the cases and the work list of the absent one and may work on them as if assigned; before and after that they may not. Nothing waits unseen: without a deputy the owner of the team stands in (warning `owner-stands-in`), and where there is none the absence is refused. Nobody stands in who is absent too. The reason of an absence is not recorded.',
    rules: ['CASE-7'],
    scope: 'absence:write',
    creates: 'absences',
  })
  note(@Body() body: NoteAbsenceDto) {
    return this.absences.note(body);
  }

  @Put(':id')
  @Operation({
    id: 'putAbsence',
    summary: 'Change the time or the deputies of an absence',
    rules: ['CASE-7'],
    scope: 'absence:write',
    changes: true,
  })
  change(@Param('id', ParseUUIDPipe) id: string, @Body() body: PutAbsenceDto, @IfMatch() expected: Expected) {
    return this.absences.change(id, body, expected);
  }

  @Post(':id/recall')
  @Operation({
    id: 'recallAbsence',
    summary: 'End an absence now',
    description: 'Whoever stood in may no longer work on the cases from this moment on.',
    rules: ['CASE-7'],
    scope: 'absence:write',
    changes: true,
  })
  recall(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.absences.recall(id, expected);
  }

  @Get(':id')
  @Operation({
    id: 'getAbsence',
    summary: 'An absence',
    rules: ['CASE-7'],
    scope: 'staff:read',
    answers: AbsenceView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Get()
  @Operation({
    id: 'listAbsences',
    summary: 'Absences, latest first',
    rules: ['CASE-7'],
    scope: 'staff:read',
    lists: AbsenceRow,
  })
  list(@Query() query: ListAbsencesQuery) {
    return this.queries.list(query);
  }
}
