import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { Instant, Int, Nested, OneOf, SomeOf, Text, Uuid } from '../../../../shared/http/fields';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { DuplicateCandidateService } from '../../application/persons/duplicate-candidate.service';
import { CANDIDATE_STATES, type CandidateState } from '../../domain/persons/duplicate-candidate.words';
import { MATCH_REASONS } from '../../domain/persons/person.matching';

export class ListDuplicateCandidatesQuery extends PageQuery {
  @OneOf(CANDIDATE_STATES, { optional: true, description: '`open` when absent' }) status?: CandidateState;
}

export class DismissCandidateDto {
  @Text({ max: 1000, example: 'Father and son of the same name' }) reason: string;
}

export class CandidateDismissal {
  @Text({ max: 1000 }) reason: string;
  @Text() by: string;
  @Instant() at: string;
}

export class DuplicateCandidateView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() personId: string;
  @Uuid() otherId: string;
  @Int({ min: 50, max: 100, description: '50 is the border from which records are pointed out' }) score: number;
  @SomeOf(MATCH_REASONS, { description: 'What speaks for it, and against it' }) reasons: string[];
  @OneOf(CANDIDATE_STATES, {
    description: '`vanished`: no longer alike since a correction; `merged`: one of the two was merged into a person',
  })
  status: CandidateState;
  @Nested(() => CandidateDismissal, { nullable: true, description: 'Who said that they are two persons, and why' })
  dismissal: CandidateDismissal | null;
  @Instant() foundAt: string;
}

@ApiTags('Persons')
@Controller({ path: 'duplicate-candidates', version: '1' })
export class DuplicateCandidateController {
  constructor(private readonly candidates: DuplicateCandidateService) {}

  @Get()
  @Operation({
    id: 'listDuplicateCandidates',
    summary: 'Pairs of persons that are probably one',
    description:
      'Found every day among persons that are new or were changed, the likeliest first. Merge the two (`mergePerson`), or say that they are not the same (`dismissDuplicateCandidate`).',
    rules: ['CASE-1'],
    scope: 'person:read',
    lists: DuplicateCandidateView,
  })
  list(@Query() query: ListDuplicateCandidatesQuery) {
    return this.candidates.list(query);
  }

  @Get(':id')
  @Operation({
    id: 'getDuplicateCandidate',
    summary: 'A pair of persons that are probably one',
    rules: ['CASE-1'],
    scope: 'person:read',
    answers: DuplicateCandidateView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.candidates.get(id);
  }

  @Post(':id/dismissal')
  @Operation({
    id: 'dismissDuplicateCandidate',
    summary: 'Say that the two are not the same person',
    description: 'They are not proposed again.',
    rules: ['CASE-1'],
    scope: 'person:write',
    changes: true,
  })
  dismiss(@Param('id', ParseUUIDPipe) id: string, @Body() body: DismissCandidateDto, @IfMatch() expected: Expected) {
    return this.candidates.dismiss(id, body.reason, expected);
  }
}
