import type { MigrationInterface, QueryRunner } from 'typeorm';

const declared = 'create or replace function platform.absent_ones(_tenant uuid, _deputy text, _on date) returns text[]';
const absent = `array(select distinct s.absent from platform.stand_in s
          where s.tenant_id = _tenant and s.deputy = _deputy and s.from_on <= _on and s.until_on >= _on)`;

/** CASE-7: every list of cases asks for whom the user stands in; PL/pgSQL keeps the plan, where SQL makes it anew at every call. */
export class AbsentOnes1764000017500 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ${declared} language plpgsql stable as $$
      begin
        return ${absent};
      end $$;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`${declared} language sql stable return ${absent};`);
  }
}
