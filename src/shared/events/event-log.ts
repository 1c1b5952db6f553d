import { v7 as uuidv7 } from 'uuid';
import type { Context } from '../context';
import type { DomainEvent, EventType } from '../domain/domain-event';

/** An event of the log, as it is delivered. */
export type StoredEvent = {
  id: string;
  tenant_id: string;
  seq: string;
  type: string;
  aggregate_id: string;
  payload: Record<string, unknown>;
  purpose: string;
  traceparent: string;
};

/** The type under which an event stands in the log. */
export const typeOf = (event: DomainEvent): string => (event.constructor as unknown as EventType).type;

/** Inserts the events given as one JSON parameter; part of the statement that stores the change itself. */
export const EVENTS_CTE = (rows: string) => `
  insert into platform.event (tenant_id, id, type, aggregate_id, case_id, payload, actor, purpose, request_id, traceparent)
  select e.tenant_id, e.id, e.type, e.aggregate_id, e.case_id, e.payload, e.actor, e.purpose, e.request_id, e.traceparent
  from jsonb_to_recordset(${rows}::jsonb) as e(tenant_id uuid, id uuid, type text, aggregate_id uuid, case_id uuid,
    payload jsonb, actor text, purpose text, request_id text, traceparent text)`;

/** The events as that parameter, with who, why and in which request from the context. */
export function eventRows(
  events: readonly DomainEvent[],
  { tenantId, user, purpose, requestId, traceparent }: Context,
): string {
  return JSON.stringify(
    events.map((event) => ({
      tenant_id: tenantId,
      id: uuidv7(),
      type: typeOf(event),
      aggregate_id: event.aggregateId,
      case_id: event.caseId,
      payload: event,
      actor: user?.subject ?? 'system',
      purpose,
      request_id: requestId,
      traceparent,
    })),
  );
}
