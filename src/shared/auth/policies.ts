import type { CurrentUser } from './current-user';
import type { Passage } from './restriction';

/**
 * The one place that decides what a role may do. A decision is role × relationship × purpose; consent is asked
 * for by every outward flow (CONS-3). Nothing that is not listed is allowed. Source: domain.md §2.
 */
export const ROLES = [
  'case_manager',
  'team_lead',
  'network_manager',
  'org_admin',
  'quality_auditor',
  'data_protection_officer',
  'provider',
  'client',
  'system',
] as const;
export type Role = (typeof ROLES)[number];

/** What an operation does; every operation declares exactly one. */
export const SCOPES = {
  'request:read': 'Read requests',
  'request:write': 'Record and screen requests',
  'intake:read': 'Read what the organisation asks and tells at the intake',
  'intake:configure': 'Set what the organisation asks and tells at the intake',
  'case:read': 'Read cases, their journal and follow-ups',
  'case:find': 'Find cases by the name of the client',
  'case:write': 'Work on a case: agreement, phases, journal, follow-ups, person system',
  'case:assign': 'Assign responsibility, deputies and staff records',
  'case:emergency': 'Read a case in an emergency that is not yours',
  'emergency:read': 'Read emergency accesses',
  'emergency:review': 'Approve and review emergency accesses',
  'absence:write': 'Note absences and who stands in',
  'steering:read': 'Read invitations to joint steering by other organisations and what they open',
  'steering:write': 'Answer invitations to joint steering by other organisations and contribute where invited',
  'transfer:read': 'Read cases that other organisations offer to hand over',
  'transfer:write': 'Accept or decline cases that other organisations offer to hand over',
  'medication:read': 'Read medication notes of a case: the case team and the client',
  'medication:write': 'Write medication notes and record handouts',
  'person:read': 'Read persons',
  'person:write': 'Record, correct and merge persons',
  'consent:read': 'Read consents and the disclosure register',
  'consent:write': 'Record consents',
  'consent:withdraw': 'Withdraw consents',
  'exception:read': 'Read exceptions from consent',
  'exception:write': 'Invoke and end exceptions from consent, and record that the client was told',
  'exception:confirm': 'Confirm or reject an exception from consent as the second person',
  'consent-text:read': 'Read the consent texts of the organisation',
  'consent-text:write': 'Publish and retire consent texts',
  'subject-request:file': 'File requests of persons about their own data',
  'subject-request:read': 'Read requests of persons about their own data',
  'subject-request:process': 'Work on requests of persons about their own data',
  'dispute:read': 'Read what persons contest of what is on record about them',
  'dispute:write': 'Contest records, and withdraw that',
  'dispute:settle': 'Settle what persons contest: corrected, or upheld with the reason',
  'assessment:read': 'Read instruments and assessments',
  'assessment:write': 'Conduct assessments',
  'assessment:answer': 'Give an own perspective in an assessment',
  'plan:read': 'Read service plans, conferences, reviews and evaluations',
  'plan:write': 'Write service plans, conferences, reviews and evaluations',
  'plan:sign': 'Sign a service plan',
  'plan:rate': 'Rate an evaluation or goal as a participant',
  'referral:read': 'Read referrals',
  'referral:write': 'Make and steer referrals',
  'referral:respond': 'Answer a referral as the provider asked',
  'directory:read': 'Read the directory of providers and services',
  'directory:write': 'Maintain the directory',
  'staff:read': 'Read staff records and caseload',
  'audit:read': 'Read standards, audit runs and results',
  'audit:run': 'Start audit runs',
  'log:read': 'Read the event log, the access log and parked events',
  'log:replay': 'Replay parked events',
  'retention:read': 'Read how long data are kept, legal holds, erasures and the register of processing activities',
  'retention:write': 'Set how long data are kept, place legal holds, propose erasures',
  'retention:release': 'Release or discard an erasure as the second person',
  'key:rotate': 'Change the key that personal data is kept under',
} as const;
export type Scope = keyof typeof SCOPES;

/**
 * How a user relates to a case: `assigned` (responsible or deputy), `team` (the case belongs to one of the user's
 * teams), `organisation` (any case of the tenant), `own` (the user is the case's client), `addressed` (a referral
 * names the user's provider).
 */
export type Relationship = 'assigned' | 'team' | 'organisation' | 'own' | 'addressed';

/** Why data is used. The first purpose of a role is its default. */
export const PURPOSES = [
  'case_management',
  'supervision',
  'network_management',
  'administration',
  'quality_audit',
  'data_protection',
  'service_provision',
  'own_affairs',
  'integration',
  'legal_claims',
  'emergency',
] as const;
export type Purpose = (typeof PURPOSES)[number];

type Grants = Partial<Record<Scope, Relationship>>;
const grant = (relationship: Relationship, ...scopes: Scope[]): Grants =>
  Object.fromEntries(scopes.map((scope) => [scope, relationship]));

const POLICIES: Record<Role, { purposes: readonly Purpose[]; grants: Grants }> = {
  case_manager: {
    purposes: ['case_management'],
    grants: {
      ...grant('assigned', 'absence:write', 'emergency:read'),
      ...grant('assigned', 'case:read', 'case:find', 'case:write', 'consent:read', 'consent:write', 'consent:withdraw'),
      ...grant('assigned', 'medication:read', 'medication:write'),
      ...grant('assigned', 'exception:read', 'exception:write', 'exception:confirm'),
      ...grant('assigned', 'dispute:read', 'dispute:write', 'dispute:settle'),
      ...grant('assigned', 'assessment:read', 'assessment:write', 'assessment:answer'),
      ...grant('assigned', 'plan:read', 'plan:write', 'plan:sign', 'plan:rate', 'referral:read', 'referral:write'),
      ...grant('organisation', 'request:read', 'request:write', 'person:read', 'person:write', 'directory:read'),
      ...grant('organisation', 'case:emergency'),
      ...grant('organisation', 'staff:read', 'consent-text:read', 'intake:read'),
      ...grant('organisation', 'subject-request:file'),
      ...grant('organisation', 'steering:read', 'steering:write', 'transfer:read', 'transfer:write'),
    },
  },
  team_lead: {
    purposes: ['supervision', 'case_management', 'legal_claims'],
    grants: {
      ...grant('team', 'case:read', 'case:find', 'case:write', 'case:assign', 'consent:read', 'assessment:read'),
      ...grant('team', 'medication:read', 'medication:write'),
      ...grant('team', 'plan:read', 'referral:read', 'absence:write'),
      ...grant('team', 'exception:read', 'exception:write', 'exception:confirm'),
      ...grant('team', 'dispute:read', 'dispute:write', 'dispute:settle'),
      ...grant('organisation', 'request:read', 'request:write', 'person:read', 'person:write', 'directory:read'),
      ...grant('team', 'emergency:read', 'emergency:review'),
      ...grant('organisation', 'case:emergency'),
      ...grant('organisation', 'staff:read', 'audit:read', 'consent-text:read', 'intake:read'),
      ...grant('organisation', 'subject-request:file'),
      ...grant('organisation', 'steering:read', 'steering:write', 'transfer:read', 'transfer:write'),
    },
  },
  network_manager: {
    purposes: ['network_management'],
    grants: grant('organisation', 'directory:read', 'directory:write'),
  },
  org_admin: {
    purposes: ['administration'],
    grants: grant(
      'organisation',
      ...(['staff:read', 'case:assign', 'absence:write', 'directory:read', 'directory:write', 'audit:read'] as const),
      ...(['audit:run', 'log:replay', 'consent-text:read', 'consent-text:write', 'key:rotate'] as const),
      ...(['intake:read', 'intake:configure'] as const),
      ...(['retention:read', 'retention:write', 'retention:release'] as const),
    ),
  },
  quality_auditor: {
    purposes: ['quality_audit'],
    grants: grant(
      'organisation',
      ...(['request:read', 'case:read', 'consent:read', 'assessment:read', 'plan:read', 'referral:read'] as const),
      ...(['staff:read', 'directory:read', 'audit:read', 'audit:run', 'log:read', 'consent-text:read'] as const),
      ...(['intake:read', 'exception:read', 'emergency:read', 'dispute:read'] as const),
    ),
  },
  data_protection_officer: {
    purposes: ['data_protection', 'legal_claims'],
    grants: grant(
      'organisation',
      'consent:read',
      'log:read',
      'exception:read',
      'emergency:read',
      'emergency:review',
      'consent-text:read',
      'consent-text:write',
      'subject-request:file',
      'subject-request:read',
      'subject-request:process',
      ...(['dispute:read', 'dispute:write', 'dispute:settle'] as const),
      ...(['retention:read', 'retention:write', 'retention:release'] as const),
    ),
  },
  provider: {
    purposes: ['service_provision'],
    grants: {
      ...grant('addressed', 'referral:read', 'referral:respond', 'plan:rate'),
      ...grant('organisation', 'directory:read'),
    },
  },
  client: {
    purposes: ['own_affairs'],
    grants: {
      ...grant('own', 'case:read', 'consent:read', 'consent:withdraw', 'assessment:read', 'assessment:answer'),
      ...grant('own', 'plan:read', 'plan:sign', 'plan:rate', 'referral:read', 'medication:read'),
      ...grant('own', 'subject-request:file', 'subject-request:read', 'dispute:read', 'dispute:write'),
      ...grant('organisation', 'consent-text:read'),
    },
  },
  system: {
    purposes: ['integration'],
    grants: grant(
      'organisation',
      ...(['request:read', 'request:write', 'directory:read', 'directory:write', 'intake:read'] as const),
    ),
  },
};

type Decided = { relationships: Map<Scope, readonly Relationship[]>; purposes: readonly Purpose[] };

/** Decisions are kept as long as the verified token of the user is. */
const decided = new WeakMap<CurrentUser, Decided>();
function decidedFor(user: CurrentUser): Decided {
  let found = decided.get(user);
  if (!found) {
    found = { relationships: new Map(), purposes: user.roles.flatMap((role) => POLICIES[role].purposes) };
    decided.set(user, found);
  }
  return found;
}

/** The roles of people that have a scope. */
export const rolesWith = (scope: Scope): Role[] =>
  ROLES.filter((role) => role !== 'system' && scope in POLICIES[role].grants);

/** How `user` relates to what `scope` lets them touch; empty means the operation is not theirs (403). */
export function relationshipsFor(user: CurrentUser, scope: Scope): readonly Relationship[] {
  const { relationships } = decidedFor(user);
  let found = relationships.get(scope);
  if (!found) relationships.set(scope, (found = decide(user, scope)));
  return found;
}

function decide(user: CurrentUser, scope: Scope): readonly Relationship[] {
  const found = new Set<Relationship>();
  for (const role of user.roles) {
    if (role === 'system' && !user.scopes.includes(scope)) continue;
    const relationship = POLICIES[role].grants[scope];
    if (relationship) found.add(relationship);
  }
  return [...found];
}

/** The purposes the user's roles may work for; the first is the default. */
export const purposesOf = (user: CurrentUser): readonly Purpose[] => decidedFor(user).purposes;

/**
 * What a call passes of data whose processing is restricted (GDPR 18 (2)): the data protection officer's work and legal
 * claims all of it, to read; the persons themselves what is theirs, to read, to contest and to withdraw a consent.
 */
export function passageOf(scope: Scope, purpose: Purpose, reads: boolean): Passage | undefined {
  if (scope.startsWith('subject-request:')) return 'all';
  if (scope.startsWith('dispute:') && purpose === 'data_protection') return 'all';
  if (reads && (purpose === 'legal_claims' || purpose === 'data_protection')) return 'all';
  return reads || scope === 'consent:withdraw' || scope === 'dispute:write' ? 'own' : undefined;
}

/** What an emergency opens: the case and all that is recorded in it, for reading (standards §6.3). */
const OPENED_BY_EMERGENCY: readonly Scope[] = [
  'case:read',
  'consent:read',
  'assessment:read',
  'plan:read',
  'referral:read',
  'medication:read',
];

/** Whether the user may read under that scope for the purpose `emergency`: nothing is written for it. */
export const mayReadInEmergency = (user: CurrentUser, scope: Scope): boolean =>
  OPENED_BY_EMERGENCY.includes(scope) && relationshipsFor(user, 'case:emergency').length > 0;

/** Every grant, for the contract and the permission test: who may what, in which relationship. */
export const grants = (): { role: Role; scope: Scope; relationship: Relationship }[] =>
  ROLES.flatMap((role) =>
    Object.entries(POLICIES[role].grants).map(([scope, relationship]) => ({
      role,
      scope: scope as Scope,
      relationship,
    })),
  );
