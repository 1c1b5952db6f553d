import { Injectable } from '@nestjs/common';
import { type DailyJob, Daily } from '../../../../shared/operation/daily-jobs';
import { PersonVault } from './person.vault';

/** Wraps the keys of persons with the newest key of their organisation; nothing to do on most days. */
@Daily('case.person-keys')
@Injectable()
export class PersonKeysJob implements DailyJob {
  constructor(private readonly vault: PersonVault) {}

  run(): Promise<number> {
    return this.vault.rewrap();
  }
}
