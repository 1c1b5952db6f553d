import type { MigrationInterface, QueryRunner } from 'typeorm';

/** CONS-1: from which day a person is of age, told around that day alone; a daily job fills it in (case.majority). */
export class Majority1764000017310 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('alter table platform.person_facts add column of_age_from date');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('alter table platform.person_facts drop column of_age_from');
  }
}
