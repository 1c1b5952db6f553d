import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { Answer } from '../../../shared/http/answer';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { ErasureDecisions } from '../application/erasure-decisions';
import { ErasureRunService } from '../application/erasure-run.service';
import { RetentionQueries } from '../application/retention.queries';
import { DiscardErasureDto, ErasureDecisionView, ErasureRunView, ErasureRunsQuery } from './erasure.dto';

@ApiTags('Retention')
@Controller({ version: '1' })
export class ErasureController {
  constructor(
    private readonly runs: ErasureRunService,
    private readonly decisions: ErasureDecisions,
    private readonly queries: RetentionQueries,
  ) {}

  @Post('erasure-runs')
  @Operation({
    id: 'proposeErasure',
    summary: 'Propose everything that is due for erasure',
    description:
      'A daily job does the same. Nothing is erased before somebody else releases it; what is on hold is left out.',
    rules: ['CONS-6'],
    scope: 'retention:write',
    creates: 'erasure-runs',
  })
  propose() {
    return this.runs.proposeDue();
  }

  @Get('erasure-runs')
  @Operation({
    id: 'listErasures',
    summary: 'Proposed and carried out erasures, latest first',
    rules: ['CONS-6'],
    scope: 'retention:read',
    lists: ErasureRunView,
  })
  list(@Query() query: ErasureRunsQuery) {
    return this.queries.runs(query);
  }

  @Get('erasure-runs/:id')
  @Operation({
    id: 'getErasure',
    summary: 'One erasure: what is to be done, or its protocol',
    rules: ['CONS-6'],
    scope: 'retention:read',
    answers: ErasureRunView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.run(id);
  }

  @Post('erasure-runs/:id/release')
  @Operation({
    id: 'releaseErasure',
    summary: 'Release an erasure as the second person',
    description:
      'It is carried out in the background, in parts. There is no way back. Whatever is on hold, taken up again or not due any more by then is left out.',
    rules: ['CONS-6'],
    scope: 'retention:release',
    changes: true,
  })
  release(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.runs.release(id, expected);
  }

  @Post('erasure-runs/:id/discard')
  @Operation({
    id: 'discardErasure',
    summary: 'Do not follow a proposal',
    rules: ['CONS-6'],
    scope: 'retention:release',
    changes: true,
  })
  discard(@Param('id', ParseUUIDPipe) id: string, @Body() body: DiscardErasureDto, @IfMatch() expected: Expected) {
    return this.runs.discard(id, body.reason, expected);
  }

  @Get('persons/:id/erasure-decision')
  @Operation({
    id: 'getErasureDecision',
    summary: 'What of a person can be erased now, and what stands against it',
    description:
      'For a request of the person (GDPR 17, SGB X § 84): kinds of data with the duties and dates that forbid their erasure. Where nothing may be erased the processing is restricted instead.',
    rules: ['CONS-6'],
    scope: 'retention:read',
    answers: ErasureDecisionView,
  })
  async decision(@Param('id', ParseUUIDPipe) id: string) {
    const decision = await this.decisions.of(id);
    return new Answer(decision, { resourceType: 'person', resourceIds: [id], caseId: null });
  }

  @Post('persons/:id/erasure')
  @Operation({
    id: 'proposeErasureOfPerson',
    summary: 'Propose what can be erased of a person who asked for it',
    description: 'Exactly what `getErasureDecision` finds no obstacle to; a second person releases it.',
    rules: ['CONS-6'],
    scope: 'retention:write',
    creates: 'erasure-runs',
  })
  proposeFor(@Param('id', ParseUUIDPipe) id: string) {
    return this.runs.proposeFor(id);
  }
}
