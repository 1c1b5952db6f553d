import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every person on record has a key: erasure deletes the row with it (docs/adr/0016). */
export class PersonHasKey1764000017010 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table cases.person alter column key_no set not null, alter column wrapped_key set not null;
      drop index cases.person_by_time, cases.person_by_key, cases.person_unchecked;
      create index person_by_time on cases.person (tenant_id, recorded_at, id) where merged_into is null;
      create index person_by_key on cases.person (tenant_id, key_no, id);
      create index person_unchecked on cases.person (tenant_id, id) where checked_version < version and merged_into is null;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table cases.person alter column key_no drop not null, alter column wrapped_key drop not null;
      drop index cases.person_by_time, cases.person_by_key, cases.person_unchecked;
      create index person_by_time on cases.person (tenant_id, recorded_at, id) where merged_into is null and wrapped_key is not null;
      create index person_by_key on cases.person (tenant_id, key_no, id) where wrapped_key is not null;
      create index person_unchecked on cases.person (tenant_id, id)
        where checked_version < version and merged_into is null and wrapped_key is not null;
    `);
  }
}
