import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { localDay } from '../../../shared/domain/local-day';
import { type GivenTo, type NoticeRecipient, byRecipient } from '../domain/recipient-notice.passages';

type Row = {
  kind: NoticeRecipient['kind'];
  id: string;
  name: string | null;
  /** Whose data it was. */
  personId: string | null;
  caseId: string;
  flow: string;
  sourceId: string;
  consentId: string;
  categories: string[];
  at: Date;
};

/** Who was given data, from the disclosure register (CONS-5): everybody but the persons whose data it is. */
@Injectable()
export class DisclosedTo {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly persons: CasePersons,
  ) {}

  /** Recipients of the data of a person, in whatever case: of what relied on a consent of theirs, or an exception. */
  ofPerson(personId: string): Promise<GivenTo[]> {
    return this.read((p) => {
      const person = `${p.add(personId)}::uuid`;
      const cases = ['consent.consent', 'consent.consent_exception'].map(
        (table) => `select x.case_id from ${table} x where x.tenant_id = d.tenant_id and x.person_id = ${person}`,
      );
      return `d.case_id in (${cases.join(' union all ')}) and coalesce(c.person_id, e.person_id) = ${person}`;
    });
  }

  /** Recipients of what the file of a case holds. */
  ofCase(caseId: string): Promise<GivenTo[]> {
    return this.read((p) => `d.case_id = ${p.add(caseId)}`);
  }

  private async read(condition: (p: Parameters) => string): Promise<GivenTo[]> {
    const p = new Parameters();
    const rows = await this.uow.query<Row>(
      `select d.recipient_kind as kind, d.recipient_id as id, coalesce(
           case when e.recipient->>'id' = d.recipient_id then e.recipient->>'name' end, (
           select r->>'name' from jsonb_array_elements(c.recipients) r where r->>'id' = d.recipient_id limit 1)) as name,
         coalesce(c.person_id, e.person_id) as "personId", d.case_id as "caseId", d.flow, d.source_id as "sourceId",
         d.consent_id as "consentId", d.categories, d.disclosed_at as at
       from consent.disclosure d
       left join consent.consent c on c.tenant_id = d.tenant_id and c.id = d.consent_id
       left join consent.consent_exception e on e.tenant_id = d.tenant_id and e.id = d.consent_id
       where d.tenant_id = ${p.add(context().tenantId)} and ${condition(p)}
       order by d.disclosed_at, d.id`,
      p.values,
    );
    const accounts = await this.accountsAmong(rows);
    return byRecipient(
      rows
        .filter(({ id, personId }) => personId === null || ![id, accounts.get(id)].includes(personId))
        .map(({ kind, id, name, caseId, flow, sourceId, consentId, categories, at }) => ({
          recipient: { kind, id, name },
          passage: { caseId, flow, sourceId, consentId, categories, lastOn: localDay(at) },
        })),
    );
  }

  /** The persons on record behind recipients named by their accounts. */
  private async accountsAmong(rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const id of new Set(rows.filter(({ kind }) => kind === 'person').map((row) => row.id))) {
      const personId = await this.persons.ofAccount(id);
      if (personId) found.set(id, personId);
    }
    return found;
  }
}
