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
  Uuid,
} from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import {
  ASKERS,
  IDENTITY_PROOFS,
  type IdentityProof,
  REFUSAL_GROUNDS,
  type RefusalGround,
  SUBJECT_REQUEST_CHANNELS,
  SUBJECT_REQUEST_KINDS,
  SUBJECT_REQUEST_RESULTS,
  SUBJECT_REQUEST_STATES,
  type SubjectRequestChannel,
  type SubjectRequestKind,
  type SubjectRequestResult,
} from '../domain/subject-request.words';

export class SubjectRequestAsker {
  @OneOf(ASKERS, { name: 'SubjectRequestAskerKind', example: 'guardian' }) kind:
    'person' | 'guardian' | 'representative';
  @Uuid({ optional: true, nullable: true, description: 'Where guardian or representative are on record' })
  personId?: string | null;
  @Text({ optional: true, nullable: true, description: 'Where they are not' }) name?: string | null;
}

export class FileSubjectRequestDto {
  @Uuid({ optional: true, description: 'Whose data it is about; left out from the own account' }) personId?: string;
  @OneOf(SUBJECT_REQUEST_KINDS, { name: 'SubjectRequestKind', example: 'access' }) kind: SubjectRequestKind;
  @LongText({
    max: 4000,
    description: 'What is asked for, in the person’s words',
    example: 'I want to know what you have written down about me and who got it.',
  })
  wish: string;
  @IsoDate({ optional: true, description: 'When it came in (today where left out); the time runs from here' })
  receivedOn?: string;
  @OneOf(SUBJECT_REQUEST_CHANNELS, { name: 'SubjectRequestChannel', optional: true, example: 'letter' })
  channel?: SubjectRequestChannel;
  @Nested(() => SubjectRequestAsker, { optional: true, description: 'Who asked; the person where left out' })
  asker?: SubjectRequestAsker;
}

export class ConfirmIdentityDto {
  @OneOf(IDENTITY_PROOFS, { name: 'IdentityProof', example: 'identity_document' }) proof: IdentityProof;
  @LongText({
    optional: true,
    max: 1000,
    description: 'What was looked at; no copy and no number of a document',
    example: 'Identity card seen; power of attorney of 2 February in the file.',
  })
  note?: string;
}

export class ExtendSubjectRequestDto {
  @LongText({ max: 2000, example: 'Files of two places have to be gone through.' }) reason: string;
  @IsoDate({ description: 'When the person was told of it and of the reason' }) toldOn: string;
}

export class SubjectRequestStepDto {
  @LongText({ max: 2000, example: 'Asked both teams for papers outside the system.' }) what: string;
}

export class DecideSubjectRequestDto {
  @OneOf(SUBJECT_REQUEST_RESULTS, { name: 'SubjectRequestResult', example: 'granted' }) result: SubjectRequestResult;
  @LongText({
    optional: true,
    max: 4000,
    description: 'Needed where not all is granted, and for objections: the weighing of interests',
  })
  reasons?: string;
  @SomeOf(REFUSAL_GROUNDS, {
    optional: true,
    unique: true,
    max: 12,
    description: 'What stands against it; needed where not all is granted',
    example: [],
  })
  grounds?: RefusalGround[];
  @IsoDate({ description: 'When the person was told' }) toldOn: string;
  @LongText({ max: 1000, example: 'By letter, with the copy of the data.' }) toldHow: string;
  @Bool({
    description: 'Told of the supervisory authority and the courts; needed where not all is granted',
    example: true,
  })
  remediesExplained: boolean;
}

export class IdentityCheckView {
  @OneOf(IDENTITY_PROOFS, { name: 'IdentityProof' }) proof: string;
  @LongText({ nullable: true }) note: string | null;
  @Text() by: string;
  @Instant() at: string;
}
export class SubjectRequestExtensionView {
  @LongText() reason: string;
  @IsoDate() toldOn: string;
  @IsoDate() dueBefore: string;
  @Text() by: string;
  @Instant() at: string;
}
export class SubjectRequestStepView {
  @LongText() what: string;
  @Text() by: string;
  @Instant() at: string;
}
export class SubjectRequestDecisionView {
  @OneOf(SUBJECT_REQUEST_RESULTS, { name: 'SubjectRequestResult' }) result: string;
  @LongText({ nullable: true }) reasons: string | null;
  @SomeOf(REFUSAL_GROUNDS) grounds: string[];
  @IsoDate() toldOn: string;
  @LongText() toldHow: string;
  @Bool() remediesExplained: boolean;
  @Text() by: string;
  @Instant() at: string;
}

export class SubjectRequestView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() personId: string;
  @OneOf(SUBJECT_REQUEST_KINDS, { name: 'SubjectRequestKind' }) kind: string;
  @OneOf(SUBJECT_REQUEST_STATES, { name: 'SubjectRequestState' }) state: string;
  @IsoDate() receivedOn: string;
  @OneOf(SUBJECT_REQUEST_CHANNELS, { name: 'SubjectRequestChannel' }) channel: string;
  @Nested(() => SubjectRequestAsker) asker: SubjectRequestAsker;
  @LongText() wish: string;
  @IsoDate({ description: 'By when it is answered: one month, after an extension three' }) dueOn: string;
  @Bool() overdue: boolean;
  @Nested(() => IdentityCheckView, { nullable: true }) identity: IdentityCheckView | null;
  @Nested(() => SubjectRequestExtensionView, { nullable: true }) extension: SubjectRequestExtensionView | null;
  @NestedList(() => SubjectRequestStepView, { max: 1000 }) steps: SubjectRequestStepView[];
  @Nested(() => SubjectRequestDecisionView, { nullable: true }) decision: SubjectRequestDecisionView | null;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

export class SubjectRequestsQuery extends PageQuery {
  @Bool({ optional: true, description: 'true: those to be answered still' }) open?: boolean;
  @Bool({ optional: true, description: 'true: those that should have been answered' }) overdue?: boolean;
  @OneOf(SUBJECT_REQUEST_KINDS, { name: 'SubjectRequestKind', optional: true }) kind?: string;
  @Uuid({ optional: true }) personId?: string;
}
