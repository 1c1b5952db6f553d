import { Bool, Instant, Int, IsoDate, LongText, Nested, OneOf, Text, Uuid } from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';
import {
  EMERGENCY_MINUTES,
  EMERGENCY_OUTCOMES,
  EMERGENCY_REASONS,
  EMERGENCY_REVIEW_STATES,
  EMERGENCY_STATES,
  type EmergencyOutcome,
  type EmergencyReason,
} from '../../domain/case/emergency.words';

export class AskForEmergencyAccessDto {
  @OneOf(EMERGENCY_REASONS, { name: 'EmergencyReason', example: 'acute_danger_to_child' }) reasonCode: EmergencyReason;
  @LongText({
    min: 20,
    max: 4000,
    description: 'What has happened, and why the case has to be read now',
    example: 'The police ask at once where the son is placed; the case manager and her deputy cannot be reached.',
  })
  justification: string;
  @Int({ min: 1, max: EMERGENCY_MINUTES, description: 'As short as serves', example: 60 }) minutes: number;
}

export class ReviewEmergencyAccessDto {
  @OneOf(EMERGENCY_OUTCOMES, { name: 'EmergencyOutcome', example: 'justified' }) outcome: EmergencyOutcome;
  @LongText({ max: 4000, description: 'What was found', example: 'The danger was real; only the address was read.' })
  note: string;
}

export class ListEmergencyAccessesQuery extends PageQuery {
  @Uuid({ optional: true }) caseId?: string;
  @Text({ optional: true, description: 'Subject of who read' }) subject?: string;
  @OneOf(EMERGENCY_STATES, { optional: true, name: 'EmergencyState', example: 'active' }) state?: string;
  @OneOf(EMERGENCY_REVIEW_STATES, { optional: true, name: 'EmergencyReviewState', example: 'overdue' }) review?: string;
  @Text({
    optional: true,
    max: 7,
    pattern: /^20\d\d-(0[1-9]|1[0-2])$/,
    description: 'Calendar month in which they were asked for: the monthly list',
    example: '2026-03',
  })
  month?: string;
}

export class EmergencyReviewView {
  @OneOf(EMERGENCY_OUTCOMES, { name: 'EmergencyOutcome' }) outcome: string;
  @LongText({ max: 4000 }) note: string;
  @Text() by: string;
  @Instant() at: string;
}

export class EmergencyAccessView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() caseId: string;
  @Text({ description: 'Who reads' }) subject: string;
  @OneOf(EMERGENCY_REASONS, { name: 'EmergencyReason' }) reasonCode: string;
  @LongText({ max: 4000 }) justification: string;
  @Int({ min: 1, max: EMERGENCY_MINUTES }) minutes: number;
  @OneOf(EMERGENCY_STATES, {
    name: 'EmergencyState',
    description: '`awaiting_approval`: a protected case; `lapsed`: nobody approved it within four hours',
  })
  state: string;
  @Instant() requestedAt: string;
  @Bool({ description: 'The case was protected when it was asked for' }) needsApproval: boolean;
  @Text({ nullable: true }) approvedBy: string | null;
  @Instant({ nullable: true, description: 'null as long as nobody approved it' }) fromAt: string | null;
  @Instant({ nullable: true }) untilAt: string | null;
  @Text({ nullable: true, description: 'Who closed it before its time' }) endedBy: string | null;
  @OneOf(EMERGENCY_REVIEW_STATES, {
    name: 'EmergencyReviewState',
    description: '`none`: it never opened the case',
  })
  reviewState: string;
  @IsoDate({ nullable: true, description: 'Three working days after it was opened' }) reviewDueOn: string | null;
  @Nested(() => EmergencyReviewView, { nullable: true }) review: EmergencyReviewView | null;
}

export class PutCaseProtectionDto {
  @Bool({ description: 'Nobody reads it in an emergency without the approval of a second person', example: true })
  protected: boolean;
  @LongText({ max: 2000, description: 'Why; not shown to clients', example: 'The client is a colleague.' })
  reason: string;
}
