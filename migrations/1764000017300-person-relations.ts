import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-1: how persons are related, and who lives together, whatever cases they have. */
export class PersonRelations1764000017300 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table cases.person_relation (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        person_id uuid not null,
        other_id uuid not null,
        kind text not null,
        valid_from date,
        valid_until date,
        ended jsonb,
        revoked jsonb,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index person_relation_by_person on cases.person_relation (tenant_id, person_id, id);
      create index person_relation_by_other on cases.person_relation (tenant_id, other_id, id);
      select platform.protect('cases.person_relation', 'select, insert, update');

      create table cases.household (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      select platform.protect('cases.household', 'select, insert, update');

      create table cases.household_member (
        tenant_id uuid not null,
        id uuid not null,
        household_id uuid not null,
        person_id uuid not null,
        valid_from date,
        valid_until date,
        revoked jsonb,
        added_by text not null,
        added_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index household_member_by_household on cases.household_member (tenant_id, household_id, id);
      create index household_member_by_person on cases.household_member (tenant_id, person_id);
      select platform.protect('cases.household_member', 'select, insert, update');

      -- The person ($2) with all records merged into it; and the record that stays of the person.
      create function cases.records_of(uuid, uuid) returns uuid[] language sql stable as $$
        with recursive same as (
          select $2 as id union
          select m.id from same join cases.person m on m.tenant_id = $1 and m.merged_into = same.id)
        select array_agg(id) from same $$;
      create function cases.survivor_of(uuid, uuid) returns uuid language sql stable as $$
        with recursive up as (
          select p.id, p.merged_into from cases.person p where p.tenant_id = $1 and p.id = $2 union
          select p.id, p.merged_into from up join cases.person p on p.tenant_id = $1 and p.id = up.merged_into)
        select id from up where merged_into is null $$;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop function cases.survivor_of(uuid, uuid);
      drop function cases.records_of(uuid, uuid);
      drop table cases.household_member;
      drop table cases.household;
      drop table cases.person_relation;
    `);
  }
}
