import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, Receipt, Resource } from '../../../shared/http/answer';
import { Operation } from '../../../shared/http/operation';
import { PageQuery } from '../../../shared/http/page';
import { AuditRunQueries } from '../application/audit-run.queries';
import { AuditRunService } from '../application/audit-run.service';
import { AuditResultRow, AuditResultsQuery, AuditRunView, StartAuditRunDto } from './audit-run.dto';

@ApiTags('QualityAudit')
@Controller({ path: 'audit-runs', version: '1' })
export class AuditRunController {
  constructor(
    private readonly runs: AuditRunService,
    private readonly queries: AuditRunQueries,
  ) {}

  @Post()
  @Operation({
    id: 'startAuditRun',
    summary: 'Run all automatic rules over the cases of a scope',
    description:
      'Runs to its end before it answers. Catalogue version, day and facts are frozen; the same facts on the same day give the same results. A run never changes.',
    rules: ['QA-2', 'QA-3'],
    scope: 'audit:run',
    creates: 'audit-runs',
  })
  start(@Body() body: StartAuditRunDto): Promise<Receipt> {
    return this.runs.run(body.scope);
  }

  @Get()
  @Operation({
    id: 'listAuditRuns',
    summary: 'Audit runs, the latest first',
    rules: ['QA-3'],
    scope: 'audit:read',
    lists: AuditRunView,
  })
  list(@Query() query: PageQuery): Promise<Page> {
    return this.queries.list(query);
  }

  @Get(':id')
  @Operation({
    id: 'getAuditRun',
    summary: 'An audit run with its summary by rule',
    rules: ['QA-3'],
    scope: 'audit:read',
    answers: AuditRunView,
  })
  one(@Param('id', ParseUUIDPipe) id: string): Promise<Resource> {
    return this.queries.one(id);
  }

  @Get(':id/results')
  @Operation({
    id: 'listAuditResults',
    summary: 'What each rule said of each case, with evidence',
    description: 'In the order of case and rule. Contains ids, codes and dates, never names.',
    rules: ['QA-3', 'QA-10'],
    scope: 'audit:read',
    lists: AuditResultRow,
  })
  results(@Param('id', ParseUUIDPipe) id: string, @Query() query: AuditResultsQuery): Promise<Page> {
    return this.queries.results(id, query);
  }
}
