import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { CaseTransferQueries } from '../../application/steering/case-transfer.queries';
import { CaseTransferService } from '../../application/steering/case-transfer.service';
import {
  AcceptTransferDto,
  HandoverFactsView,
  ProposeTransferDto,
  TransferReasonDto,
  TransferRow,
  TransferView,
} from './case-transfer.dto';

const Id = () => Param('id', ParseUUIDPipe);
const CaseId = () => Param('caseId', ParseUUIDPipe);

/** Cases handed over with acceptance: offering them, and taking them over within the house. */
@ApiTags('transfer')
@Controller({ version: '1' })
export class CaseTransferController {
  constructor(
    private readonly transfers: CaseTransferService,
    private readonly queries: CaseTransferQueries,
  ) {}

  @Get('cases/:caseId/handover-facts')
  @Operation({
    id: 'getHandoverFacts',
    summary: 'How the case stands, to write a handover by',
    description: 'Phase, open follow-ups, agreed plan, planned and running measures, open referrals, next dates.',
    rules: ['CASE-12'],
    scope: 'case:read',
    answers: HandoverFactsView,
  })
  facts(@CaseId() caseId: string) {
    return this.queries.factsOf(caseId);
  }

  @Post('cases/:caseId/transfers')
  @Operation({
    id: 'proposeTransfer',
    summary: 'Offer a case to another case manager or organisation',
    description:
      'The case moves with the acceptance only. The facts of the day are frozen with the offer. To another organisation it needs one release of the client for the purpose `case_transfer` whose recipient is the organisation (kind `organisation`, its id) and that covers every category handed over; summary and facts go with the offer, who it is goes with the acceptance. Beyond the caseload of the other case manager a handover by the team lead is needed.',
    rules: ['CASE-12', 'CONS-3', 'CONS-5'],
    scope: 'case:write',
    creates: 'transfers',
  })
  propose(@CaseId() caseId: string, @Body() body: ProposeTransferDto) {
    const { categories = [], senderUntil = null, ...offer } = body;
    return this.transfers.propose(caseId, { ...offer, categories, senderUntil });
  }

  @Get('cases/:caseId/transfers')
  @Operation({
    id: 'listTransfers',
    summary: 'Offers of a case, latest first',
    rules: ['CASE-12'],
    scope: 'case:read',
    lists: TransferRow,
  })
  ofCase(@CaseId() caseId: string, @Query() query: PageQuery) {
    return this.queries.ofCase(caseId, query);
  }

  @Get('transfers')
  @Operation({
    id: 'listTransfersToMe',
    summary: 'Cases that colleagues offer to you, latest first',
    rules: ['CASE-12'],
    scope: 'case:read',
    lists: TransferRow,
  })
  toMe(@Query() query: PageQuery) {
    return this.queries.toMe(query);
  }

  @Get('transfers/:id')
  @Operation({
    id: 'getTransfer',
    summary: 'One offer, for the sender and for the colleague it is made to',
    rules: ['CASE-12'],
    scope: 'case:read',
    answers: TransferView,
  })
  get(@Id() id: string) {
    return this.queries.get(id);
  }

  @Post('transfers/:id/withdrawal')
  @Operation({
    id: 'withdrawTransfer',
    summary: 'Take the offer back before it is answered',
    rules: ['CASE-12'],
    scope: 'case:write',
    changes: true,
  })
  withdraw(@Id() id: string, @Body() { reason }: TransferReasonDto, @IfMatch() expected: Expected) {
    return this.transfers.withdraw(id, reason, expected);
  }

  @Post('transfers/:id/acceptance')
  @Operation({
    id: 'acceptTransfer',
    summary: 'Take over a case that a colleague offers you',
    description:
      'You become responsible, within your caseload. The sender’s access ends at once, or goes on as a stand-in for this case until the day offered.',
    rules: ['CASE-7', 'CASE-12'],
    scope: 'case:write',
    changes: true,
  })
  accept(@Id() id: string, @Body() { overLimitReason }: AcceptTransferDto, @IfMatch() expected: Expected) {
    return this.transfers.accept(id, overLimitReason, expected);
  }

  @Post('transfers/:id/decline')
  @Operation({
    id: 'declineTransfer',
    summary: 'Decline a case that a colleague offers you',
    rules: ['CASE-12'],
    scope: 'case:write',
    changes: true,
  })
  decline(@Id() id: string, @Body() { reason }: TransferReasonDto, @IfMatch() expected: Expected) {
    return this.transfers.decline(id, reason, expected);
  }
}
