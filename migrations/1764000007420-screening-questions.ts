import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What organisations ask in a screening beside the six criteria. */
export class ScreeningQuestions1764000007420 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table cases.screening_question_set (
        tenant_id uuid not null,
        id uuid not null,
        version int not null,
        status text not null,
        edition int,
        title jsonb not null,
        questions jsonb not null,
        written_by text not null,
        written_at timestamptz(3) not null,
        published_by text,
        published_at timestamptz(3),
        primary key (tenant_id, id)
      );
      create unique index screening_question_set_by_edition on cases.screening_question_set (tenant_id, edition)
        where edition is not null;
      select platform.protect('cases.screening_question_set', 'select, insert, update');
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table cases.screening_question_set');
  }
}
