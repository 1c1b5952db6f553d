import 'reflect-metadata';
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import pg from 'pg';
import { AppModule } from '../../src/app.module';
import { readConfig } from '../../src/config';
import { demoTenants } from '../../src/shared/auth/demo-organisation';
import { LocalIssuer } from '../../src/shared/auth/local-issuer';
import { context, currentContext, runInContext, systemContext } from '../../src/shared/context';
import { UnitOfWork } from '../../src/shared/database/unit-of-work';
import { DomainEvent } from '../../src/shared/domain/domain-event';
import { Stale } from '../../src/shared/domain/errors';
import { EventRelay } from '../../src/shared/events/event-relay';
import { RelaySettings } from '../../src/shared/events/event-relay.settings';
import { OnEvent, Subscription } from '../../src/shared/events/on-event';
import { makeLogger } from '../../src/shared/operation/logger';

/** A counter was raised to `number`. */
export class Counted extends DomainEvent {
  static readonly type = 'test.counted';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly number: number,
  ) {
    super();
  }
}

/** The first listener heard of it: an event recorded by a listener. */
export class Echoed extends DomainEvent {
  static readonly type = 'test.echoed';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly number: number,
  ) {
    super();
  }
}

/** What the listeners do beside writing down what they got; tests put failures here. */
export const behaviour = {
  before: async (_subscription: string, _event: Counted | Echoed): Promise<void> => undefined,
  after: async (_subscription: string, _event: Counted | Echoed): Promise<void> => undefined,
};

/** Writes a delivery at once, inside the transaction of the delivery. No key stops a second one. */
async function heard(uow: UnitOfWork, subscription: string, event: Counted | Echoed): Promise<void> {
  await behaviour.before(subscription, event);
  const { tenantId, user, purpose, traceparent } = context();
  await uow.query(
    `insert into test.delivery (tenant_id, subscription, type, aggregate_id, number, worker, actor, purpose, traceparent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tenantId,
      subscription,
      (event.constructor as typeof Counted).type,
      event.aggregateId,
      event.number,
      process.pid,
      user?.subject,
      purpose,
      traceparent,
    ],
  );
  await behaviour.after(subscription, event);
}

@Subscription('test.first')
class FirstListener {
  constructor(private readonly uow: UnitOfWork) {}

  @OnEvent(Counted)
  async echo(event: Counted): Promise<void> {
    await heard(this.uow, 'test.first', event);
    this.uow.record(new Echoed(event.aggregateId, event.number));
  }
}

@Subscription('test.second')
class SecondListener {
  constructor(private readonly uow: UnitOfWork) {}

  @OnEvent(Counted)
  counted(event: Counted): Promise<void> {
    return heard(this.uow, 'test.second', event);
  }

  @OnEvent(Echoed)
  echoed(event: Echoed): Promise<void> {
    return heard(this.uow, 'test.second', event);
  }
}

@Module({ providers: [FirstListener, SecondListener] })
export class ListenersModule {}

/** The tables of the listeners; run as superuser. */
export const TABLES = `
  create schema test;
  grant usage on schema test to lotse_app;
  create table test.counter (tenant_id uuid not null, id uuid not null, number int not null, primary key (tenant_id, id));
  create table test.delivery (tenant_id uuid not null, position bigint generated always as identity, subscription text not null,
    type text not null, aggregate_id uuid not null, number int not null, worker int not null, actor text, purpose text, traceparent text);
  select platform.protect('test.counter', 'select, insert, update'), platform.protect('test.delivery', 'select, insert');`;

/** Raises the counter by one and records it; whoever comes second in a race tries again. */
export async function count(uow: UnitOfWork, id: string, tenantId: string = demoTenants[0].id): Promise<void> {
  const inTenant = currentContext() ?? systemContext(tenantId, 'test', 'case_management', TRACE);
  await runInContext(inTenant, async () => {
    for (;;)
      try {
        return await uow.run(async () => {
          const [row] = await uow.query<{ number: number }>(
            'select number from test.counter where tenant_id = $1 and id = $2',
            [tenantId, id],
          );
          const number = (row?.number ?? 0) + 1;
          uow.write({
            guarded: 'counter',
            sql: (add) => `
              insert into test.counter (tenant_id, id, number) values (${add(tenantId)}, ${add(id)}, 1)
              on conflict (tenant_id, id) do update set number = counter.number + 1 where counter.number = ${add(number - 1)}
              returning 1`,
          });
          uow.record(new Counted(id, number));
        });
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
      }
  });
}

export const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** What a child process is told to do. */
export type Orders = {
  databaseUrl: string;
  /** The counters to raise, in this order; many at a time. */
  counters: string[];
  atOnce: number;
  /** How listeners fail: by chance (one of five), or each one twice with every event. */
  failing?: 'by chance' | 'twice';
  /** Die right after the first statement that begins so was sent; its answer is never seen. */
  dieAt?: string;
  /** Say every statement that is sent. */
  verbose?: boolean;
};

async function main({ databaseUrl, counters, atOnce, failing, dieAt, verbose }: Orders): Promise<void> {
  const module = await Test.createTestingModule({
    imports: [
      AppModule.for({
        config: readConfig({}),
        databaseUrl,
        secret: 'a-secret-for-tests-only-0123456789',
        logger: makeLogger('silent'),
        localIssuer: await LocalIssuer.open(),
      }),
      ListenersModule,
    ],
  })
    .overrideProvider(RelaySettings)
    .useValue(Object.assign(new RelaySettings(), { poll: 20, tries: 1000, backoff: () => 1, batch: 7 }))
    .setLogger(false as never)
    .compile();
  const failures = new Map<string, number>();
  behaviour.after = async (subscription, { aggregateId, number, constructor }) => {
    if (failing === 'by chance' && Math.random() < 0.2) throw new Error('failed by chance');
    const delivery = `${subscription} ${constructor.name} ${aggregateId} ${number}`;
    const before = failures.get(delivery) ?? 0;
    if (failing === 'twice' && before < 2) {
      failures.set(delivery, before + 1);
      throw new Error('fails the first times');
    }
  };
  let armed = false;
  if (dieAt || verbose)
    onStatement((text) => {
      if (!armed) return;
      if (verbose) writeSync(1, `${text}\n`);
      if (text === dieAt) process.kill(process.pid, 'SIGKILL');
    });
  await module.init();
  const [uow, relay] = [module.get(UnitOfWork), module.get(EventRelay)];
  armed = true;
  const left = counters.slice();
  const work = async () => {
    for (let id = left.shift(); id; id = left.shift()) await count(uow, id);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  writeSync(1, 'written\n');
  do await relay.drain();
  while ((await relay.state()).some(({ retrying }) => retrying > 0) && (await sleep(10, true)));
  await module.close();
}

/** Calls `sent` after every statement that left: its beginning on one line. */
function onStatement(sent: (text: string) => void): void {
  const prototype = pg.Client.prototype as { query: (...args: unknown[]) => unknown };
  const send = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text;
    const result = send.apply(this, args);
    // The bytes leave when this turn ends.
    process.nextTick(() => sent(text.trim().replace(/\s+/g, ' ').slice(0, 80)));
    return result;
  };
}

if (require.main === module)
  main(JSON.parse(process.argv[2]!) as Orders).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
