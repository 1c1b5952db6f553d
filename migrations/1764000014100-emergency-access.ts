import type { MigrationInterface, QueryRunner } from 'typeorm';

/** §6.3: emergency access to cases, the cases it needs a second person for, and what CaseAccess decides by. */
export class EmergencyAccess1764000014100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Who reads which case from when to when, written by the case module with the emergency access. It is asked only
      -- where somebody reads for the purpose "emergency".
      create table platform.emergency_grant (
        tenant_id uuid not null,
        access_id uuid not null,
        case_id uuid not null,
        subject text not null,
        from_at timestamptz(3) not null,
        until_at timestamptz(3) not null,
        primary key (tenant_id, access_id)
      );
      create index emergency_grant_by_case on platform.emergency_grant (tenant_id, case_id, until_at);
      create index emergency_grant_by_subject on platform.emergency_grant (tenant_id, subject, until_at);
      select platform.protect('platform.emergency_grant', 'select, insert, update, delete');

      -- Who has broken the glass for a case at an instant, and the cases somebody has broken it for.
      create function platform.emergency_readers(_tenant uuid, _case uuid, _at timestamptz) returns text[] language sql stable
        return array(select g.subject from platform.emergency_grant g
          where g.tenant_id = _tenant and g.case_id = _case and g.from_at <= _at and g.until_at > _at);
      create function platform.emergency_cases(_tenant uuid, _subject text, _at timestamptz) returns uuid[] language sql stable
        return array(select g.case_id from platform.emergency_grant g
          where g.tenant_id = _tenant and g.subject = _subject and g.from_at <= _at and g.until_at > _at);

      create table cases.emergency_access (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        subject text not null,
        reason_code text not null,
        justification text not null,
        minutes int not null,
        needs_approval boolean not null,
        requested_at timestamptz(3) not null,
        approved_by text,
        from_at timestamptz(3),
        until_at timestamptz(3),
        ended_by text,
        review_due_on date,
        review jsonb,
        overdue_on date,
        primary key (tenant_id, id)
      );
      create index emergency_access_by_case on cases.emergency_access (tenant_id, case_id, id);
      create index emergency_access_unreviewed on cases.emergency_access (tenant_id, review_due_on, id)
        where review is null and review_due_on is not null;
      select platform.protect('cases.emergency_access', 'select, insert, update');

      alter table cases.case add protection jsonb;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table cases.case drop protection;
      drop table cases.emergency_access;
      drop function platform.emergency_cases, platform.emergency_readers;
      drop table platform.emergency_grant;
    `);
  }
}
