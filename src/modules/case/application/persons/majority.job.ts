import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../../shared/auth/case-persons';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { ofAgeFrom } from '../../../../shared/domain/majority';
import { Daily, type DailyJob } from '../../../../shared/operation/daily-jobs';
import { PersonVault, type SealedPerson } from './person.vault';

const BATCH = 500;

/**
 * CONS-1: lets SQL know a week ahead who comes of age, and forgets the day a week after. Opens the records of those alone
 * who are not known to be of age for long.
 */
@Daily('case.majority')
@Injectable()
export class MajorityJob implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly vault: PersonVault,
    private readonly casePersons: CasePersons,
  ) {}

  async run(today: string): Promise<void> {
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const minors = await this.casePersons.notLongOfAge(after, BATCH);
      if (minors.length === 0) return;
      await this.uow.run(() => this.write(new Map(minors.map(({ id, ofAgeFrom: day }) => [id, day])), today));
      after = minors.at(-1)!.id;
    }
  }

  /** Holds the persons, so that a birth date that is corrected meanwhile is read, or waits. */
  private async write(known: ReadonlyMap<string, string | null>, today: string): Promise<void> {
    await this.uow.lock();
    const rows = await this.uow.query<SealedPerson>(
      `select id, sealed, key_no as "keyNo", wrapped_key as "wrappedKey" from cases.person
       where tenant_id = $1 and id = any($2::uuid[]) and merged_into is null order by id for share`,
      [context().tenantId, [...known.keys()]],
    );
    const changed = (await this.vault.read(rows))
      .map(({ id, birthDate }) => ({ id, ofAgeFrom: ofAgeFrom(birthDate, today) }))
      .filter(({ id, ofAgeFrom: day }) => day !== known.get(id));
    if (changed.length > 0) this.casePersons.writeMajority(changed);
  }
}
