import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-1, 2: who a case is about and who may decide for them, beside what CaseAccess decides by. */
export class CasePersons1764000010100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table platform.case_access add column persons jsonb not null default '[]';

      create table platform.person_facts (
        tenant_id uuid not null,
        person_id uuid not null,
        portal_subject text,
        primary key (tenant_id, person_id)
      );

      -- The owner of the tables sees the rows of every organisation only while the wall is not forced on it.
      alter table cases.case no force row level security;
      alter table cases.person no force row level security;
      alter table platform.case_access no force row level security;
      insert into platform.person_facts (tenant_id, person_id, portal_subject)
        select tenant_id, id, portal_subject from cases.person;
      update platform.case_access a set persons = jsonb_build_array(jsonb_build_object('personId', c.person_id, 'client', true,
          'guardians', coalesce((select jsonb_agg(jsonb_build_object('personId', m->>'personId', 'scope', m->'representationScope'))
            from jsonb_array_elements(c.members) m where m->>'removedAt' is null and (m->>'legalGuardian')::boolean), '[]')))
          || coalesce((select jsonb_agg(jsonb_build_object('personId', m->>'personId', 'client', false, 'guardians', '[]'::jsonb))
            from jsonb_array_elements(c.members) m where m->>'removedAt' is null), '[]')
        from cases.case c where c.tenant_id = a.tenant_id and c.id = a.case_id;
      alter table platform.case_access force row level security;
      alter table cases.person force row level security;
      alter table cases.case force row level security;

      select platform.protect('platform.person_facts', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table platform.person_facts;
      alter table platform.case_access drop column persons;
    `);
  }
}
