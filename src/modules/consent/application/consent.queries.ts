import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { InvalidInput, NotFound } from '../../../shared/domain/errors';
import { Answer, type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';
import type { DataCategory, MissingReason, Recipient } from '../domain/words';
import { outgrown } from './consent.conditions';
import { NOT_IN_CASE } from './consent.faults';
import { ConsentReader, type Verdict } from './consent.reader';

/** Which consents of a case are wanted. */
export type ConsentFilter = PageQuery & { kind?: string; state?: string };

/** What a check answers (CONS-3). */
export type CheckAnswer = {
  allowed: boolean;
  personId: string;
  consentId: string | null;
  exceptionId: string | null;
  until: string | null;
  missing: { category: string; reason: MissingReason }[];
  explanation: { en: string; de: string };
};

/** Reads of consents and of the disclosure register. */
@Injectable()
export class ConsentQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly persons: CasePersons,
    private readonly reader: ConsentReader,
    private readonly clock: Clock,
  ) {}

  async byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ j: string; version: number; case_id: string; person_id: string }>(
      `select ${this.row(p)}::text as j, c.version, c.case_id, c.person_id from consent.consent c
       where c.tenant_id = ${p.add(context().tenantId)} and c.id = ${p.add(id)}`,
      p.values,
    );
    if (!found) throw new NotFound('consent', id);
    const { mine } = await this.persons.require(found.case_id);
    if (mine && !mine.includes(found.person_id)) throw new NotFound('consent', id);
    return new Resource(found.j, found.version, { resourceType: 'consent', resourceIds: [id], caseId: found.case_id });
  }

  async list(caseId: string, { kind, state, ...query }: ConsentFilter): Promise<Page> {
    const { mine } = await this.persons.require(caseId);
    const p = new Parameters();
    const row = this.row(p);
    const conditions = [`c.tenant_id = ${p.add(context().tenantId)}`, `c.case_id = ${p.add(caseId)}`];
    if (mine) conditions.push(`c.person_id = any(${p.add(mine)}::uuid[])`);
    if (kind) conditions.push(`c.kind = ${p.add(kind)}`);
    if (state) conditions.push(`${this.state(p)} = ${p.add(state)}`);
    return this.pages.read(
      {
        row,
        sources: [`from consent.consent c where ${conditions.join(' and ')}`],
        keys: [{ column: 'c.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'consents', caseId, kind, state },
        subject: { type: 'consent', id: 'c.id' },
      },
      query,
      p,
    );
  }

  /** CONS-5: what left the organisation in this case, latest first; clients see what was theirs. */
  async disclosures(caseId: string, query: PageQuery): Promise<Page> {
    const { mine } = await this.persons.require(caseId);
    const p = new Parameters();
    const own = mine
      ? `and (exists (select 1 from consent.consent c where c.tenant_id = d.tenant_id and c.id = d.consent_id
           and c.person_id = any(${p.add(mine)}::uuid[]))
         or exists (select 1 from consent.consent_exception e where e.tenant_id = d.tenant_id and e.id = d.consent_id
           and e.person_id = any(${p.add(mine)}::uuid[]) and e.informing->>'informedOn' is not null))`
      : '';
    return this.pages.read(
      {
        row: DISCLOSURE,
        sources: [
          `from consent.disclosure d where d.tenant_id = ${p.add(context().tenantId)} and d.case_id = ${p.add(caseId)} ${own}`,
        ],
        keys: [{ column: 'd.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'disclosures', caseId },
        subject: { type: 'disclosure', id: 'd.id' },
      },
      query,
      p,
    );
  }

  /**
   * CONS-3: the answer for somebody who plans to pass data on, about the client unless another person is named; the
   * same decision that every outward flow asks for. Nothing leaves by asking.
   */
  async check(
    caseId: string,
    asked: { recipient: Recipient; categories: DataCategory[]; purpose: string; personId?: string },
  ): Promise<Answer<CheckAnswer>> {
    const { persons, mine } = await this.persons.require(caseId);
    const personId = asked.personId ?? persons.client?.personId;
    if (personId === undefined || !persons.find(personId) || (mine && !mine.includes(personId)))
      throw new InvalidInput([NOT_IN_CASE]);
    const verdict = await this.reader.look({ ...asked, caseId, personId }, mine !== null);
    const by = (basis: 'consent' | 'exception') =>
      verdict.allowed && verdict.basis === basis ? verdict.consentId : null;
    const [consentId, exceptionId] = [by('consent'), by('exception')];
    return new Answer(
      {
        allowed: verdict.allowed,
        personId,
        consentId,
        exceptionId,
        until: verdict.allowed ? verdict.until : null,
        missing: verdict.allowed ? [] : verdict.reasons,
        explanation: explain(verdict),
      },
      { resourceType: 'consent-check', resourceIds: verdict.allowed ? [verdict.consentId] : [], caseId },
    );
  }

  /** What a consent is worth today: an SQL expression. */
  private state(p: Parameters): string {
    const today = `${p.add(this.clock.today())}::date`;
    return `(case when c.withdrawn then 'withdrawn' when c.valid_from > ${today} then 'not_yet_valid'
      when c.valid_until < ${today} then 'expired' when ${outgrown('c', today)} then 'came_of_age' else 'valid' end)`;
  }

  private row(p: Parameters): string {
    return `json_build_object('id', c.id, 'version', c.version, 'caseId', c.case_id, 'personId', c.person_id, 'kind', c.kind,
      'state', ${this.state(p)}, 'purpose', c.purpose, 'categories', c.categories, 'recipients', c.recipients, 'form', c.form,
      'witness', c.witness, 'specialCircumstances', c.special_circumstances, 'language', c.language, 'textVersion', c.text_version,
      'textId', c.text_id, 'textSha256', c.text_sha256,
      'givenBy', c.given_by, 'alsoBy', c.also_by, 'ageGroup', c.age_group, 'consequencesExplained', c.consequences_explained,
      'withdrawalExplained', c.withdrawal_explained, 'validFrom', c.valid_from, 'validUntil', c.valid_until, 'evidence', c.evidence,
      'obtainedBy', c.obtained_by, 'obtainedAt', ${instant('c.obtained_at')}, 'withdrawals', c.withdrawals)`;
  }
}

const DISCLOSURE = `json_build_object('id', d.id, 'caseId', d.case_id, 'flow', d.flow, 'sourceId', d.source_id,
  'recipient', json_build_object('kind', d.recipient_kind, 'id', d.recipient_id, 'name', coalesce((
    select e.recipient->>'name' from consent.consent_exception e
    where d.basis = 'exception' and e.tenant_id = d.tenant_id and e.id = d.consent_id), (
    select r->>'name' from consent.consent c, jsonb_array_elements(c.recipients) r
    where c.tenant_id = d.tenant_id and c.id = d.consent_id and r->>'id' = d.recipient_id limit 1))),
  'purpose', d.purpose, 'categories', d.categories, 'basis', d.basis,
  'consentId', case when d.basis = 'consent' then d.consent_id end,
  'exceptionId', case when d.basis = 'exception' then d.consent_id end,
  'disclosedAt', ${instant('d.disclosed_at')})`;

function explain(verdict: Verdict): CheckAnswer['explanation'] {
  if (verdict.allowed && verdict.basis === 'exception')
    return {
      en: 'Yes, without consent: the exception named covers every category for this recipient and purpose now.',
      de: 'Ja, ohne Einwilligung: Die genannte Ausnahme deckt jetzt jede Datenart für diesen Empfänger und Zweck ab.',
    };
  if (verdict.allowed)
    return {
      en: 'Yes. The release named covers every category for this recipient and purpose today.',
      de: 'Ja. Die genannte Schweigepflichtentbindung deckt heute jede Datenart für diesen Empfänger und Zweck ab.',
    };
  if (verdict.reason === 'processing-restricted')
    return {
      en: 'No. Processing of this data is restricted (GDPR Art. 18): it is kept, and nothing of it goes out. Ask the data protection officer.',
      de: 'Nein. Die Verarbeitung dieser Daten ist eingeschränkt (Art. 18 DSGVO): Sie werden aufbewahrt, nichts davon geht hinaus. Wenden Sie sich an die Datenschutzbeauftragte oder den Datenschutzbeauftragten.',
    };
  if (verdict.reasons.every(({ reason }) => reason === 'participation-missing'))
    return {
      en: 'No. The release is there, but the client does not take part in the case management at present; without a valid participation consent nothing goes out for this purpose.',
      de: 'Nein. Die Schweigepflichtentbindung liegt vor, doch nimmt die Klientin oder der Klient derzeit nicht am Case Management teil; ohne gültige Einwilligung in die Teilnahme geht zu diesem Zweck nichts hinaus.',
    };
  return {
    en: 'No. For the categories under "missing" no single release from confidentiality that counts today covers all; ask the client for one that does, or leave these categories out.',
    de: 'Nein. Für die Datenarten unter „missing“ fehlt heute eine gültige Schweigepflichtentbindung, die alles zusammen umfasst; bitten Sie um eine solche oder lassen Sie diese Datenarten weg.',
  };
}
