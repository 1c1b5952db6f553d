import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { FileService } from '../application/file.service';
import { LegalHoldService } from '../application/legal-hold.service';
import { RetentionQueries } from '../application/retention.queries';
import { RetentionRuleService } from '../application/retention-rule.service';
import {
  ClassifyFileDto,
  LegalHoldView,
  LegalHoldsQuery,
  LiftHoldDto,
  PlaceHoldDto,
  PutRetentionRuleDto,
  RetentionFileView,
  RetentionFilesQuery,
  RetentionRuleView,
  RetentionRules,
} from './retention.dto';

@ApiTags('Retention')
@Controller({ version: '1' })
export class RetentionController {
  constructor(
    private readonly rules: RetentionRuleService,
    private readonly files: FileService,
    private readonly holds: LegalHoldService,
    private readonly queries: RetentionQueries,
  ) {}

  @Get('retention-rules')
  @Operation({
    id: 'listRetentionRules',
    summary: 'How long which kind of data is kept, and why',
    description: 'With every earlier edition, and what Lotse starts with (a proposal, no legal advice).',
    rules: ['CONS-6'],
    scope: 'retention:read',
    answers: RetentionRules,
  })
  listRules() {
    return this.rules.list();
  }

  @Get('retention-rules/:kind')
  @Operation({
    id: 'getRetentionRule',
    summary: 'How long one kind of data is kept',
    rules: ['CONS-6'],
    scope: 'retention:read',
    answers: RetentionRuleView,
  })
  getRule(@Param('kind') kind: string) {
    return this.rules.get(kind);
  }

  @Put('retention-rules/:kind')
  @Operation({
    id: 'putRetentionRule',
    summary: 'Set how long one kind of data is kept',
    description:
      'A new edition; earlier ones stay readable. The day of every file that is ended is computed anew. What a law demands is the least.',
    rules: ['CONS-6'],
    scope: 'retention:write',
    changes: true,
  })
  putRule(@Param('kind') kind: string, @Body() body: PutRetentionRuleDto, @IfMatch() expected: Expected) {
    return this.rules.set(kind, body, expected);
  }

  @Get('retention-files')
  @Operation({
    id: 'listRetentionFiles',
    summary: 'Ended files, in the order in which they become due',
    rules: ['CONS-6'],
    scope: 'retention:read',
    lists: RetentionFileView,
  })
  listFiles(@Query() query: RetentionFilesQuery) {
    return this.queries.files(query);
  }

  @Get('retention-files/:id')
  @Operation({
    id: 'getRetentionFile',
    summary: 'Until when the file of a case or request is kept',
    rules: ['CONS-6'],
    scope: 'retention:read',
    answers: RetentionFileView,
  })
  getFile(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.file(id);
  }

  @Put('retention-files/:id/classification')
  @Operation({
    id: 'classifyRetentionFile',
    summary: 'Keep a case by another rule',
    description:
      'By itself a case of the field youth is kept as a file under SGB VIII, every other as one of adult counselling.',
    rules: ['CONS-6'],
    scope: 'retention:write',
    changes: true,
  })
  classify(@Param('id', ParseUUIDPipe) id: string, @Body() body: ClassifyFileDto, @IfMatch() expected: Expected) {
    return this.files.classify(id, body.kind, body.reason, expected);
  }

  @Post('legal-holds')
  @Operation({
    id: 'placeLegalHold',
    summary: 'Keep a case, a request or everything about a person beyond its time',
    description:
      'Nothing of it is erased while the hold is there, not even what was released before. What is erased already is a 404.',
    rules: ['CONS-6'],
    scope: 'retention:write',
    creates: 'legal-holds',
  })
  place(@Body() { kind, subjectId, reason, until = null, reviewOn = null }: PlaceHoldDto) {
    return this.holds.place(kind, subjectId, { reason, until, reviewOn });
  }

  @Get('legal-holds')
  @Operation({
    id: 'listLegalHolds',
    summary: 'What is on hold, latest first',
    rules: ['CONS-6'],
    scope: 'retention:read',
    lists: LegalHoldView,
  })
  listHolds(@Query() query: LegalHoldsQuery) {
    return this.queries.holds(query);
  }

  @Get('legal-holds/:id')
  @Operation({
    id: 'getLegalHold',
    summary: 'One legal hold',
    rules: ['CONS-6'],
    scope: 'retention:read',
    answers: LegalHoldView,
  })
  getHold(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.hold(id);
  }

  @Post('legal-holds/:id/lifting')
  @Operation({
    id: 'liftLegalHold',
    summary: 'Lift a legal hold',
    description: 'What is due is proposed for erasure again.',
    rules: ['CONS-6'],
    scope: 'retention:write',
    changes: true,
  })
  lift(@Param('id', ParseUUIDPipe) id: string, @Body() body: LiftHoldDto, @IfMatch() expected: Expected) {
    return this.holds.lift(id, body.reason, expected);
  }
}
