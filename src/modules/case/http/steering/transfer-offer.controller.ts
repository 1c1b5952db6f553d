import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { PageQuery } from '../../../../shared/http/page';
import { CaseTransferQueries } from '../../application/steering/case-transfer.queries';
import { TransferOfferService } from '../../application/steering/transfer-offer.service';
import { ReceivedHandoverView, TransferOfferRow, TransferOfferView, TransferReasonDto } from './case-transfer.dto';

const Id = () => Param('id', ParseUUIDPipe);

/** Cases that other organisations offer to yours. */
@ApiTags('transfer')
@Controller({ version: '1' })
export class TransferOfferController {
  constructor(
    private readonly offers: TransferOfferService,
    private readonly queries: CaseTransferQueries,
  ) {}

  @Get('transfer-offers')
  @Operation({
    id: 'listTransferOffers',
    summary: 'Cases that other organisations offer to yours, latest first',
    rules: ['CASE-12'],
    scope: 'transfer:read',
    lists: TransferOfferRow,
  })
  list(@Query() query: PageQuery) {
    return this.queries.offered(query);
  }

  @Get('transfer-offers/:id')
  @Operation({
    id: 'getTransferOffer',
    summary: 'One of them, with the summary to decide by',
    description:
      'The sender’s summary and the facts without names and free wording, while the offer waits for an answer and the release it relies on holds. Every reading is in the access log of both organisations.',
    rules: ['CASE-12', 'CONS-3'],
    scope: 'transfer:read',
    answers: TransferOfferView,
  })
  get(@Id() id: string) {
    return this.queries.offer(id);
  }

  @Post('transfer-offers/:id/acceptance')
  @Operation({
    id: 'acceptTransferOffer',
    summary: 'Take the case over',
    description:
      'Your organisation gets a person of its own and a request of its own that starts from the summary (`requestId` of the offer, GET /v1/case-requests/{id}/handover); from there it is screened and opened as usual. The sender’s case is closed as handed over, at once or after its last day; the sender keeps its record and reads nothing of yours.',
    rules: ['CASE-12', 'CASE-1', 'CONS-3', 'CONS-5'],
    scope: 'transfer:write',
    changes: true,
  })
  accept(@Id() id: string, @IfMatch() expected: Expected) {
    return this.offers.accept(id, expected);
  }

  @Post('transfer-offers/:id/decline')
  @Operation({
    id: 'declineTransferOffer',
    summary: 'Decline the case with a reason',
    rules: ['CASE-12'],
    scope: 'transfer:write',
    changes: true,
  })
  decline(@Id() id: string, @Body() { reason }: TransferReasonDto, @IfMatch() expected: Expected) {
    return this.offers.decline(id, reason, expected);
  }

  @Get('case-requests/:id/handover')
  @Operation({
    id: 'getReceivedHandover',
    summary: 'What came with a request from another organisation',
    rules: ['CASE-12'],
    scope: 'request:read',
    answers: ReceivedHandoverView,
  })
  received(@Id() id: string) {
    return this.queries.received(id);
  }
}
