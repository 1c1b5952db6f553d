/**
 * A fact other modules may react to: past tense, flat, ids, codes and dates only — no names and no free text,
 * because the log outlives erasure. Subclasses set `static readonly type = 'module.fact'`.
 */
export abstract class DomainEvent {
  /** The aggregate that recorded it; events of one aggregate are delivered in order. */
  abstract readonly aggregateId: string;
  /** The case it belongs to, where there is one. */
  abstract readonly caseId: string | null;
}

/** The class of an event. `type` is what the log stores, so a class may be renamed without losing history. */
export type EventType<E extends DomainEvent = DomainEvent> = { readonly type: string; readonly prototype: E };
