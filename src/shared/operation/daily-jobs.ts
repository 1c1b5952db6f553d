import { type BeforeApplicationShutdown, Inject, Injectable, Logger, SetMetadata } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Logger as JobLogger, type Runner, parseCronItems, run } from 'graphile-worker';
import { DataSource } from 'typeorm';
import { runInContext, systemContext } from '../context';
import { poolOf } from '../database/data-source';
import { Clock } from '../domain/clock';
import { RelayPool } from '../events/event-relay';

const DAILY = 'lotse:daily-job';

/**
 * A provider whose `run(today)` is called once a day for every organisation, in one process only — and again when
 * something daily failed: running it twice must change nothing.
 */
export interface DailyJob {
  run(today: string): Promise<unknown>;
}

/** Registers a provider as daily job under a name that never changes. */
export const Daily = (name: string): ClassDecorator => SetMetadata(DAILY, name) as ClassDecorator;

/** Runs what must happen every day: timers and retries are graphile-worker's, on the same PostgreSQL. */
@Injectable()
export class DailyJobs implements BeforeApplicationShutdown {
  private readonly log = new Logger('DailyJobs');
  private runner?: Runner;

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly relayPool: RelayPool,
    private readonly clock: Clock,
  ) {}

  /** Starts the schedule; main does, tests call `runAll`. */
  async start(): Promise<void> {
    await this.maintain();
    this.runner = await run({
      pgPool: poolOf(this.dataSource),
      concurrency: 1,
      noHandleSignals: true,
      pollInterval: 60_000,
      logger: new JobLogger(
        () => (level, message) => this.log[level === 'error' ? 'error' : 'debug']({ msg: message }),
      ),
      taskList: { daily: () => this.runAll() },
      parsedCronItems: parseCronItems([
        { task: 'daily', match: '15 2 * * *', options: { backfillPeriod: 86_400_000, maxAttempts: 5 } },
      ]),
    });
  }

  /** Everything daily, now. What fails stops nothing else; it throws at the end, so that the whole is tried again. */
  async runAll(): Promise<void> {
    await this.maintain();
    const { rows } = await this.relayPool.query<{ tenant_id: string }>(
      'select tenant_id from platform.tenant order by tenant_id',
    );
    const jobs = this.discovery.getProviders().flatMap(({ instance }) => {
      const name = instance && (Reflect.getMetadata(DAILY, (instance as object).constructor) as string | undefined);
      return name ? [{ name, job: instance as DailyJob }] : [];
    });
    let failed = 0;
    for (const { tenant_id } of rows)
      for (const { name, job } of jobs)
        try {
          await runInContext(systemContext(tenant_id, name, 'case_management'), () => job.run(this.clock.today()));
        } catch (error) {
          failed += 1;
          this.log.error({
            msg: 'daily job failed',
            job: name,
            tenant: tenant_id,
            error: error instanceof Error ? error.name : typeof error,
            code: (error as { code?: string })?.code,
          });
        }
    if (failed > 0) throw new Error(`${failed} daily jobs failed`);
  }

  /** The months to come have their partitions, and answers past their time are gone. */
  private async maintain(): Promise<void> {
    await runInContext(systemContext('', 'daily', 'administration'), () =>
      poolOf(this.dataSource).query('select platform.ensure_partitions(), platform.purge_stored_answers()'),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runner?.stop();
  }
}
