import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Letters about declined requests, and the complaint way they name. */
export class DeclineLetters1764000007430 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table cases.complaint_way (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        organisation text not null,
        text jsonb not null,
        written_by text not null,
        written_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create unique index complaint_way_once on cases.complaint_way (tenant_id);
      select platform.protect('cases.complaint_way', 'select, insert, update');

      create table cases.decline_letter (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        request_id uuid not null,
        recipient jsonb not null,
        language text not null,
        markdown text not null,
        given_on date not null,
        way text not null,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create index decline_letter_by_request on cases.decline_letter (tenant_id, request_id, given_on, id);
      select platform.protect('cases.decline_letter', 'select, insert');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table cases.decline_letter, cases.complaint_way');
  }
}
