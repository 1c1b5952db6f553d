import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Case module, first part: persons, requests, staff, journal and follow-ups. */
export class CaseIntake1764000001000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create schema if not exists cases;
      grant usage on schema cases to lotse_app;

      -- family_key, given_key and match_key are made by the application (domain/person.names.ts): under row-level
      -- security an index on lower(...) or a LIKE would not be used, because neither is leakproof.
      create table cases.person (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        family_name text not null,
        given_name text,
        birth_name text,
        birth_date date,
        gender text not null,
        languages text[] not null,
        interpreter_needed boolean not null,
        phone text,
        email text,
        address_lines text[] not null,
        postal_code text,
        town text,
        portal_subject text,
        identifiers jsonb not null,
        family_key text collate "C" not null,
        match_key text collate "C",
        merged_into uuid,
        merge jsonb,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index person_by_name on cases.person (tenant_id, family_key, id) where merged_into is null;
      create index person_by_birth_date on cases.person (tenant_id, birth_date, family_key, id) where merged_into is null;
      create index person_by_match_key on cases.person (tenant_id, match_key) where merged_into is null;
      create unique index person_by_portal_subject on cases.person (tenant_id, portal_subject)
        where portal_subject is not null and merged_into is null;
      select platform.protect('cases.person', 'select, insert, update');

      -- The identifiers of persons, normalised, to find the same one on two persons.
      create table cases.person_identifier (
        tenant_id uuid not null,
        key text collate "C" not null,
        person_id uuid not null,
        primary key (tenant_id, key, person_id)
      );
      create index person_identifier_by_person on cases.person_identifier (tenant_id, person_id);
      select platform.protect('cases.person_identifier', 'select, insert, delete');

      create table cases.case_request (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        person_id uuid not null,
        asked_by text not null,
        channel text not null,
        received_at timestamptz(3) not null,
        concern text not null,
        field_of_practice text not null,
        status text not null,
        acute_danger text not null,
        dangers jsonb not null,
        crisis_interventions jsonb not null,
        screening jsonb,
        decline jsonb,
        case_id uuid,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index case_request_by_time on cases.case_request (tenant_id, received_at, id);
      create index case_request_by_status on cases.case_request (tenant_id, status, received_at, id);
      create index case_request_in_danger on cases.case_request (tenant_id, received_at, id) where acute_danger = 'unaddressed';
      create index case_request_by_person on cases.case_request (tenant_id, person_id);
      select platform.protect('cases.case_request', 'select, insert, update');

      create table cases.staff_member (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        subject text collate "C" not null,
        display_name text not null,
        team text,
        caseload_limit int not null constraint staff_member_caseload_limit check (caseload_limit between 1 and 500),
        qualification jsonb,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create unique index staff_member_by_subject on cases.staff_member (tenant_id, subject);
      select platform.protect('cases.staff_member', 'select, insert, update');

      create table cases.journal_entry (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        kind text not null,
        served_function text not null,
        participants text[] not null,
        minutes int not null,
        cost_cents int not null,
        happened_on date not null,
        text text not null,
        shared_with_client boolean not null,
        written_by text not null,
        written_at timestamptz(3) not null,
        correction_reason text,
        earlier jsonb not null,
        primary key (tenant_id, id)
      );
      create index journal_entry_by_case on cases.journal_entry (tenant_id, case_id, happened_on, id);
      select platform.protect('cases.journal_entry', 'select, insert, update');

      create table cases.follow_up (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        assignee text collate "C" not null,
        due_on date not null,
        subject text,
        cause text,
        reference uuid,
        status text not null,
        moves jsonb not null,
        ended jsonb,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index follow_up_worklist on cases.follow_up (tenant_id, assignee, due_on, id) where status = 'open';
      create index follow_up_by_case on cases.follow_up (tenant_id, case_id, due_on, id);
      create unique index follow_up_by_cause on cases.follow_up (tenant_id, cause, reference) where status = 'open' and cause is not null;
      select platform.protect('cases.follow_up', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      'drop table cases.follow_up, cases.journal_entry, cases.staff_member, cases.case_request, cases.person_identifier, cases.person',
    );
  }
}
