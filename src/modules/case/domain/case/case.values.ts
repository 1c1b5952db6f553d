import type { Stamp } from '../../../../shared/domain/aggregate-root';
import type { ConfirmedIndication } from '../intake/indication-recheck';

/** Values a case owns; they have no life of their own. Days are YYYY-MM-DD, instants ISO 8601 (UTC). */

/** CASE-10. A reopened case is under re-check until a new agreement is signed. */
export const CASE_STATUSES = ['active', 'suspended', 'closed', 'reopened'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

export const CLOSURE_REASONS = [
  'goals_achieved',
  'handed_over',
  'consent_withdrawn',
  'unreachable',
  'moved',
  'deceased',
  'not_indicated_any_more',
  'other',
] as const;
export type ClosureReason = (typeof CLOSURE_REASONS)[number];

/** General: steering only. Accompanying: the same professional also delivers a service (S2 §2). */
export const CM_MODELS = ['general', 'accompanying'] as const;
export const INFORMED_OF_ROLES = ['client', 'partners', 'payer'] as const;
export const SIGNATORY_ROLES = ['client', 'representative', 'case_manager', 'other'] as const;

/** What an indicated request hands over to the case it becomes. */
export type Opening = {
  requestId: string;
  personId: string;
  fieldOfPractice: string;
  criteriaMetAndReasoned: boolean;
  acuteDanger: boolean;
  dangerAddressedAt: string | null;
  screenedAt: string;
  responsible: string;
  team: string | null;
  /** Portal subjects of the client. */
  clients: readonly string[];
  /** Weight 1 (light) to 5 (very intense) in the caseload. */
  intensity: number;
  overLimitReason: string | null;
};

/** What stands out about a case in a list (CASE-9). */
export const CASE_FLAGS = ['overdue', 'acute_danger', 'over_caseload', 'no_agreement', 'closing'] as const;
export type CaseFlag = (typeof CASE_FLAGS)[number];

/** What client and case manager sign (CASE-5). */
export type AgreementTerms = {
  informed: { whatCmIs: boolean; rightsAndDuties: boolean; complaintWay: boolean };
  model: (typeof CM_MODELS)[number];
  /** Only in the accompanying model: which hat is worn when, and who was told. */
  roleSplit?: string | null;
  roleSplitKnownTo?: readonly (typeof INFORMED_OF_ROLES)[number][];
  mandate: string;
  signedOn: string;
  signatories: readonly { name: string; role: (typeof SIGNATORY_ROLES)[number] }[];
};
export type Agreement = Required<AgreementTerms> & { consentId: string; recordedBy: string; recordedAt: string };

/** One line of the record of responsibility (CASE-7). */
export type Responsibility = {
  role: 'responsible' | 'deputy';
  subject: string;
  from: string;
  until: string | null;
  by: string;
  reason: string | null;
  /** Why the caseload limit was exceeded, in the team lead's words. */
  overLimitReason: string | null;
};

export const MEMBER_ROLES = [
  'partner',
  'child',
  'parent',
  'sibling',
  'grandparent',
  'other_relative',
  'household_member',
  'neighbour',
  'friend',
  'legal_representative',
  'other',
] as const;

/** Somebody who belongs to the case besides the client. Removed members stay in the record. */
export type Member = {
  personId: string;
  role: (typeof MEMBER_ROLES)[number];
  legalGuardian: boolean;
  /** What a legal guardian or representative may decide, as the order or law says. */
  representationScope: string | null;
  /** Persons of the case who are legal guardians of this member; absent in records from before it was asked. */
  guardianIds?: readonly string[];
  addedAt: string;
  addedBy: string;
  removedAt: string | null;
  removedBy: string | null;
  removalReason: string | null;
};

/** Everybody a case is about now, and who may decide for them: the client's guardians are members who are marked so. */
export function personsOf(client: string, members: readonly Member[]) {
  const present = members.filter(({ removedAt }) => removedAt === null);
  const ids = [client, ...present.map(({ personId }) => personId)];
  const ofClient = present
    .filter(({ legalGuardian }) => legalGuardian)
    .map(({ personId, representationScope }) => ({ personId, scope: representationScope }));
  return [
    { personId: client, client: true, guardians: ofClient },
    ...present.map(({ personId, guardianIds = [] }) => ({
      personId,
      client: false,
      guardians: guardianIds.filter((id) => ids.includes(id)).map((id) => ({ personId: id, scope: null })),
    })),
  ];
}

/** A party that was told of the coordinating role, within consent (CASE-5). */
export type InformedParty = {
  recipient: { kind: 'organisation' | 'person'; id: string; name: string };
  role: string | null;
  categories: readonly string[];
  consentId: string;
  informedAt: string;
  by: string;
};

export type Suspension = { reason: string; resubmitOn: string; suspendedAt: string; by: string };

/** The end of the help process has begun without a final review. */
export type Closing = {
  reason: 'consent_withdrawn' | 'unreachable';
  since: string;
  /** What was tried to reach the client. */
  attempts: string | null;
  startedAt: string;
  by: string;
};
export type Closure = { reason: ClosureReason; note: string; closedAt: string; by: string };
export type Reopening = {
  reason: string;
  recheck: string;
  screening: ConfirmedIndication;
  reopenedAt: string;
  by: string;
  closure: Closure;
};

/** What is wrong with the terms, as codes; empty when they may be signed (CASE-5, S2 §7.2). */
export function missingFromAgreement(terms: AgreementTerms): string[] {
  const roles = terms.signatories.map(({ role }) => role);
  const known = terms.roleSplitKnownTo ?? [];
  const accompanying = terms.model === 'accompanying';
  return [
    ...(terms.informed.whatCmIs ? [] : ['client-not-told-what-cm-is']),
    ...(terms.informed.rightsAndDuties ? [] : ['client-not-told-rights-and-duties']),
    ...(terms.informed.complaintWay ? [] : ['client-not-told-complaint-way']),
    ...(roles.includes('client') || roles.includes('representative') ? [] : ['client-signature-missing']),
    ...(roles.includes('case_manager') ? [] : ['case-manager-signature-missing']),
    ...(accompanying && !terms.roleSplit ? ['role-split-missing'] : []),
    ...(accompanying
      ? INFORMED_OF_ROLES.filter((who) => !known.includes(who)).map((who) => `role-split-unknown-to-${who}`)
      : []),
  ];
}

/** The agreement as it is kept; in the general model there is no role split. */
export function agreementOf(terms: AgreementTerms, consentId: string, { by, at }: Stamp): Agreement {
  const { informed, model, mandate, signedOn, signatories } = terms;
  const accompanying = model === 'accompanying';
  return {
    informed,
    model,
    roleSplit: accompanying ? (terms.roleSplit ?? null) : null,
    roleSplitKnownTo: accompanying ? (terms.roleSplitKnownTo ?? []) : [],
    mandate,
    signedOn,
    signatories,
    consentId,
    recordedBy: by,
    recordedAt: at,
  };
}
