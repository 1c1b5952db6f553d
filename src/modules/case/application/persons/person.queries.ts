import { Injectable } from '@nestjs/common';
import { freePerson } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { Answer, Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { NO_NEEDS } from '../../domain/persons/communication';
import type { Demographics, Identity } from '../../domain/persons/person.entity';
import { type Identifier, masked } from '../../domain/persons/person.identifiers';
import { type Duplicate, PersonDuplicates } from './person.duplicates';
import { PersonVault, type SealedPerson } from './person.vault';

const about = (...resourceIds: string[]) => ({ resourceType: 'person', resourceIds, caseId: null });

/** What of a person is stored in the open. */
type Open = Omit<Demographics, keyof Identity> & {
  version: number;
  mergedInto: string | null;
  merge: object | null;
  separations: object[];
  recordedBy: string;
  recordedAt: Date;
};
type Row = { id: string; version: number; gender: string; sealed: string; keyNo: number; wrappedKey: string };

/** Reads persons: PostgreSQL gives them sealed, so that their JSON is made here. */
@Injectable()
export class PersonQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly vault: PersonVault,
    private readonly duplicates: PersonDuplicates,
  ) {}

  /** Identifiers are masked; who needs them asks for them (`identifiers`). */
  async get(id: string): Promise<Resource> {
    const { version, ...person } = await this.read(id);
    const view = {
      ...person,
      version,
      communication: person.communication ?? NO_NEEDS,
      identifiers: person.identifiers.map(masked),
    };
    return new Resource(JSON.stringify(view), version, about(id));
  }

  /** The identifiers in full; the access log tells this read from that of the person. */
  async identifiers(id: string): Promise<Answer<{ data: readonly Identifier[] }>> {
    const { identifiers } = await this.read(id);
    return new Answer({ data: identifiers }, { ...about(id), resourceType: 'person_identifiers' });
  }

  /** The latest recorded first. Merged and restricted records are left out. */
  async list(query: PageQuery): Promise<Page> {
    const p = new Parameters();
    const page = await this.pages.read(
      {
        row: `json_build_object('id', p.id, 'version', p.version, 'gender', p.gender, 'keyNo', p.key_no,
          'sealed', encode(p.sealed, 'base64'), 'wrappedKey', encode(p.wrapped_key, 'base64'))::text`,
        sources: [
          `from cases.person p where p.tenant_id = ${p.add(context().tenantId)} and p.merged_into is null
             and ${freePerson('p.id', p.add)}`,
        ],
        keys: [
          { column: 'p.recorded_at', type: 'timestamptz' },
          { column: 'p.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'persons' },
        subject: { type: 'person', id: 'p.id' },
      },
      query,
      p,
    );
    const sealed = (JSON.parse(`[${page.data}]`) as Row[]).map((row) => ({
      ...row,
      sealed: Buffer.from(row.sealed, 'base64'),
      wrappedKey: Buffer.from(row.wrappedKey, 'base64'),
    }));
    const rows = (await this.vault.read(sealed)).map((person) => {
      const { id, version, familyName, givenName, birthDate, gender, postalCode, town } = person;
      return JSON.stringify({ id, version, familyName, givenName, birthDate, gender, postalCode, town });
    });
    return new Page(rows.join(','), page.limit, page.next, page.prev, page.subject);
  }

  /** Without those that somebody said are not the same. */
  async possibleDuplicates(id: string): Promise<Answer<{ data: Duplicate[] }>> {
    const [dismissed, found] = await Promise.all([
      this.uow.query<{ id: string }>(
        `select case when person_id = $2 then other_id else person_id end as id from cases.duplicate_candidate
         where tenant_id = $1 and (person_id = $2 or other_id = $2) and status = 'dismissed'`,
        [context().tenantId, id],
      ),
      this.read(id).then((person) => this.duplicates.of(person)),
    ]);
    const data = found.filter(({ personId }) => !dismissed.some((other) => other.id === personId));
    return new Answer({ data }, about(id, ...data.map(({ personId }) => personId)));
  }

  private async read(id: string): Promise<Open & Identity & { id: string }> {
    const p = new Parameters();
    const rows = await this.uow.query<SealedPerson & Open>(
      `select p.id, p.version, p.sealed, p.key_no as "keyNo", p.wrapped_key as "wrappedKey", p.gender, p.languages,
         p.interpreter_needed as "interpreterNeeded", p.portal_subject as "portalSubject", p.merged_into as "mergedInto",
         p.merge - array['id', 'gave'] as merge, p.separations, p.recorded_by as "recordedBy", p.recorded_at as "recordedAt"
       from cases.person p where p.tenant_id = ${p.add(context().tenantId)} and p.id = ${p.add(id)} and ${freePerson('p.id', p.add)}`,
      p.values,
    );
    const [person] = await this.vault.read(rows);
    if (!person) throw new NotFound('person', id);
    return person;
  }
}
