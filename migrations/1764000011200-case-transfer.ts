import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-12: cases offered to another case manager or organisation, and what was received with one. */
export class CaseTransfer1764000011200 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table cases.case_transfer (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        case_id uuid not null,
        from_subject text not null,
        to_subject text,
        to_organisation_id uuid,
        to_name text,
        reason text not null,
        summary text not null,
        facts jsonb not null,
        categories jsonb not null,
        consent_id uuid,
        answer_by date not null,
        sender_until date,
        sender_done boolean not null,
        status text not null,
        steps jsonb not null,
        request_id uuid,
        primary key (tenant_id, id)
      );
      create index case_transfer_by_case on cases.case_transfer (tenant_id, case_id, id);
      create index case_transfer_to on cases.case_transfer (tenant_id, to_subject, id) where to_subject is not null;
      create unique index case_transfer_once on cases.case_transfer (tenant_id, case_id) where status = 'proposed';
      create index case_transfer_ending on cases.case_transfer (tenant_id, sender_until, id) where status = 'accepted' and not sender_done;
      select platform.protect('cases.case_transfer', 'select, insert, update');

      create table cases.received_handover (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        transfer_id uuid not null,
        request_id uuid not null,
        organisation_id uuid not null,
        organisation_name text not null,
        summary text not null,
        facts jsonb not null,
        received_by text not null,
        received_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create unique index received_handover_by_request on cases.received_handover (tenant_id, request_id);
      select platform.protect('cases.received_handover', 'select, insert');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table cases.received_handover, cases.case_transfer');
  }
}
