import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { ReferralQueries } from '../../application/referral/referral.queries';
import { ReferralService } from '../../application/referral/referral.service';
import {
  AgreeServiceDto,
  AmendReferralDto,
  DraftReferralDto,
  FollowUpReferralDto,
  ReferralsQuery,
  SendReferralDto,
} from './referral.dto';
import { ReferralRow, ReferralView } from './referral.views';

const Id = () => Param('id', ParseUUIDPipe);

@ApiTags('referrals')
@Controller({ version: '1' })
export class ReferralController {
  constructor(
    private readonly referrals: ReferralService,
    private readonly queries: ReferralQueries,
  ) {}

  @Post('cases/:caseId/referrals')
  @Operation({
    id: 'draftReferral',
    summary: 'Begin a referral to a service',
    description: 'A draft stays inside the organisation until it is sent.',
    rules: ['PLAN-5'],
    scope: 'referral:write',
    creates: 'referrals',
  })
  draft(@Param('caseId', ParseUUIDPipe) caseId: string, @Body() body: DraftReferralDto) {
    const {
      serviceId,
      planId = null,
      measureId = null,
      informationPackage = null,
      clientInformedOn = null,
      ...content
    } = body;
    return this.referrals.draft(caseId, {
      serviceId,
      planId,
      measureId,
      content: { ...content, informationPackage, clientInformedOn },
    });
  }

  @Get('cases/:caseId/referrals')
  @Operation({
    id: 'listReferralsOfCase',
    summary: 'Referrals of a case, latest first',
    rules: ['PLAN-5'],
    scope: 'referral:read',
    lists: ReferralRow,
  })
  ofCase(@Param('caseId', ParseUUIDPipe) caseId: string, @Query() query: ReferralsQuery) {
    return this.queries.ofCase(caseId, query);
  }

  @Get('referrals')
  @Operation({
    id: 'listReferrals',
    summary: 'Referrals sent to my organisation, or of the cases I may see',
    description: 'A provider sees the referrals addressed to it, as far as consent goes, and never the case.',
    rules: ['PLAN-5', 'CONS-2'],
    scope: 'referral:read',
    lists: ReferralRow,
  })
  mine(@Query() query: ReferralsQuery) {
    return this.queries.mine(query);
  }

  @Get('referrals/:id')
  @Operation({
    id: 'getReferral',
    summary: 'One referral with its history',
    rules: ['PLAN-5', 'CONS-2'],
    scope: 'referral:read',
    answers: ReferralView,
  })
  byId(@Id() id: string) {
    return this.queries.byId(id);
  }

  @Patch('referrals/:id')
  @Operation({
    id: 'amendReferral',
    summary: 'Complete or correct a draft',
    rules: ['PLAN-5'],
    scope: 'referral:write',
    changes: true,
  })
  amend(@Id() id: string, @IfMatch() expected: Expected, @Body() body: AmendReferralDto) {
    return this.referrals.amend(id, expected, body);
  }

  @Post('referrals/:id/sending')
  @Operation({
    id: 'sendReferral',
    summary: 'Send the referral to the provider',
    description:
      'All steps of linking are checked: client informed, participation and release from confidentiality valid, provider can help, necessary information present. "unmet" explains what is missing. The passing of the information enters the disclosure register.',
    rules: ['PLAN-5', 'CONS-3', 'CONS-5'],
    scope: 'referral:write',
    changes: true,
  })
  send(@Id() id: string, @IfMatch() expected: Expected, @Body() body: SendReferralDto) {
    return this.referrals.send(id, expected, {
      despiteFull: body.despiteFull ?? null,
      forWaitingList: body.forWaitingList ?? false,
    });
  }

  @Put('referrals/:id/service-agreement')
  @Operation({
    id: 'agreeService',
    summary: 'Record or replace the service agreement with the provider',
    description:
      'A price above 0 needs the approval of a lead before the help starts; a replaced agreement needs a new one.',
    rules: ['PLAN-5'],
    scope: 'referral:write',
    changes: true,
  })
  agreeService(@Id() id: string, @IfMatch() expected: Expected, @Body() body: AgreeServiceDto) {
    return this.referrals.agreeService(id, expected, { ...body, periodTo: body.periodTo ?? null });
  }

  @Post('referrals/:id/approval')
  @Operation({
    id: 'approvePurchase',
    summary: 'Approve the cost of the service, as a lead',
    rules: ['PLAN-5'],
    scope: 'case:assign',
    changes: true,
  })
  approve(@Id() id: string, @IfMatch() expected: Expected) {
    return this.referrals.approve(id, expected);
  }

  @Post('referrals/:id/follow-up')
  @Operation({
    id: 'followUpReferral',
    summary: 'Record whether the help arrived',
    rules: ['PLAN-5'],
    scope: 'referral:write',
    changes: true,
  })
  followUp(@Id() id: string, @IfMatch() expected: Expected, @Body() { on, arrived, note }: FollowUpReferralDto) {
    return this.referrals.followUp(id, expected, { on, arrived, note: note ?? null });
  }
}
