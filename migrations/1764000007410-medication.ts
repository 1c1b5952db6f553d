import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Medication notes and what was administered under them. */
export class Medication1764000007410 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table cases.medication_note (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        need text not null,
        prescriber text,
        storage text not null,
        disposal text,
        may_administer jsonb not null,
        since date not null,
        until date,
        written_by text not null,
        written_at timestamptz(3) not null,
        correction_reason text,
        earlier jsonb not null,
        primary key (tenant_id, id)
      );
      create index medication_note_by_case on cases.medication_note (tenant_id, case_id, since, id);
      select platform.protect('cases.medication_note', 'select, insert, update');

      create table cases.medication_handout (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        note_id uuid not null,
        administered_at timestamptz(3) not null,
        administered_by text not null,
        what text not null,
        remark text,
        written_by text not null,
        written_at timestamptz(3) not null,
        correction_reason text,
        earlier jsonb not null,
        primary key (tenant_id, id)
      );
      create index medication_handout_by_note on cases.medication_handout
        (tenant_id, note_id, administered_at, id);
      select platform.protect('cases.medication_handout', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table cases.medication_handout, cases.medication_note');
  }
}
