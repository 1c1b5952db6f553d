import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { instant } from '../../../../shared/database/sql';
import { Parameters } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { Answer, type Page } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { PersonRepository } from '../persons/person.repository';
import { SteeringGuests } from './steering-guests';

/** Who the case is about; nothing else of the person. */
export type GuestIdentity = {
  familyName: string;
  givenName: string | null;
  birthDate: string | null;
  languages: readonly string[];
  interpreterNeeded: boolean;
};

/** What a guest reads of the case itself: the client's identity, and the journal as far as it is shared (CASE-11). */
@Injectable()
export class GuestPartsQueries {
  constructor(
    private readonly guests: SteeringGuests,
    private readonly persons: PersonRepository,
    private readonly pages: Pages,
  ) {}

  identity(id: string): Promise<Answer<GuestIdentity>> {
    return this.guests.read(id, 'identity', async ({ facts }) => {
      const person = await this.persons.find(facts.personId);
      if (!person) throw new NotFound('joint steering', id);
      const { familyName, givenName, birthDate, languages, interpreterNeeded } = person;
      return new Answer(
        { familyName, givenName, birthDate, languages, interpreterNeeded },
        { resourceType: 'person', resourceIds: [facts.personId], caseId: facts.caseId },
      );
    });
  }

  /** Entries shared with the client or marked for joint steering, latest first; who took part is not told. */
  notes(id: string, query: PageQuery): Promise<Page> {
    return this.guests.read(id, 'notes', ({ facts }) => {
      const p = new Parameters();
      return this.pages.read(
        {
          row: `json_build_object('id', j.id, 'kind', j.kind, 'function', j.served_function, 'on', j.happened_on, 'text', j.text,
            'writtenBy', j.written_by, 'guestId', j.guest_id, 'writtenAt', ${instant('j.written_at')})::text`,
          sources: [
            `from cases.journal_entry j where j.tenant_id = ${p.add(context().tenantId)} and j.case_id = ${p.add(facts.caseId)}
               and (j.shared_with_client or j.shared_in_steering)`,
          ],
          keys: [
            { column: 'j.happened_on', type: 'date' },
            { column: 'j.id', type: 'uuid' },
          ],
          descending: true,
          filter: { list: 'steering-notes', id },
          subject: { type: 'journal_entry', id: 'j.id' },
        },
        query,
        p,
      );
    });
  }
}
