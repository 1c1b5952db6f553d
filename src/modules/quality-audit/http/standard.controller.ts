import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Answer } from '../../../shared/http/answer';
import { Operation } from '../../../shared/http/operation';
import { StandardQueries } from '../application/standard.queries';
import { CatalogueView, OneStandardView } from './standard.dto';

@ApiTags('QualityAudit')
@Controller({ path: 'standards', version: '1' })
export class StandardController {
  constructor(private readonly queries: StandardQueries) {}

  @Get()
  @Operation({
    id: 'listStandards',
    summary: 'The quality catalogue: CM 1 to CM 7 and the organisation',
    description: 'Every check is examined by an automatic rule or asked by the auditor.',
    rules: ['QA-1'],
    scope: 'audit:read',
    answers: CatalogueView,
  })
  all(): Answer<object> {
    return this.queries.all();
  }

  @Get(':id')
  @Operation({
    id: 'getStandard',
    summary: 'One standard',
    rules: ['QA-1'],
    scope: 'audit:read',
    answers: OneStandardView,
  })
  one(@Param('id') id: string): Answer<object> {
    return this.queries.one(id);
  }
}
