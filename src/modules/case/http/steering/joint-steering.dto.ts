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
} from '../../../../shared/http/fields';
import { ACTIVITIES, type Activity, CM_FUNCTIONS, type CmFunction } from '../../domain/intake/intake.words';
import {
  CONTRIBUTIONS,
  type Contribution,
  ENDING_CAUSES,
  STEERING_PARTS,
  STEERING_STATUSES,
  type SteeringPart,
} from '../../domain/steering/joint-steering.values';

const VERSION = { min: 1, max: 2_147_483_647 };
const READERS = { max: 20, unique: true, description: 'Subjects of your staff who may read; nobody else does' };

export class InviteToSteeringDto {
  @Uuid({
    description: 'The organisation invited; it tells you its id',
    example: '0d7c6f0e-3b0a-4c53-9d55-000000000002',
  })
  organisationId: string;
  @SomeOf(STEERING_PARTS, {
    min: 1,
    max: 5,
    unique: true,
    description: 'What it may read: one release must cover the data category of every part',
    example: ['plan', 'notes'],
  })
  parts: SteeringPart[];
  @SomeOf(CONTRIBUTIONS, {
    optional: true,
    max: 2,
    unique: true,
    description: 'What it may add to, among the parts',
    example: ['notes'],
  })
  contributions?: Contribution[];
  @LongText({
    max: 2000,
    description: 'What for. The organisation reads it before it decides: write it without names',
    example: 'Both of us work with the family; the return to work and the care at home have to fit together.',
  })
  purpose: string;
  @IsoDate({ optional: true, description: 'First day; default is today' }) fromOn?: string;
  @IsoDate({ description: 'Last day', example: '2026-09-30' }) untilOn: string;
}

export class RecallSteeringDto {
  @LongText({ max: 2000, example: 'The son has moved; the plan is no longer a common one.' }) reason: string;
}

export class AcceptSteeringDto {
  @TextList({ ...READERS, optional: true, min: 1, description: `${READERS.description}; default is whoever accepts` })
  readers?: string[];
}

export class SteeringReadersDto {
  @TextList({ ...READERS, min: 1, example: ['5b1f0c52-7a44-4d6e-8f00-000000000012'] }) readers: string[];
}

export class WriteGuestNoteDto {
  @OneOf(ACTIVITIES, { example: 'coordination' }) kind: Activity;
  @OneOf(CM_FUNCTIONS, { description: 'The case management function the activity served', example: 'coordination' })
  function: CmFunction;
  @Int({ min: 0, max: 10_080, description: 'Time spent, in minutes', example: 20 }) minutes: number;
  @IsoDate({ description: 'Day of the activity' }) on: string;
  @LongText({ example: 'The employment service agrees to begin with three hours a day.' }) text: string;
}

export class OrganisationView {
  @Uuid() id: string;
  @Text() name: string;
}

export class SteeringStepView {
  @OneOf([...STEERING_STATUSES, 'narrowed'], { name: 'SteeringStepKind', description: 'narrowed: parts were closed' })
  status: string;
  @Instant() at: string;
  @Text({ description: 'Subject of whoever took the step' }) by: string;
  @Uuid({ description: 'Their organisation' }) organisationId: string;
  @OneOf(ENDING_CAUSES, { name: 'SteeringEndingCause', nullable: true }) cause: string | null;
  @LongText({ nullable: true, max: 2000 }) reason: string | null;
}

class SteeringHead {
  @Uuid() id: string;
  @Int({ ...VERSION, description: 'For If-Match' }) version: number;
  @SomeOf(STEERING_PARTS) parts: string[];
  @SomeOf(CONTRIBUTIONS) contributions: string[];
  @IsoDate() fromOn: string;
  @IsoDate() untilOn: string;
  @OneOf(STEERING_STATUSES, { name: 'SteeringStatus' }) status: string;
  @TextList({ max: 20, description: 'Subjects of the guest’s staff who may read' }) readers: string[];
}

export class JointSteeringView extends SteeringHead {
  @Uuid() caseId: string;
  @Nested(() => OrganisationView, { description: 'The organisation invited' }) guest: OrganisationView;
  @LongText({ max: 2000 }) purpose: string;
  @Uuid({ description: 'The release it relies on' }) consentId: string;
  @NestedList(() => SteeringStepView) steps: SteeringStepView[];
}

/** An invitation as the organisation invited sees it in its list. */
export class SteeringInvitationRow extends SteeringHead {
  @Nested(() => OrganisationView, { description: 'The organisation that invites' }) organisation: OrganisationView;
  @Instant() invitedAt: string;
}

export class SteeringInvitationView extends SteeringInvitationRow {
  @LongText({ max: 2000 }) purpose: string;
  @NestedList(() => SteeringStepView) steps: SteeringStepView[];
}

export class GuestIdentityView {
  @Text() familyName: string;
  @Text({ nullable: true }) givenName: string | null;
  @IsoDate({ nullable: true }) birthDate: string | null;
  @TextList() languages: string[];
  @Bool() interpreterNeeded: boolean;
}

export class GuestNoteView {
  @Uuid() id: string;
  @OneOf(ACTIVITIES) kind: string;
  @OneOf(CM_FUNCTIONS) function: string;
  @IsoDate() on: string;
  @LongText() text: string;
  @Text({ description: 'Subject of whoever wrote it' }) writtenBy: string;
  @Uuid({ nullable: true, description: 'Their organisation, where it is not the one whose case it is' }) guestId:
    string | null;
  @Instant() writtenAt: string;
}
