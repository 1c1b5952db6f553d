import { Injectable } from '@nestjs/common';
import { RuleBroken } from '../../../shared/domain/errors';
import { type DailyJob, Daily } from '../../../shared/operation/daily-jobs';
import { ErasureRunService } from './erasure-run.service';
import { Scheduling } from './scheduling';

/** CONS-6: proposes what has reached the end of its time; people release it. */
@Daily('retention.due-erasures')
@Injectable()
export class DueErasuresJob implements DailyJob {
  constructor(
    private readonly scheduling: Scheduling,
    private readonly runs: ErasureRunService,
  ) {}

  /** The id of the proposal, or null where nothing is due. */
  async run(): Promise<string | null> {
    // A birth date may have become known since the file was ended.
    await this.scheduling.all({ onlyUndated: true });
    try {
      return (await this.runs.proposeDue()).id;
    } catch (error) {
      if (error instanceof RuleBroken && error.code === 'nothing-due') return null;
      throw error;
    }
  }
}
