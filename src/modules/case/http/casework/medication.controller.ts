import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { MedicationQueries } from '../../application/casework/medication.queries';
import { MedicationService } from '../../application/casework/medication.service';
import {
  HandoutRow,
  HandoutView,
  CorrectHandoutDto,
  CorrectMedicationNoteDto,
  MedicationNoteRow,
  MedicationNoteView,
  RecordHandoutDto,
  WriteMedicationNoteDto,
} from './medication.dto';

@ApiTags('Medication')
@Controller({ version: '1' })
export class MedicationController {
  constructor(
    private readonly medication: MedicationService,
    private readonly queries: MedicationQueries,
  ) {}

  @Post('cases/:caseId/medication-notes')
  @Operation({
    id: 'writeMedicationNote',
    summary: 'Note a medication need, its storage and who may administer',
    description:
      'Health data: read by those who work on the case and by its client only. No dosing advice: there is no field for doses, and none belong into the texts.',
    rules: ['CASE-14'],
    scope: 'medication:write',
    creates: 'medication-notes',
  })
  write(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: WriteMedicationNoteDto) {
    const { prescriber = null, disposal = null, until = null, ...content } = body;
    return this.medication.write(caseId, { ...content, prescriber, disposal, until });
  }

  @Get('cases/:caseId/medication-notes')
  @Operation({
    id: 'listMedicationNotes',
    summary: 'The medication notes of a case, the newest need first',
    rules: ['CASE-14'],
    scope: 'medication:read',
    lists: MedicationNoteRow,
  })
  list(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: PageQuery) {
    return this.queries.notes(caseId, query);
  }

  @Get('medication-notes/:id')
  @Operation({
    id: 'getMedicationNote',
    summary: 'A medication note with its earlier versions',
    rules: ['CASE-14'],
    scope: 'medication:read',
    answers: MedicationNoteView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.note(id);
  }

  @Post('medication-notes/:id/corrections')
  @Operation({
    id: 'correctMedicationNote',
    summary: 'Correct a medication note',
    description:
      'Writes a new version with the fields given; the earlier ones stay readable with who wrote them, when and why. A need that is over gets its last day this way.',
    rules: ['CASE-14'],
    scope: 'medication:write',
    changes: true,
  })
  correct(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason, ...correction }: CorrectMedicationNoteDto,
    @IfMatch() expected: Expected,
  ) {
    return this.medication.correct(id, correction, reason, expected);
  }

  @Post('medication-notes/:id/handouts')
  @Operation({
    id: 'recordHandout',
    summary: 'Record that a medication was administered or handed over',
    description: 'Somebody whom the note does not name among those who may is pointed out in the receipt.',
    rules: ['CASE-14'],
    scope: 'medication:write',
    creates: 'medication-handouts',
  })
  administer(@Param('id', ParseUUIDPipe) id: string, @Body() body: RecordHandoutDto) {
    const { at, administeredBy, what, remark = null } = body;
    return this.medication.administer(id, { at, administeredBy, what, remark });
  }

  @Get('medication-notes/:id/handouts')
  @Operation({
    id: 'listHandouts',
    summary: 'What was administered under a note, latest first',
    rules: ['CASE-14'],
    scope: 'medication:read',
    lists: HandoutRow,
  })
  listHandouts(@Param('id', ParseUUIDPipe) id: string, @Query() query: PageQuery) {
    return this.queries.handouts(id, query);
  }

  @Get('medication-handouts/:id')
  @Operation({
    id: 'getHandout',
    summary: 'A handout with its earlier versions',
    rules: ['CASE-14'],
    scope: 'medication:read',
    answers: HandoutView,
  })
  getHandout(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.handout(id);
  }

  @Post('medication-handouts/:id/corrections')
  @Operation({
    id: 'correctHandout',
    summary: 'Correct the entry of a handout',
    description:
      'Writes a new version with the fields given; the earlier ones stay readable with who wrote them, when and why.',
    rules: ['CASE-14'],
    scope: 'medication:write',
    changes: true,
  })
  correctHandout(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason, ...correction }: CorrectHandoutDto,
    @IfMatch() expected: Expected,
  ) {
    return this.medication.correctHandout(id, correction, reason, expected);
  }
}
