import type pg from 'pg';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { DailyJobs } from '../src/shared/operation/daily-jobs';
import { admin } from './support/database';
import { type Lotse, startLotse } from './support/lotse';

const [home] = demoTenants;
let lotse: Lotse;
beforeAll(async () => {
  lotse = await startLotse();
});
afterAll(() => lotse.close());

const asApp = <T>(work: (client: pg.Client) => Promise<T>) =>
  admin(lotse.databaseUrl, async (c) => {
    await c.query('set role lotse_app');
    await c.query(`select set_config('app.tenant', $1, false)`, [home.id]);
    return work(c);
  });

describe('partitions of the event log and the access log', () => {
  const months = [0, 1, 2].map((ahead) => {
    const now = new Date();
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1))
      .toISOString()
      .slice(0, 7)
      .replace('-', '_');
  });
  const partitions = async () =>
    (
      await lotse.sql<{ name: string; wall: boolean; triggers: number; indexes: number; rights: string | null }>(
        `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as wall,
           (select count(*)::int from pg_trigger t where t.tgrelid = c.oid) as triggers,
           (select count(*)::int from pg_index i where i.indrelid = c.oid) as indexes, c.relacl::text as rights
         from pg_inherits h join pg_class c on c.oid = h.inhrelid
         where h.inhparent in ('platform.event'::regclass, 'platform.access_log'::regclass) order by 1`,
      )
    ).map((partition) => partition);
  const last = `event_${months[2]}`;
  const drop = () => lotse.sql(`drop table platform.${last}`);

  it('are there for this month and the next two, each behind the wall, append-only and indexed', async () => {
    const expected = (name: string, indexes: number) =>
      months.map((month) => ({ name: `${name}_${month}`, wall: true, triggers: 1, indexes, rights: null }));
    expect(await partitions()).toEqual([...expected('access_log', 2), ...expected('event', 4)]);
  });

  it('are made when they are missing, by whoever comes first, and once', async () => {
    const whole = await partitions();
    await drop();
    await Promise.all(Array.from({ length: 6 }, () => asApp((c) => c.query('select platform.ensure_partitions()'))));
    expect(await partitions()).toEqual(whole);
    await asApp(async (c) => {
      await c.query('begin');
      await c.query(
        `insert into platform.event (tenant_id, id, recorded_at, type, aggregate_id, payload, actor, purpose, request_id, traceparent)
         values ($1, gen_random_uuid(), $2, 'test.later', gen_random_uuid(), '{}', 'a', 'p', 'r', 't')`,
        [home.id, `${months[2]!.replace('_', '-')}-17T00:00:00Z`],
      );
      const { rows } = await c.query(
        `select tableoid::regclass::text as place from platform.event where type = 'test.later'`,
      );
      expect(rows).toEqual([{ place: `platform.${last}` }]);
      await c.query('rollback');
    });
    await expect(asApp((c) => c.query(`select 1 from platform.${last}`))).rejects.toThrow('permission denied');
  });

  it('are made without waiting for those who read or write the log', async () => {
    await drop();
    await asApp(async (busy) => {
      await busy.query('begin');
      await busy.query('select count(*) from platform.event');
      await busy.query(
        `insert into platform.access_log (tenant_id, id, actor, purpose, action, resource_type, resource_ids, request_id, traceparent)
         values ($1, gen_random_uuid(), 'a', 'p', 'read', 'x', '{}', 'r', 't')`,
        [home.id],
      );
      await asApp(async (c) => {
        await c.query(`set lock_timeout = '2s'`);
        await c.query('select platform.ensure_partitions()');
      });
      await busy.query('rollback');
    });
    expect((await partitions()).map(({ name }) => name)).toContain(last);
  });

  it('are made at every start', async () => {
    await drop();
    const starting = await startLotse({ databaseUrl: lotse.databaseUrl });
    await starting.app.get(DailyJobs).start();
    await starting.close();
    expect((await partitions()).map(({ name }) => name)).toContain(last);
  });
});
