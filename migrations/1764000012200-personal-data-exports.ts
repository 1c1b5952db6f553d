import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-6, GDPR 15, 20: copies of everything held on a person; their files are sealed with the key of the person. */
export class PersonalDataExports1764000012200 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table consent.personal_data_export (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        person_id uuid not null,
        subject_request_id uuid not null,
        asked_by text not null,
        asked_at timestamptz(3) not null,
        status text not null,
        claimed_until timestamptz(3),
        tries int not null,
        ready_at timestamptz(3),
        expires_at timestamptz(3),
        primary key (tenant_id, id)
      );
      create index personal_data_export_by_request on consent.personal_data_export (tenant_id, subject_request_id, id);
      create index personal_data_export_waiting on consent.personal_data_export (tenant_id, id) where status in ('waiting', 'ready');
      select platform.protect('consent.personal_data_export', 'select, insert, update');

      create table consent.personal_data_export_file (
        tenant_id uuid not null,
        export_id uuid not null,
        kind text not null,
        person_id uuid not null,
        sealed bytea not null,
        primary key (tenant_id, export_id, kind)
      );
      select platform.protect('consent.personal_data_export_file', 'select, insert, delete');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table consent.personal_data_export_file, consent.personal_data_export');
  }
}
