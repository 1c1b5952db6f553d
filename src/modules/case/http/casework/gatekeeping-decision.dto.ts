import { Instant, Int, IsoDate, LongText, Nested, NestedList, OneOf, Text, Uuid } from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';
import {
  COST_PERIODS,
  GATE_DECISIONS,
  type GateDecision,
  type GatekeepingTerms,
  type ServiceCost,
  WAYS,
  type Way,
} from '../../domain/casework/gatekeeping.values';
import { CRITERION_ANSWERS, type CriterionAnswer } from '../../domain/intake/intake.words';

const VERSION = { min: 1, max: 2_147_483_647 };

export class AccessCriterionDto {
  @Text({ max: 500, description: 'A condition of access to the service', example: 'Out-patient care does not suffice' })
  criterion: string;
  @OneOf(CRITERION_ANSWERS, { example: 'not_met' }) answer: CriterionAnswer;
  @Text({
    max: 2000,
    optional: true,
    nullable: true,
    description: 'Needed unless the criterion is met',
    example: 'The rehabilitation clinic in town treats his condition as an out-patient.',
  })
  reason?: string | null;
}
export class UsedInformationDto {
  @Text({ max: 500, description: 'What the decision rests on', example: 'Discharge report' }) what: string;
  @Text({ max: 200, description: 'Where it came from', example: 'University hospital, stroke unit' }) source: string;
  @IsoDate({ optional: true, nullable: true, description: 'The day it speaks of' }) asOf?: string | null;
}
export class OfferedAlternativeDto {
  @Text({ max: 500, description: 'What is offered instead', example: 'Out-patient rehabilitation in town' })
  service: string;
  @Text({ max: 2000, description: 'Why it fits the need', example: 'Same therapy, and the family stays near.' })
  reason: string;
}
export class ServiceCostDto {
  @Int({ min: 0, max: 2_000_000_000, description: 'Euro cents', example: 480_000 }) amountCents: number;
  @OneOf(COST_PERIODS, { description: 'What the amount is for', example: 'whole_duration' })
  period: ServiceCost['period'];
}
export class AppealInformationDto {
  @LongText({
    max: 4000,
    description: 'How the person can object, and where',
    example: 'Objection in writing to the health insurance fund within one month.',
  })
  instructions: string;
  @IsoDate({ optional: true, nullable: true, description: 'Last day to object, where there is one' })
  deadline?: string | null;
  @IsoDate({ description: 'When the person was told' }) givenOn: string;
  @OneOf(WAYS, { description: 'How the person was told', example: 'post' }) way: Way;
}
export class DecideGatekeepingDto {
  @Text({
    max: 500,
    description: 'The collectively funded service asked for',
    example: 'Rehabilitation measure in another country',
  })
  service: string;
  @OneOf(GATE_DECISIONS, { example: 'refused' }) decision: GateDecision;
  @Text({
    max: 2000,
    optional: true,
    nullable: true,
    description: 'What exactly is granted; with `partly_granted` only, and then needed',
    example: null,
  })
  grantedPart?: string | null;
  @IsoDate({ description: 'Day of the decision' }) decidedOn: string;
  @NestedList(() => AccessCriterionDto, { min: 1, max: 50, description: 'The criteria applied' })
  criteria: AccessCriterionDto[];
  @NestedList(() => UsedInformationDto, { min: 1, max: 50, description: 'The information used, with its source' })
  information: UsedInformationDto[];
  @Nested(() => OfferedAlternativeDto, { optional: true, nullable: true, description: 'Needed with `refused`' })
  alternative?: OfferedAlternativeDto | null;
  @Nested(() => ServiceCostDto, {
    optional: true,
    nullable: true,
    description: 'Of what is granted (then needed), or of what was refused',
  })
  cost?: ServiceCostDto | null;
  @Text({ description: 'Who pays, or would have to', example: 'Statutory health insurance' }) payer: string;
  @Nested(() => AppealInformationDto, {
    optional: true,
    nullable: true,
    description: 'Needed unless `granted` in full',
  })
  appeal?: AppealInformationDto | null;
  @LongText({ description: 'The reasons', example: 'There is no entitlement to a measure abroad.' }) reasons: string;
}
export class ReviseGatekeepingDto extends DecideGatekeepingDto {
  @Text({ max: 2000, description: 'Why the earlier decision is revised', example: 'Objection with a new report' })
  revisionReason: string;
}
export class AnnounceGatekeepingDto {
  @IsoDate({ description: 'When the client was told' }) on: string;
  @OneOf(WAYS, { description: 'How the client was told', example: 'in_person' }) way: Way;
}

export class ListGatekeepingQuery extends PageQuery {
  @OneOf(GATE_DECISIONS, { optional: true, example: 'refused' }) decision?: string;
}

export class AccessCriterionView {
  @Text({ max: 500 }) criterion: string;
  @OneOf(CRITERION_ANSWERS) answer: string;
  @Text({ max: 2000, nullable: true }) reason: string | null;
}
export class UsedInformationView {
  @Text({ max: 500 }) what: string;
  @Text() source: string;
  @IsoDate({ nullable: true }) asOf: string | null;
}
export class AppealInformationView {
  @LongText({ max: 4000 }) instructions: string;
  @IsoDate({ nullable: true }) deadline: string | null;
  @IsoDate() givenOn: string;
  @OneOf(WAYS) way: string;
}
export class AnnouncementView {
  @IsoDate() on: string;
  @OneOf(WAYS) way: string;
  @Text() by: string;
  @Instant() at: string;
}
export class GatekeepingDecisionView {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @Uuid() caseId: string;
  @Text({ max: 500 }) service: string;
  @OneOf(GATE_DECISIONS) decision: string;
  @Text({ max: 2000, nullable: true }) grantedPart: string | null;
  @IsoDate() decidedOn: string;
  @NestedList(() => AccessCriterionView, { max: 50 }) criteria: AccessCriterionView[];
  @NestedList(() => UsedInformationView, { max: 50 }) information: UsedInformationView[];
  @Nested(() => OfferedAlternativeDto, { nullable: true }) alternative: OfferedAlternativeDto | null;
  @Nested(() => ServiceCostDto, { nullable: true }) cost: ServiceCostDto | null;
  @Text() payer: string;
  @Nested(() => AppealInformationView, { nullable: true }) appeal: AppealInformationView | null;
  @LongText() reasons: string;
  @Nested(() => AnnouncementView, { nullable: true, description: 'null until the client was told' })
  announcement: AnnouncementView | null;
  @Uuid({ nullable: true, description: 'The earlier decision in whose place this one stands' }) revisesId:
    string | null;
  @Text({ max: 2000, nullable: true, description: 'Why the earlier one was revised' }) revisionReason: string | null;
  @Uuid({ nullable: true, description: 'The later decision that stands in its place; a client sees it once announced' })
  revisedById: string | null;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

/** The terms with everything left out said to be null. */
export function gatekeepingTerms(body: DecideGatekeepingDto): GatekeepingTerms {
  const { service, decision, decidedOn, payer, reasons, alternative, cost, appeal } = body;
  return {
    service,
    decision,
    grantedPart: body.grantedPart ?? null,
    decidedOn,
    criteria: body.criteria.map(({ criterion, answer, reason }) => ({ criterion, answer, reason: reason ?? null })),
    information: body.information.map(({ what, source, asOf }) => ({ what, source, asOf: asOf ?? null })),
    alternative: alternative ?? null,
    cost: cost ?? null,
    payer,
    appeal: appeal ? { ...appeal, deadline: appeal.deadline ?? null } : null,
    reasons,
  };
}
