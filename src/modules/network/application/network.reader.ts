import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';

/** What other modules may know of a service; `null` capacity means "not known". */
export type ServiceFacts = {
  id: string;
  providerId: string;
  name: string;
  status: 'active' | 'inactive' | 'defunct' | 'temporarily_closed';
  freePlaces: number | null;
  waitingDays: number | null;
  problemAreas: string[];
  region: string;
};

/** What other modules may know of a provider. */
export type ProviderFacts = { id: string; name: string; informal: boolean };

/** Answers questions of other modules about the directory, inside the caller's transaction. */
@Injectable()
export class NetworkReader {
  constructor(private readonly uow: UnitOfWork) {}

  /** The service, or null when the directory has none of that id. */
  async service(id: string): Promise<ServiceFacts | null> {
    const service = await this.uow.one<ServiceFacts>(
      `select id, provider_id as "providerId", name, status, free_places as "freePlaces", waiting_days as "waitingDays",
         problem_areas as "problemAreas", region
       from network.service where tenant_id = $1 and id = $2`,
      [context().tenantId, id],
    );
    return service ?? null;
  }

  /** The provider, or null when the directory has none of that id. */
  async provider(id: string): Promise<ProviderFacts | null> {
    const provider = await this.uow.one<ProviderFacts>(
      'select id, name, informal from network.provider where tenant_id = $1 and id = $2',
      [context().tenantId, id],
    );
    return provider ?? null;
  }
}
