import { Injectable } from '@nestjs/common';
import { restrictedPersons } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { type DailyJob, Daily } from '../../../../shared/operation/daily-jobs';
import type { Gender } from '../../domain/intake/intake.words';
import { DuplicateCandidateRepository } from './duplicate-candidate.repository';
import { PersonDuplicates } from './person.duplicates';
import { PersonVault, type SealedPerson } from './person.vault';

/** Persons fetched at once; each is compared in a transaction of its own. */
const BATCH = 200;

/** CASE-1: compares every person that is new or was changed with all others: two statements each, and one per batch. */
@Daily('case.duplicate-candidates')
@Injectable()
export class DuplicateCandidatesJob implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly vault: PersonVault,
    private readonly duplicates: PersonDuplicates,
    private readonly candidates: DuplicateCandidateRepository,
  ) {}

  /** How many persons were compared. */
  async run(): Promise<number> {
    const { tenantId } = context();
    for (let compared = 0, after = '00000000-0000-0000-0000-000000000000'; ;) {
      const rows = await this.uow.query<SealedPerson & { version: number; gender: Gender }>(
        `select id, version, gender, sealed, key_no as "keyNo", wrapped_key as "wrappedKey" from cases.person
         where tenant_id = $1 and id > $2 and checked_version < version and merged_into is null
           and id <> all(${restrictedPersons('$1')})
         order by id limit ${BATCH}`,
        [tenantId, after],
      );
      if (rows.length === 0) return compared;
      for (const person of await this.vault.read(rows)) {
        const found = await this.duplicates.of(person);
        await this.uow.run(async () => {
          this.candidates.found(person.id, found, this.clock.now());
          this.uow.write({
            sql: (add) => `
              update cases.person set checked_version = ${add(person.version)}::int
              where tenant_id = ${add(tenantId)} and id = ${add(person.id)}`,
          });
          return Promise.resolve();
        });
      }
      compared += rows.length;
      after = rows.at(-1)!.id;
    }
  }
}
