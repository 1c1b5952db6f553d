import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-7: absences of case managers, who stands in meanwhile, and who answers where nobody is named. */
export class Absence1764000001210 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Who stands in for whom until when, written by the case module with the absence and read with every decision on access.
      -- A row without a case holds for all that the absence names no other deputy for.
      create table platform.stand_in (
        tenant_id uuid not null,
        absence_id uuid not null,
        case_id uuid,
        absent text not null,
        deputy text not null,
        from_on date not null,
        until_on date not null,
        constraint stand_in_once unique nulls not distinct (tenant_id, absence_id, case_id)
      );
      create index stand_in_by_absent on platform.stand_in (tenant_id, absent, until_on);
      create index stand_in_by_deputy on platform.stand_in (tenant_id, deputy, until_on);
      select platform.protect('platform.stand_in', 'select, insert, update, delete');

      -- Who stands in that day for somebody in a case. Asked with every decision on access: the common answer, nobody, is
      -- one index probe, and a function costs nothing where another condition decides.
      create function platform.stand_ins(_tenant uuid, _absent text, _case uuid, _on date) returns text[] language plpgsql stable as $$
      begin
        if not exists (select 1 from platform.stand_in s where s.tenant_id = _tenant and s.absent = _absent
            and s.from_on <= _on and s.until_on >= _on) then
          return '{}';
        end if;
        return array(select s.deputy from platform.stand_in s
          where s.tenant_id = _tenant and s.absent = _absent and s.from_on <= _on and s.until_on >= _on
            and (s.case_id = _case or (s.case_id is null and not exists (select 1 from platform.stand_in other
              where other.tenant_id = _tenant and other.absence_id = s.absence_id and other.case_id = _case))));
      end $$;

      -- For whom somebody stands in that day, in some case or all.
      create function platform.absent_ones(_tenant uuid, _deputy text, _on date) returns text[] language sql stable
        return array(select distinct s.absent from platform.stand_in s
          where s.tenant_id = _tenant and s.deputy = _deputy and s.from_on <= _on and s.until_on >= _on);

      -- The cases somebody stands in for that day; one absent person after the other, so that each is an index scan
      -- whatever the plan of the list around it.
      create function cases.stood_in_for(_tenant uuid, _deputy text, _on date) returns uuid[] language plpgsql stable as $$
      declare
        _absent text;
        _found uuid[] := '{}';
      begin
        foreach _absent in array platform.absent_ones(_tenant, _deputy, _on) loop
          _found := _found || array(select c.id from cases.case c where c.tenant_id = _tenant and c.responsible = _absent
            and _deputy = any(platform.stand_ins(_tenant, _absent, c.id, _on)));
        end loop;
        return _found;
      end $$;

      create table cases.absence (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        subject text collate "C" not null,
        from_on date not null,
        until_on date not null,
        deputy text not null,
        deputy_by text not null,
        case_deputies jsonb not null,
        status text not null,
        steps jsonb not null,
        primary key (tenant_id, id)
      );
      create index absence_by_time on cases.absence (tenant_id, from_on, id);
      create index absence_by_subject on cases.absence (tenant_id, subject, from_on, id);
      select platform.protect('cases.absence', 'select, insert, update');

      alter table cases.work_policy add owners jsonb not null default '[]';
      alter table cases.work_policy alter owners drop default;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table cases.work_policy drop owners;
      drop function cases.stood_in_for, platform.absent_ones, platform.stand_ins;
      drop table cases.absence, platform.stand_in;
    `);
  }
}
