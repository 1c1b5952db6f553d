import { Injectable } from '@nestjs/common';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Context } from '../context';

/** What is measured about the running instance; served at /metrics in Prometheus' text format. */
@Injectable()
export class Telemetry {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'lotse_http_request_duration_seconds',
    help: 'Duration of requests by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  private readonly statements = new Counter({
    name: 'lotse_http_sql_statements_total',
    help: 'SQL statements sent by route',
    labelNames: ['method', 'route'],
    registers: [this.registry],
  });
  readonly pool = new Gauge({
    name: 'lotse_database_connections',
    help: 'Connections of the pool by state',
    labelNames: ['state'],
    registers: [this.registry],
  });
  readonly lag = new Gauge({
    name: 'lotse_event_lag_seconds',
    help: 'How long the oldest undelivered event of a subscription has waited',
    labelNames: ['subscription'],
    registers: [this.registry],
  });
  readonly undelivered = new Gauge({
    name: 'lotse_events_undelivered',
    help: 'Events of a subscription that failed: retrying or parked',
    labelNames: ['subscription', 'status'],
    registers: [this.registry],
  });
  private readonly tracer = trace.getTracer('lotse');

  constructor(private readonly log: Logger) {
    collectDefaultMetrics({ register: this.registry, prefix: 'lotse_' });
  }

  /** One finished request: a log line without personal data (the route, never the path), metrics, a span. */
  request(method: string, route: string, status: number, milliseconds: number, context?: Context): void {
    this.requests.observe({ method, route, status }, milliseconds / 1000);
    if (context) this.statements.inc({ method, route }, context.statements);
    if (this.log.isLevelEnabled('info'))
      this.log.info({
        method,
        route,
        status,
        ms: Math.round(milliseconds * 10) / 10,
        sql: context?.statements,
        requestId: context?.requestId,
        trace: context?.traceparent.split('-')[1],
        tenant: context?.tenantId || undefined,
        actor: context?.user?.subject,
      });
    const span = this.tracer.startSpan(`${method} ${route}`, {
      startTime: Date.now() - milliseconds,
      attributes: { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status },
    });
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
}
