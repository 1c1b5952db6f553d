import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { InvalidInput } from '../../../shared/domain/errors';
import { Receipt, type Warning } from '../../../shared/http/answer';
import { stampBy } from '../../../shared/stamp';
import type { Patch } from '../domain/merge';
import { Provider, type ProviderDetails } from '../domain/provider.entity';
import { type NewService, Service, type ServiceDetails } from '../domain/service.entity';
import { ProviderRepository } from './provider.repository';
import { ServiceRepository } from './service.repository';

/** Maintains the directory (NET-1). */
@Injectable()
export class DirectoryService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly providers: ProviderRepository,
    private readonly services: ServiceRepository,
  ) {}

  /** Lists a provider; another one of the same name is pointed out. */
  addProvider(details: Patch<ProviderDetails> & { name: string }): Promise<Receipt> {
    return this.uow.run(async () => {
      const provider = Provider.list(details, stampBy(this.clock));
      this.providers.store(provider);
      return Receipt.of(provider, await this.sameName(provider));
    });
  }

  changeProvider(id: string, expected: Expected, patch: Patch<ProviderDetails>): Promise<Receipt> {
    return this.uow.run(async () => {
      const provider = await this.providers.get(id, expected);
      provider.change(patch, stampBy(this.clock));
      this.providers.store(provider);
      return Receipt.of(provider, patch.name ? await this.sameName(provider) : []);
    });
  }

  /** Lists a service of a provider the directory knows. */
  addService({ providerId, ...details }: NewService & { providerId: string }): Promise<Receipt> {
    return this.uow.run(async () => {
      if (!(await this.providers.find(providerId))) throw unknownProvider();
      const service = Service.list(providerId, details, stampBy(this.clock));
      this.services.store(service);
      return Receipt.of(service);
    });
  }

  changeService(id: string, expected: Expected, patch: Patch<ServiceDetails>): Promise<Receipt> {
    return this.uow.run(async () => {
      const service = await this.services.get(id, expected);
      service.change(patch, stampBy(this.clock));
      this.services.store(service);
      return Receipt.of(service);
    });
  }

  /** Records the capacity and waiting time the provider confirmed today. */
  confirmService(
    id: string,
    expected: Expected,
    capacity: { freePlaces?: number | null; waitingDays?: number | null },
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const service = await this.services.get(id, expected);
      service.confirm(
        { freePlaces: capacity.freePlaces ?? null, waitingDays: capacity.waitingDays ?? null },
        stampBy(this.clock),
      );
      this.services.store(service);
      return Receipt.of(service);
    });
  }

  private async sameName(provider: Provider): Promise<Warning[]> {
    const rows = await this.uow.query<{ id: string }>(
      'select id from network.provider where tenant_id = $1 and name_key = $2 and id <> $3 order by id limit 5',
      [context().tenantId, provider.nameKey, provider.id],
    );
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id).join(', ');
    return [
      {
        code: 'provider-name-known',
        detail: {
          en: `The directory already lists a provider of this name: ${ids}. Please check that it is not the same.`,
          de: `Das Verzeichnis führt bereits einen Leistungserbringer dieses Namens: ${ids}. Bitte prüfen Sie, ob es derselbe ist.`,
        },
      },
    ];
  }
}

const unknownProvider = (): InvalidInput =>
  new InvalidInput([
    {
      pointer: '#/providerId',
      code: 'provider-unknown',
      detail: {
        en: 'The directory has no such provider. List the provider first.',
        de: 'Diesen Leistungserbringer kennt das Verzeichnis nicht. Tragen Sie zuerst den Leistungserbringer ein.',
      },
    },
  ]);
