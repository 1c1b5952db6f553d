import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-6, GDPR 16, 18: contested records, and the mark that every answer with one of them carries. */
export class DataDisputes1764000017400 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table consent.data_dispute (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        person_id uuid not null,
        case_id uuid,
        request_id uuid,
        record_type text not null,
        record_id uuid not null,
        record_version int,
        statement text not null,
        counter_statement text not null,
        subject_request_id uuid,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        settlement jsonb,
        primary key (tenant_id, id)
      );
      create index data_dispute_by_case on consent.data_dispute (tenant_id, case_id, id);
      create index data_dispute_by_person on consent.data_dispute (tenant_id, person_id, id);
      create index data_dispute_by_record on consent.data_dispute (tenant_id, record_id, id);
      select platform.protect('consent.data_dispute', 'select, insert, update');

      create table platform.disputed_record (
        tenant_id uuid not null,
        record_id uuid not null,
        dispute_id uuid not null,
        primary key (tenant_id, record_id, dispute_id)
      );
      select platform.protect('platform.disputed_record', 'select, insert, delete');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table platform.disputed_record, consent.data_dispute');
  }
}
