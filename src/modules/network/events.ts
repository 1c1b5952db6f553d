import { DomainEvent } from '../../shared/domain/domain-event';

/** The published language of the network module. */

/** NET-1: a provider organisation is listed in the directory. */
export class ProviderListed extends DomainEvent {
  static readonly type = 'network.provider_listed';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly informal: boolean,
    readonly at: string,
  ) {
    super();
  }
}

/** NET-1: a service is listed. */
export class ServiceListed extends DomainEvent {
  static readonly type = 'network.service_listed';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly providerId: string,
    readonly problemAreas: readonly string[],
    readonly region: string,
    readonly at: string,
  ) {
    super();
  }
}

/** NET-1: capacity and waiting time of a service were confirmed. */
export class ServiceConfirmed extends DomainEvent {
  static readonly type = 'network.service_confirmed';
  readonly caseId = null;
  constructor(
    readonly aggregateId: string,
    readonly freePlaces: number | null,
    readonly waitingDays: number | null,
    readonly on: string,
  ) {
    super();
  }
}
