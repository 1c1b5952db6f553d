import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { Parameters } from '../../../../shared/database/unit-of-work';
import { Household, type HouseholdMember } from '../../domain/circle/household.entity';
import { knowable, survivor } from './circle.sql';

/** Households with their members, as far as these may be known to the user. */
@Injectable()
export class HouseholdRepository extends AggregateRepository<Household> {
  protected readonly type = Household;

  /** Null as well where none of its members may be known to the user. */
  override async find(id: string): Promise<Household | null> {
    const found = await super.find(id);
    if (!found) return null;
    const p = new Parameters();
    const rows = await this.uow.query<HouseholdMember & { version: number }>(
      `select h.version, m.id, o.id as "personId", m.valid_from::text as "validFrom", m.valid_until::text as "validUntil", m.revoked,
         m.added_by as "addedBy", m.added_at as "addedAt"
       from cases.household h
       join cases.household_member m on m.tenant_id = h.tenant_id and m.household_id = h.id
       join cases.person o on o.tenant_id = m.tenant_id and o.id = ${survivor('m.person_id', p.add)} and ${knowable('o', p.add)}
       where h.tenant_id = ${p.add(context().tenantId)} and h.id = ${p.add(id)} order by m.id`,
      p.values,
    );
    if (rows.length === 0) return null;
    // Somebody changed it between the two statements.
    if (rows[0]!.version !== found.version) return this.find(id);
    return Object.assign(found, { members: rows.map(({ version: _, ...member }) => member) });
  }

  /** Stores the household and its members; whom a row was recorded for never changes. */
  keep(household: Household): void {
    this.store(household);
    this.uow.write({
      sql: (add) => `
        insert into cases.household_member (tenant_id, id, household_id, person_id, valid_from, valid_until, revoked, added_by, added_at)
        select ${add(context().tenantId)}::uuid, m.id, ${add(household.id)}::uuid, m."personId", m."validFrom", m."validUntil",
          m.revoked, m."addedBy", m."addedAt"
        from jsonb_to_recordset(${add(JSON.stringify(household.members))}::jsonb) as m(id uuid, "personId" uuid, "validFrom" date,
          "validUntil" date, revoked jsonb, "addedBy" text, "addedAt" timestamptz)
        on conflict (tenant_id, id) do update set valid_until = excluded.valid_until, revoked = excluded.revoked`,
    });
  }
}
