import { setTimeout as sleep } from 'node:timers/promises';
import type { DomainEvent } from '../../src/shared/domain/domain-event';
import { demoTenants } from '../../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../../src/shared/context';
import { UnitOfWork } from '../../src/shared/database/unit-of-work';
import type { ApiClient, Lotse, Reply } from './lotse';

const tenantId = demoTenants[0].id;
const inside = <T>(work: () => Promise<T>) => runInContext(systemContext(tenantId, 'test', 'case_management'), work);

/** The fields an answer names as wrong, each once, in order. */
export const pointers = ({ body }: Reply): string[] =>
  [...new Set((body.errors as { pointer: string }[]).map(({ pointer }) => pointer))].sort();

/** The types of the events an aggregate recorded, in order. */
export const eventTypes = async (lotse: Lotse, aggregateId: string): Promise<string[]> => {
  const sql = 'select type from platform.event where aggregate_id = $1 order by seq';
  return (await lotse.sql<{ type: string }>(sql, [aggregateId])).map(({ type }) => type);
};

/** Records events in the home organisation as if another module had; delivered when this returns. */
export const happened = async (lotse: Lotse, ...facts: DomainEvent[]): Promise<void> => {
  const uow = lotse.app.get(UnitOfWork);
  await inside(() => uow.run(async () => uow.record(...facts)));
  await lotse.settled();
};

/** Waits until it is so, for 20 seconds; then the test fails. */
export const until = async (met: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 20_000; !(await met()); await sleep(20))
    if (Date.now() > end) throw new Error('waited in vain');
};

/** The plan of a statement as the application would run it in the home organisation, under row-level security. */
export const planOf = async (lotse: Lotse, sql: string): Promise<string> => {
  const rows = await inside(() => lotse.app.get(UnitOfWork).query<{ 'QUERY PLAN': string }>(`explain ${sql}`));
  return rows.map((row) => row['QUERY PLAN']).join('\n');
};

/** SQL statements that a POST sends; the least of three, because a connection may first have to be set to the tenant. */
export const statementsOf = async (who: ApiClient, path: string, body: object): Promise<number> => {
  const sent = async () => {
    const { body: text } = await who.get('/metrics');
    const lines = (text as string).split('\n').filter((line) => line.startsWith('lotse_http_sql_statements_total{'));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };
  const counts: number[] = [];
  for (let i = 0; i < 3; i++) {
    const before = await sent();
    await who.ok('post', path, body);
    counts.push((await sent()) - before);
  }
  return Math.min(...counts);
};

/** Two changes at once with the same ETag: one wins, the other is told. Answers which of them won. */
export const race = async (one: Promise<Reply>, other: Promise<Reply>): Promise<number> => {
  const replies = await Promise.all([one, other]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
  return replies.findIndex(({ status }) => status === 200);
};
