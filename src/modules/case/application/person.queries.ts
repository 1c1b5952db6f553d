import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { NotFound } from '../../../shared/domain/errors';
import { Answer, type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';
import { type Identifier, masked } from '../domain/person.identifiers';
import { normaliseName } from '../domain/person.names';
import { type Duplicate, PersonDuplicates, type Recognisable } from './person.duplicates';

const about = (...resourceIds: string[]) => ({ resourceType: 'person', resourceIds, caseId: null });

/** Reads persons. */
@Injectable()
export class PersonQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly duplicates: PersonDuplicates,
  ) {}

  /** Identifiers are masked; who needs them asks for them (`identifiers`). */
  async get(id: string): Promise<Resource> {
    const [row] = await this.uow.query<{ json: object & { identifiers: Identifier[] }; version: number }>(
      `select p.version, json_build_object(
         'id', p.id, 'version', p.version, 'familyName', p.family_name, 'givenName', p.given_name, 'birthName', p.birth_name,
         'birthDate', p.birth_date, 'gender', p.gender, 'languages', p.languages, 'interpreterNeeded', p.interpreter_needed,
         'phone', p.phone, 'email', p.email, 'addressLines', p.address_lines, 'postalCode', p.postal_code, 'town', p.town,
         'portalSubject', p.portal_subject, 'identifiers', p.identifiers, 'mergedInto', p.merged_into, 'merge', p.merge,
         'recordedBy', p.recorded_by, 'recordedAt', p.recorded_at) as json
       from cases.person p where p.tenant_id = $1 and p.id = $2`,
      [context().tenantId, id],
    );
    if (!row) throw new NotFound('person', id);
    const view = { ...row.json, identifiers: row.json.identifiers.map(masked) };
    return new Resource(JSON.stringify(view), row.version, about(id));
  }

  /** The identifiers in full; the access log tells this read from that of the person. */
  async identifiers(id: string): Promise<Answer<{ data: Identifier[] }>> {
    const [row] = await this.uow.query<{ identifiers: Identifier[] }>(
      'select p.identifiers from cases.person p where p.tenant_id = $1 and p.id = $2',
      [context().tenantId, id],
    );
    if (!row) throw new NotFound('person', id);
    return new Answer({ data: row.identifiers }, { ...about(id), resourceType: 'person_identifiers' });
  }

  /** By name; the search compares normalised family names from their beginning. Merged records are left out. */
  list(query: PageQuery & { familyName?: string; birthDate?: string }): Promise<Page> {
    const p = new Parameters();
    const { familyName, birthDate } = query;
    const prefix = familyName === undefined ? '' : normaliseName(familyName);
    const conditions = [`p.tenant_id = ${p.add(context().tenantId)}`, 'p.merged_into is null'];
    if (birthDate !== undefined) conditions.push(`p.birth_date = ${p.add(birthDate)}::date`);
    // A range instead of LIKE: under row-level security only leakproof operators may use the index.
    if (prefix) conditions.push(`p.family_key >= ${p.add(prefix)}`, `p.family_key < ${p.add(`${prefix}\u{10FFFF}`)}`);
    return this.pages.read(
      {
        row: `json_build_object('id', p.id, 'version', p.version, 'familyName', p.family_name, 'givenName', p.given_name,
          'birthDate', p.birth_date, 'gender', p.gender, 'postalCode', p.postal_code, 'town', p.town)::text`,
        sources: [`from cases.person p where ${conditions.join(' and ')}`],
        keys: [
          { column: 'p.family_key', type: 'text' },
          { column: 'p.id', type: 'uuid' },
        ],
        descending: false,
        filter: { list: 'persons', familyName: prefix, birthDate },
        subject: { type: 'person', id: 'p.id' },
      },
      query,
      p,
    );
  }

  async possibleDuplicates(id: string): Promise<Answer<{ data: Duplicate[] }>> {
    const [person] = await this.uow.query<Recognisable>(
      `select p.id, p.match_key as "matchKey", p.family_key as "familyKey",
         array(select i.key from cases.person_identifier i where i.tenant_id = p.tenant_id and i.person_id = p.id) as "identifierKeys"
       from cases.person p where p.tenant_id = $1 and p.id = $2`,
      [context().tenantId, id],
    );
    if (!person) throw new NotFound('person', id);
    const data = await this.duplicates.of(person);
    return new Answer({ data }, about(id, ...data.map(({ personId }) => personId)));
  }
}
