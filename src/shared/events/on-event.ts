import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';
import type { DomainEvent, EventType } from '../domain/domain-event';

const SUBSCRIPTION = 'lotse:subscription';
const HANDLERS = 'lotse:handlers';

/**
 * A class whose `@OnEvent` methods are fed from the log through one cursor of the given, never changing, name. Types that
 * come later get a subscription of their own (docs/adr/0004, Limits).
 */
export const Subscription = (name: string): ClassDecorator =>
  applyDecorators(Injectable(), SetMetadata(SUBSCRIPTION, name)) as ClassDecorator;

/**
 * Calls the method with every event of that type, in order per aggregate and with effect exactly once: what it stores and
 * the mark that it was delivered commit together. An event is handled anew when another one of its batch failed, so a
 * method has no effect but on the database.
 */
export const OnEvent =
  <E extends DomainEvent>(event: EventType<E>) =>
  (target: object, _method: string, descriptor: TypedPropertyDescriptor<(event: E) => Promise<void>>): void => {
    const known: Map<string, Handler> = Reflect.getOwnMetadata(HANDLERS, target) ?? new Map<string, Handler>();
    const method = descriptor.value!;
    known.set(event.type, (self, payload) =>
      method.call(self, Object.assign(Object.create(event.prototype as object), payload) as E),
    );
    Reflect.defineMetadata(HANDLERS, known, target);
  };

type Handler = (self: object, payload: Record<string, unknown>) => Promise<void>;

/** One subscription found in the running application. */
export type Subscriber = {
  name: string;
  types: string[];
  handle(type: string, payload: Record<string, unknown>): Promise<void>;
};

/** The subscription of a provider, or null when it is none. */
export function subscriberOf(instance: unknown): Subscriber | null {
  if (typeof instance !== 'object' || instance === null) return null;
  const name = Reflect.getMetadata(SUBSCRIPTION, instance.constructor) as string | undefined;
  if (!name) return null;
  const handlers = Reflect.getMetadata(HANDLERS, instance.constructor.prototype as object) as Map<string, Handler>;
  return {
    name,
    types: [...handlers.keys()],
    handle: (type, payload) => handlers.get(type)!(instance, payload),
  };
}
