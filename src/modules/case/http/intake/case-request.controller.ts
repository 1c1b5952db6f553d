import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { CaseRequestQueries } from '../../application/intake/case-request.queries';
import { CaseRequestService } from '../../application/intake/case-request.service';
import {
  ConfirmDeclineDto,
  DeclineRequestDto,
  DraftScreeningDto,
  ListRequestsQuery,
  RaiseDangerDto,
  RecordCrisisInterventionDto,
  RecordRequestDto,
  RequestRow,
  RequestView,
  screeningDraft,
} from './case-request.dto';

@ApiTags('Requests')
@Controller({ path: 'case-requests', version: '1' })
export class CaseRequestController {
  constructor(
    private readonly requests: CaseRequestService,
    private readonly queries: CaseRequestQueries,
  ) {}

  @Post()
  @ApiResponse({
    status: 412,
    description:
      'The person was merged into another at this very moment; read it and send the request for the one that stays',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  @Operation({
    id: 'recordRequest',
    summary: 'Record a request for help',
    description:
      'For a person on record (`personId`) or one recorded with it (`person`); possible duplicates are pointed out in the receipt.',
    rules: ['CASE-1', 'CASE-2'],
    scope: 'request:write',
    creates: 'case-requests',
  })
  record(@Body() { personId, person, acuteDanger, ...request }: RecordRequestDto) {
    const danger = acuteDanger ? { kind: acuteDanger.kind, note: acuteDanger.note ?? null } : null;
    return this.requests.record({ ...request, acuteDanger: danger }, { personId, person });
  }

  @Get()
  @Operation({
    id: 'listRequests',
    summary: 'Requests, newest first',
    description: 'With `acuteDanger=unaddressed`: what comes before everything else.',
    rules: ['CASE-1', 'CASE-2'],
    scope: 'request:read',
    lists: RequestRow,
  })
  list(@Query() query: ListRequestsQuery) {
    return this.queries.list(query);
  }

  @Get(':id')
  @Operation({ id: 'getRequest', summary: 'A request', rules: ['CASE-1'], scope: 'request:read', answers: RequestView })
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.get(id);
  }

  @Post(':id/acute-danger')
  @Operation({
    id: 'raiseAcuteDanger',
    summary: 'Raise an acute danger',
    description: 'Until it is addressed, neither the screening is completed nor the request declined.',
    rules: ['CASE-2'],
    scope: 'request:write',
    changes: true,
  })
  raiseDanger(@Param('id', ParseUUIDPipe) id: string, @Body() body: RaiseDangerDto, @IfMatch() expected: Expected) {
    return this.requests.raiseDanger(id, { kind: body.kind, note: body.note ?? null }, expected);
  }

  @Post(':id/crisis-interventions')
  @Operation({
    id: 'recordCrisisIntervention',
    summary: 'Record what was done against an acute danger',
    rules: ['CASE-2'],
    scope: 'request:write',
    changes: true,
  })
  recordCrisisIntervention(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: RecordCrisisInterventionDto,
    @IfMatch() expected: Expected,
  ) {
    return this.requests.recordCrisisIntervention(id, { ...body, handedTo: body.handedTo ?? null }, expected);
  }

  @Put(':id/screening')
  @Operation({
    id: 'draftScreening',
    summary: 'Keep the screening as far as it got',
    description:
      'Replaces the draft. Criteria may be missing and reasons may be open until the screening is completed. Answers to added questions are held against the edition in force now (GET /v1/screening-questions), which stays with the screening.',
    rules: ['CASE-3'],
    scope: 'request:write',
    changes: true,
  })
  draftScreening(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DraftScreeningDto,
    @IfMatch() expected: Expected,
  ) {
    return this.requests.draftScreening(id, screeningDraft(body), body.answers ?? {}, expected);
  }

  @Post(':id/screening/completion')
  @Operation({
    id: 'completeScreening',
    summary: 'Complete the screening',
    description:
      'Indicated only if all six criteria are met, this organisation is competent and no other service leads; otherwise the receipt carries the warning `not-indicated` with what speaks against it. Required questions of the organisation must be answered; they decide nothing.',
    rules: ['CASE-2', 'CASE-3'],
    scope: 'request:write',
    changes: true,
  })
  completeScreening(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected) {
    return this.requests.completeScreening(id, expected);
  }

  @Post(':id/decline')
  @Operation({
    id: 'declineRequest',
    summary: 'Decline a request well',
    description:
      'For `earlier_history` the request waits until a team lead has confirmed; a team lead who declines confirms with it.',
    rules: ['CASE-4'],
    scope: 'request:write',
    changes: true,
  })
  decline(@Param('id', ParseUUIDPipe) id: string, @Body() body: DeclineRequestDto, @IfMatch() expected: Expected) {
    const { referredOnTo, confirmedBy, ...rest } = body;
    return this.requests.decline(
      id,
      { ...rest, referredOnTo: referredOnTo ?? null, confirmedBy: confirmedBy ?? null },
      expected,
    );
  }

  @Post(':id/decline-confirmation')
  @Operation({
    id: 'confirmDecline',
    summary: 'Confirm a decline for earlier history, or take it back',
    description: 'Only a team lead may do this.',
    rules: ['CASE-4'],
    scope: 'request:write',
    changes: true,
  })
  confirmDecline(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ConfirmDeclineDto,
    @IfMatch() expected: Expected,
  ) {
    return this.requests.confirmDecline(id, { confirmed: body.confirmed, note: body.note ?? null }, expected);
  }
}
