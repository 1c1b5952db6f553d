import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CASE-1: what a merge moved is remembered, so that it can be taken back. No release has stored merges yet. */
export class PersonUnmerge1764000015000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- Rows of any module that spoke of a merged person and speak of the survivor since; \`place\` says of what they are.
      create table platform.followed_reference (
        tenant_id uuid not null,
        merge_id uuid not null,
        place text collate "C" not null,
        id uuid not null,
        primary key (tenant_id, merge_id, place, id)
      );
      create index followed_reference_by_id on platform.followed_reference (tenant_id, place, id);
      select platform.protect('platform.followed_reference', 'select, insert, delete');

      alter table cases.person add column separations jsonb not null default '[]';
      create index person_by_survivor on cases.person (tenant_id, merged_into) where merged_into is not null;

      alter table cases.case add column merges jsonb not null default '[]';

      -- The merge that decided on the pair, and what it was before.
      alter table cases.duplicate_candidate add column merge_id uuid, add column before_merge text;
      create index duplicate_candidate_by_merge on cases.duplicate_candidate (tenant_id, merge_id) where merge_id is not null;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop index cases.duplicate_candidate_by_merge;
      alter table cases.duplicate_candidate drop column merge_id, drop column before_merge;
      alter table cases.case drop column merges;
      drop index cases.person_by_survivor;
      alter table cases.person drop column separations;
      drop table platform.followed_reference;
    `);
  }
}
