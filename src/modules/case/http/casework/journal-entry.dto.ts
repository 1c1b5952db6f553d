import {
  Bool,
  Instant,
  Int,
  IsoDate,
  LongText,
  NestedList,
  OneOf,
  Text,
  TextList,
  Uuid,
} from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';
import { ACTIVITIES, type Activity, CM_FUNCTIONS, type CmFunction } from '../../domain/intake/intake.words';

const MINUTES = { min: 0, max: 10_080 };
const CENTS = { min: 0, max: 1_000_000_000 };
const VERSION = { min: 1, max: 2_147_483_647 };

export class WriteJournalEntryDto {
  @OneOf(ACTIVITIES, { example: 'home_visit' }) kind: Activity;
  @OneOf(CM_FUNCTIONS, { description: 'The case management function the activity served', example: 'support' })
  function: CmFunction;
  @TextList({ optional: true, max: 50, description: 'Who took part', example: ['Mr X', 'neighbour'] })
  participants?: string[];
  @Int({ ...MINUTES, description: 'Time spent, in minutes', example: 60 }) minutes: number;
  @Int({ ...CENTS, default: 0, optional: true, description: 'Cost in euro cents', example: 450 }) costCents?: number;
  @IsoDate({ description: 'Day of the activity' }) on: string;
  @LongText({ example: 'Looked at the flat with him: stairs, bath and kitchen need changes.' }) text: string;
  @Bool({ optional: true, description: 'The client may read the entry; default false', example: true })
  sharedWithClient?: boolean;
  @Bool({
    optional: true,
    description: 'Organisations that steer the case jointly and were given the notes may read it; default false',
  })
  sharedInSteering?: boolean;
}

export class CorrectJournalEntryDto {
  @Text({ max: 1000, description: 'Why the entry is corrected', example: 'Minutes of the way there were missing' })
  reason: string;
  @OneOf(ACTIVITIES, { optional: true }) kind?: Activity;
  @OneOf(CM_FUNCTIONS, { optional: true }) function?: CmFunction;
  @TextList({ optional: true, max: 50 }) participants?: string[];
  @Int({ ...MINUTES, optional: true, example: 90 }) minutes?: number;
  @Int({ ...CENTS, optional: true, description: 'Euro cents' }) costCents?: number;
  @IsoDate({ optional: true }) on?: string;
  @LongText({ optional: true }) text?: string;
  @Bool({ optional: true }) sharedWithClient?: boolean;
  @Bool({ optional: true }) sharedInSteering?: boolean;
}

export class ListJournalQuery extends PageQuery {
  @OneOf(ACTIVITIES, { optional: true, example: 'home_visit' }) kind?: string;
}

class JournalContent {
  @OneOf(ACTIVITIES) kind: string;
  @OneOf(CM_FUNCTIONS) function: string;
  @TextList({ max: 50 }) participants: string[];
  @Int(MINUTES) minutes: number;
  @Int({ ...CENTS, description: 'Euro cents' }) costCents: number;
  @IsoDate() on: string;
  @LongText() text: string;
  @Bool() sharedWithClient: boolean;
  @Text() writtenBy: string;
  @Instant() writtenAt: string;
}

export class EarlierJournalEntry extends JournalContent {
  @Bool({ optional: true, description: 'Absent in versions from before it could be said' }) sharedInSteering?: boolean;
  @Int(VERSION) version: number;
  @Text({ max: 1000, nullable: true, description: 'Why this version was written; null for the first' }) reason:
    string | null;
}

export class JournalEntryRow extends JournalContent {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @Uuid() caseId: string;
  @Bool() sharedInSteering: boolean;
  @Uuid({ nullable: true, description: 'Organisation of whoever wrote it, where that is another one (CASE-11)' })
  guestId: string | null;
  @Text({ max: 1000, nullable: true, description: 'Why this version was written; null for the first' })
  correctionReason: string | null;
}

export class JournalEntryView extends JournalEntryRow {
  @NestedList(() => EarlierJournalEntry, { max: 1000, description: 'Earlier versions, the oldest first' })
  earlier: EarlierJournalEntry[];
}
