import {
  Bool,
  Instant,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  SomeOf,
  Text,
  TextList,
  Uuid,
  UuidList,
} from '../../../../shared/http/fields';
import {
  CASE_FLAGS,
  CASE_STATUSES,
  CLOSURE_REASONS,
  CM_MODELS,
  INFORMED_OF_ROLES,
  MEMBER_ROLES,
} from '../../domain/case/case.values';
import { PHASES, PHASE_CAUSES } from '../../domain/case/phases';
import { FIELDS_OF_PRACTICE } from '../../domain/intake/intake.words';
import { AnsweredScreeningView } from '../intake/case-request.dto';
import { InformedClient, InformedPartyRecipient, AgreementSignatory } from './case.dto';

/** The answers about cases. Names of persons are never in them; ask for the person. */

class CaseAgreementView {
  @Nested(() => InformedClient) informed: InformedClient;
  @OneOf(CM_MODELS, { name: 'CmModel' }) model: string;
  @LongText({ nullable: true }) roleSplit: string | null;
  @SomeOf(INFORMED_OF_ROLES) roleSplitKnownTo: string[];
  @LongText() mandate: string;
  @IsoDate() signedOn: string;
  @NestedList(() => AgreementSignatory) signatories: AgreementSignatory[];
  @Uuid({ description: 'The participation consent relied on' }) consentId: string;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

class CasePhaseEntryView {
  @OneOf(PHASES, { name: 'Phase' }) phase: string;
  @Instant() enteredAt: string;
  @Instant({ nullable: true, description: 'null: the present phase' }) leftAt: string | null;
  @Text({ description: 'Subject of who decided, or system:… where it followed from an event' }) by: string;
  @OneOf(PHASE_CAUSES, { name: 'PhaseCause' }) cause: string;
  @LongText({ nullable: true }) reason: string | null;
}

class CaseMilestonesView {
  @Instant({ optional: true }) assessmentCompleted?: string;
  @Instant({ optional: true }) planAgreed?: string;
  @Instant({ optional: true }) measureStarted?: string;
  @Instant({ optional: true }) finalReviewHeld?: string;
  @Instant({ optional: true }) evaluationRecorded?: string;
}

class CaseResponsibilityView {
  @OneOf(['responsible', 'deputy'], { name: 'ResponsibilityRole' }) role: string;
  @Text() subject: string;
  @Instant() from: string;
  @Instant({ nullable: true }) until: string | null;
  @Text() by: string;
  @LongText({ nullable: true }) reason: string | null;
  @LongText({
    optional: true,
    nullable: true,
    description: 'Why the caseload limit was exceeded; not shown to the client',
  })
  overLimitReason?: string | null;
}

class CaseMemberView {
  @Uuid() personId: string;
  @OneOf(MEMBER_ROLES, { name: 'MemberRole' }) role: string;
  @Bool() legalGuardian: boolean;
  @LongText({ nullable: true }) representationScope: string | null;
  @UuidList({ optional: true, description: 'Legal guardians of this member' }) guardianIds?: string[];
  @Instant() addedAt: string;
  @Text() addedBy: string;
  @Instant({ nullable: true, description: 'null: still part of the person system' }) removedAt: string | null;
  @Text({ nullable: true }) removedBy: string | null;
  @LongText({ nullable: true }) removalReason: string | null;
}

class CaseInformedPartyView {
  @Nested(() => InformedPartyRecipient) recipient: InformedPartyRecipient;
  @Text({ nullable: true }) role: string | null;
  @TextList() categories: string[];
  @Uuid() consentId: string;
  @Instant() informedAt: string;
  @Text() by: string;
}

class CaseSuspensionView {
  @LongText() reason: string;
  @IsoDate() resubmitOn: string;
  @Instant() suspendedAt: string;
  @Text() by: string;
}

class CaseClosingView {
  @OneOf(['consent_withdrawn', 'unreachable'], { name: 'ClosingReason' }) reason: string;
  @IsoDate() since: string;
  @LongText({ nullable: true }) attempts: string | null;
  @Instant() startedAt: string;
  @Text() by: string;
}

class CaseClosureView {
  @OneOf(CLOSURE_REASONS, { name: 'ClosureReason' }) reason: string;
  @LongText() note: string;
  @Instant() closedAt: string;
  @Text() by: string;
}

class CaseReopeningView {
  @LongText() reason: string;
  @LongText({ description: 'What the re-check of the indication found' }) recheck: string;
  @Nested(() => AnsweredScreeningView, {
    optional: true,
    description: 'The re-check with the edition of the added questions; absent where it was recorded in words only',
  })
  screening?: AnsweredScreeningView;
  @Instant() reopenedAt: string;
  @Text() by: string;
  @Nested(() => CaseClosureView, { description: 'The closure it undid' }) closure: CaseClosureView;
}

/** What is said of every case. */
export class CaseRow {
  @Uuid() id: string;
  @Uuid() personId: string;
  @OneOf(PHASES, { name: 'Phase' }) phase: string;
  @OneOf(CASE_STATUSES, { name: 'CaseStatus' }) status: string;
  @OneOf(FIELDS_OF_PRACTICE, { name: 'FieldOfPractice' }) fieldOfPractice: string;
  @Text({ description: 'Subject of the responsible case manager' }) responsible: string;
  @Text({ nullable: true }) deputy: string | null;
  @Text({ nullable: true }) team: string | null;
  @Int({ min: 1, max: 5 }) intensity: number;
  @Instant() openedAt: string;
  @IsoDate({ nullable: true, description: 'Day the agreement in force was signed' }) agreedOn: string | null;
}

/** A row of the case list, with what a work list needs. */
export class CaseListRow extends CaseRow {
  @IsoDate({ nullable: true, description: 'When something on its work list is due next; null also for the client' })
  nextDueOn: string | null;
  @SomeOf(CASE_FLAGS, { description: 'What stands out; empty for the client' }) flags: string[];
}

/** One case with its complete record. */
export class CaseView extends CaseRow {
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() requestId: string;
  @NestedList(() => CaseAgreementView, { description: 'Oldest first; the last one is in force while agreedOn is set' })
  agreements: CaseAgreementView[];
  @NestedList(() => CasePhaseEntryView, { max: 10_000, description: 'The phase record, oldest first' })
  phases: CasePhaseEntryView[];
  @Nested(() => CaseMilestonesView, { description: 'When what the phases rest on last happened' })
  milestones: CaseMilestonesView;
  @UuidList({ max: 10_000, description: 'Measures that run now' }) runningMeasures: string[];
  @NestedList(() => CaseResponsibilityView, { max: 10_000, description: 'Who was responsible or deputy, oldest first' })
  responsibilities: CaseResponsibilityView[];
  @NestedList(() => CaseMemberView, { max: 10_000, description: 'The person system besides the client' })
  members: CaseMemberView[];
  @NestedList(() => CaseInformedPartyView, { max: 10_000 }) informedParties: CaseInformedPartyView[];
  @Bool({ description: 'In an emergency nobody else reads it without the approval of a second person' })
  protected: boolean;
  @Nested(() => CaseSuspensionView, { nullable: true }) suspension: CaseSuspensionView | null;
  @Nested(() => CaseClosingView, { nullable: true, description: 'The closing procedure, once begun' })
  closing: CaseClosingView | null;
  @Nested(() => CaseClosureView, { nullable: true }) closure: CaseClosureView | null;
  @NestedList(() => CaseReopeningView, { max: 10_000 }) reopenings: CaseReopeningView[];
}
