import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { PersonalFile, type HeldAbout, type Holding } from '../../../shared/privacy/personal-file';
import {
  PURPOSES_OF_USE,
  RETENTION,
  RIGHTS,
  SOURCES,
  type PersonalDataDocument,
} from '../../../rendering/personal-data-export.words';
import { unsealRecord } from '../../../shared/vault/record-seal';
import { redactor } from '../domain/redaction';

type Recipient = PersonalDataDocument['recipients'][number] & { consentId: string };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Puts together what a person gets: everything held, who got it, who read it, and what rights there are. */
@Injectable()
export class PersonalDataCopy {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly file: PersonalFile,
    private readonly persons: CasePersons,
  ) {}

  async of(personId: string, subjectRequestId: string, madeAt: string): Promise<PersonalDataDocument> {
    const held = await this.file.collect(personId);
    const identities = new Map<unknown, Readonly<Record<string, unknown>>>();
    for (const id of held.personIds) identities.set(id, (await this.persons.identity(id)) ?? {});
    const identity = identities.get(personId) ?? {};
    const concealed = await this.concealed(held);
    const holdings = await this.opened(withoutConcealed(held.holdings, concealed), held.personIds);
    const { deep, naming, counts } = redactor(await this.whoIsIn({ ...held, holdings }, identities, personId));
    const recipients = (await this.recipients(held)).filter(({ consentId }) => !concealed.includes(consentId));
    const shown = holdings.map(({ table, label, retention, columns, rows }) => ({
      table,
      label,
      retention: { class: retention, ...(RETENTION[retention] ?? RETENTION.case_file!) },
      columns: Object.entries(columns).map(([name, column]) => ({ name, kind: column.kind, label: column.label! })),
      rows: rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => {
            if (isSealed(value)) return [name, identities.get(row.id) ?? null];
            return [name, columns[name]!.kind === 'identifier' ? naming(value) : deep(value)];
          }),
        ),
      ),
    }));
    return {
      format: 'lotse-personal-data',
      formatVersion: 1,
      madeAt,
      organisationId: context().tenantId,
      subjectRequestId,
      person: { id: personId, ...identity },
      purposes: PURPOSES_OF_USE,
      sources: SOURCES,
      rights: RIGHTS,
      holdings: shown,
      recipients: recipients.map(({ consentId: _, ...recipient }) => recipient),
      accesses: await this.file.accesses(held, concealed),
      redacted: counts(),
    };
  }

  /** What is sealed for the person, opened; what is sealed for others stays so. */
  private async opened(holdings: readonly Holding[], personIds: readonly string[]): Promise<Holding[]> {
    const keys = await this.persons.keysOf(personIds);
    const open = (table: string, row: Holding['rows'][number]) => {
      const key = keys.get(row.sealed_for as string);
      if (!key || !isSealed(row.sealed)) return row;
      const sealed = Buffer.from((row.sealed as string).slice(2), 'hex');
      return { ...row, sealed: unsealRecord(sealed, key, table.split('.')[1]!, row.id as string) };
    };
    return holdings.map((holding) => ({ ...holding, rows: holding.rows.map((row) => open(holding.table, row)) }));
  }

  /**
   * CONS-4: what went out on an exception the client was not told of yet stays unknown (sec. 83 (1), 82 (1) SGB X), in the
   * cases of others of which the person is a member as well.
   */
  private async concealed({ caseIds, personIds }: HeldAbout): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from consent.consent_exception where tenant_id = $1 and (case_id = any($2::uuid[]) or person_id = any($3::uuid[]))
       and (informing is null or informing->>'informedOn' is null)`,
      [context().tenantId, caseIds, personIds],
    );
    return rows.map(({ id }) => id);
  }

  /** GDPR 15 (1) c: to whom what went; also of other cases, where it relied on a consent of the person. */
  private recipients({ caseIds, personIds }: HeldAbout): Promise<Recipient[]> {
    return this.uow.query<Recipient>(
      `select ${instant('d.disclosed_at')} as "passedOnAt", d.flow, d.purpose, d.categories, d.basis, d.consent_id as "consentId",
         d.recipient_kind as "kind", coalesce(
           (select e.recipient->>'name' from consent.consent_exception e where e.tenant_id = d.tenant_id and e.id = d.consent_id),
           (select r->>'name' from consent.consent c, jsonb_array_elements(c.recipients) r
             where c.tenant_id = d.tenant_id and c.id = d.consent_id and r->>'id' = d.recipient_id limit 1),
           d.recipient_id) as "name"
       from consent.disclosure d
       where d.tenant_id = $1 and (d.case_id = any($2::uuid[]) or exists (select 1 from consent.consent c
         where c.tenant_id = d.tenant_id and c.id = d.consent_id and c.person_id = any($3::uuid[])))
       order by d.disclosed_at desc, d.id desc`,
      [context().tenantId, caseIds, personIds],
    );
  }

  private async whoIsIn(
    { holdings, otherPersonIds, personIds }: HeldAbout,
    identities: ReadonlyMap<unknown, object>,
    personId: string,
  ) {
    const ids = new Set<string>();
    const [otherNames, staff]: [string[], string[]] = [[], []];
    let ownAccount: string | null = null;
    for (const { columns, rows } of holdings)
      for (const row of rows)
        for (const [name, value] of Object.entries(row)) {
          const kind = columns[name]!.kind;
          if (name === 'portal_subject' && row.id === personId) ownAccount = value as string | null;
          walk(value, '', (text, key) => {
            if (UUID.test(text) && key !== '') ids.add(text);
            if (UUID.test(text) && kind === 'record') ids.add(text);
            if (isAccount(text, key, kind === 'staff')) staff.push(text);
            if (kind === 'person' && !personIds.includes(text)) ids.add(text);
            if (kind === 'identifier' && !isSealed(text) && isName(text, key, value)) otherNames.push(text);
          });
        }
    for (const id of new Set([...otherPersonIds, ...ids])) {
      if (personIds.includes(id)) continue;
      const other = await this.persons.identity(id);
      if (other) otherNames.push(...namesOf(other));
    }
    otherNames.push(...(await this.file.namesInDirectory([...ids])));
    return { ownNames: [...identities.values()].flatMap(namesOf), ownAccount, otherNames, staff };
  }
}

const namesOf = (identity: object): string[] =>
  (['familyName', 'givenName', 'birthName'] as const).flatMap((field) => {
    const name = (identity as Record<string, unknown>)[field];
    return typeof name === 'string' ? [name] : [];
  });

/** Of lists of people only what begins with a title is surely a name, and no word such as "mother". */
const isName = (text: string, key: string, value: unknown): boolean =>
  key === '' ? typeof value === 'string' || /^(herr|frau|mrs?|ms|miss|dr|prof)\b/i.test(text) : /name$/i.test(key);

/** What stands sealed in the database arrives as the text of its bytes. */
const isSealed = (value: unknown): boolean => typeof value === 'string' && value.startsWith('\\x');

/** Whether a text names somebody who acted: in a column of accounts, or where a record says by whom. */
const isAccount = (text: string, key: string, inColumnOfAccounts: boolean): boolean =>
  (key === '' ? inColumnOfAccounts : /^(by|\w+By|subject|assignee|responsible|deputy)$/.test(key)) &&
  !/^\d{4}-\d{2}-\d{2}/.test(text);

function walk(value: unknown, key: string, see: (text: string, key: string) => void): void {
  if (typeof value === 'string') see(value, key);
  else if (Array.isArray(value)) for (const inner of value) walk(inner, key, see);
  else if (value !== null && typeof value === 'object')
    for (const [name, inner] of Object.entries(value)) walk(inner, name, see);
}

/** Rows that are, or rely on, what the person is not to know yet. */
const withoutConcealed = (holdings: readonly Holding[], concealed: readonly string[]): Holding[] =>
  concealed.length === 0
    ? [...holdings]
    : holdings
        .map((holding) => ({
          ...holding,
          rows: holding.rows.filter((row) => {
            const text = JSON.stringify(row);
            return !concealed.some((id) => text.includes(id));
          }),
        }))
        .filter(({ rows }) => rows.length > 0);
