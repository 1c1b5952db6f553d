import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../shared/http/operation';
import { PageQuery } from '../../../shared/http/page';
import { ConsentQueries } from '../application/consent.queries';
import { ConsentService } from '../application/consent.service';
import { ConsentCheckView, ConsentView, DisclosureView } from './consent.views';
import { CheckConsentDto, ConsentsQuery, GiveConsentDto, WithdrawConsentDto } from './consent.dto';

@ApiTags('consent')
@Controller({ version: '1' })
export class ConsentController {
  constructor(
    private readonly consents: ConsentService,
    private readonly queries: ConsentQueries,
  ) {}

  @Post('cases/:caseId/consents')
  @Operation({
    id: 'giveConsent',
    summary: 'Record a consent',
    description:
      'What the client or a representative consented to, how it was explained and where the proof is. The three kinds never stand in for one another. Age rule: under 14 a guardian consents, from 14 to 17 client and guardian together, from 18 the client or a representative. The birth date on record decides, and where the person system names guardians, one of them consents.',
    rules: ['CONS-1'],
    scope: 'consent:write',
    creates: 'consents',
  })
  give(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: GiveConsentDto) {
    return this.consents.give(caseId, body);
  }

  @Get('cases/:caseId/consents')
  @Operation({
    id: 'listConsents',
    summary: 'Consents of a case, latest first',
    description: 'Clients see their own, and those of the children they are recorded as guardians of.',
    rules: ['CONS-1'],
    scope: 'consent:read',
    lists: ConsentView,
  })
  list(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: ConsentsQuery) {
    return this.queries.list(caseId, query);
  }

  @Get('consents/:id')
  @Operation({
    id: 'getConsent',
    summary: 'One consent with its withdrawals',
    rules: ['CONS-1'],
    scope: 'consent:read',
    answers: ConsentView,
  })
  byId(@Param('id', ParseUUIDPipe) id: string) {
    return this.queries.byId(id);
  }

  @Post('consents/:id/withdrawal')
  @Operation({
    id: 'withdrawConsent',
    summary: 'Withdraw a consent, whole or in part',
    description:
      'Effective at once; clients can do it themselves. Name recipients and/or categories to withdraw only that part; name nothing to withdraw everything. What was done before stays lawful and stays recorded.',
    rules: ['CONS-2'],
    scope: 'consent:withdraw',
    changes: true,
  })
  withdraw(@Param('id', ParseUUIDPipe) id: string, @IfMatch() expected: Expected, @Body() body: WithdrawConsentDto) {
    return this.consents.withdraw(id, expected, body);
  }

  @Post('cases/:caseId/consent-checks')
  @Operation({
    id: 'checkConsent',
    summary: 'May this data go to that recipient for this purpose, now?',
    description:
      'One question, one answer: the consent relied on, or what is missing and why. It is the answer that every outward flow gets. Asking passes nothing on.',
    rules: ['CONS-3'],
    scope: 'consent:read',
    answers: ConsentCheckView,
  })
  check(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: CheckConsentDto) {
    return this.queries.check(caseId, body);
  }

  @Get('cases/:caseId/disclosures')
  @Operation({
    id: 'listDisclosures',
    summary: 'The disclosure register of a case: who got what, when, for what, on which basis',
    rules: ['CONS-5'],
    scope: 'consent:read',
    lists: DisclosureView,
  })
  disclosures(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: PageQuery) {
    return this.queries.disclosures(caseId, query);
  }
}
