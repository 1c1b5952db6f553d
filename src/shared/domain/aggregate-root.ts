import { Column, PrimaryColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { DomainEvent } from './domain-event';
import { localDay } from './local-day';

/** Who did something and when: the subject of the token and an ISO 8601 instant (UTC, milliseconds). */
export type Stamp = { readonly by: string; readonly at: string };

/** The calendar day (YYYY-MM-DD) of a stamp, where people agree on days. */
export const dayOf = (stamp: Stamp): string => localDay(stamp.at);

/** Base of every aggregate: identity, optimistic version and the events recorded since it was loaded. */
export abstract class AggregateRoot {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) readonly tenantId: string;
  @PrimaryColumn('uuid') readonly id: string = uuidv7();

  /** 0 until first stored; each store adds one. It is the strong ETag. */
  @Column('int') readonly version: number = 0;

  private recorded: DomainEvent[] = [];

  protected record(event: DomainEvent): void {
    this.recorded.push(event);
  }

  /** The events recorded so far, in order; the list is emptied. */
  pullEvents(): DomainEvent[] {
    return this.recorded.splice(0);
  }
}
