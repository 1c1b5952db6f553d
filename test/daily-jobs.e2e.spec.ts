import { Injectable, Module } from '@nestjs/common';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { context } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { Daily, type DailyJob, DailyJobs } from '../src/shared/operation/daily-jobs';
import { until } from './support/checks';
import { type Lotse, startLotse } from './support/lotse';

const [home, other] = demoTenants;
const ran: { job: string; tenant: string; seen: string[]; today: string; actor?: string }[] = [];
let failing: string | null = null;

async function note(job: string, uow: UnitOfWork, today: string): Promise<void> {
  const seen = await uow.query<{ tenant_id: string }>('select tenant_id from platform.tenant');
  const { tenantId, user } = context();
  ran.push({ job, tenant: tenantId, seen: seen.map(({ tenant_id }) => tenant_id), today, actor: user?.subject });
  if (tenantId === failing) throw new Error('not today');
}
@Injectable()
@Daily('test.first')
class FirstJob implements DailyJob {
  constructor(private readonly uow: UnitOfWork) {}
  run = (today: string) => note('first', this.uow, today);
}
@Injectable()
@Daily('test.second')
class SecondJob implements DailyJob {
  constructor(private readonly uow: UnitOfWork) {}
  run = (today: string) => note('second', this.uow, today);
}
@Module({ providers: [FirstJob, SecondJob] })
class JobsModule {}

let lotse: Lotse;
beforeAll(async () => {
  lotse = await startLotse({ modules: [JobsModule] });
  lotse.at('2026-03-01T09:00:00.000Z');
});
afterAll(() => lotse.close());
beforeEach(() => {
  ran.length = 0;
  failing = null;
});

const all = [home, other].flatMap(({ id }) =>
  ['first', 'second'].map((job) => ({ job, tenant: id, seen: [id], today: '2026-03-01', actor: `system:test.${job}` })),
);

it('what is daily runs for every organisation, within its walls', async () => {
  await lotse.app.get(DailyJobs).runAll();
  expect(ran).toEqual(all);
});

it('one organisation’s failure stops no other one’s day, and is told', async () => {
  failing = home.id;
  await expect(lotse.app.get(DailyJobs).runAll()).rejects.toThrow('2 daily jobs failed');
  expect(ran).toEqual(all);
});

it('of two processes one does it, once; it is scheduled, and tried again when it failed', async () => {
  const beside = await startLotse({ databaseUrl: lotse.databaseUrl, modules: [JobsModule] });
  try {
    for (const { app } of [lotse, beside]) await app.get(DailyJobs).start();
    expect(await lotse.sql('select identifier from graphile_worker._private_known_crontabs order by 1')).toEqual([
      { identifier: 'daily' },
      { identifier: 'sweep' },
    ]);
    const open = () =>
      lotse.sql<{ last_error: string | null }>(
        `select last_error from graphile_worker.jobs where task_identifier = 'daily'`,
      );
    await lotse.sql(`select graphile_worker.add_job('daily')`);
    await until(async () => (await open()).length === 0);
    expect(ran.map(({ job, tenant }) => ({ job, tenant }))).toEqual(all.map(({ job, tenant }) => ({ job, tenant })));

    failing = other.id;
    ran.length = 0;
    await lotse.sql(`select graphile_worker.add_job('daily')`);
    await until(async () => (await open())[0]?.last_error != null);
    expect([ran.length, await open()]).toEqual([4, [{ last_error: expect.stringContaining('2 daily jobs failed') }]]);
  } finally {
    await beside.close();
  }
}, 90_000);
