import { Injectable } from '@nestjs/common';
import { context } from '../context';
import { Parameters, UnitOfWork } from './unit-of-work';

/** A placeholder of the statement, already cast: `$2::uuid`. */
type Placeholder = string;

/** A place where rows of a module speak of a person. All texts are SQL over the table's alias `t`. */
export type Place = {
  /** What was remembered is found by it: never change it. */
  readonly name: string;
  readonly table: string;
  /** The column that tells the rows apart; `id` when absent. */
  readonly id?: string;
  /** The condition that a row speaks of the person. */
  readonly speaksOf: (person: Placeholder) => string;
  /** What makes it speak of another one. */
  readonly turn: (from: Placeholder, to: Placeholder) => string;
  /** The condition under which it may; always when absent. */
  readonly may?: (to: Placeholder) => string;
};

/** The place of a column that names a person; `versioned` rows get a new version with the change. */
export const personColumn = (
  table: string,
  { column = 'person_id', versioned = true, ...more }: { column?: string; versioned?: boolean } & Partial<Place> = {},
): Place => ({
  name: `${table}.${column}`,
  table,
  speaksOf: (person) => `t.${column} = ${person}`,
  turn: (_from, to) => `${column} = ${to}${versioned ? ', version = t.version + 1' : ''}`,
  ...more,
});

/** A merge of one person into another. */
export type FollowedMerge = { readonly mergeId: string; readonly merged: string; readonly survivor: string };

/**
 * CASE-1: lets the rows of a module follow a merge, remembers which did, and leads exactly those back when the merge is
 * taken back. Called by listeners, or in a unit of work after `lock()`: the statements are sent at once.
 */
@Injectable()
export class FollowedReferences {
  constructor(private readonly uow: UnitOfWork) {}

  /** What spoke of the merged person speaks of the survivor from now on; `only` narrows it down further. */
  async follow(
    place: Place,
    { mergeId, merged, survivor }: FollowedMerge,
    only?: (p: Parameters) => string,
  ): Promise<void> {
    const p = new Parameters();
    const [from, to] = [`${p.add(merged)}::uuid`, `${p.add(survivor)}::uuid`];
    const tenant = `${p.add(context().tenantId)}::uuid`;
    await this.uow.query(
      `with moved as (${this.update(place, tenant, from, to)} ${only ? `and ${only(p)}` : ''} returning t.${idOf(place)} as id)
       insert into platform.followed_reference (tenant_id, merge_id, place, id)
       select distinct ${tenant}, ${p.add(mergeId)}::uuid, ${p.add(place.name)}, id from moved on conflict do nothing`,
      p.values,
    );
  }

  /** What followed that merge, and speaks of the survivor still, goes back. Answers the ids of these rows. */
  async back(place: Place, { mergeId, merged, survivor }: FollowedMerge): Promise<string[]> {
    const p = new Parameters();
    const [from, to] = [`${p.add(survivor)}::uuid`, `${p.add(merged)}::uuid`];
    const tenant = `${p.add(context().tenantId)}::uuid`;
    const rows = await this.uow.query<{ id: string }>(
      `with remembered as (delete from platform.followed_reference
         where tenant_id = ${tenant} and merge_id = ${p.add(mergeId)}::uuid and place = ${p.add(place.name)} returning id)
       ${this.update(place, tenant, from, to)} and t.${idOf(place)} in (select id from remembered) returning t.${idOf(place)} as id`,
      p.values,
    );
    return [...new Set(rows.map(({ id }) => id))];
  }

  /** In a case that speaks of `person` again, so does everything in it; also what was recorded since the merge. */
  async restore(place: Place, of: { caseId: string; personId: string; survivorId: string }): Promise<void> {
    const p = new Parameters();
    const [from, to] = [`${p.add(of.survivorId)}::uuid`, `${p.add(of.personId)}::uuid`];
    const tenant = `${p.add(context().tenantId)}::uuid`;
    await this.uow.query(`${this.update(place, tenant, from, to)} and t.case_id = ${p.add(of.caseId)}::uuid`, p.values);
  }

  /** SQL condition that the row `id` of the place followed some merge that stands. */
  followed(place: Place, id: string, add: Parameters['add']): string {
    return `exists (select 1 from platform.followed_reference f where f.tenant_id = ${add(context().tenantId)}
      and f.place = ${add(place.name)} and f.id = ${id})`;
  }

  private update({ table, speaksOf, turn, may }: Place, tenant: string, from: Placeholder, to: Placeholder): string {
    return `update ${table} t set ${turn(from, to)}
      where t.tenant_id = ${tenant} and ${speaksOf(from)} and ${to} is not null ${may ? `and ${may(to)}` : ''}`;
  }
}

const idOf = ({ id = 'id' }: Place) => id;
