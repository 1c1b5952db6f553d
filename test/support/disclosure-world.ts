import { randomUUID } from 'node:crypto';
import { demoUsers } from '../../src/shared/auth/demo-organisation';
import type { ApiClient, Lotse } from './lotse';
import { type Flow, Oracle, POOL, PURPOSES } from './disclosure-oracle';
import { agreementTerms, consentToTakePart, linkCases, openCase, openUnagreedCase } from './story';

const home = demoUsers[0]!.tenantId;
export const START = '2026-03-02T09:00:00.000Z';
export const any = { ifMatch: '*' } as const;
export const PARTS = ['plan', 'goals', 'conference'] as const;
export type Part = (typeof PARTS)[number];
export const categoryOf = (part: Part): string => (part === 'conference' ? 'conference_minutes' : 'service_plan');

export type SentReferral = {
  id: string;
  provider: number;
  categories: string[];
  informed: boolean;
  sent: boolean;
  /** Declined or called off. */
  closed: boolean;
  /** What it was sent on has counted ever since, and nothing that bears on it was withdrawn. */
  steady: boolean;
  consentId: string | null;
};
type Disclosure = {
  flow: string;
  sourceId: string;
  recipient: string;
  purpose: string;
  categories: string[];
  bases: string[];
};

/** What was done so far in one run, as somebody keeps it who only knows the catalogue. */
export class Model {
  readonly oracle = new Oracle(START);
  status: 'active' | 'suspended' | 'closed' | 'reopened' = 'active';
  readonly referrals: SentReferral[] = [];
  readonly disclosures: Disclosure[] = [];
  readonly invited = new Set<string>();
  link: { agreed: boolean; shared: Part[]; openings: { part: Part; consentId: string; closed: boolean }[] } = {
    agreed: true,
    shared: [...PARTS],
    openings: [],
  };
  clientId = '';

  flowOf({ categories }: Pick<SentReferral, 'categories'>, recipient: string): Flow {
    return { purpose: 'referral', recipient, categories };
  }
  /** What went out, and what it may have relied on at that moment. */
  passed(flow: string, sourceId: string, { purpose, recipient, categories }: Flow): void {
    const bases = this.oracle.bases({ purpose, recipient, categories });
    this.disclosures.push({ flow, sourceId, recipient, purpose, categories: [...categories].sort(), bases });
  }
  closeOpenings(which: (opening: { part: Part; consentId: string }) => boolean): void {
    for (const opening of this.link.openings) if (which(opening)) opening.closed = true;
  }
}

/** Two linked cases, two providers, and everybody at the API. */
export class World {
  caseId = '';
  otherCaseId = '';
  childId = '';
  linkId = '';
  conferenceId = '';
  private asked = 0;
  missCm!: ApiClient;
  mrCm!: ApiClient;
  lead!: ApiClient;
  client!: ApiClient;
  readonly providers: { id: string; serviceId: string; api: ApiClient }[] = [];

  private constructor(readonly lotse: Lotse) {}

  /** Ids that consents name: the two providers and the case manager of the other case. */
  get recipients(): string[] {
    return [...this.providers.map(({ id }) => id), this.mrCm.subject];
  }
  recipient(id: string) {
    return { kind: id === this.mrCm.subject ? 'person' : 'organisation', id, name: 'Recipient' };
  }

  static async begin(lotse: Lotse): Promise<{ model: Model; real: World }> {
    lotse.at(START);
    const [model, real] = [new Model(), new World(lotse)];
    [real.missCm, real.mrCm] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-cm')]);
    real.lead = await lotse.as('team-lead');
    const network = await lotse.as('network-manager');
    for (const name of ['Rehabilitation', 'Youth office']) {
      const { id } = await network.ok('post', '/v1/providers', { name });
      const service = { providerId: id, name, problemAreas: ['family_problems'], region: 'Köln' };
      const { id: serviceId } = await network.ok('post', '/v1/services', service);
      real.providers.push({ id, serviceId, api: await lotse.as('provider', { providerId: id }) });
    }
    const { caseId, personId } = await openUnagreedCase(lotse, { client: null });
    Object.assign(real, { caseId });
    model.clientId = personId;
    real.client = await lotse.asUser({ subject: randomUUID(), tenantId: home, roles: ['client'] });
    await real.missCm.ok('patch', `/v1/persons/${personId}`, { portalSubject: real.client.subject }, any);
    const id = await consentToTakePart(lotse, { caseId, personId });
    model.oracle.participations.push({ id, from: model.oracle.today, until: null, withdrawn: false });
    await real.missCm.ok('post', `/v1/cases/${caseId}/agreement`, agreementTerms(lotse), any);
    real.childId = (await real.missCm.ok('post', '/v1/persons', { familyName: 'Y', birthDate: '2016-05-05' }))
      .id as string;
    const child = { role: 'child', legalGuardian: false };
    await real.missCm.ok('put', `/v1/cases/${caseId}/members/${real.childId}`, child, any);
    real.otherCaseId = (await openCase(lotse, { as: 'mr-cm', client: null })).caseId;
    await real.relink();
    const conference = { kind: 'case', plannedOn: '2026-04-01', agenda: ['How it goes on'] };
    real.conferenceId = (await real.missCm.ok('post', `/v1/cases/${caseId}/conferences`, conference)).id as string;
    await lotse.settled();
    return { model, real };
  }

  async relink(): Promise<void> {
    const [one, other] = [
      { as: 'miss-cm', caseId: this.caseId },
      { as: 'mr-cm', caseId: this.otherCaseId },
    ];
    this.linkId = await linkCases(this.lotse, one, other);
  }

  /** Holds everything that can be seen now against the model; twice, as listeners may not have heard of the last step yet. */
  async audit(model: Model): Promise<void> {
    await this.read(model, false);
    await this.lotse.settled();
    this.learn(model);
    await this.read(model, true);
    await this.readRegister(model);
    await this.readAsClient(model);
    await this.ask(model);
  }

  /** CONS-3: the answer to whoever asks, for a few of all questions each time. */
  private async ask({ oracle }: Model): Promise<void> {
    for (let i = 0; i < 3; i++) {
      const at = this.asked++;
      const purpose = PURPOSES[at % PURPOSES.length]!;
      const { name: _, ...recipient } = this.recipient(this.recipients[Math.floor(at / 4) % 3]!);
      const named = POOL[purpose];
      const categories = at % 3 === 0 ? [...named] : [named[at % named.length]!];
      const question = { recipient, categories, purpose };
      const answer = await this.missCm.ok('post', `/v1/cases/${this.caseId}/consent-checks`, question);
      const bases = oracle.bases({ purpose, recipient: recipient.id, categories });
      const relied = (answer.consentId ?? answer.exceptionId) as string | null;
      const what = `check ${purpose} ${categories.join(',')} to ${at % 3}`;
      if (answer.allowed && !bases.includes(relied!)) throw new Leak(`${what} allowed on ${relied}`);
      if (!answer.allowed && bases.length > 0) throw new Wrong(`${what} refused`);
    }
  }

  /** What must not have been lost in the meantime is marked. */
  private learn(model: Model): void {
    for (const referral of model.referrals) {
      const flow = model.flowOf(referral, this.providers[referral.provider]!.id);
      const relied = referral.consentId;
      if (referral.sent && relied !== null && !model.oracle.bases(flow).includes(relied)) referral.steady = false;
    }
  }

  private async read(model: Model, settled: boolean): Promise<void> {
    const { oracle } = model;
    for (const [at, { id: recipient, api }] of this.providers.entries()) {
      const rows = (await api.ok('get', '/v1/referrals?limit=200')).data as {
        id: string;
        purposeText: string | null;
      }[];
      const expected = model.referrals.filter(({ provider, sent }) => sent && provider === at);
      same('referrals of the provider', rows.map(({ id }) => id).sort(), expected.map(({ id }) => id).sort());
      for (const referral of expected) {
        const seen = rows.find(({ id }) => id === referral.id)!.purposeText !== null;
        const bases = oracle.bases(model.flowOf(referral, recipient));
        if (seen && (bases.length === 0 || referral.closed)) throw new Leak(`provider reads ${referral.id}`);
        if (!seen && settled && referral.steady && !referral.closed)
          throw new Wrong(`provider kept from ${referral.id}`);
      }
      const last = expected.at(-1);
      if (!last) continue;
      const one = await api.ok('get', `/v1/referrals/${last.id}`);
      const listed = rows.find(({ id }) => id === last.id)!.purposeText !== null;
      same('referral alone and in the list', one.informationPackage !== null, listed);
    }
    await this.readLinked(model, settled);
  }

  private async readLinked({ oracle, link, status }: Model, settled: boolean): Promise<void> {
    const { status: answer, body } = await this.mrCm.get(`/v1/cases/${this.caseId}/opened-parts`);
    for (const part of PARTS) {
      const seen = answer === 200 && body[part] !== null;
      const flow: Flow = { purpose: 'joint_steering', recipient: this.mrCm.subject, categories: [categoryOf(part)] };
      const bases = oracle.bases(flow);
      const opened = link.agreed && status !== 'closed' && oracle.takesPart && link.shared.includes(part);
      const openings = link.openings.filter((o) => o.part === part && !o.closed);
      if (seen && !(opened && openings.length > 0 && bases.length > 0)) throw new Leak(`linked case reads ${part}`);
      const relied = openings.some(({ consentId }) => bases.includes(consentId));
      if (!seen && settled && opened && relied) throw new Wrong(`linked case kept from ${part}`);
    }
  }

  /** CONS-5: what left is there, once, on a basis it had; nothing else is. */
  private async readRegister(model: Model): Promise<void> {
    const rows = await this.lotse.sql<{ line: string; consent: string; basis: string }>(
      `select concat_ws(' ', flow, source_id, recipient_id, purpose, (select string_agg(c, ',' order by c)
         from jsonb_array_elements_text(categories) c)) as line, consent_id as consent, basis
       from consent.disclosure where tenant_id = $1 and case_id = any($2) order by id`,
      [home, [this.caseId, this.otherCaseId]],
    );
    const line = (d: Disclosure) => [d.flow, d.sourceId, d.recipient, d.purpose, d.categories.join(',')].join(' ');
    same('disclosure register', rows.map((row) => row.line).sort(), model.disclosures.map(line).sort());
    const taken = new Set<number>();
    for (const { line: entry, consent, basis } of rows) {
      const at = model.disclosures.findIndex((d, i) => !taken.has(i) && line(d) === entry && d.bases.includes(consent));
      if (at < 0) throw new Leak(`register: ${entry} relied on ${consent}, which did not carry it`);
      taken.add(at);
      const isException = model.oracle.exceptions.some(({ id }) => id === consent);
      same('basis', basis, isException ? 'exception' : 'consent');
      const referral = model.referrals.find(({ id }) => id === model.disclosures[at]!.sourceId);
      if (referral) referral.consentId ??= consent;
    }
  }

  /** CONS-4, CONS-5: clients see all that left of theirs, except what went out on an exception they were not told of. */
  private async readAsClient({ referrals, oracle, disclosures }: Model): Promise<void> {
    const register = (await this.client.ok('get', `/v1/cases/${this.caseId}/disclosures?limit=200`)).data;
    for (const { exceptionId } of register)
      if (exceptionId && oracle.untold(exceptionId)) throw new Leak('untold disclosure');
    const hidden = await this.lotse.sql<{ consent_id: string }>(
      'select consent_id from consent.disclosure where tenant_id = $1 and case_id = $2',
      [home, this.caseId],
    );
    const told = hidden.filter(({ consent_id }) => !oracle.untold(consent_id)).length;
    same('register of the client', register.length, Math.min(told, disclosures.length));
    const seen = (await this.client.ok('get', `/v1/cases/${this.caseId}/referrals?limit=200`)).data as { id: string }[];
    const known = referrals.filter(({ consentId }) => consentId === null || !oracle.untold(consentId));
    same('referrals of the client', seen.map(({ id }) => id).sort(), known.map(({ id }) => id).sort());
  }
}

/** Something was seen or left that nothing allowed. */
export class Leak extends Error {}
/** Something was kept from somebody, or refused, although it was allowed. */
export class Wrong extends Error {}

export function same(what: string, found: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  if (is !== should) throw new Wrong(`${what}: ${is} instead of ${should}`);
}
