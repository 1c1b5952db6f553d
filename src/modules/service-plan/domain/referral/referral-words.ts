import type { ReferralState } from './referral-course';

/** The words of a referral (PLAN-5), apart from its course. Days are YYYY-MM-DD, instants ISO 8601. */

/** What is written before a referral is sent. */
export type ReferralContent = {
  purposeText: string;
  /** Data categories the information package contains (CONS-3). */
  categories: readonly string[];
  /** What the provider has to know, and no more. */
  informationPackage: string | null;
  clientInformedOn: string | null;
};
export type ReferralTarget = {
  caseId: string;
  planId: string | null;
  measureId: string | null;
  serviceId: string;
  providerId: string;
};

/** What the directory says about the service at the moment of sending. */
export type ServiceState = { status: string; freePlaces: number | null };
/** How a service without a free place is dealt with. */
export type SendingTerms = {
  despiteFull: string | null;
  forWaitingList: boolean;
  /** An exception from consent carries it (CONS-4): the client may be told afterwards. */
  urgent?: boolean;
};

/** One move: who took it when, and why. `recordedFor` says on whose behalf it was entered. */
export type ReferralMove = {
  from: ReferralState | 'none';
  to: ReferralState;
  at: string;
  by: string;
  reason: string | null;
  note: string | null;
  recordedFor: 'provider' | null;
};
export type Why = { reason?: string | null; note?: string | null; recordedFor?: 'provider' | null };
/** What goes with an answer: a note, and whether it was received by phone and entered for the provider. */
export type AnswerNote = { note?: string | null; recordedFor?: 'provider' | null };

/** Agreed date with the provider; `accompaniment` says who goes along. */
export type ReferralAppointment = { at: string; place: string; accompaniment: string | null };

/** What is bought from the provider; price in euro cents for the whole period. */
export type ServiceAgreement = {
  scope: string;
  goals: readonly string[];
  periodFrom: string;
  periodTo: string | null;
  priceCents: number;
};
export type RecordedAgreement = ServiceAgreement & { by: string; at: string };

/** Whether the help arrived, as asked on a day. */
export type ReferralFollowUp = { on: string; arrived: boolean; note: string | null; by: string; at: string };

/**
 * What carries the access of a provider: the release, and the last day it does (YYYY-MM-DD; null while open-ended);
 * `concealed`: an exception that the client is not to know of yet (CONS-4).
 */
export type Carrier = { consentId: string; until: string | null; concealed?: boolean };
