import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { PersonMerged } from '../src/modules/case/events';
import { type Lotse, startLotse } from './support/lotse';

let lotse: Lotse;
beforeAll(async () => {
  lotse = await startLotse();
});
afterAll(() => lotse.close());

it('an event is delivered at once, also when another transaction ended while its own was open and nobody writes after', async () => {
  const uow = lotse.app.get(UnitOfWork);
  const aggregateId = randomUUID();
  await lotse.settled();
  await runInContext(systemContext(demoTenants[0].id, 'test', 'case_management'), () =>
    uow.run(async () => {
      await uow.lock();
      await uow.query('select pg_current_xact_id()');
      await lotse.sql('select pg_current_xact_id()');
      uow.record(new PersonMerged(aggregateId, randomUUID(), lotse.clock.now(), randomUUID()));
    }),
  );
  const [{ within }] = (await lotse.sql<{ within: boolean }>(
    // An id nobody was given yet would be that of the next one who writes.
    'select txid < pg_snapshot_xmax(pg_current_snapshot()) as within from platform.event where aggregate_id = $1',
    [aggregateId],
  )) as [{ within: boolean }];
  expect(within).toBe(true);
  await lotse.settled();
});
