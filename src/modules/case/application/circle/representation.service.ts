import { Injectable } from '@nestjs/common';
import { CasePersons, type Representative } from '../../../../shared/auth/case-persons';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { InvalidInput, NotFound } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { sealRecord } from '../../../../shared/vault/record-seal';
import { Representation, type RepresentationTerms } from '../../domain/circle/representation.entity';
import { PersonRepository } from '../persons/person.repository';
import { RepresentationRepository } from './representation.repository';

/** Keeps on record who may decide for a person (CASE-1), and lets the consent module know (CONS-1). */
@Injectable()
export class RepresentationService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly persons: PersonRepository,
    private readonly representations: RepresentationRepository,
    private readonly casePersons: CasePersons,
  ) {}

  record(personId: string, terms: RepresentationTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      await this.persons.lockBoth(personId, terms.representativeId);
      await this.persons.requireOnRecord(personId);
      if (!(await this.persons.isOnRecord(terms.representativeId))) throw new InvalidInput([UNKNOWN]);
      const person = await this.persons.get(personId);
      const key = this.persons.keyOf(person);
      const found = Representation.record(
        person,
        terms,
        (documents, id) => sealRecord(documents, key, 'representation', id),
        stampBy(this.clock),
      );
      this.representations.store(found);
      const receipt = Receipt.of(found);
      await this.refresh(personId);
      return receipt;
    });
  }

  end(id: string, { on, reason }: { on: string; reason: string }, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      const { personId, representativeId } = await this.representations.get(id, expected);
      if (await this.casePersons.restricts(personId)) throw new NotFound('representation', id);
      await this.persons.lockBoth(personId, representativeId);
      const found = await this.representations.get(id, expected);
      found.end(on, reason, stampBy(this.clock));
      this.representations.store(found);
      const receipt = Receipt.of(found);
      await this.refresh(personId);
      return receipt;
    });
  }

  /** Writes anew who represents these persons, and those whom they represent, after all that was gathered before. */
  async refresh(...personIds: string[]): Promise<void> {
    await this.uow.flush();
    const rows = await this.uow.query<{ id: string; representatives: Representative[] }>(
      `select p.id, coalesce(json_agg(json_build_object('personId', r.representative_id, 'kind', r.kind, 'tasks', r.tasks,
           'from', r.valid_from, 'until', r.valid_until) order by r.id) filter (where r.id is not null), '[]') as representatives
       from (select unnest($2::uuid[]) as id union
         select person_id from cases.representation where tenant_id = $1 and representative_id = any($2::uuid[])) p
       left join cases.representation r on r.tenant_id = $1 and r.person_id = p.id group by p.id order by p.id`,
      [context().tenantId, personIds],
    );
    for (const { id, representatives } of rows) this.casePersons.writeRepresentatives(id, representatives);
  }
}

const UNKNOWN = {
  pointer: '#/representativeId',
  code: 'person-unknown',
  detail: {
    en: 'No such person is on record, or it was merged into another: record the representative as a person first',
    de: 'Diese Person ist nicht erfasst oder wurde mit einer anderen zusammengeführt: Erfassen Sie zuerst die Person, die vertritt',
  },
};
