import { type BeforeApplicationShutdown, Inject, Injectable, Logger, SetMetadata } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Logger as JobLogger, type Runner, parseCronItems, run } from 'graphile-worker';
import { DataSource } from 'typeorm';
import { runInContext, systemContext } from '../context';
import { poolOf } from '../database/data-source';
import type { Write } from '../database/unit-of-work';
import { Clock } from '../domain/clock';
import { RelayPool } from '../events/event-relay.settings';

const DAILY = 'lotse:daily-job';
const SWEEP = 'lotse:sweep';

/**
 * A provider whose `run(today)` is called once a day for every organisation, in one process only — and again when
 * something daily failed: running it twice must change nothing.
 */
export interface DailyJob {
  run(today: string): Promise<unknown>;
}

/** Registers a provider as daily job under a name that never changes. */
export const Daily = (name: string): ClassDecorator => SetMetadata(DAILY, name) as ClassDecorator;

/**
 * Registers a provider as sweep: its `run` is called for every organisation every few minutes, and at once where `sweepSoon`
 * asks for it. It does what is waiting, and takes up what a process that died has left; two at once must do nothing twice.
 */
export const Sweep = (name: string): ClassDecorator => SetMetadata(SWEEP, name) as ClassDecorator;

/** A write that has the sweeps run as soon as it is committed. */
export const sweepSoon: Write = {
  guarded: 'sweep',
  sql: () => `select graphile_worker.add_job('sweep', job_key := 'sweep', job_key_mode := 'preserve_run_at')`,
};

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
      concurrency: 2,
      noHandleSignals: true,
      pollInterval: 60_000,
      logger: new JobLogger(
        () => (level, message) => this.log[level === 'error' ? 'error' : 'debug']({ msg: message }),
      ),
      taskList: { daily: () => this.runAll(), sweep: () => this.sweep() },
      parsedCronItems: parseCronItems([
        { task: 'daily', match: '15 2 * * *', options: { backfillPeriod: 86_400_000, maxAttempts: 5 } },
        { task: 'sweep', match: '*/5 * * * *', options: { backfillPeriod: 0, maxAttempts: 1 } },
      ]),
    });
  }

  /** Everything daily, now. What fails stops nothing else; it throws at the end, so that the whole is tried again. */
  async runAll(): Promise<void> {
    await this.maintain();
    await this.runEach(DAILY);
  }

  /** Everything that waits to be done, now. */
  sweep(): Promise<void> {
    return this.runEach(SWEEP);
  }

  private async runEach(kind: string): Promise<void> {
    const { rows } = await this.relayPool.query<{ tenant_id: string }>(
      'select tenant_id from platform.tenant order by tenant_id',
    );
    const jobs = this.discovery.getProviders().flatMap(({ instance }) => {
      const name = instance && (Reflect.getMetadata(kind, (instance as object).constructor) as string | undefined);
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
            msg: 'job failed',
            job: name,
            tenant: tenant_id,
            error: error instanceof Error ? error.name : typeof error,
            code: (error as { code?: string })?.code,
          });
        }
    if (failed > 0) throw new Error(`${failed} ${kind === DAILY ? 'daily jobs' : 'sweeps'} failed`);
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
