import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { ScreeningQuestionSetQueries } from '../../application/intake/screening-question-set.queries';
import { ScreeningQuestionSetService } from '../../application/intake/screening-question-set.service';
import {
  QuestionSetView,
  ScreeningQuestionsView,
  WriteQuestionSetDto,
  addedQuestions,
} from './screening-question-set.dto';

@ApiTags('Requests')
@Controller({ version: '1' })
export class ScreeningQuestionSetController {
  constructor(
    private readonly sets: ScreeningQuestionSetService,
    private readonly queries: ScreeningQuestionSetQueries,
  ) {}

  @Get('screening-questions')
  @Operation({
    id: 'getScreeningQuestions',
    summary: 'What is asked in a screening now',
    description: 'The six criteria, and the questions of the latest edition of your organisation.',
    rules: ['CASE-3'],
    scope: 'intake:read',
    answers: ScreeningQuestionsView,
  })
  inForce() {
    return this.queries.inForce();
  }

  @Post('screening-question-sets')
  @Operation({
    id: 'draftQuestionSet',
    summary: 'Draft questions to be asked beside the six criteria',
    description:
      'A set adds questions; the six criteria are no part of it, so none can be removed or weakened. Answers to added questions are kept with the screening as hints; the outcome follows from the six criteria, competence and lead alone.',
    rules: ['CASE-3'],
    scope: 'intake:configure',
    creates: 'screening-question-sets',
  })
  draft(@Body() { title, questions }: WriteQuestionSetDto) {
    return this.sets.draft(title, addedQuestions(questions));
  }

  @Get('screening-question-sets')
  @Operation({
    id: 'listQuestionSets',
    summary: 'Drafts and editions of the added questions, newest first',
    rules: ['CASE-3'],
    scope: 'intake:read',
    lists: QuestionSetView,
  })
  list(@Query() query: PageQuery) {
    return this.queries.list(query);
  }

  @Get('screening-question-sets/:id')
  @Operation({
    id: 'getQuestionSet',
    summary: 'A set of added questions',
    rules: ['CASE-3'],
    scope: 'intake:read',
    answers: QuestionSetView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Put('screening-question-sets/:id')
  @Operation({
    id: 'rewriteQuestionSet',
    summary: 'Replace a draft of added questions',
    rules: ['CASE-3'],
    scope: 'intake:configure',
    changes: true,
  })
  rewrite(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { title, questions }: WriteQuestionSetDto,
    @IfMatch() expected: Expected,
  ) {
    return this.sets.rewrite(id, title, addedQuestions(questions), expected);
  }

  @Post('screening-question-sets/:id/publication')
  @Operation({
    id: 'publishQuestionSet',
    summary: 'Put added questions into force',
    description:
      'They become the next edition and never change again. Screenings kept from now on are done with it; completed ones stay with theirs.',
    rules: ['CASE-3'],
    scope: 'intake:configure',
    changes: true,
  })
  publish(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.sets.publish(id, expected);
  }
}
