import { Controller, Get, Header, HttpCode, Inject, Param, Post, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { context } from '../context';
import { poolOf } from '../database/data-source';
import { UnitOfWork } from '../database/unit-of-work';
import { NotFound } from '../domain/errors';
import { EventRelay } from '../events/event-relay';
import { Answer } from '../http/answer';
import { Instant, Int, NestedList, OneOf, Text, Uuid } from '../http/fields';
import { Operation, Public } from '../http/operation';
import { textOf } from '../http/problem.filter';
import { Telemetry } from './telemetry';

/** Health and metrics: no token, no details, no personal data. */
@ApiExcludeController()
@Public()
@Controller({ version: VERSION_NEUTRAL })
export class OperationController {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly relay: EventRelay,
    private readonly telemetry: Telemetry,
  ) {}

  @Get('health/live')
  live(): object {
    return { status: 'ok' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) res: FastifyReply): Promise<object> {
    try {
      await poolOf(this.dataSource).query('select 1 from platform.subscription limit 1');
      return { status: 'ok' };
    } catch {
      res.status(503);
      return { status: 'unavailable' };
    }
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) res: FastifyReply): Promise<string> {
    const pool = poolOf(this.dataSource);
    this.telemetry.pool.set({ state: 'total' }, pool.totalCount);
    this.telemetry.pool.set({ state: 'idle' }, pool.idleCount);
    this.telemetry.pool.set({ state: 'waiting' }, pool.waitingCount);
    for (const { name, lag, retrying, parked } of await this.relay.state()) {
      this.telemetry.lag.set({ subscription: name }, lag);
      this.telemetry.undelivered.set({ subscription: name, status: 'retrying' }, retrying);
      this.telemetry.undelivered.set({ subscription: name, status: 'parked' }, parked);
    }
    res.header('content-type', this.telemetry.registry.contentType);
    return this.telemetry.registry.metrics();
  }

  /** What a problem type means, for people who follow its link. */
  @Get('problems/:code')
  @Header('content-type', 'text/html; charset=utf-8')
  problem(@Param('code') code: string): string {
    const text = textOf(code);
    if (!text) throw new NotFound('problem');
    const part = (language: 'en' | 'de') =>
      `<section lang="${language}"><h1>${text.title[language]}</h1><p>${text.detail[language]}</p></section>`;
    return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${code}</title><p><code>${code}</code> · HTTP ${text.status ?? 409}</p>${part('en')}<hr>${part('de')}</html>`;
  }
}

class ParkedEvent {
  @Uuid() eventId: string;
  @Text() subscription: string;
  @Text() type: string;
  @Uuid() aggregateId: string;
  @OneOf(['retrying', 'parked']) status: string;
  @Int({ min: 0, max: 1000 }) attempts: number;
  @Text({ max: 500 }) error: string;
  @Instant() nextAttemptAt: string;
}
class ParkedEvents {
  @NestedList(() => ParkedEvent, { max: 1000 }) data: ParkedEvent[];
}
class Replayed {
  @Int({ min: 0, max: 1_000_000, description: 'Events that will be tried again at once' }) replayed: number;
}

/** Events that a listener could not take: visible, and replayable once the cause is gone. */
@ApiTags('Operation')
@Controller({ path: 'parked-events', version: '1' })
export class ParkedEventController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly relay: EventRelay,
  ) {}

  @Get()
  @Operation({
    id: 'listParkedEvents',
    summary: 'Events that could not be delivered',
    scope: 'log:replay',
    answers: ParkedEvents,
  })
  async list(): Promise<Answer<ParkedEvents>> {
    const data = await this.uow.query<ParkedEvent>(
      `select p.event_id as "eventId", p.subscription, e.type, p.aggregate_id as "aggregateId", p.status, p.attempts, p.error,
         to_json(p.next_attempt_at)#>>'{}' as "nextAttemptAt"
       from platform.parked_event p join platform.event e on e.tenant_id = p.tenant_id and e.id = p.event_id and e.recorded_at = p.recorded_at
       where p.tenant_id = $1 order by p.seq limit 1000`,
      [context().tenantId],
    );
    return new Answer({ data }, null);
  }

  @Post('replay')
  @HttpCode(200)
  @Operation({
    id: 'replayParkedEvents',
    summary: 'Try all parked events again',
    scope: 'log:replay',
    answers: Replayed,
  })
  async replay(): Promise<Answer<Replayed>> {
    const rows = await this.uow.query(
      `update platform.parked_event set status = 'retrying', attempts = 0, next_attempt_at = now() where tenant_id = $1 returning 1`,
      [context().tenantId],
    );
    this.relay.wake();
    return new Answer({ replayed: rows.length }, null);
  }
}
