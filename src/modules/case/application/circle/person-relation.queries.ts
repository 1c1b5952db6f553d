import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { instant } from '../../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Answer, Resource } from '../../../../shared/http/answer';
import { type RelationKind, inverseOf } from '../../domain/circle/person-relation.words';
import { PersonVault, type SealedPerson } from '../persons/person.vault';
import { holdsOn, knowable, named, records, requireKnown, sealedPerson, survivor } from './circle.sql';

type Row = SealedPerson & {
  relation: { id: string; version: number; kind: RelationKind; validFrom: string | null; validUntil: string | null };
  forward: boolean;
  current: boolean;
};

/** Reads how persons are related: one record, told from the side it is read from. */
@Injectable()
export class PersonRelationQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly vault: PersonVault,
    private readonly clock: Clock,
  ) {}

  /** One relation, without names; NotFound where one of the two may not be known to the user, or both are one by a merge. */
  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ j: string; version: number; persons: string[] }>(
      `select json_build_object('id', r.id, 'version', r.version, 'personId', a.id, 'otherPersonId', b.id, 'kind', r.kind,
         'validFrom', r.valid_from, 'validUntil', r.valid_until, 'ended', r.ended, 'revoked', r.revoked,
         'recordedBy', r.recorded_by, 'recordedAt', ${instant('r.recorded_at')})::text as j, r.version, array[a.id, b.id] as persons
       from cases.person_relation r
       join cases.person a on a.tenant_id = r.tenant_id and a.id = ${survivor('r.person_id', p.add)} and ${knowable('a', p.add)}
       join cases.person b on b.tenant_id = r.tenant_id and b.id = ${survivor('r.other_id', p.add)} and ${knowable('b', p.add)}
       where r.tenant_id = ${p.add(context().tenantId)} and r.id = ${p.add(id)} and a.id <> b.id`,
      p.values,
    );
    if (!found) throw new NotFound('person relation', id);
    const resourceIds = [id, ...found.persons];
    return new Resource(found.j, found.version, { resourceType: 'person_relation', resourceIds, caseId: null });
  }

  /** Whoever is related to the person, the current ones first. What a merge made say the same twice is told once. */
  async ofPerson(personId: string): Promise<Answer<{ data: object[] }>> {
    await requireKnown(this.uow, personId);
    const p = new Parameters();
    const tenant = p.add(context().tenantId);
    const mine = records(`${p.add(personId)}::uuid`, p.add);
    const side = (near: string, far: string, forward: boolean) => `
      select r.*, ${far} as far, ${forward} as forward from cases.person_relation r
      where r.tenant_id = ${tenant} and r.${near} = any(${mine}) and r.revoked is null`;
    const rows = await this.uow.query<Row>(
      `select ${sealedPerson('o')}, r.forward, ${holdsOn('r', `${p.add(this.clock.today())}::date`)} as current,
         json_build_object('id', r.id, 'version', r.version, 'kind', r.kind, 'validFrom', r.valid_from,
           'validUntil', r.valid_until) as relation
       from (${side('person_id', 'other_id', true)} union all ${side('other_id', 'person_id', false)}) r
       join cases.person o on o.tenant_id = r.tenant_id and o.id = ${survivor('r.far', p.add)}
         and o.id <> all(${mine}) and ${knowable('o', p.add)}
       order by current desc, r.valid_from desc nulls last, r.id limit 500`,
      p.values,
    );
    const told = new Set<string>();
    const data = (await this.vault.read(rows)).flatMap(({ relation, forward, current, ...other }) => {
      const kind = forward ? relation.kind : inverseOf(relation.kind);
      const { id, version, validFrom, validUntil } = relation;
      const said = [kind, other.id, validFrom, validUntil].join(' ');
      if (told.has(said)) return [];
      told.add(said);
      return [{ id, version, kind, person: named(other), validFrom, validUntil, current }];
    });
    const resourceIds = [personId, ...new Set(data.map(({ person }) => person.id))];
    return new Answer({ data }, { resourceType: 'person', resourceIds, caseId: null });
  }
}
