import { Body, Controller, Delete, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { CaseOpeningService } from '../../application/case/case-opening.service';
import { CaseQueries } from '../../application/case/case.queries';
import { CaseSearch } from '../../application/case/case.search';
import { CaseService } from '../../application/case/case.service';
import {
  CasesQuery,
  ChangePhaseDto,
  CloseCaseDto,
  InformPartyDto,
  OpenCaseDto,
  RecordUnreachableDto,
  SearchCasesDto,
  SignAgreementDto,
  SuspendCaseDto,
} from './case.dto';
import { CaseListRow, CaseView } from './case.views';

@ApiTags('case')
@Controller({ path: 'cases', version: '1' })
export class CaseController {
  constructor(
    private readonly opening: CaseOpeningService,
    private readonly cases: CaseService,
    private readonly queries: CaseQueries,
    private readonly search: CaseSearch,
  ) {}

  @Post()
  @Operation({
    id: 'openCase',
    summary: 'Open a case',
    description:
      'Makes a case, in the phase of clarification, of an indicated request. A request becomes at most one case. Opening it for somebody else, for another team or beyond the caseload limit is for those who may assign cases.',
    rules: ['CASE-3', 'CASE-5', 'CASE-7'],
    scope: 'case:write',
    creates: 'cases',
  })
  open(@Body() body: OpenCaseDto) {
    return this.opening.open(body);
  }

  @Get()
  @Operation({
    id: 'listCases',
    summary: 'Cases you may see, by opening or by what is due next',
    description:
      'Those you are responsible or deputy for, those of your teams, all of the organisation, or your own — as your role says. Names of persons are not in the list: `searchCases` filters by them.',
    rules: ['CASE-6', 'CASE-10'],
    scope: 'case:read',
    lists: CaseListRow,
  })
  list(@Query() query: CasesQuery) {
    return this.queries.list(query);
  }

  @Post('search')
  @Operation({
    id: 'searchCases',
    summary: 'Cases you work on, by the name of the client',
    description:
      'The list of cases, with all its filters and its order, of those whose client is called so; the next page is asked for with `cursor`. The name is in the body, never in an address that is logged, and names are not in the answer. Clients whose processing is restricted are left out, whoever looks. A misspelt name, or a person without a case, is found with `searchPersons`.',
    rules: ['CASE-1', 'CASE-6', 'CASE-9'],
    scope: 'case:find',
    lists: CaseListRow,
  })
  find(@Body() body: SearchCasesDto) {
    return this.search.find(body);
  }

  @Get(':id')
  @Operation({
    id: 'getCase',
    summary: 'One case with its complete record',
    rules: ['CASE-6', 'CASE-7'],
    scope: 'case:read',
    answers: CaseView,
  })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Post(':id/agreement')
  @Operation({
    id: 'signAgreement',
    summary: 'Record the signed agreement',
    description:
      'Needs the valid participation consent of the client. In the accompanying model the role split is recorded and known to client, partners and payer. After a withdrawal or a reopening a new agreement is signed the same way.',
    rules: ['CASE-5'],
    scope: 'case:write',
    changes: true,
  })
  signAgreement(@Param('id', ParseUUIDPipe) id: string, @Body() body: SignAgreementDto, @IfMatch() expected: Expected) {
    return this.cases.signAgreement(id, body, expected);
  }

  @Post(':id/informed-parties')
  @Operation({
    id: 'informParty',
    summary: 'Record that a party was told of the coordinating role',
    description:
      'Needs a release from confidentiality for the purpose `coordination` that covers the recipient and every category. It is entered in the disclosure register.',
    rules: ['CASE-5', 'CONS-3', 'CONS-5'],
    scope: 'case:write',
    changes: true,
  })
  informParty(@Param('id', ParseUUIDPipe) id: string, @Body() body: InformPartyDto, @IfMatch() expected: Expected) {
    return this.cases.informParty(id, body, expected);
  }

  @Post(':id/phase-changes')
  @Operation({
    id: 'changePhase',
    summary: 'Go to another phase',
    description:
      'Each phase has an entry condition; a refusal names all that are unmet. Assessment needs the agreement, service planning a completed assessment, linking an agreed plan, monitoring a running measure, evaluation the final review (or a withdrawn consent, or an unreachable client). From monitoring a way leads back to assessment and to service planning; what was reached before does not count again then. Completed assessment, agreed plan and started measure move the case on by themselves.',
    rules: ['CASE-6'],
    scope: 'case:write',
    changes: true,
  })
  changePhase(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { to, reason }: ChangePhaseDto,
    @IfMatch() expected: Expected,
  ) {
    return this.cases.changePhase(id, to, reason, expected);
  }

  @Post(':id/unreachability')
  @Operation({
    id: 'recordUnreachable',
    summary: 'Record that the client cannot be reached',
    description: 'Begins the closing procedure: the evaluation may be entered from any phase.',
    rules: ['CASE-6'],
    scope: 'case:write',
    changes: true,
  })
  recordUnreachable(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { since, attempts }: RecordUnreachableDto,
    @IfMatch() expected: Expected,
  ) {
    return this.cases.recordUnreachable(id, since, attempts, expected);
  }

  @Delete(':id/unreachability')
  @Operation({
    id: 'recordReached',
    summary: 'The client was reached after all',
    rules: ['CASE-6'],
    scope: 'case:write',
    changes: true,
  })
  recordReached(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.cases.recordReached(id, expected);
  }

  @Post(':id/suspension')
  @Operation({
    id: 'suspendCase',
    summary: 'Let the case rest until a day',
    rules: ['CASE-10'],
    scope: 'case:write',
    changes: true,
  })
  suspend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason, resubmitOn }: SuspendCaseDto,
    @IfMatch() expected: Expected,
  ) {
    return this.cases.suspend(id, reason, resubmitOn, expected);
  }

  @Post(':id/resumption')
  @Operation({
    id: 'resumeCase',
    summary: 'Go on with a suspended case',
    rules: ['CASE-10'],
    scope: 'case:write',
    changes: true,
  })
  resume(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.cases.resume(id, expected);
  }

  @Post(':id/closure')
  @Operation({
    id: 'closeCase',
    summary: 'Close the case',
    description:
      'Needs the recorded evaluation, whatever the reason; only a client’s death, or a case that was never agreed, closes without one.',
    rules: ['CASE-6', 'CASE-10'],
    scope: 'case:write',
    changes: true,
  })
  close(@Param('id', ParseUUIDPipe) id: string, @Body() { reason, note }: CloseCaseDto, @IfMatch() expected: Expected) {
    return this.cases.close(id, reason, note, expected);
  }
}
