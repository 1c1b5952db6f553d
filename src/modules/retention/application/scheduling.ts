import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import type { RetainedFile } from '../domain/retained-file.entity';
import { RetainedFileRepository, RetentionRuleRepository } from './repositories';

/** Files that get their day in one transaction. */
const BATCH = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Computes until when files are kept (CONS-6). */
@Injectable()
export class Scheduling {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly persons: CasePersons,
    private readonly rules: RetentionRuleRepository,
    private readonly files: RetainedFileRepository,
  ) {}

  /** By the rules and the birth date as they are now. */
  async schedule(file: RetainedFile): Promise<void> {
    const inForce = await this.rules.inForce();
    const asksForBirth = inForce(file.fileKind).terms.start === 'birthday';
    file.schedule(inForce, asksForBirth ? await this.persons.birthDates(file.personId) : null);
  }

  /** All files that are ended, or those only for whose time a birth date is missing. Answers how many. */
  async all({ onlyUndated = false } = {}): Promise<number> {
    for (let done = 0, after = FIRST; ;) {
      const batch = await this.uow.run(async () => {
        const files = await this.files.endedAfter(after, BATCH, onlyUndated);
        for (const file of files) {
          await this.schedule(file);
          this.files.store(file);
        }
        return files;
      });
      if (batch.length === 0) return done;
      done += batch.length;
      after = batch.at(-1)!.id;
    }
  }

  /** Erasures, their release and what forbids them take turns within an organisation. Holds until the transaction ends. */
  async takeTurns(): Promise<void> {
    await this.uow.lock();
    await this.uow.query('select pg_advisory_xact_lock(hashtextextended($1, 11))', [`erasure ${context().tenantId}`]);
  }
}
