import { today } from './days.mts';
import { type Person, type Schemas, done, once } from './people.mts';

type Consent = Schemas['GiveConsentDto'];
export type Category = NonNullable<Consent['categories']>[number];
export type Recipient = Schemas['ConsentRecipient'];
/** The case a paper is signed in: who asks for it, and who signs. */
export type Signing = { id: string; cm: Person; personId: string; client: Person };

const explained = {
  form: 'written',
  language: 'de',
  consequencesExplained: true,
  withdrawalExplained: true,
  evidence: { kind: 'scan', reference: 'Case file, papers signed at intake' },
} as const;

/** The client's consent to take part (CONS-1). */
export async function participation({ id, cm, personId, client }: Signing): Promise<string> {
  const body: Consent = {
    ...explained,
    personId,
    kind: 'participation',
    purpose: 'case_management',
    textVersion: 'participation-2026-01',
    givenBy: { kind: 'client', name: client.name },
  };
  return (
    await done(cm.POST('/v1/cases/{caseId}/consents', { params: { path: { caseId: id }, header: once() }, body }))
  ).id;
}

/** What a release from confidentiality says, as a body for the API. */
export const releaseOf = (
  { personId, client }: Signing,
  purpose: Consent['purpose'],
  recipients: Recipient[],
  categories: Category[],
): Consent => ({
  ...explained,
  personId,
  kind: 'disclosure',
  purpose,
  recipients,
  categories,
  textVersion: 'release-2026-01',
  givenBy: { kind: 'client', name: client.name },
  validFrom: today,
});

/** The client releases the case manager from confidentiality towards named recipients, for one purpose. */
export async function release(
  of: Signing,
  purpose: Consent['purpose'],
  recipients: Recipient[],
  categories: Category[],
): Promise<string> {
  const body = releaseOf(of, purpose, recipients, categories);
  const params = { path: { caseId: of.id }, header: once() };
  return (await done(of.cm.POST('/v1/cases/{caseId}/consents', { params, body }))).id;
}
