import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { JournalEntryQueries } from '../../application/casework/journal-entry.queries';
import { JournalEntryService } from '../../application/casework/journal-entry.service';
import {
  CorrectJournalEntryDto,
  JournalEntryRow,
  JournalEntryView,
  ListJournalQuery,
  WriteJournalEntryDto,
} from './journal-entry.dto';

@ApiTags('Journal')
@Controller({ version: '1' })
export class JournalEntryController {
  constructor(
    private readonly journal: JournalEntryService,
    private readonly queries: JournalEntryQueries,
  ) {}

  @Post('cases/:caseId/journal-entries')
  @Operation({
    id: 'writeJournalEntry',
    summary: 'Record an activity',
    description: 'A closed case takes entries of kind `documentation` only.',
    rules: ['CASE-8'],
    scope: 'case:write',
    creates: 'journal-entries',
  })
  write(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: WriteJournalEntryDto) {
    const { participants = [], costCents = 0, sharedWithClient = false, sharedInSteering = false, ...content } = body;
    return this.journal.write(caseId, { ...content, participants, costCents, sharedWithClient, sharedInSteering });
  }

  @Get('cases/:caseId/journal-entries')
  @Operation({
    id: 'listJournalEntries',
    summary: 'The journal of a case, latest activity first',
    description: 'A client sees the entries shared with them.',
    rules: ['CASE-8'],
    scope: 'case:read',
    lists: JournalEntryRow,
  })
  list(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: ListJournalQuery) {
    return this.queries.list(caseId, query);
  }

  @Get('journal-entries/:id')
  @Operation({
    id: 'getJournalEntry',
    summary: 'A journal entry with its earlier versions',
    rules: ['CASE-8'],
    scope: 'case:read',
    answers: JournalEntryView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Post('journal-entries/:id/corrections')
  @Operation({
    id: 'correctJournalEntry',
    summary: 'Correct a journal entry',
    description:
      'Writes a new version with the fields given; the earlier versions stay readable with who wrote them, when and why.',
    rules: ['CASE-8'],
    scope: 'case:write',
    changes: true,
  })
  correct(@Param('id', ParseUUIDPipe) id: string, @Body() body: CorrectJournalEntryDto, @IfMatch() expected: Expected) {
    const { reason, ...correction } = body;
    return this.journal.correct(id, correction, reason, expected);
  }
}
