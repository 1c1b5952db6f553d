import { demoUsers } from '../../src/shared/auth/demo-organisation';
import type { Lotse } from './lotse';

/** An agreed case and what it came from; `version` is the case's. */
export type OpenedCase = { caseId: string; requestId: string; personId: string; consentId: string; version: number };
type Opening = {
  /** Key of the responsible case manager. */
  as?: string;
  /** Key of the client in the demo organisation; null for a person without an own account. */
  client?: string | null;
  fieldOfPractice?: string;
  intensity?: number;
};

const CRITERIA = [
  'complex_need',
  'several_providers',
  'regular_pathways_insufficient',
  'own_resources_insufficient',
  'consent_given_or_developing',
  'longer_term',
];
/** A screening in which case management is indicated. */
export const allSixMet = {
  criteria: CRITERIA.map((criterion) => ({
    criterion,
    answer: 'met',
    reason: 'Seen in two talks and in the hospital file.',
  })),
  competent: { answer: true, reason: 'Lives in our district.' },
};
const persons = new WeakMap<Lotse, Map<string, Promise<string>>>();

const subjectOf = (key: string): string => demoUsers.find((user) => user.key === key)!.subject;

/** The person behind a demo client, recorded once per database; without a client a new person each time. */
async function personOf(lotse: Lotse, as: string, client: string | null): Promise<string> {
  const worker = await lotse.as(as);
  const record = async (body: object) => (await worker.ok('post', '/v1/persons', body)).id as string;
  if (client === null) return record({ familyName: 'Y' });
  const known = persons.get(lotse) ?? new Map<string, Promise<string>>();
  persons.set(lotse, known);
  const found =
    known.get(client) ??
    record({ familyName: 'X', givenName: client, birthDate: '1971-04-12', portalSubject: subjectOf(client) });
  known.set(client, found);
  return found;
}

/** An indicated request: recorded, screened with all six criteria met. */
export async function indicatedRequest(
  lotse: Lotse,
  { as = 'miss-cm', client = 'mr-x', fieldOfPractice = 'health' }: Opening = {},
) {
  const worker = await lotse.as(as);
  const personId = await personOf(lotse, as, client);
  const { id: requestId } = await worker.ok('post', '/v1/case-requests', {
    askedBy: 'hospital',
    channel: 'phone',
    concern: 'Discharge after a stroke; nobody at home can care for him.',
    fieldOfPractice,
    personId,
  });
  await worker.ok('put', `/v1/case-requests/${requestId}/screening`, allSixMet, { ifMatch: '*' });
  await worker.ok('post', `/v1/case-requests/${requestId}/screening/completion`, undefined, { ifMatch: '*' });
  return { requestId: requestId as string, personId };
}

/** A case in clarification, not yet agreed. */
export async function openUnagreedCase(lotse: Lotse, opening: Opening = {}) {
  const { requestId, personId } = await indicatedRequest(lotse, opening);
  const worker = await lotse.as(opening.as ?? 'miss-cm');
  const { id, version } = await worker.ok('post', '/v1/cases', {
    requestId,
    ...(opening.intensity ? { intensity: opening.intensity } : {}),
  });
  return { caseId: id as string, requestId, personId, version: version as number };
}

/** The client's participation consent. */
export async function consentToTakePart(
  lotse: Lotse,
  { as = 'miss-cm', caseId, personId }: { as?: string; caseId: string; personId: string },
) {
  const { id } = await (
    await lotse.as(as)
  ).ok('post', `/v1/cases/${caseId}/consents`, {
    personId,
    kind: 'participation',
    purpose: 'case_management',
    form: 'written',
    language: 'de',
    textVersion: 'participation-2026-01',
    givenBy: { kind: 'client', name: 'X' },
    consequencesExplained: true,
    withdrawalExplained: true,
    evidence: { kind: 'scan', reference: 'file 2026/17, sheet 1' },
  });
  return id as string;
}

/** What client and case manager sign; the day is the one of the test's clock. */
export const agreementTerms = (lotse: Lotse, more: object = {}) => ({
  informed: { whatCmIs: true, rightsAndDuties: true, complaintWay: true },
  model: 'general',
  mandate: 'Coordinate the return home after the stroke.',
  signedOn: lotse.clock.today(),
  signatories: [
    { name: 'X', role: 'client' },
    { name: 'CM', role: 'case_manager' },
  ],
  ...more,
});

/** An agreed case in clarification, through the API: request, screening, opening, participation consent, agreement. */
export async function openCase(lotse: Lotse, opening: Opening = {}): Promise<OpenedCase> {
  const { as = 'miss-cm' } = opening;
  const { caseId, requestId, personId } = await openUnagreedCase(lotse, opening);
  const consentId = await consentToTakePart(lotse, { as, caseId, personId });
  const worker = await lotse.as(as);
  const { version } = await worker.ok('post', `/v1/cases/${caseId}/agreement`, agreementTerms(lotse), { ifMatch: '*' });
  return { caseId, requestId, personId, consentId, version };
}

/** Goes to a phase by decision; its entry condition has to be met. Answers the case's new version. */
export async function toPhase(
  lotse: Lotse,
  { as = 'miss-cm', caseId, phase }: { as?: string; caseId: string; phase: string },
) {
  const worker = await lotse.as(as);
  const { version } = await worker.ok(
    'post',
    `/v1/cases/${caseId}/phase-changes`,
    { to: phase, reason: 'The next step.' },
    { ifMatch: '*' },
  );
  return version as number;
}

/** Links two cases with the agreement of both case managers (CASE-11). Answers the link's id. */
export async function linkCases(
  lotse: Lotse,
  one: { as: string; caseId: string },
  other: { as: string; caseId: string },
  sharedParts: string[] = ['plan', 'goals', 'conference'],
) {
  const { id } = await (
    await lotse.as(one.as)
  ).ok('post', `/v1/cases/${one.caseId}/links`, {
    otherCaseId: other.caseId,
    kind: 'family',
    reason: 'Same household, one plan for the children.',
    sharedParts,
  });
  await (
    await lotse.as(other.as)
  ).ok('post', `/v1/case-links/${id}/acceptance`, { caseId: other.caseId, sharedParts }, { ifMatch: '*' });
  return id as string;
}
