import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { InvalidInput } from '../../../../shared/domain/errors';
import { IfMatch, Operation } from '../../../../shared/http/operation';
import { type ProviderAnswer, ReferralCourseService } from '../../application/referral/referral-course.service';
import {
  AcceptReferralDto,
  ArrangeAppointmentDto,
  CancelReferralDto,
  CompleteReferralDto,
  DeclineReferralDto,
  DiscontinueReferralDto,
  RecordProviderAnswerDto,
  ReferralNoteDto,
  WaitlistReferralDto,
} from './referral.dto';

const Id = () => Param('id', ParseUUIDPipe);
const rules = ['PLAN-5'];

@ApiTags('referrals')
@Controller({ path: 'referrals/:id', version: '1' })
export class ReferralCourseController {
  constructor(private readonly course: ReferralCourseService) {}

  @Post('acceptance')
  @Operation({
    id: 'acceptReferral',
    summary: 'Accept the referral, as the provider',
    rules,
    scope: 'referral:respond',
    changes: true,
  })
  accept(@Id() id: string, @IfMatch() expected: Expected, @Body() { note }: AcceptReferralDto) {
    return this.course.answer(id, expected, { answer: 'accepted' }, note ?? null);
  }

  @Post('waitlisting')
  @Operation({
    id: 'waitlistReferral',
    summary: 'Put the client on the waiting list, as the provider',
    rules,
    scope: 'referral:respond',
    changes: true,
  })
  waitlist(@Id() id: string, @IfMatch() expected: Expected, @Body() { expectedOn, note }: WaitlistReferralDto) {
    return this.course.answer(id, expected, { answer: 'waitlisted', expectedOn: expectedOn ?? null }, note ?? null);
  }

  @Post('declination')
  @Operation({
    id: 'declineReferral',
    summary: 'Decline the referral, as the provider',
    rules,
    scope: 'referral:respond',
    changes: true,
  })
  decline(@Id() id: string, @IfMatch() expected: Expected, @Body() { reason, text }: DeclineReferralDto) {
    return this.course.answer(id, expected, { answer: 'declined', reason }, text ?? null);
  }

  @Post('recorded-answer')
  @Operation({
    id: 'recordProviderAnswer',
    summary: 'Record what the provider answered by phone or letter, as the case manager',
    description: 'The history shows that the answer was entered for the provider.',
    rules,
    scope: 'referral:write',
    changes: true,
  })
  recordAnswer(@Id() id: string, @IfMatch() expected: Expected, @Body() body: RecordProviderAnswerDto) {
    return this.course.recordAnswer(id, expected, answerOf(body), body.note);
  }

  @Post('appointment')
  @Operation({
    id: 'arrangeAppointment',
    summary: 'Record the appointment made, or a new one',
    rules,
    scope: 'referral:write',
    changes: true,
  })
  arrange(
    @Id() id: string,
    @IfMatch() expected: Expected,
    @Body() { at, place, accompaniment }: ArrangeAppointmentDto,
  ) {
    return this.course.arrange(id, expected, { at, place, accompaniment: accompaniment ?? null });
  }

  @Post('start')
  @Operation({
    id: 'startReferredHelp',
    summary: 'Record that the help has begun',
    description: 'The measure it serves starts with it.',
    rules: ['PLAN-2', 'PLAN-5'],
    scope: 'referral:write',
    changes: true,
  })
  start(@Id() id: string, @IfMatch() expected: Expected, @Body() { note }: ReferralNoteDto) {
    return this.course.start(id, expected, note ?? null);
  }

  @Post('no-show')
  @Operation({
    id: 'recordNoShow',
    summary: 'Record that the client missed the appointment',
    rules,
    scope: 'referral:write',
    changes: true,
  })
  miss(@Id() id: string, @IfMatch() expected: Expected, @Body() { note }: ReferralNoteDto) {
    return this.course.miss(id, expected, note ?? null);
  }

  @Post('completion')
  @Operation({
    id: 'completeReferral',
    summary: 'Record that the help was carried through',
    rules,
    scope: 'referral:write',
    changes: true,
  })
  complete(@Id() id: string, @IfMatch() expected: Expected, @Body() { outcome, note }: CompleteReferralDto) {
    return this.course.complete(id, expected, outcome, note ?? null);
  }

  @Post('discontinuation')
  @Operation({
    id: 'discontinueReferral',
    summary: 'Record that the help was broken off',
    rules,
    scope: 'referral:write',
    changes: true,
  })
  discontinue(@Id() id: string, @IfMatch() expected: Expected, @Body() { reason, text }: DiscontinueReferralDto) {
    return this.course.discontinue(id, expected, reason, text ?? null);
  }

  @Post('cancellation')
  @Operation({
    id: 'cancelReferral',
    summary: 'Take the referral back before help begins',
    rules,
    scope: 'referral:write',
    changes: true,
  })
  cancel(@Id() id: string, @IfMatch() expected: Expected, @Body() { reason, text }: CancelReferralDto) {
    return this.course.cancel(id, expected, reason, text ?? null);
  }
}

function answerOf({ answer, expectedOn, reason }: RecordProviderAnswerDto): ProviderAnswer {
  if (answer === 'accepted') return { answer };
  if (answer === 'waitlisted') return { answer, expectedOn: expectedOn ?? null };
  if (!reason) {
    const detail = { en: 'Give the reason the provider named.', de: 'Nennen Sie den Grund des Leistungserbringers.' };
    throw new InvalidInput([{ pointer: '#/reason', code: 'reason-missing', detail }]);
  }
  return { answer, reason };
}
