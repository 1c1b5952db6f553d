import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pairs of persons that the daily job took for one and the same, and what was decided about them. */
export class DuplicateCandidates1764000007100 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      -- The version of the person that was last compared with all others.
      alter table cases.person add column checked_version int not null default 0;
      alter table cases.person alter column checked_version drop default;
      create index person_unchecked on cases.person (tenant_id, id)
        where checked_version < version and merged_into is null and wrapped_key is not null;

      -- Of the two ids the smaller one is person_id.
      create table cases.duplicate_candidate (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        person_id uuid not null,
        other_id uuid not null,
        score int not null,
        reasons text[] not null,
        status text not null,
        dismissal jsonb,
        found_at timestamptz(3) not null,
        primary key (tenant_id, id)
      );
      create unique index duplicate_candidate_by_pair on cases.duplicate_candidate (tenant_id, person_id, other_id);
      create index duplicate_candidate_by_other on cases.duplicate_candidate (tenant_id, other_id);
      create index duplicate_candidate_by_score on cases.duplicate_candidate (tenant_id, status, score, id);
      select platform.protect('cases.duplicate_candidate', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table cases.duplicate_candidate;
      alter table cases.person drop column checked_version;
    `);
  }
}
