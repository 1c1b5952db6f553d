import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { context } from '../../../../shared/context';
import { Parameters } from '../../../../shared/database/unit-of-work';
import { type KnownRelation, PersonRelation } from '../../domain/circle/person-relation.entity';
import { type RelationKind, inverseOf } from '../../domain/circle/person-relation.words';
import { knowable, records, survivor } from './circle.sql';

@Injectable()
export class PersonRelationRepository extends AggregateRepository<PersonRelation> {
  protected readonly type = PersonRelation;

  /** Null as well where one of the two may not be known to the user, or where both have become one by a merge. */
  override async find(id: string): Promise<PersonRelation | null> {
    const p = new Parameters();
    const rows = await this.uow.query(
      `select 1 from cases.person_relation r
       join cases.person a on a.tenant_id = r.tenant_id and a.id = ${survivor('r.person_id', p.add)} and ${knowable('a', p.add)}
       join cases.person b on b.tenant_id = r.tenant_id and b.id = ${survivor('r.other_id', p.add)} and ${knowable('b', p.add)}
       where r.tenant_id = ${p.add(context().tenantId)} and r.id = ${p.add(id)} and a.id <> b.id`,
      p.values,
    );
    return rows.length > 0 ? super.find(id) : null;
  }

  /** What the two are to each other, on record and not revoked, seen from `one`. */
  async between(one: string, other: string): Promise<KnownRelation[]> {
    const p = new Parameters();
    const [mine, theirs] = [one, other].map((id) => records(`${p.add(id)}::uuid`, p.add));
    const side = (near: string, far: string, forward: boolean) => `
      select r.id, r.kind, ${forward} as forward, r.valid_from::text as "validFrom", r.valid_until::text as "validUntil"
      from cases.person_relation r
      where r.tenant_id = ${p.add(context().tenantId)} and r.${near} = any(${mine}) and r.${far} = any(${theirs}) and r.revoked is null`;
    const rows = await this.uow.query<KnownRelation & { forward: boolean }>(
      `${side('person_id', 'other_id', true)} union all ${side('other_id', 'person_id', false)} order by 1`,
      p.values,
    );
    return rows.map(({ forward, ...row }) => ({
      ...row,
      kind: forward ? row.kind : inverseOf(row.kind as RelationKind),
    }));
  }
}
