import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../../shared/domain/errors';
import type { Asker, Channel, DangerKind, DeclineReason, FieldOfPractice, RequestStatus } from './intake.words';

/** CASE-2: an acute danger that was noticed. */
export type Danger = { kind: DangerKind; note: string | null };
/** CASE-2: what was done against an acute danger. */
export type CrisisIntervention = {
  measures: string;
  doneBy: string;
  /** Instant at which it was done; default is now. */
  at?: string;
  /** The danger is averted or in other hands. */
  addressed: boolean;
  handedTo: string | null;
};
/** CASE-1: what is recorded about a request. */
export type NewRequest = {
  askedBy: Asker;
  channel: Channel;
  /** Instant; default is now. */
  receivedAt?: string;
  concern: string;
  fieldOfPractice: FieldOfPractice;
  acuteDanger: Danger | null;
};
/** CASE-4: how a request is declined. */
export type Decline = {
  reason: DeclineReason;
  explanation: string;
  referredOnTo: string | null;
  complaintProcedureExplained: boolean;
  /** The team lead asked to confirm; needed for `earlier_history`. */
  confirmedBy: string | null;
};
/** CASE-4: what is told about a decline. Days are YYYY-MM-DD. */
export type DeclineFacts = {
  receivedOn: string;
  declinedOn: string;
  reason: DeclineReason;
  explanation: string;
  referredOnTo: string | null;
  /** What spoke against case management in the screening: criteria, `not_competent`, `other_lead`. */
  unmetCriteria: readonly string[];
  otherLead: string | null;
  /** A team lead confirmed it. */
  confirmed: boolean;
};
/** CASE-2: the same, as it is kept. */
export type RecordedIntervention = Required<CrisisIntervention> & { recordedBy: string; recordedAt: string };
/** CASE-4: the same, as it is kept. */
export type RecordedDecline = Decline & {
  by: string;
  at: string;
  statusBefore: RequestStatus;
  confirmation: { confirmed: boolean; note: string | null; by: string; at: string } | null;
};

/** The instant given, as ISO text in UTC; the stamp's when none is given. What has not happened yet cannot be recorded. */
export function pastInstant(given: string | undefined, { at }: Stamp, pointer: string): string {
  const instant = given === undefined ? new Date(at) : new Date(given);
  if (instant <= new Date(at)) return instant.toISOString();
  throw new InvalidInput([
    {
      pointer,
      code: 'instant-in-past',
      detail: { en: 'Give a moment that has passed', de: 'Geben Sie einen zurückliegenden Zeitpunkt an' },
    },
  ]);
}
