import { Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../shared/http/operation';
import { PageQuery } from '../../../shared/http/page';
import { PersonalDataExportQueries } from '../application/personal-data-export.queries';
import { PersonalDataExportService } from '../application/personal-data-export.service';
import { ExportDocumentQuery, PersonalDataExportView } from './personal-data-export.dto';

@ApiTags('data subjects')
@Controller({ version: '1' })
export class PersonalDataExportController {
  constructor(
    private readonly exports: PersonalDataExportService,
    private readonly queries: PersonalDataExportQueries,
  ) {}

  @Post('subject-requests/:id/exports')
  @Operation({
    id: 'askForPersonalDataExport',
    summary: 'Have a copy of everything held on the person made',
    description:
      'GDPR 15 and 20: made in the background from what all modules declare to hold, with recipients, accesses, sources, purposes, retention and rights; names of other persons are taken out. Look through it before it is handed over.',
    rules: ['CONS-6', 'CONS-5'],
    scope: 'subject-request:process',
    creates: 'personal-data-exports',
  })
  ask(@Param('id', ParseUUIDPipe) id: string) {
    return this.exports.ask(id);
  }

  @Get('subject-requests/:id/exports')
  @Operation({
    id: 'listPersonalDataExports',
    summary: 'Copies made for a request, latest first',
    description: 'Persons see theirs once the request is granted, wholly or partly.',
    rules: ['CONS-6'],
    scope: 'subject-request:read',
    lists: PersonalDataExportView,
  })
  list(@Param('id', ParseUUIDPipe) id: string, @Query() query: PageQuery) {
    return this.queries.list(id, query);
  }

  @Get('personal-data-exports/:id')
  @Operation({
    id: 'getPersonalDataExport',
    summary: 'How far a copy is',
    rules: ['CONS-6'],
    scope: 'subject-request:read',
    answers: PersonalDataExportView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Get('personal-data-exports/:id/data')
  @Operation({
    id: 'downloadPersonalData',
    summary: 'The copy to be read by machines',
    description: 'JSON after docs/personal-data-export.schema.json. Every download is in the access log.',
    rules: ['CONS-6'],
    scope: 'subject-request:read',
    downloads: 'application/json',
  })
  data(@Param('id', ParseUUIDPipe) id: string) {
    return this.exports.download(id, 'json');
  }

  @Get('personal-data-exports/:id/document')
  @Operation({
    id: 'downloadPersonalDataDocument',
    summary: 'The copy to be read by people',
    description: 'PDF on A4, tagged for screen readers. Every download is in the access log.',
    rules: ['CONS-6'],
    scope: 'subject-request:read',
    downloads: 'application/pdf',
  })
  document(@Param('id', ParseUUIDPipe) id: string, @Query() { language = 'de' }: ExportDocumentQuery) {
    return this.exports.download(id, `pdf_${language}`);
  }
}
